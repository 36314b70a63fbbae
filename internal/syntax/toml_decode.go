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

// ReadTOML reads a TOML text of at most so many values into the struct that into points to. Its fields
// name their keys in toml tags, exactly as they are written; keys that no field has are left out. Fields
// may be structs, slices, maps by string, strings, booleans, int, int64, float64, any, and whatever
// unmarshals from text or has UnmarshalTOML(any) error. A struct with a field tagged ",short" may be
// written as the value of that field alone. The error joins the values of a wrong type, each with its
// place; what is right is in the struct all the same. Where the text itself is wrong, Tree is zero.
func ReadTOML(name string, data []byte, most int, into any) (Tree, error) {
	tree, err := readTOML(name, data, most)
	if err != nil {
		return Tree{}, err
	}
	d := tomlDecoder{name: name, spans: tree.Spans}
	d.value(reflect.ValueOf(into).Elem(), tree.Value, fact.Path{})
	return tree, d.err()
}

// DecodeTOML reads as ReadTOML does, and returns the keys that no field has, in the order of the text.
func DecodeTOML(name string, data []byte, into any) (tree Tree, unknown []fact.Path, err error) {
	tree, err = TOML(name, data)
	if err != nil {
		return Tree{}, nil, err
	}
	d := tomlDecoder{name: name, spans: tree.Spans, strict: true}
	d.value(reflect.ValueOf(into).Elem(), tree.Value, fact.Path{})
	at := make(map[string]fact.Span, len(d.unknown))
	for _, p := range d.unknown {
		at[p.String()], _ = tree.Spans(p)
	}
	slices.SortFunc(d.unknown, func(a, b fact.Path) int {
		x, y := at[a.String()], at[b.String()]
		return cmp.Or(cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
	})
	return tree, d.unknown, d.err()
}

const (
	short = ",short"
	// tomlMistakes bounds how many mistakes of one file are told.
	tomlMistakes = 20
)

type tomlDecoder struct {
	name    string
	spans   fact.Locator
	strict  bool // collect unknown keys
	unknown []fact.Path
	errs    []*fact.Error
	fields  map[reflect.Type][]tomlField
}

type tomlField struct {
	key   string
	index int
}

func (d *tomlDecoder) err() error {
	slices.SortFunc(d.errs, func(a, b *fact.Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	errs := make([]error, len(d.errs))
	for i, e := range d.errs {
		errs[i] = e
	}
	if len(errs) == tomlMistakes {
		errs = append(errs, &fact.Error{File: d.name, Msg: "further mistakes are not told", Hint: "correct these first"})
	}
	return errors.Join(errs...)
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
		if fields := d.fieldsOf(to.Type()); len(fields) > 0 && fields[0].key == short {
			d.value(to.Field(fields[0].index), from, at)
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
	for _, f := range fields {
		if value, ok := table[f.key]; ok && f.key != short {
			d.value(to.Field(f.index), value, join(at, f.key))
		}
	}
	if !d.strict {
		return
	}
	for key := range table {
		if key == short || !slices.ContainsFunc(fields, func(f tomlField) bool { return f.key == key }) {
			d.unknown = append(d.unknown, join(at, key))
		}
	}
}

// fieldsOf are the fields of a struct, found once for all tables of a list; the short form comes first.
func (d *tomlDecoder) fieldsOf(t reflect.Type) []tomlField {
	if fields := d.fields[t]; fields != nil {
		return fields
	}
	fields := []tomlField{}
	for i := range t.NumField() {
		switch tag := t.Field(i).Tag.Get("toml"); tag {
		case "":
		case short:
			fields = slices.Insert(fields, 0, tomlField{tag, i})
		default:
			fields = append(fields, tomlField{tag, i})
		}
	}
	if d.fields == nil {
		d.fields = make(map[reflect.Type][]tomlField)
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

func (d *tomlDecoder) fail(at fact.Path, msg, hint string) {
	if len(d.errs) < tomlMistakes {
		span, _ := d.spans(at)
		d.errs = append(d.errs, &fact.Error{File: d.name, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
	}
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
