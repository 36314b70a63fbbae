package config

import (
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/finding"
)

// matchesPlace is true for a finding at the waiver's place or in it. The place may be written as reports show it, with or without the
// name of the document before it, or as the artifact's own format has it.
func (w *waiver) matchesPlace(f *finding.Finding) bool {
	if w.Place == "" {
		return true
	}
	want := steps(w.Place)
	logical := steps(f.Logical)
	if within(logical, want) {
		return true
	}
	if f.Document != nil && f.Document.Name != "" {
		if rest, ok := strings.CutPrefix(f.Logical, f.Document.Name+"/"); ok && within(steps(rest), want) {
			return true
		}
	}
	if f.Field != "" && within(steps(f.Field), want) {
		return true
	}
	return slices.ContainsFunc(f.Places, func(place string) bool { return within(steps(place), want) })
}

// within is true for a place itself and for what lies in it: stages[1] holds stages[1].user, and does not
// hold stages[10].
func within(place, outer []string) bool {
	return len(place) >= len(outer) && slices.Equal(place[:len(outer)], outer)
}

// steps are the parts of a place, whether it is written stages[build].user or stages/"build"/user.
func steps(place string) []string {
	var all []string
	word := strings.Builder{}
	end := func() {
		if word.Len() > 0 {
			all = append(all, word.String())
			word.Reset()
		}
	}
	for i := 0; i < len(place); i++ {
		switch c := place[i]; c {
		case '/', '.', ']':
			end()
		case '[':
			end()
			// What is in brackets is one step, whatever its letters are.
			if n := strings.IndexByte(place[i:], ']'); n > 0 && place[i+1] != '"' {
				all = append(all, place[i+1:i+n])
				i += n
			}
		case '"':
			if quoted, err := strconv.QuotedPrefix(place[i:]); err == nil {
				text, _ := strconv.Unquote(quoted) // just read as such
				word.WriteString(text)
				i += len(quoted) - 1
				continue
			}
			word.WriteByte(c)
		default:
			word.WriteByte(c)
		}
	}
	end()
	return all
}
