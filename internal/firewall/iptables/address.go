package iptables

import (
	"net/netip"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// An address is one of -s and -d: bits under a mask, or a name that somebody has to look up.
type address struct {
	bits, mask firewall.Value
	name       string
}

// host takes the list of -s or -d.
func (p *parser) host(c byte, a word) {
	list := strings.Split(a.text, ",")
	if p.not && len(list) > 1 {
		p.fail(a, "a list of addresses cannot be inverted", "make it one prefix, or a set")
		return
	}
	var all []address
	for _, text := range list {
		one, problem := parseHost(text, p.family)
		if problem != "" {
			p.fail(a, problem)
			return
		}
		all = append(all, one)
	}
	if c == 's' {
		p.cmd.rule.src, p.cmd.rule.notSrc = all, p.not
	} else {
		p.cmd.rule.dst, p.cmd.rule.notDst = all, p.not
	}
}

// parseHost reads ADDRESS[/MASK]; a mask is a number of bits or an address.
func parseHost(text string, family int) (address, string) {
	text = strings.TrimLeft(text, " ")
	host, suffix, has := strings.Cut(text, "/")
	mask := ones(family)
	if has {
		var ok bool
		if mask, ok = parseMask(suffix, family); !ok {
			return address{}, "the mask " + strconv.Quote(clip(suffix)) + " is none of this family"
		}
	}
	if mask == (firewall.Value{}) {
		return address{}, ""
	}
	if bits, ok := parseAddress(host, family, false); ok {
		return address{bits: bits.And(mask), mask: mask}, ""
	}
	if known, ok := hosts[host]; ok && family == 4 {
		return address{bits: firewall.Number(known).And(mask), mask: mask}, ""
	}
	if !isName(host) {
		return address{}, "there is no address " + strconv.Quote(clip(host)) + " in this family"
	}
	return address{mask: mask, name: host}, ""
}

// hosts are names that every host of Debian's knows for IPv4: /etc/hosts, /etc/networks.
var hosts = map[string]uint32{"localhost": 127<<24 | 1, "loopback": 127 << 24, "default": 0, "link-local": 169<<24 | 254<<16}

func isName(s string) bool {
	letters := false
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
			letters = true
		case c >= '0' && c <= '9' || c == '.' || c == '-':
		default:
			return false
		}
	}
	return letters && len(s) < 255
}

func ones(family int) firewall.Value {
	if family == 4 {
		return firewall.Number(^uint32(0))
	}
	return firewall.Value{Hi: ^uint64(0), Lo: ^uint64(0)}
}

func parseMask(text string, family int) (firewall.Value, bool) {
	if bits, ok := parseAddress(text, family, true); ok {
		return bits, true
	}
	most := uint64(32)
	if family == 6 {
		most = 128
	}
	n, ok := number(text, most)
	if !ok {
		return firewall.Value{}, false
	}
	return leading(int(n), family), true
}

// leading is a mask of so many bits.
func leading(n, family int) firewall.Value {
	if family == 4 {
		return firewall.Number(uint32(^uint64(0) << (32 - n)))
	}
	switch {
	case n <= 64:
		return firewall.Value{Hi: ^uint64(0) << (64 - n)}
	default:
		return firewall.Value{Hi: ^uint64(0), Lo: ^uint64(0) << (128 - n)}
	}
}

// parseAddress reads an address; of IPv4's, the last parts may be missing but in a mask, and each may be octal or hexadecimal.
func parseAddress(text string, family int, mask bool) (firewall.Value, bool) {
	if family == 6 {
		a, err := netip.ParseAddr(text)
		if err != nil || a.Is4() || a.Zone() != "" {
			return firewall.Value{}, false
		}
		return firewall.Address(a), true
	}
	parts := strings.Split(text, ".")
	if len(parts) > 4 || mask && len(parts) < 4 {
		return firewall.Value{}, false
	}
	var v uint32
	for i := range 4 {
		v <<= 8
		if i >= len(parts) {
			continue
		}
		n, ok := number(parts[i], 255)
		if !ok {
			return firewall.Value{}, false
		}
		v |= uint32(n)
	}
	return firewall.Number(v), true
}

func (a address) everything() bool { return a.name == "" && a.mask == firewall.Value{} }

// expr is the condition that a field is the address.
func (a address) expr(field firewall.Field, family int, why func(string) firewall.Unknown) firewall.Expr {
	switch {
	case a.name != "":
		return why("the address of " + clip(a.name))
	case a.everything():
		return firewall.All{}
	case contiguous(a.mask, family):
		last := a.bits.Xor(ones(family).Xor(a.mask))
		return firewall.Is{Field: field, Set: firewall.Set{{First: a.bits, Last: last}}}
	}
	return firewall.Is{Field: field, Mask: a.mask, Set: firewall.Set{firewall.One(a.bits)}}
}

func contiguous(mask firewall.Value, family int) bool {
	free := ones(family).Xor(mask)
	return free.And(free.Next()) == firewall.Value{}
}
