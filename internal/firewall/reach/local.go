package reach

import (
	"net/netip"
	"slices"

	"sallyport/internal/firewall"
)

// On tells the model all addresses of the host, each with the length of its network's prefix; a network's last address is then
// known to be its broadcast address. Of a family that none is of nothing is known.
func (m *Model) On(addresses ...netip.Prefix) {
	ranges := append([]firewall.Range{}, m.local...)
	for _, p := range addresses {
		ranges = append(ranges, firewall.One(firewall.Address(p.Addr())))
		if last := firewall.Prefix(p).Last; p.Addr().Is4() && p.Bits() < 31 {
			m.broadcast = append(m.broadcast, firewall.One(last))
		}
	}
	m.local = firewall.NewSet(ranges...)
	m.whole = len(addresses) > 0
}

// knows says whether the host's addresses of the family are known.
func (m *Model) knows(family uint8) bool {
	for _, r := range m.local {
		if six := r.First.Compare(firewall.Number(uint64(1)<<32-1)) > 0; six == (family == 6) {
			return true
		}
	}
	return false
}

var (
	multicast4 = firewall.Set{firewall.Prefix(netip.MustParsePrefix("224.0.0.0/4"))}
	multicast6 = firewall.Set{firewall.Prefix(netip.MustParsePrefix("ff00::/8"))}
	broadcasts = firewall.Set{firewall.Prefix(netip.MustParsePrefix("255.255.255.255/32"))}
	loopback4  = firewall.Set{firewall.Prefix(netip.MustParsePrefix("127.0.0.0/8"))}
	loopback6  = firewall.Set{firewall.Prefix(netip.MustParsePrefix("::1/128"))}
	linkLocal6 = firewall.Prefix(netip.MustParsePrefix("fe80::/10"))
)

// A class is destinations that the kernel gives one address type, and packets to which come in one type of the link layer's.
type class struct {
	to         firewall.Set
	kind, link uint8
}

// classes are the destinations that are no unicast address.
func (m *Model) classes(family uint8) []class {
	if family == 6 {
		return []class{{multicast6, typeMulticast, 2}}
	}
	return []class{{multicast4, typeMulticast, 2}, {firewall.NewSet(append(m.broadcast[:len(m.broadcast):len(m.broadcast)], broadcasts...)...), typeBroadcast, 1}}
}

// typed says whether a rule asks for what kind of address a packet is sent to.
func (m *Model) typed() bool {
	for _, u := range m.uses {
		if u.fields>>firewall.DestinationType&1 != 0 || u.fields>>firewall.PacketType&1 != 0 {
			return true
		}
	}
	return false
}

// cutClasses lets the diagrams tell the classes, and the host's addresses, from other destinations.
func (m *Model) cutClasses(c *cutter) {
	var sets []firewall.Set
	if m.typed() || m.whole {
		for _, family := range []uint8{4, 6} {
			for _, k := range m.classes(family) {
				sets = append(sets, k.to)
			}
		}
	}
	if m.whole {
		sets = append(sets, m.local, firewall.Set{linkLocal6})
	}
	for _, s := range sets {
		c.cut(firewall.Destination, s)
	}
	c.sort(firewall.Destination)
	if slices.ContainsFunc(m.set.Chains, bridged) {
		for _, f := range []firewall.Field{firewall.InInterface, firewall.OutInterface} {
			c.cut(f, cards)
			c.sort(f)
		}
	}
}

// everywhere is what becomes of packets to all destinations of a hook.
func (s *solver) everywhere(h firewall.Hook) ref {
	d := s.run(0, 0, state{})
	if h == firewall.Forward {
		return d
	}
	if s.m.typed() {
		for _, k := range s.m.classes(s.family) {
			s.base[firewall.DestinationType], s.base[firewall.PacketType] = number(k.kind), number(k.link)
			clear(s.scopes)
			clear(s.chains)
			clear(s.runs)
			clear(s.tuples)
			in := s.set(firewall.Destination, firewall.Value{}, k.to)
			d = s.apply(sequel(next), s.apply(opCase, in, s.run(0, 0, state{})), d)
		}
	}
	return d
}

// received leaves out what no packet that comes to the host is sent to.
func (s *solver) received(d ref, h firewall.Hook) ref {
	if h != firewall.Input || !s.m.whole || !s.m.knows(s.family) {
		return d
	}
	return s.apply(opCase, s.set(firewall.Destination, firewall.Value{}, s.m.receives(s.family)), d)
}

// receives are the destinations whose packets come to input.
func (m *Model) receives(family uint8) firewall.Set {
	all := append([]firewall.Range{linkLocal6}, m.local...)
	for _, k := range m.classes(family) {
		all = append(all, k.to...)
	}
	return firewall.NewSet(all...)
}

// inside says that a translation leads to the loopback interface.
func (s *solver) inside(to firewall.Set) bool {
	known := loopback4
	if s.family == 6 {
		known = loopback6
	}
	for _, r := range to {
		if whole, _ := covers(known, r); !whole {
			return false
		}
	}
	return true
}
