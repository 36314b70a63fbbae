package bundles

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// toValue makes of facts the value that encoding them as JSON and parsing that would give, in one pass.
// The tests hold the two against each other.
func toValue(v reflect.Value) *ast.Term {
	switch v.Kind() {
	case reflect.String:
		if v.Len() == 0 {
			return ast.InternedEmptyString
		}
		return ast.StringTerm(v.String())
	case reflect.Bool:
		return ast.InternedTerm(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return ast.InternedTerm(int(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return ast.NewTerm(ast.Number(strconv.FormatUint(v.Uint(), 10)))
	case reflect.Float32, reflect.Float64:
		b, _ := json.Marshal(v.Float()) // never fails: facts hold no NaN
		return ast.NewTerm(ast.Number(b))
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			return ast.InternedEmptyArray
		}
		elems := make([]*ast.Term, v.Len())
		for i := range elems {
			elems[i] = toValue(v.Index(i))
		}
		return ast.ArrayTerm(elems...)
	case reflect.Map:
		return fromMap(v)
	case reflect.Struct:
		return fromStruct(v)
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return toValue(v.Elem())
		}
	}
	return ast.InternedNullTerm
}

func fromMap(v reflect.Value) *ast.Term {
	if v.Len() == 0 {
		return ast.InternedEmptyObject
	}
	pairs := make([][2]*ast.Term, 0, v.Len())
	for it := v.MapRange(); it.Next(); {
		pairs = append(pairs, [2]*ast.Term{ast.StringTerm(it.Key().String()), toValue(it.Value())})
	}
	return ast.ObjectTerm(pairs...)
}

func fromStruct(v reflect.Value) *ast.Term {
	fields := fieldsOf(v.Type())
	pairs := make([][2]*ast.Term, len(fields))
	for i, f := range fields {
		pairs[i] = [2]*ast.Term{f.key, toValue(v.Field(f.index))}
	}
	return ast.ObjectTerm(pairs...)
}

type field struct {
	index int
	name  string
	key   *ast.Term
}

var fieldCache sync.Map // reflect.Type → []field

// fieldsOf are the encoded fields of a struct, their keys made once for all documents.
func fieldsOf(t reflect.Type) []field {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.([]field)
	}
	var fields []field
	for i := range t.NumField() {
		if name := jsonName(t.Field(i)); name != "" {
			fields = append(fields, field{index: i, name: name, key: ast.StringTerm(name)})
		}
	}
	fieldCache.Store(t, fields)
	return fields
}

// jsonName is the key that encoding/json gives a field; "" for a field that it leaves out.
func jsonName(f reflect.StructField) string {
	tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case !f.IsExported() || tag == "-":
		return ""
	case tag == "":
		return f.Name
	}
	return tag
}
