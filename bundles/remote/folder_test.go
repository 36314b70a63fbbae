package remote

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestDirectory(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "dockerfile/a.rego"), rule("a"))
	r := start(t, Options{Source: dir, Poll: time.Hour}) // events alone
	first := r.await(t)
	if custom(first) != "a" {
		t.Errorf("rules %s", custom(first))
	}
	r.event(t, loaded)
	write(t, filepath.Join(dir, "compose/broken.rego"), "package policies.compose.other\n")
	if e := r.event(t, refused); e.Reason != "load" {
		t.Errorf("event %+v", e)
	}
	if st := r.Status(); st.Digest != first.Digest || st.LastReason != "load" || !strings.Contains(st.LastError, "broken.rego") {
		t.Errorf("status %+v", st)
	}
	if err := os.RemoveAll(filepath.Join(dir, "compose")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "dockerfile/b.rego"), rule("b"))
	if rev := r.await(t); custom(rev) != "ab" || rev.Digest == first.Digest {
		t.Errorf("rules %s, digest %s", custom(rev), rev.Digest)
	}
}

// Kubernetes replaces the files of a mounted ConfigMap by one rename of the link ..data.
func TestConfigMap(t *testing.T) {
	dir := t.TempDir()
	publish := func(version, name string) {
		write(t, filepath.Join(dir, version, "dockerfile", name+".rego"), rule(name))
		if err := os.Symlink(version, filepath.Join(dir, "..data_tmp")); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data")); err != nil {
			t.Fatal(err)
		}
	}
	publish("..2026_01", "a")
	if err := os.Symlink("..data/dockerfile", filepath.Join(dir, "dockerfile")); err != nil {
		t.Fatal(err)
	}
	r := start(t, Options{Source: dir, Poll: time.Hour})
	if rev := r.await(t); custom(rev) != "a" {
		t.Errorf("rules %s", custom(rev))
	}
	publish("..2026_02", "b")
	if err := os.RemoveAll(filepath.Join(dir, "..2026_01")); err != nil {
		t.Fatal(err)
	}
	if rev := r.await(t); custom(rev) != "b" {
		t.Errorf("rules %s", custom(rev))
	}
}

func TestArchiveFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bundle.tar.gz")
	write(t, file, string(build(t, "1", nil, "", "a")))
	r := start(t, Options{Source: file, Poll: time.Hour})
	if rev := r.await(t); custom(rev) != "a" || rev.Revision != "1" {
		t.Errorf("rules %s, revision %s", custom(rev), rev.Revision)
	}
	write(t, file+".new", string(build(t, "2", nil, "", "a", "b")))
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
	if rev := r.await(t); custom(rev) != "ab" || rev.Revision != "2" {
		t.Errorf("rules %s, revision %s", custom(rev), rev.Revision)
	}
}

func TestLinkOutOfTheDirectory(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "secret.rego"), rule("s"))
	write(t, filepath.Join(dir, "bundle/dockerfile/a.rego"), rule("a"))
	if err := os.Symlink("../../secret.rego", filepath.Join(dir, "bundle/dockerfile/s.rego")); err != nil {
		t.Fatal(err)
	}
	r := start(t, Options{Source: filepath.Join(dir, "bundle")})
	if e := r.event(t, refused); e.Reason != "content" || !strings.Contains(e.Err.Error(), "leads out") {
		t.Errorf("event %+v", e)
	}
}

// A link to the folder that it is in has no end.
func TestLinksInACircle(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "dockerfile/a.rego"), rule("a"))
	for _, name := range []string{"x", "y", "z"} {
		if err := os.Symlink(".", filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	r := start(t, Options{Source: dir})
	if e := r.event(t, refused); e.Reason != "content" || !strings.Contains(e.Err.Error(), "folders deep") {
		t.Errorf("event %+v", e)
	}
}
