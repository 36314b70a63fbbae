package remote

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
		ok   bool
	}{
		{"2", "10", -1, true},
		{"10", "2", 1, true},
		{"007", "7", 0, true},
		{"12-abc", "11-fff", 1, true},
		{"12-abc", "12-fff", 0, true},
		{"12", "12-fff", 0, true},
		{"1764000000-0b1fa2c", "1763999999-8888888", 1, true},
		{"1.10.0", "1.9.3", 1, true},
		{"v1.10.0", "1.10.0-rc1", 1, true},
		{"2.0.0+b7", "1.0.0", 1, true},
		{"2026-11-23", "2026-11-22", 1, true},
		{"2026-11-23.2", "2026-11-23.10", -1, true},
		{"2026-11-23", "2026-11-23-1", -1, true},
		{"2026-11-23T10:00:00Z", "2026-11-23T11:30:00+02:00", 1, true},
		{"2026-11-23T10:00:00Z", "2026-11-23", 0, false},
		{"2026-11-23", "12", 0, false},
		{"1.10.0", "12", 0, false},
		{"", "1", 0, false},
		{"0b1fa2c", "1b1fa2c", 0, false},
		{"99999999999999999999", "1", 0, false},
	} {
		if got, ok := compare(c.a, c.b); ok != c.ok || ok && got != c.want {
			t.Errorf("compare(%q, %q) = %d, %v", c.a, c.b, got, ok)
		}
		if got, ok := compare(c.b, c.a); ok != c.ok || ok && got != -c.want {
			t.Errorf("compare(%q, %q) = %d, %v", c.b, c.a, got, ok)
		}
	}
}

func TestRollback(t *testing.T) {
	dir := t.TempDir()
	p := publish(t, build(t, "7", nil, "", "a"))
	r := start(t, Options{Source: p.source(), StateDir: dir})
	first := r.await(t)
	for _, revision := range []string{"6", "", "1.0.0", "c0ffee"} {
		p.set(build(t, revision, nil, "", "a", "b", "c"), nil)
		if e := r.event(t, refused); e.Reason != "rollback" || !strings.Contains(e.Err.Error(), `"7"`) {
			t.Errorf("%q: event %+v", revision, e)
		}
		if st := r.Status(); st.Digest != first.Digest {
			t.Errorf("%q: status %+v", revision, st)
		}
		p.set(build(t, "7", nil, "", "a"), nil)
		r.event(t, unchanged)
	}
	r.stop()

	// Over a restart, and without a bundle that was kept.
	if err := os.RemoveAll(filepath.Join(dir, "bundles")); err != nil {
		t.Fatal(err)
	}
	p.set(build(t, "6", nil, "", "a", "b"), nil)
	r = start(t, Options{Source: p.source(), StateDir: dir})
	if e := r.event(t, refused); e.Reason != "rollback" {
		t.Errorf("event %+v", e)
	}
	r.stop()
	r = start(t, Options{Source: p.source(), StateDir: dir, AllowRollback: true})
	if rev := r.await(t); rev.Revision != "6" {
		t.Errorf("%+v", rev)
	}
	r.stop()
	r = start(t, Options{Source: p.source(), StateDir: dir})
	if rev := r.await(t); rev.Revision != "6" {
		t.Errorf("%+v", rev)
	}
}

// A bad bundle of a higher revision does not keep the mended one of the same revision out.
func TestRevisionOfABadBundle(t *testing.T) {
	p := publish(t, build(t, "1", nil, "", "a"))
	r := start(t, Options{Source: p.source()})
	r.await(t)
	p.set(build(t, "9", nil, "", "package policies.dockerfile.broken\n"), nil)
	r.event(t, refused)
	p.set(build(t, "2", nil, "", "a", "b"), nil)
	if rev := r.await(t); rev.Revision != "2" {
		t.Errorf("%+v", rev)
	}
}

// The last good bundle is used where the source is down at the start, and is verified again.
func TestSourceIsDownAtStart(t *testing.T) {
	ours, dir := newSigner(t), t.TempDir()
	p := publish(t, build(t, "7", &ours, "", "a"))
	opts := Options{Source: p.source(), StateDir: dir, Keys: []Key{ours.key("default")}}
	r := start(t, opts)
	first := r.await(t)
	r.event(t, unchanged) // it is kept by now
	r.stop()

	p.set(nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	r = start(t, opts)
	rev := r.await(t)
	if custom(rev) != "a" || !rev.Stored || !rev.Signed || rev.Revision != "7" || rev.Digest != first.Digest {
		t.Errorf("rules %s, %+v", custom(rev), rev)
	}
	r.event(t, unreachable)
	if st := r.Status(); !st.Stored || st.LastError == "" || !st.LastSuccess.IsZero() {
		t.Errorf("status %+v", st)
	}
	p.set(build(t, "7", &ours, "", "a"), nil)
	r.event(t, unchanged)
	if st := r.Status(); st.Stored || st.LastError != "" || st.LastSuccess.IsZero() {
		t.Errorf("status %+v", st)
	}
	r.stop()

	// What lies in the state directory is not trusted more than what the source says.
	kept, err := filepath.Glob(filepath.Join(dir, "bundles", "*", "bundle.tar.gz"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v, %v", kept, err)
	}
	write(t, kept[0], string(build(t, "8", nil, "", "a", "b")))
	p.set(nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	r = start(t, opts)
	r.event(t, unreachable)
	if st := r.Status(); !st.Loaded.IsZero() {
		t.Errorf("status %+v", st)
	}
}

func TestStateThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "revisions.json"), "{")
	if _, err := New(Options{Source: dir, StateDir: dir}); err == nil || !strings.Contains(err.Error(), "revisions.json") {
		t.Errorf("error %v", err)
	}
}

// The state directory is gone while the program runs: the bundle is in use, and the status says what is wrong.
func TestStateThatCannotBeWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	p := publish(t, build(t, "1", nil, "", "a"))
	r := start(t, Options{Source: p.source(), StateDir: dir, Poll: 50 * time.Millisecond})
	r.await(t)
	r.event(t, unchanged)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "a file")
	p.set(build(t, "2", nil, "", "a", "b"), nil)
	if rev := r.await(t); rev.Revision != "2" {
		t.Errorf("%+v", rev)
	}
	if e := r.event(t, refused); e.Reason != "state" {
		t.Errorf("event %+v", e)
	}
}
