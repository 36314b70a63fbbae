package firewall

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/fact"
	model "sallyport/internal/firewall"
	"sallyport/internal/firewall/host"
	"sallyport/internal/firewall/reach"
)

// A builder makes the facts of one filter, and remembers where they stand.
type builder struct {
	facts *Facts
	spans fact.Spans
	set   *model.Ruleset
	model *reach.Model
	// namesCard says whether a rule asks whether packets come by a network card.
	namesCard func() bool
	// closed is an interface by which new connections do not arrive, if there is one.
	closed string
}

func build(f *Facts, set *model.Ruleset, own []netip.Prefix) (*builder, error) {
	m, err := reach.New(set)
	if err != nil {
		return nil, err
	}
	m.On(own...)
	f.Addresses = []string{}
	for _, a := range own {
		f.Addresses = append(f.Addresses, a.String())
	}
	b := &builder{facts: f, set: set, model: m}
	b.namesCard = sync.OnceValue(func() bool { return namesCard(set) })
	f.Refused = []Mistake{}
	for i, e := range slices.Concat(set.Refused, set.Mistakes) {
		f.Refused = append(f.Refused, Mistake{e.Msg})
		b.spans.Key("refused").Index(i).Set(fact.Span{File: e.File, Line: max(e.Line, 1), Column: max(e.Column, 1), EndLine: max(e.Line, 1), EndColumn: max(e.Column, 1) + 1})
	}
	shadowed, err := shadows(set)
	if err != nil {
		return nil, err
	}
	e := m.Exposure()
	f.Partial = b.doubts("partial", e.Partial)
	f.Unknowns = b.doubts("unknowns", e.Unknown)
	b.chains()
	f.Outside, f.Beliefs = b.outside(), []Belief{}
	b.defaults(e.Defaults)
	b.closed = closed(e.Defaults)
	b.openings(e.Regions)
	b.differences(e.Differences)
	b.shadowed(shadowed())
	b.replies(e.Regions)
	f.Loopback = b.ask("loopback", b.loopback, false)
	f.Spoofed = b.ask("spoofed", b.spoofed, true)
	return b, nil
}

func (b *builder) doubts(key string, list []model.Unknown) []Doubt {
	all := make([]Doubt, 0, len(list))
	for i, u := range list {
		all = append(all, Doubt{u.Why})
		b.place(b.spans.Key(key).Index(i), u.At)
	}
	return all
}

// place keeps a place that is known.
func (b *builder) place(node *fact.Spans, at fact.Span) {
	if at.Line > 0 {
		node.Set(at)
	}
}

var hookNames = map[model.Hook]string{
	model.Ingress: "ingress", model.Prerouting: "prerouting", model.Input: "input", model.Forward: "forward",
	model.Output: "output", model.Postrouting: "postrouting", model.Egress: "egress",
}

func (b *builder) chains() {
	b.facts.Chains = []Chain{}
	for i, c := range b.set.Chains {
		x := Chain{Name: chainName(c), Hook: hookNames[c.Hook], Rules: len(c.Rules)}
		if c.Hook != model.NoHook {
			x.Type = []string{"filter", "nat", "route"}[c.Kind]
			x.Priority = c.Priority
			x.Policy = map[bool]string{false: "accept", true: "drop"}[c.Policy.Kind == model.Drop]
		}
		b.facts.Chains = append(b.facts.Chains, x)
		node := b.spans.Key("chains").Index(i)
		b.place(node, c.At)
		b.place(node.Key("policy"), c.PolicyAt)
	}
}

func chainName(c *model.Chain) string {
	if c == nil {
		return ""
	}
	return strings.TrimSpace(c.Table + " " + c.Name)
}

var verdicts = map[model.VerdictKind]string{
	model.Accept: "accepted", model.Reject: "rejected", model.Drop: "dropped", model.Undecided: "unknown",
}

func familyName(n uint8) string { return map[bool]string{false: "ipv4", true: "ipv6"}[n == 6] }

// defaults keeps one for each hook and family: the most open one of interfaces that no rule names, or of all.
func (b *builder) defaults(list []reach.Default) {
	b.facts.Defaults = []Default{}
	for _, h := range []model.Hook{model.Input, model.Output, model.Forward} {
		if h == model.Forward && b.facts.Scope != "host" {
			continue
		}
		for _, family := range []uint8{4, 6} {
			var d *reach.Default
			for i := range list {
				if l := &list[i]; l.Hook == h && l.Family == family && (d == nil || openness(l.Verdict) > openness(d.Verdict)) {
					d = l
				}
			}
			if d == nil {
				continue
			}
			others := slices.ContainsFunc(list, func(l reach.Default) bool {
				return l.Hook == h && l.Family == family && l.Verdict != d.Verdict
			})
			x := Default{Hook: hookNames[h], Family: familyName(family), Verdict: verdicts[d.Verdict], Interfaces: interfaces(d.Interfaces), Elsewhere: others}
			x.Name = x.Hook + " " + x.Family
			node := b.spans.Key("defaults").Index(len(b.facts.Defaults))
			b.place(node, b.policyOf(h, family))
			b.facts.Defaults = append(b.facts.Defaults, x)
		}
	}
}

func openness(v model.VerdictKind) int {
	return slices.Index([]model.VerdictKind{model.Drop, model.Reject, model.Undecided, model.Accept}, v)
}

// policyOf is where the last filter chain of a hook says what comes to its end.
func (b *builder) policyOf(h model.Hook, family uint8) fact.Span {
	var at fact.Span
	for _, c := range b.set.Chains {
		if c.Hook != h || c.Kind != model.Filter || c.Dormant || c.Families != nil && !c.Families.Has(model.Number(family)) {
			continue
		}
		if at = c.PolicyAt; at.Line == 0 {
			at = c.At
		}
	}
	return at
}

func (b *builder) differences(list []reach.Difference) {
	b.facts.Differences = []Difference{}
	for _, d := range list {
		x := Difference{Hook: hookNames[d.Hook], Protocol: protocolName(d.Protocol), Family: familyName(d.Family), Ports: ports(d.Ports)}
		x.Name = x.Protocol + "/" + portText(x.Ports)
		node := b.spans.Key("differences").Index(len(b.facts.Differences))
		for i, o := range b.facts.Openings {
			if o.Hook == x.Hook && o.Family == x.Family && overlap(o.Ports, x.Ports) && (slices.Contains(o.Protocols, x.Protocol) || o.Protocols[0] == "any") {
				if at, ok := b.spans.Find(fact.Path{"openings", i}); ok {
					b.place(node, at)
					break
				}
			}
		}
		b.facts.Differences = append(b.facts.Differences, x)
	}
}

func overlap(a, b []Range) bool {
	for _, x := range a {
		for _, y := range b {
			if x.First <= y.Last && y.First <= x.Last {
				return true
			}
		}
	}
	return false
}

// shadows begins to look for what is shadowed, on a model of its own, and tells when asked.
func shadows(set *model.Ruleset) (func() ([]reach.Shadow, []*model.Chain), error) {
	m, err := reach.New(set)
	if err != nil {
		return nil, err
	}
	var list []reach.Shadow
	var unsearched []*model.Chain
	var panicked any
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { panicked = recover() }()
		list, unsearched = m.Shadowed()
	}()
	return func() ([]reach.Shadow, []*model.Chain) {
		<-done
		if panicked != nil {
			panic(panicked)
		}
		return list, unsearched
	}, nil
}

// shadowed keeps the rules; of a chain that no rule leads to, the chain.
func (b *builder) shadowed(list []reach.Shadow, unsearched []*model.Chain) {
	b.facts.Shadowed, b.facts.Unsearched = []Shadow{}, []string{}
	for i, c := range unsearched {
		b.place(b.spans.Key("unsearched").Index(i), c.At)
		b.facts.Unsearched = append(b.facts.Unsearched, chainName(c))
	}
	for _, s := range list {
		if !b.written(s) {
			continue
		}
		x := Shadow{Chain: chainName(s.Chain), Reason: "nothing leads to it"}
		at := s.Chain.At
		if s.Rule != nil {
			x.Rule, at = s.Rule.Text, s.Rule.At
			x.Reason = "no packet comes to its chain"
		}
		if len(s.By) > 0 {
			x.By = s.By[0].Text
			x.Reason = "taken by " + x.By
		}
		if n := len(s.By); n > 1 {
			x.Reason += fmt.Sprintf(" and %d more", n-1)
		}
		b.place(b.spans.Key("shadowed").Index(len(b.facts.Shadowed)), at)
		b.facts.Shadowed = append(b.facts.Shadowed, x)
	}
}

// userChain are ufw's chains for what people ask of it; the others are as the package has them.
var userChain = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^ufw6?-(user|before)-(input|output|forward)$`)
})

// written says that somebody has written what is shadowed, and not the program that makes the filter.
func (b *builder) written(s reach.Shadow) bool {
	switch {
	case s.Rule != nil && s.Rule.At.Line == 0, b.facts.Format == string(host.Firewalld) && s.Rule == nil:
		return false
	case b.facts.Format == string(host.UFW) || b.facts.Format == string(host.UFWStatus):
		return userChain().MatchString(s.Chain.Name)
	case b.facts.Scope == "pods" && s.Rule != nil: // what closes the pods is no rule of a policy
		d, ok := s.Rule.Steps[len(s.Rule.Steps)-1].(model.Decide)
		return ok && d.Verdict.Kind != model.Drop
	}
	return true
}
