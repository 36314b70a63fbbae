package gate

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"sallyport/bundles"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/secret"
)

// Judge evaluates the rules of one document's kind and completes the findings: source line, masked
// secrets, fingerprint. fsys is nil for what is in no file. It is safe for concurrent use.
func Judge(ctx context.Context, b *bundles.Bundle, fsys fs.FS, in *bundles.Input) ([]finding.Finding, error) {
	return judge(ctx, b, &lineReader{fsys: fsys}, in)
}

func judge(ctx context.Context, b *bundles.Bundle, lines *lineReader, in *bundles.Input) ([]finding.Finding, error) {
	found, err := b.Eval(ctx, in)
	complete(lines, found)
	return found, err
}

// complete fills what a finding says beyond its rule. Secrets of every document that it touches are
// masked in everything that it says.
func complete(lines *lineReader, found []finding.Finding) {
	masks := map[*fact.Document]masker{}
	for i := range found {
		f := &found[i]
		mask, known := masks[f.Document]
		if !known {
			mask = maskerOf(f.Document)
			masks[f.Document] = mask
		}
		for _, r := range f.Related {
			if r.Document != f.Document && len(r.Document.Secrets) > 0 {
				mask = mask.and(maskerOf(r.Document))
			}
		}
		if f.Fix != nil {
			f.Fix.Span = f.Span
		}
		if mask.of != nil {
			hide(f, mask.of)
		}
		if len(f.Fields) > 0 {
			// The place in the artifact's own terms.
			f.Field, f.Places, f.Fields = f.Fields[0], f.Fields[1:], nil
		}
		if lines.fsys != nil {
			f.Source, f.SourceColumn, f.SourceEnd = lines.masked(f.Place, mask)
			f.Line = ""
		}
	}
}

// hide masks secrets in all that a finding says but its source.
func hide(f *finding.Finding, mask func(string) string) {
	f.Message, f.Logical = mask(f.Message), mask(f.Logical)
	f.Value = []byte(mask(string(f.Value)))
	for name, value := range f.Properties {
		f.Properties[name] = mask(value)
	}
	for j := range f.Related {
		f.Related[j].Value = []byte(mask(string(f.Related[j].Value)))
	}
	for j := range f.Flow {
		f.Flow[j].Message, f.Flow[j].Value = mask(f.Flow[j].Message), []byte(mask(string(f.Flow[j].Value)))
	}
	if f.Fix != nil {
		f.Fix.Text = mask(f.Fix.Text)
	}
	for j := range f.Fields {
		f.Fields[j] = mask(f.Fields[j])
	}
}

// A masker masks the secrets of documents.
type masker struct {
	of func(string) string // nil where there are none
	// longest is the length of the longest secret, in bytes.
	longest int
}

func maskerOf(d *fact.Document) masker {
	if len(d.Secrets) == 0 {
		return masker{}
	}
	m := masker{of: secret.Redactor(d.Secrets)}
	for _, s := range d.Secrets {
		m.longest = max(m.longest, len(s))
	}
	return m
}

// and masks the secrets of another document, too.
func (m masker) and(other masker) masker {
	own := m.of
	if own == nil {
		return other
	}
	return masker{func(s string) string { return other.of(own(s)) }, max(m.longest, other.longest)}
}

// order sorts findings by file, place, rule and message: the same whatever the order of evaluation.
func order(a, b *finding.Finding) int {
	if c := cmp.Compare(a.File, b.File); c != 0 {
		return c
	}
	if c := cmp.Or(a.Span.Line-b.Span.Line, a.Span.Column-b.Span.Column); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(a.Rule.Name, b.Rule.Name), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Logical, b.Logical))
}

// arrange puts findings in order. They are large: each moves once, to where it belongs.
func arrange(found []finding.Finding) {
	from := make([]int, len(found)) // where each finding comes from
	for i := range from {
		from[i] = i
	}
	slices.SortFunc(from, func(a, b int) int { return cmp.Or(order(&found[a], &found[b]), cmp.Compare(a, b)) })
	for start := range from {
		if from[start] == start {
			continue
		}
		first := found[start]
		at := start
		for from[at] != start {
			found[at] = found[from[at]]
			at, from[at] = from[at], at
		}
		found[at], from[at] = first, at
	}
}
