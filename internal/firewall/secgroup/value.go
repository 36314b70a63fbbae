package secgroup

import (
	"fmt"
	"maps"
	"slices"

	"sallyport/internal/fact"
)

// A value is a part of the file that knows its place.
type value struct {
	d    *document
	path fact.Path
	v    any
}

func (d *document) root() value { return value{d, nil, d.tree.Value} }

func (v value) at() fact.Span {
	for n := len(v.path); n >= 0; n-- {
		if span, ok := v.d.tree.Spans(v.path[:n]); ok {
			return span
		}
	}
	return fact.Span{}
}

func (v value) errorf(format string, args ...any) {
	if len(v.d.errs) > 20 {
		return
	}
	at := v.at()
	v.d.errs = append(v.d.errs, &fact.Error{File: v.d.name, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf(format, args...)})
}

func (v value) step(s any, x any) value { return value{v.d, append(slices.Clone(v.path), s), x} }

func (v value) has(key string) bool {
	m, _ := v.v.(map[string]any)
	_, ok := m[key]
	return ok
}

// get is a field of an object; the value of one that is absent is nil.
func (v value) get(key string) value {
	m, _ := v.v.(map[string]any)
	return v.step(key, m[key])
}

// null tells whether there is nothing.
func (v value) null() bool { return v.v == nil }

// list is the elements; nothing is an empty list.
func (v value) list() []value {
	items, ok := v.v.([]any)
	if !ok && v.v != nil {
		v.errorf("%s is no list", v.path)
	}
	all := make([]value, len(items))
	for i, x := range items {
		all[i] = v.step(i, x)
	}
	return all
}

// fields are the fields of an object by name, in order; nothing is an empty object.
func (v value) fields() []string {
	m, ok := v.v.(map[string]any)
	if !ok && v.v != nil {
		v.errorf("%s is no object", v.path)
	}
	return slices.Sorted(maps.Keys(m))
}

// str is a text; nothing is "".
func (v value) str() string {
	s, ok := v.v.(string)
	if !ok && v.v != nil {
		v.errorf("%s is no text", v.path)
	}
	return s
}

func (v value) number() (n int64, given bool) {
	switch x := v.v.(type) {
	case nil:
		return 0, false
	case int64:
		return x, true
	case float64:
		if x == float64(int64(x)) {
			return int64(x), true
		}
	}
	v.errorf("%s is no whole number", v.path)
	return 0, false
}

// only refuses fields that the shape does not have: what they would mean is not known.
func (v value) only(names ...string) {
	for _, f := range v.fields() {
		if !slices.Contains(names, f) {
			v.get(f).errorf("%s has the field %q, which is not known here", v.path[:max(len(v.path), 0)], f)
		}
	}
}
