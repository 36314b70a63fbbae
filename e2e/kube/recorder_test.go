package kube

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// A sighting is what the API server asked, and what it was told.
type sighting struct {
	Operation, SubResource, Name string
	Kind                         struct{ Kind string }
	Object, OldObject            map[string]any
	DryRun                       bool
	UserInfo                     struct{ Username string }

	allowed bool
	note    string
}

// A recorder stands between the API server and the webhook, and keeps what passes.
type recorder struct {
	port int

	mu   sync.Mutex
	seen []sighting
}

func record(t *testing.T, w *webhook) *recorder {
	t.Helper()
	cert, key, err := w.ca.issue(subject{name: "recorder"})
	must(t, err)
	pair, err := tls.X509KeyPair(cert, key)
	must(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	r := &recorder{port: l.Addr().(*net.TCPAddr).Port}
	client := w.direct()
	server := &http.Server{ReadHeaderTimeout: 5 * time.Second, TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}}, Handler: http.HandlerFunc(func(out http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(in.Body)
		if err != nil {
			return
		}
		resp, err := client.Post(w.url("/validate")+"?"+in.URL.RawQuery, "application/json", bytes.NewReader(body))
		if err != nil {
			http.Error(out, err.Error(), http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		answer, _ := io.ReadAll(resp.Body)
		r.note(body, answer)
		out.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
		out.WriteHeader(resp.StatusCode)
		_, _ = out.Write(answer)
	})}
	go func() { _ = server.ServeTLS(l, "", "") }()
	t.Cleanup(func() { _ = server.Close() })
	return r
}

func (r *recorder) note(body, answer []byte) {
	var in struct{ Request sighting }
	var out struct {
		Response struct {
			Allowed          bool
			AuditAnnotations map[string]string
		}
	}
	_ = json.Unmarshal(body, &in)
	_ = json.Unmarshal(answer, &out)
	in.Request.allowed, in.Request.note = out.Response.Allowed, out.Response.AuditAnnotations["verdict"]
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, in.Request)
}

// take returns what passed since the last call.
func (r *recorder) take() []sighting {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := r.seen
	r.seen = nil
	return seen
}
