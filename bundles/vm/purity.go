package vm

import "github.com/open-policy-agent/opa/v1/ast"

// operands says which parts of each instruction are read as operands, beside its arguments.
var operands = [opcodes]uint8{
	opReturn: partA, opMove: partA, opOnce: partA | partC, opDot: partA | partB, opField: partA, opLen: partA, opScan: partA,
	opAppend: partA | partC, opInsert: partA | partB | partC, opInsertOnce: partA | partB | partC, opMerge: partA | partB,
	opAdd: partA | partC, opEqual: partA | partB, opNotEqual: partA | partB, opIsArray: partA, opIsObject: partA,
	opIsSet: partA, opDefined: partA, opUndefined: partA, opResult: partA,
}

// reads calls f for each operand that an instruction reads.
func (p *Program) reads(in *instr, f func(operand *int32)) {
	which := operands[in.op]
	if which&partA != 0 {
		f(&in.a)
	}
	if which&partB != 0 {
		f(&in.b)
	}
	if which&partC != 0 {
		f(&in.c)
	}
	args := p.arguments(in)
	for i := range args {
		f(&args[i])
	}
}

// pure tells whether code reads neither input nor data nor the clock, so that its result is always the
// same. OPA plans functions before those that call them.
func (p *Program) pure(code []instr) bool {
	pure := true
	for i := range code {
		in := &code[i]
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
		p.reads(in, func(operand *int32) { pure = pure && *operand != 0 && *operand != 1 })
	}
	return pure
}
