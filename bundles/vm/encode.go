package vm

import (
	"errors"
	"fmt"

	"sallyport/bundles/token"
)

// fields says which parts of an instruction are written: its operands, f for fail, and n for arguments.
var fields = [opcodes]string{
	opJump: "f", opReturn: "ab", opMove: "ac", opOnce: "ac", opReset: "c", opCall: "acfn", opBuiltin: "acfn",
	opDot: "abcf", opField: "abcf", opLen: "acf", opScan: "abf", opNext: "abcf", opArray: "ac", opObject: "c", opSet: "c",
	opAppend: "ac", opInsert: "abc", opInsertOnce: "abc", opMerge: "abc", opAdd: "ac", opEqual: "abf", opNotEqual: "abf",
	opIsArray: "af", opIsObject: "af", opIsSet: "af", opDefined: "af", opUndefined: "af", opResult: "a",
}

const (
	constString = iota
	constNumber
	constBool
	constNull
)

// Encode writes the program, so that Decode makes the same one.
func (p *Program) Encode(w *token.Writer) {
	w.Int(len(p.consts))
	for _, c := range p.consts {
		switch c := c.(type) {
		case string:
			w.Int(constString)
			w.String(c)
		case bool:
			w.Int(constBool)
			w.Bool(c)
		case Null:
			w.Int(constNull)
		default:
			w.Int(constNumber)
			w.String(string(toNumber(c)))
		}
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
		for _, part := range fields[in.op] {
			switch part {
			case 'a':
				w.Int(int(in.a))
			case 'b':
				w.Int(int(in.b))
			case 'c':
				w.Int(int(in.c))
			case 'f':
				w.Int(int(in.fail))
			case 'n':
				w.Int(int(in.n))
				for _, arg := range p.arguments(&in) {
					w.Int(int(arg))
				}
			}
		}
	}
	w.Line()
}

// Decode reads a program. One that names what is not there is an error: code runs without further checks.
func Decode(r *token.Reader) (*Program, error) {
	p := &Program{consts: make([]Value, r.Count())}
	for i := range p.consts {
		switch r.Int() {
		case constString:
			p.consts[i] = r.String()
		case constNumber:
			p.consts[i] = ParseNumber(r.String())
		case constBool:
			p.consts[i] = r.Bool()
		default:
			p.consts[i] = Null{}
		}
	}
	p.builtins = make([]builtin, r.Count())
	for i := range p.builtins {
		p.builtins[i].name = r.String()
	}
	p.funcs = make([]function, r.Count())
	for i := range p.funcs {
		p.decodeFunction(r, &p.funcs[i])
	}
	if r.Err != nil {
		return nil, r.Err
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
		in.op = opcode(r.Int())
		if in.op >= opcodes {
			r.Text = "" // every token after it is an error
			return
		}
		for _, part := range fields[in.op] {
			switch part {
			case 'a':
				in.a = int32(r.Int())
			case 'b':
				in.b = int32(r.Int())
			case 'c':
				in.c = int32(r.Int())
			case 'f':
				in.fail = int32(r.Int())
			case 'n':
				in.b, in.n = int32(len(p.args)), uint8(r.Count())
				for range in.n {
					p.args = append(p.args, int32(r.Int()))
				}
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
		for _, which := range operands[in.op] {
			ok = ok && readable([...]int32{in.a, in.b, in.c}[which-'a'])
		}
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
