package policies_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"sallyport/internal/finding"
)

// A peer is another tool or benchmark: testdata/parity/<file>.toml. Its prefix is what its checks begin with in
// custom.equivalent; it is the file's name where the file names no other.
type peer struct {
	file   string
	Prefix string
	Title  string
	// Checks are all of its checks, in its order.
	Checks []string
	// Elsewhere are patterns of further checks that rules may name: those of other kinds of files.
	Elsewhere []string
	// NotYet are checks that nobody has judged.
	NotYet []string `toml:"not_yet"`
	// Refused, Undecidable and LeftOut are the checks without a rule, each with the reason.
	Refused, Undecidable, LeftOut map[string]string
}

// others are prefixes of custom.equivalent whose checks are not listed.
var others = []string{
	"trufflehog", "clippy", "sarif", "scorecard", "gitleaks",
	"cis-kubernetes",
	"conforma",
}

// order is that of the page; a peer that is not in it comes last.
var order = []string{
	"hadolint", "buildkit", "trivy", "checkov", "kics", "semgrep", "dockle", "cis-docker", "pss", "trivy-kubernetes", "kube-linter",
	"kubescape", "gatekeeper", "kyverno", "checkov-kubernetes", "kics-kubernetes", "systemd-analyze", "cis-debian", "lynis", "trivy-aws",
	"checkov-aws", "kics-aws", "cargo-deny",
}

func peers(t *testing.T) []*peer {
	t.Helper()
	files, err := fs.Glob(os.DirFS("testdata/parity"), "*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no peers: %v", err)
	}
	var all []*peer
	for _, file := range files {
		p := &peer{file: strings.TrimSuffix(file, ".toml")}
		meta, err := toml.DecodeFile("testdata/parity/"+file, &struct {
			*peer
			LeftOut *map[string]string `toml:"left_out"`
		}{p, &p.LeftOut})
		if err != nil {
			t.Fatal(err)
		}
		if extra := meta.Undecoded(); len(extra) > 0 {
			t.Fatalf("testdata/parity/%s: unknown %v", file, extra)
		}
		if p.Prefix == "" {
			p.Prefix = p.file
		}
		all = append(all, p)
	}
	rank := func(p *peer) int {
		if i := slices.Index(order, p.file); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(all, func(a, b *peer) int { return rank(a) - rank(b) })
	return all
}

// covered are our rules by check: "hadolint:DL3002".
func covered(rules []*finding.Rule) map[string][]string {
	by := map[string][]string{}
	for _, r := range rules {
		for _, e := range r.Equivalent {
			by[e] = append(by[e], r.Name)
		}
	}
	return by
}

// problems are the checks without rule and reason, and the names that no peer has.
func (p *peer) problems(by map[string][]string) (all []string) {
	report := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, check := range p.Checks {
		reasons := 0
		for _, without := range []map[string]string{p.Refused, p.Undecidable, p.LeftOut} {
			if reason, ok := without[check]; ok {
				reasons++
				if len(strings.Fields(reason)) < 3 {
					report("%s:%s: %q is no reason", p.Prefix, check, reason)
				}
			}
		}
		rules := len(by[p.Prefix+":"+check])
		switch {
		case rules == 0 && reasons == 0 && !slices.Contains(p.NotYet, check):
			report("%s:%s: no rule has it as equivalent, and testdata/parity/%s.toml gives no reason", p.Prefix, check, p.file)
		case rules > 0 && reasons > 0 || reasons > 1:
			report("%s:%s: testdata/parity/%s.toml says why there is no rule, but there is %v", p.Prefix, check, p.file, by[p.Prefix+":"+check])
		}
	}
	for _, list := range []map[string]string{p.Refused, p.Undecidable, p.LeftOut} {
		for _, check := range slices.Sorted(maps.Keys(list)) {
			if !slices.Contains(p.Checks, check) {
				report("testdata/parity/%s.toml: there is no check %s", p.file, check)
			}
		}
	}
	return all
}

// knows tells whether a check is the peer's, by exactly this name.
func (p *peer) knows(check string) bool {
	return slices.Contains(p.Checks, check) || slices.ContainsFunc(p.Elsewhere, func(pattern string) bool {
		ok, err := path.Match(pattern, check)
		return ok && err == nil
	})
}

// misnamed are the equivalents that no peer has.
func misnamed(all []*peer, by map[string][]string) (problems []string) {
	for _, e := range slices.Sorted(maps.Keys(by)) {
		prefix, check, _ := strings.Cut(e, ":")
		theirs := func(p *peer) bool { return p.Prefix == prefix && p.knows(check) }
		if !slices.Contains(others, prefix) && !slices.ContainsFunc(all, theirs) {
			problems = append(problems, fmt.Sprintf("%s: custom.equivalent names %s, which no peer has: see testdata/parity", by[e], e))
		}
	}
	return problems
}

func TestParity(t *testing.T) {
	_, rules := builtIn(t)
	by, all := covered(rules), peers(t)
	for _, problem := range misnamed(all, by) {
		t.Error(problem)
	}
	for _, p := range all {
		for _, problem := range p.problems(by) {
			t.Error(problem)
		}
	}
	current(t, "../docs/parity.md", parityPage(all, by, rules))
}

// The test can fail.
func TestParityReports(t *testing.T) {
	p := &peer{file: "x", Prefix: "x", Checks: []string{"a", "b", "c", "d"}, LeftOut: map[string]string{"b": "", "c": "a good reason", "z": "a good reason"}}
	by := map[string][]string{"x:c": {"k/r"}, "x:A": {"k/r"}, "y:a": {"k/r"}}
	if got := p.problems(by); len(got) != 5 {
		t.Errorf("got %d problems: %q", len(got), got)
	}
	if got := misnamed([]*peer{p}, by); len(got) != 2 {
		t.Errorf("got %d misnamed: %q", len(got), got)
	}
}

// parityPage says which of our rules covers which check.
func parityPage(all []*peer, by map[string][]string, rules []*finding.Rule) []byte {
	var page, tables bytes.Buffer
	titles := map[string]string{}
	for _, r := range rules {
		titles[r.Name] = r.Title
	}
	fmt.Fprint(&page, "# Parity\n\nWhich rule covers which check of other tools and benchmarks, and which checks have none and why.\n"+
		"Made of `custom.equivalent` of the rules and of `policies/testdata/parity`; a test holds the names.\n"+
		"A rule and a check that it covers find the same problem; [accuracy.md](accuracy.md) says how often they agree on labelled cases.\n\n"+
		"| | checks | covered by rules | such a file is refused | no file says it | left out |\n|---|---|---|---|---|---|\n")
	for _, p := range all {
		n := 0
		fmt.Fprintf(&tables, "\n## %s\n\n| check | ours |\n|---|---|\n", p.Title)
		for _, check := range p.Checks {
			fmt.Fprintf(&tables, "| %s | %s |\n", check, p.ours(check, by, titles))
			if len(by[p.Prefix+":"+check]) > 0 {
				n++
			}
		}
		fmt.Fprintf(&page, "| %s | %d | %d | %d | %d | %d |\n", p.Title, len(p.Checks), n, len(p.Refused), len(p.Undecidable), len(p.LeftOut))
	}
	page.Write(tables.Bytes())
	return page.Bytes()
}

func (p *peer) ours(check string, by map[string][]string, titles map[string]string) string {
	var ours []string
	for _, rule := range by[p.Prefix+":"+check] {
		ours = append(ours, fmt.Sprintf("[%s](rules.md#%s): %s", rule, strings.ReplaceAll(rule, "/", ""), titles[rule]))
	}
	switch {
	case len(ours) > 0:
		return strings.Join(ours, "<br>")
	case p.Refused[check] != "":
		return "such a file is refused: " + p.Refused[check]
	case p.Undecidable[check] != "":
		return "no file says it: " + p.Undecidable[check]
	case p.LeftOut[check] != "":
		return "left out: " + p.LeftOut[check]
	}
	return "no rule"
}
