package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

var now = time.Date(2026, 6, 15, 22, 0, 0, 0, time.UTC)

// ruleSet is what configurations in tests may speak of.
var ruleSet = []*finding.Rule{
	{Name: "compose/privileged", Kind: "compose", Title: "A privileged container", Severity: finding.Medium},
	{Name: "config/changed", Kind: "config", Title: "The configuration changes", Severity: finding.Medium},
	{Name: "dockerfile/root_user", Kind: "dockerfile", Title: "Runs as root", Severity: finding.High, NonNegotiable: true, Aliases: []string{"dockerfile/no_user"}},
	{
		Name: "project/audit_age", Kind: "project", Title: "An old audit", Severity: finding.High, Source: "some r in input.scan",
		Parameters: map[string]finding.Parameter{ageParameter: {Description: "Days.", Default: uint64(7), Stricter: "lower"}},
	},
	{Name: "scan/age", Kind: "scan", Title: "An old report", Severity: finding.High, Parameters: map[string]finding.Parameter{
		ageParameter: {Description: "Days\nin all.", Default: 7, Stricter: "lower"}, "min_score": {Description: "Score.", Default: 4.5, Stricter: "higher"},
		"names": {Description: "Names.", Default: []any{"a"}}, "strict": {Description: "Strict.", Default: true}, "mode": {Description: "Mode.", Default: "all"},
	}},
}

var known = Known{
	Kinds: []string{"compose", "config", "dockerfile", "scan"},
	Rules: []string{"compose/privileged", "config/changed", "dockerfile/root_user", "project/audit_age", "scan/age"},
	Rule: func(name string) (*finding.Rule, error) {
		for _, r := range ruleSet {
			if r.Name == name || slices.Contains(r.Aliases, name) {
				return r, nil
			}
		}
		return nil, nil
	},
}

func parse(t testing.TB, name, text string) *Config {
	t.Helper()
	c, err := Parse(name, []byte(text))
	if err == nil {
		err = c.Check(known)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const waiverLines = `[[waiver]]
rule = "dockerfile/no_user"
path = "svc/**"
reason = "r"
owner = "o"
expires = 2026-07-01
`

func TestMistakesAreErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"fail_onn = 'high'", `x.toml:1:1: unknown key "fail_onn": did you mean "fail_on"?`},
		{"\nfail_on = 'severe'", `x.toml:2:1: fail_on: severity "severe" is none of low, medium, high, critical: correct the value`},
		{"fail_on = 3", `x.toml:1:1: fail_on is an integer: write a string`},
		{"max_waiver_days = 0", `x.toml:1:1: max_waiver_days is 0: write a number above 0`},
		{"max_waiver_days = -1", `x.toml:1:1: max_waiver_days is -1: write a number above 0`},
		{"[limits]\nmax_file = 3", `x.toml:2:1: unknown key "limits.max_file": did you mean "max_files"?`},
		{"[limits]\nmax_file_size = '3 MiB'", `x.toml:2:1: limits.max_file_size is a string: write an integer`},
		{"[rules.dockerfile.root_user]\nenabled = false", `x.toml:1:1: unknown key "rules.dockerfile.root_user": write [rules."dockerfile/root_user"]`},
		{"[rules.'dockerfile/root_user']\nseverty = 'low'", `x.toml:2:1: unknown key "rules[\"dockerfile/root_user\"].severty": did you mean "severity"?`},
		{"[rules.'dockerfile/rot_user']", `x.toml:1:1: there is no rule "dockerfile/rot_user": did you mean "dockerfile/root_user"?`},
		{"[rules.'dockerfile/root_user']\n[rules.'dockerfile/no_user']", `x.toml:1:1: "dockerfile/no_user" and "dockerfile/root_user" are the same rule: keep "dockerfile/root_user"`},
		{"[rules.'scan/age']\nparameters = { max_age = 3 }", `x.toml:2:16: the rule scan/age has no parameter "max_age": did you mean "max_age_days"?`},
		{"[rules.'scan/age'.parameters]\nmax_age_days = '3'", `x.toml:2:1: max_age_days of scan/age is a string: write a number`},
		{"[rules.'scan/age'.parameters]\nnames = ['3', 4]", `x.toml:2:1: names of scan/age is a list that holds more than strings: write a list of strings`},
		{"[rules.'scan/age'.parameters]\nstrict = 1", `x.toml:2:1: strict of scan/age is a number: write true or false`},
		{"[evidence.scans]\nrequired = true", `x.toml:1:1: there is no kind of document "scans": did you mean "scan"?`},
		{"[evidence.compose]\nmax_age_days = 3", `x.toml:2:1: no rule asks for the age of compose documents: leave it out`},
		{"[evidence.scan]\nmax_age_days = 0", `x.toml:2:1: evidence.scan.max_age_days is 0: write a number above 0`},
		{"[build_args]\nA = 1", `x.toml:2:1: build_args.A is an integer: write a string`},
		{"[[waiver]]\nrule = 'scan/age'\npath = '**'\nreason = ' '\nexpires = 2026-07-01", "x.toml:4:1: a waiver without reason: say why the risk is acceptable\nx.toml:1:1: a waiver without owner: say who answers for it"},
		{"require_ticket = true\n" + waiverLines, "x.toml:2:1: a waiver without ticket: require_ticket is set: name where it is tracked"},
		{strings.Replace(waiverLines, "svc/**", "/svc", 1), `x.toml:3:1: the path "/svc" is not relative to the root of the tree: write it as services/*/Dockerfile or services/**`},
		{strings.Replace(waiverLines, "svc/**", "svc/[a", 1), `x.toml:3:1: the path "svc/[a" is not a pattern: write it as services/*/Dockerfile or services/**`},
		{strings.Replace(waiverLines, "2026-07-01", "2026-07-01T10:00:00Z", 1), `x.toml:6:1: "2026-07-01T10:00:00Z" is not a date: write the last day on which it holds, such as 2030-12-31`},
		{strings.Replace(waiverLines, "2026-07-01", "'soon'", 1), `x.toml:6:1: "soon" is not a date: write the last day on which it holds, such as 2030-12-31`},
		{waiverLines + "fingerprint = 'abc'", `x.toml:7:1: "abc" is not a fingerprint: copy the 32 hex digits from a report`},
		{waiverLines + "expire = 2026-01-01", `x.toml:7:1: unknown key "waiver[0].expire": did you mean "expires"?`},
		{strings.Replace(waiverLines, "dockerfile/no_user", "config/changed", 1), `x.toml:2:1: config/changed judges this file and cannot be waived in it: set its severity in trusted configuration`},
		{"waiver = 3", `x.toml:1:1: waiver is an integer: write a list`},
		{"a = 1\na = 2", `x.toml:2:1: key 'a' has already been defined: keep one of the two definitions`},
		{"# " + strings.Repeat("x", maxSize), `x.toml: configuration is larger than 4 MiB: remove the waivers that are no longer used`},
		{strings.Repeat("x", 500) + " = 1", `x.toml:1:1: unknown key "` + strings.Repeat("x", 100) + `..."`},
	} {
		cfg, err := Parse("x.toml", []byte(c.text))
		if err == nil {
			err = cfg.Check(known)
		}
		if got := fmt.Sprint(err); got != c.want {
			t.Errorf("%.80s\n got %.300s\nwant %s", c.text, got, c.want)
		}
	}
	_, err := Parse("x.toml", []byte(strings.Repeat("[[waiver]]\n", maxWaivers+1)))
	if err == nil || err.Error() != "x.toml:5001:1: 5001 waivers, and the limit is 5000: fix the findings instead" {
		t.Errorf("%.200s", err)
	}
	_, err = Parse("x.toml", []byte(strings.Repeat("[[waiver]]\n", maxWaivers)))
	if n := len(fact.Errors(err)); n != maxMistakes+1 {
		t.Errorf("%d mistakes are reported", n)
	}
}

func at(rule, file, logical string) *finding.Finding {
	r, _ := known.Rule(rule)
	return &finding.Finding{Rule: r, Severity: r.Severity, Logical: logical, Place: finding.Place{File: file}, Fingerprint: strings.Repeat("a", 32)}
}

func TestWaiverMatches(t *testing.T) {
	f := at("dockerfile/root_user", "svc/api/Dockerfile", "stages[1].user")
	f.Properties = map[string]string{"advisory": "RUSTSEC-2020-0071", "aliases": "GHSA-wcg3-cvx6-7396,CVE-2020-26235"}
	for _, c := range []struct {
		change [2]string
		want   bool
	}{
		{[2]string{"", ""}, true},
		{[2]string{"no_user", "root_user"}, true},
		{[2]string{"dockerfile/no_user", "scan/age"}, false},
		{[2]string{"svc/**", "svc/*/Dockerfile"}, true},
		{[2]string{"svc/**", "svc/*"}, false},
		{[2]string{"svc/**", "**"}, true},
		{[2]string{"svc/**", "Dockerfile"}, false},
		{[2]string{"svc/**", "{svc,lib}/api/Dockerfile"}, true},
		{[2]string{"reason", "place = 'stages[1].user'\nreason"}, true},
		{[2]string{"reason", "place = 'stages[1]'\nreason"}, true},
		{[2]string{"reason", "place = 'stages'\nreason"}, true},
		{[2]string{"reason", "place = 'stages[1].us'\nreason"}, false},
		{[2]string{"reason", "place = 'stages[1].user.x'\nreason"}, false},
		{[2]string{"reason", "fingerprint = '" + strings.Repeat("a", 32) + "'\nreason"}, true},
		{[2]string{"reason", "fingerprint = '" + strings.Repeat("b", 32) + "'\nreason"}, false},
		{[2]string{"reason", "advisory = 'RUSTSEC-2020-0071'\nreason"}, true},
		{[2]string{"reason", "advisory = 'cve-2020-26235'\nreason"}, true},
		{[2]string{"reason", "advisory = 'CVE-2020-2623'\nreason"}, false},
		{[2]string{"2026-07-01", "2026-06-15"}, true},
		{[2]string{"2026-07-01", "2026-06-14"}, false},
		{[2]string{"2026-07-01", "2026-12-12"}, true},
		{[2]string{"2026-07-01", "2026-12-13"}, false},
		{[2]string{"2026-07-01", "9999-12-31"}, false},
	} {
		e := Merge(parse(t, "t.toml", strings.Replace(waiverLines, c.change[0], c.change[1], 1)), nil, 0, now)
		if w := e.Waive(f); (w != nil) != c.want {
			t.Errorf("%q for %q: waived is %v", c.change[1], c.change[0], w != nil)
		}
	}
	e := Merge(parse(t, "t.toml", "max_waiver_days = 400\n"+strings.Replace(waiverLines, "2026-07-01", "2027-06-30", 1)), nil, 0, now)
	if e.Waive(f) == nil {
		t.Error("trusted configuration does not allow a longer waiver")
	}
}

// want is what a configuration in force looks like beside the defaults.
type want struct {
	failOn   finding.Severity
	severity finding.Severity // of dockerfile/root_user
	disabled bool
	age      any // of scan/age
	required []string
	args     int
	empty    bool
	catalog  bool
	files    int
	waived   bool
	days     int
	refused  []string
}

func inForce(e *Effective) want {
	w := want{
		failOn: e.FailOn, severity: e.Severities["dockerfile/root_user"], disabled: e.Disabled["dockerfile/root_user"],
		age: e.Parameters["scan/age"][ageParameter], required: e.Required, args: len(e.BuildArgs), empty: e.AllowEmpty, catalog: e.Catalog, files: e.Limits.Files,
		waived: e.Waive(at("dockerfile/root_user", "svc/Dockerfile", "")) != nil, days: e.maxDays,
	}
	for _, r := range e.refused {
		w.refused = append(w.refused, fmt.Sprintf("%d %s: %s", r.span.Line, r.setting, r.reason))
	}
	return w
}

// TestTrust holds each setting, in its tightening and in its loosening form, against what a trusted and an
// untrusted file may do with it.
func TestTrust(t *testing.T) {
	base := func(change func(*want)) want {
		w := want{failOn: finding.High, required: []string{}, days: DefaultWaiverDays}
		change(&w)
		return w
	}
	const rule = "[rules.'dockerfile/no_user']\n"
	for _, c := range []struct {
		text            string
		trusted, inTree func(*want)
	}{
		{"fail_on = 'medium'", func(w *want) { w.failOn = finding.Medium }, func(w *want) { w.failOn = finding.Medium }},
		{"fail_on = 'critical'", func(w *want) { w.failOn = finding.Critical }, func(w *want) { w.refused = []string{"1 fail_on: critical is looser than high"} }},
		{rule + "severity = 'critical'", func(w *want) { w.severity = finding.Critical }, func(w *want) { w.severity = finding.Critical }},
		{rule + "severity = 'low'", func(w *want) { w.severity = finding.Low }, func(w *want) {
			w.refused = []string{`2 rules["dockerfile/no_user"].severity: low is lower than high`}
		}},
		{rule + "severity = 'high'", func(w *want) { w.severity = finding.High }, func(*want) {}},
		{rule + "enabled = false", func(w *want) { w.disabled = true }, func(w *want) {
			w.refused = []string{`2 rules["dockerfile/no_user"].enabled: only trusted configuration may switch a rule off`}
		}},
		{rule + "enabled = true", func(*want) {}, func(*want) {}},
		{"[rules.'scan/age'.parameters]\nmax_age_days = 3", func(w *want) { w.age = int64(3) }, func(w *want) { w.age = int64(3) }},
		{"[rules.'scan/age'.parameters]\nmax_age_days = 30", func(w *want) { w.age = int64(30) }, func(w *want) {
			w.refused = []string{`2 rules["scan/age"].parameters.max_age_days: 30 is looser than 7`}
		}},
		{"[rules.'scan/age'.parameters]\nmin_score = 5", func(*want) {}, func(*want) {}},
		{"[rules.'scan/age'.parameters]\nmin_score = 4", func(*want) {}, func(w *want) {
			w.refused = []string{`2 rules["scan/age"].parameters.min_score: 4 is looser than 4.5`}
		}},
		{"[rules.'scan/age'.parameters]\nmode = 'none'\nstrict = true\nnames = ['b']", func(*want) {}, func(w *want) {
			w.refused = []string{`2 rules["scan/age"].parameters.mode: ` + onlyTrusted, `4 rules["scan/age"].parameters.names: ` + onlyTrusted}
		}},
		{"[evidence.scan]\nrequired = true", func(w *want) { w.required = []string{"scan"} }, func(w *want) { w.required = []string{"scan"} }},
		{"[evidence.scan]\nrequired = false", func(*want) {}, func(*want) {}},
		{"[evidence.scan]\nmax_age_days = 2", func(w *want) { w.age = int64(2) }, func(w *want) { w.age = int64(2) }},
		{"[evidence.scan]\nmax_age_days = 20", func(w *want) { w.age = int64(20) }, func(w *want) {
			w.refused = []string{"2 evidence.scan.max_age_days: 20 days are looser than what is in force"}
		}},
		{"[build_args]\nA = 'b'", func(w *want) { w.args = 1 }, func(w *want) { w.refused = []string{"2 build_args.A: " + onlyTrusted} }},
		{"allow_empty = true", func(w *want) { w.empty = true }, func(w *want) { w.refused = []string{"1 allow_empty: " + onlyTrusted} }},
		{"allow_empty = false", func(*want) {}, func(*want) {}},
		{"catalog = true", func(w *want) { w.catalog = true }, func(w *want) { w.refused = []string{"1 catalog: " + onlyTrusted} }},
		{"[limits]\nmax_files = 3", func(w *want) { w.files = 3 }, func(w *want) { w.refused = []string{"2 limits.max_files: " + onlyTrusted} }},
		{"max_waiver_days = 30", func(w *want) { w.days = 30 }, func(w *want) { w.days = 30 }},
		{"max_waiver_days = 300", func(w *want) { w.days = 300 }, func(w *want) { w.refused = []string{"1 max_waiver_days: 300 is looser than 180"} }},
		{waiverLines, func(w *want) { w.waived = true }, func(w *want) {
			w.refused = []string{"1 waiver dockerfile/root_user svc/**: only trusted configuration may waive"}
		}},
	} {
		opts := cmp.AllowUnexported(want{})
		if d := cmp.Diff(base(c.trusted), inForce(Merge(parse(t, "t", c.text), nil, 0, now)), opts); d != "" {
			t.Errorf("trusted: %s\n%s", c.text, d)
		}
		if d := cmp.Diff(base(c.inTree), inForce(Merge(nil, parse(t, File, c.text), 0, now)), opts); d != "" {
			t.Errorf("in the tree: %s\n%s", c.text, d)
		}
		// What trusted configuration says, too, is not refused.
		if d := cmp.Diff(base(c.trusted), inForce(Merge(parse(t, "t", c.text), parse(t, File, c.text), 0, now)), opts); d != "" {
			t.Errorf("both: %s\n%s", c.text, d)
		}
	}
}

func TestTreeAgainstTrusted(t *testing.T) {
	trusted := parse(t, "t", "fail_on = 'critical'\n[rules.'dockerfile/root_user']\nenabled = false\n[evidence.scan]\nrequired = true\nmax_age_days = 30\n[rules.'project/audit_age'.parameters]\nmax_age_days = 3")
	tree := parse(t, File, "fail_on = 'high'\n[rules.'dockerfile/root_user']\nenabled = true\n[evidence.scan]\nrequired = false\nmax_age_days = 10")
	e := Merge(trusted, tree, 0, now)
	if e.FailOn != finding.High || e.Disabled["dockerfile/root_user"] || !slices.Equal(e.Required, []string{"scan"}) {
		t.Errorf("%+v", inForce(e))
	}
	want := map[string]map[string]any{"scan/age": {ageParameter: int64(10)}, "project/audit_age": {ageParameter: int64(3)}}
	if d := cmp.Diff(want, e.Parameters); d != "" {
		t.Error(d)
	}
	if e = Merge(trusted, tree, finding.Low, now); e.FailOn != finding.Low {
		t.Errorf("the caller's threshold gives way to the tree: %v", e.FailOn)
	}
	if e = Merge(nil, parse(t, File, "fail_on = 'medium'"), finding.Critical, now); e.FailOn != finding.Medium {
		t.Errorf("the tree cannot tighten the caller's threshold: %v", e.FailOn)
	}
}
