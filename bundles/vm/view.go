package vm

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// View is the value that encoding facts as JSON and parsing that would give. Structs, slices and maps are
// read where a rule touches them, and what was read is kept: the cost is that of the facts which rules
// read, whatever the size of the document. One goroutine at a time may use it.
func View(facts any) Value { return view(reflect.ValueOf(facts)) }

var jsonNumber = reflect.TypeFor[json.Number]()

func view(v reflect.Value) Value {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == jsonNumber {
			return ParseNumber(v.String())
		}
		return v.String()
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Int(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return ParseNumber(strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32, reflect.Float64:
		text, _ := json.Marshal(v.Float()) // never fails: facts hold no NaN
		return ParseNumber(string(text))
	case reflect.Slice, reflect.Array:
		return viewSlice(v)
	case reflect.Map:
		return &mapView{facts: v}
	case reflect.Struct:
		return &record{layout: layoutOf(v.Type()), facts: v}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return view(v.Elem())
		}
	}
	return Null{}
}

// ParseNumber is the number that a JSON text says.
func ParseNumber(text string) Value {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil && text[0] != '+' && text != "-0" {
		return Int(i)
	}
	return Number(text)
}

// A record is the view of a struct.
type record struct {
	layout *layout
	facts  reflect.Value
	fields []Value // by the order of the layout; nil is not read yet
}

// Len is the number of fields.
func (r *record) Len() int { return len(r.layout.names) }

// Get returns the value of a field, or nil.
func (r *record) Get(key Value) Value {
	if name, ok := key.(string); ok {
		if i, ok := r.layout.byName[name]; ok {
			return r.field(i)
		}
	}
	return nil
}

func (r *record) pair(i int) (key, value Value) { return r.layout.names[i], r.field(i) }

func (r *record) field(i int) Value {
	if r.fields == nil {
		r.fields = make([]Value, len(r.layout.names))
	}
	v := r.fields[i]
	if v == nil {
		v = view(r.facts.Field(r.layout.fields[i]))
		r.fields[i] = v
	}
	return v
}

// A layout is the encoded fields of a struct type, sorted by name.
type layout struct {
	id     int
	names  []Value
	fields []int
	byName map[string]int
}

var (
	layouts   sync.Map // reflect.Type → *layout
	layoutIDs atomic.Int64
)

func layoutOf(t reflect.Type) *layout {
	if known, ok := layouts.Load(t); ok {
		return known.(*layout)
	}
	l := &layout{id: int(layoutIDs.Add(1)), byName: map[string]int{}}
	index := map[string]int{}
	var names []string
	for i := range t.NumField() {
		if name := FieldName(t.Field(i)); name != "" {
			names, index[name] = append(names, name), i
		}
	}
	slices.Sort(names)
	for i, name := range names {
		l.names, l.fields = append(l.names, name), append(l.fields, index[name])
		l.byName[name] = i
	}
	known, _ := layouts.LoadOrStore(t, l)
	return known.(*layout)
}

// FieldName is the key that encoding/json gives a field; "" for a field that it leaves out.
func FieldName(f reflect.StructField) string {
	tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case !f.IsExported() || tag == "-":
		return ""
	case tag == "":
		return f.Name
	}
	return tag
}
