package reach

import (
	"fmt"

	"sallyport/internal/firewall"
)

// merged puts regions together that differ in an interface or in their protocols alone, and of which one rule or policy decides: other
// rules, which have nothing to do with them, may tell those apart.
func merged(list []Region) []Region {
	every := firewall.Range{Last: firewall.Number(65535)}
	for i := range list {
		if r := &list[i]; len(r.Ports) == 1 && r.Ports[0] == every {
			r.Ports = nil
		}
	}
	list = mergedBy(list, (*Region).face)
	return mergedBy(list, func(r *Region) *firewall.Set {
		if r.Ports != nil || r.SourcePorts != nil {
			return nil
		}
		return &r.Protocols
	})
}

// A digest is what regions have in common that may be joined: what decides, a rule or a chain's policy, and where their sets begin.
type digest struct {
	rule                          *firewall.Rule
	chain                         *firewall.Chain
	hook                          firewall.Hook
	family                        uint8
	verdict                       firewall.VerdictKind
	ports, sources, in, protocols firewall.Range
}

func (r *Region) digest() digest {
	first := func(s firewall.Set) (v firewall.Range) {
		if len(s) > 0 {
			v = s[0]
		}
		return v
	}
	d := digest{
		rule: decider(r.Path), hook: r.Hook, family: r.Family, verdict: r.Verdict,
		ports: first(r.Ports), sources: first(r.Sources), in: first(r.In), protocols: first(r.Protocols),
	}
	if n := len(r.Path); d.rule == nil && n > 0 {
		d.chain = r.Path[n-1].Chain
	}
	return d
}

// maxMerged is how many ranges a region has at most that is compared with others.
const maxMerged = 64

// mergedBy joins one field of regions that have all others in common.
func mergedBy(list []Region, field func(*Region) *firewall.Set) []Region {
	digests := make([]digest, len(list))
	many := map[digest]int{}
	for i := range list {
		same := list[i]
		if f := field(&same); f != nil && len(same.Path) > 0 && len(same.Sources)+len(same.Destinations)+len(same.Ports)+len(same.SourcePorts) <= maxMerged {
			*f = nil
			digests[i] = same.digest()
			many[digests[i]]++
		}
	}
	known := map[string]int{}
	out := make([]Region, 0, len(list))
	for i := range list {
		r := &list[i]
		if many[digests[i]] < 2 {
			out = append(out, *r)
			continue
		}
		same, mine := *r, field(r)
		same.Path, same.Flow, same.Port = nil, Flow{}, 0
		*field(&same) = nil
		key := fmt.Sprintf("%p %p %v", digests[i].rule, digests[i].chain, same)
		j, ok := known[key]
		if !ok {
			known[key] = len(out)
			out = append(out, *r)
			continue
		}
		if first := field(&out[j]); *first == nil || *mine == nil {
			*first = nil
		} else {
			*first = union(*first, *mine)
		}
	}
	return out
}

// face is the interface that tells the region from others: of departure where there is none of arrival.
func (r *Region) face() *firewall.Set {
	if r.Hook == firewall.Output {
		return &r.Out
	}
	return &r.In
}
