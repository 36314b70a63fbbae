package secret

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// oracle unpacks a set of labelled data, or skips where this checkout has none beside it.
func oracle(t *testing.T, name string) string {
	t.Helper()
	script, err := filepath.Abs("../../../shared/oracles/unpack.sh")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(script); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("shared/oracles is absent beside the checkout, and CI=true wants it")
		}
		t.Skip("shared/oracles is absent beside the checkout: nothing to compare with")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "sallyport-oracles-secret")
	if out, err := exec.Command(script, dir, name).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return filepath.Join(dir, name)
}

type labelled struct{ Plugin, Filetype, Rule, Text, Expect, Path string }

func readLabelled(t *testing.T, file string) []labelled {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []labelled
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row labelled
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// judgeLine judges a line the way a collector would: as an assignment where it is one, else as text.
func judgeLine(text string) bool {
	line := strings.TrimPrefix(text, "export ")
	if name, value, ok := strings.Cut(line, "="); ok && named(name) && !strings.Contains(text, "\n") {
		return Variable(name, unquote(value)).Secret.Found
	}
	return len(Find(text)) > 0
}

type score struct{ found, missed, quiet, false int }

func (s score) recall() float64 { return ratio(s.found, s.missed) }

func (s score) precision() float64 { return ratio(s.found, s.false) }

func ratio(a, b int) float64 {
	if a+b == 0 {
		return 1
	}
	return float64(a) / float64(a+b)
}

func measure(t *testing.T, rows []labelled, judge func(string) bool) score {
	t.Helper()
	var s score
	for _, row := range rows {
		found, want := judge(row.Text), row.Expect == "secret"
		switch {
		case found && want:
			s.found++
		case found:
			s.false++
		case want:
			s.missed++
		default:
			s.quiet++
		}
		if found != want {
			t.Logf("%s found=%v: %.160q", row.Rule+row.Plugin, found, row.Text)
		}
	}
	return s
}

// TestOracles holds the floors of recall and precision. The cases of gitleaks and of detect-secrets are
// mostly lines of program code, which are not what this package is asked about, so their floors are
// lower; of detect-secrets' keyword cases only those of configuration files count.
func TestOracles(t *testing.T) {
	dir := oracle(t, "secrets")
	for _, test := range []struct {
		file              string
		recall, precision float64
		keep              func(labelled) bool
	}{
		{"env-lines.jsonl", 0.99, 0.98, func(labelled) bool { return true }},
		{"gitleaks-cases.jsonl", 0.98, 0.98, func(labelled) bool { return true }},
		{"detect-secrets-cases.jsonl", 0.40, 0.75, func(r labelled) bool { return r.Filetype == "config" || r.Plugin != "keyword" }},
	} {
		t.Run(test.file, func(t *testing.T) {
			rows := slices.DeleteFunc(readLabelled(t, filepath.Join(dir, test.file)), func(r labelled) bool { return !test.keep(r) })
			s := measure(t, rows, judgeLine)
			t.Logf("recall %.3f, precision %.3f: %+v", s.recall(), s.precision(), s)
			if s.recall() < test.recall || s.precision() < test.precision {
				t.Errorf("recall %.3f, want %.2f; precision %.3f, want %.2f", s.recall(), test.recall, s.precision(), test.precision)
			}
		})
	}
}
