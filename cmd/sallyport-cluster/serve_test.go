package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestFlags(t *testing.T) {
	files := []string{"--tls-cert", "c", "--tls-key", "k"}
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "there is no certificate: name --tls-cert and --tls-key"},
		{[]string{"--tls-cert", "c"}, "there is no certificate"},
		{append(files, "--self-signed"), "choose one"},
		{[]string{"--self-signed"}, "--self-signed needs"},
		{[]string{"--self-signed", "--cert-secret", "cert", "--webhook", "w", "--service", "s"}, "write NAMESPACE/NAME"},
		{append(files, "--client-name", "kube-apiserver"), "--client-name needs --client-ca"},
		{append(files, "--on-timeout", "maybe"), "choose deny or allow"},
		{append(files, "--timeout", "0s"), "--timeout must be longer"},
		{append(files, "--max-body", "16 MB"), `"16 MB" is no size`},
		{append(files, "--memory", "0"), "is no size"},
		{append(files, "--pprof", "0.0.0.0:6060"), "must be on loopback"},
		{append(files, "--pprof", ":6060"), "must be on loopback"},
		{append(files, "--log-level", "loud"), "choose debug, info, warn or error"},
		{append(files, "--otlp-endpoint", "localhost:4318"), "write http://HOST:PORT"},
		{append(files, "--bundle", "ftp://x"), "--bundle"},
		{append(files, "--config", "/nonexistent.toml"), "--config"},
		{append(files, "further"), "unknown command"},
		{[]string{"--lsten", ":1"}, "run 'sallyport serve --help' for its flags"},
	} {
		root := newRoot()
		root.SetArgs(append([]string{"serve", "--listen", "127.0.0.1:0"}, c.args...))
		root.SetOut(io.Discard)
		if err := root.ExecuteContext(t.Context()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.args, err, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	f := serveFlags{selfSigned: true, certSecret: "gate/cert", service: "sallyport"}
	if err := f.names(); err != nil || f.hostName != "sallyport.gate.svc" || f.secretNamespace != "gate" || f.secretName != "cert" {
		t.Errorf("%+v %v", f, err)
	}
	f.service = "other/sallyport"
	if err := f.names(); err != nil || f.hostName != "sallyport.other.svc" {
		t.Errorf("%+v %v", f, err)
	}
}

func TestContainerMemory(t *testing.T) {
	for text, want := range map[string]int64{"max\n": 0, "536870912\n": 512 << 20, "9223372036854771712\n": 0} {
		root := t.TempDir()
		if err := os.WriteFile(filepath.Join(root, "memory.max"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := containerMemory(root); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

// pair writes a certificate for localhost, and returns a client that trusts it.
func pair(t *testing.T, dir string) *http.Client {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(100 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	write(t, filepath.Join(dir, "tls.crt"), string(text))
	write(t, filepath.Join(dir, "tls.key"), string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})))
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	return &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "localhost"}, ForceAttemptHTTP2: true}}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

const pod = `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"705ab4f5","operation":"CREATE","namespace":"apps","name":"web",
"kind":{"group":"","version":"v1","kind":"Pod"},"object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"apps"},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}`

// TestServe runs the whole: built-in rules and those of a folder, a configuration that changes, well and badly, a decision log and
// traces, until it is ended.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	client := pair(t, dir)
	var spans atomic.Int64
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/traces" {
			spans.Add(1)
		}
	}))
	defer collector.Close()
	config, log, listen, plain := filepath.Join(dir, "sallyport.toml"), filepath.Join(dir, "decisions.ndjson"), free(t), free(t)
	write(t, config, "[[binding]]\nname = \"all\"\nmode = \"audit\"\n")
	ctx, stop := context.WithCancel(t.Context())
	root := newRoot()
	root.SetArgs([]string{
		"serve", "--listen", listen, "--metrics-listen", plain, "--tls-cert", filepath.Join(dir, "tls.crt"), "--tls-key", filepath.Join(dir, "tls.key"),
		"--config", config, "--bundle", filepath.Join("testdata", "rules"), "--decision-log", log, "--otlp-endpoint", collector.URL, "--shutdown-delay", "0s", "--log-level", "error",
	})
	ended := make(chan error, 1)
	go func() { ended <- root.ExecuteContext(ctx) }()
	ask := func() string {
		resp, err := client.Post("https://"+listen+"/validate?timeout=10s", "application/json", strings.NewReader(pod))
		if err != nil {
			return err.Error()
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		return string(text)
	}
	until(t, ended, func() bool { return strings.Contains(get("http://"+plain+"/readyz"), "ok") })
	if text := ask(); !strings.Contains(text, `"allowed":true`) || !strings.Contains(text, "kubernetes/no_web") {
		t.Errorf("in the mode audit: %s", text)
	}
	write(t, config, "")
	until(t, ended, func() bool { return strings.Contains(ask(), `"allowed":false`) })
	write(t, config, "[[binding]]\nmode = \"never\"\n")
	until(t, ended, func() bool {
		return strings.Contains(get("http://"+plain+"/metrics"), `sallyport_reloads_total{result="bad",what="config"} 1`)
	})
	if text := ask(); !strings.Contains(text, `"allowed":false`) {
		t.Errorf("after a bad configuration: %s", text)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	var last struct{ UID, Outcome string }
	if err := json.Unmarshal(lines[len(lines)-1], &last); err != nil || last.UID != "705ab4f5" || last.Outcome != "deny" || len(lines) < 3 {
		t.Errorf("%d lines, the last of them %s", len(lines), lines[len(lines)-1])
	}
	if spans.Load() == 0 {
		t.Error("no traces arrived")
	}
}

// TestNoRules holds that a configuration that does not fit the built-in rules ends the program, which would never be ready.
func TestNoRules(t *testing.T) {
	dir := t.TempDir()
	pair(t, dir)
	config := filepath.Join(dir, "sallyport.toml")
	write(t, config, "[rules.'kubernetes/image_registry'.parameters]\nregistries = ['a.example']\n")
	root := newRoot()
	root.SetArgs([]string{"serve", "--listen", free(t), "--tls-cert", filepath.Join(dir, "tls.crt"), "--tls-key", filepath.Join(dir, "tls.key"), "--config", config, "--log-level", "error"})
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	started := time.Now()
	err := root.ExecuteContext(ctx)
	if err == nil || !strings.HasSuffix(err.Error(), `:2:1: the rule kubernetes/image_registry has no parameter "registries": did you mean "denied"?`) || time.Since(started) > 50*time.Second {
		t.Errorf("after %s: %v", time.Since(started), err)
	}
}

func get(url string) string {
	resp, err := http.Get(url)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return string(text)
}

func until(t *testing.T, ended chan error, is func() bool) {
	t.Helper()
	for range 3000 {
		if is() {
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the server ended: %v", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatal("it did not happen")
}

const kubeconfig = `{apiVersion: v1, kind: Config, current-context: c, contexts: [{name: c, context: {cluster: c, user: u}}], users: [{name: u}], clusters: [{name: c, cluster: {server: "%s"}}]}`

// TestNamespacesFirst: where bindings select by labels of namespaces, nobody is asked before these are known.
func TestNamespacesFirst(t *testing.T) {
	dir := t.TempDir()
	pair(t, dir)
	var open atomic.Bool
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !open.Load() || r.URL.Query().Get("watch") != "" {
			http.Error(w, "later", http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadataList","metadata":{"resourceVersion":"1"},"items":[]}`)
	}))
	defer api.Close()
	config, cluster, plain := filepath.Join(dir, "sallyport.toml"), filepath.Join(dir, "kubeconfig"), free(t)
	write(t, cluster, fmt.Sprintf(kubeconfig, api.URL))
	write(t, config, "[[binding]]\nname = \"all\"\n")
	ctx, stop := context.WithCancel(t.Context())
	root := newRoot()
	root.SetArgs([]string{
		"serve", "--listen", free(t), "--metrics-listen", plain, "--tls-cert", filepath.Join(dir, "tls.crt"), "--tls-key", filepath.Join(dir, "tls.key"),
		"--config", config, "--kubeconfig", cluster, "--shutdown-delay", "0s", "--log-level", "error",
	})
	ended := make(chan error, 1)
	go func() { ended <- root.ExecuteContext(ctx) }()
	ready := func() string { return get("http://" + plain + "/readyz") }
	until(t, ended, func() bool { return strings.Contains(ready(), "ok") }) // nobody needs them
	write(t, config, "[[binding]]\nname = \"apps\"\nnamespace_selector = { matchLabels = { tier = \"apps\" } }\n")
	until(t, ended, func() bool { return strings.Contains(ready(), "have not been listed yet") })
	open.Store(true)
	until(t, ended, func() bool { return strings.Contains(ready(), "ok") })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
