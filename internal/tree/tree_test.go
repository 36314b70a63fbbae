package tree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// plant writes files; a content "-> x" is a link to x, and a name that ends in "/" a folder.
func plant(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		full := filepath.Join(dir, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(full, 0o755)
		} else if err = os.MkdirAll(filepath.Dir(full), 0o755); err == nil {
			if to, ok := strings.CutPrefix(text, "-> "); ok {
				err = os.Symlink(to, full)
			} else {
				err = os.WriteFile(full, []byte(text), 0o644)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t testing.TB, path string, opts Options) *Tree {
	t.Helper()
	tr, err := Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

func walk(t testing.TB, path string, opts Options) (files []string, skips []finding.Skip) {
	t.Helper()
	l, err := open(t, path, opts).Walk(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return names(l), l.Skipped()
}

func names(l *Listing) []string {
	all := []string{}
	for _, f := range l.Files {
		if f.Target != "" {
			f.Path += " -> " + f.Target
		}
		all = append(all, f.Path)
	}
	return all
}

func TestFSKeepsTheContract(t *testing.T) {
	dir := plant(t, map[string]string{"a": "1", "b/c": "22", "b/d/e": "", "l": "-> b/c"})
	if err := fstest.TestFS(open(t, dir, Options{}).FS(), "a", "b/c", "b/d/e", "l"); err != nil {
		t.Fatal(err)
	}
}

func TestWalkIsSortedAndFollowsLinksToFilesOnly(t *testing.T) {
	dir := plant(t, map[string]string{
		"b/Dockerfile": "x", "a.txt": "x", "b.txt": "x", ".git/config": "x", "b/.git": "gitdir: x",
		"Dockerfile": "-> b/Dockerfile", "deep/twice": "-> ../link", "link": "-> ./b/../a.txt",
		"folder": "-> b", "through": "-> folder/Dockerfile", "out": "-> ../x", "abs": "-> /etc/passwd",
		"again": "-> ../" + "x/../b.txt", "none": "-> gone", "loop": "-> loop", "pool": "-> loop",
		"new\nline": "x", "..odd": "x", "...": "x", "bad\xff": "x", "b\xff/Dockerfile": "x",
	})
	files, skips := walk(t, dir, Options{})
	want := []string{"...", "..odd", "Dockerfile -> b/Dockerfile", "a.txt", "b.txt", "b/.git", "b/Dockerfile",
		"bad\xff", "b\xff/Dockerfile", "deep/twice -> a.txt", "link -> a.txt", "new\nline", "through -> b/Dockerfile"}
	if d := cmp.Diff(want, files); d != "" {
		t.Error(d)
	}
	wantSkips := []finding.Skip{
		{Path: ".git", Reason: "git's own data"},
		{Path: "abs", Reason: "a link out of the tree is not followed"},
		{Path: "again", Reason: "a link out of the tree is not followed"},
		{Path: "folder", Reason: "a link to something else than a file"},
		{Path: "loop", Reason: "a link that leads to itself"},
		{Path: "none", Reason: "a link to nothing"},
		{Path: "out", Reason: "a link out of the tree is not followed"},
		{Path: "pool", Reason: "a link that leads to itself"},
	}
	if d := cmp.Diff(wantSkips, skips); d != "" {
		t.Error(d)
	}
	tr := open(t, dir, Options{})
	for _, f := range files {
		name, _, _ := strings.Cut(f, " ")
		if _, err := Head(tr.FS(), name); err != nil {
			t.Errorf("Head(%q): %v", name, err)
		}
	}
}

func TestFSRefuses(t *testing.T) {
	dir := plant(t, map[string]string{"out": "-> ../secret", "abs": "-> /etc/passwd", "dir/": "", "big": strings.Repeat("x", 101),
		"updir": "-> ..", "loop": "-> loop"})
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o644); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "sock"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	fsys := open(t, dir, Options{FileSize: 100}).FS()
	for name, want := range map[string]string{
		"out":                    "out: a link out of the tree is not followed",
		"abs":                    "abs: a link out of the tree is not followed",
		"updir/x":                "updir/x: a link out of the tree is not followed",
		"dir":                    "dir: a directory, not a file",
		"fifo":                   "fifo: a named pipe, not a regular file",
		"sock":                   "sock: a socket, not a regular file",
		"big":                    "big: larger than the limit of 100 bytes: raise the limit with --max-file-size",
		"loop":                   "loop: too many levels of symbolic links",
		"gone":                   "open gone: file does not exist",
		"../x":                   "open ../x: invalid argument",
		"/etc/passwd":            "open /etc/passwd: invalid argument",
		"":                       "open : invalid argument",
		"a\x00b":                 "a\x00b: invalid argument",
		strings.Repeat("n", 300): strings.Repeat("n", 300) + ": file name too long",
	} {
		data, err := fs.ReadFile(fsys, name)
		if err == nil || err.Error() != want {
			t.Errorf("ReadFile(%q) = %q, %v; want %s", name, data, err, want)
		}
	}
	if _, err := fs.ReadFile(fsys, "gone"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file is not recognisable: %v", err)
	}
	if head, err := Head(fsys, "big"); err == nil {
		t.Errorf("a head beyond the limit of the file: %d bytes", len(head))
	}
	_, skips := walk(t, dir, Options{})
	got := fmt.Sprint(skips)
	for _, want := range []string{"{fifo a named pipe, not a regular file}", "{sock a socket, not a regular file}"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestOpenFileEndsAtTheLimit(t *testing.T) {
	dir := plant(t, map[string]string{"f": strings.Repeat("x", 5000), "exact": strings.Repeat("x", 4999)})
	fsys := open(t, dir, Options{FileSize: 4999}).FS()
	if head, err := Head(fsys, "f"); err != nil || len(head) != fact.HeadSize {
		t.Errorf("the head of a large file: %d bytes, %v", len(head), err)
	}
	if data, err := fs.ReadFile(fsys, "exact"); err != nil || len(data) != 4999 {
		t.Errorf("a file of exactly the limit: %d bytes, %v", len(data), err)
	}
}

func TestWalkLimits(t *testing.T) {
	deep := strings.Repeat("d/", 10) + "f"
	dir := plant(t, map[string]string{deep: "x", "a": "x", "b": "x"})
	for _, c := range []struct {
		opts  Options
		files int
		want  string
	}{
		{Options{Depth: 10, Files: 13}, 3, ""},
		{Options{Depth: 9}, 2, "d/d/d/d/d/d/d/d/d/d: folders nest deeper than the limit of 9: raise the limit with --max-depth"},
		{Options{Files: 2}, 0, ".: the tree has more files and folders than the limit of 2: raise the limit with --max-files"},
	} {
		l, err := open(t, dir, c.opts).Walk(context.Background())
		if got := fmt.Sprint(err); c.want != "" && got != c.want || c.want == "" && err != nil {
			t.Errorf("%+v: %v, want %q", c.opts, err, c.want)
		}
		if len(l.Files) != c.files {
			t.Errorf("%+v: %d files, want %d", c.opts, len(l.Files), c.files)
		}
	}
	if _, err := open(t, dir, Options{Depth: 9}).With(Options{Depth: 10}).Walk(context.Background()); err != nil {
		t.Errorf("under other limits: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := open(t, dir, Options{}).Walk(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled walk: %v", err)
	}
}

func TestUnreadableFolderIsAnError(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := plant(t, map[string]string{"shut/f": "x", "open/f": "x"})
	if err := os.Chmod(filepath.Join(dir, "shut"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(dir, "shut"), 0o755)
	l, err := open(t, dir, Options{}).Walk(context.Background())
	if err == nil || err.Error() != "shut: permission denied" || len(l.Files) != 1 {
		t.Errorf("%v, %v", l.Files, err)
	}
}

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
	want := []string{"docs/target/CACHEDIR.TAG", "docs/target/d/f", "hide/a/.cargo-checksum.json", "hide/a/Cargo.toml",
		"hide/b/Dockerfile", "php/vendor/m/f", "php/vendor/modules.txt", "py/.venv/pyvenv.cfg", "rs/target/CACHEDIR.TAG",
		"rs/target/audit.json", "svc/go.mod", "svc/vendor/modules.txt", "web/node_modules/near"}
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

func TestOneFile(t *testing.T) {
	dir := plant(t, map[string]string{"d/Dockerfile": "x", "d/other": "x", "d/in": "-> other", "d/out": "-> ../f", "f": "x"})
	files, _ := walk(t, filepath.Join(dir, "d/Dockerfile"), Options{})
	if d := cmp.Diff([]string{"Dockerfile"}, files); d != "" {
		t.Error(d)
	}
	files, _ = walk(t, filepath.Join(dir, "d/in"), Options{})
	if d := cmp.Diff([]string{"in -> other"}, files); d != "" {
		t.Error(d)
	}
	for name, want := range map[string]string{
		"d/out": ": a link out of the tree is not followed", "d/gone": ": no such file or directory: name a directory or a file"} {
		if _, err := Open(filepath.Join(dir, name), Options{}); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("Open(%s): %v", name, err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o644); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := Open(filepath.Join(dir, "fifo"), Options{})
		done <- err
	}()
	select {
	case err := <-done:
		if err == nil {
			t.Error("a named pipe was opened")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("a named pipe holds the program up")
	}
}

func TestWalkInMemory(t *testing.T) {
	l, err := Walk(context.Background(), fstest.MapFS{"b/c": {}, "a": {}, ".gitignore": {Data: []byte("a")}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{".gitignore", "a", "b/c"}, names(l)); d != "" {
		t.Error(d)
	}
	if l.Ignored("a") {
		t.Error("a file is ignored without git")
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
