package vm

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/bundles/token"
)

// some makes a value: small ones, so that equal ones come up.
func some(r *rand.Rand, depth int) Value {
	kinds := 9
	if depth == 0 {
		kinds = 6
	}
	switch r.IntN(kinds) {
	case 0:
		return Null{}
	case 1:
		return r.IntN(2) == 0
	case 2:
		return Int(r.IntN(5) - 2)
	case 3:
		return Number([]string{"0.5", "1.0", "1e1", "10.0", "-0", "18446744073709551616", "1.50"}[r.IntN(7)])
	case 4, 5:
		return []string{"", "a", "b", "aa", "é"}[r.IntN(5)]
	case 6:
		a := &Array{}
		for range r.IntN(4) {
			a.elems = append(a.elems, some(r, depth-1))
		}
		return a
	case 7:
		s := &Set{}
		for range r.IntN(2 * small) {
			s.add(some(r, depth-1))
		}
		return s
	}
	o := &Object{}
	for range r.IntN(2 * small) {
		o.Put(some(r, depth-1), some(r, depth-1))
	}
	return o
}

func sign(n int) int { return min(max(n, -1), 1) }

// Values order, find and convert as OPA's do.
func TestValuesAreOPAs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		a, b := some(r, 3), some(r, 3)
		x, y := ToTerm(a), ToTerm(b)
		if got, want := sign(Compare(a, b)), sign(ast.Compare(x, y)); got != want {
			t.Fatalf("Compare(%v, %v) = %d, want %d", x, y, got, want)
		}
		if Compare(a, b) == 0 && hash(a) != hash(b) {
			t.Fatalf("%v and %v are equal, and their hashes are not", x, y)
		}
		if back := FromTerm(x); Compare(a, back) != 0 {
			t.Fatalf("%v comes back as %v", x, ToTerm(back))
		}
		var want *ast.Term
		if rank(a) >= rankArray {
			want = x.Get(y)
		}
		if got := ToTerm(lookup(a, b)); (got == nil) != (want == nil) || got != nil && !got.Equal(want) {
			t.Fatalf("%v at %v is %v, want %v", x, y, got, want)
		}
	}
}

// Of JSON, what is written is read, and what AppendJSON writes is what encoding/json writes.
func TestJSON(t *testing.T) {
	for _, text := range []string{
		`null`, `[]`, `{}`, `{"a":[1,2.5,1e3,-0,true,false,null],"b":{"c":"\u003cé\\\"\n"}}`, `"\u2028"`, ` [ 1 , { "a" : "b" } ] `,
	} {
		v, err := ParseJSON(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want any
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		if err := dec.Decode(&want); err != nil {
			t.Fatal(err)
		}
		whole, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(whole), string(AppendJSON(nil, v[0]))); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
	for _, text := range []string{``, `{`, `[1`, `[1,`, `{"a"`, `{"a":`, `{a:1}`, `"a`, `"\`, `nul`, `1 2`, `]`, strings.Repeat("[", 2*deepest)} {
		if v, err := ParseJSON(text); err == nil {
			t.Errorf("%.20s is %v", text, v)
		}
	}
}

// A damaged program does not decode, or does nothing worse than another: it never panics.
func TestDecodeIsSafe(t *testing.T) {
	p := &Program{consts: []Value{"a", Int(1)}, builtins: []builtin{{name: "count"}}}
	p.funcs = []function{{name: "f", params: []int32{0, 1}, locals: 4, iters: 1, memo: true, code: []instr{
		{op: opField, a: 0, b: -1, c: 2, fail: 4},
		{op: opScan, a: 2, b: 0, fail: 4},
		{op: opNext, a: 2, b: 0, c: 3, fail: 4},
		{op: opBuiltin, a: 0, c: 2, fail: 4},
		{op: opReturn, a: 2},
	}}}
	var w token.Writer
	p.Encode(&w)
	whole := string(w.Text)
	if _, err := Decode(token.NewReader(whole)); err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		for _, c := range "0 9-:" {
			q, err := Decode(token.NewReader(whole[:i] + string(c) + whole[i+1:]))
			if err == nil && len(q.funcs) > 0 {
				continue // a number became another that is there too
			}
		}
		if _, err := Decode(token.NewReader(whole[:i])); err == nil && i < len(whole)-1 {
			t.Errorf("the first %d bytes are a program", i)
		}
	}
}
