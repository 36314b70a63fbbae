package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// regions reads a diagram out as a list.
type regions struct {
	s      *solver
	list   []Region
	open   map[ref]bool
	groups map[groupKey][]group
	ranges int // that the sets of all regions have together
}

// maxListed bounds the ranges that all regions of a hook and family list.
const maxListed = 3_000_000

type groupKey struct {
	d ref
	f firewall.Field
}

// A group is the values of a field that lead to one place; nil is every value. A vague one is only some of them, which a bit
// mask tells apart: too many ranges to list.
type group struct {
	set   firewall.Set
	to    ref
	vague bool
}

// maxRanges bounds the ranges that one field's groups are listed in.
const maxRanges = 200_000

// expand goes on with the i-th field of the layout.
func (r *regions) expand(d ref, i int, at Region) {
	if len(r.list) > maxRegions || !r.isOpen(d) {
		return
	}
	switch {
	case len(r.list) == maxRegions:
		at = Region{Hook: at.Hook, Family: at.Family}
		fallthrough
	case r.ranges > maxListed:
		at.Verdict, at.Why = firewall.Undecided, []firewall.Unknown{{Why: "more regions than are listed"}}
		r.list = append(r.list, at)
		return
	case i == len(r.s.fields) || d < 0:
		r.finish(d, &at)
		r.list = append(r.list, at)
		return
	}
	f := r.s.fields[i]
	key := groupKey{d, f}
	list, ok := r.groups[key]
	if !ok {
		list = r.s.groups(d, f)
		r.groups[key] = list
		for _, g := range list {
			r.ranges += len(g.set)
		}
	}
	for _, g := range list {
		*at.field(f) = g.set
		if g.vague {
			at.Why = []firewall.Unknown{{Why: "a bit mask that stands for too many ranges"}}
		}
		r.expand(g.to, i+1, at)
	}
}

// field is the region's set for a field.
func (r *Region) field(f firewall.Field) *firewall.Set {
	switch f {
	case firewall.Protocol:
		return &r.Protocols
	case firewall.InInterface:
		return &r.In
	case firewall.OutInterface:
		return &r.Out
	case firewall.User:
		return &r.Users
	case firewall.Group:
		return &r.Groups
	case firewall.Port:
		return &r.Ports
	case firewall.SourcePort:
		return &r.SourcePorts
	case firewall.Destination:
		return &r.Destinations
	}
	return &r.Sources
}

// isOpen says whether any packet of a diagram is not dropped.
func (r *regions) isOpen(d ref) bool {
	if d < 0 {
		k := r.s.term(d).kinds
		return k != 1<<next && k != 1<<dropped
	}
	if open, ok := r.open[d]; ok {
		return open
	}
	open := slices.ContainsFunc(r.s.of(d), func(e edge) bool { return r.isOpen(e.to) })
	r.open[d] = open
	return open
}

// finish says what the region meets.
func (r *regions) finish(d ref, at *Region) {
	t := *r.s.term(d)
	f, rank := r.s.judge(t)
	at.Verdict = firewall.Accept
	switch {
	case len(at.Why) > 0:
		at.Verdict = firewall.Undecided
	case rank == rankUnknown:
		at.Verdict = firewall.Undecided
		for _, w := range r.s.why[t.why] {
			at.Why = append(at.Why, r.s.m.why[w])
		}
	case f.kind == rejected:
		at.Verdict = firewall.Reject
	case f.kind == dropped:
		at.Verdict = firewall.Drop
	case f.kind == elsewhere:
		at.Elsewhere = true
	}
	at.Limited = f.limited
	if f.nat != 0 {
		at.To = &r.s.m.translations[f.nat-1]
	}
}

// groups are the values of the field by where they lead, in the order of their first values.
func (s *solver) groups(d ref, f firewall.Field) []group {
	first, width := s.first[f], s.width[f]
	if l := s.level(d); l < first || l >= first+width {
		return []group{{nil, d, false}}
	}
	g := grouper{s: s, f: f, end: first + width, at: map[ref]int{}, found: s.scratch[:0]}
	g.visit(d, first, firewall.Value{})
	s.scratch = g.found
	g.gather()
	return slices.DeleteFunc(g.list, func(g group) bool { return g.set == nil && !g.vague })
}

// A grouper collects groups.
type grouper struct {
	s     *solver
	f     firewall.Field
	end   uint8 // the level after the field's
	at    map[ref]int
	list  []group
	found []grouped
	last  []int // of each group, the last that was found; -1 is none
}

// A grouped is a range of a group.
type grouped struct {
	firewall.Range
	group int
}

func (g *grouper) put(d ref, first, last firewall.Value) {
	n, ok := g.at[d]
	if !ok {
		n = len(g.list)
		g.at[d] = n
		g.list, g.last = append(g.list, group{nil, d, false}), append(g.last, -1)
	}
	v := g.s.values(g.f, first, last)
	if v.First.Compare(v.Last) > 0 {
		return
	}
	if i := g.last[n]; i >= 0 && g.found[i].Last.Next() == v.First {
		g.found[i].Last = v.Last
		return
	}
	g.last[n] = len(g.found)
	g.found = append(g.found, grouped{v, n})
}

// gather gives each group its ranges, in no more room than they take.
func (g *grouper) gather() {
	if len(g.found) > maxRanges {
		for i := range g.list {
			g.list[i].vague = true
		}
		return
	}
	counts := make([]int, len(g.list))
	for _, r := range g.found {
		counts[r.group]++
	}
	room := make([]firewall.Range, len(g.found))
	for i, n := range counts {
		if n > 0 {
			g.list[i].set, room = room[:0:n], room[n:]
		}
	}
	for _, r := range g.found {
		g.list[r.group].set = append(g.list[r.group].set, r.Range)
	}
}

// visit goes through the values that begin with the bytes above the level.
func (g *grouper) visit(d ref, level uint8, from firewall.Value) {
	g.s.spend()
	i := int(g.end - 1 - level) // the byte that the level decides by
	l := g.s.level(d)
	if l >= g.end {
		g.put(d, from, from.Xor(low(i+1)))
		return
	}
	if l > level {
		for b := 0; b < 256 && (len(g.found) <= maxRanges || b == 0); b++ {
			g.visit(d, level+1, from.Xor(shifted(uint8(b), i)))
		}
		return
	}
	b := 0
	for _, e := range g.s.of(d) {
		if g.s.level(e.to) >= g.end {
			g.put(e.to, from.Xor(shifted(uint8(b), i)), from.Xor(shifted(e.last, i)).Xor(low(i)))
		} else {
			for ; b <= int(e.last); b++ {
				g.visit(e.to, level+1, from.Xor(shifted(uint8(b), i)))
				if len(g.found) > maxRanges {
					break
				}
			}
		}
		b = int(e.last) + 1
	}
}

// values are the field's values of the classes from one to another; of classes that there are not, an empty range.
func (s *solver) values(f firewall.Field, first, last firewall.Value) firewall.Range {
	cuts := s.cuts[f]
	if cuts == nil {
		return firewall.Range{First: first, Last: last}
	}
	if first.Lo >= uint64(len(cuts)) {
		return firewall.Range{First: firewall.Number(1)}
	}
	end := low(widthOf(f, s.family))
	if last.Lo+1 < uint64(len(cuts)) {
		end = cuts[last.Lo+1].Previous()
	}
	return firewall.Range{First: cuts[first.Lo], Last: end}
}
