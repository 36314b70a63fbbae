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
	want := []string{
		"...", "..odd", "Dockerfile -> b/Dockerfile", "a.txt", "b.txt", "b/.git", "b/Dockerfile",
		"bad\xff", "b\xff/Dockerfile", "deep/twice -> a.txt", "link -> a.txt", "new\nline", "through -> b/Dockerfile",
	}
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
	dir := plant(t, map[string]string{
		"out": "-> ../secret", "abs": "-> /etc/passwd", "dir/": "", "big": strings.Repeat("x", 101),
		"updir": "-> ..", "loop": "-> loop",
	})
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

// TestRoot walks the root of a file system, and the load path of systemd alone.
func TestRoot(t *testing.T) {
	dir := plant(t, map[string]string{
		"proc/1/stat": "", "home/proc/x": "", "etc/passwd": "", "opt/a.service": "", "opt/b.service": "", "opt/c.service": "",
		"etc/systemd/system/a.service": "-> /opt/a.service", "etc/systemd/system/b.service": "-> ../../../opt/b.service",
		"etc/systemd/system/alias.service": "-> /etc/systemd/system/a.service", "etc/systemd/system/d.service": "",
		"etc/systemd/system/null.service": "-> /dev/null", "etc/systemd/system/loop.service": "-> loop.service", "etc/systemd/systemx/e.service": "",
	})
	for _, test := range []struct {
		only, want []string
	}{
		{nil, []string{"etc/passwd", "etc/systemd/system/b.service -> opt/b.service", "etc/systemd/system/d.service", "etc/systemd/systemx/e.service", "home/proc/x", "opt/a.service", "opt/b.service", "opt/c.service"}},
		{[]string{"etc/systemd/system", "run/systemd/system"}, []string{"etc/systemd/system/b.service -> opt/b.service", "etc/systemd/system/d.service", "opt/a.service", "opt/b.service"}},
	} {
		files, _ := walk(t, dir, Options{Root: true, Only: test.only})
		if diff := cmp.Diff(test.want, files); diff != "" {
			t.Error(diff)
		}
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
		"d/out": ": a link out of the tree is not followed", "d/gone": ": no such file or directory: name a directory or a file",
	} {
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

// TestSeen holds the answers after a walk, which need no system call, against those before it.
func TestSeen(t *testing.T) {
	dir := t.TempDir()
	for _, f := range []string{"a/b/file", "node_modules/x/file", "top"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(f)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, f), []byte(f), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{"link": "a", "dead": "nowhere", "out": "/etc", "a/up": "../top"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	ask := func() string {
		var answers strings.Builder
		for _, name := range []string{
			".", "a", "a/b", "a/b/file", "a/b/file/c", "a/b/none", "a/none/file", "none", "none/file", "top", "link", "link/b/file", "link/none",
			"dead", "dead/x", "out", "out/passwd", "a/up", "node_modules/x/file", "node_modules/x/none", "../top", "a/../top",
		} {
			_, stat := fs.Stat(tree.FS(), name)
			_, open := tree.FS().Open(name)
			text, read := fs.ReadFile(tree.FS(), name)
			entries, list := fs.ReadDir(tree.FS(), name)
			fmt.Fprintf(&answers, "%s: %v, %v, %q %v, %v %v\n", name, stat, open, text, read, entries, list)
		}
		return answers.String()
	}
	before := ask()
	if _, err := tree.Walk(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, ask()); diff != "" {
		t.Error(diff)
	}
	fsys := tree.FS()
	for range 2 {
		text, err := fs.ReadFile(fsys, "top")
		if err != nil || string(text) != "top" {
			t.Errorf("%q, %v", text, err)
		}
		text[0] = 'x' // is the reader's own
	}
}
