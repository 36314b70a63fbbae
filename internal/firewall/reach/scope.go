package reach

import (
	"net/netip"
	"slices"

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
	*choice
}

// A choice is what a field may be, and why it is not known. It is not changed once made.
type choice struct {
	set firewall.Set
	why firewall.Unknown
}

func number[N ~uint8 | ~uint16 | ~uint32 | ~int](n N) binding {
	return binding{value: firewall.Number(n)}
}

func address(a netip.Addr) binding { return binding{value: firewall.Address(a)} }

func variable(f firewall.Field) binding { return binding{mode: symbolic, field: f} }

// anything is a field that may hold any value.
func anything(why string) binding {
	return binding{mode: among, choice: &choice{everything, firewall.Unknown{Why: why}}}
}

func oneOf(set firewall.Set, why string) binding {
	if len(set) == 1 && set[0].First == set[0].Last {
		return binding{value: set[0].First}
	}
	return binding{mode: among, choice: &choice{set, firewall.Unknown{Why: why}}}
}

var everything = firewall.Set{{Last: firewall.Value{}.Previous()}}

// because is the binding with that reason for what cannot be told of it.
func (b binding) because(u firewall.Unknown) binding {
	if b.choice != nil {
		b.choice = &choice{b.set, u}
	}
	return b
}

// is says that both are the same known value.
func (b *binding) is(c binding) bool { return b.mode == known && c.mode == known && b.value == c.value }

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

// scopeWork is what a scope costs of the budget: rules that write ever new marks make many.
const scopeWork = 200

type scopeKey struct {
	pass  int
	state state
}

// scope is what rules see in a pass of the path when the packet is in this state.
func (s *solver) scope(p int, st state) *scope {
	if s.fixed != nil {
		return s.fixed
	}
	key := scopeKey{p, st}
	if sc := s.scopes[key]; sc != nil {
		return sc
	}
	if s.work -= scopeWork; s.work < 0 {
		panic(errBudget)
	}
	sc := &scope{s.base, p, st}
	s.scopes[key] = sc
	sc.bindings[firewall.InInterface] = s.passes[p].in
	sc.bindings[firewall.OutInterface] = s.passes[p].out
	sc.bindings[firewall.Mark] = s.marked(st.mark)
	sc.bindings[firewall.ConnMark] = s.marked(st.connMark)
	sc.bindings[firewall.ConnState] = number([]int{firewall.StateInvalid, firewall.StateNew, firewall.StateUntracked}[st.tracking])
	if s.reply && st.tracking == tracked {
		sc.bindings[firewall.ConnState] = number(firewall.StateEstablished)
	}
	if s.passes[p].bridge {
		sc.bindings[firewall.ConnState] = oneOf(firewall.Values(firewall.StateInvalid, firewall.StateNew, firewall.StateUntracked), "whether the bridge tracks connections")
	}
	sc.bindings[firewall.OrigSource] = s.base[firewall.Source]
	sc.bindings[firewall.OrigDestination] = s.base[firewall.Destination]
	sc.bindings[firewall.OrigPort] = s.base[firewall.Port]
	if st.source != 0 {
		s.translated(sc, st.source, firewall.Source, firewall.SourcePort)
	}
	if st.to != 0 {
		s.translated(sc, st.to, firewall.Destination, firewall.Port)
		sc.bindings[firewall.OutInterface] = s.leaving(s.passes[p].out, st)
		switch s.where(st) {
		case here, within:
			sc.bindings[firewall.DestinationType] = number(typeLocal)
		case other:
			sc.bindings[firewall.DestinationType] = number(typeUnicast)
		case open:
			sc.bindings[firewall.DestinationType] = anything("which address the translation takes")
		}
	}
	s.status(sc)
	return sc
}

func (s *solver) marked(m mark) binding {
	if m.why != 0 {
		return anything("").because(s.m.why[m.why-1])
	}
	return number(m.value)
}

// The bits of conntrack's status that can be told of a new connection. Those that are not named here are 0.
const (
	statusSource      = 16
	statusDestination = 32
	statusTold        = 1 | 2 | 4 | statusSource | statusDestination
)

// status binds conntrack's status: the kernel notes a translation where it changed something.
func (s *solver) status(sc *scope) {
	values := []int{0}
	note := func(bit int, changed truth) {
		if changed == never {
			return
		}
		for _, v := range slices.Clone(values) {
			values = append(values, v|bit)
		}
		if changed == always {
			values = slices.DeleteFunc(values, func(v int) bool { return v&bit == 0 })
		}
	}
	if sc.state.source != 0 {
		changed := max(s.changed(sc, firewall.Source), s.changed(sc, firewall.SourcePort))
		if t := &s.m.translations[sc.state.source-1]; len(t.Addresses) == 0 && len(t.Ports) == 0 && !s.passes[sc.pass].socket {
			changed = always // what is forwarded does not come from the host's own addresses
		}
		note(statusSource, changed)
	}
	if sc.state.to != 0 {
		changed := max(s.changed(sc, firewall.Destination), s.changed(sc, firewall.Port))
		if s.where(sc.state) == other || s.fetched(sc.state.to) {
			changed = always
		}
		note(statusDestination, changed)
	}
	sc.bindings[firewall.ConnStatus] = oneOf(firewall.Values(values...), "whether the translation changes anything")
}

// fetched says that a translation redirects to the host what was sent to another.
func (s *solver) fetched(id int32) bool {
	kind := s.base[firewall.DestinationType]
	return s.m.translations[id-1].To == firewall.Redirect && kind.mode == known && !kind.is(number(typeLocal))
}

// changed says whether a translation has changed a field. Of the packets to a port that is left open, those that the translation
// leaves alone have gone another way.
func (s *solver) changed(sc *scope, f firewall.Field) truth {
	a, b := &sc.bindings[f], &s.base[f]
	switch {
	case a.mode == b.mode && a.mode != known: // as it was
		return never
	case a.mode == known && b.mode == known && a.value == b.value:
		return never
	case a.mode == known && b.mode == known, f == firewall.Port && b.mode == symbolic:
		return always
	case a.mode == among && b.mode == known && !a.set.Has(b.value):
		return always
	}
	return maybe
}

// translated binds the fields that a translation writes.
func (s *solver) translated(sc *scope, id int32, addr, port firewall.Field) {
	t := &s.m.translations[id-1]
	told := func(b binding) binding {
		if b.choice == nil {
			return b
		}
		return b.because(firewall.Unknown{Why: b.why.Why, At: s.m.translatedAt[id-1]})
	}
	switch {
	case t.Why != "":
		sc.bindings[addr], sc.bindings[port] = told(anything(t.Why)), told(anything(t.Why))
		return
	case t.To == firewall.Redirect && s.passes[0].hook == firewall.Output:
		sc.bindings[addr] = address(s.loopback())
	case t.To == firewall.Redirect:
		sc.bindings[addr] = told(anything("the address of the interface that redirect sends to"))
	case t.To == firewall.SourceNAT && len(t.Addresses) == 0:
		sc.bindings[addr] = told(anything("the address that masquerading takes"))
	case len(t.Addresses) > 0:
		sc.bindings[addr] = told(oneOf(t.Addresses, "which address the translation takes"))
	}
	if b := s.base[port]; len(t.Ports) > 0 && hasPorts(s.base[firewall.Protocol]) && !(b.mode == known && t.Ports.Has(b.value)) {
		sc.bindings[port] = told(oneOf(t.Ports, "which port the translation takes"))
	}
}
