package remote

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// publisher is a web server for a bundle.
type publisher struct {
	*httptest.Server
	mu      sync.Mutex
	bundle  []byte
	respond http.HandlerFunc // in the place of the bundle, where set
	asked   map[int]int      // answers by status
	auth    string
}

func publish(t *testing.T, data []byte) *publisher {
	t.Helper()
	p := &publisher{bundle: data, asked: map[int]int{}}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

func (p *publisher) serve(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	data, respond := p.bundle, p.respond
	p.auth = r.Header.Get("Authorization")
	p.mu.Unlock()
	etag := fmt.Sprintf(`"%x"`, len(data))
	switch {
	case respond != nil:
		respond(w, r)
		return
	case r.Header.Get("If-None-Match") == etag:
		w.WriteHeader(http.StatusNotModified)
	default:
		w.Header().Set("ETag", etag)
		w.Write(data)
		etag = ""
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if etag == "" {
		p.asked[200]++
	} else {
		p.asked[304]++
	}
}

func (p *publisher) set(data []byte, respond http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.bundle, p.respond = data, respond
}

func (p *publisher) source() string { return p.URL + "/bundles/acme.tar.gz" }

func TestETag(t *testing.T) {
	p := publish(t, build(t, "1", nil, "", "a"))
	r := start(t, Options{Source: p.source()})
	if rev := r.await(t); custom(rev) != "a" || rev.Revision != "1" || rev.Signed || rev.Stored {
		t.Errorf("rules %s, %+v", custom(rev), rev)
	}
	r.event(t, unchanged)
	r.event(t, unchanged)
	p.mu.Lock()
	if p.asked[200] != 1 || p.asked[304] < 2 {
		t.Errorf("answers %v", p.asked)
	}
	p.mu.Unlock()
	p.set(build(t, "2", nil, "", "a", "b"), nil)
	if rev := r.await(t); custom(rev) != "ab" || rev.Revision != "2" {
		t.Errorf("rules %s, %+v", custom(rev), rev)
	}
}

// Whatever the server says, what was in use stays, and the next good bundle is taken.
func TestBadAnswers(t *testing.T) {
	good := build(t, "1", nil, "", "a")
	half := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(good)))
		w.Write(good[:len(good)/2])
	}
	slow := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(good)))
		w.Write(good[:10])
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", code) }
	}
	body := func(data []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.Write(data) }
	}
	redirect := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) }
	for _, c := range []struct {
		name    string
		respond http.HandlerFunc
		kind    string
		reason  string
		says    string
	}{
		{"500", status(500), unreachable, "source", "Internal Server Error"},
		{"404", status(404), unreachable, "source", "Not Found"},
		{"401", status(401), unreachable, "source", "Unauthorized"},
		{"half body", half, unreachable, "source", "unexpected EOF"},
		{"slow body", slow, unreachable, "source", "deadline exceeded"},
		{"redirects", redirect, unreachable, "source", "redirects"},
		{"garbage", body([]byte("<html>maintenance</html>")), refused, "content", "gzip"},
		{"half archive", body(good[:len(good)/2]), refused, "content", "unexpected EOF"},
		{"empty", body(nil), refused, "content", "EOF"},
		{"no rules", body(build(t, "2", nil, "")), refused, "content", "no .rego file"},
		{"bad rule", body(build(t, "2", nil, "", "package policies.dockerfile.broken\n")), refused, "load", "deny"},
		{"forbidden builtin", body(build(t, "2", nil, "", strings.Replace(rule("broken"), `"not ours"`, `http.send({"url": "http://x", "method": "get"}).body`, 1))), refused, "load", "http.send"},
		{"bomb", body(bomb(t, 80<<20)), refused, "content", "more than 64 MiB"},
		{"path", body(archive(t, &tar.Header{Name: "../x.rego", Typeflag: tar.TypeReg})), refused, "content", "no path below"},
		{"link", body(archive(t, &tar.Header{Name: "x.rego", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink})), refused, "content", "no regular file"},
		{"twice", body(archive(t, &tar.Header{Name: "x.rego", Typeflag: tar.TypeReg}, &tar.Header{Name: "/x.rego", Typeflag: tar.TypeReg})), refused, "content", "twice"},
		{"delta", body(archive(t, &tar.Header{Name: "patch.json", Typeflag: tar.TypeReg})), refused, "content", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := publish(t, good)
			r := start(t, Options{Source: p.source(), Timeout: 2 * time.Second})
			first := r.await(t)
			p.set(good, c.respond)
			e := r.event(t, c.kind)
			if e.Reason != c.reason || !strings.Contains(e.Err.Error(), c.says) {
				t.Errorf("%s: %v, want %s: %s", e.Reason, e.Err, c.reason, c.says)
			}
			if st := r.Status(); st.Digest != first.Digest || st.LastReason != c.reason {
				t.Errorf("status %+v", st)
			}
			p.set(build(t, "2", nil, "", "a", "b"), nil)
			if rev := r.await(t); custom(rev) != "ab" {
				t.Errorf("rules %s", custom(rev))
			}
			r.event(t, unchanged)
			if st := r.Status(); st.LastError != "" {
				t.Errorf("status %+v", st)
			}
		})
	}
}

// archive packs members that hold no more than two bytes.
func archive(t *testing.T, headers ...*tar.Header) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	tw := tar.NewWriter(zw)
	for _, h := range headers {
		if h.Typeflag == tar.TypeReg {
			h.Size = 2
		}
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := tw.Write([]byte("{}")); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := tw.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func bomb(t *testing.T, size int) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := gzip.NewWriter(&buf)
	tw := tar.NewWriter(zw)
	for i := range 8 {
		if err := tw.WriteHeader(&tar.Header{Name: fmt.Sprintf("x%d.rego", i), Typeflag: tar.TypeReg, Size: int64(size / 8)}); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write(make([]byte, size/8)); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestSignatures(t *testing.T) {
	ours, theirs := newSigner(t), newSigner(t)
	good := build(t, "1", &ours, "", "a")
	tampered := archiveOf(t, replaceIn(t, good, "not ours", "not Ours"))
	for _, c := range []struct {
		name string
		data []byte
		says string
	}{
		{"unsigned", build(t, "2", nil, "", "a", "b"), "missing .signatures.json"},
		{"another's key", build(t, "2", &theirs, "", "a", "b"), "signature"},
		{"tampered", tampered, "digest mismatch"},
		{"expired", build(t, "2", &ours, `{"exp": 1700000000}`, "a", "b"), "expired at 2023-11-14"},
		{"not yet", build(t, "2", &ours, `{"nbf": 9700000000}`, "a", "b"), "is valid from"},
		{"another scope", build(t, "2", &ours, `{"scope": "write"}`, "a", "b"), "scope"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := publish(t, good)
			r := start(t, Options{Source: p.source(), Keys: []Key{ours.key("ci")}})
			if rev := r.await(t); !rev.Signed {
				t.Errorf("%+v", rev)
			}
			p.set(c.data, nil)
			e := r.event(t, refused)
			if e.Reason != "content" || !strings.Contains(e.Err.Error(), c.says) {
				t.Errorf("%s: %v, want %q", e.Reason, e.Err, c.says)
			}
			p.set(build(t, "2", &ours, `{"exp": 9700000000}`, "a", "b"), nil)
			if rev := r.await(t); custom(rev) != "ab" || !rev.Signed {
				t.Errorf("rules %s, %+v", custom(rev), rev)
			}
		})
	}
}

// A signed bundle says nothing where no key is named, and is refused, as OPA does.
func TestSignedWithoutKey(t *testing.T) {
	ours := newSigner(t)
	r := start(t, Options{Source: publish(t, build(t, "1", &ours, "", "a")).source()})
	if e := r.event(t, refused); !strings.Contains(e.Err.Error(), "verification key not provided") {
		t.Errorf("event %+v", e)
	}
}

// While keys are rotated, the signature names the key.
func TestTwoKeys(t *testing.T) {
	old, fresh := newSigner(t), newSigner(t)
	r := start(t, Options{Source: publish(t, build(t, "1", &old, "", "a")).source(), Keys: []Key{old.key("default"), fresh.key("2027")}})
	if rev := r.await(t); !rev.Signed {
		t.Errorf("%+v", rev)
	}
}
