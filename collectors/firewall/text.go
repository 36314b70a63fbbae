package firewall

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"net/netip"
	"strings"

	model "sallyport/internal/firewall"
)

// maxParts bounds the parts that a set is written in.
const maxParts = 64

// prefixes writes a set of addresses; nil is every address of the family.
func prefixes(set model.Set, six bool) []string {
	if set == nil {
		return []string{map[bool]string{false: "0.0.0.0/0", true: "::/0"}[six]}
	}
	if len(set) > maxParts {
		return []string{around(set, six)}
	}
	var all []netip.Prefix
	for _, r := range set {
		for at := r.First; ; {
			free := min(trailing(at), width(six))
			for free > 0 && last(at, free).Compare(r.Last) > 0 {
				free--
			}
			all = append(all, netip.PrefixFrom(address(at, six), width(six)-free))
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
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = p.String()
	}
	return texts
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
