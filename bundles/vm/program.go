package vm

import (
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// A Program is what OPA planned for the rules of one kind. It is safe for concurrent use.
type Program struct {
	consts   []Value // operand -1 is the first
	builtins []builtin
	funcs    []function
	args     []int32 // of all calls
	byName   map[string]int

	// shared holds the results of functions that depend on nothing, made once for all documents.
	shared []atomic.Pointer[Value]
	// slots says, by layout and constant, which field of a struct the constant names, plus one.
	slots atomic.Pointer[[][]int16]
}

type builtin struct {
	name     string
	void     bool // has no result
	relation bool // has many results, which the plan scans
	native   native
	opa      topdown.BuiltinFunc
}

// A function is the code of a rule or of a function. Its locals 0 and 1 are input and data.
type function struct {
	name   string
	params []int32 // the locals of the arguments
	locals int
	iters  int
	// pure functions depend on nothing; of functions without arguments the result is kept.
	pure, memo bool
	code       []instr
}

type opcode uint8

// The instructions. Operands below zero are constants. Where one is undefined, the code goes on at fail.
const (
	opJump       opcode = iota // to fail
	opReturn                   // a
	opMove                     // c = a
	opOnce                     // c = a, an error where c is another value already
	opReset                    // c is undefined
	opCall                     // c = funcs[a](n arguments from b)
	opBuiltin                  // c = builtins[a](n arguments from b)
	opDot                      // c = a[b]
	opField                    // c = a[b], b a constant string
	opLen                      // c = the size of a
	opScan                     // begin to iterate over a, in iterator b
	opNext                     // the next key a and value c of iterator b
	opArray                    // c = an empty array with room for a elements
	opObject                   // c = {}
	opSet                      // c = set()
	opAppend                   // add a to the array c
	opInsert                   // c[a] = b
	opInsertOnce               // c[a] = b, an error where it is another value already
	opMerge                    // c = the objects a and b, joined
	opAdd                      // add a to the set c
	opEqual                    // a == b
	opNotEqual                 // a != b
	opIsArray                  // a is an array
	opIsObject                 // a is an object
	opIsSet                    // a is a set
	opDefined                  // a is defined
	opUndefined                // a is undefined
	opResult                   // a is one answer of a query
	opUnknown                  // an error: the function cannot be executed
	opcodes
)

type instr struct {
	op      opcode
	n       uint8 // the number of arguments, which begin at b in the program's
	a, b, c int32
	fail    int32
}

func (p *Program) arguments(in *instr) []int32 {
	if in.n == 0 {
		return nil
	}
	return p.args[in.b:][:in.n]
}

// maxArgs bounds the arguments of a builtin.
const maxArgs = 6

// Rule returns the number of a rule by its path, such as data.policies.dockerfile.root_user.deny.
func (p *Program) Rule(path string) (int, bool) {
	i, ok := p.byName[path]
	return i, ok
}

// Mentioned are the strings in the program, and so every name that it can look up without computing it.
func (p *Program) Mentioned() map[string]bool {
	names := make(map[string]bool, len(p.consts))
	for _, c := range p.consts {
		if s, ok := c.(string); ok {
			names[s] = true
		}
	}
	return names
}

func (p *Program) link() {
	p.byName = make(map[string]int, len(p.funcs))
	for i, f := range p.funcs {
		p.byName[f.name] = i
	}
	p.shared = make([]atomic.Pointer[Value], len(p.funcs))
	for i := range p.builtins {
		b := &p.builtins[i]
		b.native, b.opa = natives[b.name], topdown.GetBuiltin(b.name)
		if declared := ast.BuiltinMap[b.name]; declared != nil {
			b.void, b.relation = declared.Decl.Result() == nil, declared.Relation
		}
	}
}

// slot returns which field of a struct a constant names, plus one; 0 is none.
func (p *Program) slot(l *layout, constant int32) int16 {
	if all := p.slots.Load(); all != nil && l.id < len(*all) && (*all)[l.id] != nil {
		return (*all)[l.id][^constant]
	}
	return p.addLayout(l)[^constant]
}

// addLayout is called once for each type of struct, or a few times where goroutines meet it together.
func (p *Program) addLayout(l *layout) []int16 {
	slots := make([]int16, len(p.consts))
	for i, c := range p.consts {
		if name, ok := c.(string); ok {
			if field, ok := l.byName[name]; ok {
				slots[i] = int16(field + 1)
			}
		}
	}
	for {
		old := p.slots.Load()
		var all [][]int16
		if old != nil {
			all = append(all, *old...)
		}
		for len(all) <= l.id {
			all = append(all, nil)
		}
		all[l.id] = slots
		if p.slots.CompareAndSwap(old, &all) {
			return slots
		}
	}
}
