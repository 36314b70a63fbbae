package tree

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/finding"
)

func TestVendored(t *testing.T) {
	tag := cacheTag + "\n"
	dir := plant(t, map[string]string{
		"web/node_modules/p/Dockerfile": "x", "web/node_modules/near": "x",
		"svc/go.mod": "", "svc/vendor/modules.txt": "", "svc/vendor/m/f": "x",
		"php/vendor/modules.txt": "", "php/vendor/m/f": "x",
		"rs/vendor/a/.cargo-checksum.json": "{}", "rs/vendor/a/Cargo.toml": "",
		"rs/vendor/b/.cargo-checksum.json": "{}", "rs/vendor/b/Cargo.toml": "", "rs/vendor/b/x/Dockerfile": "x",
		"hide/a/.cargo-checksum.json": "{}", "hide/a/Cargo.toml": "", "hide/b/Dockerfile": "x",
		"rs/target/CACHEDIR.TAG": tag, "rs/target/debug/f": "x", "rs/target/audit.json": "{}",
		"docs/target/CACHEDIR.TAG": "no", "docs/target/d/f": "x",
		"py/.venv/pyvenv.cfg": "", "py/.venv/lib/f": "x",
	})
	files, skips := walk(t, dir, Options{})
	want := []string{
		"docs/target/CACHEDIR.TAG", "docs/target/d/f", "hide/a/.cargo-checksum.json", "hide/a/Cargo.toml",
		"hide/b/Dockerfile", "php/vendor/m/f", "php/vendor/modules.txt", "py/.venv/pyvenv.cfg", "rs/target/CACHEDIR.TAG",
		"rs/target/audit.json", "svc/go.mod", "svc/vendor/modules.txt", "web/node_modules/near",
	}
	if d := cmp.Diff(want, files); d != "" {
		t.Error(d)
	}
	wantSkips := []finding.Skip{
		{Path: "py/.venv", Reason: "vendored: a Python environment"},
		{Path: "rs/target", Reason: "vendored: output of cargo build"},
		{Path: "rs/vendor", Reason: "vendored: crates copied by cargo vendor"},
		{Path: "svc/vendor", Reason: "vendored: modules copied by go mod vendor"},
		{Path: "web/node_modules", Reason: "vendored: packages installed by npm"},
	}
	if d := cmp.Diff(wantSkips, skips); d != "" {
		t.Error(d)
	}
	if files, skips := walk(t, dir, Options{Vendored: true}); len(files) != 22 || len(skips) != 0 {
		t.Errorf("with Vendored: %d files, skips %v", len(files), skips)
	}
}

func BenchmarkWalk(b *testing.B) {
	dir := b.TempDir()
	for i := range 10_000 {
		d := filepath.Join(dir, fmt.Sprintf("a/b/d%03d", i/100))
		if i%100 == 0 {
			os.MkdirAll(d, 0o755)
		}
		if err := os.WriteFile(filepath.Join(d, fmt.Sprintf("f%d", i)), []byte("x"), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	tr := open(b, dir, Options{})
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if l, err := tr.Walk(context.Background()); err != nil || len(l.Files) != 10_000 {
				b.Fatal(err)
			}
		}
	})
	l, _ := tr.Walk(context.Background())
	b.Run("heads", func(b *testing.B) {
		for b.Loop() {
			for _, f := range l.Files {
				if _, err := Head(tr.FS(), f.Path); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
