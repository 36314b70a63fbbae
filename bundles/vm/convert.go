package vm

import (
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
)

func toNumber(v Value) ast.Number {
	if i, ok := v.(Int); ok {
		return ast.Number(strconv.FormatInt(int64(i), 10))
	}
	return ast.Number(v.(Number))
}

// ToTerm converts a value into one of OPA's.
func ToTerm(v Value) *ast.Term {
	switch v := v.(type) {
	case nil:
		return nil
	case bool:
		return ast.InternedTerm(v)
	case Int:
		return ast.InternedTerm(int(v))
	case Number:
		return ast.NewTerm(ast.Number(v))
	case string:
		return ast.StringTerm(v)
	case *Array:
		elems := make([]*ast.Term, v.Len())
		for i := range elems {
			elems[i] = ToTerm(v.At(i))
		}
		return ast.ArrayTerm(elems...)
	case *Set:
		elems := make([]*ast.Term, v.Len())
		for i, e := range v.Elems() {
			elems[i] = ToTerm(e)
		}
		return ast.SetTerm(elems...)
	case mapping:
		pairs := make([][2]*ast.Term, v.Len())
		for i := range pairs {
			key, value := v.pair(i)
			pairs[i] = [2]*ast.Term{ToTerm(key), ToTerm(value)}
		}
		return ast.ObjectTerm(pairs...)
	}
	return ast.InternedNullTerm
}

// FromTerm converts one of OPA's values.
func FromTerm(t *ast.Term) Value {
	switch v := t.Value.(type) {
	case ast.Boolean:
		return bool(v)
	case ast.Number:
		return ParseNumber(string(v))
	case ast.String:
		return string(v)
	case *ast.Array:
		a := &Array{elems: make([]Value, v.Len())}
		for i := range a.elems {
			a.elems[i] = FromTerm(v.Elem(i))
		}
		return a
	case ast.Set:
		s := &Set{}
		v.Foreach(func(e *ast.Term) { s.add(FromTerm(e)) })
		return s
	case ast.Object:
		o := &Object{}
		v.Foreach(func(key, value *ast.Term) { o.Put(FromTerm(key), FromTerm(value)) })
		return o
	}
	return Null{}
}

// FromJSON converts what encoding/json decodes into an any, and what YAML and TOML decode to.
func FromJSON(v any) Value { return Freeze(View(v)) }
