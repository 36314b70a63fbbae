package nftables

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A context is what the statements of a rule so far say about its packets: nft adds the conditions that a field needs,
// unless they stand there already, and refuses what contradicts them.
type context struct {
	run            *run
	table          *tableState
	net, transport string
	implied        []firewall.Expr
	rule           *ruleState
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
	if c.transport != "" {
		refuse(at, "write a rule for each protocol, or th for the ports of all", "the rule is about %s and cannot ask for %s", c.transport, transport)
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
		for name, number := range transports {
			if uint64(number) == v && c.transport == "" {
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

// other is what the model has nothing of: sockets, routes, hashes.
func (c *context) other(s *selector) *field {
	if s.inner != nil {
		c.terms(s.inner)
	}
	kind, _, _ := strings.Cut(s.field, " ")
	switch kind {
	case "socket":
		c.need(s.at, kind, "", firewall.Prerouting, firewall.Input, firewall.Output)
	case "osf":
		c.need(s.at, kind, "", firewall.Prerouting, firewall.Input, firewall.Forward)
	}
	if (kind == "socket" || kind == "ipsec") && (c.table.family == "bridge" || c.table.family == "arp" || c.table.family == "netdev") {
		refuse(s.at, "write it into a table of the family ip, ip6 or inet", "the family %s has no %s", c.table.family, kind)
	}
	if s.field == "rt nexthop" && c.net != "ip" && c.net != "ip6" {
		refuse(s.at, "write rt ip nexthop or rt ip6 nexthop", "rt nexthop does not say which family")
	}
	return &field{name: s.field, typ: &datatype{name: "integer", bits: 64, parse: anyText, symbols: table("exists=1 missing=0")}, why: s.field}
}

func (c *context) payload(s *selector) *field {
	header := headers[s.proto]
	if header == nil && inner[s.proto] {
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

// tracked holds for packets that have a connection; the keys of ct hold for no other, whatever is asked.
var tracked = firewall.Is{Field: firewall.ConnState, Set: firewall.Values(firewall.StateEstablished, firewall.StateRelated, firewall.StateNew)}

func (c *context) ct(s *selector) *field {
	h, known := ctFields[s.field]
	if !known {
		refuse(s.at, didYouMean(s.field, names(ctFields)), "ct has no key %q", s.field)
	}
	f := h.field(s.name())
	if s.field != "state" {
		c.imply(tracked)
	}
	if s.field == "saddr" || s.field == "daddr" {
		if s.dir == "" {
			refuse(s.at, "write ct original or ct reply", "ct %s needs a direction", s.field)
		}
		net := map[string]string{"ip": "ip", "ip6": "ip6"}[c.net]
		if net == "" {
			refuse(s.at, "write ct "+s.dir+" ip "+s.field+" or ip6", "ct %s does not say which family", s.field)
		}
		f.typ = ctFields[net+" "+s.field].field("").typ
	}
	_, address, two := strings.Cut(s.field, " ")
	if !two {
		address = s.field
	}
	if two {
		if net := strings.Fields(s.field)[0]; c.net != "" && c.net != net {
			refuse(s.at, "", "the rule is about %s and cannot ask for %s", c.net, s.name())
		}
		c.imply(firewall.Is{Field: firewall.Family, Set: firewall.Values(familyOf[strings.Fields(s.field)[0]])})
	}
	c.tuple(s, f, address)
	return f
}

// tuple is an address or port of conntrack's original tuple; that of the replies may be translated and is not known.
func (c *context) tuple(s *selector, f *field, key string) {
	id := map[string]firewall.Field{"saddr": firewall.OrigSource, "daddr": firewall.OrigDestination, "proto-dst": firewall.OrigPort, "proto-src": firewall.SourcePort}
	switch {
	case s.field == "l3proto":
		f.is = func(_ firewall.Value, set firewall.Set) firewall.Expr { return families46(set, 2, 10, "") }
	case slices.Contains([]string{"saddr", "daddr", "proto-dst", "proto-src"}, key):
		if s.dir == "" {
			refuse(s.at, "write ct original or ct reply", "ct %s needs a direction", s.field)
		}
		if s.dir != "original" {
			f.why = f.name
			return
		}
		f.id, f.has = id[key], true
		if strings.HasPrefix(key, "proto-") {
			if c.transport == "" {
				refuse(s.at, "match the protocol before, such as meta l4proto tcp", "%s does not say the port of which protocol", f.name)
			}
			c.portOnly(f)
		}
	}
}

// fib is what the routing table says of an address. Its type is known; of a route it is taken that packets come by
// the interface that leads back to their source.
func (c *context) fib(s *selector) *field {
	source, target := slices.Contains(s.flags, "saddr"), slices.Contains(s.flags, "daddr")
	if source == target {
		refuse(s.at, "write saddr or daddr", "fib needs the source or the destination address, one of them")
	}
	f := &field{name: s.name(), typ: datatypes["fib_addrtype"], id: firewall.SourceType, has: true}
	switch {
	case s.field != "type" || slices.Contains(s.flags, "iif"):
		c.need(s.at, f.name, "", firewall.Ingress, firewall.Prerouting, firewall.Input, firewall.Forward)
	case slices.Contains(s.flags, "oif"):
		c.need(s.at, f.name, "", firewall.Output, firewall.Forward, firewall.Postrouting)
	}
	if target {
		f.id = firewall.DestinationType
	}
	if s.field != "type" {
		f.typ = &datatype{name: "iface_index", bits: 32, symbols: table("exists=1 missing=0 true=1 false=0"), parse: parseIndex}
		if s.field == "oifname" {
			f.typ = &datatype{name: "ifname", bits: 128, symbols: f.typ.symbols, parse: parseName}
		}
		f.has, f.why = false, f.name
		if source && slices.Contains(s.flags, "iif") {
			f.usual, f.value = true, firewall.Number(1)
		}
		return f
	}
	if slices.Contains(s.flags, "iif") || slices.Contains(s.flags, "oif") {
		id, why := f.id, f.name
		f.is = func(mask firewall.Value, set firewall.Set) firewall.Expr { return typeOnInterface(id, why, mask, set) }
	}
	return f
}

// typeOnInterface asks for an address's type on one interface alone, where the addresses of the others are not local.
func typeOnInterface(id firewall.Field, why string, mask firewall.Value, set firewall.Set) firewall.Expr {
	const unicast, local = 1, 2
	if mask != (firewall.Value{}) {
		return firewall.Unknown{Why: why}
	}
	here, there := set.Has(firewall.Number(local)), set.Has(firewall.Number(unicast))
	if here == there {
		return firewall.Is{Field: id, Set: set}
	}
	isLocal := firewall.Is{Field: id, Set: firewall.Values(local)}
	rest := firewall.All{firewall.Is{Field: id, Set: set}, firewall.Not{Expr: isLocal}}
	return firewall.Any{rest, firewall.All{isLocal, firewall.Unknown{Why: why}}}
}

// raw is bits of a header by their place; those that are a field of the model are that field.
func (c *context) raw(s *selector) *field {
	if s.length == 0 || s.length > 1<<10 || s.offset > 1<<16 {
		refuse(s.at, "", "%s is no part of a header", s.name())
	}
	if s.proto != "ll" && s.proto != "nh" && s.proto != "th" && s.proto != "ih" {
		refuse(s.at, "write ll, nh, th or ih", "there is no header %q", s.proto)
	}
	f := &field{name: s.name(), typ: &datatype{name: "integer", bits: int(min(s.length, 128))}, why: s.name()}
	id := -1
	switch key := fmt.Sprint(s.proto, ",", s.offset, ",", s.length); {
	case key == "th,0,16":
		id = int(firewall.SourcePort)
	case key == "th,16,16":
		id = int(firewall.Port)
	case key == "th,104,8" && c.transport == "tcp":
		id = int(firewall.TCPFlags)
	case (key == "th,0,8" || key == "th,8,8") && (c.transport == "icmp" || c.transport == "icmpv6"):
		id = int(firewall.ICMPType)
		if s.offset == 8 {
			id = int(firewall.ICMPCode)
		}
	case key == "nh,72,8" && c.net == "ip" || key == "nh,48,8" && c.net == "ip6":
		id = int(firewall.Protocol)
	case key == "nh,96,32" && c.net == "ip" || key == "nh,64,128" && c.net == "ip6":
		id = int(firewall.Source)
	case key == "nh,128,32" && c.net == "ip" || key == "nh,192,128" && c.net == "ip6":
		id = int(firewall.Destination)
	}
	if id >= 0 {
		f.id, f.has = firewall.Field(id), true
		if f.id == firewall.SourcePort || f.id == firewall.Port {
			c.portOnly(f)
		}
	}
	return f
}

var (
	tcpOptions = words("echo eol nop noop maxseg window sack-perm sack-permitted sack sack0 sack1 sack2 sack3 timestamp fastopen md5sig mptcp")
	extensions = words("hbh frag dst rt rt0 rt2 srh mh")
)

// extension is an extension header of IPv6 or an option.
func (c *context) extension(s *selector) *field {
	f := &field{name: s.name(), why: s.name(), typ: &datatype{name: "integer", bits: 64, symbols: table("exists=1 missing=0"), parse: anyText}}
	switch s.proto {
	case "tcp option":
		c.carry("tcp", s.at)
		option, _, _ := strings.Cut(s.field, " ")
		if !tcpOptions[option] && option != "" && !isDigit(option[0]) {
			refuse(s.at, didYouMean(option, names(tcpOptions)), "TCP has no option %q", option)
		}
	case "sctp chunk":
		c.carry("sctp", s.at)
	case "dccp option":
		c.carry("dccp", s.at)
	case "ip option":
		c.network("ip", s.at)
	default:
		c.network("ip6", s.at)
		if s.proto == "exthdr" && !extensions[s.field] {
			refuse(s.at, didYouMean(s.field, names(extensions)), "IPv6 has no extension header %q", s.field)
		}
		if s.proto == "exthdr" && s.field == "frag" {
			f.usual = true
		} else if s.proto == "frag" {
			c.imply(firewall.Any{})
		}
	}
	return f
}
