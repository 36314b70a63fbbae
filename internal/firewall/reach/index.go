package reach

import (
	"math/bits"
	"slices"

	"sallyport/internal/firewall"
)

// An index tells which rules of a chain one packet can match, so that it need not be held against all of them. Each rule is found by
// the field that it says most about, where it says anything that can be looked up; the others are always among those that are found.
type index struct {
	always []int32
	groups [][]int32 // of rules that look into one set
	fields [len(indexed)]intervals
}

// indexed are the fields that nothing in a chain changes.
var indexed = [...]firewall.Field{
	firewall.Port, firewall.Source, firewall.Destination, firewall.InInterface, firewall.OutInterface, firewall.SourcePort, firewall.Protocol,
}

// minIndexed is how many rules make an index worth while, and maxIndexed how many ranges a rule's set may have in it.
const (
	minIndexed = 8
	maxIndexed = 64
)

// indexOf is the index of a chain; nil where all its rules are soon looked at.
func (m *Model) indexOf(c *firewall.Chain) *index {
	if len(c.Rules) < minIndexed {
		return nil
	}
	x, ok := m.indexes[c]
	if !ok {
		x = newIndex(c.Rules)
		m.indexes[c] = x
	}
	return x
}

func newIndex(rules []*firewall.Rule) *index {
	x := &index{}
	var found [len(indexed)][]stretch
	shared := map[setKey]int{}
	for i, r := range rules {
		best, at := tellsMost(r)
		if at < 0 {
			x.always = append(x.always, int32(i))
			continue
		}
		if len(best.Set) == 0 { // it matches nothing
			continue
		}
		key := setKey{first: &best.Set[0], n: len(best.Set), field: best.Field}
		g, ok := shared[key]
		if !ok {
			g = len(x.groups)
			shared[key] = g
			x.groups = append(x.groups, nil)
			for _, r := range best.Set {
				found[at] = append(found[at], stretch{r, int32(g)})
			}
		}
		x.groups[g] = append(x.groups[g], int32(i))
	}
	for i, list := range found {
		x.fields[i] = newIntervals(list)
	}
	return x
}

// tellsMost is the comparison of a rule that says most about its packets, and the number of its field; -1 where there is none.
func tellsMost(r *firewall.Rule) (best firewall.Is, at int) {
	at = -1
	said := 0
	for _, st := range r.Steps {
		w, ok := st.(firewall.When)
		if !ok {
			break
		}
		eachIs(w.Expr, func(e firewall.Is) {
			n := slices.Index(indexed[:], e.Field)
			if n < 0 || e.Mask != (firewall.Value{}) || len(e.Set) > maxIndexed {
				return
			}
			if bits := saysOf(e) - 4*bits.Len(uint(max(len(e.Set), 1)-1)); bits > said {
				best, at, said = e, n, bits
			}
		})
	}
	return best, at
}

// eachIs goes through the comparisons that must hold where a condition does.
func eachIs(e firewall.Expr, back func(firewall.Is)) {
	switch e := e.(type) {
	case firewall.Is:
		back(e)
	case firewall.All:
		for _, x := range e {
			eachIs(x, back)
		}
	}
}

// saysOf is how much a comparison says, about in bits.
func saysOf(e firewall.Is) int {
	n := firewall.Value{}
	for _, r := range e.Set {
		n = plus(n, extent(r))
	}
	size := bits.Len64(n.Lo)
	if n.Hi != 0 {
		size = 64 + bits.Len64(n.Hi)
	}
	width := 8 * widthOf(e.Field, 6)
	if e.Field == firewall.Source || e.Field == firewall.Destination {
		if last := e.Set[max(len(e.Set)-1, 0):]; len(last) > 0 && last[0].Last.Hi == 0 && last[0].Last.Lo < 1<<32 {
			width = 32
		}
	}
	return width + 1 - size
}

// find appends the numbers of the rules that may match the packet, in order; false is that the index cannot tell.
func (x *index) find(list []int32, sc *scope) ([]int32, bool) {
	list = append(list, x.always...)
	for i := range x.fields {
		if len(x.fields[i].cuts) == 0 {
			continue
		}
		b := &sc.bindings[indexed[i]]
		if b.mode != known {
			return nil, false
		}
		x.fields[i].find(b.value, func(groups []int32) {
			for _, g := range groups {
				list = append(list, x.groups[g]...)
			}
		})
	}
	slices.Sort(list)
	return slices.Compact(list), true
}

// A stretch is a range and what is there.
type stretch struct {
	firewall.Range
	id int32
}

// An intervals is a segment tree: the leaves are what is between two neighbours of cuts, and what covers all that is below a node is
// kept there.
type intervals struct {
	cuts  []firewall.Value
	nodes [][]int32
}

func newIntervals(list []stretch) (t intervals) {
	if len(list) == 0 {
		return t
	}
	ranges := make([]firewall.Range, len(list))
	for i, s := range list {
		ranges[i] = s.Range
	}
	t.cuts = append(cutsOf(ranges), firewall.Value{})
	slices.SortFunc(t.cuts, firewall.Value.Compare)
	t.cuts = slices.Compact(t.cuts)
	n := len(t.cuts)
	t.nodes = make([][]int32, 2*n)
	for _, s := range list {
		lo, hi := t.at(s.First)+n, t.at(s.Last)+n+1
		for ; lo < hi; lo, hi = lo/2, hi/2 {
			if lo&1 == 1 {
				t.nodes[lo] = append(t.nodes[lo], s.id)
				lo++
			}
			if hi&1 == 1 {
				hi--
				t.nodes[hi] = append(t.nodes[hi], s.id)
			}
		}
	}
	return t
}

// at is the last cut that is not above the value.
func (t *intervals) at(v firewall.Value) int {
	i, found := slices.BinarySearchFunc(t.cuts, v, firewall.Value.Compare)
	if !found {
		i--
	}
	return i
}

// find calls back with what is at a value.
func (t *intervals) find(v firewall.Value, back func(ids []int32)) {
	for i := t.at(v) + len(t.cuts); i > 0; i /= 2 {
		back(t.nodes[i])
	}
}
