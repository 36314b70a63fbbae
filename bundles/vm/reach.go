package vm

import "maps"

// Reach finds what of the input the rules can read at all: every field that the code looks up, from the input
// on, through variables, collections and calls. What two values are compared by, or what a builtin or an
// answer gets, is read whole. It errs on the side of reading more.
func (p *Program) Reach(rules []int) *Shape {
	r := &reach{program: p, root: &Shape{}, values: map[place]*holds{}, results: make([]holds, len(p.funcs))}
	for f := range p.funcs {
		r.defs = append(r.defs, p.definitions(&p.funcs[f]))
	}
	for r.changed = true; r.changed; {
		r.changed = false
		for f := range p.funcs {
			r.function(f)
		}
	}
	for _, rule := range rules {
		r.whole(&r.results[rule])
	}
	return r.root
}

type reach struct {
	program *Program
	root    *Shape
	defs    [][][][]int32 // by function, instruction and local
	values  map[place]*holds
	results []holds
	changed bool
}

// A place is where a value comes from: an instruction of a function, or below zero one of its parameters.
type place struct {
	function int
	def      int32
}

// holds says which parts of the input a value may be, and which may be inside it where a rule made it.
type holds struct{ is, has map[*Shape]bool }

func (r *reach) value(f int, def int32) *holds {
	k := place{f, def}
	if r.values[k] == nil {
		r.values[k] = &holds{}
		if def == -1 {
			r.values[k].is = map[*Shape]bool{r.root: true}
		}
	}
	return r.values[k]
}

// before joins what a local may be before an instruction.
func (r *reach) before(f, pc int, local int32) *holds {
	h := &holds{}
	if local >= 0 && int(local) < r.program.funcs[f].locals { // or else the part is no local
		for _, def := range r.defs[f][pc][local] {
			v := r.value(f, def)
			h.is, h.has = joined(h.is, v.is), joined(h.has, v.has)
		}
	}
	return h
}

func joined(a, b map[*Shape]bool) map[*Shape]bool {
	all := maps.Clone(a)
	for s := range b {
		if all == nil {
			all = map[*Shape]bool{}
		}
		all[s] = true
	}
	return all
}

func (r *reach) join(to *map[*Shape]bool, from map[*Shape]bool) {
	for s := range from {
		if !(*to)[s] {
			if *to == nil {
				*to = map[*Shape]bool{}
			}
			(*to)[s], r.changed = true, true
		}
	}
}

func (r *reach) copy(to, from *holds) {
	r.join(&to.is, from.is)
	r.join(&to.has, from.has)
}

// put is for values that are put into a collection.
func (r *reach) put(to, value *holds) {
	r.join(&to.has, value.is)
	r.join(&to.has, value.has)
}

// child is for a look-up; any is the name that stands for all.
func (r *reach) child(to, from *holds, name string) {
	for s := range from.is {
		next, is := s.child(name)
		r.changed = r.changed || is
		r.join(&to.is, map[*Shape]bool{next: true})
	}
	r.join(&to.is, from.has)
	r.join(&to.has, from.has)
}

func (r *reach) whole(h *holds) {
	for _, set := range []map[*Shape]bool{h.is, h.has} {
		for s := range set {
			r.changed = r.changed || !s.Whole
			s.Whole = true
		}
	}
}

// function takes one step over the code of a function.
func (r *reach) function(f int) {
	code := r.program.funcs[f].code
	sources := map[int32]*holds{} // of iterators
	for pc := range code {
		in := &code[pc]
		if r.defs[f][pc] == nil {
			continue // is never executed
		}
		a, b, made := r.before(f, pc, in.a), r.before(f, pc, in.b), r.value(f, int32(pc))
		switch in.op {
		case opReturn:
			r.copy(&r.results[f], a)
		case opMove, opOnce:
			r.copy(made, a)
		case opField:
			r.child(made, a, r.program.consts[^in.b].(string))
		case opDot: // compares the key with elements and keys
			if len(b.is)+len(b.has) > 0 {
				r.whole(&holds{is: b.is, has: joined(b.has, a.has)})
			}
			r.child(made, a, anyName)
		case opScan:
			sources[in.b] = a
		case opNext: // of a set, the key is the element too
			source := sources[in.b]
			r.child(made, source, anyName)
			r.copy(r.value(f, int32(pc)+keys), &holds{is: source.has, has: source.has})
		case opMerge:
			r.copy(made, a)
			r.copy(made, b)
		case opEqual, opNotEqual:
			if in.a >= 0 && in.b >= 0 { // a constant is plain, and so is all that equals it
				r.whole(a)
				r.whole(b)
			}
		case opCall:
			r.call(f, pc, in)
		case opBuiltin:
			r.builtin(f, pc, in)
		default:
			r.fill(f, pc, in, a, b)
		}
	}
}

// fill is for what goes into the collection c.
func (r *reach) fill(f, pc int, in *instr, values ...*holds) {
	switch in.op {
	case opAppend:
		values = values[:1]
	case opAdd: // what is in a set is compared with the others, and so is the key of an object
		values = values[:1]
		r.whole(values[0])
	case opInsert, opInsertOnce:
		r.whole(values[0])
	default:
		return
	}
	for _, def := range r.defs[f][pc][in.c] {
		for _, v := range values {
			r.put(r.value(f, def), v)
		}
	}
}

func (r *reach) call(f, pc int, in *instr) {
	callee := &r.program.funcs[in.a]
	for i, arg := range r.program.arguments(in) {
		if i > 1 {
			r.copy(r.value(int(in.a), -1-callee.params[i]), r.before(f, pc, arg))
		}
	}
	r.copy(r.value(f, int32(pc)), &r.results[in.a])
}

// builtin reads its arguments whole, but for count, which asks how many elements there are. What it makes of
// them was read with them.
func (r *reach) builtin(f, pc int, in *instr) {
	made := r.value(f, int32(pc))
	for _, arg := range r.program.arguments(in) {
		h := r.before(f, pc, arg)
		if r.program.builtins[in.a].name == "count" {
			for s := range h.is {
				_, made := s.child(anyName)
				r.changed = r.changed || made
			}
			continue
		}
		r.whole(h)
		r.put(made, h)
		r.copy(made, h)
	}
}
