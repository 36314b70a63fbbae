package firewall

import (
	"encoding/binary"
	"fmt"
	"strings"

	model "sallyport/internal/firewall"
)

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
