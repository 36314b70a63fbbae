package gate

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/bundles"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/tree"
)

type note struct {
	Path  string   `json:"path"`
	User  string   `json:"user"`
	Items []string `json:"items"`
}

// notes reads files of the form "user item item ...".
var notes = fact.Collector{
	Kind: "note", Example: "a.note", Facts: note{},
	Match: func(path string, _ []byte) bool { return strings.HasSuffix(path, ".note") },
	Collect: func(_ context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
		text, err := fs.ReadFile(fsys, path)
		if err != nil {
			return nil, err
		}
		words := strings.Fields(string(text))
		if len(words) == 0 {
			return nil, &fact.Error{File: path, Line: 1, Msg: "the note is empty"}
		}
		if words[0] == "panic" {
			panic("oh")
		}
		d := fact.Document{Kind: "note", Path: path, Facts: note{path, words[0], append([]string{}, words[1:]...)}}
		d.Spans = func(p fact.Path) (fact.Span, bool) {
			return fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1 + len(words[0])}, true
		}
		if words[0] == "hunter2" {
			d.Secrets = []string{"hunter2"}
		}
		return []fact.Document{d}, nil
	},
}

func rule(name, severity, extra, body string) string {
	return "# METADATA\n# title: t\n# description: d\n# custom:\n#   severity: " + severity + "\n#   remediation: r\n" + extra +
		"#   bad: x\n#   good: y\npackage policies." + strings.ReplaceAll(name, "/", ".") + "\n\n" + body
}

var rules = fstest.MapFS{
	"note/root.rego": {Data: []byte(rule("note/root", "high", "#   non_negotiable: true\n",
		"deny contains {\"at\": [\"user\"], \"msg\": msg} if {\n\tinput.user == \"root\"\n\tmsg := \"runs as root\"\n}\n"))},
	"note/word.rego": {Data: []byte(rule("note/word", "low", "",
		"deny contains {\"at\": [\"user\"], \"msg\": msg} if {\n\tinput.user == \"hunter2\"\n\tmsg := sprintf(\"the user is %s\", [input.user])\n}\n"))},
	"note/number.rego": {Data: []byte(rule("note/number", "medium", "",
		"deny contains {\"at\": [\"items\", i], \"msg\": \"negative\"} if {\n\tsome i, item in input.items\n\tto_number(item) < 0\n}\n"))},
	"project/pair.rego": {Data: []byte(rule("project/pair", "medium", "",
		"deny contains {\"at\": [\"note\", i, \"user\"], \"msg\": \"two of one\", \"related\": [[\"note\", j, \"user\"]]} if {\n\tsome i, a in input.note\n\tsome j, b in input.note\n\ti < j\n\ta.user == b.user\n\ta.user == \"twin\"\n}\n"))},
}

// check judges a tree of files under a policy.
func check(t *testing.T, policy Policy, files fstest.MapFS) *finding.Report {
	t.Helper()
	schema, err := bundles.Schema(note{})
	if err != nil {
		t.Fatal(err)
	}
	project, err := bundles.ProjectSchema(map[string]any{"note": note{}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundles.Load(bundles.Options{Schemas: fstest.MapFS{"note.json": {Data: schema}, "project.json": {Data: project}}},
		bundles.Tree{Name: "rules", FS: rules})
	if err != nil {
		t.Fatal(err)
	}
	listing, err := tree.Walk(context.Background(), files, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if policy.FailOn == 0 {
		policy.FailOn = finding.High
	}
	return Run(context.Background(), Options{Bundle: b, Collectors: []fact.Collector{notes}, FS: files, Files: listing, Now: time.Now(), Policy: policy})
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestVerdicts(t *testing.T) {
	waiveAll := func(*finding.Finding) *finding.Waiver { return &finding.Waiver{Rule: "note/root"} }
	for name, c := range map[string]struct {
		files  fstest.MapFS
		policy Policy
		want   finding.Verdict
		reason string
	}{
		"clean":                    {fstest.MapFS{"a.note": file("app")}, Policy{}, finding.Open, "no finding"},
		"non-negotiable":           {fstest.MapFS{"a.note": file("root")}, Policy{}, finding.Closed, "1 finding"},
		"above the threshold":      {fstest.MapFS{"a.note": file("root")}, Policy{FailOn: finding.Critical}, finding.Closed, "non-negotiable"},
		"lowered by trust":         {fstest.MapFS{"a.note": file("root")}, Policy{Severities: map[string]finding.Severity{"note/root": finding.Low}}, finding.Open, "no finding"},
		"below the threshold":      {fstest.MapFS{"a.note": file("app -1")}, Policy{}, finding.Open, "no finding"},
		"threshold lowered":        {fstest.MapFS{"a.note": file("app -1")}, Policy{FailOn: finding.Low}, finding.Closed, "1 finding"},
		"waived":                   {fstest.MapFS{"a.note": file("root")}, Policy{Waive: waiveAll}, finding.Open, "1 finding waived"},
		"disabled":                 {fstest.MapFS{"a.note": file("root")}, Policy{Disabled: map[string]bool{"note/root": true}}, finding.Open, "no finding"},
		"nothing there":            {fstest.MapFS{"README": file("x")}, Policy{}, finding.None, "error"},
		"nothing there, allowed":   {fstest.MapFS{"README": file("x")}, Policy{AllowEmpty: true}, finding.Open, ""},
		"a file does not parse":    {fstest.MapFS{"a.note": file("app"), "b.note": file("")}, Policy{}, finding.None, "1 error"},
		"a collector panics":       {fstest.MapFS{"a.note": file("panic"), "b.note": file("root")}, Policy{}, finding.None, "1 finding would close it"},
		"a rule errs":              {fstest.MapFS{"a.note": file("root many")}, Policy{}, finding.None, "1 finding would close it"},
		"a wanted kind is absent":  {fstest.MapFS{"a.note": file("app")}, Policy{Required: []string{"scan"}}, finding.None, "1 error"},
		"a project rule, two docs": {fstest.MapFS{"a.note": file("twin"), "b.note": file("twin")}, Policy{FailOn: finding.Medium}, finding.Closed, "1 finding"},
	} {
		t.Run(name, func(t *testing.T) {
			r := check(t, c.policy, c.files)
			if r.Verdict != c.want || !strings.Contains(r.Reason, c.reason) {
				t.Errorf("got %v (%s), want %v (%s)\n%v", r.Verdict, r.Reason, c.want, c.reason, r.Notifications)
			}
		})
	}
}

func TestSecretsAreMaskedEverywhere(t *testing.T) {
	r := check(t, Policy{}, fstest.MapFS{"a.note": file("hunter2")})
	if len(r.Findings) != 1 {
		t.Fatalf("got %v", r.Findings)
	}
	f := r.Findings[0]
	if all := fmt.Sprint(f.Message, f.Source, string(f.Value), f.Logical); strings.Contains(all, "hunter2") {
		t.Errorf("the secret is in %s", all)
	}
}

func TestOneRuleErringTakesNothingFromOthers(t *testing.T) {
	r := check(t, Policy{}, fstest.MapFS{"a.note": file("root many"), "b.note": file("root -1")})
	var names []string
	for _, f := range r.Findings {
		names = append(names, f.File+" "+f.Rule.Name)
	}
	if diff := cmp.Diff([]string{"a.note note/root", "b.note note/number", "b.note note/root"}, names); diff != "" {
		t.Error(diff)
	}
	if len(r.Notifications) != 1 || r.Notifications[0].Rule != "note/number" || r.Notifications[0].File != "a.note" {
		t.Errorf("got %+v", r.Notifications)
	}
}

// The report does not depend on how many cores judge, nor on which file is done first.
func TestOrderDoesNotMatter(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 200 {
		files[fmt.Sprintf("%03d.note", i)] = file([]string{"root", "app -1", "twin", "hunter2", "", "root many"}[i%6])
	}
	summary := func() string {
		var b strings.Builder
		r := check(t, Policy{}, files)
		for _, f := range r.Findings {
			fmt.Fprintln(&b, f.File, f.Rule.Name, f.Message, f.Fingerprint, len(f.Related))
		}
		for _, n := range r.Notifications {
			fmt.Fprintln(&b, n.File, n.Rule, n.Message)
		}
		return b.String() + r.Reason
	}
	want := ""
	for i := range 6 {
		before := runtime.GOMAXPROCS(1 + i%4)
		got := summary()
		runtime.GOMAXPROCS(before)
		if want == "" {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestStoppedRunIsNoVerdict(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	files := fstest.MapFS{"a.note": file("app")}
	listing, err := tree.Walk(context.Background(), files, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundles.Load(bundles.Options{}, bundles.Tree{Name: "rules", FS: rules, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	r := Run(ctx, Options{Bundle: b, Collectors: []fact.Collector{notes}, FS: files, Files: listing, Policy: Policy{FailOn: finding.High}})
	if r.Verdict != finding.None {
		t.Errorf("got %v (%s)", r.Verdict, r.Reason)
	}
}
