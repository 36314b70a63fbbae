package firewall

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"net/netip"
	"slices"
	"strings"
	"sync"

	model "sallyport/internal/firewall"
)

// maxParts bounds the parts that a set is written in.
const maxParts = 64

// prefixes writes a set of addresses; nil is every address of the family.
func prefixes(set model.Set, six bool) []string {
	if set == nil {
		return []string{map[bool]string{false: "0.0.0.0/0", true: "::/0"}[six]}
	}
	var all []string
	for _, r := range set {
		for at := r.First; ; {
			free := min(trailing(at), width(six))
			for free > 0 && last(at, free).Compare(r.Last) > 0 {
				free--
			}
			all = append(all, netip.PrefixFrom(address(at, six), width(six)-free).String())
			end := last(at, free)
			if end.Compare(r.Last) >= 0 {
				break
			}
			if len(all) > maxParts {
				return []string{around(set, six)}
			}
			at = end.Next()
		}
	}
	if len(all) > maxParts {
		return []string{around(set, six)}
	}
	return slices.Clip(append([]string{}, all...))
}

// around is the smallest prefix that holds a set.
func around(set model.Set, six bool) string {
	first, end := set[0].First, set[len(set)-1].Last
	free := 0
	for free < width(six) && (first.Xor(end) != model.Value{} && last(mask(first, free), free).Compare(end) < 0) {
		free++
	}
	return netip.PrefixFrom(address(mask(first, free), six), width(six)-free).String()
}

func width(six bool) int {
	if six {
		return 128
	}
	return 32
}

// trailing is how many of the last bits are zero.
func trailing(v model.Value) int {
	if v.Lo != 0 {
		return bits.TrailingZeros64(v.Lo)
	}
	return 64 + bits.TrailingZeros64(v.Hi)
}

// low is a value whose last bits are ones.
func low(n int) model.Value {
	switch {
	case n >= 128:
		return model.Value{Hi: ^uint64(0), Lo: ^uint64(0)}
	case n >= 64:
		return model.Value{Hi: 1<<(n-64) - 1, Lo: ^uint64(0)}
	}
	return model.Value{Lo: 1<<n - 1}
}

func last(v model.Value, free int) model.Value {
	m := low(free)
	return model.Value{Hi: v.Hi | m.Hi, Lo: v.Lo | m.Lo}
}

func mask(v model.Value, free int) model.Value {
	m := low(free)
	return model.Value{Hi: v.Hi &^ m.Hi, Lo: v.Lo &^ m.Lo}
}

func address(v model.Value, six bool) netip.Addr {
	if !six {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(v.Lo))
		return netip.AddrFrom4(b)
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], v.Hi)
	binary.BigEndian.PutUint64(b[8:], v.Lo)
	return netip.AddrFrom16(b)
}

// private are the addresses that the Internet does not route (IANA's special-purpose registries).
var private = sync.OnceValue(func() (all [2]model.Set) {
	for i, list := range []string{
		"0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 198.18.0.0/15 224.0.0.0/3",
		"::/8 100::/8 fc00::/7 fe80::/10 ff00::/8",
	} {
		var ranges []model.Range
		for _, p := range strings.Fields(list) {
			ranges = append(ranges, model.Prefix(netip.MustParsePrefix(p)))
		}
		all[i] = model.NewSet(ranges...)
	}
	return all
})

// public says whether a set has an address that the Internet routes; documentation's networks count as such, so that examples
// behave as what they stand for.
func public(set model.Set, six bool) bool {
	if set == nil {
		return true
	}
	known := private()[map[bool]int{false: 0, true: 1}[six]]
	for _, r := range set {
		for at := r.First; ; {
			i := slices.IndexFunc(known, func(k model.Range) bool { return k.First.Compare(at) <= 0 && at.Compare(k.Last) <= 0 })
			if i < 0 {
				return true
			}
			if known[i].Last.Compare(r.Last) >= 0 {
				break
			}
			at = known[i].Last.Next()
		}
	}
	return false
}

// anywhere says that a set has every address that the Internet routes.
func anywhere(set model.Set, six bool) bool {
	if set == nil {
		return true
	}
	at, end := model.Value{}, last(model.Value{}, width(six))
	var gaps model.Set
	for _, r := range set {
		if at.Compare(r.First) < 0 {
			gaps = append(gaps, model.Range{First: at, Last: r.First.Previous()})
		}
		at = r.Last.Next()
	}
	if r := set[len(set)-1]; r.Last.Compare(end) < 0 {
		gaps = append(gaps, model.Range{First: at, Last: end})
	}
	return len(gaps) == 0 || !public(gaps, six)
}

// ports writes a set of numbers; nil is all of them.
func ports(set model.Set) []Range {
	if set == nil {
		return []Range{{0, 65535}}
	}
	all := make([]Range, 0, len(set))
	for _, r := range set {
		all = append(all, Range{int(r.First.Lo), int(r.Last.Lo)})
	}
	return all
}

func every(ranges []Range) bool {
	return len(ranges) == 1 && ranges[0].First <= 1 && ranges[0].Last == 65535
}

// portText writes ports as people do: "22,80-90".
func portText(ranges []Range) string {
	if every(ranges) {
		return "every port"
	}
	var parts []string
	for i, r := range ranges {
		if i == 8 {
			parts = append(parts, fmt.Sprintf("%d more", len(ranges)-i))
			break
		}
		if r.First == r.Last {
			parts = append(parts, fmt.Sprint(r.First))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", r.First, r.Last))
		}
	}
	return strings.Join(parts, ",")
}

// usual are the protocols that have names; what holds anything else holds "other".
var usual = []struct {
	number uint8
	name   string
}{{1, "icmp"}, {2, "igmp"}, {6, "tcp"}, {17, "udp"}, {33, "dccp"}, {47, "gre"}, {50, "esp"}, {51, "ah"}, {58, "icmpv6"}, {89, "ospf"}, {103, "pim"}, {112, "vrrp"}, {132, "sctp"}, {136, "udplite"}}

func protocols(set model.Set) []string {
	if set == nil {
		return []string{"any"}
	}
	var names []string
	count := uint64(0)
	for _, r := range set {
		count += r.Last.Lo - r.First.Lo + 1
	}
	if count >= 255 {
		return []string{"any"}
	}
	for _, p := range usual {
		if set.Has(model.Number(p.number)) {
			names = append(names, p.name)
			count--
		}
	}
	if count > 0 {
		names = append(names, "other")
	}
	return names
}

func protocolName(n uint8) string {
	for _, p := range usual {
		if p.number == n {
			return p.name
		}
	}
	return fmt.Sprint(n)
}

// interfaces writes a set of names; nil is every interface.
func interfaces(set model.Set) []string {
	if set == nil || allButLoopback(set) {
		return []string{"any"}
	}
	names := []string{}
	other := false
	for _, r := range set {
		switch first := interfaceName(r.First); {
		case r.First == (model.Value{}) && r.Last == (model.Value{}):
			names = append(names, "none")
		case r.First == r.Last:
			names = append(names, first)
		case model.Interfaces(first) == r:
			names = append(names, first+"*")
		default:
			other = true
		}
		if len(names) > maxParts {
			break
		}
	}
	if other {
		names = append(names, "other")
	}
	return names
}

// allButLoopback says that every name but lo is in the set, whether or not the empty one is.
func allButLoopback(set model.Set) bool {
	lo := model.Interface("lo")
	return len(set) == 2 && set[0].First.Compare(model.Number(1)) <= 0 && set[0].Last.Next() == lo &&
		set[1].First == lo.Next() && set[1].Last == (model.Value{}).Previous()
}

func interfaceName(v model.Value) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], v.Hi)
	binary.BigEndian.PutUint64(b[8:], v.Lo)
	return strings.TrimRight(string(b[:]), "\x00")
}
