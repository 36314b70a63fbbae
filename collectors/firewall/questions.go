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

// repliesAsked bounds how many openings of a hook and family are asked about what their answers meet.
const repliesAsked = 16

// replies asks what the answers to the connections meet that come in and go out: of each hook and family, of the first connection
// whose answer does not come through, else of the first.
func (b *builder) replies(regions []reach.Region) {
	b.facts.Replies = []Reply{}
	for _, h := range []model.Hook{model.Output, model.Input} {
		for _, family := range []uint8{4, 6} {
			if r, at := b.worstReply(regions, h, family); r.To != "" {
				b.place(b.spans.Key("replies").Index(len(b.facts.Replies)), at)
				b.facts.Replies = append(b.facts.Replies, r)
			}
		}
	}
}

func (b *builder) worstReply(regions []reach.Region, h model.Hook, family uint8) (worst Reply, at fact.Span) {
	asked := 0
	for i := range regions {
		r := &regions[i]
		if r.Hook != h || r.Family != family || !answered(r) {
			continue
		}
		if asked++; asked > repliesAsked || worst.Verdict == "dropped" {
			break
		}
		f, port := b.reply(r)
		verdict := verdictOf(b.model.Ask(f), port)
		if worst.To != "" && (verdict == "accepted" || verdict == worst.Verdict) {
			continue
		}
		worst = Reply{Hook: hookNames[f.Hook], Family: familyName(family), Verdict: verdict, To: replyTo(r)}
		at = decided(b.model.Explain(f, port))
	}
	return worst, at
}

// replyTo names the connections of a region: "udp/53", "tcp/any".
func replyTo(r *reach.Region) string {
	name, list := protocols(model.Values(uint64(r.Flow.Protocol)))[0], ports(r.Ports)
	if every(list) {
		return name + "/any"
	}
	return name + "/" + portText(list)
}

// answered says whether the connections of a region are answered by the place that they were sent to.
func answered(r *reach.Region) bool {
	f := r.Flow
	return r.Verdict == model.Accept && r.To == nil && !r.Elsewhere && (f.Protocol == 6 || f.Protocol == 17) &&
		f.From.IsGlobalUnicast() && f.To.IsGlobalUnicast()
}

// reply is the answer to a connection of a region, and the port that it goes to.
func (b *builder) reply(r *reach.Region) (reach.Flow, uint16) {
	to := uint16(40000)
	if f := r.Flow; f.SourcePorts != nil {
		to = uint16(f.SourcePorts[0].First.Lo)
	}
	f := reach.Flow{
		Hook: model.Input, In: r.Flow.Out, Reply: true, Protocol: r.Flow.Protocol, From: r.Flow.To, To: r.Flow.From,
		SourcePorts: model.Values(uint64(r.Port)),
	}
	if r.Hook == model.Input {
		f.Hook, f.In, f.Out = model.Output, "", r.Flow.In
	} else if r.Out == nil || r.Out.Has(model.Interface(b.closed)) {
		f.In = b.closed
	}
	return f, to
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
