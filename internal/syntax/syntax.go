// Package syntax parses the notations that artifacts are written in and keeps what their usual parsers
// lose: where each part stands. It bounds depth and expansion, because a pull request is hostile input.
package syntax

import (
	"sallyport/internal/fact"
)

// A Tree is a parsed text.
type Tree struct {
	// Value is made of map[string]any, []any, string, bool, int64, float64 and nil.
	Value any
	// Spans locates the parts. The place of a field is from its key to the end of its value where the
	// value is a scalar on the same line, else its key; the place of a list element is the element, or
	// its first line where it is a collection. It may parse the text a second time, when first asked.
	Spans fact.Locator
}

// MaxDepth bounds the nesting of collections; deeper input is an error.
const MaxDepth = 100
