package vm

import (
	"reflect"
	"slices"
)

// An Array is a list; one that stands for a Go slice makes its elements when they are asked for.
type Array struct {
	elems []Value
	from  *sliceView // where elems may be nil still
}

// A sliceView makes the elements of an array.
type sliceView struct {
	Array
	slice   reflect.Value
	layout  *layout // of structs
	records []record
}

func viewSlice(v reflect.Value) *Array {
	s := &sliceView{slice: v}
	s.elems, s.from = make([]Value, v.Len()), s
	return &s.Array
}

// view makes an element; structs are made at once, since who looks at one mostly looks at all.
func (s *sliceView) view(i int) Value {
	e := s.slice.Index(i)
	if e.Kind() != reflect.Struct {
		return view(e)
	}
	if s.records == nil {
		s.layout, s.records = layoutOf(e.Type()), make([]record, len(s.elems))
	}
	r := &s.records[i]
	r.layout, r.facts = s.layout, e
	return r
}

// NewArray makes an array of its elements.
func NewArray(elems ...Value) *Array { return &Array{elems: elems} }

// newArray makes an array with room for some elements: a path into facts has four or less, most of the time.
func newArray(room int) *Array {
	const few = 4
	if room > few {
		return &Array{elems: make([]Value, 0, room)}
	}
	a := &struct {
		Array
		room [few]Value
	}{}
	a.elems = a.room[:0:room]
	return &a.Array
}

// Len is the number of elements.
func (a *Array) Len() int { return len(a.elems) }

// At returns an element; the index must be in range.
func (a *Array) At(i int) Value {
	v := a.elems[i]
	if v == nil {
		v = a.from.view(i)
		a.elems[i] = v
	}
	return v
}

// small is the size up to which sets and objects are sorted slices; bigger ones find by hash.
const small = 12

// index finds the elements of a big set or object by their hash. It holds their positions plus one.
type index struct {
	first map[uint64]int32
	next  []int32
}

func (x *index) add(h uint64, i int) {
	x.next = append(x.next, x.first[h])
	x.first[h] = int32(i + 1)
}

func newIndex(keys []Value) *index {
	x := &index{first: make(map[uint64]int32, 2*len(keys))}
	for i, k := range keys {
		x.add(hash(k), i)
	}
	return x
}

// find returns the position of a key, or -1.
func (x *index) find(keys []Value, key Value) int {
	for i := x.first[hash(key)]; i > 0; i = x.next[i-1] {
		if equal(keys[i-1], key) {
			return int(i - 1)
		}
	}
	return -1
}

// A Set is a set.
type Set struct {
	elems []Value
	index *index  // nil while elems is sorted
	order []Value // the elements sorted, once asked for
}

// noElems is every set without elements while a rule may still add some: most rules find nothing.
var noElems = &Set{}

// NewSet makes a set of elements, which may repeat.
func NewSet(elems ...Value) *Set {
	s := &Set{}
	for _, e := range elems {
		s.add(e)
	}
	return s
}

// Len is the number of elements.
func (s *Set) Len() int { return len(s.elems) }

func (s *Set) has(v Value) bool {
	if s.index != nil {
		return s.index.find(s.elems, v) >= 0
	}
	_, ok := slices.BinarySearchFunc(s.elems, v, Compare)
	return ok
}

func (s *Set) add(v Value) {
	if s.index != nil {
		if s.index.find(s.elems, v) < 0 {
			s.index.add(hash(v), len(s.elems))
			s.elems, s.order = append(s.elems, v), nil
		}
		return
	}
	i, ok := slices.BinarySearchFunc(s.elems, v, Compare)
	if ok {
		return
	}
	s.elems = slices.Insert(s.elems, i, v)
	if len(s.elems) > small {
		s.index = newIndex(s.elems)
	}
}

// Elems returns the elements in their order. They must not be changed.
func (s *Set) Elems() []Value {
	if s.index == nil {
		return s.elems
	}
	if s.order == nil {
		s.order = slices.Clone(s.elems)
		slices.SortFunc(s.order, Compare)
	}
	return s.order
}

// An Object is an object that a rule makes, or that is read from JSON.
type Object struct {
	keys, values []Value
	index        *index  // nil while keys is sorted
	order        []int32 // the positions sorted by key, once asked for
}

// Len is the number of pairs.
func (o *Object) Len() int { return len(o.keys) }

func (o *Object) find(key Value) (int, bool) {
	if o.index != nil {
		i := o.index.find(o.keys, key)
		return i, i >= 0
	}
	return slices.BinarySearchFunc(o.keys, key, Compare)
}

// Get returns the value of a key, or nil.
func (o *Object) Get(key Value) Value {
	if i, ok := o.find(key); ok {
		return o.values[i]
	}
	return nil
}

// Put sets the value of a key. An object that a rule has got already must not change any more.
func (o *Object) Put(key, value Value) {
	if o.keys == nil { // most have few keys
		room := make([]Value, 8)
		o.keys, o.values = append(room[:0:4], key), append(room[4:4], value)
		return
	}
	i, ok := o.find(key)
	switch {
	case ok:
		o.values[i] = value
	case o.index != nil:
		o.index.add(hash(key), len(o.keys))
		o.keys, o.values, o.order = append(o.keys, key), append(o.values, value), nil
	default:
		o.keys, o.values = slices.Insert(o.keys, i, key), slices.Insert(o.values, i, value)
		if len(o.keys) > small {
			o.index = newIndex(o.keys)
		}
	}
}

func (o *Object) pair(i int) (key, value Value) {
	if o.index == nil {
		return o.keys[i], o.values[i]
	}
	if o.order == nil {
		order := make([]int32, len(o.keys))
		for i := range order {
			order[i] = int32(i)
		}
		slices.SortFunc(order, func(a, b int32) int { return Compare(o.keys[a], o.keys[b]) })
		o.order = order
	}
	i = int(o.order[i])
	return o.keys[i], o.values[i]
}

// Freeze does at once what values do when first asked, so that goroutines may share the value.
func Freeze(v Value) Value {
	switch v := v.(type) {
	case *lazy: // is shared as it is
	case *Array:
		for i := range v.Len() {
			Freeze(v.At(i))
		}
	case *Set:
		for _, e := range v.Elems() {
			Freeze(e)
		}
	case mapping:
		for i := range v.Len() {
			key, value := v.pair(i)
			Freeze(key)
			Freeze(value)
		}
	}
	return v
}
