package reach

import (
	"net/netip"

	"sallyport/internal/firewall"
)

// unchanged takes those packets out of a translation to which it does nothing: the kernel does not call them translated.
func (s *solver) unchanged(moved ref, p, at int, st state) ref {
	t := s.m.translations[st.to-1]
	if t.Why != "" || len(t.Ports) == 0 || !hasPorts(s.base[firewall.Protocol]) {
		return moved
	}
	place := s.where(st)
	st.to = 0
	still := s.run(p, at+1, st)
	switch {
	case place == same, t.To == firewall.Redirect && s.passes[p].hook == firewall.Output && s.goesTo(s.loopback()):
		// the kernel keeps a port that is one of those wanted
	case t.To == firewall.Redirect && s.passes[p].hook == firewall.Prerouting && s.base[firewall.DestinationType].is(number(typeLocal)):
		why := s.reasons([]int32{s.m.reason(firewall.Unknown{Why: "the address of the interface that redirect sends to"})})
		still = s.apply(opWhen, s.doubt(why), still)
		still = s.apply(filling(newResult(fall, 0)), still, moved)
	default:
		return moved
	}
	d := s.apply(opWhen, s.portIn(t.Ports), still)
	return s.apply(filling(newResult(fall, 0)), d, moved)
}

// goesTo says whether the packet was sent to that address.
func (s *solver) goesTo(a netip.Addr) bool {
	b := s.base[firewall.Destination]
	return b.mode == known && b.value == firewall.Address(a)
}

// portIn is the condition that the packet is for one of the ports.
func (s *solver) portIn(ports firewall.Set) ref {
	switch b := s.base[firewall.Port]; b.mode {
	case known:
		if ports.Has(b.value) {
			return yes
		}
		return no
	case symbolic:
		return s.set(firewall.Port, firewall.Value{}, ports)
	}
	return s.doubt(s.reasons([]int32{s.m.reason(firewall.Unknown{Why: "the port is not given"})}))
}
