// Package report renders reports: one file per format. Writers decide nothing; the verdict stands before
// the first of them runs.
package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"sallyport/internal/finding"
)

// A Writer renders a report. The same report gives the same bytes.
type Writer func(io.Writer, *finding.Report) error

// Formats are the writers by the name that the command line knows.
var Formats = map[string]Writer{
	"json":  JSON,
	"sarif": SARIF,
	"text":  Text(Style{}),
}

// URI is the home of the project, and where its documentation starts.
const URI = "https://github.com/sallyport/sallyport"

// HelpURI is the page of a rule: its heading in docs/rules.md. A custom rule has no page there; its own
// first reference explains it, or else the page about custom rules.
func HelpURI(rule *finding.Rule) string {
	docs := URI + "/blob/main/docs/"
	switch {
	case !rule.Custom:
		return docs + "rules.md#" + strings.ReplaceAll(rule.Name, "/", "")
	case len(rule.Resources) > 0:
		return rule.Resources[0]
	default:
		return docs + "writing-rules.md"
	}
}

// messageMax bounds a message, in code points: a rule may repeat a value of any length.
const messageMax = 4000

// shorten cuts a text to a number of code points.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n := 0
	for i := range s {
		if n == limit-1 && utf8.RuneCountInString(s[i:]) > 1 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// rulesOf returns the rules that ran and those of the findings, each once, by name.
func rulesOf(r *finding.Report) ([]*finding.Rule, error) {
	byName := make(map[string]*finding.Rule, len(r.Rules))
	for _, rule := range r.Rules {
		byName[rule.Name] = rule
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Rule == nil {
			return nil, fmt.Errorf("%s: a finding without a rule: %s", f.File, f.Message)
		}
		if byName[f.Rule.Name] == nil {
			byName[f.Rule.Name] = f.Rule
		}
	}
	rules := make([]*finding.Rule, 0, len(byName))
	for _, rule := range byName {
		rules = append(rules, rule)
	}
	slices.SortFunc(rules, func(a, b *finding.Rule) int { return cmp.Compare(a.Name, b.Name) })
	return rules, nil
}

// sourceOf returns the line of a finding, cut to a bounded length, with the columns of the finding in it.
// A finding that goes on over further lines ends with the line.
func sourceOf(f *finding.Finding) (text string, column, end int) {
	column, end = f.SourceColumn, f.SourceEnd
	if column == 0 {
		column = f.Span.Column
		if f.Span.EndLine <= f.Span.Line {
			end = f.Span.EndColumn
		}
	}
	if end == 0 && f.Span.EndLine > f.Span.Line {
		end = utf8.RuneCountInString(f.Source) + 1
	}
	column = max(column, 1)
	return finding.Excerpt(f.Source, column, max(end, column))
}
