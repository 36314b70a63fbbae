package main

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

func newStructLayout(t reflect.Type) layout {
	type field struct {
		label  []byte
		layout layout
	}
	fields := make([]field, t.NumField())
	for i := range fields {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" || name == "-" || options != "" {
			return foreign
		}
		fields[i] = field{append(appendText(nil, name), ": "...), layoutOf(f.Type)}
	}
	return func(out []byte, v reflect.Value, depth int) (_ []byte, err error) {
		out = append(out, '{')
		for i := range fields {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendLine(out, depth+1), fields[i].label...)
			if out, err = fields[i].layout(out, v.Field(i), depth+1); err != nil {
				return out, err
			}
		}
		if len(fields) > 0 {
			out = appendLine(out, depth)
		}
		return append(out, '}'), nil
	}
}

func newListLayout(t reflect.Type) layout {
	element := layoutOf(t.Elem())
	return func(out []byte, v reflect.Value, depth int) (_ []byte, err error) {
		if t.Kind() == reflect.Slice && v.IsNil() {
			return append(out, "null"...), nil
		}
		out = append(out, '[')
		for i := range v.Len() {
			if i > 0 {
				out = append(out, ',')
			}
			if out, err = element(appendLine(out, depth+1), v.Index(i), depth+1); err != nil {
				return out, err
			}
		}
		if v.Len() > 0 {
			out = appendLine(out, depth)
		}
		return append(out, ']'), nil
	}
}

// newMapLayout sorts the keys. It copies all values at once: reflection would make each one anew.
func newMapLayout(t reflect.Type) layout {
	element, values := layoutOf(t.Elem()), reflect.SliceOf(t.Elem())
	return func(out []byte, v reflect.Value, depth int) (_ []byte, err error) {
		n := v.Len()
		switch {
		case v.IsNil():
			return append(out, "null"...), nil
		case n == 0:
			return append(out, "{}"...), nil
		}
		key, all, keys := reflect.New(t.Key()).Elem(), reflect.MakeSlice(values, n, n), make([]numbered, 0, n)
		for each := v.MapRange(); each.Next(); {
			key.SetIterKey(each)
			all.Index(len(keys)).SetIterValue(each)
			keys = append(keys, numbered{key.String(), len(keys)})
		}
		slices.SortFunc(keys, func(a, b numbered) int { return strings.Compare(a.text, b.text) })
		out = append(out, '{')
		for i, k := range keys {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendText(appendLine(out, depth+1), k.text), ": "...)
			if out, err = element(out, all.Index(k.number), depth+1); err != nil {
				return out, err
			}
		}
		return append(appendLine(out, depth), '}'), nil
	}
}

type numbered struct {
	text   string
	number int
}

// newCountsLayout is for map[string]int. Maps of facts often have the keys of the one before: they are in order then.
func newCountsLayout() layout {
	var before atomic.Pointer[[]string]
	before.Store(&[]string{})
	return func(out []byte, v reflect.Value, depth int) ([]byte, error) {
		counts := v.Interface().(map[string]int)
		if counts == nil {
			return append(out, "null"...), nil
		}
		keys, from := *before.Load(), len(out)
		if len(keys) != len(counts) {
			keys = slices.Sorted(maps.Keys(counts))
			before.Store(&keys)
		}
		out = append(out, '{')
		for i, key := range keys {
			n, ok := counts[key]
			if !ok {
				before.Store(&[]string{})
				return newMapLayout(v.Type())(out[:from], v, depth)
			}
			if i > 0 {
				out = append(out, ',')
			}
			out = strconv.AppendInt(append(appendText(appendLine(out, depth+1), key), ": "...), int64(n), 10)
		}
		if len(keys) > 0 {
			out = appendLine(out, depth)
		}
		return append(out, '}'), nil
	}
}
