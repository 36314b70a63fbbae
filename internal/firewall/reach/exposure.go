package reach

import (
	"sallyport/internal/firewall"
)

// An Exposure is what new connections meet, whoever makes them: by interfaces other than lo, to the host, from it, and through it.
type Exposure struct {
	// Regions are the packets that are not dropped: accepted, rejected, undecided.
	Regions []Region
	// Defaults are what a port meets that the ruleset does not name.
	Defaults []Default
	// Differences are the ports that one family reaches and the other does not.
	Differences []Difference
	// Unknown are the reasons of undecided regions.
	Unknown []firewall.Unknown
	// Refused says that the ruleset would not load, so that nothing filters.
	Refused bool
	// Partial says why there may be more than the regions.
	Partial []firewall.Unknown
}

// A Region is packets that meet the same: all that have one value out of each set. A nil set is every value.
type Region struct {
	Hook   firewall.Hook
	Family uint8
	// Protocols are IANA's numbers. Ports and SourcePorts are those of packets that have some.
	Protocols, Ports, SourcePorts firewall.Set
	Sources, Destinations         firewall.Set
	In, Out                       firewall.Set
	// Users and Groups are the owners of the sending socket.
	Users, Groups firewall.Set
	// Verdict is Accept, Reject, Drop or Undecided.
	Verdict firewall.VerdictKind
	// Limited says that a limit decides how many come through.
	Limited bool
	// Elsewhere says that a translation sends them to another place than was asked for: another host, or from one to the host itself.
	Elsewhere bool
	// To is the translation of the destination, nil where there is none.
	To *firewall.TranslateCase
	// Why are the reasons of Undecided.
	Why []firewall.Unknown
	// Path is what decides about one packet of the region: Explain's answer for Flow and Port.
	Flow Flow
	Port uint16
	Path []Visit
}

// A Default is what a TCP or UDP port meets that no rule names, from an address that no rule names.
type Default struct {
	Hook   firewall.Hook
	Family uint8
	// Interfaces are those of arrival, on Output those of departure. The set that holds most names no interface of the ruleset's.
	Interfaces firewall.Set
	// Named says that a rule names these interfaces.
	Named   bool
	Verdict firewall.VerdictKind
}

// A Difference is ports that are reached from somewhere in one family alone.
type Difference struct {
	Hook     firewall.Hook
	Protocol uint8
	Family   uint8
	Ports    firewall.Set
}

// exposureWork bounds what an exposure may cost, and exposureTry what it may cost for one hook and family in one order.
const (
	exposureWork = 80_000_000
	exposureTry  = 25_000_000
)

// maxRegions bounds the list of regions.
const maxRegions = 20_000

// Exposure computes what the ruleset leaves open.
func (m *Model) Exposure() Exposure {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := Exposure{Refused: m.refused, Partial: m.set.Partial}
	cuts, work := m.cutting(), exposureWork
	m.cutClasses(cuts)
	for _, h := range []firewall.Hook{firewall.Input, firewall.Output, firewall.Forward} {
		for _, family := range []uint8{4, 6} {
			if m.expose(&e, h, family, cuts, portsFirst, &work) || m.expose(&e, h, family, cuts, addressesFirst, &work) {
				continue
			}
			why := firewall.Unknown{Why: errBudget.Error()}
			e.Regions = append(e.Regions, Region{Hook: h, Family: family, Verdict: firewall.Undecided, Why: []firewall.Unknown{why}})
			e.Defaults = append(e.Defaults, Default{Hook: h, Family: family, Verdict: firewall.Undecided})
		}
	}
	e.Differences = e.compare()
	e.Unknown = e.doubts()
	e.Regions = m.split(e.Regions, cuts.cuts[firewall.Port])
	m.paths(e.Regions)
	e.Regions = merged(e.Regions)
	return e
}

// The order of the fields decides how large the diagrams become: where one is bad, the other may do.
var (
	portsFirst = []firewall.Field{
		firewall.Protocol, firewall.InInterface, firewall.OutInterface, firewall.User, firewall.Group,
		firewall.Port, firewall.SourcePort, firewall.Destination, firewall.Source,
	}
	addressesFirst = []firewall.Field{
		firewall.Protocol, firewall.InInterface, firewall.OutInterface, firewall.User, firewall.Group,
		firewall.Destination, firewall.Source, firewall.Port, firewall.SourcePort,
	}
)

// expose adds the regions of one hook and family; false is that they are too many to tell apart.
func (m *Model) expose(e *Exposure, h firewall.Hook, family uint8, c *cutter, order []firewall.Field, work *int) (done bool) {
	s := m.solver(newStore(min(*work, exposureTry)), c.layout(family, order...), map[setKey]ref{})
	before := s.work
	defer func() {
		*work -= before - max(s.work, 0)
		if p := recover(); p == errBudget {
			done = false
		} else if p != nil {
			panic(p)
		}
	}()
	s.local = m.local
	s.poseAll(h, family)
	d := s.everywhere(h)
	for _, f := range []firewall.Field{firewall.InInterface, firewall.OutInterface} {
		if b := s.base[f]; b.mode == symbolic {
			lo := s.set(f, firewall.Value{}, firewall.Set{firewall.One(firewall.Interface("lo"))})
			d = s.apply(opCase, s.apply(opNot, lo, no), d)
		}
	}
	r := regions{s: s, open: map[ref]bool{}, groups: map[groupKey][]group{}}
	r.expand(s.received(d, h), 0, Region{Hook: h, Family: family})
	e.Regions = append(e.Regions, r.list...)
	e.Defaults = append(e.Defaults, s.defaults(d, h, c)...)
	return true
}

// poseAll leaves open what a question would say.
func (s *solver) poseAll(h firewall.Hook, family uint8) {
	s.family = family
	b := &s.base
	for i := range b {
		b[i] = number(0)
	}
	open := []firewall.Field{firewall.Protocol, firewall.Source, firewall.Destination, firewall.Port, firewall.SourcePort}
	if h != firewall.Output {
		open = append(open, firewall.InInterface)
	}
	if h != firewall.Input {
		open = append(open, firewall.OutInterface)
	}
	if h == firewall.Output {
		open = append(open, firewall.User, firewall.Group)
	}
	for _, f := range open {
		b[f] = variable(f)
	}
	b[firewall.Family] = number(family)
	b[firewall.TCPFlags] = number(2)
	b[firewall.ICMPType] = number(uint8(8))
	if family == 6 {
		b[firewall.ICMPType] = number(uint8(128))
	}
	b[firewall.SourceType], b[firewall.DestinationType] = number(typeUnicast), number(typeUnicast)
	switch h {
	case firewall.Input:
		b[firewall.DestinationType] = number(typeLocal)
	case firewall.Output:
		b[firewall.SourceType] = number(typeLocal)
	}
	s.route(h, b[firewall.InInterface], b[firewall.OutInterface])
}
