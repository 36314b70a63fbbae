package systemd

import (
	"net/netip"
	"strconv"
	"strings"
)

var namedPrefixes = map[string][]netip.Prefix{
	"any":        {netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")},
	"localhost":  {netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")},
	"link-local": {netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("fe80::/64")},
	"multicast":  {netip.MustParsePrefix("224.0.0.0/4"), netip.MustParsePrefix("ff00::/8")},
}

// localhost tells whether a name is one of this machine, in any case: also those that end in localhost.
func localhost(name string) bool {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return name == "localhost" || name == "localhost.localdomain" || strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".localhost.localdomain")
}

// prefixes is a list of networks; an empty assignment starts over, and what is no network is left out.
func prefixes(entries []*entry) []netip.Prefix {
	var all []netip.Prefix
	for _, e := range entries {
		if e.value == "" {
			all = nil
		}
		list, _ := words(e.value, bare)
		for _, w := range list {
			text := w.text
			if named, ok := namedPrefixes[text]; ok {
				all = append(all, named...)
			} else if localhost(text) {
				all = append(all, namedPrefixes["localhost"]...)
			} else if p, ok := network(text); ok {
				all = append(all, p)
			}
		}
	}
	return all
}

// network reads an address with a length, which is a number in the notation of C, or without one. What lies behind
// the length counts for nothing.
func network(text string) (netip.Prefix, bool) {
	host, length, has := strings.Cut(text, "/")
	a, err := netip.ParseAddr(host)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, false
	}
	n := int64(a.BitLen())
	if has {
		if n, err = strconv.ParseInt(length, 0, 16); err != nil || n < 0 || strings.ContainsAny(length, "_-") {
			return netip.Prefix{}, false
		}
	}
	p, err := a.Prefix(int(n))
	return p, err == nil
}
