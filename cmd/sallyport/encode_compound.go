package main

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// maxLaid is the depth up to which what stands before a field is made once for all.
const maxLaid = 8

func newStructLayout(t reflect.Type) layout {
	names, layouts := make([]string, t.NumField()), make([]layout, t.NumField())
	for i := range names {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" || name == "-" || options != "" {
			return foreign
		}
		names[i], layouts[i] = name, layoutOf(f.Type)
	}
	if len(names) == 0 {
		return func(out []byte, _ reflect.Value, _ int) ([]byte, error) { return append(out, "{}"...), nil }
	}
	start := func(out []byte, i, depth int) []byte {
		out = appendLine(append(out, "{,"[min(i, 1)]), depth+1)
		return append(appendText(out, names[i]), ": "...)
	}
	var laid [maxLaid][][]byte
	for depth := range laid {
		for i := range names {
			laid[depth] = append(laid[depth], start(nil, i, depth))
		}
	}
	return func(out []byte, v reflect.Value, depth int) (_ []byte, err error) {
		for i, layout := range layouts {
			if depth < maxLaid {
				out = append(out, laid[depth][i]...)
			} else {
				out = start(out, i, depth)
			}
			if out, err = layout(out, v.Field(i), depth+1); err != nil {
				return out, err
			}
		}
		return append(appendLine(out, depth), '}'), nil
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
