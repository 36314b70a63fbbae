package vm

import (
	"github.com/open-policy-agent/opa/v1/ir"
)

// stmts appends the code of a block. Its undefined statements jump to the end of the block, which is the
// innermost open one.
func (a *assembler) stmts(b *ir.Block) {
	for _, s := range b.Stmts {
		switch s := s.(type) {
		case *ir.BlockStmt:
			a.sequence(s.Blocks)
		case *ir.BreakStmt:
			a.emitTo(int(s.Index), instr{op: opJump})
		case *ir.NotStmt:
			a.not(s)
		case *ir.ScanStmt:
			a.scan(s)
		case *ir.CallStmt:
			a.call(s)
		case *ir.ReturnLocalStmt:
			a.emit(instr{op: opReturn, a: a.local(s.Source)})
		case *ir.ResultSetAddStmt:
			a.emit(instr{op: opResult, a: a.local(s.Value)})
		case *ir.NopStmt:
		default:
			if !a.assign(s) && !a.build(s) && !a.test(s) {
				a.fail("statement %T is not known", s)
			}
		}
	}
}

// not goes on where its block is undefined, and is undefined where the block is not.
func (a *assembler) not(s *ir.NotStmt) {
	a.open()
	a.stmts(s.Block)
	a.emitTo(1, instr{op: opJump})
	a.close()
}

// scan repeats its block. Where a statement of the block is undefined, the next element is tried.
func (a *assembler) scan(s *ir.ScanStmt) {
	iter := int32(a.f.iters)
	a.f.iters++
	a.open()
	a.emit(instr{op: opScan, a: a.local(s.Source), b: iter})
	next := len(a.f.code)
	a.emit(instr{op: opNext, a: a.local(s.Key), b: iter, c: a.local(s.Value)})
	a.open()
	a.stmts(s.Block)
	a.emit(instr{op: opJump})
	a.closeTo(next)
	a.close()
}

func (a *assembler) assign(s ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.AssignVarStmt:
		a.emit(instr{op: opMove, a: a.operand(s.Source), c: a.local(s.Target)})
	case *ir.AssignVarOnceStmt:
		a.emit(instr{op: opOnce, a: a.operand(s.Source), c: a.local(s.Target)})
	case *ir.AssignIntStmt:
		a.emit(instr{op: opMove, a: a.constant(Int(s.Value)), c: a.local(s.Target)})
	case *ir.ResetLocalStmt:
		a.emit(instr{op: opReset, c: a.local(s.Target)})
	case *ir.MakeNullStmt:
		a.emit(instr{op: opMove, a: a.constant(Null{}), c: a.local(s.Target)})
	case *ir.MakeNumberIntStmt:
		a.emit(instr{op: opMove, a: a.constant(Int(s.Value)), c: a.local(s.Target)})
	case *ir.MakeNumberRefStmt:
		a.emit(instr{op: opMove, a: a.constant(ParseNumber(a.policy.Static.Strings[s.Index].Value)), c: a.local(s.Target)})
	case *ir.DotStmt:
		in := instr{op: opDot, a: a.operand(s.Source), b: a.operand(s.Key), c: a.local(s.Target)}
		if _, name := s.Key.Value.(ir.StringIndex); name {
			in.op = opField
		}
		a.emit(in)
	case *ir.LenStmt:
		a.emit(instr{op: opLen, a: a.operand(s.Source), c: a.local(s.Target)})
	default:
		return false
	}
	return true
}

func (a *assembler) build(s ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.MakeArrayStmt:
		a.emit(instr{op: opArray, a: s.Capacity, c: a.local(s.Target)})
	case *ir.MakeObjectStmt:
		a.emit(instr{op: opObject, c: a.local(s.Target)})
	case *ir.MakeSetStmt:
		a.emit(instr{op: opSet, c: a.local(s.Target)})
	case *ir.ArrayAppendStmt:
		a.emit(instr{op: opAppend, a: a.operand(s.Value), c: a.local(s.Array)})
	case *ir.ObjectInsertStmt:
		a.emit(instr{op: opInsert, a: a.operand(s.Key), b: a.operand(s.Value), c: a.local(s.Object)})
	case *ir.ObjectInsertOnceStmt:
		a.emit(instr{op: opInsertOnce, a: a.operand(s.Key), b: a.operand(s.Value), c: a.local(s.Object)})
	case *ir.ObjectMergeStmt:
		a.emit(instr{op: opMerge, a: a.local(s.A), b: a.local(s.B), c: a.local(s.Target)})
	case *ir.SetAddStmt:
		a.emit(instr{op: opAdd, a: a.operand(s.Value), c: a.local(s.Set)})
	default:
		return false
	}
	return true
}

func (a *assembler) test(s ir.Stmt) bool {
	switch s := s.(type) {
	case *ir.EqualStmt:
		a.emit(instr{op: opEqual, a: a.operand(s.A), b: a.operand(s.B)})
	case *ir.NotEqualStmt:
		a.emit(instr{op: opNotEqual, a: a.operand(s.A), b: a.operand(s.B)})
	case *ir.IsArrayStmt:
		a.emit(instr{op: opIsArray, a: a.operand(s.Source)})
	case *ir.IsObjectStmt:
		a.emit(instr{op: opIsObject, a: a.operand(s.Source)})
	case *ir.IsSetStmt:
		a.emit(instr{op: opIsSet, a: a.operand(s.Source)})
	case *ir.IsDefinedStmt:
		a.emit(instr{op: opDefined, a: a.local(s.Source)})
	case *ir.IsUndefinedStmt:
		a.emit(instr{op: opUndefined, a: a.local(s.Source)})
	default:
		return false
	}
	return true
}
