package firewall

import (
	"net/netip"

	model "sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
)

// ask puts a question to both families, and reads each answer by verdict.
func (b *builder) ask(question func(six bool) reach.Flow, verdict func(reach.Answer) string) []Answer {
	var all []Answer
	for _, family := range []uint8{4, 6} {
		all = append(all, Answer{Family: familyName(family), Verdict: verdict(b.model.Ask(question(family == 6)))})
	}
	return all
}

// ordinary is what a port meets that hardly any rule names.
func ordinary(a reach.Answer) string {
	port := model.Number(40000)
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

// some is accepted where one port is.
func some(a reach.Answer) string {
	if len(a.Accepted) > 0 {
		return "accepted"
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
