// Package labelled measures how well secrets are told, on lines that others have labelled. The lines are no
// part of this repository.
package labelled

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sallyport/internal/secret"
)

// A Row is one line and what its authors say of it.
type Row struct{ Plugin, Filetype, Rule, Text, Expect, Path string }

// A Set is a file of rows and the floors that hold for it.
type Set struct {
	Name              string
	Recall, Precision float64
	// Wanted are the rows that count: nil is all of them.
	Wanted func(Row) bool
}

// Sets are the sets, by the names of their files. The cases of gitleaks and of detect-secrets are mostly lines
// of program code, which are not what is asked about, so their floors are lower. Of detect-secrets' cases
// for keywords only those of configuration files count; docs/secrets.md says where its labels are its own.
var Sets = []Set{
	{"env-lines.jsonl", 0.99, 0.98, nil},
	{"gitleaks-cases.jsonl", 0.99, 0.98, nil},
	{"detect-secrets-cases.jsonl", 0.70, 0.88, func(r Row) bool { return r.Filetype == "config" || r.Plugin != "keyword" }},
}

// Read reads the wanted rows of a set from its folder.
func (s Set) Read(dir string) ([]Row, error) {
	f, err := os.Open(filepath.Join(dir, s.Name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rows []Row
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row Row
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s: %w", s.Name, err)
		}
		if s.Wanted == nil || s.Wanted(row) {
			rows = append(rows, row)
		}
	}
	return rows, lines.Err()
}

// Judge judges a row the way a collector would: as a variable where it is an assignment, else as text.
func Judge(r Row) bool {
	line := strings.TrimPrefix(r.Text, "export ")
	if name, value, ok := strings.Cut(line, "="); ok && named(name) && !strings.Contains(r.Text, "\n") {
		return secret.Variable(name, strings.Trim(value, `"'`)).Secret.Found
	}
	return len(secret.FindIn(r.Path, r.Text)) > 0
}

func named(name string) bool {
	return name != "" && len(name) <= 128 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/@") == ""
}

// A Score counts verdicts.
type Score struct{ Found, Missed, Quiet, False int }

// Measure judges rows; wrong is called for each verdict that is not the label.
func Measure(rows []Row, judge func(Row) bool, wrong func(Row)) Score {
	var s Score
	for _, row := range rows {
		found, want := judge(row), row.Expect == "secret"
		switch {
		case found && want:
			s.Found++
		case found:
			s.False++
		case want:
			s.Missed++
		default:
			s.Quiet++
		}
		if found != want {
			wrong(row)
		}
	}
	return s
}

// Recall is the share of labelled secrets that were found.
func (s Score) Recall() float64 { return share(s.Found, s.Missed) }

// Precision is the share of what was found that is labelled a secret.
func (s Score) Precision() float64 { return share(s.Found, s.False) }

func share(a, b int) float64 {
	if a+b == 0 {
		return 1
	}
	return float64(a) / float64(a+b)
}
