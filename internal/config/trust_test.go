package config

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"sallyport/internal/finding"
)

// randomConfig writes any of the settings with any of a few values.
func randomConfig(r *rand.Rand) string {
	var b strings.Builder
	maybe := func(format string, values ...any) {
		if r.IntN(3) == 0 {
			fmt.Fprintf(&b, format+"\n", values[r.IntN(len(values))])
		}
	}
	maybe("fail_on = %q", "low", "medium", "high", "critical")
	maybe("max_waiver_days = %d", 1, 20, 200, 400)
	maybe("allow_empty = %v", true, false)
	maybe("catalog = %v", true, false)
	maybe("[build_args]\nA = %q", "b", "c")
	maybe("[limits]\nmax_files = %d", 1, 1000, 1_000_000)
	maybe("[evidence.scan]\nrequired = %v", true, false)
	if strings.Contains(b.String(), "evidence") {
		maybe("max_age_days = %d", 1, 7, 30)
	}
	for _, rule := range []string{"compose/privileged", "dockerfile/root_user"} {
		fmt.Fprintf(&b, "[rules.%q]\n", rule)
		maybe("severity = %q", "low", "medium", "high", "critical")
		maybe("enabled = %v", true, false)
	}
	b.WriteString("[rules.'scan/age'.parameters]\n")
	maybe("max_age_days = %d", 1, 7, 30)
	maybe("min_score = %v", 1, 4.5, 9)
	maybe("mode = %q", "all", "none")
	for range r.IntN(3) {
		b.WriteString("[[waiver]]\nreason = 'r'\nowner = 'o'\n")
		fmt.Fprintf(&b, "rule = %q\n", []string{"compose/privileged", "dockerfile/root_user", "dockerfile/no_user"}[r.IntN(3)])
		fmt.Fprintf(&b, "path = %q\n", []string{"**", "a/*", "b/f"}[r.IntN(3)])
		fmt.Fprintf(&b, "expires = %s\n", now.AddDate(0, 0, r.IntN(500)-100).Format(time.DateOnly))
		maybe("place = %q", "stages", "stages[0]", "services")
	}
	return b.String()
}

// closing counts the findings that close the gate.
func closing(e *Effective) map[string]bool {
	closed := map[string]bool{}
	for _, rule := range []string{"compose/privileged", "dockerfile/root_user"} {
		for _, file := range []string{"a/f", "b/f"} {
			f := at(rule, file, "stages[0].user")
			if s, ok := e.Severities[rule]; ok {
				f.Severity = s
			}
			lowered := f.Severity < f.Rule.Severity
			if !e.Disabled[rule] && e.Waive(f) == nil && (f.Severity >= e.FailOn || f.Rule.NonNegotiable && !lowered) {
				closed[rule+" "+file] = true
			}
		}
	}
	return closed
}

// looser says in what a configuration demands less than another, or "".
func looser(before, after *Effective) string {
	now := closing(after)
	for what := range closing(before) {
		if !now[what] {
			return what + " no longer closes the gate"
		}
	}
	for _, kind := range before.Required {
		if !strings.Contains(fmt.Sprint(after.Required), kind) {
			return kind + " is no longer required"
		}
	}
	rule := ruleSet[4]
	age := func(e *Effective) float64 { n, _ := number(e.value(rule, ageParameter)); return n }
	score := func(e *Effective) float64 { n, _ := number(e.value(rule, "min_score")); return n }
	switch {
	case after.AllowEmpty && !before.AllowEmpty:
		return "an empty tree passes"
	case after.Catalog != before.Catalog:
		return "a program is started"
	case after.Limits != before.Limits:
		return "limits changed"
	case fmt.Sprint(after.BuildArgs) != fmt.Sprint(before.BuildArgs):
		return "build arguments changed"
	case age(after) > age(before), score(after) < score(before):
		return "a parameter is looser"
	case after.value(rule, "mode") != before.value(rule, "mode"):
		return "a parameter without a direction changed"
	case after.maxDays > before.maxDays:
		return "waivers may be longer"
	}
	return ""
}

func TestTheTreeNeverOpensTheGate(t *testing.T) {
	for seed := range uint64(5000) {
		r := rand.New(rand.NewPCG(seed, 1))
		own, failOn := randomConfig(r), finding.Severity(r.IntN(5))
		var trustedText string
		var trusted *Config
		if r.IntN(3) > 0 {
			trustedText = randomConfig(r)
			trusted = parse(t, "t", trustedText)
		}
		before := Merge(trusted, nil, failOn, now)
		after := Merge(trusted, parse(t, File, own), failOn, now)
		if what := looser(before, after); what != "" {
			t.Fatalf("seed %d: %s\ntrusted:\n%s\nin the tree:\n%s", seed, what, trustedText, own)
		}
	}
}

// TestTheTestWouldNotice merges a tree's file as if it were trusted.
func TestTheTestWouldNotice(t *testing.T) {
	loosened := 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		if looser(Merge(nil, nil, 0, now), Merge(parse(t, File, randomConfig(r)), nil, 0, now)) != "" {
			loosened++
		}
	}
	if loosened < 50 {
		t.Errorf("of 200 random configurations only %d loosen the gate", loosened)
	}
}
