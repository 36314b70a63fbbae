// Package vm executes Rego that OPA has planned: the intermediate representation of the built-in rules, as
// compact code over values that read the collectors' structs where a rule touches them. Rego stays the truth:
// what the machine cannot do, it reports as an error, and the caller asks OPA's own evaluator.
package vm

import (
	"cmp"
	"math"

	"github.com/open-policy-agent/opa/v1/ast"
)

// A Value is a value of Rego: Null, bool, Int, Number, string, *Array, *Set or an object (*Object, or the
// view of a Go struct that View makes). nil is undefined.
type Value any

// Null is the null of JSON.
type Null struct{}

// Int is a number that an int64 holds and that is written without fraction and exponent.
type Int int64

// Number is every other number, as it is written.
type Number string

// mapping is what objects have in common: those that rules make, and views of structs.
type mapping interface {
	Len() int
	Get(key Value) Value
	// pair returns the i-th pair in the order of the keys.
	pair(i int) (key, value Value)
}

// The order of the types, which Compare keeps.
const (
	rankUndefined = iota
	rankNull
	rankBool
	rankNumber
	rankString
	rankArray
	rankObject
	rankSet
)

func rank(v Value) int {
	switch v.(type) {
	case nil:
		return rankUndefined
	case Null:
		return rankNull
	case bool:
		return rankBool
	case Int, Number:
		return rankNumber
	case string:
		return rankString
	case *Array:
		return rankArray
	case *Set:
		return rankSet
	}
	return rankObject
}

// Compare orders values as OPA does (https://www.openpolicyagent.org/docs/policy-reference#comparison): by
// type, then by value.
func Compare(a, b Value) int {
	ra, rb := rank(a), rank(b)
	if ra != rb {
		return cmp.Compare(ra, rb)
	}
	switch ra {
	case rankBool:
		x, y := a.(bool), b.(bool)
		switch {
		case x == y:
			return 0
		case x:
			return 1
		}
		return -1
	case rankNumber:
		return compareNumbers(a, b)
	case rankString:
		return cmp.Compare(a.(string), b.(string))
	case rankArray:
		return compareArrays(a.(*Array), b.(*Array))
	case rankObject:
		return compareObjects(a.(mapping), b.(mapping))
	case rankSet:
		return compareSets(a.(*Set), b.(*Set))
	}
	return 0
}

func compareNumbers(a, b Value) int {
	x, xInt := a.(Int)
	y, yInt := b.(Int)
	if xInt && yInt {
		return cmp.Compare(x, y)
	}
	return ast.NumberCompare(toNumber(a), toNumber(b))
}

func compareArrays(a, b *Array) int {
	for i := range min(a.Len(), b.Len()) {
		if c := Compare(a.At(i), b.At(i)); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.Len(), b.Len())
}

func compareObjects(a, b mapping) int {
	if a == b {
		return 0
	}
	for i := range min(a.Len(), b.Len()) {
		ak, av := a.pair(i)
		bk, bv := b.pair(i)
		if c := Compare(ak, bk); c != 0 {
			return c
		}
		if c := Compare(av, bv); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.Len(), b.Len())
}

func compareSets(a, b *Set) int {
	x, y := a.Elems(), b.Elems()
	for i := range min(len(x), len(y)) {
		if c := Compare(x[i], y[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

func equal(a, b Value) bool {
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return ok && x == y
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case Int:
		if y, ok := b.(Int); ok {
			return x == y
		}
	}
	return Compare(a, b) == 0
}

// hash is the same for equal values.
func hash(v Value) uint64 {
	const prime = 1099511628211
	h := uint64(rank(v)) + 14695981039346656037
	switch v := v.(type) {
	case bool:
		if v {
			h++
		}
	case Int:
		h ^= math.Float64bits(float64(v)) * prime
	case Number:
		f, _ := ast.Number(v).Float64()
		h ^= math.Float64bits(f+0) * prime // -0 is 0
	case string:
		for i := range len(v) {
			h = (h ^ uint64(v[i])) * prime
		}
	case *Array:
		for i := range v.Len() {
			h = h*prime ^ hash(v.At(i))
		}
	case *Set:
		for _, e := range v.Elems() {
			h = h*prime ^ hash(e)
		}
	case mapping:
		for i := range v.Len() {
			key, value := v.pair(i)
			h = (h*prime^hash(key))*prime ^ hash(value)
		}
	}
	return h
}
