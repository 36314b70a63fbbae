package tree

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/finding"
)

func gitRun(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil && errs.Len() > 0 {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

// ignoredByGit asks git itself.
func ignoredByGit(t *testing.T, dir string, files []string) []string {
	t.Helper()
	out := gitRun(t, dir, strings.Join(files, "\x00"), "check-ignore", "-z", "--stdin")
	all := strings.Split(strings.TrimSuffix(out, "\x00"), "\x00")
	slices.Sort(all)
	return all
}

func ignoredByUs(t *testing.T, dir string) (all, ignored []string, skips []finding.Skip) {
	t.Helper()
	l, err := open(t, dir, Options{}).Walk(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range l.Files {
		all = append(all, f.Path)
		if l.Ignored(f.Path) {
			ignored = append(ignored, f.Path)
		}
	}
	return all, ignored, l.Skipped()
}

func TestIgnoredAgreesWithGit(t *testing.T) {
	names := []string{
		"a", "b.log", "c.log", "keep.log", "sp ace", "trail ", "hash#", "#hash", "!bang", "{x}", "x", "[y]", "y", "é", "éé", "q?", "qq",
		"Dockerfile", "a.b.c", "tab\t", "back\\slash",
	}
	files := map[string]string{}
	for _, dir := range []string{"", "d/", "d/e/", "d/e/f/", "log/", "build/", "d/build/", "deep/a/b/c/", "foo/", "foo/bar/"} {
		for _, n := range names {
			files[dir+n] = "x"
		}
	}
	lists := []string{
		"*.log\n!keep.log\n", "/a\n", "d/a\n", "d/\n!d/a\n", "d/*\n!d/e\n", "d/**\n", "**/e/a\n", "d/**/a\n", "build/\n", "/build/\n",
		"*\n!Dockerfile\n", "*\n!*/\n!Dockerfile\n", "\\#hash\n", "#hash\n", "\\!bang\n", "!bang\n", "{x}\n", "{x,y}\n", "[y]\n", "\\[y\\]\n",
		"trail \n", "trail\\ \n", "sp ace   \n", "q?\n", "q\\?\n", "[!a]\n", "[^a]\n", "[a-c]\n", "[a\n", "a\\\n", "**\n", "**/\n", "/**\n", "a/**/\n",
		"\ufeffa\n", "a\r\nx\r\n", "d/e/f\n", "foo/**\n!foo/bar\n", "foo/*\n!foo/bar/\nfoo/bar/*\n!foo/bar/a\n", "/\n", "//\n", "a//\n", "./a\n",
		"d**f\n", "**f/a\n", "*/a\n", "d/*/a\n", "\\a\n", "éé\n", "é?\n", "?é\n", "é*\n", "tab\t\n", "back\\\\slash\n", "  a\n", "a b\n", "log\n", "*.b.*\n", "", "\n\n",
		"d/e/**/a\n!a\n", "***\n", "deep/**/c/\n", "/*\n!/d\n/d/*\n!/d/e\n",
	}
	dir := plant(t, files)
	gitRun(t, dir, "", "init", "-q")
	for _, where := range []string{".gitignore", "d/.gitignore", ".git/info/exclude"} {
		for _, list := range append(lists, "") {
			if err := os.WriteFile(filepath.Join(dir, where), []byte(list), 0o644); err != nil {
				t.Fatal(err)
			}
			all, got, _ := ignoredByUs(t, dir)
			want := ignoredByGit(t, dir, all)
			if want[0] == "" {
				want = nil
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s with %q:\n%s", where, list, d)
			}
		}
	}
}

func TestIgnoredKnowsWhatIsTracked(t *testing.T) {
	dir := plant(t, map[string]string{
		".gitignore": "dist/\n*.env\n", "dist/Dockerfile": "x", "dist/other": "x", "dist/sub/f": "x", "prod.env": "x", "dev.env": "x", "svc/.gitignore": "!dev.env\nlocal\n",
		"svc/dev.env": "x", "svc/local": "x", "svc/sub/local": "x", "svc/sub/none": "x",
		"mod/.git": "gitdir: ../x", "mod/.gitignore": "y\n", "mod/y": "x", "mod/dev.env": "x",
	})
	_, got, _ := ignoredByUs(t, dir)
	if got != nil {
		t.Errorf("without a repository %v are ignored", got)
	}
	gitRun(t, dir, "", "init", "-q")
	gitRun(t, dir, "", "add", "-f", "dist/Dockerfile", "prod.env")
	_, got, skips := ignoredByUs(t, dir)
	if d := cmp.Diff([]string{"dev.env", "dist/other", "dist/sub/f", "svc/local", "svc/sub/local"}, got); d != "" {
		t.Error(d)
	}
	reason := "ignored by git and not tracked"
	want := []finding.Skip{
		{Path: ".git", Reason: "git's own data"},
		{Path: "dev.env", Reason: reason},
		{Path: "dist", Reason: reason},
		{Path: "svc/local", Reason: reason},
		{Path: "svc/sub/local", Reason: reason},
	}
	if d := cmp.Diff(want, skips); d != "" {
		t.Error(d)
	}
	// From a folder of the repository the patterns above it hold, but not for the folder itself.
	if _, got, _ = ignoredByUs(t, filepath.Join(dir, "svc/sub")); !slices.Equal(got, []string{"local"}) {
		t.Errorf("below: %v", got)
	}
	if _, got, _ = ignoredByUs(t, filepath.Join(dir, "dist")); got != nil {
		t.Errorf("in an ignored folder that is asked for: %v", got)
	}
	if err := os.WriteFile(filepath.Join(dir, ".git/index"), []byte("junk"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, got, skips = ignoredByUs(t, dir)
	if got != nil || !strings.Contains(fmt.Sprint(skips), "{.gitignore has no effect: ") {
		t.Errorf("with a broken index: %v, %v", got, skips)
	}
}

func TestPatternsAreBounded(t *testing.T) {
	dir := plant(t, map[string]string{
		".gitignore": strings.Repeat("*a*b\n", maxPatterns) + "f\n", "f": "x",
		"long/.gitignore": strings.Repeat("*", maxPattern+1), "long/f": "x", "wide/.gitignore": strings.Repeat("*a*", maxPattern/3), "wide/f": "x",
	})
	gitRun(t, dir, "", "init", "-q")
	_, got, skips := ignoredByUs(t, dir)
	if got != nil || !strings.Contains(fmt.Sprint(skips), "{.gitignore has no effect: more than 5000 patterns}") {
		t.Errorf("%v, %v", got, skips)
	}
}

func TestCommittedBuildOutputIsWalked(t *testing.T) {
	dir := plant(t, map[string]string{"target/CACHEDIR.TAG": cacheTag, "target/x/Dockerfile": "x"})
	gitRun(t, dir, "", "init", "-q")
	if files, _ := walk(t, dir, Options{}); len(files) != 1 {
		t.Errorf("untracked: %v", files)
	}
	gitRun(t, dir, "", "add", "-f", "target/x/Dockerfile")
	if files, _ := walk(t, dir, Options{}); len(files) != 2 {
		t.Errorf("tracked: %v", files)
	}
}

func BenchmarkIgnored(b *testing.B) {
	files := map[string]string{".gitignore": strings.Repeat("*.log\n/build/\n!keep\n**/tmp/*.o\n", 10), ".git/HEAD": "ref: refs/heads/main\n"}
	for i := range 10_000 {
		files[fmt.Sprintf("a/b/d%03d/f%d.yaml", i/100, i)] = "x"
	}
	dir := plant(b, files)
	for b.Loop() {
		l, err := open(b, dir, Options{}).Walk(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range l.Files {
			l.Ignored(f.Path)
		}
	}
}
