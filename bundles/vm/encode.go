package vm

import (
	"errors"
	"fmt"

	"sallyport/bundles/token"
)

// Parts of an instruction that are written.
const (
	partA = 1 << iota
	partB
	partC
	partFail
	partArgs
)

// parts says which parts each instruction has.
var parts = [opcodes]uint8{
	opJump: partFail, opReturn: partA | partB, opMove: partA | partC, opOnce: partA | partC, opReset: partC,
	opCall: partA | partC | partFail | partArgs, opBuiltin: partA | partC | partFail | partArgs,
	opDot: partA | partB | partC | partFail, opField: partA | partB | partC | partFail, opLen: partA | partC | partFail,
	opScan: partA | partB | partFail, opNext: partA | partB | partC | partFail,
	opArray: partA | partC, opObject: partC, opSet: partC, opAppend: partA | partC, opInsert: partA | partB | partC,
	opInsertOnce: partA | partB | partC, opMerge: partA | partB | partC, opAdd: partA | partC,
	opEqual: partA | partB | partFail, opNotEqual: partA | partB | partFail,
	opIsArray: partA | partFail, opIsObject: partA | partFail, opIsSet: partA | partFail,
	opDefined: partA | partFail, opUndefined: partA | partFail, opResult: partA,
}

const (
	constString = iota
	constNumber
	constBool
	constNull
	constArray
	constSet
)

// Encode writes the program, so that Decode makes the same one.
func (p *Program) Encode(w *token.Writer) {
	w.Int(len(p.consts))
	for _, c := range p.consts {
		encodeConst(w, c)
	}
	w.Line()
	w.Int(len(p.builtins))
	for _, b := range p.builtins {
		w.String(b.name)
	}
	w.Int(len(p.funcs))
	w.Line()
	for _, f := range p.funcs {
		p.encodeFunction(w, f)
	}
}

func encodeConst(w *token.Writer, c Value) {
	switch c := c.(type) {
	case string:
		w.Int(constString)
		w.String(c)
	case bool:
		w.Int(constBool)
		w.Bool(c)
	case Null:
		w.Int(constNull)
	case Int, Number:
		w.Int(constNumber)
		w.String(string(toNumber(c)))
	default:
		elems, _ := Elems(c)
		kind := constArray
		if rank(c) == rankSet {
			kind = constSet
		}
		w.Int(kind)
		w.Int(len(elems))
		for _, e := range elems {
			encodeConst(w, e)
		}
	}
}

// maxLiteral bounds how deep constants nest.
const maxLiteral = 100

func decodeConst(r *token.Reader, depth int) Value {
	switch kind := r.Int(); kind {
	case constString:
		return r.String()
	case constNumber:
		return ParseNumber(r.String())
	case constBool:
		return r.Bool()
	case constArray, constSet:
		elems := make([]Value, r.Count())
		if depth > maxLiteral {
			r.Fail()
		}
		for i := range elems {
			elems[i] = decodeConst(r, depth+1)
		}
		if kind == constSet {
			return Freeze(NewSet(elems...))
		}
		return &Array{elems: elems}
	}
	return Null{}
}

func (p *Program) encodeFunction(w *token.Writer, f function) {
	w.String(f.name)
	w.Int(f.locals)
	w.Int(f.iters)
	w.Bool(f.memo)
	w.Bool(f.pure)
	w.Int(len(f.params))
	for _, l := range f.params {
		w.Int(int(l))
	}
	w.Int(len(f.code))
	for _, in := range f.code {
		w.Int(int(in.op))
		has := parts[in.op]
		for _, p := range []struct {
			part  uint8
			value int32
		}{{partA, in.a}, {partB, in.b}, {partC, in.c}, {partFail, in.fail}, {partArgs, int32(in.n)}} {
			if has&p.part != 0 {
				w.Int(int(p.value))
			}
		}
		for _, arg := range p.arguments(&in) {
			w.Int(int(arg))
		}
	}
	w.Line()
}

// Decode reads a program. One that names what is not there is an error: code runs without further checks.
func Decode(r *token.Reader) (*Program, error) {
	p := &Program{consts: make([]Value, r.Count())}
	for i := range p.consts {
		p.consts[i] = decodeConst(r, 0)
	}
	p.builtins = make([]builtin, r.Count())
	for i := range p.builtins {
		p.builtins[i].name = r.String()
	}
	p.funcs = make([]function, r.Count())
	for i := range p.funcs {
		p.decodeFunction(r, &p.funcs[i])
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	for i := range p.funcs {
		if err := p.verify(&p.funcs[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", p.funcs[i].name, err)
		}
	}
	p.link()
	return p, nil
}

func (p *Program) decodeFunction(r *token.Reader, f *function) {
	f.name, f.locals, f.iters, f.memo, f.pure = r.String(), r.Int(), r.Int(), r.Bool(), r.Bool()
	f.params = make([]int32, r.Count())
	for i := range f.params {
		f.params[i] = int32(r.Int())
	}
	f.code = make([]instr, r.Count())
	for i := range f.code {
		in := &f.code[i]
		op := r.Int()
		if op < 0 || op >= int(opcodes) {
			r.Fail()
			return
		}
		in.op = opcode(op)
		has := parts[in.op]
		if has&partA != 0 {
			in.a = int32(r.Int())
		}
		if has&partB != 0 {
			in.b = int32(r.Int())
		}
		if has&partC != 0 {
			in.c = int32(r.Int())
		}
		if has&partFail != 0 {
			in.fail = int32(r.Int())
		}
		if has&partArgs != 0 {
			in.b, in.n = int32(len(p.args)), uint8(r.Count())
			for range in.n {
				p.args = append(p.args, int32(r.Int()))
			}
		}
	}
}

var errCode = errors.New("the code is damaged")

// verify holds every operand, jump and call of a function against what there is.
func (p *Program) verify(f *function) error {
	readable := func(x int32) bool { return int(x) < f.locals && -int(x) <= len(p.consts) }
	writable := func(x int32) bool { return x >= 0 && int(x) < f.locals }
	n := len(f.code)
	ok := f.locals >= 2 && n > 0 && (f.code[n-1].op == opReturn)
	for _, param := range f.params {
		ok = ok && writable(param)
	}
	for i := range f.code {
		in := &f.code[i]
		which := operands[in.op]
		ok = ok && (which&partA == 0 || readable(in.a)) && (which&partB == 0 || readable(in.b)) && (which&partC == 0 || readable(in.c))
		for _, arg := range p.arguments(in) {
			ok = ok && readable(arg)
		}
		ok = ok && in.fail >= 0 && int(in.fail) < n && (in.op == opScan || in.op == opReturn || writable(in.c))
		switch in.op {
		case opCall:
			ok = ok && in.a >= 0 && int(in.a) < len(p.funcs) && int(in.n) <= len(p.funcs[in.a].params)
		case opBuiltin:
			ok = ok && in.a >= 0 && int(in.a) < len(p.builtins) && in.n <= maxArgs
		case opScan, opNext:
			ok = ok && in.b >= 0 && int(in.b) < f.iters && writable(max(in.a, 0))
		case opField:
			ok = ok && in.b < 0 && -int(in.b) <= len(p.consts)
		case opArray:
			ok = ok && in.a >= 0
		}
	}
	if !ok {
		return errCode
	}
	return nil
}
