package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// without returns a text without its only line that equals, or else holds, another text.
func without(text, line string) (string, bool) {
	for _, same := range []func(l string) bool{
		func(l string) bool { return strings.TrimRight(l, "\r\n") == line },
		func(l string) bool { return strings.Contains(l, strings.TrimSpace(line)) },
	} {
		var rest []string
		removed := 0
		for l := range strings.Lines(text) {
			if same(l) {
				removed++
				continue
			}
			rest = append(rest, l)
		}
		if removed == 1 {
			return strings.Join(rest, ""), true
		}
	}
	return text, false
}

// TestEveryHardeningLineCounts deletes each line of the hardened service that hardens it, one at a time: the
// gate must close, by the rule that the line is there for.
func TestEveryHardeningLineCounts(t *testing.T) {
	const service = "../../testdata/services/ledger-hardened"
	list, err := os.ReadFile(service + ".mutations.txt")
	if err != nil {
		t.Fatal(err)
	}
	mutations := 0
	for line := range strings.Lines(string(list)) {
		file, rest, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		text, rule, _ := strings.Cut(rest, "\t")
		mutations++
		t.Run(file+" "+strings.TrimSpace(text), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(service)); err != nil {
				t.Fatal(err)
			}
			original, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil {
				t.Fatal(err)
			}
			mutated, ok := without(string(original), text)
			if !ok {
				t.Fatalf("%s does not hold the line once: %q", file, text)
			}
			if err := os.WriteFile(filepath.Join(dir, file), []byte(mutated), 0o644); err != nil {
				t.Fatal(err)
			}
			code, rules, output := judge(t, dir)
			switch {
			case code == 0:
				t.Errorf("the gate stays open")
			case rule == "error" && code != 2:
				t.Errorf("exit code %d, want 2\n%s", code, output)
			case rule != "" && rule != "error" && !slices.Contains(rules, rule):
				t.Errorf("%s does not fire: %v\n%s", rule, rules, output)
			}
		})
	}
	if mutations < 20 {
		t.Errorf("only %d hardening lines are listed", mutations)
	}
}

// judge runs check over a directory and returns the exit code and the rules that close the gate.
func judge(t *testing.T, dir string) (code int, rules []string, output string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), []string{"check", dir, "--now", "2026-11-20T12:00:00Z", "-o", "json"}, &stdout, &stderr)
	var report struct {
		Findings []struct {
			Rule   string `json:"rule"`
			Closes bool   `json:"closes"`
		} `json:"findings"`
	}
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Fatalf("%v: %s%s", err, stdout.String(), stderr.String())
	}
	for _, f := range report.Findings {
		if f.Closes {
			rules = append(rules, f.Rule)
		}
	}
	return code, rules, stdout.String() + stderr.String()
}
