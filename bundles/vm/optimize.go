package vm

// optimize drops the copies that OPA's plans are full of: a value that is made only to be copied is made where
// it was copied to, and a constant that is copied is read where it stands.
func (p *Program) optimize(f *function) {
	for before := -1; before != len(f.code); {
		before = len(f.code)
		p.pass(f)
	}
	f.thread()
	p.renumber(f)
}

// thread lets what leads to a jump lead where that leads.
func (f *function) thread() {
	for i := range f.code {
		in := &f.code[i]
		for n := 0; parts[in.op]&partFail != 0 && f.code[in.fail].op == opJump && n < len(f.code); n++ {
			in.fail = f.code[in.fail].fail
		}
	}
}

func (p *Program) pass(f *function) {
	u := p.uses(f)
	drop := make([]bool, len(f.code))
	entry := make([]bool, len(f.code)+1) // where jumps lead
	for i := range f.code {
		if parts[f.code[i].op]&partFail != 0 {
			entry[f.code[i].fail] = true
		}
	}
	p.literals(f, u, entry, drop)
	replaced := map[int32]int32{}
	for i := range f.code {
		in := &f.code[i]
		if in.op != opMove || u[in.c].writes != 1 || drop[i] {
			continue
		}
		switch {
		case p.fromLoop(f, u, entry, i):
			drop[i] = true
		case in.a < 0 && !u[in.c].tested:
			replaced[in.c], drop[i] = in.a, true
		case in.a > 1 && i > 0 && !entry[i] && !drop[i-1] && writes(&f.code[i-1]) && f.code[i-1].c == in.a &&
			u[in.a].writes == 1 && u[in.a].reads == 1:
			f.code[i-1].c, drop[i] = in.c, true
		}
	}
	for i := range f.code {
		if !drop[i] {
			p.reads(&f.code[i], func(operand *int32) {
				if c, ok := replaced[*operand]; ok {
					*operand = c
				}
			})
		}
	}
	f.compact(drop)
}

// fromLoop makes the key or the value of a loop where it is copied to, at once behind the instruction that makes it.
func (p *Program) fromLoop(f *function, u []use, entry []bool, i int) bool {
	from, to := f.code[i].a, f.code[i].c
	if from <= 1 || u[from].writes != 1 || u[from].reads != 1 {
		return false
	}
	next := i - 1
	for next > 0 && f.code[next].op == opMove && f.code[next].a != to && !entry[next+1] {
		next--
	}
	loop := &f.code[next]
	switch {
	case loop.op != opNext || entry[next+1] || entry[i]:
		return false
	case loop.a == from:
		loop.a = to
	case loop.c == from:
		loop.c = to
	default:
		return false
	}
	return true
}

// literals makes constants of the lists and sets of constants that rules write: they are made once, and not
// for every element that is looked for in them.
func (p *Program) literals(f *function, u []use, entry, drop []bool) {
	added := make([]int, f.locals) // how many instructions put something into a local
	for i := range f.code {
		if op := f.code[i].op; op == opAppend || op == opAdd {
			added[f.code[i].c]++
		}
	}
	for i := range f.code {
		make := &f.code[i]
		if make.op != opArray && make.op != opSet || u[make.c].writes != 1 || drop[i] {
			continue
		}
		var elems []Value
		end := i + 1
		for ; end < len(f.code); end++ {
			in := &f.code[end]
			if (in.op != opAppend && in.op != opAdd) || in.c != make.c || in.a >= 0 || entry[end] {
				break
			}
			elems = append(elems, p.consts[^in.a])
		}
		if len(elems) == 0 || len(elems) != added[make.c] {
			continue
		}
		var literal Value = &Array{elems: elems}
		if make.op == opSet {
			literal = NewSet(elems...)
		}
		p.consts = append(p.consts, Freeze(literal))
		*make = instr{op: opMove, a: int32(-len(p.consts)), c: make.c, fail: make.fail}
		for j := i + 1; j < end; j++ {
			drop[j] = true
		}
	}
}

// renumber leaves out locals that nothing uses any more: each call has to clear them all.
func (p *Program) renumber(f *function) {
	number := make([]int32, f.locals)
	next := int32(0)
	see := func(local *int32) {
		if *local >= 0 && number[*local] == 0 {
			next++
			number[*local] = next
		}
	}
	first, second := int32(0), int32(1)
	see(&first)
	see(&second)
	p.locals(f, see)
	p.locals(f, func(local *int32) {
		if *local >= 0 {
			*local = number[*local] - 1
		}
	})
	f.locals = int(next)
}

// locals calls f for each operand that may be a local of the function, read or written, once.
func (p *Program) locals(f *function, see func(local *int32)) {
	for i := range f.params {
		see(&f.params[i])
	}
	for i := range f.code {
		in := &f.code[i]
		p.reads(in, see)
		switch {
		case in.op == opNext:
			see(&in.a)
			see(&in.c)
		case (writes(in) || in.op == opReset) && operands[in.op]&partC == 0:
			see(&in.c)
		}
	}
}

type use struct {
	reads, writes int
	tested        bool // for being defined, which a constant always is
}

func (p *Program) uses(f *function) []use {
	u := make([]use, f.locals)
	u[0].writes, u[1].writes = 1, 1
	for _, param := range f.params {
		u[param].writes++
	}
	for i := range f.code {
		in := &f.code[i]
		p.reads(in, func(operand *int32) {
			if *operand >= 0 {
				u[*operand].reads++
				u[*operand].tested = u[*operand].tested || in.op == opDefined || in.op == opUndefined || in.op == opOnce
			}
		})
		if writes(in) || in.op == opOnce || in.op == opReset || in.op == opNext {
			u[in.c].writes++
		}
		if in.op == opNext {
			u[in.a].writes++
		}
	}
	return u
}

// writes tells whether an instruction does nothing but make a value for c.
func writes(in *instr) bool {
	switch in.op {
	case opMove, opCall, opBuiltin, opDot, opField, opLen, opArray, opObject, opSet, opMerge:
		return true
	}
	return false
}

// compact leaves out instructions. What jumped to one of them goes on behind it.
func (f *function) compact(drop []bool) {
	moved := make([]int32, len(f.code)+1)
	kept := f.code[:0:0]
	for i, in := range f.code {
		moved[i] = int32(len(kept))
		if !drop[i] {
			kept = append(kept, in)
		}
	}
	moved[len(f.code)] = int32(len(kept))
	for i := range kept {
		kept[i].fail = moved[kept[i].fail]
	}
	f.code = kept
}
