package tree

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func runGit(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func put(t *testing.T, dir, name, text string, mode os.FileMode) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func sourceOf(t *testing.T, dir string) Source {
	t.Helper()
	s, err := ReadSource(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSourceIsGits holds our tree against the one that git itself writes, after each change of a working tree.
func TestSourceIsGits(t *testing.T) {
	dir := t.TempDir()
	runGit(t, dir, "init", "-q", "-b", "main")
	put(t, dir, ".gitignore", "target/\n*.log\n", 0o644)
	put(t, dir, "Cargo.toml", "[package]\n", 0o644)
	put(t, dir, "a-b", "1", 0o644)
	put(t, dir, "a/x", "2", 0o755)
	put(t, dir, "a.b", "3", 0o644)
	put(t, dir, "deep/er/file", "", 0o644)
	put(t, dir, "kept.log", "tracked although it is ignored", 0o644)
	put(t, dir, "target/debug/app", "built", 0o755)
	if err := os.Symlink("a/x", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	runGit(t, dir, "add", ".")
	runGit(t, dir, "add", "-f", "kept.log")
	runGit(t, dir, "commit", "-q", "-m", "1")
	head := runGit(t, dir, "rev-parse", "HEAD")
	steps := []struct {
		what  string
		do    func()
		dirty bool
	}{
		{"clean", func() {}, false},
		{"ignored files", func() { put(t, dir, "x.log", "y", 0o644) }, false},
		{"our own folder", func() { put(t, dir, ".sallyport/receipts/a.json", "{}", 0o644) }, false},
		{"an untracked file", func() { put(t, dir, "src/new.rs", "fn main() {}", 0o644) }, true},
		{"a changed file of the same size", func() { put(t, dir, "a-b", "9", 0o644) }, true},
		{"a deleted file", func() { os.Remove(filepath.Join(dir, "a.b")) }, true},
		{"another mode", func() { os.Chmod(filepath.Join(dir, "Cargo.toml"), 0o755) }, true},
		{"an empty folder", func() { os.MkdirAll(filepath.Join(dir, "empty/folder"), 0o755) }, true},
	}
	for _, step := range steps {
		step.do()
		got := sourceOf(t, filepath.Join(dir, "a"))
		runGit(t, dir, "add", "-A", ":!.sallyport")
		want := runGit(t, dir, "write-tree")
		if got != (Source{head, want, step.dirty}) {
			t.Errorf("%s: %+v, and git's tree is %s", step.what, got, want)
		}
	}
}

// TestSourceConverted has files that git keeps in another notation than the working tree does.
func TestSourceConverted(t *testing.T) {
	dir := t.TempDir()
	runGit(t, dir, "init", "-q", "-b", "main")
	put(t, dir, "crlf.txt", "a\nb\n", 0o644)
	put(t, dir, "big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:"+
		"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\nsize 1\n", 0o644)
	runGit(t, dir, "add", ".")
	runGit(t, dir, "commit", "-q", "-m", "1")
	put(t, dir, "crlf.txt", "a\r\nb\r\n", 0o644)
	put(t, dir, "big.bin", "x", 0o644)
	if s := sourceOf(t, dir); s.Dirty {
		t.Errorf("line ends and a file of Git LFS make the tree dirty: %+v", s)
	}
	put(t, dir, "big.bin", "y", 0o644)
	if s := sourceOf(t, dir); !s.Dirty {
		t.Error("another content of a file of Git LFS is not seen")
	}
}

// withModule makes a repository with a submodule, sub, that has the file f.
func withModule(t *testing.T) string {
	t.Helper()
	inner, dir := t.TempDir(), t.TempDir()
	runGit(t, inner, "init", "-q", "-b", "main")
	put(t, inner, "f", "1", 0o644)
	runGit(t, inner, "add", ".")
	runGit(t, inner, "commit", "-q", "-m", "1")
	runGit(t, dir, "init", "-q", "-b", "main")
	runGit(t, dir, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub")
	runGit(t, dir, "commit", "-q", "-m", "1")
	return dir
}

func TestSourceModule(t *testing.T) {
	dir := withModule(t)
	if s := sourceOf(t, dir); s.Dirty || s.Tree != runGit(t, dir, "rev-parse", "HEAD^{tree}") {
		t.Errorf("%+v", s)
	}
	runGit(t, filepath.Join(dir, "sub"), "commit", "-q", "--allow-empty", "-m", "2")
	if s := sourceOf(t, dir); !s.Dirty {
		t.Error("another commit of a submodule is not seen")
	}
}

// TestSourceInModule changes files within a submodule and within a repository that is none: git itself does not look into them.
func TestSourceInModule(t *testing.T) {
	dir := withModule(t)
	clean := sourceOf(t, dir)
	put(t, dir, "sub/f", "2", 0o644)
	changed := sourceOf(t, dir)
	if !changed.Dirty || changed.Tree == clean.Tree {
		t.Errorf("a changed file of a submodule is not seen: %+v", changed)
	}
	put(t, dir, "sub/f", "3", 0o644)
	if s := sourceOf(t, dir); s.Tree == changed.Tree {
		t.Error("another change of the same file is not seen")
	}
	put(t, dir, "sub/f", "1", 0o644)
	if s := sourceOf(t, dir); s != clean {
		t.Errorf("%+v, and before %+v", s, clean)
	}
	put(t, dir, "own/f", "1", 0o644)
	runGit(t, filepath.Join(dir, "own"), "init", "-q", "-b", "main")
	one := sourceOf(t, dir)
	put(t, dir, "own/f", "2", 0o644)
	if s := sourceOf(t, dir); one.Tree == clean.Tree || s.Tree == one.Tree {
		t.Error("files of a repository without a commit are not seen")
	}
	os.RemoveAll(filepath.Join(dir, "own"))
	runGit(t, dir, "submodule", "--quiet", "deinit", "-f", "sub")
	if s := sourceOf(t, dir); s != clean {
		t.Errorf("a submodule that is not fetched: %+v, want %+v", s, clean)
	}
	put(t, dir, "sub/x", "1", 0o644)
	if s := sourceOf(t, dir); !s.Dirty {
		t.Error("a file in the folder of a submodule that is not fetched is not seen")
	}
}

// TestSourceBesideReceipts commits files into the folder of receipts: a program can be built of them.
func TestSourceBesideReceipts(t *testing.T) {
	dir := t.TempDir()
	runGit(t, dir, "init", "-q", "-b", "main")
	put(t, dir, "f", "1", 0o644)
	runGit(t, dir, "add", ".")
	runGit(t, dir, "commit", "-q", "-m", "1")
	put(t, dir, ".sallyport/.gitignore", "*\n", 0o644)
	none := sourceOf(t, dir)
	put(t, dir, ".sallyport/receipts/test.json", "{}", 0o644)
	put(t, dir, ".sallyport/x.rs", "fn x() {}", 0o644)
	if s := sourceOf(t, dir); s != none {
		t.Errorf("what is not tracked there counts: %+v", s)
	}
	runGit(t, dir, "add", "-f", ".sallyport/receipts/test.json")
	if s := sourceOf(t, dir); s.Tree != none.Tree {
		t.Error("a receipt that is committed counts")
	}
	runGit(t, dir, "add", "-f", ".sallyport/x.rs")
	one := sourceOf(t, dir)
	put(t, dir, ".sallyport/x.rs", "fn x() { evil() }", 0o644)
	if s := sourceOf(t, dir); one.Tree == none.Tree || s.Tree == one.Tree {
		t.Error("source that is committed there does not count")
	}
}

func TestSourceBeforeTheFirstCommit(t *testing.T) {
	dir := t.TempDir()
	runGit(t, dir, "init", "-q", "-b", "main")
	put(t, dir, "f", "1", 0o644)
	if s := sourceOf(t, dir); s.Commit != "" || !s.Dirty || s.Tree == "" {
		t.Errorf("%+v", s)
	}
}

func TestPlainSource(t *testing.T) {
	files := fstest.MapFS{"a": {Data: []byte("1")}, "target/x": {Data: []byte("built")}, ".sallyport/r.json": {Data: []byte("{}")}}
	s, err := PlainSource(context.Background(), files)
	if err != nil || s.Tree != "b57c9dd12a3087e3d0cc5b6d47c3b70fe0d1a03b" && s.Tree == "" {
		t.Fatal(s, err)
	}
	delete(files, "target/x")
	delete(files, ".sallyport/r.json")
	if other, _ := PlainSource(context.Background(), files); other != s {
		t.Errorf("%+v and %+v", other, s)
	}
	deep := fstest.MapFS{strings.Repeat("d/", DefaultDepth+2) + "f": {}}
	if _, err := PlainSource(context.Background(), deep); err == nil {
		t.Error("folders of any depth are followed")
	}
}
