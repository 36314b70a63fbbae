package bundles

import (
	"reflect"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/internal/fact"
)

// An Input is a document in the form that rules are evaluated over.
type Input struct {
	Document *fact.Document
	term     *ast.Term
	// parts are the documents of a project, by kind.
	parts map[string][]*Input
}

// NewInput converts a document. The input may be judged many times, by one goroutine at a time.
func NewInput(doc *fact.Document) *Input {
	return &Input{Document: doc, term: toValue(reflect.ValueOf(doc.Facts))}
}

// Project joins documents into the input of project rules: {"path": ".", "<kind>": [...], ...}, with a list,
// perhaps empty, for each of the kinds. The order is that of kind and path, whatever order they come in.
func Project(kinds []string, inputs []*Input) *Input {
	p := &Input{Document: &fact.Document{Kind: ProjectKind, Path: "."}, parts: map[string][]*Input{}}
	for _, in := range inputs {
		p.parts[in.Document.Kind] = append(p.parts[in.Document.Kind], in)
	}
	pairs := [][2]*ast.Term{{ast.StringTerm("path"), ast.StringTerm(".")}}
	for _, kind := range kinds {
		slices.SortStableFunc(p.parts[kind], func(a, b *Input) int {
			if c := strings.Compare(a.Document.Path, b.Document.Path); c != 0 {
				return c
			}
			return strings.Compare(a.Document.Name, b.Document.Name)
		})
		elems := make([]*ast.Term, len(p.parts[kind]))
		for i, in := range p.parts[kind] {
			elems[i] = in.term
		}
		pairs = append(pairs, [2]*ast.Term{ast.StringTerm(kind), ast.ArrayTerm(elems...)})
	}
	p.term = ast.ObjectTerm(pairs...)
	return p
}

// ReadByProject tells whether a project rule reads documents of the kind, so that they must be kept until
// all are there.
func (b *Bundle) ReadByProject(kind string) bool {
	for _, s := range b.sets[ProjectKind] {
		if s.ready() != nil || slices.Contains(s.reads, kind) || slices.Contains(s.reads, "*") {
			return true
		}
	}
	return false
}
