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

// NewInput converts a document for the rules of its kind. The input may be judged many times, by one
// goroutine at a time. Only the fields that rules read are converted at once; the others when a finding
// points into them.
func (b *Bundle) NewInput(doc *fact.Document) *Input {
	v := reflect.Indirect(reflect.ValueOf(doc.Facts))
	reads := b.fieldsRead(doc.Kind)
	if v.Kind() != reflect.Struct || slices.Contains(reads, "*") || b.ReadByProject(doc.Kind) {
		return &Input{Document: doc, term: toValue(v)}
	}
	fields := map[string]any{}
	for _, f := range fieldsOf(v.Type()) {
		if slices.Contains(reads, f.name) {
			fields[f.name] = toValue(v.Field(f.index)).Value
		} else {
			fields[f.name] = v.Field(f.index).Interface()
		}
	}
	return &Input{Document: doc, term: ast.NewTerm(ast.LazyObject(fields))}
}

// fieldsRead are the fields of a document that the rules of its kind read; "*" is all of them.
func (b *Bundle) fieldsRead(kind string) []string {
	var fields []string
	for _, s := range b.sets[kind] {
		if s.ready() != nil {
			return []string{"*"}
		}
		fields = append(fields, s.reads...)
	}
	return fields
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
