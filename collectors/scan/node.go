package scan

import (
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
	"sallyport/internal/syntax/walk"
)

// A node is a value of the report with its place.
type node = walk.Node[*reading]

// A reading is one report while it is read.
type reading struct {
	file string
	tree syntax.Tree
	errs []error
	// files finds the files that the report names in the tree.
	files *files
	// secrets are what no output may hold.
	secrets []string
	// useless is set where a part is missing without which the report says nothing.
	useless bool
	// current is the commit that is checked out; "" where that is not known.
	current string
	// changed tells what differs since a commit.
	changed func(commit string) ([]string, bool)
}

// maxMistakes bounds how many mistakes of one file are told.
const maxMistakes = 20

// Mistake notes what is wrong with the report.
func (r *reading) Mistake(at fact.Path, msg string) {
	if len(r.errs) >= maxMistakes {
		return
	}
	doc := fact.Document{Spans: r.tree.Spans}
	span := doc.Locate(at)
	e := fact.Error{File: r.file, Line: span.Line, Column: span.Column, Msg: msg, Hint: "write the report again with the scanner"}
	for _, told := range r.errs {
		if told.Error() == e.Error() {
			return
		}
	}
	r.errs = append(r.errs, &e)
}

// Missing notes what is not there. Without what is needed, nothing is left to judge, and once is enough to say so.
func (r *reading) Missing(at fact.Path, needed bool) {
	if needed && r.useless {
		return
	}
	r.useless = r.useless || needed
	r.Mistake(at, "the report has no "+at.String())
}
