package reach

import (
	"encoding/binary"
	"fmt"
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// What rules read and write of the state, as bits.
const (
	useMark uint8 = 1 << iota
	useConnMark
	useTracking
)

// A use is what rules read and write, the chains that they jump to included.
type use struct {
	reads, writes uint8
	fields        uint32 // all that conditions ask for, as bits
}

func (u *use) join(v use) {
	u.reads |= v.reads
	u.writes |= v.writes
	u.fields |= v.fields
}

// A segment is rules of a chain of which none reads what an earlier one writes, so that all of them see one state.
type segment struct {
	rules []*firewall.Rule
	reads uint8
}

type chainKey struct {
	chain *firewall.Chain
	pass  int
	state state
}

// chain is what becomes of packets in a chain: fall at its end, or returned, or a verdict.
func (s *solver) chain(c *firewall.Chain, sc *scope) ref {
	st := sc.state.seenBy(s.m.uses[c].reads)
	key := chainKey{c, sc.pass, st}
	if r, ok := s.chains[key]; ok {
		return r
	}
	if s.within[c] {
		return s.undecided("a chain that jumps to itself")
	}
	sc = s.scope(sc.pass, st)
	shared, ok := s.sharedKey(c, sc)
	if r, found := s.shared[shared]; ok && found {
		s.chains[key] = r
		return r
	}
	if len(s.within) == maxDepth {
		panic(errBudget)
	}
	s.within[c] = true
	defer func(at fact.Span) {
		delete(s.within, c)
		s.at = at
	}(s.at)
	cur := s.plain[fall]
	for _, seg := range s.m.segments[c] {
		cur = s.then(cur, fall, seg.reads, sc, func(sc *scope) ref { return s.segment(seg, sc) })
	}
	s.chains[key] = cur
	if ok && s.shared != nil {
		s.shared[shared] = cur
	}
	return cur
}

// sharedKey is all that a chain's diagram depends on, for other questions that agree in it; false is that it cannot be said.
func (s *solver) sharedKey(c *firewall.Chain, sc *scope) (string, bool) {
	u := s.m.uses[c]
	p := s.passes[sc.pass]
	k := fmt.Appendf(make([]byte, 0, 128), "%p %t %d", c, p.socket, sc.state.tracking)
	for f := range sc.bindings {
		if u.fields>>f&1 == 0 {
			continue
		}
		b := &sc.bindings[f]
		if b.mode == among {
			return "", false
		}
		k = append(k, byte(b.mode), byte(b.field))
		k = binary.BigEndian.AppendUint64(k, b.value.Hi)
		k = binary.BigEndian.AppendUint64(k, b.value.Lo)
	}
	return string(k), true
}

// seenBy is the state without what rules that read only this cannot see.
func (s state) seenBy(reads uint8) state {
	if reads&useMark == 0 {
		s.mark = mark{}
	}
	if reads&useConnMark == 0 {
		s.connMark = mark{}
	}
	if reads&useTracking == 0 {
		s.tracking = unseen
	}
	s.limited, s.natDone, s.sourceDone = false, false, false
	return s
}

// then goes on after the results of one kind with what follows in the state that they leave. What follows reads only this
// of the state.
func (s *solver) then(cur ref, k kind, reads uint8, sc *scope, follow func(*scope) ref) ref {
	results := s.resultsOf(cur, k)
	if len(results) == 0 {
		return cur
	}
	if !slices.ContainsFunc(results, func(r result) bool { return s.changes(r, reads, sc) }) {
		return s.apply(sequel(k), cur, follow(sc))
	}
	if k == fall {
		cur = s.apply(opPend, cur, no)
	}
	for _, r := range results {
		if k == fall {
			r = r.as(pending)
		}
		after := sc.state.after(s.effects[r.effect()], s.m)
		d := s.apply(prefix(r.effect()), follow(s.scope(sc.pass, after)), no)
		cur = s.apply(filling(r), cur, d)
	}
	return cur
}

// changes says whether a result leaves another state for who reads this.
func (s *solver) changes(r result, reads uint8, sc *scope) bool {
	if r.effect() == 0 || reads == 0 {
		return false
	}
	after := sc.state.after(s.effects[r.effect()], s.m)
	return after.seenBy(reads) != sc.state.seenBy(reads)
}

// resultsOf are the results of a kind that a diagram has.
func (s *solver) resultsOf(a ref, k kind) []result {
	return slices.DeleteFunc(s.results(a), func(r result) bool { return r.kind() != k })
}

// results are all results that a diagram has.
func (s *solver) results(a ref) []result {
	seen := map[ref]bool{}
	found := map[result]bool{}
	var out []result
	var visit func(ref)
	visit = func(a ref) {
		if seen[a] {
			return
		}
		seen[a] = true
		if a >= 0 {
			for _, e := range s.of(a) {
				visit(e.to)
			}
			return
		}
		for _, r := range s.term(a).results {
			if !found[r] {
				found[r] = true
				out = append(out, r)
			}
		}
	}
	visit(a)
	slices.Sort(out)
	return out
}

// segment is rules that see one state, one after the other.
func (s *solver) segment(seg segment, sc *scope) ref {
	x := s.boxer(sc)
	var list []ref
	var boxes []box
	stack := func() {
		if d := s.stacked(sequel(fall), boxes, s.plain[fall]); d != s.plain[fall] {
			list = append(list, d)
		}
		boxes = boxes[:0]
	}
	for _, r := range seg.rules {
		s.spend()
		b, f := x.rule(r.Steps, no)
		if f == fits {
			boxes = append(boxes, b)
		}
		if f != misfit {
			continue
		}
		s.at = r.At
		if d := s.steps(r.Steps, sc); d != s.plain[fall] {
			stack()
			list = append(list, d)
		}
	}
	stack()
	return s.fold(sequel(fall), list, s.plain[fall])
}
