package reach

import (
	"cmp"
	"slices"

	"sallyport/internal/firewall"
)

// Chains of the family bridge see what comes in by, and goes out over, an interface that is a bridge; whether one is, no
// ruleset tells, but names of network cards do. A packet that they drop is dropped or has never met them.

// cards are the names that the kernel and udev give to network cards, which are no bridges, and lo: systemd.net-naming-scheme(7).
var cards = firewall.NewSet(
	firewall.Interfaces("eth"), firewall.Interfaces("en"), firewall.Interfaces("wl"), firewall.Interfaces("ww"), firewall.Interfaces("ib"),
	firewall.Interfaces("sl"), firewall.Interfaces("ppp"), firewall.One(firewall.Interface("lo")),
)

// bridged says whether a base chain is of the family bridge.
func bridged(c *firewall.Chain) bool {
	return c.Families == nil && c.Hook != firewall.NoHook && c.Hook != firewall.Ingress && c.Hook != firewall.Egress
}

// bridges puts the passes through a bridge before those of packets that arrive, and after those of packets that leave, where there
// are chains that see them. The packets come or go by that interface.
func (m *Model) bridges(face binding, hooks ...firewall.Hook) []pass {
	var list []pass
	for _, h := range hooks {
		var stages []stage
		for _, c := range m.set.Chains {
			if c.Hook == h && bridged(c) && !c.Dormant {
				stages = append(stages, stage{chain: c})
			}
		}
		slices.SortStableFunc(stages, func(a, b stage) int { return cmp.Compare(a.chain.Priority, b.chain.Priority) })
		if len(stages) > 0 {
			port := anything("which port of a bridge it takes")
			list = append(list, pass{hook: h, in: port, out: port, bridge: true, face: face, stages: stages})
		}
	}
	return list
}

// maybeBridge is the condition that the interface of a pass may be a bridge.
func (s *solver) maybeBridge(p int) ref {
	switch b := &s.passes[p].face; {
	case b.mode == symbolic:
		return s.apply(opNot, s.set(b.field, firewall.Value{}, cards), no)
	case b.mode == known && cards.Has(b.value):
		return no
	}
	return yes
}

// overBridge is what becomes of packets that may meet a chain of a bridge.
func (s *solver) overBridge(p, at int, st state) ref {
	c := s.passes[p].stages[at].chain
	past := s.run(p, at+1, st)
	may := s.maybeBridge(p)
	if may == no {
		return past
	}
	d := s.chain(c, s.scope(p, st))
	why := s.doubt(s.reasons([]int32{s.m.reason(firewall.Unknown{Why: "whether it goes over a bridge, which " + c.Table + " " + c.Name + " filters", At: c.At})}))
	why = s.apply(opAnd, may, why)
	for _, r := range s.results(d) {
		after := st.after(s.effects[r.effect()], s.m)
		k := r.kind()
		if (k == fall || k == returned) && c.Policy.Kind == firewall.Drop {
			k = drop
		}
		to := s.end(dropped, after)
		if k != drop && k != reject {
			to = s.run(p, at+1, after)
		}
		if to != past {
			to = s.apply(sequel(fall), s.apply(opWhen, why, to), past)
		}
		d = s.apply(filling(r), d, to)
	}
	return d
}

// overBridge takes a packet through a chain of a bridge and past it.
func (w *walker) overBridge(p, at int, st state) []exit {
	out := w.path(p, at+1, st)
	if w.visits != nil || w.s.maybeBridge(p) == no {
		return out
	}
	w.pass = p
	c := w.s.passes[p].stages[at].chain
	for _, x := range w.chain(c, st) {
		closed := x.kind == drop || x.kind == reject || (x.kind == fall || x.kind == returned) && c.Policy.Kind == firewall.Drop
		if closed {
			out = add(out, exit{dropped, x.state})
			continue
		}
		for _, y := range w.path(p, at+1, x.state) {
			out = add(out, y)
		}
		w.pass = p
	}
	return out
}
