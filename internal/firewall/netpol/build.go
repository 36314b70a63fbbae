package netpol

import (
	"fmt"
	"net/netip"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// An allow is one entry of a policy's ingress or egress.
type allow struct {
	egress bool
	at     fact.Span
	peers  []peer // none: everybody
	ports  []port // none: everything
}

// A peer is a network but for parts of it, or pods by their labels.
type peer struct {
	at     fact.Span
	block  netip.Prefix
	except []netip.Prefix
	pods   string // says whose addresses they are, where it is not a block
}

// A port is a range of ports of a protocol. With neither last nor name it is all of them.
type port struct {
	at          fact.Span
	protocol    uint8
	name        string
	first, last uint16
}

// A builder makes the ruleset of pods that some policies select for sure, and others maybe.
type builder struct {
	sure, maybe []*Policy
	ports       map[string]map[string]uint16
}

var (
	accept   = firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Accept}}
	filtered = firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6, 17, 132)}
)

func (b *builder) ruleset(namespace string) *firewall.Ruleset {
	return &firewall.Ruleset{Chains: []*firewall.Chain{
		b.chain(namespace, "ingress", firewall.Input, false), b.chain(namespace, "egress", firewall.Output, true),
	}}
}

func (p *Policy) about(egress bool) bool {
	if egress {
		return p.egress
	}
	return p.ingress
}

func (b *builder) chain(namespace, name string, hook firewall.Hook, egress bool) *firewall.Chain {
	c := &firewall.Chain{
		Table: "NetworkPolicy " + namespace, Name: name, Hook: hook, Families: firewall.Values(4, 6), Policy: firewall.Verdict{Kind: firewall.Accept},
	}
	c.Rules = append(c.Rules, &firewall.Rule{Text: "replies", Steps: []firewall.Step{
		firewall.When{Expr: firewall.Is{Field: firewall.ConnState, Set: firewall.Values(firewall.StateEstablished, firewall.StateRelated)}}, accept,
	}})
	var isolating *Policy
	for _, p := range b.sure {
		if !p.about(egress) {
			continue
		}
		if isolating == nil {
			isolating, c.At, c.PolicyAt = p, p.At, p.At
		}
		b.allow(c, p, egress)
	}
	var open firewall.Any // where it is not known whether a policy closes the direction
	for _, p := range b.maybe {
		if !p.about(egress) {
			continue
		}
		why := firewall.Unknown{Why: "whether the pods are labelled " + p.selector.String() + " too (policy " + p.Name + ")", At: p.At}
		open = append(open, why)
		from := len(c.Rules)
		b.allow(c, p, egress)
		for _, r := range c.Rules[from:] {
			r.Steps = append([]firewall.Step{firewall.When{Expr: why}}, r.Steps...)
		}
	}
	if isolating == nil {
		if len(open) > 0 {
			c.Rules = append(c.Rules, closed("closed, if one of these policies selects the pods", firewall.When{Expr: open})...)
		}
		return c
	}
	for _, r := range closed("closed, because the policy " + isolating.Name + " selects the pods") {
		r.At = isolating.At
		c.Rules = append(c.Rules, r)
	}
	return c
}

// closed is the end of a direction that a policy selects pods for.
func closed(text string, first ...firewall.Step) []*firewall.Rule {
	drop := firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Drop}}
	other := firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Undecided, Why: "NetworkPolicy leaves protocols other than TCP, UDP and SCTP undefined"}}
	return []*firewall.Rule{
		{Text: text, Steps: append(append([]firewall.Step{}, first...), firewall.When{Expr: filtered}, drop)},
		{Text: "other protocols are undefined", Steps: append(append([]firewall.Step{}, first...), other)},
	}
}

func (b *builder) allow(c *firewall.Chain, p *Policy, egress bool) {
	for _, a := range p.allows {
		if a.egress != egress {
			continue
		}
		to, peers := a.whom()
		what, ports := a.what(b.ports)
		c.Rules = append(c.Rules, &firewall.Rule{
			Steps: []firewall.Step{firewall.When{Expr: firewall.All{filtered, what, to}}, accept},
			Text:  fmt.Sprintf("%s allows %s %s", p.Name, ports, peers), At: a.at,
		})
	}
}

// whom is the condition on the other side.
func (a *allow) whom() (firewall.Expr, string) {
	field, word := firewall.Source, "from "
	if a.egress {
		field, word = firewall.Destination, "to "
	}
	if len(a.peers) == 0 {
		return firewall.All{}, word + "everywhere"
	}
	var any firewall.Any
	var names []string
	for _, p := range a.peers {
		if p.pods != "" {
			any = append(any, firewall.Unknown{Why: "the addresses of " + p.pods, At: p.at})
			names = append(names, p.pods)
			continue
		}
		family, name := 6, p.block.String()
		if p.block.Addr().Is4() {
			family = 4
		}
		all := firewall.All{
			firewall.Is{Field: firewall.Family, Set: firewall.Values(family)},
			firewall.Is{Field: field, Set: firewall.NewSet(firewall.Prefix(p.block))},
		}
		var holes []firewall.Range
		for _, e := range p.except {
			holes = append(holes, firewall.Prefix(e))
			name += " but not " + e.String()
		}
		if len(holes) > 0 {
			all = append(all, firewall.Not{Expr: firewall.Is{Field: field, Set: firewall.NewSet(holes...)}})
		}
		any, names = append(any, all), append(names, name)
	}
	return any, word + strings.Join(names, ", ")
}

var protocolNames = map[uint8]string{6: "TCP", 17: "UDP", 132: "SCTP"}

// what is the condition on protocol and port. A name that the pod's containers do not give to a port matches nothing.
func (a *allow) what(known map[string]map[string]uint16) (firewall.Expr, string) {
	if len(a.ports) == 0 {
		return firewall.All{}, "everything"
	}
	var any firewall.Any
	var names []string
	for _, p := range a.ports {
		protocol := firewall.Is{Field: firewall.Protocol, Set: firewall.Values(p.protocol)}
		is := func(first, last uint16) firewall.Expr {
			return firewall.All{protocol, firewall.Is{Field: firewall.Port, Set: firewall.NewSet(firewall.Range{First: firewall.Number(first), Last: firewall.Number(last)})}}
		}
		name := protocolNames[p.protocol]
		switch {
		case p.name != "":
			name += "/" + p.name
			if a.egress || known == nil { // the name is the other pod's, or this one's is not known
				any = append(any, firewall.All{protocol, firewall.Unknown{Why: "the number of the port " + p.name, At: p.at}})
			} else if number, ok := known[p.name][protocolNames[p.protocol]]; ok {
				any = append(any, is(number, number))
			}
		case p.last == 0:
			any = append(any, protocol)
		default:
			any = append(any, is(p.first, p.last))
			name += fmt.Sprintf("/%d", p.first)
			if p.last != p.first {
				name += fmt.Sprintf("-%d", p.last)
			}
		}
		names = append(names, name)
	}
	return any, strings.Join(names, ", ")
}

func described(s selector) string {
	if len(s) == 0 {
		return "any pods"
	}
	return "pods labelled " + s.String()
}
