package advisory

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// TestUpdate holds what a copy does when the server serves, says that nothing changed, lies, or fails.
func TestUpdate(t *testing.T) {
	good, err := os.ReadFile(pack(t, "testdata/advisory-db", "db.zip"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(good)
	digest := "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
	var body []byte
	var digestHeader string
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "http://192.0.2.1/db.zip", http.StatusFound)
			return
		}
		if e := r.Header.Get("Accept-Encoding"); e != "identity" {
			t.Errorf("Accept-Encoding: %s", e)
		}
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Repr-Digest", digestHeader)
		w.WriteHeader(status)
		w.Write(body)
	}))
	defer server.Close()
	c := Copy{Dir: t.TempDir()}
	update := func(address string) (bool, error) {
		return c.Update(context.Background(), server.Client(), address, nil)
	}
	intact := func(when string) {
		t.Helper()
		if d, err := Open(c.File(), Options{}); err != nil || d.Source.Count != 6 {
			t.Errorf("%s: the copy is gone: %v", when, err)
		}
	}
	body, digestHeader = good, digest
	if changed, err := update(server.URL + "/a"); err != nil || !changed {
		t.Fatalf("first: %v, %v", changed, err)
	}
	intact("first")
	if changed, err := update(server.URL + "/a"); err != nil || changed {
		t.Errorf("not modified: %v, %v", changed, err)
	}
	intact("not modified")
	if f, ok := c.Fetched(); !ok || f.ETag != `"one"` || len(f.SHA256) != 64 {
		t.Errorf("noted: %+v, %v", f, ok)
	}
	for _, bad := range []struct {
		name, path, header, want string
		body                     []byte
		status                   int
	}{
		{"digest", "/b", "sha-256=:AAAA:", "digest", good, 200},
		{"another digest", "/b", "sha-512=:AAAA:", "the sha-512 digest is", good, 200},
		{"no database", "/b", "", "the old one stays: neither a directory", []byte("<html>sign in</html>"), 200},
		{"failure", "/b", "", "503", nil, 503},
		{"redirect", "/away", "", "over https", nil, 200},
	} {
		body, digestHeader, status = bad.body, bad.header, bad.status
		if _, err := update(server.URL + bad.path); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%s: %v", bad.name, err)
		}
		intact(bad.name)
	}
	for _, address := range []string{"http://example.org/db.zip", "ftp://example.org/x", "file:///etc/passwd", "http://127.0.0.1.example.org/"} {
		if _, err := update(address); err == nil || !strings.Contains(err.Error(), "over https") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if left, _ := os.ReadDir(c.Dir); len(left) != 2 {
		t.Errorf("left behind: %v", left)
	}
}
