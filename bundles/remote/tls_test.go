package remote

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

func TestTokenFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	write(t, file, "s3cret\n")
	p := publish(t, build(t, "1", nil, "", "a"))
	r := start(t, Options{Source: p.source(), TokenFile: file})
	r.await(t)
	p.mu.Lock()
	if p.auth != "Bearer s3cret" {
		t.Errorf("Authorization: %s", p.auth)
	}
	p.mu.Unlock()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if e := r.event(t, unreachable); !strings.Contains(e.Err.Error(), "token file") {
		t.Errorf("event %+v", e)
	}
}

// The certificate is looked at, and a redirect does not lead away from TLS.
func TestTLS(t *testing.T) {
	data := build(t, "1", nil, "", "a")
	p := publish(t, data)
	var away atomic.Bool
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if away.Load() {
			http.Redirect(w, r, p.source(), http.StatusFound)
			return
		}
		w.Write(data)
	}))
	t.Cleanup(secure.Close)
	r := start(t, Options{Source: secure.URL + "/x"})
	if e := r.event(t, unreachable); !strings.Contains(e.Err.Error(), "certificate") {
		t.Errorf("event %+v", e)
	}
	r.stop()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	write(t, ca, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})))
	r = start(t, Options{Source: secure.URL + "/x", CAFile: ca})
	r.await(t)
	away.Store(true)
	if e := r.event(t, unreachable); !strings.Contains(e.Err.Error(), "redirected from https") {
		t.Errorf("event %+v", e)
	}
}
