package cargopolicy

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// loosened gathers the settings with which a tool tells less than it does by itself.
func (r *reader) loosened(tool string) []Loosened {
	list := []Loosened{}
	add := func(when bool, value any, effect string, key ...any) {
		if when {
			at := fact.Path{"loosened", len(list)}
			for _, field := range []string{"name", "value", "effect"} {
				r.routes.Add(append(slices.Clone(at), field), key)
			}
			r.routes.Add(at, key)
			list = append(list, Loosened{Name: fact.Path(key).String(), Value: strings.TrimSpace(fmt.Sprint(value)), Effect: effect})
		}
	}
	a := r.raw.Advisories
	if tool == "cargo-audit" {
		add(a.InformationalWarnings != nil && !slices.Contains(a.InformationalWarnings, "unmaintained"), joined(a.InformationalWarnings),
			"crates without a maintainer are not told", "advisories", "informational_warnings")
		add(a.InformationalWarnings != nil && !slices.Contains(a.InformationalWarnings, "unsound"), joined(a.InformationalWarnings),
			"unsound crates are not told", "advisories", "informational_warnings")
		add(above(a.SeverityThresholdOld), a.SeverityThresholdOld, "vulnerabilities below it are not told", "advisories", "severity_threshold")
		add(r.raw.Database.Stale, true, "an old database of advisories is taken", "database", "stale")
		add(r.raw.Yanked.Enabled == false, false, "versions that were taken back are not told", "yanked", "enabled")
		add(r.raw.Target.OS != nil, r.raw.Target.OS, "advisories for other systems are not told", "target", "os")
		add(r.raw.Target.Arch != nil, r.raw.Target.Arch, "advisories for other processors are not told", "target", "arch")
		return list
	}
	add(a.Vulnerability == "allow" || a.Vulnerability == "warn", a.Vulnerability, "vulnerabilities do not fail the check", "advisories", "vulnerability")
	add(a.Yanked == "allow", a.Yanked, "versions that were taken back are not told", "advisories", "yanked")
	add(a.DisableYankChecking, true, "versions that were taken back are not told", "advisories", "disable-yank-checking")
	add(a.Unmaintained == "none" || a.Unmaintained == "allow", a.Unmaintained, "crates without a maintainer are not told", "advisories", "unmaintained")
	add(a.Unsound == "none" || a.Unsound == "allow", a.Unsound, "unsound crates are not told", "advisories", "unsound")
	add(above(a.SeverityThreshold), a.SeverityThreshold, "vulnerabilities below it are not told", "advisories", "severity-threshold")
	add(len(r.raw.Graph.Exclude) > 0, joined(r.raw.Graph.Exclude), "these crates are not checked at all", "graph", "exclude")
	s := r.raw.Sources
	add(s.UnknownRegistry == "allow", s.UnknownRegistry, "any registry is taken", "sources", "unknown-registry")
	add(s.UnknownGit == "allow", s.UnknownGit, "any git repository is taken", "sources", "unknown-git")
	l := r.raw.Licenses
	add(l.Unlicensed == "allow", l.Unlicensed, "crates without a license are not told", "licenses", "unlicensed")
	add(l.Default == "allow", l.Default, "any license is taken", "licenses", "default")
	add(l.ConfidenceThreshold > 0 && l.ConfidenceThreshold < 0.8, l.ConfidenceThreshold,
		"texts that merely resemble a license count as it", "licenses", "confidence-threshold")
	return list
}

// above is true for a threshold that leaves some vulnerability out.
func above(threshold string) bool { return threshold != "" && threshold != "none" }

func joined(s []string) string { return strings.Join(s, ", ") }
