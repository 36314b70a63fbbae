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
	c.starts = append(cutsOf(ranges), firewall.Value{})
	slices.SortFunc(c.starts, firewall.Value.Compare)
	c.starts = slices.Compact(c.starts)
	n := len(c.starts)
	c.counts = make([]int32, n)
	for _, r := range ranges {
		c.counts[c.part(r.First)]++
		if next := r.Last.Next(); next != (firewall.Value{}) {
			c.counts[c.part(next)]--
		}
	}
	for i := 1; i < n; i++ {
		c.counts[i] += c.counts[i-1]
	}
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
