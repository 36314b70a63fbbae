// Package ruledoc writes the pages of rules: docs/rules.md and what explain prints.
package ruledoc

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/finding"
)

// Markdown writes one document with a section per rule.
func Markdown(w io.Writer, rules []*finding.Rule) error {
	var b strings.Builder
	b.WriteString("# Rules\n\nEvery built-in rule, from its METADATA. Written by `sallyport rules --format markdown`.\n")
	b.WriteString("A **non-negotiable** closes the gate whatever `--fail-on` says.\n\n")
	b.WriteString("| rule | severity | |\n|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", r.Name, Anchor(r.Name), severity(r), r.Title)
	}
	for _, r := range rules {
		section(&b, r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Anchor is the fragment of a rule's section, as code hosts derive it from the heading.
func Anchor(name string) string { return strings.ReplaceAll(name, "/", "") }

func severity(r *finding.Rule) string {
	if r.NonNegotiable {
		return r.Severity.String() + ", **non-negotiable**"
	}
	return r.Severity.String()
}

func section(b *strings.Builder, r *finding.Rule) {
	fmt.Fprintf(b, "\n## %s\n\n**%s.** %s\n\n", r.Name, strings.TrimSuffix(r.Title, "."), oneLine(r.Description))
	fmt.Fprintf(b, "- severity: %s\n- remediation: %s\n", severity(r), oneLine(r.Remediation))
	for _, c := range r.CWE {
		fmt.Fprintf(b, "- CWE-%d\n", c)
	}
	if len(r.Equivalent) > 0 {
		fmt.Fprintf(b, "- means the same: `%s`\n", strings.Join(r.Equivalent, "`, `"))
	}
	if len(r.Aliases) > 0 {
		fmt.Fprintf(b, "- earlier names: `%s`\n", strings.Join(r.Aliases, "`, `"))
	}
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		p := r.Parameters[name]
		fmt.Fprintf(b, "- parameter `%s` (default `%v`): %s\n", name, p.Default, oneLine(p.Description))
	}
	for _, u := range r.Resources {
		fmt.Fprintf(b, "- <%s>\n", u)
	}
	fmt.Fprintf(b, "\nBad:\n\n```\n%s\n```\n\nGood:\n\n```\n%s\n```\n", strings.TrimRight(r.Bad, "\n"), strings.TrimRight(r.Good, "\n"))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Page writes a rule's page for a terminal.
func Page(w io.Writer, r *finding.Rule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", r.Name, r.Title)
	wrap(&b, r.Description, 90)
	fmt.Fprintf(&b, "\nSeverity     %s\nRemediation  %s\n", strings.ReplaceAll(severity(r), "**", ""), oneLine(r.Remediation))
	for _, c := range r.CWE {
		fmt.Fprintf(&b, "Weakness     CWE-%d\n", c)
	}
	if len(r.Equivalent) > 0 {
		fmt.Fprintf(&b, "Equivalent   %s\n", strings.Join(r.Equivalent, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		p := r.Parameters[name]
		fmt.Fprintf(&b, "Parameter    %s = %v: %s\n", name, p.Default, oneLine(p.Description))
	}
	for _, u := range r.Resources {
		fmt.Fprintf(&b, "See          %s\n", u)
	}
	for _, e := range []struct{ what, text string }{{"Bad", r.Bad}, {"Good", r.Good}, {"Rule", Body(r)}} {
		fmt.Fprintf(&b, "\n%s:\n\n", e.what)
		for line := range strings.Lines(strings.TrimRight(e.text, "\n") + "\n") {
			b.WriteString("    " + line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Body is the text of a rule without its METADATA block.
func Body(r *finding.Rule) string {
	if i := strings.Index(r.Source, "\npackage "); i >= 0 {
		return r.Source[i+1:]
	}
	return r.Source
}

// wrap writes a text in lines of at most width columns.
func wrap(b *strings.Builder, text string, width int) {
	column := 0
	for _, word := range strings.Fields(text) {
		if column > 0 && column+1+len(word) > width {
			b.WriteString("\n")
			column = 0
		}
		if column > 0 {
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	b.WriteString("\n")
}
