package firewall

import (
	"net/netip"
	"strings"

	"sallyport/internal/fact"
	model "sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
)

// ask puts a question to both families. The port that is asked about is one that hardly any rule names; or, where one port is
// enough, one that is accepted.
func (b *builder) ask(key string, question func(six bool) reach.Flow, some bool) []Answer {
	var all []Answer
	for i, family := range []uint8{4, 6} {
		f, port := question(family == 6), uint16(40000)
		a := b.model.Ask(f)
		if some && len(a.Accepted) > 0 {
			port = uint16(a.Accepted[0].First.Lo)
		}
		verdict := verdictOf(a, port)
		if some && verdict != "accepted" {
			verdict = "dropped"
		}
		all = append(all, Answer{Family: familyName(family), Verdict: verdict})
		b.place(b.spans.Key(key).Index(i), decided(b.model.Explain(f, port)))
	}
	return all
}

// decided is where the last of those steps is written that decide something.
func decided(path []reach.Visit) (at fact.Span) {
	for _, v := range path {
		if v.At.Line > 0 && !passing(v) && (v.Rule != nil || at.Line == 0 || !strings.HasSuffix(v.Did, "accept")) {
			at = v.At
		}
	}
	return at
}

func verdictOf(a reach.Answer, n uint16) string {
	port := model.Number(n)
	switch {
	case a.Accepted.Has(port):
		return "accepted"
	case a.Unknown.Has(port):
		return "unknown"
	case a.Rejected.Has(port):
		return "rejected"
	}
	return "dropped"
}

func (b *builder) reply(six bool) reach.Flow {
	from := map[bool]string{false: "192.0.2.1", true: "2001:db8::1"}[six]
	to := map[bool]string{false: "198.51.100.1", true: "2001:db8:1::1"}[six]
	return reach.Flow{
		Hook: model.Input, In: b.closed, Reply: true, Protocol: 6, From: netip.MustParseAddr(from), To: netip.MustParseAddr(to),
		SourcePorts: model.Values(443),
	}
}

// closed is an interface whose connections are dropped or rejected where no rule names them; else any.
func closed(list []reach.Default) string {
	for _, d := range list {
		if d.Hook == model.Input && openness(d.Verdict) < 2 && len(d.Interfaces) > 0 {
			if name := interfaceName(d.Interfaces[0].First); name != "" {
				return name
			}
		}
	}
	return "eth0"
}

func (b *builder) spoofed(six bool) reach.Flow {
	f := b.loopback(six)
	f.In, f.Out = b.closed, ""
	f.To = netip.MustParseAddr(map[bool]string{false: "198.51.100.1", true: "2001:db8:1::1"}[six])
	return f
}

func (b *builder) loopback(six bool) reach.Flow {
	self := netip.MustParseAddr(map[bool]string{false: "127.0.0.1", true: "::1"}[six])
	return reach.Flow{Hook: model.Input, In: "lo", Out: "lo", From: self, To: self, Protocol: 6}
}
