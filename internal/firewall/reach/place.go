package reach

import (
	"net/netip"

	"sallyport/internal/firewall"
)

// A place is where a translated packet goes.
type place uint8

const (
	here   place = iota // the host itself
	other               // another host
	same                // where it went before
	within              // the loopback interface, from outside
	open                // cannot be told
)

// own is a, or where the packet comes to the host itself and not there, b; that is in doubt.
func (s *solver) own(why string, st state, a, b ref) ref {
	id := s.reasons([]int32{s.m.reason(firewall.Unknown{Why: why, At: s.m.translatedAt[st.to-1]})})
	return s.apply(opOwn|uint32(id)<<8, a, b)
}

// addressOf is the first address that the translation of a state leads to, in words.
func (m *Model) addressOf(st state) string {
	if t := &m.translations[st.to-1]; len(t.Addresses) > 0 {
		return addressText(t.Addresses[0].First)
	}
	return "the address"
}

// where says where a translation sends a packet.
func (s *solver) where(st state) place {
	t := s.m.translations[st.to-1]
	switch {
	case t.Why != "":
		return open
	case t.To == firewall.Redirect:
		return here
	case len(t.Addresses) == 0:
		return same
	}
	if to := s.base[firewall.Destination]; to.mode == known && len(t.Addresses) == 1 && t.Addresses[0] == firewall.One(to.value) {
		return same
	}
	if s.inside(t.Addresses) {
		if s.passes[0].hook == firewall.Output {
			return here
		}
		return within
	}
	local, others := false, false
	for _, r := range t.Addresses {
		switch whole, partly := covers(s.local, r); {
		case whole:
			local = true
		case partly:
			local, others = true, true
		default:
			others = true
		}
	}
	switch {
	case local && others:
		return open
	case local:
		return here
	}
	return other
}

// loopback is the address that redirect takes for what the host sends.
func (s *solver) loopback() netip.Addr {
	if s.family == 4 {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	return netip.IPv6Loopback()
}
