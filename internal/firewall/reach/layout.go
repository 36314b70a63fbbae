package reach

import "sallyport/internal/firewall"

// A layout says which fields are variables of the diagrams, and at which levels their bytes are.
type layout struct {
	fields []firewall.Field
	first  [firewall.FieldCount]uint8
	width  [firewall.FieldCount]uint8 // in bytes; 0 is no variable
	// cuts, where set, are the values at which classes of a field begin: the diagrams hold the classes' numbers.
	cuts [firewall.FieldCount][]firewall.Value
}

// lay gives the field the next levels.
func (l *layout) lay(f firewall.Field, width int, cuts []firewall.Value) {
	for _, g := range l.fields {
		l.first[f] += l.width[g]
	}
	if cuts != nil {
		width = 1
		for n := len(cuts) - 1; n > 255; n >>= 8 {
			width++
		}
	}
	l.fields = append(l.fields, f)
	l.width[f], l.cuts[f] = uint8(width), cuts
}

// classes appends the ranges of the numbers that the diagrams have for a field's values. The last class has all numbers that are left.
func (l *layout) classes(list []firewall.Range, f firewall.Field, set []firewall.Range) []firewall.Range {
	if l.cuts[f] == nil {
		return append(list, set...)
	}
	at := 0
	for _, r := range set {
		at = classFrom(l.cuts[f], at, r.First)
		c := firewall.Range{First: firewall.Number(at)}
		at = classFrom(l.cuts[f], at, r.Last)
		c.Last = firewall.Number(at)
		if at == len(l.cuts[f])-1 {
			c.Last = low(int(l.width[f]))
		}
		list = append(list, c)
	}
	return list
}

// classFrom is the last of the cuts that is not above the value, which is not below the one at: near ones are found first.
func classFrom(cuts []firewall.Value, at int, v firewall.Value) int {
	step := 1
	for at+step < len(cuts) && cuts[at+step].Compare(v) <= 0 {
		at += step
		step *= 2
	}
	end := min(at+step, len(cuts))
	for at+1 < end {
		if mid := (at + end) / 2; cuts[mid].Compare(v) <= 0 {
			at = mid
		} else {
			end = mid
		}
	}
	return at
}

type setKey struct {
	first *firewall.Range
	n     int
	mask  firewall.Value
	field firewall.Field
}

// set is the condition that a variable's value, under the mask, is in the set.
func (s *solver) set(f firewall.Field, mask firewall.Value, set firewall.Set) ref {
	if len(set) == 0 {
		return no
	}
	key := setKey{&set[0], len(set), mask, f}
	if r, ok := s.sets[key]; ok {
		return r
	}
	r := s.ranges(f, mask, set)
	s.sets[key] = r
	return r
}

// ranges is set without a memory: for ranges in order.
func (s *solver) ranges(f firewall.Field, mask firewall.Value, set []firewall.Range) ref {
	if s.cuts[f] != nil {
		set = s.classes(make([]firewall.Range, 0, len(set)), f, set)
	}
	width := int(s.width[f])
	r := s.bytes(s.first[f], width-1, set, firewall.Value{}, low(width))
	if mask != (firewall.Value{}) {
		r = s.masked(r, s.first[f], width, mask)
	}
	return r
}

// byteAt is the i-th byte of a value, counted from the lowest.
func byteAt(v firewall.Value, i int) uint8 {
	if i >= 8 {
		return uint8(v.Hi >> (8 * (i - 8)))
	}
	return uint8(v.Lo >> (8 * i))
}

// bytes is the condition that the i-th byte and those below are in the ranges, for the values from first to last: all that
// have the same bytes above.
func (s *solver) bytes(level uint8, i int, set []firewall.Range, first, last firewall.Value) ref {
	base := len(s.stack)
	done := -1 // up to where the node has edges
	at := first
	for len(set) > 0 && set[0].First.Compare(last) <= 0 {
		r := clip(set[0], at, last)
		b := int(byteAt(r.First, i))
		if b > done+1 {
			s.push(base, uint8(b-1), no)
		}
		s.spend()
		var end firewall.Value
		if whole := lastWhole(r, i); whole >= b {
			s.push(base, uint8(whole), yes)
			done, end = whole, blockStart(r.First, i+1).Xor(shifted(uint8(whole), i)).Xor(low(i))
		} else {
			end = blockEnd(r.First, i)
			s.push(base, uint8(b), s.bytes(level+1, i-1, set, blockStart(r.First, i), end))
			done = b
		}
		if end == last {
			break
		}
		at = end.Next()
		set = set[searchRange(set, at):]
	}
	if done < 255 {
		s.push(base, 255, no)
	}
	return s.pop(base, level)
}

// clip is the part of a range between first and last.
func clip(r firewall.Range, first, last firewall.Value) firewall.Range {
	if r.First.Compare(first) < 0 {
		r.First = first
	}
	if r.Last.Compare(last) > 0 {
		r.Last = last
	}
	return r
}

// shifted is the value with this i-th byte and zeros.
func shifted(b uint8, i int) firewall.Value {
	if i >= 8 {
		return firewall.Value{Hi: uint64(b) << (8 * (i - 8))}
	}
	return firewall.Value{Lo: uint64(b) << (8 * i)}
}

// low are the bits below the i-th byte, at most all 128.
func low(i int) firewall.Value {
	if i >= 8 {
		return firewall.Value{Hi: uint64(1)<<(8*(i-8)) - 1, Lo: ^uint64(0)}
	}
	return firewall.Value{Lo: uint64(1)<<(8*i) - 1}
}

func blockStart(v firewall.Value, i int) firewall.Value { return v.And(v.Xor(low(i))) }

func blockEnd(v firewall.Value, i int) firewall.Value {
	return blockStart(v, i).Xor(low(i))
}

// lastWhole is the last value of the byte that the range holds with all that is below it, from where it begins; -1 is none.
func lastWhole(r firewall.Range, i int) int {
	if r.First != blockStart(r.First, i) {
		return -1
	}
	last := int(byteAt(r.Last, i))
	if r.Last != blockEnd(r.Last, i) {
		last--
	}
	return last
}

// masked is the diagram with bits of the variable ignored: each value leads where the value under the mask did.
func (s *solver) masked(r ref, first uint8, width int, mask firewall.Value) ref {
	l := s.level(r)
	if l == 255 {
		return r
	}
	m := byteAt(mask, width-1-int(l-first))
	children := map[ref]ref{}
	base := len(s.stack)
	for v := range 256 {
		to := s.next(r, uint8(v)&m)
		if _, ok := children[to]; !ok {
			children[to] = s.masked(to, first, width, mask)
		}
		s.push(base, uint8(v), children[to])
	}
	return s.pop(base, l)
}

// A piece is where values lead up to and including last, from where the piece before it ends.
type piece struct {
	last firewall.Value
	to   ref
}

// pieces is the diagram of the i-th byte and those below, for the values that begin with the bytes of first. The first piece is the one
// that first is in.
func (s *solver) pieces(level uint8, i int, first firewall.Value, list []piece) ref {
	base := len(s.stack)
	for b := 0; ; {
		s.spend()
		start := first.Xor(shifted(uint8(b), i))
		end := start.Xor(low(i))
		if last := list[0].last; last.Compare(end) >= 0 {
			b = lastIn(start, last, i)
			s.push(base, uint8(b), list[0].to)
		} else {
			s.push(base, uint8(b), s.pieces(level+1, i-1, start, list))
		}
		if b++; b > 255 {
			return s.pop(base, level)
		}
		start = first.Xor(shifted(uint8(b), i))
		for list[0].last.Compare(start) < 0 {
			list = list[1:]
		}
	}
}

// lastIn is the last value of the i-th byte for which all is in the range from start, whose bytes above are the same, to last.
func lastIn(start, last firewall.Value, i int) int {
	if last.Compare(blockEnd(start, i+1)) >= 0 {
		return 255
	}
	b := int(byteAt(last, i))
	if last != blockEnd(last, i) {
		b--
	}
	return b
}
