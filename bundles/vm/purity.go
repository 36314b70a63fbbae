package vm

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// operands says which operands each instruction reads; args are read by calls.
var operands = [opcodes]string{
	opReturn: "a", opMove: "a", opOnce: "ac", opDot: "ab", opField: "a", opLen: "a", opScan: "a",
	opAppend: "ac", opInsert: "abc", opInsertOnce: "abc", opMerge: "ab", opAdd: "ac", opEqual: "ab", opNotEqual: "ab",
	opIsArray: "a", opIsObject: "a", opIsSet: "a", opDefined: "a", opUndefined: "a", opResult: "a",
}

// pure tells whether code reads neither input nor data nor the clock, so that its result is always the
// same. OPA plans functions before those that call them.
func (p *Program) pure(code []instr) bool {
	for _, in := range code {
		args := slices.Clone(p.arguments(&in))
		switch in.op {
		case opUnknown:
			return false
		case opCall:
			if int(in.a) >= len(p.funcs) || !p.funcs[in.a].pure {
				return false
			}
			continue
		case opBuiltin:
			b := ast.BuiltinMap[p.builtins[in.a].name]
			if b == nil || b.IsNondeterministic() {
				return false
			}
		}
		for _, which := range operands[in.op] {
			args = append(args, [...]int32{in.a, in.b, in.c}[which-'a'])
		}
		for _, local := range args {
			if local == 0 || local == 1 {
				return false
			}
		}
	}
	return true
}
