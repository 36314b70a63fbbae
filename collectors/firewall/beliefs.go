package firewall

import (
	"net/netip"
	"slices"
	"strings"

	"sallyport/internal/fact"
	model "sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
)

// believed compares what is loaded with what is shown, port by port: who reaches it, and what he meets.
func (b *builder) believed(shown *model.Ruleset, own []netip.Prefix) error {
	m, err := reach.New(shown)
	if err != nil {
		return err
	}
	m.On(own...)
	loaded, regions := b.model.Exposure().Regions, m.Exposure().Regions
	for _, hook := range []model.Hook{model.Input, model.Output, model.Forward} {
		for _, family := range []uint8{4, 6} {
			for _, protocol := range []uint8{6, 17} {
				b.differ(of(loaded, hook, family, protocol), of(regions, hook, family, protocol), Belief{
					Hook: hookNames[hook], Family: familyName(family), Protocol: protocolName(protocol),
				})
			}
		}
	}
	return nil
}

// of are the regions of a hook, a family and a protocol.
func of(list []reach.Region, hook model.Hook, family, protocol uint8) (some []reach.Region) {
	for _, r := range list {
		if r.Hook == hook && r.Family == family && r.Verdict != model.Drop && (r.Protocols == nil || r.Protocols.Has(model.Number(protocol))) {
			some = append(some, r)
		}
	}
	return some
}

// differ adds the ports that meet different things in two lists of regions.
func (b *builder) differ(loaded, shown []reach.Region, x Belief) {
	cuts := []uint64{1, 65536}
	for _, r := range slices.Concat(loaded, shown) {
		for _, p := range r.Ports {
			cuts = append(cuts, p.First.Lo, p.Last.Lo+1)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	found := map[[2]string]int{}
	for i, first := range cuts[:len(cuts)-1] {
		if first == 0 {
			continue
		}
		is, says := met(loaded, first), met(shown, first)
		if is.text == says.text {
			continue
		}
		key := [2]string{is.text, says.text}
		n, ok := found[key]
		if !ok {
			n = len(b.facts.Beliefs)
			found[key] = n
			x.Ports, x.Loaded, x.Shown = nil, is.text, says.text
			b.facts.Beliefs = append(b.facts.Beliefs, x)
			at := is.at
			if at.Line == 0 {
				at = says.at
			}
			b.place(b.spans.Key("beliefs").Index(n), at)
		}
		f := &b.facts.Beliefs[n]
		if k := len(f.Ports); k > 0 && f.Ports[k-1].Last+1 == int(first) {
			f.Ports[k-1].Last = int(cuts[i+1]) - 1
		} else {
			f.Ports = append(f.Ports, Range{int(first), int(cuts[i+1]) - 1})
		}
		f.Name = f.Protocol + "/" + portText(f.Ports)
	}
}

// A meeting is what connections to a port meet, and where that is written.
type meeting struct {
	text string
	at   fact.Span
}

func met(list []reach.Region, port uint64) (m meeting) {
	var parts []string
	for _, r := range list {
		if r.Ports != nil && !r.Ports.Has(model.Number(port)) {
			continue
		}
		from, to, six := prefixes(r.Sources, r.Family == 6), prefixes(r.Destinations, r.Family == 6), r.Family == 6
		s := verdicts[r.Verdict] + " from " + strings.Join(from, ",")
		if !everyHost(r.Destinations, six) {
			s += " to " + strings.Join(to, ",")
		}
		for _, faces := range [][]string{interfaces(r.In), interfaces(r.Out)} {
			if len(faces) > 0 && faces[0] != "any" {
				s += " by " + strings.Join(faces, ",")
			}
		}
		if r.SourcePorts != nil {
			s += " with source port " + portText(ports(r.SourcePorts))
		}
		parts = append(parts, s)
		if n := len(r.Path); n > 0 && (m.at.Line == 0 || r.Verdict == model.Accept) {
			m.at = decided(r.Path)
		}
	}
	slices.Sort(parts)
	m.text = strings.Join(slices.Compact(parts), "; ")
	return m
}
