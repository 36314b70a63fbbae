package iptables

import (
	"strconv"

	"sallyport/internal/firewall"
)

// tracked holds for packets that conntrack has an entry for.
func tracked() firewall.Expr {
	return is(firewall.ConnState, firewall.StateNew, firewall.StateEstablished, firewall.StateRelated)
}

var stateValues = []int{firewall.StateInvalid, firewall.StateNew, firewall.StateRelated, firewall.StateEstablished, firewall.StateUntracked}

const natBits = 1<<5 | 1<<6 // SNAT and DNAT in extensions.txt's list

func stateExpr(mask uint64) firewall.Expr {
	var values []int
	for i, v := range stateValues {
		if mask&(1<<i) != 0 {
			values = append(values, v)
		}
	}
	e := firewall.Any{firewall.Is{Field: firewall.ConnState, Set: firewall.Values(values...)}}
	if status := (mask & natBits) >> 1; status != 0 { // conntrack's bits are 16 and 32
		e = append(e, firewall.Not{Expr: masked(firewall.ConnStatus, status, 0)})
	}
	if len(e) == 1 {
		return e[0]
	}
	return e
}

// conntrack is xt_conntrack: of a packet without an entry the state alone is asked, and where it is not, nothing holds. A rule that
// asks for both becomes two: a condition on what is not there would else end it.
func conntrack(b *builder, u *use) {
	var entry firewall.All
	var state value
	for _, v := range u.values {
		if name := v.option.name(); name == "ctstate" || name == "state" {
			state = v
			continue
		}
		entry = append(entry, invert(v.not, b.entry(v)))
	}
	mask := bit(state.text)
	switch {
	case state.option == nil:
		b.when(tracked())
	case len(entry) == 0 && mask&natBits == 0:
		b.when(invert(state.not, stateExpr(mask)))
		return
	case b.side == untracked:
		b.when(firewall.Not{Expr: tracked()})
		b.when(invert(state.not, stateExpr(mask&^natBits)))
		b.idle = b.idle || !state.not && mask&(1|1<<4) == 0
		return
	default:
		b.splits = true
		b.when(tracked())
		b.when(invert(state.not, stateExpr(mask)))
	}
	for _, e := range entry {
		b.when(e)
	}
}

// entry is one condition on conntrack's entry. Seen from a connection's first packet, the replies go to its source, and come
// from where the packet goes by then.
func (b *builder) entry(v value) firewall.Expr {
	switch v.option.name() {
	case "ctproto":
		return is(firewall.Protocol, bit(v.text))
	case "ctorigsrc":
		return b.hostExpr(firewall.OrigSource, v.text)
	case "ctorigdst":
		return b.hostExpr(firewall.OrigDestination, v.text)
	case "ctreplsrc":
		return b.hostExpr(firewall.Destination, v.text)
	case "ctrepldst":
		return b.hostExpr(firewall.Source, v.text)
	case "ctorigsrcport", "ctrepldstport":
		return portOf(firewall.SourcePort, v.text)
	case "ctorigdstport":
		return portOf(firewall.OrigPort, v.text)
	case "ctreplsrcport":
		return portOf(firewall.Port, v.text)
	case "ctstatus":
		mask := bit(v.text) >> 1 // after NONE, which is no bit
		if mask == 0 {
			return firewall.Any{}
		}
		return firewall.Not{Expr: masked(firewall.ConnStatus, mask, 0)}
	case "ctdir":
		return is(firewall.ConnDirection, map[bool]int{true: 1}[v.text != "" && (v.text[0] == 'R' || v.text[0] == 'r')])
	}
	return b.unknown("how long the connection lasts")
}

func (b *builder) hostExpr(field firewall.Field, text string) firewall.Expr {
	a, _ := parseHost(text, b.family)
	return a.expr(field, b.family, b.unknown)
}

func portOf(field firewall.Field, text string) firewall.Expr {
	return firewall.All{is(firewall.Protocol, 6, 17, 33, 132, 136), firewall.Is{Field: field, Set: span(text, ":")}}
}

// related holds for connections that belong to another one.
func related(b *builder, u *use) {
	v, _ := u.get("helper")
	b.when(invert(v.not, firewall.All{is(firewall.ConnState, firewall.StateRelated, firewall.StateEstablished), b.unknown("what a helper expects")}))
}

func counted(b *builder, u *use) {
	b.when(tracked())
	b.when(b.unknown("how much the connection carried"))
}

func limit(b *builder, u *use) {
	holds := true
	for _, v := range u.values {
		switch v.option.name() {
		case "hashlimit-upto":
			holds = !v.not
		case "hashlimit-above":
			holds = v.not
		}
	}
	b.step(firewall.Limit{Holds: holds, What: u.name})
}

// connLimit counts the first connection as one.
func connLimit(b *builder, u *use) {
	v := u.values[0]
	for _, one := range u.values {
		if one.option.group == "c" {
			v = one
		}
	}
	n, _ := number(v.text, ^uint64(0))
	holds := n >= 1
	if v.option.name() == "connlimit-above" {
		holds = !holds
	}
	b.step(firewall.Limit{Holds: holds != v.not, What: "connlimit"})
}

func quota(b *builder, u *use) {
	v, _ := u.get("quota")
	n, _ := number(v.text, ^uint64(0))
	b.step(firewall.Limit{Holds: (n > 0) != v.not, What: "quota of " + strconv.FormatUint(n, 10) + " bytes"})
}

// recent is a list of addresses that rules write. The first packet of a sender finds none, unless a rule before has
// just written it.
func recent(b *builder, u *use) {
	name := listName(u)
	for _, v := range u.values {
		switch v.option.name() {
		case "set":
			if v.not {
				b.when(firewall.Any{})
			}
			return
		case "rcheck", "update", "remove":
			hits := uint64(1)
			if h, ok := u.get("hitcount"); ok {
				hits, _ = number(h.text, ^uint64(0))
			}
			if b.l.writes(b.rule, name) >= hits {
				b.when(b.unknown("the list " + clip(name) + " of recent senders"))
				return
			}
			b.step(firewall.Limit{Holds: v.not, What: "recent " + clip(name)})
			return
		}
	}
}

func listName(u *use) string {
	if v, ok := u.get("name"); ok {
		return v.text
	}
	return "DEFAULT"
}
