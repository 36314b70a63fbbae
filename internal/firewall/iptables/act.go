package iptables

import (
	"maps"
	"slices"
	"strings"

	"sallyport/internal/firewall"
)

// target adds what the rule does with packets. Jumps are the loader's: it knows the chains.
func (b *builder) target() {
	s := &b.rule.spec
	switch {
	case s.goes || b.rule.jumps:
		return
	case s.jump.unknown != "":
		b.decide(firewall.Verdict{Kind: firewall.Undecided, Why: s.jump.unknown})
		return
	case s.target == nil:
		switch s.jump.text {
		case "ACCEPT":
			b.decide(firewall.Verdict{Kind: firewall.Accept})
		case "DROP":
			b.decide(firewall.Verdict{Kind: firewall.Drop})
		case "RETURN":
			b.decide(firewall.Verdict{Kind: firewall.Return})
		case "":
		default:
			b.undecided("the target " + s.jump.text)
		}
		return
	}
	b.act(s.target)
}

func (b *builder) decide(v firewall.Verdict) { b.step(firewall.Decide{Verdict: v}) }

func (b *builder) undecided(why string) {
	b.decide(firewall.Verdict{Kind: firewall.Undecided, Why: why})
}

func (b *builder) act(u *use) {
	switch u.ext.name {
	case "REJECT":
		with := "icmp port-unreachable"
		if b.family == 6 {
			with = "icmpv6 port-unreachable"
		}
		if v, ok := u.get("reject-with"); ok {
			with = v.text
		}
		b.decide(firewall.Verdict{Kind: firewall.Reject, With: with})
	case "MARK":
		b.setMark(firewall.Mark, u)
	case "CONNMARK":
		b.connMark(u)
	case "NOTRACK":
		b.step(firewall.Untrack{})
	case "CT":
		if u.has("notrack") {
			b.step(firewall.Untrack{})
		}
	case "DNAT", "SNAT", "MASQUERADE", "REDIRECT", "NETMAP":
		b.translate(u)
	case "NFQUEUE":
		b.undecided("a program behind a queue")
	case "TPROXY":
		b.undecided("a transparent proxy")
	case "SYNPROXY":
		b.undecided("SYNPROXY")
	case "DNPT", "SNPT", "HMARK", "CLUSTERIP":
		b.undecided("the target " + u.name)
	case "SET":
		if u.has("map-set") && u.has("map-mark") {
			b.undecided("a mark out of a set")
		}
	}
}

// markBits is what an option of MARK and CONNMARK does: (old & and) ^ xor.
func markBits(option, text string) (and, xor uint64) {
	const all = 1<<32 - 1
	value, mask := two(text, "/")
	switch option {
	case "set-xmark":
		return all &^ mask, value
	case "set-mark":
		return all &^ (mask | value), value
	case "and-mark":
		return value, 0
	case "or-mark":
		return all &^ value, value
	}
	return all, value
}

// setMark is MARK and CONNMARK with a value.
func (b *builder) setMark(field firewall.Field, u *use) {
	for _, v := range u.values {
		if v.option.group != "m" || v.option.kind == "flag" {
			continue
		}
		and, xor := markBits(v.option.name(), v.text)
		when := firewall.Expr(firewall.All{})
		if field == firewall.ConnMark {
			when = tracked()
		}
		b.step(firewall.Assign{Field: field, Cases: []firewall.AssignCase{{When: when, From: field, And: firewall.Number(and), Xor: firewall.Number(xor)}}})
	}
}

// connMark is CONNMARK: a value of its own, or bits copied between the packet's mark and the connection's.
func (b *builder) connMark(u *use) {
	to, from := firewall.ConnMark, firewall.Mark
	switch {
	case u.has("save-mark"):
	case u.has("restore-mark"):
		to, from = from, to
	default:
		b.setMark(firewall.ConnMark, u)
		return
	}
	const all = 1<<32 - 1
	connection, packet := uint64(all), uint64(all)
	for _, v := range u.values {
		switch v.option.name() {
		case "mask":
			connection, packet = bit(v.text), bit(v.text)
		case "ctmask":
			connection = bit(v.text)
		case "nfmask":
			packet = bit(v.text)
		}
	}
	clear, take := connection, packet
	if to == firewall.Mark {
		clear, take = packet, connection
	}
	var cases []firewall.AssignCase
	if clear == all {
		cases = []firewall.AssignCase{{When: tracked(), From: from, And: firewall.Number(take)}}
	} else {
		cases = b.copies(from, to, clear, take)
	}
	b.step(firewall.Assign{Field: to, Cases: cases})
}

// copies says (to &^ clear) ^ (from & take) as one case for each value that from & take can have.
func (b *builder) copies(from, to firewall.Field, clear, take uint64) []firewall.AssignCase {
	var cases []firewall.AssignCase
	keep := firewall.Number(uint64(1<<32-1) &^ clear)
	for _, v := range b.l.markValues(take) {
		when := firewall.All{tracked()}
		if take != 0 {
			when = append(when, masked(from, take, v))
		}
		cases = append(cases, firewall.AssignCase{When: when, From: to, And: keep, Xor: firewall.Number(v)})
	}
	return cases
}

const maxMarks = 256

// markValues are the values that marks can have below a mask: all of them where they are few, else those that come of the
// constants of the ruleset.
func (l *Loader) markValues(mask uint64) []uint64 {
	values := map[uint64]bool{0: true}
	constants := l.marks()
	for i := uint(0); i < 32; i++ {
		if bit := uint64(1) << i; mask&bit != 0 && len(values) <= maxMarks {
			for v := range maps.Clone(values) {
				values[v|bit] = true
			}
		}
	}
	if len(values) > maxMarks {
		clear(values)
		values[0] = true
		for _, c := range constants {
			for v := range maps.Clone(values) {
				values[v^c&mask], values[v|c&mask], values[c&mask] = true, true, true
			}
			if len(values) > maxMarks {
				break
			}
		}
	}
	return slices.Sorted(maps.Keys(values))
}

// marks are the values that rules give to marks.
func (l *Loader) marks() []uint64 {
	found := make(map[uint64]bool)
	for r := range l.rules() {
		if t := r.spec.target; t != nil && (t.name == "MARK" || t.name == "CONNMARK" || t.name == "TPROXY") {
			for _, v := range t.values {
				value, _ := two(v.text, "/")
				if v.text != "" && value != 0 {
					found[value] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (b *builder) translate(u *use) {
	p := &parser{family: b.family, cmd: command{rule: b.rule.spec}}
	c := firewall.TranslateCase{When: firewall.All{}}
	switch u.ext.name {
	case "MASQUERADE":
		c.To = firewall.SourceNAT
	case "REDIRECT":
		c.To = firewall.Redirect
	case "NETMAP":
		b.netmap(u)
		return
	default:
		v, ok := u.get("to-destination")
		c.To = firewall.DestinationNAT
		if !ok {
			v, _ = u.get("to-source")
			c.To = firewall.SourceNAT
		}
		t, _ := p.translation(v.text)
		c.Addresses, c.Ports = t.Addresses, t.Ports
		if strings.Contains(v.text, "/") {
			c.Ports, c.Why = nil, "a port that moves along with the old one"
		}
	}
	if v, ok := u.get("to-ports"); ok {
		c.Ports, _ = p.ports(v.text)
	}
	if len(b.rule.spec.unknown) > 0 && len(c.Addresses) == 0 && len(c.Ports) == 0 {
		c.Why = b.rule.spec.unknown[0]
	}
	b.step(firewall.Translate{Cases: []firewall.TranslateCase{c}})
}

// netmap keeps the bits of the host: one case for each of them where they are few.
func (b *builder) netmap(u *use) {
	v, _ := u.get("to")
	a, _ := parseHost(v.text, b.family)
	field, to := firewall.Destination, firewall.DestinationNAT
	if b.rule.source {
		field, to = firewall.Source, firewall.SourceNAT
	}
	free := ones(b.family).Xor(a.mask)
	if free.Hi != 0 || free.Lo > 255 || free.And(free.Next()) != (firewall.Value{}) {
		last := a.bits.Xor(free)
		b.step(firewall.Translate{Cases: []firewall.TranslateCase{{When: firewall.All{}, To: to, Addresses: firewall.Set{{First: a.bits, Last: last}}, Why: "NETMAP of a large network"}}})
		return
	}
	var cases []firewall.TranslateCase
	for host := uint64(0); host <= free.Lo; host++ {
		when := firewall.Expr(firewall.All{})
		if free.Lo > 0 {
			when = firewall.Is{Field: field, Mask: free, Set: firewall.Values(host)}
		}
		cases = append(cases, firewall.TranslateCase{When: when, To: to, Addresses: firewall.Set{firewall.One(a.bits.Xor(firewall.Number(host)))}})
	}
	b.step(firewall.Translate{Cases: cases})
}
