package reach

import (
	"net/netip"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A solver answers one question: what becomes of the packets that set out with these bindings on this path.
type solver struct {
	*store
	*layout
	m      *Model
	family uint8
	base   bindings
	passes []pass
	// local are the addresses that are known to be the host's.
	local  firewall.Set
	scopes map[scopeKey]*scope
	chains map[chainKey]ref
	runs   map[runKey]ref
	tuples map[tupleKey]ref
	sets   map[setKey]ref
	within map[*firewall.Chain]bool
	every  bool           // asks about all packets, not the first of a connection: limits are met on both sides
	at     fact.Span      // the rule that is being looked at
	fixed  *scope         // where set, the one scope, whatever the state
	shared map[string]ref // chains, for all questions that share a store
	// reply says that the packet answers one that went out.
	reply bool
	// scratch is what groups are found in.
	scratch []grouped
}

func (m *Model) solver(d *store, l *layout, sets map[setKey]ref) *solver {
	return &solver{
		store: d, layout: l, m: m, sets: sets,
		scopes: map[scopeKey]*scope{}, chains: map[chainKey]ref{}, runs: map[runKey]ref{},
		tuples: map[tupleKey]ref{}, within: map[*firewall.Chain]bool{},
	}
}

// route lays the path: what the hooks are that packets pass, by the hook that was asked about.
func (s *solver) route(h firewall.Hook, in, out binding) {
	s.passes = make([]pass, 0, 16)
	none := binding{}
	anywhere := anything("the interface that the translated packet leaves by")
	lo := binding{value: firewall.Interface("lo")}
	onLo := h == firewall.Input && in.is(lo) || h == firewall.Output && out.is(lo)
	arrive := append(s.m.bridges(in, firewall.Prerouting, firewall.Input), []pass{
		{hook: firewall.Ingress, in: in},
		{hook: firewall.Prerouting, in: in},
	}...)
	routed := len(arrive) - 1
	leave := func(out binding) []pass { return s.m.bridges(out, firewall.Output, firewall.Postrouting) }
	input := pass{hook: firewall.Input, in: in, last: true}
	forward := func(out binding) []pass {
		return append(append([]pass{
			{hook: firewall.Forward, in: in, out: out},
			{hook: firewall.Postrouting, in: in, out: out},
		}, leave(out)...), pass{hook: firewall.Egress, in: none, out: out, last: true})
	}
	send := func(out binding) []pass {
		return append(append([]pass{
			{hook: firewall.Postrouting, out: out, socket: true},
		}, leave(out)...), pass{hook: firewall.Egress, out: out, socket: true, last: true})
	}
	loop := []pass{
		{hook: firewall.Postrouting, out: lo, socket: true},
		{hook: firewall.Egress, out: lo, socket: true},
		{hook: firewall.Ingress, in: lo},
		{hook: firewall.Prerouting, in: lo},
		{hook: firewall.Input, in: lo, last: true},
	}
	first := pass{hook: firewall.Output, out: out, socket: true}
	switch {
	case onLo:
		first.out = lo
		s.add(append([]pass{first}, loop...), false)
		at := s.add(send(anywhere), true)
		s.passes[0].toOther = at
	case h == firewall.Output:
		s.add(append([]pass{first}, send(out)...), false)
		at := s.add(loop, true)
		s.passes[0].toHost = at
		at = s.add(send(anywhere), true)
		s.passes[0].toOther = at
	case h == firewall.Input:
		s.add(append(arrive, input), false)
		at := s.add(forward(anywhere), true)
		s.passes[routed].toOther = at
	default:
		s.add(append(arrive, forward(out)...), false)
		at := s.add([]pass{input}, true)
		s.passes[routed].toHost = at
		at = s.add(forward(anywhere), true)
		s.passes[routed].toOther = at
	}
}

// add appends passes that follow each other and returns where the first is.
func (s *solver) add(list []pass, away bool) int {
	at := len(s.passes)
	for i, p := range list {
		p.away = away
		p.next = at + i + 1
		if !p.bridge {
			p.stages = s.m.stagesOf(p.hook, s.family)
		}
		s.passes = append(s.passes, p)
	}
	return at
}

// addressType is fib's type of a source address, or of a destination that is not the host's.
func addressType(a netip.Addr) uint8 {
	switch {
	case a.IsLoopback():
		return typeLocal
	case a.IsMulticast():
		return typeMulticast
	case a.Is4() && (a.As4()[0] == 0 || a.As4() == [4]byte{255, 255, 255, 255}):
		return typeBroadcast
	}
	return typeUnicast
}
