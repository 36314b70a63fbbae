package reach

import (
	"cmp"
	"slices"
	"strings"

	"sallyport/internal/firewall"
)

// maxPoints bounds the ports of a region that are looked at one by one.
const maxPoints = 64

// split parts regions by the rule that decides about their ports, as far as that is affordable: the diagrams know what is decided
// alone. Those that are open to most sources come first.
func (m *Model) split(list []Region, cuts []firewall.Value) []Region {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(len(list[i].Sources), len(list[j].Sources)) })
	parts := make([][]Region, len(list))
	steps, many := walkWork/4, 0
	for _, i := range order {
		parts[i] = list[i : i+1]
		if p := points(&list[i], cuts); len(p) > 1 && steps > walkWork/40 {
			parts[i] = m.parts(&list[i], p, &steps)
		}
		many += len(parts[i])
	}
	if many == len(list) {
		return list
	}
	return slices.Concat(parts...)
}

// points are the parts of a region's ports in which no condition tells one port from another; none where they are too many.
func points(r *Region, cuts []firewall.Value) (all []firewall.Range) {
	for _, p := range r.Ports {
		i, _ := slices.BinarySearchFunc(cuts, p.First.Next(), firewall.Value.Compare)
		for ; i < len(cuts) && cuts[i].Compare(p.Last) <= 0 && len(all) <= maxPoints; i++ {
			all = append(all, firewall.Range{First: p.First, Last: cuts[i].Previous()})
			p.First = cuts[i]
		}
		if all = append(all, p); len(all) > maxPoints {
			return nil
		}
	}
	return all
}

// parts are a region's ports by what decides about them, in the order of the first ports.
func (m *Model) parts(r *Region, points []firewall.Range, steps *int) []Region {
	ports := map[*firewall.Rule][]firewall.Range{}
	var rules []*firewall.Rule
	for _, p := range points {
		f, _ := r.witness()
		path, _ := m.explain(f, uint16(max(p.First.Lo, 1)), steps)
		rule := decider(path)
		if *steps < walkWork/40 {
			return []Region{*r}
		}
		if ports[rule] == nil {
			rules = append(rules, rule)
		}
		ports[rule] = append(ports[rule], p)
	}
	if len(rules) == 1 {
		return []Region{*r}
	}
	list := make([]Region, len(rules))
	for i, rule := range rules {
		list[i] = *r
		list[i].Ports = firewall.NewSet(ports[rule]...)
	}
	return list
}

// decider is the rule whose verdict is the last on a path; nil where a policy's is.
func decider(path []Visit) (rule *firewall.Rule) {
	for _, v := range path {
		if v.Rule != nil && (v.Did == "accept" || strings.HasPrefix(v.Did, "reject")) {
			rule = v.Rule
		}
	}
	return rule
}
