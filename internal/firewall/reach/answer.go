package reach

import (
	"cmp"
	"slices"

	"sallyport/internal/firewall"
)

// A fate is what a port meets, over all source ports.
type fate struct {
	kind    kind // passed, dropped, rejected, elsewhere; fall is unknown
	limited bool
	nat     int32
}

// answer reads the ports out of a diagram.
func (s *solver) answer(d ref) Answer {
	ports := map[fate]firewall.Set{}
	memo := map[ref]fate{}
	doubts := map[int32]bool{}
	s.eachPort(d, func(first, last int, leaf ref) {
		f, ok := memo[leaf]
		if !ok {
			f = s.fate(leaf, doubts)
			memo[leaf] = f
		}
		if last == 0 {
			return
		}
		ports[f] = extend(ports[f], firewall.Range{First: firewall.Number(max(first, 1)), Last: firewall.Number(last)})
	})
	var a Answer
	fates := make([]fate, 0, len(ports))
	for f := range ports {
		fates = append(fates, f)
	}
	slices.SortFunc(fates, func(a, b fate) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.nat, b.nat)) })
	for _, f := range fates {
		a.add(s.m, f, ports[f])
	}
	for w := range doubts {
		a.Why = append(a.Why, s.m.why[w])
	}
	slices.SortFunc(a.Why, func(a, b firewall.Unknown) int {
		return cmp.Or(cmp.Compare(a.At.File, b.At.File), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.Why, b.Why))
	})
	return a
}

// extend appends a range to a set that ends before it.
func extend(s firewall.Set, r firewall.Range) firewall.Set {
	if n := len(s); n > 0 && s[n-1].Last.Next() == r.First {
		s[n-1].Last = r.Last
		return s
	}
	return append(s, r)
}

// union is what either set has.
func union(a, b firewall.Set) firewall.Set {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	return firewall.NewSet(append(slices.Clone(a), b...)...)
}

func (a *Answer) add(m *Model, f fate, ports firewall.Set) {
	to := &a.Unknown
	switch f.kind {
	case passed:
		to = &a.Accepted
	case dropped:
		to = &a.Dropped
	case rejected:
		to = &a.Rejected
	case elsewhere:
		to = &a.Elsewhere
	}
	*to = union(*to, ports)
	if f.kind == passed && f.limited {
		a.Limited = union(a.Limited, ports)
	}
	if f.nat != 0 && (f.kind == passed || f.kind == elsewhere) {
		a.Translated = append(a.Translated, Translated{ports, m.translations[f.nat-1]})
	}
}

// eachPort calls back with the ranges of ports, in order, that lead to one diagram each.
func (s *solver) eachPort(d ref, back func(first, last int, leaf ref)) {
	each := func(d ref, level uint8, back func(first, last int, to ref)) {
		if s.level(d) != level {
			back(0, 255, d)
			return
		}
		n := s.nodes[d]
		first := 0
		for _, e := range s.edges[n.off : n.off+uint32(n.n)] {
			back(first, int(e.last), e.to)
			first = int(e.last) + 1
		}
	}
	at := s.first[firewall.Port]
	each(d, at, func(high, highest int, d ref) {
		if s.level(d) != at+1 {
			back(high<<8, highest<<8|255, d)
			return
		}
		for h := high; h <= highest; h++ {
			each(d, at+1, func(first, last int, leaf ref) { back(h<<8|first, h<<8|last, leaf) })
		}
	})
}

// fate is the best that a source port meets: accepted before unknown before closed.
func (s *solver) fate(leaf ref, doubts map[int32]bool) fate {
	var best fate
	rank := -1
	why := 0
	for _, t := range s.terminals(leaf) {
		f, r := s.judge(t)
		if r > rank || r == rank && r == rankUnknown {
			best, rank = f, r
			why = s.joinReasons(why, t.why)
		}
	}
	if rank == rankUnknown {
		for _, w := range s.why[why] {
			doubts[w] = true
		}
	}
	return best
}

const rankUnknown = 3

// judge ranks one terminal.
func (s *solver) judge(t term) (fate, int) {
	kinds := t.kinds &^ (1 << next)
	e := s.effects[t.results[0].effect()]
	f := fate{limited: true, nat: e.nat}
	for _, r := range t.results {
		f.limited = f.limited && s.effects[r.effect()].limited
	}
	switch kinds {
	case 0:
		return fate{kind: dropped}, -1
	case 1 << passed:
		f.kind = passed
		if f.limited {
			return f, 4
		}
		return f, 5
	case 1 << elsewhere:
		f.kind = elsewhere
		return f, 2
	case 1 << rejected:
		return fate{kind: rejected}, 1
	case 1 << dropped, 1<<dropped | 1<<rejected:
		return fate{kind: dropped}, 0
	}
	f = fate{kind: fall, nat: e.nat}
	for _, r := range t.results {
		if s.effects[r.effect()].nat != e.nat {
			f.nat = 0
		}
	}
	return f, rankUnknown
}

// terminals are those that a diagram leads to.
func (s *solver) terminals(a ref) []term {
	seen := map[ref]bool{}
	var out []term
	var visit func(ref)
	visit = func(a ref) {
		if seen[a] {
			return
		}
		seen[a] = true
		if a < 0 {
			out = append(out, *s.term(a))
			return
		}
		n := s.nodes[a]
		for _, e := range s.edges[n.off : n.off+uint32(n.n)] {
			visit(e.to)
		}
	}
	visit(a)
	return out
}
