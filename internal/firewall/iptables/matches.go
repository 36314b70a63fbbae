package iptables

import (
	"net/netip"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// matchers are the matches that the model can say.
var matchers map[string]func(*builder, *use)

func init() {
	matchers = map[string]func(*builder, *use){
		"tcp": ports, "udp": ports, "sctp": ports, "dccp": ports, "multiport": multiport, "icmp": icmp, "icmp6": icmp, "state": conntrack, "conntrack": conntrack,
		"mark": marks, "connmark": marks, "set": matchSet, "iprange": ipRange, "addrtype": addressType, "owner": owner, "limit": limit, "hashlimit": limit,
		"connlimit": connLimit, "recent": recent, "quota": quota, "pkttype": packet, "helper": related, "connbytes": counted, "esp": spi, "ah": spi, "ipcomp": spi,
		"length": length, "statistic": statistic, "time": clockTime,
	}
}

func ports(b *builder, u *use) {
	for _, v := range u.values {
		switch v.option.name() {
		case "source-port":
			b.when(invert(v.not, firewall.Is{Field: firewall.SourcePort, Set: span(v.text, ":")}))
		case "destination-port":
			b.when(invert(v.not, firewall.Is{Field: firewall.Port, Set: span(v.text, ":")}))
		case "syn":
			b.when(invert(v.not, masked(firewall.TCPFlags, 1|2|4|16, 2)))
		case "tcp-flags":
			mask, value := two(v.text, " ")
			b.when(invert(v.not, flags(mask, value)))
		default:
			b.when(b.unknown(strings.ReplaceAll(v.option.name(), "-", " ")))
		}
	}
}

func flags(mask, value uint64) firewall.Expr {
	if mask == 0 { // the zero mask of Is would be all bits
		if value == 0 {
			return firewall.All{}
		}
		return firewall.Any{}
	}
	return masked(firewall.TCPFlags, mask, value)
}

func multiport(b *builder, u *use) {
	for _, v := range u.values {
		set := span(v.text, ":")
		source, destination := firewall.Is{Field: firewall.SourcePort, Set: set}, firewall.Is{Field: firewall.Port, Set: set}
		switch v.option.name() {
		case "source-ports":
			b.when(invert(v.not, source))
		case "destination-ports":
			b.when(invert(v.not, destination))
		default:
			b.when(invert(v.not, firewall.Any{source, destination}))
		}
	}
}

func icmp(b *builder, u *use) {
	v, ok := u.get("icmp-type")
	if !ok {
		v, _ = u.get("icmpv6-type")
	}
	kind, code, _ := strings.Cut(v.text, "/")
	if kind == "255" && b.family == 4 {
		if v.not {
			b.when(firewall.Any{})
		}
		return
	}
	e := firewall.All{is(firewall.ICMPType, bit(kind))}
	if code != "-1" {
		e = append(e, is(firewall.ICMPCode, bit(code)))
	}
	b.when(invert(v.not, e))
}

func marks(b *builder, u *use) {
	v, _ := u.get("mark")
	value, mask := two(v.text, "/")
	field := firewall.Mark
	if u.ext.name == "connmark" {
		field = firewall.ConnMark
		b.when(tracked())
	}
	e := masked(field, mask, value)
	if mask == 0 {
		e = firewall.Any{}
		if value == 0 {
			e = firewall.All{}
		}
	}
	b.when(invert(v.not, e))
}

func ipRange(b *builder, u *use) {
	for _, v := range u.values {
		first, last, _ := strings.Cut(v.text, "-")
		lo, _ := parseAddress(first, b.family, false)
		hi, _ := parseAddress(last, b.family, false)
		field := firewall.Source
		if v.option.name() == "dst-range" {
			field = firewall.Destination
		}
		b.when(invert(v.not, firewall.Is{Field: field, Set: firewall.NewSet(firewall.Range{First: lo, Last: hi})}))
	}
}

// The numbers of rtnetlink(7)'s types of addresses, which are their places in typeNames.
const (
	typeUnspec    = 0
	typeUnicast   = 1
	typeLocal     = 2
	typeBroadcast = 3
	typeMulticast = 5
)

// addressType asks the routing table. Bound to one interface, an address of the host's other ones counts as unicast.
func addressType(b *builder, u *use) {
	bound := u.has("limit-iface-in") || u.has("limit-iface-out")
	for _, v := range u.values {
		if v.option.kind != "types" {
			continue
		}
		field, address := firewall.DestinationType, firewall.Destination
		if v.option.name() == "src-type" {
			field, address = firewall.SourceType, firewall.Source
		}
		if b.family == 6 {
			b.when(invert(v.not, b.type6(bit(v.text), field, address, bound)))
			continue
		}
		var types []uint64
		for i := range uint64(12) {
			if bit(v.text)&(1<<i) != 0 {
				types = append(types, i)
			}
		}
		e := is(field, types...)
		if own := is(field, typeLocal, typeBroadcast); bound {
			e = firewall.Any{firewall.All{own, b.unknown("which interface has the address")}, firewall.All{firewall.Not{Expr: own}, e}}
		}
		b.when(invert(v.not, e))
	}
}

// type6 is the match for IPv6, where several types are asked together, and unicast is what the address looks like, be it the host's.
func (b *builder) type6(mask uint64, field, address firewall.Field, bound bool) firewall.Expr {
	var e firewall.All
	multicast := firewall.Is{Field: address, Set: firewall.NewSet(firewall.Prefix(netip.MustParsePrefix("ff00::/8")))}
	nothing := firewall.Is{Field: address, Set: firewall.Values(0)}
	if mask&(1<<typeMulticast) != 0 {
		e = append(e, multicast)
	}
	if mask&(1<<typeUnicast) != 0 {
		e = append(e, firewall.Not{Expr: firewall.Any{multicast, nothing}})
	}
	if mask&(1<<typeUnspec) != 0 {
		e = append(e, nothing)
	}
	var routed []uint64
	for _, i := range []uint64{typeLocal, 4, 7, 8} {
		if mask&(1<<i) != 0 {
			routed = append(routed, i)
		}
	}
	if routed != nil {
		e = append(e, is(field, routed...))
		if bound {
			e = append(e, b.unknown("which interface has the address"))
		}
	}
	return e
}

func owner(b *builder, u *use) {
	for _, v := range u.values {
		field := firewall.User
		switch v.option.name() {
		case "gid-owner":
			field = firewall.Group
			if u.has("suppl-groups") {
				b.when(b.unknown("the groups of the sender"))
				continue
			}
		case "socket-exists":
			if v.not {
				b.when(b.unknown("whether a socket sends"))
			}
			continue
		case "suppl-groups":
			continue
		}
		if first, last, isRange := strings.Cut(v.text, "-"); isRange && digits(first) && digits(last) {
			b.when(invert(v.not, firewall.Is{Field: field, Set: span(v.text, "-")}))
			continue
		}
		b.when(b.unknown("who " + clip(v.text) + " is"))
	}
}

func packet(b *builder, u *use) {
	v, _ := u.get("pkt-type")
	b.when(invert(v.not, is(firewall.PacketType, bit(v.text))))
}

func spi(b *builder, u *use) {
	for _, v := range u.values {
		if v.option.kind == "range" && v.text == "0:4294967295" && !v.not {
			continue
		}
		b.opaqueWhy("an SPI", u)
		return
	}
	if len(u.values) == 0 && u.name == "ah" && b.family == 6 && b.rule.spec.protocol != 51 {
		b.opaqueWhy("IPv6 extension headers", u)
	}
}

func (b *builder) opaqueWhy(why string, u *use) {
	if extensionHeaders[u.ext.name] && b.family == 6 && b.denies() {
		b.when(firewall.Any{})
		return
	}
	b.when(b.unknown(why))
}

func length(b *builder, u *use) {
	v, _ := u.get("length")
	if first, last := two(v.text, ":"); first > last || first == 0 && last == 65535 {
		b.when(invert(v.not != (first > last), firewall.All{}))
		return
	}
	b.opaque(u)
}

func statistic(b *builder, u *use) {
	if p, ok := u.get("probability"); ok && !p.not {
		switch f, _ := strconv.ParseFloat(p.text, 64); f {
		case 0:
			b.when(firewall.Any{})
			return
		case 1:
			return
		}
	}
	b.opaque(u)
}

// clockTime holds always where no time is given; iptables-save then prints the last one that there is.
func clockTime(b *builder, u *use) {
	if stop, ok := u.get("datestop"); len(u.values) > 1 || len(u.values) == 1 && (!ok || stop.text != "2038-01-19T03:14:07") {
		b.opaque(u)
	}
}

func prefixOf(text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	if err == nil {
		return p, true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a, a.BitLen()), true
}
