package reach

import (
	"fmt"
	"strings"

	"sallyport/internal/firewall"
)

// tracker says from when on the kernel tracks connections of a family: since the first rule that asks about them or
// translates. A table's chains are there before its rules, so that conntrack comes after the chains of the first table with
// such a rule: last is the last of these. Without any such rule there is no conntrack, and no nat chain is asked.
func (m *Model) tracker(family uint8) (last int, ok bool) {
	type table struct {
		name     string
		families string
	}
	of := func(c *firewall.Chain) table { return table{c.Table, fmt.Sprint(c.Families)} }
	needs := map[table]bool{}
	for _, c := range m.set.Chains {
		if sees(c, family) && tracks(c) {
			needs[of(c)] = true
		}
	}
	if len(needs) == 0 {
		return 0, false
	}
	for i, c := range m.set.Chains {
		if c.Hook == firewall.NoHook || !needs[of(c)] {
			continue
		}
		for j, d := range m.set.Chains[i:] {
			if d.Hook != firewall.NoHook && of(d) == of(c) {
				last = i + j
			}
		}
		return last, true
	}
	return len(m.set.Chains), true
}

// tracks says whether a rule of the chain needs connections to be tracked.
func tracks(c *firewall.Chain) bool {
	for _, r := range c.Rules {
		for _, st := range r.Steps {
			switch st := st.(type) {
			case firewall.Translate:
				return true
			case firewall.Limit: // on how many connections there are
				if strings.HasPrefix(st.What, "ct ") || strings.HasPrefix(st.What, "connlimit") {
					return true
				}
			}
		}
		u := usesOf(r.Steps, nil)
		if u.reads&useTracking != 0 || u.writes&useConnMark != 0 {
			return true
		}
	}
	return false
}
