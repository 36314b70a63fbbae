package gate

import (
	"cmp"
	"context"
	"io/fs"

	"sallyport/bundles"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/secret"
)

// Judge evaluates the rules of one document's kind and completes the findings: source line, masked
// secrets, fingerprint. fsys is nil for what is in no file. It is safe for concurrent use.
func Judge(ctx context.Context, b *bundles.Bundle, fsys fs.FS, in *bundles.Input) ([]finding.Finding, error) {
	found, err := b.Eval(ctx, in)
	complete(fsys, found)
	return found, err
}

// complete fills what a finding says beyond its rule. Secrets of every document that it touches are
// masked in everything that it says.
func complete(fsys fs.FS, found []finding.Finding) {
	lines := lineReader{fsys: fsys}
	masks := map[*fact.Document]func(string) string{}
	for i := range found {
		f := &found[i]
		mask := masks[f.Document]
		if mask == nil {
			mask = secret.Redactor(f.Document.Secrets)
			masks[f.Document] = mask
		}
		for _, r := range f.Related {
			if r.Document != f.Document && len(r.Document.Secrets) > 0 {
				own, other := mask, secret.Redactor(r.Document.Secrets)
				mask = func(s string) string { return other(own(s)) }
			}
		}
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
			f.Fix.Span = f.Span
			f.Fix.Text = mask(f.Fix.Text)
		}
		fields(f, mask)
		if fsys == nil {
			continue
		}
		f.Source, f.SourceColumn, f.SourceEnd = lines.masked(f.Place, mask, longest(f.Document.Secrets))
	}
}

// fields writes the place in the artifact's own terms.
func fields(f *finding.Finding, mask func(string) string) {
	for i, place := range f.Fields {
		if i == 0 {
			f.Field = mask(place)
		} else {
			f.Places = append(f.Places, mask(place))
		}
	}
}

// order sorts findings by file, place, rule and message: the same whatever the order of evaluation.
func order(a, b finding.Finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Span.Line, b.Span.Line),
		cmp.Compare(a.Span.Column, b.Span.Column), cmp.Compare(a.Rule.Name, b.Rule.Name),
		cmp.Compare(a.Message, b.Message), cmp.Compare(a.Logical, b.Logical))
}

// longest is the length of the longest secret, in bytes.
func longest(secrets []string) int {
	n := 0
	for _, s := range secrets {
		n = max(n, len(s))
	}
	return n
}
