package git

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/finding"
)

// run makes repositories with git itself, so that what is read is what git writes.
func run(t *testing.T, dir string, args ...string) string {
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

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// repository has two commits on main; the branch "work" has a third.
func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	run(t, dir, "init", "-q", "-b", "main")
	write(t, filepath.Join(dir, "sallyport.toml"), "one")
	write(t, filepath.Join(dir, "a/b/c"), "deep")
	run(t, dir, "add", ".")
	run(t, dir, "commit", "-q", "-m", "1")
	write(t, filepath.Join(dir, "sallyport.toml"), "two")
	run(t, dir, "commit", "-q", "-am", "2")
	run(t, dir, "tag", "-a", "v1", "-m", "tagged")
	run(t, dir, "checkout", "-q", "-b", "work")
	write(t, filepath.Join(dir, "sallyport.toml"), "three")
	run(t, dir, "commit", "-q", "-am", "3")
	return dir
}

func find(t *testing.T, dir string) *Repository {
	t.Helper()
	r, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, r *Repository, rev, name string) string {
	t.Helper()
	fsys, _, err := r.At(rev)
	if err != nil {
		return err.Error()
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func TestAtResolvesAsGitDoes(t *testing.T) {
	dir := repository(t)
	head := run(t, dir, "rev-parse", "HEAD")
	revs := map[string]string{
		"main": "two", "work": "three", "HEAD": "three", "v1": "two", "refs/heads/main": "two", "heads/main": "two",
		"HEAD~1": "two", "HEAD^^": "one", "HEAD~2": "one", "v1^": "one", "v1^~0": "one",
		head: "three", head[:9]: "three", strings.ToUpper(head[:8]): "three",
	}
	for _, packed := range []bool{false, true} {
		if packed {
			run(t, dir, "gc", "-q")
		}
		r := find(t, dir)
		for rev, want := range revs {
			if got := read(t, r, rev, "sallyport.toml"); got != want {
				t.Errorf("packed %v, %s: %q, want %q", packed, rev, got, want)
			}
			_, hash, err := r.At(rev)
			if want := run(t, dir, "rev-parse", rev+"^{commit}"); hash != want {
				t.Errorf("packed %v, %s: %s, %v, want %s", packed, rev, hash, err, want)
			}
		}
	}
}

func TestAtExplains(t *testing.T) {
	dir := repository(t)
	run(t, dir, "tag", "twin", "HEAD~1")
	run(t, dir, "branch", "twin", "HEAD")
	blob := run(t, dir, "rev-parse", "HEAD:sallyport.toml")
	r := find(t, dir)
	for rev, want := range map[string]string{
		"origin/main":            "no such ref origin/main: fetch it first (in CI, check out with fetch-depth: 0)",
		"twin":                   "twin is ambiguous, refs/tags/twin and refs/heads/twin differ: name one in full",
		"../../etc":              `"../../etc" is not the name of a revision`,
		"":                       `"" is not the name of a revision`,
		"HEAD~9":                 "no such commit HEAD~9: the history here ends before: fetch more of it (fetch-depth: 0)",
		"HEAD^2":                 "HEAD^2: only ^ and ~N are understood after a name: name the commit by its hash",
		"HEAD^{tree}":            "HEAD^{tree}: only ^ and ~N are understood after a name: name the commit by its hash",
		"HEAD~99999999999999999": "HEAD~99999999999999999: too many steps back",
		blob:                     blob + " is a blob, not a commit",
		strings.Repeat("ab", 20): "no such ref " + strings.Repeat("ab", 20) + ": fetch it first (in CI, check out with fetch-depth: 0)",
		"config":                 "refs/heads/",
	} {
		_, _, err := r.At(rev)
		if err == nil || rev != "config" && err.Error() != want {
			t.Errorf("%q: %v, want %s", rev, err, want)
		}
	}
}

func TestAtIsAFileSystem(t *testing.T) {
	dir := repository(t)
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "add", ".")
	run(t, dir, "commit", "-q", "-m", "link")
	fsys, _, err := find(t, dir).At("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		all = append(all, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{".", "a", "a/b", "a/b/c", "link", "sallyport.toml"}, all); d != "" {
		t.Error(d)
	}
	if _, err := fs.ReadFile(fsys, "link"); err == nil || err.Error() != "link: not a regular file at that revision" {
		t.Error(err)
	}
	for _, name := range []string{"gone", "a/b/c/d", "a/gone"} {
		if _, err := fs.Stat(fsys, name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := fs.ReadFile(fsys, "../x"); !errors.Is(err, fs.ErrInvalid) {
		t.Error(err)
	}
}

func TestShallowCloneAndLinkedWorkingTree(t *testing.T) {
	dir := repository(t)
	shallow := filepath.Join(t.TempDir(), "clone")
	run(t, dir, "clone", "-q", "--depth=1", "-b", "work", "file://"+dir, shallow)
	r := find(t, shallow)
	if got := read(t, r, "HEAD", "sallyport.toml"); got != "three" {
		t.Error(got)
	}
	if got := read(t, r, "origin/main", "sallyport.toml"); !strings.HasPrefix(got, "no such ref origin/main") {
		t.Error(got)
	}
	if got := read(t, r, "HEAD~1", "sallyport.toml"); !strings.Contains(got, "is not in this clone: fetch it first") {
		t.Error(got)
	}
	full := filepath.Join(t.TempDir(), "full")
	run(t, dir, "clone", "-q", "-b", "work", dir, full)
	for rev, want := range map[string]string{"origin/main": "two", "origin": "three"} {
		if got := read(t, find(t, full), rev, "sallyport.toml"); got != want {
			t.Errorf("%s: %s", rev, got)
		}
	}

	linked := filepath.Join(t.TempDir(), "linked")
	run(t, dir, "worktree", "add", "-q", linked, "main")
	write(t, filepath.Join(linked, "a/new"), "x")
	run(t, linked, "add", "a/new")
	r = find(t, filepath.Join(linked, "a/b"))
	if got := read(t, r, "HEAD", "sallyport.toml"); got != "two" {
		t.Error(got)
	}
	tracked, err := r.Tracked()
	if err != nil || !tracked("a/new") || tracked("a/newer") {
		t.Errorf("the index of a linked working tree: %v", err)
	}
	write(t, filepath.Join(dir, ".git/info/exclude"), "*.log")
	if text, err := r.Exclude(); text != "*.log" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

func TestTrackedWithSubmodule(t *testing.T) {
	inner, dir := repository(t), repository(t)
	run(t, dir, "-c", "protocol.file.allow=always", "submodule", "-q", "add", inner, "sub")
	tracked, err := find(t, dir).Tracked()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"sub/any": true, "subway": false, "a/b/c": true, "a/b": true, "a/": false, ".gitmodules": true} {
		if tracked(name) != want {
			t.Errorf("%s: tracked is %v", name, !want)
		}
	}
	if r := find(t, filepath.Join(dir, "sub/a")); r.Top() != filepath.Join(dir, "sub") {
		t.Error(r.Top())
	}
}

func TestVCS(t *testing.T) {
	dir := repository(t)
	run(t, dir, "remote", "add", "origin", "https://user:hunter2@example.com/org/repo.git?token=hunter2")
	want := finding.VCS{
		Repository: "https://example.com/org/repo.git", Revision: run(t, dir, "rev-parse", "HEAD"),
		Branch: "work", Prefix: "a/b",
	}
	if d := cmp.Diff(want, find(t, dir).VCS(filepath.Join(dir, "a/b"))); d != "" {
		t.Error(d)
	}
	run(t, dir, "checkout", "-q", "--detach")
	if v := find(t, dir).VCS(dir); v.Branch != "" || v.Prefix != "" {
		t.Errorf("%+v", v)
	}
	for raw, want := range map[string]string{
		"git@example.com:org/repo.git":        "ssh://example.com/org/repo.git",
		"example.com:/org/repo":               "ssh://example.com/org/repo",
		"ssh://git@example.com:22/org/repo":   "ssh://example.com:22/org/repo",
		"https://x-access-token:t@h.test/o/r": "https://h.test/o/r",
		"/srv/git/repo":                       "", "../repo": "", "file:///srv/repo": "", "https://%zz": "", "": "",
	} {
		if got := public(raw); got != want {
			t.Errorf("public(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestFindRefusesWhatIsNoRepository(t *testing.T) {
	dir := t.TempDir()
	if _, err := Find(dir); !errors.Is(err, ErrNone) {
		t.Errorf("outside: %v", err)
	}
	if err := os.MkdirAll(filepath.Join(dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(dir); !errors.Is(err, ErrNone) {
		t.Errorf("an empty .git: %v", err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, ".git/HEAD"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Find(dir); !errors.Is(err, ErrNone) {
		t.Errorf("a pipe for HEAD: %v", err)
	}
	sub := filepath.Join(dir, "sub")
	write(t, filepath.Join(sub, ".git"), "gitdir: ../elsewhere\n")
	if _, err := Find(sub); err == nil || !strings.Contains(err.Error(), "which is not a git directory") {
		t.Errorf("a file that leads nowhere: %v", err)
	}
}

func TestSpecialFilesDoNotHoldUp(t *testing.T) {
	dir := repository(t)
	run(t, dir, "pack-refs", "--all")
	for _, name := range []string{".git/packed-refs", ".git/refs/heads/work", ".git/objects/info/alternates", ".git/shallow", ".git/config"} {
		full := filepath.Join(dir, name)
		if err := os.RemoveAll(full); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(full, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	done := make(chan bool)
	go func() {
		r := find(t, dir)
		v := r.VCS(dir)
		_, _, err := r.At("work")
		_, trackedErr := r.Tracked()
		if v.Revision != "" || err == nil || trackedErr != nil {
			t.Errorf("%+v, %v, %v", v, err, trackedErr)
		}
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("a named pipe holds the program up")
	}
}

func TestMalformedFilesAreErrors(t *testing.T) {
	for _, name := range []string{".git/HEAD", ".git/index", ".git/packed-refs", ".git/config"} {
		for _, junk := range []string{"", "junk", "\x00\xff\xfe", "DIRC\x00\x00\x00\x02\xff\xff\xff\xff", "[core", "ref: refs/heads/../../x"} {
			dir := repository(t)
			write(t, filepath.Join(dir, name), junk)
			r, err := Find(dir)
			if err != nil {
				continue
			}
			r.VCS(dir)
			if _, err := r.Tracked(); err == nil && name == ".git/index" && junk != "" {
				t.Errorf("%s with %q is no error", name, junk)
			}
			if _, _, err := r.At("HEAD"); err == nil && name == ".git/HEAD" {
				t.Errorf("%s with %q is no error", name, junk)
			}
		}
	}
}

func TestUnsupportedFormatsAreNamed(t *testing.T) {
	dir := t.TempDir()
	run(t, dir, "init", "-q", "--object-format=sha256")
	if got := read(t, find(t, dir), "HEAD", "x"); !strings.Contains(got, "object format sha256 is not supported") {
		t.Error(got)
	}
}
