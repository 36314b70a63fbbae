package accuracy

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sallyport/collectors/dockerfile"
	"sallyport/internal/fact/facttest"
	"sallyport/internal/finding"
)

// buildkitLint is BuildKit's linter, which make lint builds from tools/buildkitlint.
const buildkitLint = "../../.cache/bin/buildkitlint"

// real are the files of the corpus by name.
func real(t *testing.T, dir string) (names []string, text map[string]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "real", "*.Dockerfile"))
	if err != nil || len(files) < 700 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	text = map[string]string{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, filepath.Base(file))
		text[filepath.Base(file)] = string(data)
	}
	return names, text
}

var realOnce struct {
	sync.Once
	report *finding.Report
	err    error
}

// realReport judges all files of the corpus as one tree, once.
func realReport(t *testing.T, dir string) *finding.Report {
	t.Helper()
	j := theJudge(t)
	realOnce.Do(func() {
		realOnce.report, realOnce.err = j.run(j.bundle.Only(func(name string) bool {
			return strings.HasPrefix(name, "dockerfile/")
		}), os.DirFS(filepath.Join(dir, "real")))
	})
	if realOnce.err != nil {
		t.Fatal(realOnce.err)
	}
	return realOnce.report
}

// said are the lines where a peer's checks fire by our rules, by file and check.
func said(report *finding.Report, peer string) map[string]map[string][]int {
	all := map[string]map[string][]int{}
	for i := range report.Findings {
		f := &report.Findings[i]
		for _, e := range f.Rule.Equivalent {
			check, ok := strings.CutPrefix(e, peer+":")
			if !ok {
				continue
			}
			if all[f.File] == nil {
				all[f.File] = map[string][]int{}
			}
			if !slices.Contains(all[f.File][check], f.Span.Line) {
				all[f.File][check] = append(all[f.File][check], f.Span.Line)
			}
		}
	}
	for _, checks := range all {
		for _, lines := range checks {
			slices.Sort(lines)
		}
	}
	return all
}

// A lintResult is what BuildKit's linter says of one file.
type lintResult struct {
	File     string
	Error    string
	Warnings []struct {
		Rule       string
		Line, Last int
	}
}

// within takes a line of ours inside of a warning's instruction for the line of the warning: BuildKit blames the
// instruction, and we the argument.
func (r *lintResult) within(ours map[string][]int) map[string][]int {
	moved := map[string][]int{}
	for check, lines := range ours {
		for _, line := range lines {
			for _, w := range r.Warnings {
				if w.Rule == check && w.Line < line && line <= w.Last {
					line = w.Line
				}
			}
			moved[check] = append(moved[check], line)
		}
		slices.Sort(moved[check])
		moved[check] = slices.Compact(moved[check])
	}
	return moved
}

func (r *lintResult) lines() map[string][]int {
	lines := map[string][]int{}
	for _, w := range r.Warnings {
		if !slices.Contains(lines[w.Rule], w.Line) {
			lines[w.Rule] = append(lines[w.Rule], w.Line)
		}
	}
	for _, l := range lines {
		slices.Sort(l)
	}
	return lines
}

// live compares with BuildKit's linter over the real files, file by file and line by line.
func live(t *testing.T, dir string) *Score {
	t.Helper()
	names, text := real(t, dir)
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = filepath.Join(dir, "real", name)
	}
	if _, err := os.Stat(buildkitLint); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("BuildKit's linter is not built: ", err)
		}
		t.Skip("BuildKit's linter is not built: run make lint: ", err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(buildkitLint, paths...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.Bytes())
	}
	j, ours := theJudge(t), said(realReport(t, dir), "buildkit")
	s := &Score{Peer: "buildkit over real files", Cases: len(names), Dropped: map[string]int{}, Unmapped: map[string]int{}}
	for in := json.NewDecoder(bytes.NewReader(out)); in.More(); {
		var r lintResult
		if err := in.Decode(&r); err != nil {
			t.Fatal(err)
		}
		c := &Case{Peer: "buildkit", Name: r.File, Text: text[r.File], Want: r.lines()}
		for check := range c.Want {
			if len(j.equal["buildkit:"+check]) == 0 {
				s.Unmapped[check]++
			}
		}
		found := r.within(ours[r.File])
		for _, v := range verdicts(j, c, found, "", nil) {
			why := moot(v, text[r.File])
			switch {
			case v.Check == "none":
				continue
			case why != "":
				s.Dropped[why]++
				continue
			case r.Error != "" && v.Want == "silent":
				continue // BuildKit stopped in the middle of the file
			case r.Error != "" && contains(found[v.Check], c.Want[v.Check]):
				v.Ours = v.Want
			}
			s.Verdicts = append(s.Verdicts, v)
		}
	}
	return s
}

// moot says why the linter's verdict is none on the file, or "".
func moot(v *Verdict, text string) string {
	switch {
	case strings.Contains(text, "# check=skip") && v.Want == "silent":
		return "that switch checks off inside of the file, which the gate does not follow"
	case v.Check == "WorkdirRelativePath" && strings.Contains(text, "FROM mcr.microsoft.com/windows"):
		return "for Windows, which the linter takes for Linux"
	case v.Check == "UndefinedVar" && strings.Contains(text, " golang:") && strings.Contains(text, "GOPATH"):
		return "with a variable that the base image sets, which the linter does not load"
	}
	return ""
}

func contains(all, some []int) bool {
	return !slices.ContainsFunc(some, func(n int) bool { return !slices.Contains(all, n) })
}

func TestBuildKitLive(t *testing.T) { settle(t, live(t, facttest.Oracle(t, "dockerfile"))) }

// TestRealIsJudged demands that the rules judge every file that is collected, and that only what is no
// shell code is opaque.
func TestRealIsJudged(t *testing.T) {
	dir := facttest.Oracle(t, "dockerfile")
	report := realReport(t, dir)
	for _, n := range report.Notifications {
		if n.Error && n.Hint == "" {
			t.Errorf("%s: %s", n.File, n.Message)
		}
	}
	names, _ := real(t, dir)
	fsys := os.DirFS(filepath.Join(dir, "real"))
	c := dockerfile.New(dockerfile.Options{})
	runs, opaque := make([]int, len(names)), make([][]string, len(names))
	errs := make([]error, len(names))
	parallel(len(names), func(i int) {
		docs, _ := c.Collect(t.Context(), fsys, names[i])
		for _, d := range docs {
			f, ok := d.Facts.(dockerfile.Dockerfile)
			if !ok {
				errs[i] = errors.New("no facts")
			}
			for k := range f.Stages {
				for l := range f.Stages[k].Runs {
					runs[i]++
					if r := &f.Stages[k].Runs[l]; r.Opaque && slices.Contains(posix, r.Shell) && readable(t, r.Text) {
						opaque[i] = append(opaque[i], r.Text)
					}
				}
			}
		}
	})
	total := 0
	for i, name := range names { // a RUN that sh refuses, for an open quote, is opaque with reason
		if errs[i] != nil {
			t.Errorf("%s: %v", name, errs[i])
		}
		total += runs[i]
		for _, text := range opaque[i] {
			t.Errorf("%s: opaque, though it is plain: %s", name, text)
		}
	}
	t.Logf("%d files, %d RUN instructions", len(names), total)
}

// readable asks the shell of this machine whether it can read a text.
func readable(t *testing.T, text string) bool {
	return exec.CommandContext(t.Context(), "sh", "-n", "-c", text).Run() == nil
}

// posix are the shells whose language is that of sh.
var posix = []string{"sh", "bash", "dash", "ash", "ksh"}
