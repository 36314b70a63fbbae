package reach

import (
	"cmp"
	"slices"
	"strings"

	"sallyport/internal/firewall"
)

// A pass is one hook on a packet's way.
type pass struct {
	hook    firewall.Hook
	in, out binding
	socket  bool // the sending socket is known
	away    bool // the packet does not go where was asked
	last    bool // what passes here has passed
	bridge  bool // its chains are a bridge's, which face may be
	face    binding
	// next are the passes that follow: the one for packets that go on as they set out, and where routing follows, the
	// ones for packets that a translation sends to the host itself or elsewhere; 0 is the same as the first.
	next, toHost, toOther int
	stages                []stage
}

// A stage is what a hook does at one priority: a base chain, or what the kernel does itself.
type stage struct {
	chain *firewall.Chain
	own   ownStage
}

type ownStage uint8

const (
	conntrack  ownStage = iota + 1 // looks the connection up
	translated                     // ends the question which translation a connection gets
)

// Where the kernel's own work stands among the priorities.
const (
	conntrackPriority   = -200
	destinationPriority = -100
	sourcePriority      = 100
)

// The address types of rtnetlink.
const (
	typeUnicast   = 1
	typeLocal     = 2
	typeBroadcast = 3
	typeMulticast = 5
)

type hookKey struct {
	hook   firewall.Hook
	family uint8
}

// stagesOf is stages with a memory.
func (m *Model) stagesOf(h firewall.Hook, family uint8) []stage {
	key := hookKey{h, family}
	list, ok := m.hooks[key]
	if !ok {
		list = m.stages(h, family)
		m.hooks[key] = list
	}
	return list
}

// stages puts the chains of a hook in the kernel's order: by priority, and of equal ones the last made first.
func (m *Model) stages(h firewall.Hook, family uint8) []stage {
	type ranked struct {
		stage
		rank, created, nat, within, order int
	}
	var list []ranked
	// The kernel asks nat chains from a hook function of its own, which comes with the first of them.
	nat := slices.IndexFunc(m.set.Chains, func(c *firewall.Chain) bool {
		return c.Kind == firewall.NAT && c.Hook != firewall.NoHook && sees(c, family)
	})
	for i, c := range m.set.Chains {
		switch {
		case c.Dormant || c.Hook != h || !sees(c, family):
		case c.Kind == firewall.NAT:
			list = append(list, ranked{stage{chain: c}, natPriority(h), -2 * nat, 0, c.Priority, -i})
		default:
			list = append(list, ranked{stage{chain: c}, c.Priority, -2 * i, 0, 0, 0})
		}
	}
	switch h {
	case firewall.Prerouting, firewall.Output:
		if last, ok := m.tracker(family); ok {
			list = append(list, ranked{stage: stage{own: conntrack}, rank: conntrackPriority, created: -2*last - 1})
		}
		fallthrough
	case firewall.Postrouting, firewall.Input:
		list = append(list, ranked{stage{own: translated}, natPriority(h), -2 * nat, 1, 0, 0})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.created, b.created), cmp.Compare(a.nat, b.nat),
			cmp.Compare(a.within, b.within), cmp.Compare(a.order, b.order))
	})
	var out []stage
	for _, r := range list {
		out = append(out, r.stage)
	}
	return out
}

// natPriority is where the kernel asks all nat chains of a hook, whatever their own priorities, which order them among themselves.
func natPriority(h firewall.Hook) int {
	if h == firewall.Prerouting || h == firewall.Output {
		return destinationPriority
	}
	return sourcePriority
}

// sees says whether packets of the family come to a base chain.
func sees(c *firewall.Chain, family uint8) bool {
	if c.Families == nil {
		// A chain for every packet on another hook is a bridge's, which has passes of its own.
		return c.Hook == firewall.Ingress || c.Hook == firewall.Egress
	}
	return c.Families.Has(firewall.Number(family))
}

// onDevice is the condition that packets come by one of the chain's devices.
func onDevice(c *firewall.Chain) firewall.Expr {
	f := firewall.InInterface
	switch c.Hook {
	case firewall.Egress:
		f = firewall.OutInterface
	case firewall.Ingress:
	default:
		return firewall.All{}
	}
	ranges := make([]firewall.Range, len(c.Devices))
	for i, d := range c.Devices {
		ranges[i] = firewall.One(firewall.Interface(d))
		if prefix, wild := strings.CutSuffix(d, "*"); wild {
			ranges[i] = firewall.Interfaces(prefix)
		}
	}
	return firewall.Is{Field: f, Set: firewall.NewSet(ranges...)}
}

type runKey struct {
	pass, stage int
	state       state
}

// run is the end of the path of packets that come to a stage.
func (s *solver) run(p, at int, st state) ref {
	key := runKey{p, at, st}
	if r, ok := s.runs[key]; ok {
		return r
	}
	r := s.runStage(p, at, st)
	s.runs[key] = r
	return r
}

func (s *solver) runStage(p, at int, st state) ref {
	ps := &s.passes[p]
	if at == len(ps.stages) {
		return s.leave(ps, st)
	}
	sg := ps.stages[at]
	dest := ps.hook == firewall.Prerouting || ps.hook == firewall.Output
	switch {
	case sg.own == conntrack:
		if st.tracking == unseen {
			st.tracking = tracked
		}
		return s.run(p, at+1, st)
	case sg.own == translated:
		if dest {
			st.natDone = true
		} else {
			st.sourceDone = true
		}
		return s.run(p, at+1, st)
	case ps.bridge:
		return s.overBridge(p, at, st)
	case sg.chain.Kind == firewall.NAT && (s.reply || st.tracking != tracked || dest && st.natDone || !dest && st.sourceDone):
		return s.run(p, at+1, st)
	}
	return s.baseChain(p, at, st)
}

// baseChain is what becomes of packets from a base chain on.
func (s *solver) baseChain(p, at int, st state) ref {
	c := s.passes[p].stages[at].chain
	sc := s.scope(p, st)
	d := s.apply(opCase, s.expr(onDevice(c), sc), s.chain(c, sc))
	policy := accept
	if c.Policy.Kind == firewall.Drop {
		policy = drop
	}
	var ends []ending
	for _, r := range s.results(d) {
		after := st.after(s.effects[r.effect()], s.m)
		k := r.kind()
		if k == fall || k == returned {
			k = policy
		}
		var to ref
		switch k { // next is another device
		case drop:
			to = s.end(dropped, after)
		case reject:
			to = s.end(rejected, after)
		default:
			to = s.run(p, at+1, after)
			if after.to != st.to {
				to = s.unchanged(to, p, at, after)
			}
		}
		if to < 0 {
			ends = append(ends, ending{r, to})
		} else {
			d = s.apply(filling(r), d, to)
		}
	}
	if len(ends) > 0 {
		d = s.apply(s.ending(ends), d, no)
	}
	return d
}

// end is the end of the path, with what a reader wants to know of how it came to it.
func (s *solver) end(k kind, st state) ref {
	e := unchanged
	e.limited, e.nat = st.limited, st.to
	return s.one(newResult(k, s.effect(e)))
}

// leave is what follows a hook.
func (s *solver) leave(ps *pass, st state) ref {
	if ps.last {
		if ps.away {
			return s.end(elsewhere, st)
		}
		return s.end(passed, st)
	}
	host, out := cmp.Or(ps.toHost, ps.next), cmp.Or(ps.toOther, ps.next)
	if st.to == 0 || host == out && host == ps.next {
		return s.run(ps.next, 0, st)
	}
	switch s.where(st) {
	case same:
		return s.run(ps.next, 0, st)
	case here:
		return s.run(host, 0, st)
	case other:
		if s.m.knows(s.family) {
			return s.run(out, 0, st)
		}
		why := "whether " + s.m.addressOf(st) + ", which the translation takes, is the host's own"
		return s.own(why, st, s.run(out, 0, st), s.run(host, 0, st))
	case within:
		return s.own("whether route_localnet lets in what is translated to "+s.m.addressOf(st), st, s.end(dropped, st), s.run(host, 0, st))
	}
	t := s.m.translations[st.to-1]
	why := s.reasons([]int32{s.m.reason(firewall.Unknown{Why: cmp.Or(t.Why, "which address the translation takes"), At: s.m.translatedAt[st.to-1]})})
	d := s.apply(opUnion, s.run(host, 0, st), s.run(out, 0, st))
	return s.apply(opUnion, d, s.some([]result{newResult(passed, 0), newResult(elsewhere, 0)}, why))
}
