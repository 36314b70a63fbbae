package policies_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/config"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/ruledoc"
	"sallyport/internal/ruletest"
	"sallyport/internal/tree"
	"sallyport/policies"
)

var update = flag.Bool("update", false, "rewrite the schemas, docs/rules.md and docs/parity.md")

// clock is the time at which examples are judged: their reports are a few days old.
var clock = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// verified is the built-in tree as if it were a user's: Load then runs every check over it.
var verified = bundles.Tree{Name: "policies", FS: policies.FS}

func options(t *testing.T) bundles.Options {
	t.Helper()
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	return bundles.Options{Schemas: schemas, Clock: clock}
}

func all(t *testing.T) []fact.Collector {
	t.Helper()
	cs, err := collectors.All(collectors.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return append(cs, config.Collector(clock))
}

func TestRulesLoad(t *testing.T) {
	b, err := bundles.Load(options(t), verified)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := b.Rules()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		if _, err := fs.Stat(os.DirFS("."), r.Name+"_test.rego"); err != nil {
			t.Errorf("%s has no test: a rule is two files", r.Name)
		}
		if r.NonNegotiable && r.Severity < finding.High {
			t.Errorf("%s is non-negotiable and %s: what always closes the gate is high at least", r.Name, r.Severity)
		}
	}
}

// TestTrustedCompilationAgrees holds the two ways of compiling against each other: with all checks, and
// without those that only check.
func TestTrustedCompilationAgrees(t *testing.T) {
	trusted := verified
	trusted.BuiltIn = true
	var results [2][]string
	for i, tree := range []bundles.Tree{verified, trusted} {
		b, err := bundles.Load(options(t), tree)
		if err != nil {
			t.Fatal(err)
		}
		rules, err := b.Rules()
		if err != nil {
			t.Fatal(err)
		}
		p := ruletest.Prover{Bundle: b, Collectors: all(t), Now: clock}
		for _, r := range p.Examples(context.Background(), rules) {
			results[i] = append(results[i], r.Rule+" "+r.Name+" "+r.Problem)
		}
	}
	if diff := cmp.Diff(results[0], results[1]); diff != "" {
		t.Error(diff)
	}
}

func TestRego(t *testing.T) {
	// opa test runs the same files; this runs them with their coverage.
	tree := bundles.Tree{Name: "policies", FS: os.DirFS(".")}
	report, err := bundles.Test(context.Background(), options(t), tree)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Results) == 0 {
		t.Fatal("no test ran")
	}
	for _, r := range report.Results {
		if !r.Passed {
			t.Errorf("%s:%d: %s: %s", r.File, r.Line, r.Name, r.Message)
		}
	}
	for _, c := range report.Coverage {
		if c.Percent < 100 {
			t.Errorf("%s: %.1f %% covered; no test runs line %v", c.File, c.Percent, c.Missing)
		}
	}
}

func TestExamples(t *testing.T) {
	b, err := bundles.Load(options(t), verified)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := b.Rules()
	if err != nil {
		t.Fatal(err)
	}
	p := ruletest.Prover{Bundle: b, Collectors: all(t), Now: clock}
	for _, r := range p.Examples(context.Background(), rules) {
		if r.Problem != "" {
			t.Errorf("%s: %s: %s", r.Rule, r.Name, r.Problem)
		}
	}
	// The proof can fail: examples swapped must not pass.
	swapped := *rules[0]
	swapped.Bad, swapped.Good = swapped.Good, swapped.Bad
	for _, r := range p.Examples(context.Background(), []*finding.Rule{&swapped}) {
		if r.Problem == "" {
			t.Errorf("%s: %s: passes although the examples are swapped", r.Rule, r.Name)
		}
	}
}

// builtIn returns the rules of this folder as programs have them.
func builtIn(t *testing.T) (*bundles.Bundle, []*finding.Rule) {
	t.Helper()
	b, err := bundles.Load(options(t), bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	rules, err := b.Rules()
	if err != nil {
		t.Fatal(err)
	}
	return b, rules
}

// TestExamplesTogether judges a repository that has everything twice. A file that is not read is fine there, and a rule that
// fails is not.
func TestExamplesTogether(t *testing.T) {
	b, rules := builtIn(t)
	p := ruletest.Prover{Bundle: b, Collectors: all(t), Now: clock}
	texts, err := p.Together(rules)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range texts {
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	fsys := os.DirFS(dir)
	files, err := tree.Walk(context.Background(), fsys, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	project := b.Only(func(rule string) bool { return strings.HasPrefix(rule, "project/") })            // others see one document
	read := slices.DeleteFunc(p.Collectors, func(c fact.Collector) bool { return c.Kind == "receipt" }) // each hashes the tree
	report := gate.Run(context.Background(), gate.Options{
		Bundle: project, Collectors: read, FS: fsys, Files: files, Now: clock, Policy: gate.Policy{FailOn: finding.Low},
	})
	for _, n := range report.Notifications {
		if n.Error && n.Rule != "" {
			t.Errorf("%s: %s", n.Rule, n.Message)
		}
	}
	if len(report.Findings) < 1000 {
		t.Errorf("%d findings prove little", len(report.Findings))
	}
}

func TestFormat(t *testing.T) {
	err := fs.WalkDir(os.DirFS("."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".rego" {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		want, err := bundles.Format(file, text)
		if err != nil {
			return err
		}
		if !bytes.Equal(text, want) {
			t.Errorf("%s is not in the standard form: opa fmt -w %s", file, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSchemas holds the schemas against the structs of the collectors, both ways.
func TestSchemas(t *testing.T) {
	kinds := map[string]any{}
	want := map[string][]byte{}
	for _, c := range all(t) {
		kinds[c.Kind] = c.Facts
		text, err := bundles.Schema(c.Facts)
		if err != nil {
			t.Fatal(err)
		}
		want[c.Kind+".json"] = text
	}
	text, err := bundles.ProjectSchema(kinds)
	if err != nil {
		t.Fatal(err)
	}
	want["project.json"] = text
	for file, text := range want {
		current(t, "schemas/"+file, text)
	}
	files, err := fs.Glob(os.DirFS("."), "schemas/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if want[path.Base(file)] == nil {
			t.Errorf("%s belongs to no collector", file)
		}
	}
}

func TestRulesDoc(t *testing.T) {
	_, rules := builtIn(t)
	var doc bytes.Buffer
	if err := ruledoc.Markdown(&doc, rules); err != nil {
		t.Fatal(err)
	}
	current(t, "../docs/rules.md", doc.Bytes())
}

// Every kind of document has rules: a kind that nothing judges would be green for nothing.
func TestEveryKindIsJudged(t *testing.T) {
	b, err := bundles.Load(options(t), verified)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all(t) {
		if !slices.Contains(b.Kinds(), c.Kind) && !b.ReadByProject(c.Kind) {
			t.Errorf("no rule reads documents of kind %s", c.Kind)
		}
	}
	for _, kind := range b.Kinds() {
		if kind != bundles.ProjectKind && !slices.ContainsFunc(all(t), func(c fact.Collector) bool { return c.Kind == kind }) {
			t.Errorf("policies/%s: no collector makes such documents", kind)
		}
	}
}

func current(t *testing.T, file string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s is not current; go test ./policies -update writes it:\n%s", file, diff)
	}
}
