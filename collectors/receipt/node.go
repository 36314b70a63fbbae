package receipt

import (
	"errors"

	"sallyport/internal/fact"
	"sallyport/internal/syntax/walk"
)

// A node is a value of the statement with its place.
type node = walk.Node[*reader]

// maxMistakes bounds how many mistakes of one statement are told.
const maxMistakes = 20

// Mistake notes what is wrong with the statement.
func (r *reader) Mistake(at fact.Path, msg string) {
	if len(r.errs) >= maxMistakes {
		return
	}
	span, _ := r.place(at)
	r.errs = append(r.errs, &fact.Error{
		File: r.file, Line: span.Line, Column: span.Column, Msg: msg, Hint: "write the statement again with the tool that made it",
	})
}

// Missing notes what is not there.
func (r *reader) Missing(at fact.Path, _ bool) { r.Mistake(at, "the statement has no "+at.String()) }

// place finds a part of the statement in the file; in an envelope all of it is the payload.
func (r *reader) place(at fact.Path) (fact.Span, bool) {
	if r.signed {
		at = fact.Path{"payload"}
		if _, ok := r.tree.Spans(fact.Path{"dsseEnvelope"}); ok {
			at = fact.Path{"dsseEnvelope", "payload"}
		}
	}
	doc := fact.Document{Spans: r.tree.Spans}
	span := doc.Locate(at)
	span.Line, span.EndLine = span.Line+r.shift, span.EndLine+r.shift
	return span, true
}

// shifted moves a mistake to its line in the file.
func (r *reader) shifted(err error) error {
	var at *fact.Error
	if r.shift > 0 && errors.As(err, &at) && at.Line > 0 {
		moved := *at
		moved.Line += r.shift
		return &moved
	}
	return err
}
