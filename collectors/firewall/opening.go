package firewall

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
	model "sallyport/internal/firewall"
	"sallyport/internal/firewall/host"
	"sallyport/internal/firewall/reach"
)

func (b *builder) openings(regions []reach.Region) {
	b.facts.Openings = []Opening{}
	for i := range regions {
		r := &regions[i]
		if r.Verdict == model.Drop || r.Hook == model.Forward && b.facts.Scope != "host" {
			continue
		}
		node := b.spans.Key("openings").Index(len(b.facts.Openings))
		b.facts.Openings = append(b.facts.Openings, b.opening(r, node))
	}
	twins(b.facts.Openings)
}

// twins finds the openings that one rule makes for everybody in both families.
func twins(list []Opening) {
	first := map[string]int{}
	for i := range list {
		o := &list[i]
		o.Families = []string{o.Family}
		if !o.Anywhere {
			continue
		}
		key := fmt.Sprint(o.Hook, o.Verdict, o.Protocols, o.Ports, o.SourcePorts, o.EveryDestination, o.In, o.Out, o.Via, o.To, o.ByPolicy, o.Chain, o.Rule)
		j, ok := first[key]
		if !ok {
			first[key] = i
		} else if twin := &list[j]; len(twin.Families) == 1 && twin.Family != o.Family {
			twin.Families = append(twin.Families, o.Family)
			o.Families, o.Repeated = twin.Families, true
		}
	}
}

func (b *builder) opening(r *reach.Region, node *fact.Spans) Opening {
	six := r.Family == 6
	o := Opening{
		Hook: hookNames[r.Hook], Family: familyName(r.Family), Verdict: verdicts[r.Verdict],
		Protocols: protocols(r.Protocols), Ports: ports(r.Ports), SourcePorts: []Range{},
		Sources: prefixes(r.Sources, six), Anywhere: anywhere(r.Sources, six), Public: public(r.Sources, six), WidestPublic: widest(r.Sources, six),
		Destinations: prefixes(r.Destinations, six), EveryDestination: everyHost(r.Destinations, six),
		In: interfaces(r.In), Out: interfaces(r.Out), Limited: r.Limited, Via: "direct", Reasons: []string{}, Steps: []Step{},
	}
	o.EveryPort = every(o.Ports)
	o.Inside = r.Hook == model.Input && b.inside(&o)
	if r.SourcePorts != nil {
		o.SourcePorts = ports(r.SourcePorts)
	}
	o.Name = strings.Join(o.Protocols, ",")
	if slices.ContainsFunc(o.Protocols, numbered) {
		o.Name += "/" + portText(o.Ports)
	}
	if r.To != nil {
		o.Via, o.To = via(r.To, six)
	}
	for _, w := range r.Why {
		o.Reasons = append(o.Reasons, w.Why)
	}
	b.steps(&o, r.Path, node)
	return o
}

// numbered says whether a protocol has ports.
func numbered(protocol string) bool {
	return slices.Contains([]string{"any", "dccp", "sctp", "tcp", "udp", "udplite"}, protocol)
}

func via(t *model.TranslateCase, six bool) (how, to string) {
	how = "dnat"
	if t.To == model.Redirect {
		how = "redirect"
	}
	if len(t.Addresses) > 0 {
		to = address(t.Addresses[0].First, six).String()
		if six && len(t.Ports) > 0 {
			to = "[" + to + "]"
		}
	}
	if len(t.Ports) > 0 {
		to += fmt.Sprintf(":%d", t.Ports[0].First.Lo)
	}
	return how, to
}

// steps keeps the path of one connection; the last of it decides, and is where the opening stands.
func (b *builder) steps(o *Opening, path []reach.Visit, node *fact.Spans) {
	for i, v := range path {
		s := Step{Chain: chainName(v.Chain), Did: v.Did}
		if v.Rule != nil {
			s.Rule = v.Rule.Text
		}
		o.Steps = append(o.Steps, s)
		b.place(node.Key("steps").Index(i), v.At)
	}
	decides := b.decides(path)
	o.ByPolicy = true
	if n := len(path); n > 0 {
		last := path[n-1]
		if decides >= 0 {
			last = path[decides]
			o.ByPolicy = false
			o.Rule = last.Rule.Text
		}
		o.Chain = chainName(last.Chain)
		b.place(node, last.At)
	}
}

// decides is which step decides: a rule that accepts or rejects, or where a policy does, the last rule that does more than lead on.
// Of ufw's it is the one that somebody asked for, and not ufw's own that it leads to.
func (b *builder) decides(path []reach.Visit) int {
	if strings.HasPrefix(b.facts.Format, string(host.UFW)) {
		for i, v := range path {
			if v.Rule != nil && v.Chain != nil && strings.Contains(v.Chain.Name, "-user-") && userChain().MatchString(v.Chain.Name) {
				return i
			}
		}
	}
	for i, v := range path {
		if v.Rule != nil && (v.Did == "accept" || strings.HasPrefix(v.Did, "reject")) {
			return i
		}
	}
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].Rule != nil && !passing(path[i]) {
			return i
		}
	}
	return -1
}

// passing says that a rule only leads a packet on.
func passing(v reach.Visit) bool {
	verb, _, _ := strings.Cut(v.Did, " ")
	return v.Doubt == "" && slices.Contains([]string{"jump", "goto", "return", "continue", "mark", "snat"}, verb)
}
