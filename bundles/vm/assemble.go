package vm

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/ir"
)

// Assemble makes a program of what OPA planned. The error joins what the machine cannot do; a function that
// needs it is in the program, and calling it is an error.
func Assemble(policy *ir.Policy) (*Program, error) {
	a := &assembler{policy: policy, program: &Program{}, consts: map[Value]int32{}, builtins: map[string]int32{}, funcs: map[string]int32{}}
	for i, f := range policy.Funcs.Funcs {
		a.funcs[f.Name] = int32(i)
	}
	var errs []error
	for _, f := range policy.Funcs.Funcs {
		if err := a.function(pathOf(f), f.Params, f.Return, f.Blocks); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", pathOf(f), err))
		}
		last := &a.program.funcs[len(a.program.funcs)-1]
		last.memo = len(f.Params) == 2
		last.pure = last.memo && a.program.pure(last.code)
	}
	for _, p := range policy.Plans.Plans {
		if err := a.function("plan "+p.Name, []ir.Local{ir.Input, ir.Data}, -1, p.Blocks); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.Name, err))
		}
	}
	a.program.link()
	return a.program, errors.Join(errs...)
}

func pathOf(f *ir.Func) string {
	_, name, _ := strings.Cut(f.Name, ".") // g0.data.policies...
	return name
}

type assembler struct {
	policy   *ir.Policy
	program  *Program
	consts   map[Value]int32
	builtins map[string]int32
	funcs    map[string]int32

	f      *function
	blocks []block
	err    error
}

// A block collects the jumps to its end, which is where undefined statements and breaks lead.
type block struct{ jumps []int }

func (a *assembler) function(name string, params []ir.Local, result ir.Local, blocks []*ir.Block) error {
	a.f = &function{name: name, locals: 2}
	for _, p := range params {
		a.f.params = append(a.f.params, a.local(p))
	}
	if result >= 0 {
		a.local(result)
	}
	a.sequence(blocks)
	// Without a return the function is undefined.
	a.emit(instr{op: opReturn, a: a.operand(ir.Operand{Value: ir.Bool(false)}), b: 1})
	err := a.err
	if a.err = nil; err != nil {
		a.f.code, a.blocks = []instr{{op: opUnknown}, {op: opReturn}}, nil
	}
	a.program.optimize(a.f)
	a.program.funcs = append(a.program.funcs, *a.f)
	return err
}

func (a *assembler) sequence(blocks []*ir.Block) {
	for _, b := range blocks {
		a.open()
		a.stmts(b)
		a.close()
	}
}

func (a *assembler) open() { a.blocks = append(a.blocks, block{}) }

// close makes the jumps out of the innermost block lead here.
func (a *assembler) close() {
	last := a.blocks[len(a.blocks)-1]
	a.blocks = a.blocks[:len(a.blocks)-1]
	for _, pc := range last.jumps {
		a.f.code[pc].fail = int32(len(a.f.code))
	}
}

// closeTo makes the jumps out of the innermost block lead to an earlier instruction.
func (a *assembler) closeTo(pc int) {
	last := a.blocks[len(a.blocks)-1]
	a.blocks = a.blocks[:len(a.blocks)-1]
	for _, jump := range last.jumps {
		a.f.code[jump].fail = int32(pc)
	}
}

// emit appends an instruction whose failure leaves the innermost block.
func (a *assembler) emit(in instr) { a.emitTo(0, in) }

// emitTo appends an instruction whose failure leaves the n-th enclosing block.
func (a *assembler) emitTo(n int, in instr) {
	if i := len(a.blocks) - 1 - n; i >= 0 {
		a.blocks[i].jumps = append(a.blocks[i].jumps, len(a.f.code))
	} else if len(a.blocks) > 0 {
		a.fail("break out of %d blocks", n)
	}
	a.f.code = append(a.f.code, in)
}

func (a *assembler) fail(format string, args ...any) {
	if a.err == nil {
		a.err = fmt.Errorf(format, args...)
	}
}

func (a *assembler) local(l ir.Local) int32 {
	a.f.locals = max(a.f.locals, int(l)+1)
	return int32(l)
}

func (a *assembler) operand(o ir.Operand) int32 {
	switch v := o.Value.(type) {
	case ir.Local:
		return a.local(v)
	case ir.StringIndex:
		return a.constant(a.policy.Static.Strings[v].Value)
	case ir.Bool:
		return a.constant(bool(v))
	}
	a.fail("operand %v", o.Value)
	return 0
}

func (a *assembler) constant(v Value) int32 {
	i, ok := a.consts[v]
	if !ok {
		a.program.consts = append(a.program.consts, v)
		i = int32(-len(a.program.consts))
		a.consts[v] = i
	}
	return i
}

func (a *assembler) builtin(name string) (int32, bool) {
	if i, ok := a.builtins[name]; ok {
		return i, true
	}
	for _, b := range a.policy.Static.BuiltinFuncs {
		if b.Name == name {
			if declared := ast.BuiltinMap[name]; declared == nil || declared.IsNondeterministic() && name != ast.NowNanos.Name {
				a.fail("builtin %s depends on more than its arguments", name)
			}
			i := int32(len(a.program.builtins))
			a.program.builtins = append(a.program.builtins, builtin{name: name})
			a.builtins[name] = i
			return i, true
		}
	}
	return 0, false
}

func (a *assembler) call(s *ir.CallStmt) {
	in := instr{op: opCall, b: int32(len(a.program.args)), n: uint8(len(s.Args)), c: a.local(s.Result)}
	for _, o := range s.Args {
		a.program.args = append(a.program.args, a.operand(o))
	}
	if len(s.Args) > maxArgs {
		if _, ok := a.funcs[s.Func]; !ok || len(s.Args) > 255 {
			a.fail("call of %s with %d arguments", s.Func, len(s.Args))
		}
	}
	var ok bool
	if in.a, ok = a.funcs[s.Func]; !ok {
		in.op = opBuiltin
		if in.a, ok = a.builtin(s.Func); !ok {
			a.fail("call of %s", s.Func)
		}
	}
	a.emit(in)
}
