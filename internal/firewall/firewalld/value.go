package firewalld

import (
	"net/netip"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A prefix is an address or a network of either family.
type prefix struct{ netip.Prefix }

func (p prefix) family() int {
	if p.Addr().Is4() {
		return 4
	}
	return 6
}

// parsePrefix reads ADDRESS, ADDRESS/LENGTH, and ADDRESS/MASK of IPv4. IPv6 addresses may stand in brackets.
func parsePrefix(text string) (prefix, bool) {
	address, length, masked := strings.Cut(text, "/")
	a, err := netip.ParseAddr(strings.Trim(address, "[]"))
	if err != nil || a.Zone() != "" || a.Is4() && strings.ContainsAny(address, "[]") {
		return prefix{}, false
	}
	bits := a.BitLen()
	if masked {
		if m, err := netip.ParseAddr(length); err == nil && m.Is4() && a.Is4() {
			mask := uint32(firewall.Address(m).Lo)
			for bits = 0; bits < 32 && mask&(1<<(31-bits)) != 0; bits++ {
			}
			if mask<<bits != 0 && bits < 32 {
				return prefix{}, false // firewalld stops at a mask with holes
			}
		} else if bits, err = strconv.Atoi(length); err != nil || bits < 0 || bits > a.BitLen() {
			return prefix{}, false
		}
	}
	return prefix{netip.PrefixFrom(a, bits)}, true
}

func isMAC(text string) bool {
	parts := strings.Split(text, ":")
	for _, p := range parts {
		if _, err := strconv.ParseUint(p, 16, 8); err != nil || len(p) != 2 {
			return false
		}
	}
	return len(parts) == 6
}

// protocolNumber reads a protocol's name or number.
func protocolNumber(text string) (uint8, bool) {
	if n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 8); err == nil {
		return uint8(n), true
	}
	return firewall.ProtocolNumber(text)
}

// readPort reads the port or range in an attribute, and the element's protocol.
func readPort(n *node, attribute string) (portItem, *fact.Error) {
	text, protocol := n.attr(attribute), n.attr("protocol")
	ports, ok := parsePorts(text)
	if !ok {
		return portItem{}, refuse(n.at, "%q is no port", text)
	}
	for _, p := range portProtocols {
		if p == protocol {
			number, _ := firewall.ProtocolNumber(p)
			return portItem{ports, number, n}, nil
		}
	}
	return portItem{}, refuse(n.at, "%q is not tcp, udp, sctp or dccp", protocol)
}

// parsePorts reads PORT or PORT-PORT, in either order; a port may be the name of a service, which may have a "-" in it.
func parsePorts(text string) (firewall.Range, bool) {
	if p, ok := parsePort(text); ok {
		return firewall.One(firewall.Number(p)), true
	}
	var found []firewall.Range
	for i, c := range text {
		if c != '-' {
			continue
		}
		a, okA := parsePort(text[:i])
		b, okB := parsePort(text[i+1:])
		if okA && okB {
			found = append(found, firewall.Range{First: firewall.Number(min(a, b)), Last: firewall.Number(max(a, b))})
		}
	}
	if len(found) != 1 {
		return firewall.Range{}, false
	}
	return found[0], true
}

func parsePort(text string) (uint16, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseUint(text, 10, 16); err == nil {
		return uint16(n), true
	}
	return firewall.Service(text, "")
}

func readForwardPort(n *node) (forwardPort, *fact.Error) {
	p, err := readPort(n, "port")
	f := forwardPort{portItem: p}
	if err != nil {
		return f, err
	}
	if text := n.attr("to-port"); text != "" {
		ports, ok := parsePorts(text)
		if !ok {
			return f, refuse(n.at, "%q is no port", text)
		}
		f.toPorts = firewall.NewSet(ports)
	}
	if text := n.attr("to-addr"); text != "" {
		to, ok := parsePrefix(text)
		if !ok || strings.Contains(text, "/") {
			return f, refuse(n.at, "%s is no address", text)
		}
		f.to = to.Addr()
	}
	if f.toPorts == nil && !f.to.IsValid() {
		return f, refuse(n.at, "forward-port says neither to-port nor to-addr")
	}
	return f, nil
}
