package nftables

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// tracked holds for packets that have a connection; the keys of ct hold for no other, whatever is asked.
var tracked = firewall.Is{Field: firewall.ConnState, Set: firewall.Values(firewall.StateEstablished, firewall.StateRelated, firewall.StateNew)}

// tracking refuses what needs connections where the kernel has none: at the link layer.
func (c *context) tracking(at fact.Span, what string) {
	if f := c.table.family; f == "netdev" || f == "arp" {
		refuse(at, "write it into a table of the family ip, ip6 or inet", "the family %s has no %s", f, what)
	}
}

func (c *context) ct(s *selector) *field {
	c.tracking(s.at, s.name())
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
			f.usual, f.value, f.boolean = true, firewall.Number(1), true
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
