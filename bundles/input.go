package bundles

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/bundles/vm"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// An Input is a document in the form that rules are evaluated over.
type Input struct {
	Document *fact.Document
	// view is the document for the machine; made when first asked for.
	view vm.Value
	// term is the document for OPA; made when first asked for, with the fields in reads.
	term  *ast.Term
	reads []string
	// part is what project rules see, as JSON without the fields that they cannot read; "" where none
	// reads the kind. It is a tenth of the size that it has as a value, while it waits for the other documents.
	part string
	// counted remembers the ordinals of lists.
	counted map[*vm.Array][]int
	brief   bool // Options.Brief
	// Clock is what time.now_ns() answers, where it is not that of the bundle.
	Clock time.Time
	// anchors are the places that are known without the facts.
	anchors map[string]anchor
	// reload collects the document again.
	reload func() (*fact.Document, error)
	// parts are the documents of a project, by kind.
	parts map[string][]*Input
}

// NewInput prepares a document for the rules of its kind and for project rules. The input may be judged
// many times, by one goroutine at a time.
func (b *Bundle) NewInput(doc *fact.Document) *Input {
	in := &Input{Document: doc, brief: b.opts.Brief}
	if b.ReadByProject(doc.Kind) {
		in.part = b.projectShape(doc.Kind).Keep(in.value())
	}
	return in
}

// value is the document for the machine.
func (in *Input) value() vm.Value {
	if in.view == nil {
		in.view = vm.View(in.Document.Facts)
	}
	return in.view
}

// asTerm is the document for OPA: the fields that rules read, which "*" stands for all of.
func (in *Input) asTerm(reads []string) *ast.Term {
	if in.term != nil && (in.parts != nil || slices.Equal(reads, in.reads)) {
		return in.term
	}
	in.reads = reads
	if in.parts != nil || slices.Contains(reads, "*") {
		in.term = vm.ToTerm(in.value())
		return in.term
	}
	var pairs [][2]*ast.Term
	for name, value := range vm.Pairs(in.value()) {
		if slices.Contains(reads, name.(string)) {
			pairs = append(pairs, [2]*ast.Term{vm.ToTerm(name), vm.ToTerm(value)})
		}
	}
	in.term = ast.ObjectTerm(pairs...)
	return in.term
}

// Release lets go of the facts and their places: findings need no more of a document than its name. What
// project rules read of it is kept, and where one of them points into the document, reload collects it
// again. That is cheaper than keeping a thousand documents for the few that are asked for. line returns the line that a place
// begins in; it may be nil.
func (in *Input) Release(reload func() (*fact.Document, error), line func(finding.Place) string) {
	if in.part != "" && in.reload == nil {
		in.anchor(line)
	}
	in.view, in.term, in.counted, in.reload = nil, nil, nil, reload
	in.Document.Facts, in.Document.Spans, in.Document.Fields, in.Document.Anchors = nil, nil, nil, nil
	// What is left must not hold on to the text that the document was read from.
	o := &in.Document.Object
	o.Namespace, o.Kind, o.Name, o.Key, o.Labels = strings.Clone(o.Namespace), strings.Clone(o.Kind), strings.Clone(o.Name), strings.Clone(o.Key), nil
	in.Document.Name = strings.Clone(in.Document.Name)
}

// An anchor is a place that is known without the facts.
type anchor struct {
	place   finding.Place
	logical string
}

// anchor resolves the places of the document that are blamed most.
func (in *Input) anchor(line func(finding.Place) string) {
	in.anchors = make(map[string]anchor, len(in.Document.Anchors))
	for _, path := range in.Document.Anchors {
		if place, logical, err := in.resolve(path, true); err == nil {
			if line != nil {
				place.Line = line(place)
			}
			in.anchors[path.String()] = anchor{place, logical}
		}
	}
}

// facts is the whole document.
func (in *Input) facts() (vm.Value, error) {
	if in.Document.Facts == nil && in.reload != nil {
		doc, err := in.reload()
		if err != nil {
			return nil, fmt.Errorf("%s: collected again: %w", in.Document.Path, err)
		}
		in.Document.Facts, in.Document.Spans, in.Document.Fields = doc.Facts, doc.Spans, doc.Fields
	}
	return in.value(), nil
}

// projectShape is what project rules can read of a document; nil is everything. It spares most of the memory
// that keeping every document would take.
func (b *Bundle) projectShape(kind string) *vm.Shape {
	sets := b.sets[ProjectKind]
	if len(sets) != 1 || sets[0].ready() != nil || sets[0].program == nil {
		return nil
	}
	return sets[0].shape.Of(kind).Of("*")
}

// Project joins documents into the input of project rules: {"path": ".", "<kind>": [...], ...}, with a list,
// perhaps empty, for each of the kinds. The order is that of kind and path, whatever order they come in.
func Project(kinds []string, inputs []*Input) (*Input, error) {
	p := &Input{Document: &fact.Document{Kind: ProjectKind, Path: "."}, parts: map[string][]*Input{}}
	for _, in := range inputs {
		p.parts[in.Document.Kind] = append(p.parts[in.Document.Kind], in)
	}
	all := &vm.Object{}
	all.Put("path", ".")
	for _, kind := range kinds {
		slices.SortStableFunc(p.parts[kind], func(a, b *Input) int {
			return cmp.Or(strings.Compare(a.Document.Path, b.Document.Path), strings.Compare(a.Document.Name, b.Document.Name))
		})
		texts := make([]string, len(p.parts[kind]))
		for i, in := range p.parts[kind] {
			texts[i] = in.part
		}
		elems, err := vm.ParseJSON(texts...)
		if err != nil {
			return nil, fmt.Errorf("documents of kind %s: %w", kind, err)
		}
		all.Put(kind, vm.NewArray(elems...))
	}
	p.view = all
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
