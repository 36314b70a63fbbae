package vm

import (
	"errors"
)

// Errors of evaluation that are not those of a builtin. The caller asks OPA for the words.
var (
	errConflict = errors.New("conflicting values")
	errMerge    = errors.New("objects that do not merge")
	errUnknown  = errors.New("the machine cannot execute this")
)

// A frame is one call of a function.
type frame struct {
	run    *Run
	f      *function
	locals []Value
	iters  []iterator
}

// An iterator stands in an array, set or object.
type iterator struct {
	array  *Array
	set    []Value
	object mapping
	i, n   int
}

func (fr *frame) get(operand int32) Value {
	if operand >= 0 {
		return fr.locals[operand]
	}
	return fr.run.program.consts[^operand]
}

// from reads an operand of another frame.
func (fr *frame) from(locals []Value, operand int32) Value {
	if operand >= 0 {
		return locals[operand]
	}
	return fr.run.program.consts[^operand]
}

// run1 executes the code of the function. An instruction that is undefined goes on at its fail.
func (fr *frame) run1() (Value, error) {
	code, locals := fr.f.code, fr.locals
	for pc := 0; ; pc++ {
		in := &code[pc]
		ok := true
		var err error
		switch in.op {
		case opJump:
			ok = false
		case opReturn:
			if in.b != 0 {
				return nil, nil
			}
			return fr.get(in.a), nil
		case opMove:
			locals[in.c] = fr.get(in.a)
		case opReset:
			locals[in.c] = nil
		case opField:
			v := fr.field(in)
			locals[in.c], ok = v, v != nil
		case opDot:
			v := lookup(fr.get(in.a), fr.get(in.b))
			locals[in.c], ok = v, v != nil
		case opEqual:
			ok = equal(fr.get(in.a), fr.get(in.b))
		case opNotEqual:
			ok = !equal(fr.get(in.a), fr.get(in.b))
		case opScan:
			ok = fr.iters[in.b].begin(fr.get(in.a))
		case opNext:
			ok = fr.iters[in.b].next(&locals[in.a], &locals[in.c])
			err = fr.run.tick()
		case opCall:
			locals[in.c], err = fr.run.invoke(in.a, locals, fr.run.program.arguments(in))
			ok = locals[in.c] != nil
		case opBuiltin:
			ok, err = fr.builtin(in)
		case opDefined:
			ok = locals[in.a] != nil
		case opUndefined:
			ok = locals[in.a] == nil
		default:
			ok, err = fr.build(in)
		}
		if err != nil {
			return nil, err
		}
		if !ok {
			pc = int(in.fail) - 1
		}
	}
}

// build executes the instructions that make values, and the tests of types.
func (fr *frame) build(in *instr) (ok bool, err error) {
	locals := fr.locals
	switch in.op {
	case opOnce:
		v := fr.get(in.a)
		if old := locals[in.c]; old != nil && !equal(old, v) {
			return false, errConflict
		}
		locals[in.c] = v
	case opLen:
		n, ok := size(fr.get(in.a))
		locals[in.c] = n
		return ok, nil
	case opArray:
		locals[in.c] = newArray(int(in.a))
	case opObject:
		locals[in.c] = &Object{}
	case opSet:
		locals[in.c] = noElems
	case opAppend:
		a := locals[in.c].(*Array)
		a.elems = append(a.elems, fr.get(in.a))
	case opAdd:
		s := locals[in.c].(*Set)
		if s == noElems {
			s = &Set{}
			locals[in.c] = s
		}
		s.add(fr.get(in.a))
	case opInsert:
		locals[in.c].(*Object).Put(fr.get(in.a), fr.get(in.b))
	case opInsertOnce:
		o, key, v := locals[in.c].(*Object), fr.get(in.a), fr.get(in.b)
		if old := o.Get(key); old != nil && !equal(old, v) {
			return false, errConflict
		}
		o.Put(key, v)
	case opMerge:
		merged, err := merge(fr.get(in.a), fr.get(in.b))
		locals[in.c] = merged
		return true, err
	case opIsArray:
		return rank(fr.get(in.a)) == rankArray, nil
	case opIsObject:
		return rank(fr.get(in.a)) == rankObject, nil
	case opIsSet:
		return rank(fr.get(in.a)) == rankSet, nil
	case opUnknown:
		return false, errUnknown
	case opResult:
		fr.run.results = append(fr.run.results, fr.get(in.a))
	}
	return true, nil
}

// field looks up a constant name: in a struct by its place, without comparing strings.
func (fr *frame) field(in *instr) Value {
	source := fr.get(in.a)
	if r, ok := source.(*record); ok {
		if slot := fr.run.program.slot(r.layout, in.b); slot > 0 {
			return r.field(int(slot - 1))
		}
		return nil
	}
	return lookup(source, fr.run.program.consts[^in.b])
}

// lookup is the element of a value, or nil.
func lookup(source, key Value) Value {
	switch s := source.(type) {
	case *Array:
		if i, ok := position(key); ok && i >= 0 && i < int64(s.Len()) {
			return s.At(int(i))
		}
	case *Set:
		if s.has(key) {
			return key
		}
	case mapping:
		return s.Get(key)
	}
	return nil
}

func position(key Value) (int64, bool) {
	switch k := key.(type) {
	case Int:
		return int64(k), true
	case Number:
		return toNumber(k).Int64()
	}
	return 0, false
}

func size(v Value) (Value, bool) {
	switch v := v.(type) {
	case *Array:
		return Int(v.Len()), true
	case *Set:
		return Int(v.Len()), true
	case mapping:
		return Int(v.Len()), true
	}
	return nil, false
}

func (it *iterator) begin(v Value) bool {
	*it = iterator{}
	switch v := v.(type) {
	case *Array:
		it.array, it.n = v, v.Len()
	case *Set:
		it.set, it.n = v.Elems(), v.Len()
	case mapping:
		it.object, it.n = v, v.Len()
	}
	return it.n > 0
}

func (it *iterator) next(key, value *Value) bool {
	i := it.i
	if i >= it.n {
		return false
	}
	it.i++
	switch {
	case it.array != nil:
		*key, *value = Int(i), it.array.At(i)
	case it.set != nil:
		*key, *value = it.set[i], it.set[i]
	default:
		*key, *value = it.object.pair(i)
	}
	return true
}

// merge joins two objects, key by key; where both have a key, objects are joined in turn, and the first
// wins otherwise.
func merge(a, b Value) (Value, error) {
	x, ok := a.(mapping)
	y, also := b.(mapping)
	if !ok || !also {
		return nil, errMerge
	}
	merged := &Object{}
	for i := range y.Len() {
		merged.Put(y.pair(i))
	}
	for i := range x.Len() {
		key, v := x.pair(i)
		if other := y.Get(key); other != nil {
			if joined, err := merge(v, other); err == nil {
				v = joined
			}
		}
		merged.Put(key, v)
	}
	return merged, nil
}
