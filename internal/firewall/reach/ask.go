package reach

import (
	"net/netip"

	"sallyport/internal/firewall"
)

// A Flow asks what new connections meet. Zero addresses are unknown ones, and so are empty interfaces where the hook has them.
type Flow struct {
	// Hook is Input, Output or Forward.
	Hook firewall.Hook
	// In and Out are the interfaces of arrival and departure.
	In, Out  string
	From, To netip.Addr
	// Protocol is IANA's number; of ICMP and ICMPv6 an echo request is meant, of TCP a SYN.
	Protocol uint8
	// SourcePorts are those that the client may choose from; nil is the usual ephemeral ones.
	SourcePorts firewall.Set
	// Reply asks about the answer of an established connection instead of the first packet of a new one.
	Reply bool
	// User and Group own the sending socket, on Output.
	User, Group uint32
}

// An Answer says of each port from 1 to 65535 what new connections to it meet: it is in one of the first five sets. A protocol without
// ports has all of them in one set. A client chooses its source port, so a port is accepted where one of the source ports is.
type Answer struct {
	Accepted, Rejected, Dropped, Unknown firewall.Set
	// Elsewhere is accepted, but comes out at another place than was asked about: a translation sends it there.
	Elsewhere firewall.Set
	// Limited are the ports of Accepted that a limit decides, so that not every connection comes through.
	Limited firewall.Set
	// Why are the reasons of Unknown.
	Why []firewall.Unknown
	// Translated are the ports whose connections arrive with another destination.
	Translated []Translated
	// Refused says that the ruleset would not load, so that nothing filters.
	Refused bool
}

// A Translated is what becomes of the destination of some ports.
type Translated struct {
	Ports firewall.Set
	To    firewall.TranslateCase
}

// askWork bounds what one question may cost, and askNodes what they leave behind together.
const (
	askWork  = 20_000_000
	askNodes = 2_000_000
)

var (
	allPorts  = firewall.Set{{First: firewall.Number(1), Last: firewall.Number(65535)}}
	ephemeral = firewall.Set{{First: firewall.Number(32768), Last: firewall.Number(60999)}}
)

// Ask answers a question.
func (m *Model) Ask(f Flow) (a Answer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer m.exceeded(func() { a = Answer{Unknown: allPorts, Why: []firewall.Unknown{{Why: errBudget.Error()}}} })
	s, d := m.asked(f)
	a = s.answer(d)
	a.Refused = m.refused
	return a
}

// exceeded calls back where the budget did not do.
func (m *Model) exceeded(then func()) {
	if e := recover(); e == errBudget {
		m.asking = nil
		then()
	} else if e != nil {
		panic(e)
	}
}

// asked is the diagram of what becomes of the ports and source ports of a flow.
func (m *Model) asked(f Flow) (*solver, ref) {
	if m.asking == nil || len(m.asking.nodes) > askNodes {
		m.asking, m.askSets, m.askChains = newStore(0), map[setKey]ref{}, map[string]ref{}
	}
	m.asking.work, m.asking.stack = askWork, m.asking.stack[:0]
	s := m.solver(m.asking, m.askLayout, m.askSets)
	s.shared = m.askChains
	s.pose(f)
	d := s.run(0, 0, state{})
	if f.SourcePorts == nil {
		f.SourcePorts = ephemeral
	}
	if s.base[firewall.SourcePort].mode == symbolic {
		d = s.apply(opCase, s.set(firewall.SourcePort, firewall.Value{}, f.SourcePorts), d)
	}
	return s, d
}

// bestSource is a source port for which a port meets what Ask says of it.
func (m *Model) bestSource(f Flow, port uint16) (sport uint16, ok bool) {
	defer m.exceeded(func() { ok = false })
	s, d := m.asked(f)
	if s.base[firewall.SourcePort].mode != symbolic {
		return 0, false
	}
	for i := range s.width[firewall.Port] {
		if s.level(d) == s.first[firewall.Port]+i {
			d = s.next(d, byteAt(firewall.Number(port), int(s.width[firewall.Port]-1-i)))
		}
	}
	best := -1
	for _, g := range s.groups(d, firewall.SourcePort) {
		if g.to >= 0 {
			return 0, false
		}
		if _, rank := s.judge(*s.term(g.to)); rank > best && len(g.set) > 0 {
			best, sport = rank, uint16(g.set[0].First.Lo)
		}
	}
	return sport, best >= 0
}

// pose binds what the question says.
func (s *solver) pose(f Flow) {
	s.family = 4
	if f.From.Is6() || !f.From.IsValid() && f.To.Is6() {
		s.family = 6
	}
	s.local, s.reply = s.m.local, f.Reply
	if f.Hook == firewall.Input && f.To.IsValid() {
		s.local = firewall.NewSet(append(s.local[:len(s.local):len(s.local)], firewall.One(firewall.Address(f.To)))...)
	}
	if f.Hook == firewall.Output && f.From.IsValid() {
		s.local = firewall.NewSet(append(s.local[:len(s.local):len(s.local)], firewall.One(firewall.Address(f.From)))...)
	}
	b := &s.base
	for i := range b {
		b[i] = number(0)
	}
	b[firewall.Family] = number(s.family)
	b[firewall.Protocol] = number(f.Protocol)
	b[firewall.User], b[firewall.Group] = number(f.User), number(f.Group)
	s.poseAddresses(f)
	s.poseTransport(f.Protocol)
	if f.Reply {
		b[firewall.TCPFlags] = number(2 | 16)
		b[firewall.ConnDirection] = number(1)
		switch f.Protocol {
		case 1:
			b[firewall.ICMPType] = number(0)
		case 58:
			b[firewall.ICMPType] = number(129)
		}
	}
	s.route(f.Hook, named(f.In, "arrival"), named(f.Out, "departure"))
}

// named binds an interface.
func named(name, what string) binding {
	if name == "" {
		return anything("the interface of " + what + " is not given")
	}
	return binding{value: firewall.Interface(name)}
}

func (s *solver) poseAddresses(f Flow) {
	b := &s.base
	b[firewall.Source], b[firewall.SourceType] = anything("the source is not given"), anything("the source is not given")
	b[firewall.Destination], b[firewall.DestinationType] = anything("the destination is not given"), anything("the destination is not given")
	b[firewall.PacketType] = number(0)
	if f.From.IsValid() {
		b[firewall.Source] = address(f.From)
		b[firewall.SourceType] = number(addressType(f.From))
		if f.Hook == firewall.Output || f.From == f.To || s.local.Has(firewall.Address(f.From)) {
			b[firewall.SourceType] = number(typeLocal)
		}
	} else if f.Hook == firewall.Output {
		b[firewall.SourceType] = number(typeLocal)
	}
	if f.To.IsValid() {
		b[firewall.Destination] = address(f.To)
		t := addressType(f.To)
		if t == typeUnicast && (f.Hook == firewall.Input || f.From == f.To || s.local.Has(firewall.Address(f.To))) {
			t = typeLocal
		}
		b[firewall.DestinationType] = number(t)
		switch t {
		case typeMulticast:
			b[firewall.PacketType] = number(2)
		case typeBroadcast:
			b[firewall.PacketType] = number(1)
		}
	} else if f.Hook == firewall.Input {
		b[firewall.DestinationType] = number(typeLocal)
	}
}

// poseTransport binds what a new connection's first packet has: a SYN, an echo request.
func (s *solver) poseTransport(protocol uint8) {
	b := &s.base
	b[firewall.TCPFlags] = number(2)
	if hasPorts(b[firewall.Protocol]) {
		b[firewall.Port], b[firewall.SourcePort] = variable(firewall.Port), variable(firewall.SourcePort)
	} else {
		b[firewall.Port] = anything("the bytes where other protocols have ports")
		b[firewall.SourcePort] = b[firewall.Port]
	}
	switch protocol {
	case 1:
		b[firewall.ICMPType] = number(8)
	case 58:
		b[firewall.ICMPType] = number(128)
	}
}

// hasPorts says whether the protocol is TCP, UDP, DCCP, SCTP or UDP-Lite.
func hasPorts(protocol binding) bool {
	switch protocol.value.Lo {
	case 6, 17, 33, 132, 136:
		return true
	}
	return protocol.mode == symbolic
}
