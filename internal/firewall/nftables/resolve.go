package nftables

import (
	"strings"

	"sallyport/internal/firewall"
)

// field is what a selector means here; the conditions that it brings wait in c.implied.
func (c *context) field(s *selector) *field {
	switch s.class {
	case "payload":
		return c.payload(s)
	case "meta":
		return c.meta(s)
	case "ct":
		return c.ct(s)
	case "fib":
		return c.fib(s)
	case "raw":
		return c.raw(s)
	case "exthdr":
		return c.extension(s)
	}
	return c.other(s)
}

func (c *context) payload(s *selector) *field {
	header := headers[s.proto]
	if header == nil && inner[s.proto] {
		carrier := 17
		if strings.HasPrefix(s.proto, "gre") {
			carrier = 47
		}
		c.imply(firewall.Is{Field: firewall.Protocol, Set: firewall.Values(carrier)})
		return &field{name: s.name(), typ: &datatype{name: "integer", bits: 64, parse: anyText}, why: s.proto}
	}
	h, known := header[s.field]
	if !known {
		hint := didYouMean(s.field, names(header))
		refuse(s.at, hint, "the %s header has no field %q; it has %s", s.proto, s.field, strings.Join(names(header), ", "))
	}
	f := h.field(s.name())
	switch s.proto {
	case "ip", "ip6", "arp":
		c.network(s.proto, s.at)
	case "ether":
		c.ether(s, f)
	case "vlan":
	case "th":
		c.portOnly(f)
	default:
		c.carry(s.proto, s.at)
	}
	switch s.name() {
	case "ip frag-off":
		f.usual, f.unusual = true, 0x4000
	case "ip version":
		f.usual, f.value = true, firewall.Number(4)
	case "ip6 version":
		f.usual, f.value = true, firewall.Number(6)
	case "ip hdrlength":
		f.usual, f.value = true, firewall.Number(5)
	}
	return f
}

// loopback holds on the loopback interface.
var loopback = firewall.Is{Field: firewall.InInterface, Set: firewall.NewSet(firewall.One(firewall.Interface("lo")))}

// ether is a field of the frame; above the link layer nft asks first whether the packet came by Ethernet.
func (c *context) ether(s *selector, f *field) {
	if s.field == "type" {
		f.is = etherType
	}
	switch c.table.family {
	case "ip", "ip6", "inet", "arp":
		none := firewall.Is{Field: firewall.InInterface, Set: firewall.NewSet(firewall.One(firewall.Interface("")))}
		c.imply(firewall.Not{Expr: firewall.Any{loopback, none}})
	}
}

// etherType is the family of a packet by the number of its protocol in Ethernet frames.
func etherType(mask firewall.Value, set firewall.Set) firewall.Expr {
	if mask != (firewall.Value{}) {
		return firewall.Unknown{Why: "ether type"}
	}
	return families46(set, 0x0800, 0x86dd, "ether type")
}

func families46(set firewall.Set, four, six uint16, why string) firewall.Expr {
	var found []uint8
	if set.Has(firewall.Number(four)) {
		found = append(found, 4)
	}
	if set.Has(firewall.Number(six)) {
		found = append(found, 6)
	}
	var ip firewall.Expr = firewall.Is{Field: firewall.Family, Set: firewall.Values(found...)}
	if rest := count(set); rest == uint64(len(found)) || why == "" {
		return ip
	}
	return firewall.Any{ip, firewall.All{firewall.Is{Field: firewall.Family, Set: firewall.Values(0)}, firewall.Unknown{Why: why}}}
}

// count is how many values a set has, at most 2^32.
func count(set firewall.Set) uint64 {
	var n uint64
	for _, r := range set {
		if r.First.Hi != r.Last.Hi {
			return 1 << 32
		}
		n += r.Last.Lo - r.First.Lo + 1
		if n > 1<<32 || r.Last.Lo-r.First.Lo == ^uint64(0) {
			return 1 << 32
		}
	}
	return n
}

// withPort are the protocols that have ports.
var withPort = firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6, 17, 33, 132, 136)}

// fewPorts is up to how many ports a condition is taken not to hold for packets without ports, of whose header it reads two
// bytes, such as ICMP's checksum.
const fewPorts = 256

// portOnly makes a port of no certain protocol.
func (c *context) portOnly(f *field) {
	if c.transport != "" {
		if withPort.Set.Has(firewall.Number(transports[c.transport])) {
			return
		}
		f.has, f.why = false, f.name+" of "+c.transport
		return
	}
	id, name := f.id, f.name
	f.is = func(mask firewall.Value, set firewall.Set) firewall.Expr {
		port := firewall.All{withPort, firewall.Is{Field: id, Mask: mask, Set: set}}
		if n := count(set); n <= fewPorts || n > 0xffff {
			return port
		}
		return firewall.Any{port, firewall.All{firewall.Not{Expr: withPort}, firewall.Unknown{Why: name + " of packets without ports"}}}
	}
}

func (c *context) meta(s *selector) *field {
	h, known := metaFields[s.field]
	if !known {
		refuse(s.at, didYouMean(s.field, names(metaFields)), "meta has no key %q", s.field)
	}
	f := h.field(s.name())
	switch s.field {
	case "ibrname", "obrname", "ibriport", "obriport", "ibrpvid", "ibrvproto":
		if c.table.family != "bridge" {
			refuse(s.at, "write it into a table of the family bridge", "the family %s has no %s", c.table.family, f.name)
		}
	case "nfproto":
		if c.table.family != "inet" && c.table.family != "netdev" {
			refuse(s.at, "take it out", "%s asks for the family in a table of the family %s", f.name, c.table.family)
		}
		f.is = func(mask firewall.Value, set firewall.Set) firewall.Expr {
			if mask != (firewall.Value{}) {
				return firewall.Unknown{Why: f.name}
			}
			return families46(set, 2, 10, "")
		}
	case "protocol":
		f.is = etherType
	case "iiftype":
		f.is = func(mask firewall.Value, set firewall.Set) firewall.Expr {
			return interfaceType(mask, set)
		}
	}
	return f
}

// interfaceType knows of the loopback interface alone what type it has.
func interfaceType(mask firewall.Value, set firewall.Set) firewall.Expr {
	const loop = 772
	var any firewall.Any
	if mask != (firewall.Value{}) || count(set) > 1 || !set.Has(firewall.Number(loop)) {
		any = append(any, firewall.All{firewall.Not{Expr: loopback}, firewall.Unknown{Why: "the type of an interface"}})
	}
	if mask == (firewall.Value{}) && set.Has(firewall.Number(loop)) {
		any = append(any, loopback)
	}
	return any
}
