package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

func (w *walker) verdict(c *firewall.Chain, r *firewall.Rule, v firewall.Verdict, st state) []exit {
	w.note(c, r, said(v))
	switch v.Kind {
	case firewall.Accept:
		return []exit{{accept, st}}
	case firewall.Drop:
		return []exit{{drop, st}}
	case firewall.Reject:
		return []exit{{reject, st}}
	case firewall.Return:
		return []exit{{returned, st}}
	case firewall.Continue:
		return []exit{{fall, st}}
	case firewall.Jump, firewall.Goto:
		return w.call(v, st)
	}
	if w.visits != nil {
		w.guessed = true
		if w.guess == always {
			return []exit{{accept, st}}
		}
		return []exit{{drop, st}}
	}
	return []exit{{fall, st}, {accept, st}, {drop, st}}
}

// call takes a packet through a chain that a rule jumps to.
func (w *walker) call(v firewall.Verdict, st state) []exit {
	n := 0
	if w.visits != nil {
		n = len(*w.visits)
	}
	out := w.chain(v.Chain, st)
	if out[0].kind == fall && v.Kind == firewall.Jump {
		w.unnote(n)
	}
	for i := range out {
		switch k := &out[i].kind; {
		case v.Kind == firewall.Jump && *k == returned:
			*k = fall
		case v.Kind == firewall.Goto && *k == fall:
			*k = returned
		}
	}
	return out
}

// path takes a packet from a stage to the end.
func (w *walker) path(p, at int, st state) []exit {
	w.pass = p
	ps := &w.s.passes[p]
	if at == len(ps.stages) {
		return w.leave(ps, st)
	}
	sg := ps.stages[at]
	dest := ps.hook == firewall.Prerouting || ps.hook == firewall.Output
	switch {
	case sg.own == conntrack && st.tracking == unseen:
		st.tracking = tracked
	case sg.own == translated:
		st.natDone, st.sourceDone = st.natDone || dest, st.sourceDone || !dest
	}
	asked := dest && st.natDone || !dest && st.sourceDone
	if ps.bridge {
		return w.overBridge(p, at, st)
	}
	if sg.chain == nil || sg.chain.Kind == firewall.NAT && (w.s.reply || st.tracking != tracked || asked) {
		return w.path(p, at+1, st)
	}
	var out []exit
	switch w.settle(w.expr(onDevice(sg.chain), w.s.scope(p, st)), nil) {
	case never:
		return w.path(p, at+1, st)
	case maybe:
		out = w.path(p, at+1, st)
		w.pass = p
	}
	for _, x := range w.chain(sg.chain, st) {
		if x.kind == fall || x.kind == returned {
			x.kind = accept
			if sg.chain.Policy.Kind == firewall.Drop {
				x.kind = drop
			}
			w.note(sg.chain, nil, "policy "+said(firewall.Verdict{Kind: sg.chain.Policy.Kind}))
		}
		switch x.kind {
		case drop:
			out = add(out, exit{dropped, x.state})
		case reject:
			out = add(out, exit{rejected, x.state})
		default:
			for _, y := range w.path(p, at+1, x.state) {
				out = add(out, y)
			}
			w.pass = p
		}
	}
	return out
}

// leave takes a packet on to the next hook.
func (w *walker) leave(ps *pass, st state) []exit {
	host, out := ps.toHost, ps.toOther
	if host == 0 {
		host = ps.next
	}
	if out == 0 {
		out = ps.next
	}
	switch {
	case ps.last && ps.away:
		return []exit{{elsewhere, st}}
	case ps.last:
		return []exit{{passed, st}}
	case st.to == 0:
		return w.path(ps.next, 0, st)
	}
	switch w.s.where(st) {
	case here:
		return w.path(host, 0, st)
	case other:
		return w.toOther(out, host, st)
	case within:
		list := w.path(host, 0, st)
		if w.visits == nil {
			list = add(list, exit{dropped, st})
		}
		return list
	case same:
		return w.path(ps.next, 0, st)
	}
	if host == out || w.visits != nil {
		return w.path(host, 0, st)
	}
	return append(append(w.path(host, 0, st), w.path(out, 0, st)...), exit{passed, st}, exit{elsewhere, st})
}

// toOther takes a packet to another address, which may be the host's own too where that is not known.
func (w *walker) toOther(out, host int, st state) []exit {
	list := w.path(out, 0, st)
	closed := func(x exit) bool { return x.kind != elsewhere }
	if w.s.m.knows(w.s.family) || w.visits != nil || !slices.ContainsFunc(list, closed) {
		return list
	}
	own := w.path(host, 0, st)
	if slices.ContainsFunc(own, func(x exit) bool { return x.kind == passed || x.kind == elsewhere }) {
		list = append(list, own...)
	}
	return list
}
