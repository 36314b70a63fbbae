package nftables

import (
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A tableState is a table as the script has left it so far.
type tableState struct {
	family, name string
	dormant      bool
	chains       map[string]*chainState
	order        []*chainState
	sets         map[string]*setState
	setOrder     []*setState
	objects      map[string]*objectSrc // by kind and name
	handles      uint64
	handle       uint64
}

// A chainState is a chain as the script has left it so far.
type chainState struct {
	table        *tableState
	name         string
	hook         *hookSrc
	number       firewall.Hook
	priority     int
	policy       string
	at, policyAt fact.Span
	rules        []*ruleState
	refs         int
	handle       uint64
	out          *firewall.Chain
	anonymous    bool
}

// A ruleState is a rule with what it means. Sets are looked up at the end, when all their elements are known.
type ruleState struct {
	src    *ruleSrc
	handle uint64
	steps  []func() []firewall.Step
	jumps  []jump
	sets   []*setState
	needs  []need
	inline []*chainState
}

// A jump is a way to a chain, and the statement that takes it.
type jump struct {
	to *chainState
	at fact.Span
}

// A need is what a statement demands of the base chains from which packets come to it.
type need struct {
	what  string
	at    fact.Span
	kind  string // the type of the chain, "" for any
	hooks []firewall.Hook
}

func (t *tableState) next() uint64 {
	t.handles++
	return t.handles
}

// release gives back what a rule holds.
func (r *ruleState) release() {
	for _, j := range r.jumps {
		j.to.refs--
	}
	for _, s := range r.sets {
		s.refs--
		if s.anonymous {
			s.release()
		}
	}
	for _, c := range r.inline {
		for _, rule := range c.rules {
			rule.release()
		}
		c.table.order = slices.DeleteFunc(c.table.order, func(o *chainState) bool { return o == c })
	}
}

func (s *setState) release() {
	for _, e := range s.elems {
		if e.value != nil && e.value.verdict != nil && e.value.verdict.chain != nil {
			e.value.verdict.chain.refs--
		}
	}
}

func (c *chainState) flush() {
	for _, r := range c.rules {
		r.release()
	}
	c.rules = nil
}

// hooks are the hooks of each family, by the name they have in rulesets.
var hooks = map[string]firewall.Hook{
	"ingress": firewall.Ingress, "prerouting": firewall.Prerouting, "input": firewall.Input, "forward": firewall.Forward,
	"output": firewall.Output, "postrouting": firewall.Postrouting, "egress": firewall.Egress,
}

// hooked says which hooks a family has: nft(8), "Address families".
func hooked(family string, h firewall.Hook) bool {
	switch family {
	case "ip", "ip6", "bridge":
		return h != firewall.Ingress && h != firewall.Egress
	case "inet":
		return h != firewall.Egress
	case "arp":
		return h == firewall.Input || h == firewall.Output
	}
	return h == firewall.Ingress || h == firewall.Egress
}

// priority is the number behind a standard priority's name: nft(8), tables 6 and 7.
func priority(family, name string, h firewall.Hook) (n int, known bool) {
	switch family {
	case "bridge":
		switch {
		case name == "dstnat" && h == firewall.Prerouting:
			return -300, true
		case name == "filter":
			return -200, true
		case name == "out" && h == firewall.Output:
			return 100, true
		case name == "srcnat" && h == firewall.Postrouting:
			return 300, true
		}
		return 0, false
	case "arp", "netdev":
		return 0, name == "filter"
	}
	switch {
	case name == "raw":
		return -300, true
	case name == "mangle":
		return -150, true
	case name == "dstnat" && h == firewall.Prerouting:
		return -100, true
	case name == "filter":
		return 0, true
	case name == "security":
		return 50, true
	case name == "srcnat" && h == firewall.Postrouting:
		return 100, true
	}
	return 0, false
}

// seen is the packets that a family's chains see; nil is every one, where the family is of the link layer.
func seen(family string) firewall.Set {
	switch family {
	case "ip":
		return firewall.Values(4)
	case "ip6":
		return firewall.Values(6)
	case "inet":
		return firewall.Values(4, 6)
	case "arp":
		return firewall.Values(0)
	}
	return nil
}
