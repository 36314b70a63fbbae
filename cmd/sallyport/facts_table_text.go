package main

import (
	"fmt"
	"math/bits"
	"net/netip"
	"strings"

	"sallyport/internal/firewall"
)

// short lists the first few prefixes, or those that are left out where these are fewer.
func short(list []string) string {
	n := len(list)
	if n <= 3 {
		return strings.Join(list, ",")
	}
	if s := allBut(list); s != "" {
		return s
	}
	return strings.Join(list[:3], ",") + fmt.Sprintf(" and %d more", n-3)
}

// allBut names the prefixes that are not in the list; "" where they are more than three.
func allBut(list []string) string {
	var ranges []firewall.Range
	width := 32
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return ""
		}
		width = p.Addr().BitLen()
		ranges = append(ranges, firewall.Prefix(p))
	}
	end := firewall.Prefix(netip.PrefixFrom(map[int]netip.Addr{32: netip.IPv4Unspecified(), 128: netip.IPv6Unspecified()}[width], 0)).Last
	var gaps []string
	at := firewall.Value{}
	for _, r := range append(firewall.NewSet(ranges...), firewall.Range{First: end.Next()}) {
		if at != r.First {
			p, ok := prefixOf(at, r.First.Previous(), width)
			if !ok || len(gaps) == 3 {
				return ""
			}
			gaps = append(gaps, p)
		}
		at = r.Last.Next()
	}
	return "all but " + strings.Join(gaps, ",")
}

// prefixOf is the range as one prefix, if it is one.
func prefixOf(first, last firewall.Value, width int) (string, bool) {
	x := first.Xor(last)
	free := bits.Len64(x.Lo)
	if x.Hi != 0 {
		free = 64 + bits.Len64(x.Hi)
	}
	var b [16]byte
	for i := range 8 {
		b[i], b[8+i] = byte(first.Hi>>(56-8*i)), byte(first.Lo>>(56-8*i))
	}
	a := netip.AddrFrom16(b)
	if width == 32 {
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	p := netip.PrefixFrom(a, width-free)
	if r := firewall.Prefix(p); r.First != first || r.Last != last {
		return "", false
	}
	return p.String(), true
}
