package nftables

import (
	"cmp"
	"fmt"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A context is what the statements of a rule so far say about its packets: nft adds the conditions that a field needs,
// unless they stand there already, and refuses what contradicts them.
type context struct {
	run            *run
	table          *tableState
	net, transport string
	several        bool // the rule has asked for one of several protocols
	implied        []firewall.Expr
	rule           *ruleState
	// unequal are the conditions of the rule, since its last statement of another kind, that a field is not one value.
	unequal []inequality
}

func newContext(r *run, t *tableState, rule *ruleState) *context {
	c := &context{run: r, table: t, rule: rule}
	if t.family != "inet" && t.family != "bridge" && t.family != "netdev" {
		c.net = t.family
	}
	return c
}

// take is the conditions that came up since it was asked last.
func (c *context) take() []firewall.Expr {
	implied := c.implied
	c.implied = nil
	return implied
}

func (c *context) imply(e firewall.Expr) { c.implied = append(c.implied, e) }

var familyOf = map[string]uint8{"ip": 4, "ip6": 6, "arp": 0}

// network makes the rule one about packets of a network protocol.
func (c *context) network(net string, at fact.Span) {
	if c.net == net {
		return
	}
	if c.net != "" || net == "arp" && c.table.family == "inet" {
		refuse(at, "write it into a rule and a table of its own family", "the rule is about %s and cannot ask for %s", cmp.Or(c.net, "inet"), net)
	}
	c.net = net
	c.imply(firewall.Is{Field: firewall.Family, Set: firewall.Values(familyOf[net])})
}

// carry makes the rule one about packets of a transport protocol.
func (c *context) carry(transport string, at fact.Span) {
	if c.transport == transport {
		return
	}
	if c.transport != "" || c.several {
		refuse(at, "write a rule for each protocol, or th for the ports of all", "the rule is about %s and cannot ask for %s", cmp.Or(c.transport, "several protocols"), transport)
	}
	if c.net == "arp" {
		refuse(at, "write it into a table of the family ip, ip6 or inet", "the rule is about arp and cannot ask for %s", transport)
	}
	if c.net == "" {
		switch transport {
		case "icmp", "igmp":
			c.network("ip", at)
		case "icmpv6":
			c.network("ip6", at)
		}
	}
	c.transport = transport
	c.imply(firewall.Is{Field: firewall.Protocol, Set: firewall.Values(transports[transport])})
}

// learn notes what a match by equality says about the protocols.
func (c *context) learn(sel *selector, set firewall.Set) {
	if len(set) != 1 || set[0].First != set[0].Last {
		return
	}
	v := set[0].First.Lo
	switch n := sel.name(); n {
	case "meta l4proto", "ip protocol", "ip6 nexthdr":
		if c.transport != "" {
			return
		}
		c.transport = fmt.Sprint("protocol ", v)
		for name, number := range transports {
			if uint64(number) == v {
				c.transport = name
			}
		}
	case "meta nfproto", "meta protocol", "ether type":
		nets := map[uint64]string{2: "ip", 10: "ip6"}
		if n != "meta nfproto" && c.table.family == "inet" {
			return
		}
		if n != "meta nfproto" {
			nets = map[uint64]string{0x0800: "ip", 0x86dd: "ip6", 0x0806: "arp"}
		}
		if net := nets[v]; net != "" && c.net == "" {
			c.net = net
		}
	}
}
