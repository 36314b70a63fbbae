package syntax

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"

	"sallyport/internal/fact"
)

// DecodeTOML reads a TOML text into the struct that into points to; its fields name their keys in toml
// tags, exactly as they are written. Fields may be structs, slices, maps by string, strings, booleans,
// int, int64, float64, any, and whatever unmarshals from text or has UnmarshalTOML(any) error. A struct
// with a field tagged ",short" may be written as the value of that field alone. DecodeTOML returns the
// keys that no field has, in the order of the text, and an error that joins every value of a wrong type
// with its place; what is right is in the struct all the same.
func DecodeTOML(name string, data []byte, into any) (tree Tree, unknown []fact.Path, err error) {
	tree, err = TOML(name, data)
	if err != nil {
		return Tree{}, nil, err
	}
	d := tomlDecoder{name: name, spans: tree.Spans}
	d.value(reflect.ValueOf(into).Elem(), tree.Value, fact.Path{})
	slices.SortFunc(d.unknown, func(a, b fact.Path) int {
		return cmp.Or(cmp.Compare(d.start(a).Line, d.start(b).Line), cmp.Compare(d.start(a).Column, d.start(b).Column))
	})
	slices.SortFunc(d.errs, func(a, b *fact.Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	errs := make([]error, len(d.errs))
	for i, e := range d.errs {
		errs[i] = e
	}
	return tree, d.unknown, errors.Join(errs...)
}

const short = ",short"

type tomlDecoder struct {
	name    string
	spans   fact.Locator
	unknown []fact.Path
	errs    []*fact.Error
	fields  map[reflect.Type]map[string]int
}

func (d *tomlDecoder) value(to reflect.Value, from any, at fact.Path) {
	switch to := to.Addr().Interface().(type) {
	case interface{ UnmarshalTOML(any) error }:
		if err := to.UnmarshalTOML(from); err != nil {
			d.fail(at, fmt.Sprintf("%s is %s", at, kindOf(from)), err.Error())
		}
		return
	case encoding.TextUnmarshaler:
		d.text(to, from, at)
		return
	}
	v := reflect.ValueOf(from)
	switch to.Kind() {
	case reflect.Interface:
		to.Set(v)
		return
	case reflect.Struct:
		if table, ok := from.(map[string]any); ok {
			d.table(to, table, at)
			return
		}
		if i, ok := d.fieldsOf(to.Type())[short]; ok {
			d.value(to.Field(i), from, at)
			return
		}
	case reflect.Map:
		if table, ok := from.(map[string]any); ok {
			d.entries(to, table, at)
			return
		}
	case reflect.Slice:
		if list, ok := from.([]any); ok {
			to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
			for i := range list {
				d.value(to.Index(i), list[i], join(at, i))
			}
			return
		}
	case reflect.String, reflect.Bool:
		if v.Kind() == to.Kind() {
			to.Set(v.Convert(to.Type()))
			return
		}
	case reflect.Int, reflect.Int64:
		if n, ok := from.(int64); ok && !to.OverflowInt(n) {
			to.SetInt(n)
			return
		}
	case reflect.Float64:
		if f, ok := number(from); ok {
			to.SetFloat(f)
			return
		}
	}
	d.fail(at, fmt.Sprintf("%s is %s", at, kindOf(from)), "write "+kindOf(to.Interface()))
}

// number accepts an integer for a float where the float holds it exactly.
func number(v any) (float64, bool) {
	if n, ok := v.(int64); ok {
		return float64(n), math.Abs(float64(n)) < 1<<53
	}
	f, ok := v.(float64)
	return f, ok
}

func (d *tomlDecoder) text(to encoding.TextUnmarshaler, from any, at fact.Path) {
	s, ok := from.(string)
	if !ok {
		d.fail(at, fmt.Sprintf("%s is %s", at, kindOf(from)), "write a string")
		return
	}
	if err := to.UnmarshalText([]byte(s)); err != nil {
		d.fail(at, fmt.Sprintf("%s: %v", at, err), "correct the value")
	}
}

func (d *tomlDecoder) table(to reflect.Value, table map[string]any, at fact.Path) {
	fields := d.fieldsOf(to.Type())
	for key, value := range table {
		if i, ok := fields[key]; ok && key != short {
			d.value(to.Field(i), value, join(at, key))
		} else {
			d.unknown = append(d.unknown, join(at, key))
		}
	}
}

// fieldsOf are the fields of a struct by their keys, found once for all tables of a list.
func (d *tomlDecoder) fieldsOf(t reflect.Type) map[string]int {
	if fields := d.fields[t]; fields != nil {
		return fields
	}
	fields := make(map[string]int)
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("toml"); tag != "" {
			fields[tag] = i
		}
	}
	if d.fields == nil {
		d.fields = make(map[reflect.Type]map[string]int)
	}
	d.fields[t] = fields
	return fields
}

func (d *tomlDecoder) entries(to reflect.Value, table map[string]any, at fact.Path) {
	to.Set(reflect.MakeMap(to.Type()))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		entry := reflect.New(to.Type().Elem()).Elem()
		d.value(entry, table[key], join(at, key))
		to.SetMapIndex(reflect.ValueOf(key).Convert(to.Type().Key()), entry)
	}
}

func (d *tomlDecoder) start(at fact.Path) fact.Span {
	span, _ := d.spans(at)
	return span
}

func (d *tomlDecoder) fail(at fact.Path, msg, hint string) {
	span := d.start(at)
	d.errs = append(d.errs, &fact.Error{File: d.name, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
}

func join(p fact.Path, steps ...any) fact.Path { return append(p[:len(p):len(p)], steps...) }

// kindOf names the type of a value as people say it.
func kindOf(v any) string {
	switch reflect.ValueOf(v).Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "an integer"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	}
	return "a table"
}
