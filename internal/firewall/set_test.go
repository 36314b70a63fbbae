package firewall

import (
	"net/netip"
	"testing"
)

func TestRanges(t *testing.T) {
	for _, c := range []struct {
		r       Range
		in, out Value
	}{
		{Prefix(netip.MustParsePrefix("10.77.0.77/24")), Address(netip.MustParseAddr("10.77.0.255")), Address(netip.MustParseAddr("10.77.1.0"))},
		{Prefix(netip.MustParsePrefix("0.0.0.0/0")), Number(^uint32(0)), Value{Lo: 1 << 32}},
		{Prefix(netip.MustParsePrefix("fd77::/65")), Address(netip.MustParseAddr("fd77::7fff:ffff:ffff:ffff")), Address(netip.MustParseAddr("fd77::8000:0:0:0"))},
		{Prefix(netip.MustParsePrefix("fd00::/8")), Address(netip.MustParseAddr("fdff::1")), Address(netip.MustParseAddr("fe00::"))},
		{Prefix(netip.MustParsePrefix("::/0")), Value{^uint64(0), ^uint64(0)}, Value{^uint64(0), ^uint64(0)}.Next().Previous().Next().Previous().Next()},
		{Interfaces("eth"), Interface("eth0.100"), Interface("etg")},
		{Interfaces("longinterface"), Interface("longinterface9"), Interface("longinterfacf")},
	} {
		if s := NewSet(c.r); !s.Has(c.in) || c.out != (Value{}) && s.Has(c.out) {
			t.Errorf("%v has %v: %v, %v: %v", s, c.in, s.Has(c.in), c.out, s.Has(c.out))
		}
	}
}

func TestNewSet(t *testing.T) {
	s := NewSet(Range{Number(5), Number(9)}, One(Number(3)), One(Number(4)), Range{Number(8), Number(12)}, Range{Number(20), Number(15)}, One(Number(14)))
	want := Set{{Number(3), Number(12)}, {Number(14), Number(14)}}
	if len(s) != len(want) || s[0] != want[0] || s[1] != want[1] {
		t.Errorf("got %v, want %v", s, want)
	}
	for v, want := range map[int]bool{2: false, 3: true, 12: true, 13: false, 14: true, 15: false} {
		if s.Has(Number(v)) != want {
			t.Errorf("Has(%d) is %v", v, !want)
		}
	}
}
