package kube

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A client speaks to the API server.
type client struct {
	url     string
	http    *http.Client
	headers map[string]string
}

func newClient(url string, ca *authority, certFile, keyFile string) (*client, error) {
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca.cert)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{pair}}, ForceAttemptHTTP2: true}
	return &client{url: url, http: &http.Client{Transport: transport, Timeout: time.Minute}}, nil
}

// as returns a client that acts for another user.
func (c *client) as(user string, groups ...string) *client {
	other := *c
	other.headers = map[string]string{"Impersonate-User": user}
	for _, g := range groups {
		other.headers["Impersonate-Group"] = g
	}
	return &other
}

// A reply is what the API server answered.
type reply struct {
	status   int
	body     []byte
	warnings []string
}

// message is that of a Status object.
func (r reply) message() string {
	var s struct{ Message string }
	_ = json.Unmarshal(r.body, &s)
	return s.Message
}

func (c *client) send(method, path, contentType string, body []byte) (reply, error) {
	req, err := http.NewRequest(method, c.url+path, bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("Content-Type", contentType)
	for k, v := range c.headers {
		req.Header.Set(k, v)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	r := reply{status: resp.StatusCode, body: text}
	for _, w := range resp.Header.Values("Warning") {
		r.warnings = append(r.warnings, strings.TrimPrefix(w, "299 - "))
	}
	return r, err
}

// do sends an object as JSON, or nothing.
func (c *client) do(method, path string, object any) (int, []byte, error) {
	var body []byte
	if object != nil {
		var err error
		if body, err = encode(object); err != nil {
			return 0, nil, err
		}
	}
	r, err := c.send(method, path, "application/json", body)
	return r.status, r.body, err
}

// namespace makes one for a test: nobody removes namespaces here, so each is new.
func (c *client) namespace(t *testing.T, labels map[string]string) string {
	t.Helper()
	name := fmt.Sprintf("%s-%d", strings.ToLower(strings.NewReplacer("/", "-", "_", "-", ".", "-").Replace(t.Name())), time.Now().UnixNano()%1e9)
	status, body, err := c.do(http.MethodPost, "/api/v1/namespaces", map[string]any{
		"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": name, "labels": labels},
	})
	must(t, err)
	if status != http.StatusCreated {
		t.Fatalf("namespace %s: %d %s", name, status, body)
	}
	return name
}

// encode writes JSON without the escapes for HTML, which make six bytes of one.
func encode(object any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(object)
	return b.Bytes(), err
}
