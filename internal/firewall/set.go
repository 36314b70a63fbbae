package firewall

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// A Value is an unsigned number of up to 128 bits: what a field of a packet holds. IPv4 addresses, ports,
// protocols, marks and states stand in Lo.
type Value struct{ Hi, Lo uint64 }

// Number is a small value.
func Number[N ~int | ~uint8 | ~uint16 | ~uint32 | ~uint64](n N) Value { return Value{Lo: uint64(n)} }

// Address is the value of an IPv4 or IPv6 address; an IPv4 address mapped into IPv6 is an IPv6 address.
func Address(a netip.Addr) Value {
	if a.Is4() {
		b := a.As4()
		return Value{Lo: uint64(binary.BigEndian.Uint32(b[:]))}
	}
	b := a.As16()
	return Value{Hi: binary.BigEndian.Uint64(b[:8]), Lo: binary.BigEndian.Uint64(b[8:])}
}

// Interface is the value of an interface's name, of at most 15 bytes: the bytes in order, so that the names with
// a common beginning are one range. The empty name, which a hook without that interface sees, is zero.
func Interface(name string) Value {
	var b [16]byte
	copy(b[:], name)
	return Value{Hi: binary.BigEndian.Uint64(b[:8]), Lo: binary.BigEndian.Uint64(b[8:])}
}

// Interfaces is the range of the interface names that begin so.
func Interfaces(prefix string) Range {
	last := Interface(prefix)
	rest := Value{^uint64(0), ^uint64(0)}
	n := min(len(prefix), 16) * 8
	if n >= 64 {
		rest.Hi, rest.Lo = 0, shiftRight(^uint64(0), n-64)
	} else {
		rest.Hi = shiftRight(^uint64(0), n)
	}
	return Range{Interface(prefix), Value{last.Hi | rest.Hi, last.Lo | rest.Lo}}
}

func shiftRight(v uint64, n int) uint64 {
	if n >= 64 {
		return 0
	}
	return v >> n
}

// Prefix is the range of a prefix's addresses, whatever host bits it was written with.
func Prefix(p netip.Prefix) Range {
	first := Address(p.Masked().Addr())
	last := first
	free := p.Addr().BitLen() - p.Bits()
	if free >= 64 {
		last.Lo = ^uint64(0)
		last.Hi |= shiftRight(^uint64(0), 128-free)
	} else if free > 0 {
		last.Lo |= shiftRight(^uint64(0), 64-free)
	}
	return Range{first, last}
}

// Compare orders values by size.
func (v Value) Compare(w Value) int {
	switch {
	case v.Hi < w.Hi || v.Hi == w.Hi && v.Lo < w.Lo:
		return -1
	case v == w:
		return 0
	}
	return 1
}

// Next is the value after v; the largest is followed by zero.
func (v Value) Next() Value {
	v.Lo++
	if v.Lo == 0 {
		v.Hi++
	}
	return v
}

// Previous is the value before v; zero follows the largest.
func (v Value) Previous() Value {
	if v.Lo == 0 {
		v.Hi--
	}
	v.Lo--
	return v
}

// And is the bits that both have.
func (v Value) And(w Value) Value { return Value{v.Hi & w.Hi, v.Lo & w.Lo} }

// Xor is the bits that one of them has.
func (v Value) Xor(w Value) Value { return Value{v.Hi ^ w.Hi, v.Lo ^ w.Lo} }

// A Range is the values from First to Last, both included.
type Range struct{ First, Last Value }

// One is the range of one value.
func One(v Value) Range { return Range{v, v} }

// A Set is a set of values: ranges in order, disjoint and not adjacent. The nil Set is empty. A set is not
// changed once made; rules that name the same one share its memory.
type Set []Range

// NewSet makes a set of ranges in any order, overlapping or not. A range that ends before it begins is empty.
func NewSet(ranges ...Range) Set {
	sorted := slices.DeleteFunc(slices.Clone(ranges), func(r Range) bool { return r.First.Compare(r.Last) > 0 })
	slices.SortFunc(sorted, func(a, b Range) int { return a.First.Compare(b.First) })
	if len(sorted) == 0 {
		return nil
	}
	s := Set(sorted[:0]) // what is joined takes no more room
	for _, r := range sorted {
		if n := len(s); n > 0 && (r.First.Compare(s[n-1].Last) <= 0 || s[n-1].Last.Next() == r.First && r.First != Value{}) {
			if r.Last.Compare(s[n-1].Last) > 0 {
				s[n-1].Last = r.Last
			}
			continue
		}
		s = append(s, r)
	}
	return s
}

// Values is the set of these numbers.
func Values[N ~int | ~uint8 | ~uint16 | ~uint32 | ~uint64](numbers ...N) Set {
	ranges := make([]Range, len(numbers))
	for i, n := range numbers {
		ranges[i] = One(Number(n))
	}
	return NewSet(ranges...)
}

// Has says whether the value is in the set.
func (s Set) Has(v Value) bool {
	i, found := slices.BinarySearchFunc(s, v, func(r Range, v Value) int { return r.First.Compare(v) })
	return found || i > 0 && s[i-1].Last.Compare(v) >= 0
}
