package secgroup

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// what is the condition on protocol and ports, with a text for people; mistake says what AWS would not take.
func (p *permission) what() (expr firewall.Expr, text, mistake string) {
	if p.unsure != "" {
		return firewall.Unknown{Why: p.unsure + ", known after apply", At: p.at}, "(" + p.unsure + " known after apply)", ""
	}
	name := strings.ToLower(p.protocol)
	if name == "-1" || name == "all" {
		return firewall.All{}, "everything", ""
	}
	number, ok := firewall.ProtocolNumber(name)
	if n, err := strconv.ParseUint(name, 10, 8); err == nil {
		number, ok = uint8(n), true
	}
	if name == "icmpv6" {
		number, ok = 58, true
	}
	if !ok {
		return nil, "", fmt.Sprintf("%q is no protocol", p.protocol)
	}
	protocol := firewall.Is{Field: firewall.Protocol, Set: firewall.Values(number)}
	switch number {
	case 6, 17:
		return p.ports(protocol, map[uint8]string{6: "tcp", 17: "udp"}[number])
	case 1, 58:
		return p.messages(protocol, map[uint8]string{1: "icmp", 58: "icmpv6"}[number])
	}
	return protocol, "protocol " + name, "" // AWS looks at no ports of other protocols
}

func (p *permission) ports(protocol firewall.Expr, name string) (firewall.Expr, string, string) {
	from, to := p.from, p.to
	if !p.bounded || from == -1 && to == -1 {
		from, to = 0, 65535
	}
	if from < 0 || to > 65535 || from > to {
		return nil, "", fmt.Sprintf("%d to %d are no ports", p.from, p.to)
	}
	text := fmt.Sprintf("%s/%d-%d", name, from, to)
	if from == to {
		text = fmt.Sprintf("%s/%d", name, from)
	}
	ports := firewall.NewSet(firewall.Range{First: firewall.Number(uint64(from)), Last: firewall.Number(uint64(to))})
	return firewall.All{protocol, firewall.Is{Field: firewall.Port, Set: ports}}, text, ""
}

// messages reads the pair of ports as type and code of ICMP; -1 is any.
func (p *permission) messages(protocol firewall.Expr, name string) (firewall.Expr, string, string) {
	if !p.bounded || p.from == -1 {
		return protocol, name, ""
	}
	if p.from < 0 || p.from > 255 || p.to < -1 || p.to > 255 {
		return nil, "", fmt.Sprintf("%d and %d are no type and code of ICMP", p.from, p.to)
	}
	all := firewall.All{protocol, firewall.Is{Field: firewall.ICMPType, Set: firewall.Values(uint64(p.from))}}
	if p.to == -1 {
		return all, fmt.Sprintf("%s type %d", name, p.from), ""
	}
	return append(all, firewall.Is{Field: firewall.ICMPCode, Set: firewall.Values(uint64(p.to))}), fmt.Sprintf("%s type %d code %d", name, p.from, p.to), ""
}

// address reads a peer that is a network.
func address(text string) (peer, bool) {
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		a, errA := netip.ParseAddr(text)
		if errA != nil || a.Zone() != "" {
			return peer{}, false
		}
		prefix = netip.PrefixFrom(a, a.BitLen())
	}
	return peer{prefix: prefix.Masked(), text: text}, true
}
