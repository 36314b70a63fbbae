package vm

import "math"

// onInts is for integers whose result is one; f says whether it is.
func onInts(f func(x, y Int) (Int, bool)) native {
	return func(_ *Run, args []Value) Value {
		x, ok := args[0].(Int)
		y, also := args[1].(Int)
		if ok && also {
			if z, ok := f(x, y); ok {
				return z
			}
		}
		return nil
	}
}

func add(x, y Int) (Int, bool) {
	z := x + y
	return z, (z > x) == (y > 0)
}

func subtract(x, y Int) (Int, bool) {
	z := x - y
	return z, (z < x) == (y > 0)
}

func multiply(x, y Int) (Int, bool) {
	if x == 0 || y == 0 {
		return 0, true
	}
	z := x * y
	return z, z/y == x && x != math.MinInt64 && y != math.MinInt64
}

func divide(x, y Int) (Int, bool) {
	if y == 0 || x == 0 || x == math.MinInt64 || x%y != 0 {
		return 0, false
	}
	return x / y, true
}

func remainder(x, y Int) (Int, bool) {
	if y == 0 || x == math.MinInt64 {
		return 0, false
	}
	return x % y, true
}

// whole is what rounding makes of an integer.
func whole(_ *Run, args []Value) Value {
	if i, ok := args[0].(Int); ok {
		return i
	}
	return nil
}

var minusInts = onInts(subtract)

func minus(r *Run, args []Value) Value {
	a, ok := args[0].(*Set)
	b, also := args[1].(*Set)
	if !ok || !also {
		return minusInts(r, args)
	}
	return filtered(a, func(e Value) bool { return !b.has(e) })
}

func intersection(_ *Run, args []Value) Value {
	a, ok := args[0].(*Set)
	b, also := args[1].(*Set)
	if !ok || !also {
		return nil
	}
	return filtered(a, b.has)
}

func filtered(s *Set, keep func(Value) bool) *Set {
	out := &Set{}
	for _, e := range s.Elems() {
		if keep(e) {
			out.add(e)
		}
	}
	return out
}

func union(_ *Run, args []Value) Value {
	a, ok := args[0].(*Set)
	b, also := args[1].(*Set)
	if !ok || !also {
		return nil
	}
	out := NewSet(a.Elems()...)
	for _, e := range b.Elems() {
		out.add(e)
	}
	return out
}

func compared(holds func(c int) bool) native {
	return func(_ *Run, args []Value) Value { return holds(Compare(args[0], args[1])) }
}

// extreme is the smallest (-1) or the biggest (1) element.
func extreme(sign int) native {
	return func(_ *Run, args []Value) Value {
		var best Value
		try := func(v Value) {
			if best == nil || Compare(v, best)*sign >= 0 {
				best = v
			}
		}
		switch c := args[0].(type) {
		case *Array:
			for i := range c.Len() {
				try(c.At(i))
			}
		case *Set:
			for _, e := range c.Elems() {
				try(e)
			}
		}
		return best
	}
}

// member is "x in collection".
func member(_ *Run, args []Value) Value {
	switch c := args[1].(type) {
	case *Set:
		return c.has(args[0])
	case *Array:
		for i := range c.Len() {
			if equal(c.At(i), args[0]) {
				return true
			}
		}
	case mapping:
		for i := range c.Len() {
			if _, v := c.pair(i); equal(v, args[0]) {
				return true
			}
		}
	}
	return false
}

// memberAt is "key, x in collection".
func memberAt(_ *Run, args []Value) Value {
	found := lookup(args[2], args[0])
	return found != nil && equal(found, args[1])
}

func objectGet(_ *Run, args []Value) Value {
	object, ok := args[0].(mapping)
	if !ok {
		return nil
	}
	path, list := args[1].(*Array)
	if !list {
		if v := object.Get(args[1]); v != nil {
			return v
		}
		return args[2]
	}
	var v Value = object
	for i := range path.Len() {
		if v = lookup(v, path.At(i)); v == nil {
			return args[2]
		}
	}
	return v
}

func arrayConcat(_ *Run, args []Value) Value {
	a, ok := args[0].(*Array)
	b, also := args[1].(*Array)
	if !ok || !also {
		return nil
	}
	out := &Array{elems: make([]Value, 0, a.Len()+b.Len())}
	for i := range a.Len() {
		out.elems = append(out.elems, a.At(i))
	}
	for i := range b.Len() {
		out.elems = append(out.elems, b.At(i))
	}
	return out
}

func arraySlice(_ *Run, args []Value) Value {
	a, ok := args[0].(*Array)
	from, isFrom := args[1].(Int)
	to, isTo := args[2].(Int)
	if !ok || !isFrom || !isTo {
		return nil
	}
	n := Int(a.Len())
	from = min(max(from, 0), n)
	to = max(min(to, n), from)
	out := &Array{elems: make([]Value, 0, to-from)}
	for i := from; i < to; i++ {
		out.elems = append(out.elems, a.At(int(i)))
	}
	return out
}
