package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// defaults are what undeclared ports meet, by interface.
func (s *solver) defaults(d ref, h firewall.Hook, c *cutter) []Default {
	face := firewall.InInterface
	if h == firewall.Output {
		face = firewall.OutInterface
	}
	verdicts := map[firewall.VerdictKind][]firewall.Range{}
	s.undeclared(d, 0, face, nil, c, func(faces firewall.Set, v firewall.VerdictKind) {
		if faces == nil {
			faces = firewall.Set{{Last: firewall.Value{}.Previous()}}
		}
		verdicts[v] = append(verdicts[v], faces...)
	})
	var list []Default
	var taken firewall.Set
	for _, v := range mostOpen {
		set := subtract(firewall.NewSet(verdicts[v]...), taken)
		taken = firewall.NewSet(append(slices.Clone(taken), set...)...)
		for _, named := range []bool{false, true} {
			part := subtract(set, c.named[face].set)
			if named {
				part = subtract(set, part)
			}
			part = subtract(part, firewall.Set{{}, firewall.One(firewall.Interface("lo"))})
			if len(part) > 0 {
				list = append(list, Default{Hook: h, Family: s.family, Interfaces: part, Named: named, Verdict: v})
			}
		}
	}
	return list
}

// mostOpen are the verdicts on a whole path, the most open first.
var mostOpen = []firewall.VerdictKind{firewall.Accept, firewall.Undecided, firewall.Reject, firewall.Drop}

// undeclared goes down to what TCP and UDP packets meet whose fields no rule names, for each interface.
func (s *solver) undeclared(d ref, i int, face firewall.Field, faces firewall.Set, c *cutter, back func(firewall.Set, firewall.VerdictKind)) {
	if i == len(s.fields) || d < 0 {
		if v, ok := s.verdictOf(d); ok {
			back(faces, v)
		}
		return
	}
	f := s.fields[i]
	list := s.groups(d, f)
	switch f {
	case firewall.Protocol:
		for _, g := range list {
			if g.set == nil || g.set.Has(firewall.Number(6)) || g.set.Has(firewall.Number(17)) {
				s.undeclared(g.to, i+1, face, faces, c, back)
			}
		}
	case face:
		for _, g := range list {
			s.undeclared(g.to, i+1, face, g.set, c, back)
		}
	default:
		s.undeclared(largest(list, c.named[f]).to, i+1, face, faces, c, back)
	}
}

// largest is the group with the most values that are not named, and of equal ones the most values.
func largest(list []group, named counted) group {
	best, unnamed, all := list[0], firewall.Value{}, firewall.Value{}
	for i, g := range list {
		n := firewall.Value{}
		for _, r := range g.set {
			n = plus(n, extent(r))
		}
		u := minus(n, named.within(g.set))
		if more := u.Compare(unnamed); i == 0 || more > 0 || more == 0 && n.Compare(all) > 0 {
			best, unnamed, all = g, u, n
		}
	}
	return best
}

// verdictOf is the verdict on a path's end; false where there is none, as for packets on lo.
func (s *solver) verdictOf(d ref) (firewall.VerdictKind, bool) {
	f, rank := s.judge(*s.term(d))
	switch {
	case rank < 0:
		return 0, false
	case rank == rankUnknown:
		return firewall.Undecided, true
	case f.kind == rejected:
		return firewall.Reject, true
	case f.kind == dropped:
		return firewall.Drop, true
	}
	return firewall.Accept, true
}

// subtract is what a has and b has not.
func subtract(a, b firewall.Set) firewall.Set {
	var out firewall.Set
	for _, r := range a {
		open := true
		for i := searchRange(b, r.First); i < len(b) && b[i].First.Compare(r.Last) <= 0; i++ {
			if b[i].First.Compare(r.First) > 0 {
				out = append(out, firewall.Range{First: r.First, Last: b[i].First.Previous()})
			}
			if b[i].Last.Compare(r.Last) >= 0 {
				open = false
				break
			}
			r.First = b[i].Last.Next()
		}
		if open {
			out = append(out, r)
		}
	}
	return out
}

// compare finds the ports that one family alone reaches.
func (e *Exposure) compare() []Difference {
	type key struct {
		hook             firewall.Hook
		protocol, family uint8
	}
	ports := map[key][]firewall.Range{}
	for _, r := range e.Regions {
		for _, p := range []uint8{6, 17} {
			if r.Verdict != firewall.Accept || r.Protocols != nil && !r.Protocols.Has(firewall.Number(p)) {
				continue
			}
			k := key{r.Hook, p, r.Family}
			if r.Ports == nil {
				ports[k] = append(ports[k], allPorts...)
			}
			ports[k] = append(ports[k], subtract(r.Ports, firewall.Set{{}})...)
		}
	}
	var list []Difference
	for _, h := range []firewall.Hook{firewall.Input, firewall.Output, firewall.Forward} {
		for _, p := range []uint8{6, 17} {
			for _, family := range []uint8{4, 6} {
				only := subtract(firewall.NewSet(ports[key{h, p, family}]...), firewall.NewSet(ports[key{h, p, 10 - family}]...))
				if len(only) > 0 {
					list = append(list, Difference{h, p, family, only})
				}
			}
		}
	}
	return list
}

// doubts are the reasons of all regions.
func (e *Exposure) doubts() []firewall.Unknown {
	var list []firewall.Unknown
	for _, r := range e.Regions {
		for _, w := range r.Why {
			list = add(list, w)
		}
	}
	return list
}
