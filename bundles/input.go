package bundles

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/internal/fact"
)

// An Input is a document in the form that rules are evaluated over.
type Input struct {
	Document *fact.Document
	// term is what the rules of the kind see.
	term *ast.Term
	// part is what project rules see, compact; nil where none reads the kind.
	part []byte
	// counted remembers the ordinals of lists.
	counted map[*ast.Array][]int
	// reload collects the document again.
	reload func() (*fact.Document, error)
	// parts are the documents of a project, by kind.
	parts map[string][]*Input
}

// NewInput converts a document for the rules of its kind and for project rules. The input may be judged
// many times, by one goroutine at a time. Only the fields that rules read are converted at once; the
// others when a finding points into them.
func (b *Bundle) NewInput(doc *fact.Document) (*Input, error) {
	in := &Input{Document: doc}
	v := reflect.Indirect(reflect.ValueOf(doc.Facts))
	if b.ReadByProject(doc.Kind) {
		var err error
		if in.part, err = compact(nil, v, b.projectNames()); err != nil {
			return nil, fmt.Errorf("%s: %w", doc.Path, err)
		}
	}
	reads := b.fieldsRead(doc.Kind)
	if v.Kind() != reflect.Struct || slices.Contains(reads, "*") {
		in.term = toValue(v)
		return in, nil
	}
	fields := map[string]any{}
	for _, f := range fieldsOf(v.Type()) {
		if slices.Contains(reads, f.name) {
			fields[f.name] = toValue(v.Field(f.index)).Value
		} else {
			fields[f.name] = v.Field(f.index).Interface()
		}
	}
	in.term = ast.NewTerm(ast.LazyObject(fields))
	return in, nil
}

// Release lets go of the facts and their places: findings need no more of a document than its name. What
// project rules read of it is kept, and where one of them points into the document, reload collects it
// again. That is cheaper than keeping a thousand documents for the few that are asked for.
func (in *Input) Release(reload func() (*fact.Document, error)) {
	in.term, in.counted, in.reload = nil, nil, reload
	in.Document.Facts, in.Document.Spans = nil, nil
}

// facts is the whole document.
func (in *Input) facts() (*ast.Term, error) {
	if in.Document.Facts == nil && in.reload != nil {
		doc, err := in.reload()
		if err != nil {
			return nil, fmt.Errorf("%s: collected again: %w", in.Document.Path, err)
		}
		in.Document.Facts, in.Document.Spans = doc.Facts, doc.Spans
	}
	if in.term == nil {
		in.term = toValue(reflect.ValueOf(in.Document.Facts))
	}
	return in.term, nil
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

// projectNames are the field names that project rules mention; nil is any. What they do not mention they
// cannot read by name, and the built-in ones are known to read nothing otherwise. It spares most of the
// memory that keeping every document would take.
func (b *Bundle) projectNames() map[string]bool {
	sets := b.sets[ProjectKind]
	if len(sets) != 1 || !sets[0].tree.BuiltIn || sets[0].ready() != nil {
		return nil
	}
	return sets[0].names
}

// Project joins documents into the input of project rules: {"path": ".", "<kind>": [...], ...}, with a list,
// perhaps empty, for each of the kinds. The order is that of kind and path, whatever order they come in.
func Project(kinds []string, inputs []*Input) (*Input, error) {
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
			var err error
			if elems[i], err = expand(in.part); err != nil {
				return nil, fmt.Errorf("%s: %w", in.Document.Path, err)
			}
		}
		pairs = append(pairs, [2]*ast.Term{ast.StringTerm(kind), ast.ArrayTerm(elems...)})
	}
	p.term = ast.ObjectTerm(pairs...)
	return p, nil
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
