package git

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChanged(t *testing.T) {
	dir := t.TempDir()
	run := func(args ...string) string {
		t.Helper()
		c := exec.Command("git", args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run("init", "-q", "-b", "main")
	write("app/src/main.rs", "fn main() {}")
	write("app/old.rs", "")
	write("lib/a/b.rs", "1")
	write("same/x", "x")
	run("add", ".")
	run("commit", "-qm", "one")
	first := run("rev-parse", "HEAD")
	write("reports/scan.json", "report")
	run("add", ".")
	run("commit", "-qm", "two")
	second := run("rev-parse", "HEAD")
	is := func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("report")) }
	check := func(commit, folder string, want ...string) {
		t.Helper()
		repo, err := Find(dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := repo.Changed(commit, folder, is)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %q: %s", commit, folder, diff)
		}
	}
	check(first, "")
	check(first[:8], "")
	write("app/src/main.rs", "fn main() { println!() }")
	run("rm", "-rq", "app/old.rs", "lib")
	write("lib", "a file")
	write("new/deep/er.rs", "")
	run("add", ".")
	run("commit", "-qm", "three")
	check(first, "", "app/old.rs", "app/src/main.rs", "lib", "lib/a/b.rs", "new/deep/er.rs")
	check(second, "app", "old.rs", "src/main.rs")
	check(second, "new", "deep/er.rs")
	check(second, "same")
	repo, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"0123456789abcdef0123456789abcdef01234567", "HEAD", "main", "0123456"} {
		if _, err := repo.Changed(name, "", nil); err == nil {
			t.Errorf("%s is taken for a commit that is there", name)
		}
	}
}
