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
	at := s.first[firewall.Port]
	var visit func(d ref, i int, from int)
	visit = func(d ref, i int, from int) {
		size := 1 << (8 * i) // of what the bytes from this one on stand for
		level := at + s.width[firewall.Port] - uint8(i)
		switch {
		case s.level(d) >= at+s.width[firewall.Port]:
			back(from, from+size-1, d)
		case s.level(d) > level:
			for b := range 256 {
				visit(d, i-1, from+b*size/256)
			}
		default:
			b := 0
			for _, e := range s.of(d) {
				for ; b <= int(e.last); b++ {
					visit(e.to, i-1, from+b*size/256)
				}
			}
		}
	}
	visit(d, int(s.width[firewall.Port]), 0)
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
		for _, e := range s.of(a) {
			visit(e.to)
		}
	}
	visit(a)
	return out
}
