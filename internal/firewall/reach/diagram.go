package reach

import (
	"errors"
	"slices"
)

// A ref is a node of a store or, negative, the terminal ^ref.
type ref int32

// leaf is the level of terminals.
const leaf = 255

// A node decides by one byte of a packet. Its edges are in the order of the byte, each up to and including last, the
// last one up to 255; neighbours lead to different places. So equal functions are equal refs.
type node struct {
	off   uint32
	n     uint16
	level uint8
}

type edge struct {
	to   ref
	last uint8
}

// errBudget is what building panics with when it would take more work than the store allows.
var errBudget = errors.New("too many cases to tell apart")

// A store keeps the nodes of decision diagrams, each distinct one once, and what operations over them gave.
type store struct {
	nodes  []node
	chunks [][]edge
	unique []int32 // node+1, open addressing
	memo   []entry
	stack  []edge
	work   int // what is left of the budget, in edges looked at
	ends   [][]ending
	terms
}

type entry struct {
	op   uint32
	a, b ref
	r    ref
}

func newStore(work int) *store {
	d := &store{unique: make([]int32, 1<<10), memo: make([]entry, 1<<12), work: work}
	d.terms.init()
	return d
}

func (d *store) level(a ref) uint8 {
	if a < 0 {
		return leaf
	}
	return d.nodes[a].level
}

// chunk is how many edges lie together. A node's are in one chunk.
const chunk = 1 << 12

// of are the edges of a node.
func (d *store) of(a ref) []edge {
	n := d.nodes[a]
	at := n.off % chunk
	return d.chunks[n.off/chunk][at : at+uint32(n.n)]
}

// keep puts edges where they stay.
func (d *store) keep(edges []edge) (off uint32) {
	last := len(d.chunks) - 1
	if last < 0 || len(d.chunks[last])+len(edges) > chunk {
		d.chunks = append(d.chunks, make([]edge, 0, chunk))
		last++
	}
	off = uint32(last*chunk + len(d.chunks[last]))
	d.chunks[last] = append(d.chunks[last], edges...)
	return off
}

// next returns where the byte leads.
func (d *store) next(a ref, b uint8) ref {
	edges := d.of(a)
	i, _ := slices.BinarySearchFunc(edges, b, func(e edge, b uint8) int { return int(e.last) - int(b) })
	return edges[i].to
}

// push adds an edge to the node under construction on the stack, which began at base.
func (d *store) push(base int, last uint8, to ref) {
	if n := len(d.stack); n > base && d.stack[n-1].to == to {
		d.stack[n-1].last = last
		return
	}
	d.stack = append(d.stack, edge{to, last})
}

// pop makes the node under construction.
func (d *store) pop(base int, level uint8) ref {
	edges := d.stack[base:]
	d.stack = d.stack[:base]
	if len(edges) == 1 {
		return edges[0].to
	}
	mask := uint32(len(d.unique) - 1)
	i := hashEdges(level, edges) & mask
	for ; d.unique[i] != 0; i = (i + 1) & mask {
		if is := ref(d.unique[i] - 1); d.nodes[is].level == level && slices.Equal(d.of(is), edges) {
			return is
		}
	}
	d.nodes = append(d.nodes, node{d.keep(edges), uint16(len(edges)), level})
	d.unique[i] = int32(len(d.nodes))
	if len(d.nodes)*2 > len(d.unique) {
		d.grow()
	}
	return ref(len(d.nodes) - 1)
}

func (d *store) grow() {
	d.unique = make([]int32, 4*len(d.unique))
	mask := uint32(len(d.unique) - 1)
	for id, n := range d.nodes {
		i := hashEdges(n.level, d.of(ref(id))) & mask
		for d.unique[i] != 0 {
			i = (i + 1) & mask
		}
		d.unique[i] = int32(id + 1)
	}
	if len(d.memo) < 1<<22 && len(d.memo) < 2*len(d.nodes) {
		old := d.memo
		d.memo = make([]entry, 4*len(old))
		for _, e := range old {
			if e.op != 0 {
				*d.slot(e.op, e.a, e.b) = e
			}
		}
	}
}

func hashEdges(level uint8, edges []edge) uint32 {
	h := uint64(level) + 0x9e3779b97f4a7c15
	for _, e := range edges {
		h = (h ^ uint64(uint32(e.to)) ^ uint64(e.last)<<40) * 0xff51afd7ed558ccd
		h ^= h >> 32
	}
	return uint32(h)
}

// slot is where the memo keeps an operation's result; others may have pushed it out.
func (d *store) slot(op uint32, a, b ref) *entry {
	h := (uint64(uint32(a))<<32 | uint64(uint32(b))) * 0x9e3779b97f4a7c15
	h ^= uint64(op) * 0xc2b2ae3d27d4eb4f
	h ^= h >> 29
	h *= 0xbf58476d1ce4e5b9
	return &d.memo[(h>>32)&uint64(len(d.memo)-1)]
}

// apply combines two diagrams: where they end in terminals, combine says what comes of these.
func (d *store) apply(op uint32, a, b ref) ref {
	if r, ok := d.short(op, a, b); ok {
		return r
	}
	if e := d.slot(op, a, b); e.op == op && e.a == a && e.b == b {
		return e.r
	}
	var r ref
	if a < 0 && b < 0 {
		r = d.combine(op, a, b)
	} else {
		r = d.walk(op, a, b)
	}
	*d.slot(op, a, b) = entry{op, a, b, r}
	return r
}

// walk goes down two diagrams side by side.
func (d *store) walk(op uint32, a, b ref) ref {
	la, lb := d.level(a), d.level(b)
	level := min(la, lb)
	base := len(d.stack)
	if la != lb {
		d.walkOne(op, a, b, la < lb, base)
		return d.pop(base, level)
	}
	as, bs := d.of(a), d.of(b)
	for len(as) > 0 {
		ea, eb := as[0], bs[0]
		d.push(base, min(ea.last, eb.last), d.apply(op, ea.to, eb.to))
		d.spend()
		if ea.last <= eb.last {
			as = as[1:]
		}
		if eb.last <= ea.last {
			bs = bs[1:]
		}
	}
	return d.pop(base, level)
}

func (d *store) walkOne(op uint32, a, b ref, first bool, base int) {
	at := a
	if !first {
		at = b
	}
	for _, e := range d.of(at) {
		d.spend()
		if first {
			d.push(base, e.last, d.apply(op, e.to, b))
		} else {
			d.push(base, e.last, d.apply(op, a, e.to))
		}
	}
}

// beside goes down two diagrams side by side, one byte, until the callback has seen enough.
func (d *store) beside(a, b ref, on func(a, b ref) bool) {
	la, lb := d.level(a), d.level(b)
	switch {
	case la < lb:
		for _, e := range d.of(a) {
			if d.spend(); !on(e.to, b) {
				return
			}
		}
	case lb < la:
		for _, e := range d.of(b) {
			if d.spend(); !on(a, e.to) {
				return
			}
		}
	case la < leaf:
		as, bs := d.of(a), d.of(b)
		for len(as) > 0 {
			ea, eb := as[0], bs[0]
			if d.spend(); !on(ea.to, eb.to) {
				return
			}
			if ea.last <= eb.last {
				as = as[1:]
			}
			if eb.last <= ea.last {
				bs = bs[1:]
			}
		}
	}
}

func (d *store) spend() {
	if d.work--; d.work < 0 {
		panic(errBudget)
	}
}

// fold combines a list pairwise, so that n small diagrams cost n log n.
func (d *store) fold(op uint32, list []ref, empty ref) ref {
	switch len(list) {
	case 0:
		return empty
	case 1:
		return list[0]
	}
	mid := len(list) / 2
	return d.apply(op, d.fold(op, list[:mid], empty), d.fold(op, list[mid:], empty))
}
