package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// A coverage tells by how many ranges values are covered: a tree over the parts between the values at which ranges begin and end, with
// the part below each node that fewest cover.
type coverage struct {
	starts []firewall.Value
	counts []int32
	tree   []int32
}

func newCoverage(ranges []firewall.Range) (c coverage) {
	type change struct {
		at firewall.Value
		by int32
	}
	changes := make([]change, 0, 2*len(ranges))
	for _, r := range ranges {
		changes = append(changes, change{r.First, 1})
		if next := r.Last.Next(); next != (firewall.Value{}) {
			changes = append(changes, change{next, -1})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return a.at.Compare(b.at) })
	c.starts, c.counts = []firewall.Value{{}}, []int32{0}
	for _, ch := range changes {
		if last := len(c.starts) - 1; c.starts[last] != ch.at {
			c.starts, c.counts = append(c.starts, ch.at), append(c.counts, c.counts[last])
		}
		c.counts[len(c.counts)-1] += ch.by
	}
	n := len(c.starts)
	c.tree = make([]int32, 2*n)
	for i := range n {
		c.tree[n+i] = int32(i)
	}
	for i := n - 1; i > 0; i-- {
		c.tree[i] = c.fewer(c.tree[2*i], c.tree[2*i+1])
	}
	return c
}

// part is the last that begins not above the value.
func (c *coverage) part(v firewall.Value) int {
	i, found := slices.BinarySearchFunc(c.starts, v, firewall.Value.Compare)
	if !found {
		i--
	}
	return i
}

// fewer is the part that fewer cover; of equal ones the first.
func (c *coverage) fewer(a, b int32) int32 {
	if c.counts[b] < c.counts[a] || c.counts[b] == c.counts[a] && b < a {
		return b
	}
	return a
}

// portion is how much of all parts is in the ranges.
func (c *coverage) portion(ranges []firewall.Range) float64 {
	n := 0
	for _, r := range ranges {
		n += c.part(r.Last) - c.part(r.First) + 1
	}
	return float64(n) / float64(len(c.starts))
}

// least is a value of the range that fewest cover.
func (c *coverage) least(r firewall.Range) firewall.Value {
	n := len(c.starts)
	lo, hi := c.part(r.First)+n, c.part(r.Last)+n+1
	best := c.tree[lo]
	for ; lo < hi; lo, hi = lo/2, hi/2 {
		if lo&1 == 1 {
			best = c.fewer(best, c.tree[lo])
			lo++
		}
		if hi&1 == 1 {
			hi--
			best = c.fewer(best, c.tree[hi])
		}
	}
	if v := c.starts[best]; v.Compare(r.First) > 0 {
		return v
	}
	return r.First
}
