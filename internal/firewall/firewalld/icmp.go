package firewalld

import (
	"strings"

	"sallyport/internal/firewall"
)

// An icmptype names a kind of ICMP message: firewalld.icmptype(5).
type icmptype struct{ ipv4, ipv6 bool }

func (c *config) addICMPType(root *node, name, file string) error {
	t := new(icmptype)
	for _, n := range root.children {
		if n.name == "destination" {
			t.ipv4 = t.ipv4 || affirmed(n.attr("ipv4"))
			t.ipv6 = t.ipv6 || affirmed(n.attr("ipv6"))
		}
	}
	if !t.ipv4 && !t.ipv6 {
		t.ipv4, t.ipv6 = true, true
	}
	c.icmptypes[name] = t
	return nil
}

func affirmed(text string) bool {
	return strings.EqualFold(text, "yes") || strings.EqualFold(text, "true")
}

// messages are the types, and the codes where they matter (-1: any), by which the kernel tells the messages that
// firewalld has names for; the numbers are IANA's.
var messages = map[int]map[string][2]int{
	4: {
		"echo-reply": {0, -1}, "destination-unreachable": {3, -1}, "network-unreachable": {3, 0}, "host-unreachable": {3, 1},
		"protocol-unreachable": {3, 2}, "port-unreachable": {3, 3}, "fragmentation-needed": {3, 4}, "source-route-failed": {3, 5},
		"network-unknown": {3, 6}, "host-unknown": {3, 7}, "network-prohibited": {3, 8}, "host-prohibited": {3, 10},
		"tos-network-unreachable": {3, 11}, "tos-host-unreachable": {3, 12}, "communication-prohibited": {3, 13},
		"host-precedence-violation": {3, 14}, "precedence-cutoff": {3, 15}, "source-quench": {4, -1},
		"redirect": {5, -1}, "network-redirect": {5, 0}, "host-redirect": {5, 1}, "tos-network-redirect": {5, 2}, "tos-host-redirect": {5, 3},
		"echo-request": {8, -1}, "router-advertisement": {9, -1}, "router-solicitation": {10, -1},
		"time-exceeded": {11, -1}, "ttl-zero-during-transit": {11, 0}, "ttl-zero-during-reassembly": {11, 1},
		"parameter-problem": {12, -1}, "ip-header-bad": {12, 1}, "required-option-missing": {12, 1},
		"timestamp-request": {13, -1}, "timestamp-reply": {14, -1},
	},
	6: {
		"destination-unreachable": {1, -1}, "no-route": {1, 0}, "communication-prohibited": {1, 1}, "beyond-scope": {1, 2},
		"address-unreachable": {1, 3}, "port-unreachable": {1, 4}, "failed-policy": {1, 5}, "reject-route": {1, 6},
		"packet-too-big": {2, -1}, "time-exceeded": {3, -1}, "ttl-zero-during-transit": {3, 0}, "ttl-zero-during-reassembly": {3, 1},
		"parameter-problem": {4, -1}, "bad-header": {4, 0}, "unknown-header-type": {4, 1}, "unknown-option": {4, 2},
		"echo-request": {128, -1}, "echo-reply": {129, -1}, "router-solicitation": {133, -1}, "router-advertisement": {134, -1},
		"neighbour-solicitation": {135, -1}, "neighbour-advertisement": {136, -1}, "redirect": {137, -1},
	},
}

// families are those in which a kind of message is matched.
func (t *icmptype) families() []int {
	var all []int
	if t.ipv4 {
		all = append(all, 4)
	}
	if t.ipv6 {
		all = append(all, 6)
	}
	return all
}

// message is the condition for a kind of message of a family; ok is false for one that the kernel has no name for.
func message(name string, family int) (firewall.Expr, bool) {
	m, ok := messages[family][name]
	protocol := map[int]uint8{4: 1, 6: 58}[family]
	all := firewall.All{protocolIs(protocol), firewall.Is{Field: firewall.ICMPType, Set: firewall.Values(m[0])}}
	if m[1] >= 0 {
		all = append(all, firewall.Is{Field: firewall.ICMPCode, Set: firewall.Values(m[1])})
	}
	return all, ok
}

func protocolIs(numbers ...uint8) firewall.Expr {
	return firewall.Is{Field: firewall.Protocol, Set: firewall.Values(numbers...)}
}

func familyIs(family int) firewall.Expr {
	return firewall.Is{Field: firewall.Family, Set: firewall.Values(family)}
}
