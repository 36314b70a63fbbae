package reach

import (
	"net/netip"

	"sallyport/internal/firewall"
)

// A mode is what is known of a field.
type mode uint8

const (
	known    mode = iota // it is the value
	symbolic             // it is a variable of the diagrams: the one of field
	among                // it is one of the set, for the reason why
)

// A binding is what a scope knows of a field.
type binding struct {
	mode  mode
	field firewall.Field
	value firewall.Value
	set   firewall.Set
	why   firewall.Unknown
}

func number[N ~uint8 | ~uint16 | ~uint32 | ~int](n N) binding {
	return binding{value: firewall.Number(n)}
}

func address(a netip.Addr) binding { return binding{value: firewall.Address(a)} }

func variable(f firewall.Field) binding { return binding{mode: symbolic, field: f} }

// anything is a field that may hold any value.
func anything(why string) binding {
	all := firewall.Range{Last: firewall.Value{}.Previous()}
	return oneOf(firewall.Set{all}, why)
}

func oneOf(set firewall.Set, why string) binding {
	if len(set) == 1 && set[0].First == set[0].Last {
		return binding{value: set[0].First}
	}
	return binding{mode: among, set: set, why: firewall.Unknown{Why: why}}
}

// A bindings is all that is known of a packet in one place.
type bindings [firewall.FieldCount]binding

// A scope is what rules see of the packets that come to one place in one state.
type scope struct {
	bindings
	pass  int
	state state
}

// missing says that the kernel has no value for a field here, which ends a rule that asks for it, negated or not.
func (sc *scope) missing(f firewall.Field, p *pass) bool {
	switch f {
	case firewall.ConnStatus, firewall.ConnDirection, firewall.ConnMark, firewall.OrigSource, firewall.OrigDestination, firewall.OrigPort:
		return sc.state.tracking != tracked
	case firewall.User, firewall.Group:
		return !p.socket
	}
	return false
}

type scopeKey struct {
	pass  int
	state state
}

// scope is what rules see in a pass of the path when the packet is in this state.
func (s *solver) scope(p int, st state) *scope {
	key := scopeKey{p, st}
	if sc := s.scopes[key]; sc != nil {
		return sc
	}
	sc := &scope{s.base, p, st}
	s.scopes[key] = sc
	sc.bindings[firewall.InInterface] = s.passes[p].in
	sc.bindings[firewall.OutInterface] = s.passes[p].out
	sc.bindings[firewall.Mark] = number(st.mark)
	sc.bindings[firewall.ConnMark] = number(st.connMark)
	sc.bindings[firewall.ConnState] = number([]int{firewall.StateInvalid, firewall.StateNew, firewall.StateUntracked}[st.tracking])
	sc.bindings[firewall.OrigSource] = s.base[firewall.Source]
	sc.bindings[firewall.OrigDestination] = s.base[firewall.Destination]
	sc.bindings[firewall.OrigPort] = s.base[firewall.Port]
	status := 0
	if st.source != 0 {
		status |= 16
		s.translated(sc, &s.m.translations[st.source-1], firewall.Source, firewall.SourcePort)
	}
	if st.to != 0 {
		t := &s.m.translations[st.to-1]
		s.translated(sc, t, firewall.Destination, firewall.Port)
		status |= s.statusOf(sc)
		switch s.where(st) {
		case here:
			sc.bindings[firewall.DestinationType] = number(typeLocal)
		case other:
			sc.bindings[firewall.DestinationType] = number(typeUnicast)
		case open:
			sc.bindings[firewall.DestinationType] = anything("which address the translation takes")
		}
	}
	sc.bindings[firewall.ConnStatus] = number(status)
	return sc
}

// statusOf is conntrack's bit for a translated destination: the kernel sets it where the translation changed something.
func (s *solver) statusOf(sc *scope) int {
	for _, f := range []firewall.Field{firewall.Destination, firewall.Port} {
		if a, b := sc.bindings[f], s.base[f]; a.mode != b.mode || a.mode == known && a.value != b.value {
			return 32
		}
	}
	return 0
}

// translated binds the fields that a translation writes.
func (s *solver) translated(sc *scope, t *firewall.TranslateCase, addr, port firewall.Field) {
	switch {
	case t.Why != "":
		sc.bindings[addr], sc.bindings[port] = anything(t.Why), anything(t.Why)
		return
	case t.To == firewall.Redirect && s.passes[0].hook == firewall.Output:
		sc.bindings[addr] = address(s.loopback())
	case t.To == firewall.Redirect:
		sc.bindings[addr] = anything("the address of the interface that redirect sends to")
	case t.To == firewall.SourceNAT && len(t.Addresses) == 0:
		sc.bindings[addr] = anything("the address that masquerading takes")
	case len(t.Addresses) > 0:
		sc.bindings[addr] = oneOf(t.Addresses, "which address the translation takes")
	}
	if len(t.Ports) > 0 && hasPorts(s.base[firewall.Protocol]) {
		sc.bindings[port] = oneOf(t.Ports, "which port the translation takes")
	}
}
