package remote

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/registry"
)

const layerType = "application/vnd.oci.image.layer.v1.tar+gzip"

// hub is a registry in this process.
type hub struct {
	*httptest.Server
	between atomic.Pointer[func(http.ResponseWriter, *http.Request) bool] // true where it has answered
	auth    atomic.Pointer[string]
}

func newHub(t *testing.T) *hub {
	t.Helper()
	h := &hub{}
	inner := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := r.Header.Get("Authorization")
		h.auth.Store(&header)
		if f := h.between.Load(); f != nil && (*f)(w, r) {
			return
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hub) host() string { return strings.TrimPrefix(h.URL, "http://") }

// put uploads something, as the distribution specification has it.
func (h *hub) put(t *testing.T, method, path, kind string, body []byte) {
	t.Helper()
	req, err := http.NewRequest(method, h.URL+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	resp, err := h.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("%s %s: %s", method, path, resp.Status)
	}
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}

// push publishes a layer as acme/rules:TAG and returns the manifest's digest.
func (h *hub) push(t *testing.T, tag, kind string, layer []byte) string {
	t.Helper()
	config := []byte("{}")
	blob := func(kind string, data []byte) map[string]any {
		h.put(t, http.MethodPost, "/v2/acme/rules/blobs/uploads/?digest="+digestOf(data), "application/octet-stream", data)
		return map[string]any{"mediaType": kind, "digest": digestOf(data), "size": len(data)}
	}
	manifest, err := json.Marshal(map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
		"config": blob("application/vnd.oci.image.config.v1+json", config), "layers": []any{blob(kind, layer)},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.put(t, http.MethodPut, "/v2/acme/rules/manifests/"+tag, "application/vnd.oci.image.manifest.v1+json", manifest)
	return digestOf(manifest)
}

func TestRegistryTag(t *testing.T) {
	ours, h, state := newSigner(t), newHub(t), t.TempDir()
	h.push(t, "1", layerType, build(t, "1", &ours, "", "a"))
	r := start(t, Options{Source: "oci://" + h.host() + "/acme/rules:1", Keys: []Key{ours.key("default")}, StateDir: state})
	first := r.await(t)
	if custom(first) != "a" || !first.Signed || first.Revision != "1" {
		t.Errorf("rules %s, %+v", custom(first), first)
	}
	r.event(t, unchanged)
	for _, c := range []struct {
		layer []byte
		kind  string
		says  string
	}{
		{build(t, "2", nil, "", "a", "b"), layerType, "missing .signatures.json"},
		{build(t, "0", &ours, "", "a", "b"), layerType, "lower than"},
		{bomb(t, 80<<20), layerType, "more than 64 MiB"},
		{[]byte("<html>maintenance</html>"), layerType, "gzip"},
		{build(t, "2", &ours, "", "a", "b"), "application/vnd.acme.rules", "no tarball descriptor"},
	} {
		h.push(t, "1", c.kind, c.layer)
		for e := r.event(t, refused); !strings.Contains(e.Err.Error(), c.says); e = r.event(t, refused) {
			t.Logf("not %q yet: %v", c.says, e.Err)
		}
		h.push(t, "1", layerType, build(t, "1", &ours, "", "a"))
		r.event(t, unchanged)
	}
	h.push(t, "1", layerType, build(t, "2", &ours, "", "a", "b"))
	if rev := r.await(t); custom(rev) != "ab" {
		t.Errorf("rules %s, %+v", custom(rev), rev)
	}
	r.event(t, loaded)
	r.event(t, unchanged)
	r.stop()
	h.Close()
	r = start(t, Options{Source: r.opts.Source, Keys: r.opts.Keys, StateDir: state})
	if rev := r.await(t); custom(rev) != "ab" || !rev.Stored || !rev.Signed {
		t.Errorf("the registry is down: rules %s, %+v", custom(rev), rev)
	}
}

// A registry is not believed: what comes has the digest that was asked for.
func TestRegistryDigest(t *testing.T) {
	h := newHub(t)
	digest := h.push(t, "1", layerType, build(t, "1", nil, "", "a"))
	other := h.push(t, "2", layerType, build(t, "2", nil, "", "a", "b"))
	r := start(t, Options{Source: "oci://" + h.host() + "/acme/rules@" + digest})
	if rev := r.await(t); custom(rev) != "a" {
		t.Errorf("rules %s", custom(rev))
	}
	lie := func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodHead || !strings.HasSuffix(r.URL.Path, digest) {
			return false
		}
		w.Header().Set("Docker-Content-Digest", other)
		w.Header().Set("Content-Type", "application/vnd.oci.image.manifest.v1+json")
		return true
	}
	h.between.Store(&lie)
	if e := r.event(t, refused); !strings.Contains(e.Err.Error(), "where "+digest+" was asked for") {
		t.Errorf("event %+v", e)
	}
	// The answer to a GET has another content than its digest says.
	h = newHub(t)
	digest = h.push(t, "1", layerType, build(t, "1", nil, "", "a"))
	swap := func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodGet || !strings.Contains(r.URL.Path, "/blobs/") {
			return false
		}
		w.Write(build(t, "9", nil, "", "b"))
		return true
	}
	h.between.Store(&swap)
	r = start(t, Options{Source: "oci://" + h.host() + "/acme/rules@" + digest})
	for {
		var e Event
		select {
		case e = <-r.events:
		case <-r.revisions:
			t.Fatal("a layer of another digest was used")
		}
		if e.Err != nil {
			break
		}
	}
}

// Docker's way: the registry sends us to a token server, and the blobs lie elsewhere, where no credentials may go.
func TestRegistryCredentials(t *testing.T) {
	h, leaked := newHub(t), atomic.Bool{}
	layer := build(t, "1", nil, "", "a")
	h.push(t, "1", layerType, layer)
	storage := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		leaked.Store(leaked.Load() || r.Header.Get("Authorization") != "")
		w.Write(layer)
	}))
	t.Cleanup(storage.Close)
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("robot:pa55"))
	guard := func(w http.ResponseWriter, r *http.Request) bool {
		auth := r.Header.Get("Authorization")
		switch {
		case r.URL.Path == "/token" && auth == basic:
			fmt.Fprint(w, `{"token": "t0ken"}`)
		case r.URL.Path == "/token":
			w.WriteHeader(http.StatusForbidden)
		case auth != "Bearer t0ken":
			w.Header().Set("Www-Authenticate", `Bearer realm="`+h.URL+`/token",service="x",scope="repository:acme/rules:pull"`)
			w.WriteHeader(http.StatusUnauthorized)
		case strings.Contains(r.URL.Path, "/blobs/"+digestOf(layer)):
			http.Redirect(w, r, storage.URL+"/layer", http.StatusTemporaryRedirect)
		default:
			return false
		}
		return true
	}
	h.between.Store(&guard)
	file := filepath.Join(t.TempDir(), "config.json")
	write(t, file, `{"auths": {"`+h.host()+`": {"auth": "`+strings.TrimPrefix(basic, "Basic ")+`"}}}`)
	r := start(t, Options{Source: "oci://" + h.host() + "/acme/rules:1", DockerConfig: file})
	if rev := r.await(t); custom(rev) != "a" {
		t.Errorf("rules %s", custom(rev))
	}
	if leaked.Load() {
		t.Error("the credentials went where the blobs are")
	}
	r = start(t, Options{Source: "oci://" + h.host() + "/acme/rules:1"})
	if e := r.event(t, unreachable); !strings.Contains(e.Err.Error(), "40") {
		t.Errorf("event %+v", e)
	}
}

func TestRegistryIsDown(t *testing.T) {
	h := newHub(t)
	h.Close()
	r := start(t, Options{Source: "oci://" + h.host() + "/acme/rules:1"})
	if e := r.event(t, unreachable); !strings.Contains(e.Err.Error(), "refused") {
		t.Errorf("event %+v", e)
	}
}

// OPA makes a new client for each pull; its connections must not pile up. And nothing is left once a source has ended.
func TestNothingIsLeft(t *testing.T) {
	before := runtime.NumGoroutine()
	h, p, dir := newHub(t), publish(t, build(t, "1", nil, "", "a")), t.TempDir()
	h.push(t, "1", layerType, build(t, "1", nil, "", "a"))
	write(t, filepath.Join(dir, "dockerfile/a.rego"), rule("a"))
	var conns sync.Map
	count := func(_ http.ResponseWriter, r *http.Request) bool {
		conns.Store(r.RemoteAddr, true)
		return false
	}
	h.between.Store(&count)
	for _, source := range []string{"oci://" + h.host() + "/acme/rules:1", p.source(), dir} {
		r := start(t, Options{Source: source, StateDir: t.TempDir()})
		r.await(t)
		for range 10 {
			r.event(t, unchanged)
		}
		r.stop()
	}
	n := 0
	conns.Range(func(any, any) bool { n++; return true })
	if n > 3 {
		t.Errorf("%d connections to the registry", n)
	}
	h.Close()
	p.Close()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}
