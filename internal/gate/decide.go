package gate

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// A Policy is the configuration in force, as the gate needs it.
type Policy struct {
	// FailOn is the severity from which a finding closes the gate.
	FailOn finding.Severity
	// Severities replace those of rules, and Disabled rules do not count, by rule name.
	Severities map[string]finding.Severity
	Disabled   map[string]bool
	// Required are kinds of documents that must be there.
	Required []string
	// AllowEmpty opens the gate where there is nothing to judge.
	AllowEmpty bool
	// Waive returns the waiver that covers a finding, or nil, and remembers that it was used.
	Waive func(*finding.Finding) *finding.Waiver
	// Documents returns the configuration itself as documents of kind "config", once all waivers have
	// been matched; it may be nil.
	Documents func() []fact.Document
}

// decide completes the report: severities, fingerprints, waivers, the configuration's own findings, order,
// verdict.
func (g *Gate) decide(ctx context.Context, r *finding.Report) {
	r.Findings = g.opts.Policy.Settle(r.Findings)
	for i := range r.Findings {
		if g.opts.Policy.Waive != nil {
			r.Findings[i].Waived = g.opts.Policy.Waive(&r.Findings[i])
		}
	}
	if g.opts.Policy.Documents != nil {
		g.configuration(ctx, r)
	}
	arrange(r.Findings)
	for i := range r.Findings {
		r.Findings[i].Closes = g.opts.Policy.Closes(&r.Findings[i])
	}
	r.Notifications = append(r.Notifications, g.absent(r)...)
	slices.SortStableFunc(r.Notifications, func(a, b finding.Notification) int { return strings.Compare(a.File, b.File) })
	// A rule that does not compile is an error of every document of its kind.
	r.Notifications = slices.Compact(r.Notifications)
	Decide(r)
}

// Settle applies severities and disabled rules, sorts, gives fingerprints, and makes one of what says the same.
func (p *Policy) Settle(found []finding.Finding) []finding.Finding {
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return p.Disabled[f.Rule.Name] })
	for i := range found {
		if s, ok := p.Severities[found[i].Rule.Name]; ok {
			found[i].Severity = s
		}
	}
	arrange(found)
	Fingerprints(found)
	return once(merge(found))
}

// configuration judges the configuration by the rules of its kind, now that it is known which waivers were
// used. These findings are not waived: a waiver must not excuse itself.
func (g *Gate) configuration(ctx context.Context, r *finding.Report) {
	docs := g.opts.Policy.Documents()
	var found []finding.Finding
	for i := range docs {
		f, err := Judge(ctx, g.opts.Bundle, g.opts.FS, g.opts.Bundle.NewInput(&docs[i]))
		found = append(found, f...)
		r.Notifications = append(r.Notifications, Notifications(err)...)
		r.Documents[docs[i].Kind]++
	}
	if len(docs) > 0 {
		rules, err := g.opts.Bundle.Rules(docs[0].Kind)
		r.Notifications = append(r.Notifications, Notifications(err)...)
		r.Rules = append(r.Rules, rules...)
		slices.SortFunc(r.Rules, func(a, b *finding.Rule) int { return strings.Compare(a.Name, b.Name) })
	}
	r.Findings = append(r.Findings, g.opts.Policy.Settle(found)...)
}

// Closes tells whether a finding alone closes the gate. A non-negotiable does whatever the threshold is,
// unless trusted configuration gave its rule another severity.
func (p *Policy) Closes(f *finding.Finding) bool {
	if f.Waived != nil {
		return false
	}
	failOn := p.FailOn
	if b := f.Binding; b != nil {
		if b.Mode != "enforce" {
			return false
		}
		failOn = b.FailOn
	}
	_, settled := p.Severities[f.Rule.Name]
	return f.Severity >= failOn || f.Rule.NonNegotiable && !(settled && f.Severity < f.Rule.Severity)
}

// absent reports what is missing for a verdict: a wanted kind, or anything at all.
func (g *Gate) absent(r *finding.Report) []finding.Notification {
	var notes []finding.Notification
	for _, kind := range g.opts.Policy.Required {
		if r.Documents[kind] == 0 || g.documents[kind] > 0 && !g.brought[kind] {
			notes = append(notes, finding.Notification{
				Error: true, Message: fmt.Sprintf("no %s document was found, and the configuration requires one", kind),
				Hint: "add the evidence, or take the requirement out of the trusted configuration",
			})
		}
	}
	judged := 0
	var without []string
	for _, kind := range slices.Sorted(maps.Keys(r.Documents)) {
		switch {
		case kind == "config":
		case slices.ContainsFunc(r.Rules, func(rule *finding.Rule) bool { return rule.Kind == kind }) || g.opts.Bundle.ReadByProject(kind):
			judged += r.Documents[kind]
		default:
			without = append(without, kind)
		}
	}
	if judged == 0 && !g.opts.Policy.AllowEmpty && !slices.ContainsFunc(r.Notifications, func(n finding.Notification) bool { return n.Error }) {
		msg := "nothing to judge: no file was recognised"
		if len(without) > 0 {
			msg = "nothing to judge: no rule for documents of kind " + strings.Join(without, ", ")
		}
		notes = append(notes, finding.Notification{
			Error: true, Message: msg,
			Hint: "name the right folder, or pass --allow-empty where there may be nothing",
		})
	}
	return notes
}

// Decide sets the verdict of a report and its reason, from what it holds by now: an error takes the verdict away, and a finding that closes
// the gate closes it.
func Decide(r *finding.Report) {
	var errors, closing, waived int
	threshold := r.FailOn.String()
	for _, n := range r.Notifications {
		if n.Error {
			errors++
		}
	}
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Closes {
			closing++
			if f.Binding != nil && f.Binding.FailOn != r.FailOn {
				threshold = "the threshold of its binding"
			}
		}
		if r.Findings[i].Waived != nil {
			waived++
		}
	}
	switch {
	case errors > 0:
		r.Verdict, r.Reason = finding.None, fmt.Sprintf("%s kept the gate from deciding", finding.Count(errors, "error"))
		if closing > 0 {
			r.Reason += fmt.Sprintf(", and %s would close it", finding.Count(closing, "finding"))
		}
	case closing > 0:
		r.Verdict, r.Reason = finding.Closed, fmt.Sprintf("%s at or above %s, or non-negotiable", finding.Count(closing, "finding"), threshold)
	case waived > 0:
		r.Verdict, r.Reason = finding.Open, fmt.Sprintf("no finding closes it; %s waived", finding.Count(waived, "finding"))
	default:
		r.Verdict, r.Reason = finding.Open, "no finding closes it"
	}
}

// looksLikeEvidence tells by extension whether a file that nothing recognised deserves a line.
func looksLikeEvidence(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".json", ".yaml", ".yml", ".toml", ".conf", ".lock", ".xml", ".spdx", ".cdx", ".sarif", ".rules", ".nft":
		return true
	}
	return false
}
