package reach

import (
	"encoding/binary"
	"net/netip"
	"strings"

	"sallyport/internal/firewall"
)

// witness is one packet of the region.
func (r *Region) witness() (Flow, uint16) {
	f := Flow{Hook: r.Hook, SourcePorts: r.SourcePorts, From: r.oneAddress(r.Sources, 2), To: r.oneAddress(r.Destinations, 1)}
	if r.Hook != firewall.Output {
		f.In = oneInterface(r.In)
	}
	if r.Hook != firewall.Input {
		f.Out = oneInterface(r.Out)
	}
	f.Protocol = uint8(one(r.Protocols, 6, 17, 1, 58))
	f.User, f.Group = uint32(one(r.Users, 0)), uint32(one(r.Groups, 0))
	if r.SourcePorts != nil {
		f.SourcePorts = firewall.Values(one(r.SourcePorts, 32768, 40000, 1024, 1))
	}
	return f, uint16(one(r.Ports, 80, 1))
}

// one is a value of the set, one of those wished for where it can be.
func one(s firewall.Set, wishes ...uint64) uint64 {
	for _, w := range wishes {
		if s == nil || s.Has(firewall.Number(w)) {
			return w
		}
	}
	return s[0].First.Lo
}

// oneAddress is an address of the set; of every address, one that documentation uses, else one of the Internet's where there is one.
func (r *Region) oneAddress(s firewall.Set, n byte) netip.Addr {
	wish := netip.AddrFrom4([4]byte{198, 51, 100, n})
	if r.Family == 6 {
		wish = netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, 15: n})
	}
	if s == nil || s.Has(firewall.Address(wish)) {
		return wish
	}
	for _, one := range s {
		if a := r.address(one.First); a.IsGlobalUnicast() && !a.IsPrivate() {
			return a
		}
	}
	return r.address(s[0].First)
}

func (r *Region) address(v firewall.Value) netip.Addr {
	if r.Family == 6 {
		var b [16]byte
		binary.BigEndian.PutUint64(b[:8], v.Hi)
		binary.BigEndian.PutUint64(b[8:], v.Lo)
		return netip.AddrFrom16(b)
	}
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(v.Lo))
	return netip.AddrFrom4(b)
}

// oneInterface is an interface of the set, with a usual name where it can be.
func oneInterface(s firewall.Set) string {
	wishes := []string{"eth0", "eth1", "ens3", "wan0", "other0"}
	for _, r := range s {
		name := interfaceText(r.First)
		wishes = append(wishes, name, name+"0", name+"x")
	}
	for _, w := range wishes {
		if w != "" && w != "lo" && (s == nil || s.Has(firewall.Interface(w))) {
			return w
		}
	}
	return interfaceText(s[0].First)
}

// interfaceText is the name up to its first zero byte.
func interfaceText(v firewall.Value) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], v.Hi)
	binary.BigEndian.PutUint64(b[8:], v.Lo)
	name, _, _ := strings.Cut(string(b[:]), "\x00")
	return name
}

// addressText prints an address; IPv4 where the value is small.
func addressText(v firewall.Value) string {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], v.Hi)
	binary.BigEndian.PutUint64(b[8:], v.Lo)
	if v.Hi == 0 && v.Lo <= 1<<32-1 {
		return netip.AddrFrom4([4]byte(b[12:])).String()
	}
	return netip.AddrFrom16(b).String()
}
