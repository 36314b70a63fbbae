package reach

import (
	"math/bits"

	"sallyport/internal/firewall"
)

// A counted is a set that knows how many values are before each of its ranges. Numbers of values are taken modulo 2^128, which only all
// values together would exceed.
type counted struct {
	set    firewall.Set
	before []firewall.Value
}

func count(set firewall.Set) counted {
	c := counted{set, make([]firewall.Value, len(set)+1)}
	for i, r := range set {
		c.before[i+1] = plus(c.before[i], extent(r))
	}
	return c
}

// within is how many values of another set are in this one.
func (c counted) within(set firewall.Set) firewall.Value {
	n := firewall.Value{}
	for _, r := range set {
		end := c.before[len(c.set)]
		if next := r.Last.Next(); next != (firewall.Value{}) {
			end = c.below(next)
		}
		n = plus(n, minus(end, c.below(r.First)))
	}
	return n
}

// below is how many values of the set are smaller.
func (c counted) below(v firewall.Value) firewall.Value {
	i := searchRange(c.set, v)
	n := c.before[i]
	if i < len(c.set) && c.set[i].First.Compare(v) < 0 {
		n = plus(n, minus(v, c.set[i].First))
	}
	return n
}

// extent is how many values a range has.
func extent(r firewall.Range) firewall.Value { return minus(r.Last, r.First).Next() }

func plus(a, b firewall.Value) firewall.Value {
	lo, carry := bits.Add64(a.Lo, b.Lo, 0)
	return firewall.Value{Hi: a.Hi + b.Hi + carry, Lo: lo}
}

func minus(a, b firewall.Value) firewall.Value {
	lo, borrow := bits.Sub64(a.Lo, b.Lo, 0)
	return firewall.Value{Hi: a.Hi - b.Hi - borrow, Lo: lo}
}
