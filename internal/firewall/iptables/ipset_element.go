package iptables

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// parse reads an element: parts with commas between them.
func (s *ipset) parse(text string) (element, string) {
	parts := strings.Split(text, ",")
	if len(parts) != len(s.dims) {
		return element{}, "an element of " + s.kind + " has " + strconv.Itoa(len(s.dims)) + " parts"
	}
	e := element{dims: make([]part, 0, len(parts))}
	for i, one := range parts {
		p, problem := s.part(s.dims[i], one)
		if problem != "" {
			return element{}, problem
		}
		e.dims = append(e.dims, p)
	}
	if strings.HasPrefix(s.kind, "bitmap:") && (e.dims[0].First.Compare(s.lo) < 0 || e.dims[0].Last.Compare(s.hi) > 0) {
		return element{}, "the element is out of the set's range"
	}
	e.text = e.key()
	return e, ""
}

func (e element) key() string {
	b := make([]byte, 0, 128)
	for _, p := range e.dims {
		for _, v := range [...]uint64{p.First.Hi, p.First.Lo, p.Last.Hi, p.Last.Lo, uint64(p.bits), uint64(p.protocol)} {
			b = binary.AppendUvarint(b, v)
		}
		b = append(b, p.name...)
		b = append(b, '.')
	}
	return string(b)
}

// single says that the element stands for one value in each part.
func (e element) single() bool {
	return !slices.ContainsFunc(e.dims, func(p part) bool { return p.First != p.Last })
}

func (s *ipset) part(dim, text string) (part, string) {
	var p part
	ok := true
	switch dim {
	case "ip", "net":
		p, ok = netPart(text, s.family)
		if ok && p.bits == 0 && !(dim == "net" && s.kind == "hash:net,iface") {
			return p, "a prefix of no bits cannot be in a set"
		}
		if ok && s.netmask >= 0 {
			p.First, p.Last = widen(p.First, s.netmask, s.family).First, widen(p.Last, s.netmask, s.family).Last
		}
		if host, _, _ := strings.Cut(text, "/"); !ok && isName(host) && s.family != 0 {
			s.doubt = "the address of " + clip(host)
			return part{Range: firewall.Range{First: firewall.Number(1)}}, "" // an empty range: what the name stands for is in doubt
		}
	case "port":
		var protocol int
		if s.kind == "bitmap:port" {
			p, _, ok = portPart(text)
			break
		}
		p, protocol, ok = portPart(text)
		p.protocol = protocol
	case "mark":
		n, good := number(text, 1<<32-1)
		p.Range, ok = firewall.One(firewall.Number(n&s.markMask)), good
	case "iface", "mac":
		p.name = text
		ok = text != ""
	}
	if !ok {
		return p, strconv.Quote(clip(text)) + " is nothing that " + s.kind + " takes"
	}
	return p, ""
}

// netPart reads an address, a prefix or a range.
func netPart(text string, family int) (part, bool) {
	if first, last, isRange := strings.Cut(text, "-"); isRange {
		a, err := netip.ParseAddr(strings.Trim(first, "[]"))
		b, also := netip.ParseAddr(strings.Trim(last, "[]"))
		if err != nil || also != nil || a.BitLen() != familyBits(family) || b.BitLen() != a.BitLen() || b.Less(a) {
			return part{}, false
		}
		return part{Range: firewall.Range{First: firewall.Address(a), Last: firewall.Address(b)}, bits: a.BitLen()}, true
	}
	prefix, ok := prefixOf(strings.Trim(text, "[]"))
	if !ok || prefix.Addr().BitLen() != familyBits(family) || prefix.Addr().Zone() != "" {
		return part{}, false
	}
	return part{Range: firewall.Prefix(prefix), bits: prefix.Bits()}, true
}

func familyBits(family int) int {
	if family == 6 {
		return 128
	}
	return 32
}

// widen is the network of so many bits around an address.
func widen(v firewall.Value, bits, family int) firewall.Range {
	mask := leading(bits, family)
	return firewall.Range{First: v.And(mask), Last: v.And(mask).Xor(ones(family).Xor(mask))}
}

// portPart reads [PROTOCOL:]PORT[-PORT]; of ICMP, TYPE/CODE or a name.
func portPart(text string) (part, int, bool) {
	proto := 6
	if name, rest, has := strings.Cut(text, ":"); has {
		n, ok := protocol(name)
		if !ok || name == "all" {
			return part{}, 0, false
		}
		proto, text = n, rest
	}
	if proto == 1 || proto == 58 {
		family := 4
		if proto == 58 {
			family = 6
		}
		kind, code, has := strings.Cut(text, "/")
		if !has {
			for _, n := range icmpNames[family] {
				if n.name == text {
					kind, code = strconv.Itoa(n.kind), strconv.Itoa(max(n.code, 0))
				}
			}
		}
		a, ok := number(kind, 255)
		b, also := number(code, 255)
		return part{Range: firewall.One(firewall.Number(a<<8 | b))}, proto, ok && also
	}
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	names := map[int]string{6: "tcp", 17: "udp", 132: "sctp", 136: "udp"}[proto]
	a, ok := port(first, names)
	b, also := port(last, names)
	if a > b {
		a, b = b, a
	}
	return part{Range: firewall.Range{First: firewall.Number(a), Last: firewall.Number(b)}}, proto, ok && also
}

func (s *Sets) member(set *ipset, w word, quiet, in bool) *mistake {
	m := s.byName[w.text]
	switch {
	case m == nil || m.kind == "list:set":
		return &mistake{msg: "there is no set " + clip(w.text) + " to be a member", column: w.column}
	case !in:
		set.members = slices.DeleteFunc(set.members, func(o *ipset) bool { return o == m })
	case slices.Contains(set.members, m):
		if !quiet {
			return &mistake{msg: "the element is in the set already", column: w.column}
		}
	default:
		set.members = append(set.members, m)
	}
	return nil
}
