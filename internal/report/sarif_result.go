package report

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// maxLocations is what code scanning services take per result.
const maxLocations = 1000

func (l *sarifLog) result(f *finding.Finding) result {
	res := result{
		RuleID: f.Rule.Name, RuleIndex: l.index[f.Rule.Name], Level: levels[f.Severity],
		Message:      message{Text: linkless(firstOf(shorten(f.Message, messageMax), f.Rule.Title))},
		Locations:    []location{l.location(f)},
		Suppressions: []suppression{},
		Properties:   resultBag{Severity: f.Severity.String(), Closes: f.Closes, More: f.Properties},
	}
	for i := range f.Related[:min(len(f.Related), maxLocations-1)] {
		res.RelatedLocations = append(res.RelatedLocations, l.related(i+1, &f.Related[i]))
	}
	if len(f.Flow) > 0 {
		res.CodeFlows = []codeFlow{l.flow(f.Flow)}
	}
	if f.Fingerprint != "" {
		res.PartialFingerprints = &fingerprints{f.Fingerprint}
	}
	if f.Waived != nil {
		res.Suppressions = append(res.Suppressions, suppressionOf(f.Waived))
	}
	if f.Fix != nil {
		res.Fixes = []fix{l.fix(f)}
	}
	return res
}

func (l *sarifLog) location(f *finding.Finding) location {
	loc := location{PhysicalLocation: physicalLocation{
		ArtifactLocation: locationOf(l.VCS.Prefix, f.File), Region: regionOf(f.Span),
	}}
	snippets(f, &loc.PhysicalLocation)
	if name := cmp.Or(f.Logical, f.At.String()); name != "" {
		loc.LogicalLocations = []logicalLocation{{FullyQualifiedName: name}}
	}
	return loc
}

func (l *sarifLog) related(id int, p *finding.Place) location {
	loc := location{ID: id, PhysicalLocation: physicalLocation{
		ArtifactLocation: locationOf(l.VCS.Prefix, p.File), Region: regionOf(p.Span),
	}}
	if at := p.At.String(); at != "" {
		loc.LogicalLocations = []logicalLocation{{FullyQualifiedName: at}}
		loc.Message = &message{Text: linkless(at)}
	}
	return loc
}

func (l *sarifLog) flow(steps []finding.Step) codeFlow {
	var t threadFlow
	for i := range steps[:min(len(steps), maxLocations)] {
		loc := l.related(0, &steps[i].Place)
		loc.Message = &message{Text: linkless(shorten(steps[i].Message, messageMax))}
		t.Locations = append(t.Locations, threadFlowLocation{loc})
	}
	return codeFlow{ThreadFlows: []threadFlow{t}}
}

// snippets adds the text of the region, and the line around it where the region is a part of it. Where
// the line was masked or cut, its columns are not those of the file: then it is context alone.
func snippets(f *finding.Finding, loc *physicalLocation) {
	if f.Source == "" || f.Span.Line <= 0 || f.Span.EndLine > f.Span.Line {
		return
	}
	text, column, end := sourceOf(f)
	length := utf8.RuneCountInString(text)
	aligned := column == f.Span.Column && end == f.Span.EndColumn && end-1 <= length && column < end
	part := aligned && (column > 1 || end-1 < length)
	if aligned {
		loc.Region.Snippet = &message{Text: slice(text, column-1, end-1)}
	}
	if part || !aligned {
		loc.ContextRegion = &region{StartLine: f.Span.Line, Snippet: &message{Text: text}}
	}
}

// slice is the part of a text from one code point up to another.
func slice(text string, from, to int) string {
	n, start := 0, len(text)
	for i := range text {
		if n == from {
			start = i
		}
		if n == to {
			return text[start:i]
		}
		n++
	}
	return text[start:]
}

// regionOf is a span as SARIF has it: nothing below 1, and nothing that ends before it starts.
func regionOf(s fact.Span) *region {
	r := &region{StartLine: max(s.Line, 1)}
	if s.Line < 1 {
		return r
	}
	r.EndLine = max(s.EndLine, s.Line)
	if s.Column < 1 {
		return r
	}
	r.StartColumn = s.Column
	if s.EndColumn > 0 && (r.EndLine > r.StartLine || s.EndColumn >= s.Column) {
		r.EndColumn = s.EndColumn
	}
	return r
}

func suppressionOf(w *finding.Waiver) suppression {
	expires := w.Expires.UTC().Format("2006-01-02")
	text := w.Reason + " (owner: " + w.Owner + "; expires: " + expires
	if w.Ticket != "" {
		text += "; ticket: " + w.Ticket
	}
	return suppression{
		Kind: "external", Status: "accepted", Justification: text + ")",
		Properties: &waiverBag{Owner: w.Owner, Expires: expires, Ticket: w.Ticket},
	}
}

func (l *sarifLog) fix(f *finding.Finding) fix {
	r := replacement{DeletedRegion: *regionOf(f.Fix.Span)}
	if f.Fix.Text != "" {
		r.InsertedContent = &message{Text: f.Fix.Text}
	}
	return fix{
		Description: message{Text: sentence(firstOf(f.Rule.Remediation, f.Rule.Title))},
		ArtifactChanges: []artifactChange{{
			ArtifactLocation: locationOf(l.VCS.Prefix, fixFile(f)), Replacements: []replacement{r},
		}},
	}
}

// linkless keeps text of the tree from becoming a link: SARIF viewers make one of [text](target).
func linkless(s string) string { return strings.ReplaceAll(s, "](", `\](`) }
