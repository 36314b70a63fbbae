package gate

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"strings"
	"unicode/utf8"

	"sallyport/bundles"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/secret"
)

// Judge evaluates the rules of one document's kind and completes the findings: source line, masked
// secrets, fingerprint. It is safe for concurrent use.
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
		for j := range f.Related {
			f.Related[j].Value = []byte(mask(string(f.Related[j].Value)))
		}
		if f.Fix != nil {
			f.Fix.Span = f.Span
			f.Fix.Text = mask(f.Fix.Text)
		}
		f.Source, f.SourceColumn, f.SourceEnd = lines.masked(f.Place, mask)
	}
}

// A lineReader gives lines of files, each file read once.
type lineReader struct {
	fsys   fs.FS
	file   string
	text   []byte
	starts []int // the offset of each line
}

// masked returns the line of a place with secrets masked, and the place's columns in it.
func (l *lineReader) masked(p finding.Place, mask func(string) string) (text string, column, end int) {
	line, ok := l.line(p.File, p.Span.Line)
	if !ok {
		return "", 0, 0
	}
	column = max(p.Span.Column, 1)
	end = p.Span.EndColumn
	if p.Span.EndLine > p.Span.Line || end < column {
		end = utf8.RuneCountInString(line) + 1
	}
	before, after := cutRunes(line, column-1), ""
	middle := line[len(before):]
	if width := end - column; width >= 0 {
		m := cutRunes(middle, width)
		middle, after = m, middle[len(m):]
	}
	// Mask each part, so that the columns can be counted again; a secret that crosses the parts is
	// masked in the whole line, and then the columns are given up.
	parts := [3]string{mask(before), mask(middle), mask(after)}
	joined := strings.Join(parts[:], "")
	if whole := mask(line); mask(joined) != joined || joined == line && whole != line {
		return finding.Excerpt(whole, 1, utf8.RuneCountInString(whole)+1)
	}
	column = utf8.RuneCountInString(parts[0]) + 1
	return finding.Excerpt(joined, column, column+utf8.RuneCountInString(parts[1]))
}

// cutRunes is the start of s that holds n code points.
func cutRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func (l *lineReader) line(file string, n int) (string, bool) {
	if l.file != file || l.starts == nil {
		text, err := fs.ReadFile(l.fsys, file)
		if err != nil {
			return "", false
		}
		l.file, l.text, l.starts = file, bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), []int{0}
		for i, c := range l.text {
			if c == '\n' {
				l.starts = append(l.starts, i+1)
			}
		}
	}
	if n < 1 || n > len(l.starts) {
		return "", false
	}
	line, _, _ := bytes.Cut(l.text[l.starts[n-1]:], []byte("\n"))
	return strings.ToValidUTF8(strings.TrimSuffix(string(line), "\r"), "\uFFFD"), true
}

// order sorts findings by file, place, rule and message: the same whatever the order of evaluation.
func order(a, b finding.Finding) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Span.Line, b.Span.Line),
		cmp.Compare(a.Span.Column, b.Span.Column), cmp.Compare(a.Rule.Name, b.Rule.Name),
		cmp.Compare(a.Message, b.Message), cmp.Compare(a.Logical, b.Logical))
}
