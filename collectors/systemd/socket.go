package systemd

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// listenSettings are the settings of [Socket] that name an address.
var listenSettings = []string{
	"ListenStream", "ListenDatagram", "ListenSequentialPacket", "ListenFIFO", "ListenNetlink", "ListenSpecial",
	"ListenMessageQueue", "ListenUSBFunction",
}

// listen are the addresses of a socket unit, in order; an empty assignment of any of the settings resets
// them all.
func (b *builder) listen(n node) []Listen {
	list := []Listen{}
	for _, e := range b.unit.entries {
		if e.section != "Socket" || !slices.Contains(listenSettings, e.key) {
			continue
		}
		if e.value == "" {
			list = list[:0]
			continue
		}
		n.index(len(list)).entry(e)
		list = append(list, address(e.key, e.value))
	}
	return list
}

// address reads a port, an IPv4 or IPv6 address with a port, a path, or another kind's name.
func address(setting, value string) Listen {
	l := Listen{Name: value, Setting: setting, Address: value}
	if strings.HasPrefix(value, "/") {
		l.Address, l.Path = "", value
		return l
	}
	if port, err := strconv.ParseUint(value, 10, 16); err == nil {
		l.Address, l.Port = "", int(port)
		return l
	}
	host, scope, _ := strings.Cut(value, "%")
	if scope == "" {
		host = value
	}
	if ap, err := netip.ParseAddrPort(host); err == nil {
		l.Address, l.Port = ap.Addr().String(), int(ap.Port())
	}
	return l
}
