package vm

import (
	"maps"
	"slices"
	"sync"

	"sallyport/bundles/token"
)

// A Shape is a part of values: of objects the named fields, of lists the elements. Plain values are kept.
type Shape struct {
	// Whole is everything.
	Whole bool

	fields map[string]*Shape
	depth  int
	known  sync.Map // *layout → []kept
}

// anyName is the name of what is looked up by a key that is computed: every element and every field.
const anyName = "*"

type kept struct {
	field int
	shape *Shape
}

// deepestShape bounds a shape. What is deeper is read whole.
const deepestShape = 40

func (s *Shape) child(name string) (next *Shape, made bool) {
	if s.depth == deepestShape {
		made, s.Whole = !s.Whole, true
		return s, made
	}
	if next = s.fields[name]; next != nil {
		return next, false
	}
	if s.fields == nil {
		s.fields = map[string]*Shape{}
	}
	next = &Shape{depth: s.depth + 1}
	s.fields[name] = next
	return next, true
}

// of is the shape of an element or field; nil is not kept at all.
func (s *Shape) of(name string) *Shape {
	named, all := s.fields[name], s.fields[anyName]
	if named == nil || all == nil || named == all {
		return either(named, all)
	}
	both := &Shape{Whole: named.Whole || all.Whole, fields: map[string]*Shape{}}
	for _, from := range []*Shape{named, all} {
		for field := range from.fields {
			both.fields[field] = nil
		}
	}
	for field := range both.fields {
		both.fields[field] = join(named.fields[field], all.fields[field])
	}
	return both
}

func either(a, b *Shape) *Shape {
	if a != nil {
		return a
	}
	return b
}

func join(a, b *Shape) *Shape {
	if a == nil || b == nil {
		return either(a, b)
	}
	j := &Shape{Whole: a.Whole || b.Whole, fields: maps.Clone(a.fields)}
	for field, shape := range b.fields {
		if j.fields == nil {
			j.fields = map[string]*Shape{}
		}
		j.fields[field] = join(j.fields[field], shape)
	}
	return j
}

// Of is the shape of a field of an object, such as the documents of a kind, and then of their elements.
func (s *Shape) Of(name string) *Shape {
	if s == nil || s.Whole {
		return s
	}
	if next := s.of(name); next != nil {
		return next
	}
	return &Shape{}
}

// Encode writes the shape.
func (s *Shape) Encode(w *token.Writer) {
	w.Bool(s.Whole)
	if s.Whole {
		return
	}
	w.Int(len(s.fields))
	for _, name := range slices.Sorted(maps.Keys(s.fields)) {
		w.String(name)
		s.fields[name].Encode(w)
	}
}

// DecodeShape reads a shape.
func DecodeShape(r *token.Reader) *Shape {
	s := &Shape{Whole: r.Bool()}
	if s.Whole {
		return s
	}
	for range r.Count() {
		if s.fields == nil {
			s.fields = map[string]*Shape{}
		}
		s.fields[r.String()] = DecodeShape(r)
	}
	return s
}

// Keep writes what a shape has of a value as JSON, into memory of the right size. A nil Shape is everything.
func (s *Shape) Keep(v Value) string {
	b, _ := buffers.Get().(*[]byte)
	if b == nil {
		b = &[]byte{}
	}
	defer buffers.Put(b)
	*b = s.append((*b)[:0], v)
	return string(*b)
}

var buffers sync.Pool // of *[]byte

func (s *Shape) append(b []byte, v Value) []byte {
	if s == nil || s.Whole {
		return AppendJSON(b, v)
	}
	switch v := v.(type) {
	case *Array:
		each := s.fields[anyName]
		if each == nil {
			each = &Shape{}
		}
		b = append(b, '[')
		for i := range v.Len() {
			b = each.append(comma(b, i), v.At(i))
		}
		return append(b, ']')
	case *record:
		b = append(b, '{')
		for i, k := range s.keeps(v.layout) {
			b = append(appendString(comma(b, i), v.layout.names[k.field].(string)), ':')
			b = k.shape.append(b, v.field(k.field))
		}
		return append(b, '}')
	case mapping:
		b = append(b, '{')
		n := 0
		for i := range v.Len() {
			key, value := v.pair(i)
			name, _ := key.(string)
			if shape := s.of(name); shape != nil {
				b = append(appendString(comma(b, n), name), ':')
				b = shape.append(b, value)
				n++
			}
		}
		return append(b, '}')
	}
	return AppendJSON(b, v)
}

func (s *Shape) keeps(l *layout) []kept {
	if known, ok := s.known.Load(l); ok {
		return known.([]kept)
	}
	var fields []kept
	for i, name := range l.names {
		if shape := s.of(name.(string)); shape != nil {
			fields = append(fields, kept{i, shape})
		}
	}
	s.known.Store(l, fields)
	return fields
}
