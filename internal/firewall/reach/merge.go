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

// A decision is what decides about a region: a rule, or a chain's policy.
type decision struct {
	rule  *firewall.Rule
	chain *firewall.Chain
}

func (r *Region) decision() decision {
	d := decision{rule: decider(r.Path)}
	if n := len(r.Path); d.rule == nil && n > 0 {
		d.chain = r.Path[n-1].Chain
	}
	return d
}

// maxMerged is how many ranges a region has at most that is compared with others.
const maxMerged = 64

// mergedBy joins one field of regions that have all others in common.
func mergedBy(list []Region, field func(*Region) *firewall.Set) []Region {
	many := map[decision]int{}
	for i := range list {
		many[list[i].decision()]++
	}
	known := map[string]int{}
	out := make([]Region, 0, len(list))
	for i := range list {
		r := &list[i]
		d, mine := r.decision(), field(r)
		if mine == nil || d == (decision{}) || many[d] < 2 || len(r.Sources)+len(r.Destinations)+len(r.Ports)+len(r.SourcePorts) > maxMerged {
			out = append(out, *r)
			continue
		}
		same := *r
		same.Path, same.Flow, same.Port = nil, Flow{}, 0
		*field(&same) = nil
		key := fmt.Sprintf("%p %p %v", d.rule, d.chain, same)
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
