package reach

import (
	"fmt"

	"sallyport/internal/firewall"
)

// A Check counts where two of the three ways to compute what a packet meets agree: the diagrams that Ask answers from, a walk of one
// packet along the rules, and the regions of an exposure.
type Check struct {
	// Compared are the packets, and Vague those of which the regions say less than a question, which knows more: unknown, or that they
	// are translated where they have the new destination already.
	Compared, Vague int
	// Disputes are the packets of which two ways say different things.
	Disputes []string
}

// Check holds what the model says of a flow, port by port, against itself. Regions are those of its exposure; nil is none.
func (c *Check) Check(m *Model, f Flow, ports []uint16, regions []Region) {
	sport := uint16(40000)
	if len(f.SourcePorts) > 0 {
		sport = uint16(f.SourcePorts[0].First.Lo)
	}
	f.SourcePorts = firewall.Values(sport)
	a := m.Ask(f)
	for _, port := range ports {
		c.Compared++
		asked, walked, ended := a.of(port), m.walk(f, port, sport), m.end(f, port)
		dispute := asked != walked || asked != fall && ended != asked && (ended != rejected || asked != dropped)
		found, count := dropped, 0
		if regions != nil && tells(f) {
			var loose bool
			found, count, loose = regionOf(regions, f, port, sport)
			switch {
			case found == asked && (count < 2 || found == fall):
			case found == fall, loose:
				c.Vague++
			default:
				dispute = true
			}
		}
		if dispute {
			c.Disputes = append(c.Disputes, fmt.Sprintf("%+v port %d: asked %s, walked %s, explained %s, in %d regions %s", f, port, asked, walked, ended, count, found))
		}
	}
}

// Add adds what another has counted.
func (c *Check) Add(d Check) {
	c.Compared += d.Compared
	c.Vague += d.Vague
	c.Disputes = append(c.Disputes, d.Disputes...)
}

func (k kind) String() string {
	switch k {
	case passed:
		return "accepted"
	case dropped:
		return "dropped"
	case rejected:
		return "rejected"
	case elsewhere:
		return "elsewhere"
	}
	return "unknown"
}

// of is what a port meets; fall where it cannot be told.
func (a *Answer) of(port uint16) kind {
	v := firewall.Number(port)
	found, in := fall, 0
	for k, s := range map[kind]firewall.Set{passed: a.Accepted, rejected: a.Rejected, dropped: a.Dropped, fall: a.Unknown, elsewhere: a.Elsewhere} {
		if s.Has(v) {
			found = k
			in++
		}
	}
	if in != 1 {
		panic(fmt.Sprint("port ", port, " is in ", in, " sets"))
	}
	return found
}

// walk is what the walker says of one packet: a kind, or fall where it cannot be told.
func (m *Model) walk(f Flow, port, sport uint16) kind {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := &solver{store: &store{work: askWork}, layout: m.askLayout, m: m, scopes: map[scopeKey]*scope{}}
	s.packet(f, port, sport)
	w := &walker{s: s, steps: walkWork}
	var found uint16
	for _, x := range w.path(0, 0, state{}) {
		found |= 1 << x.kind
	}
	switch found {
	case 1 << passed:
		return passed
	case 1 << elsewhere:
		return elsewhere
	case 1 << rejected:
		return rejected
	case 1 << dropped, 1<<dropped | 1<<rejected:
		return dropped
	}
	return fall
}

// end is where the path ends that Explain tells.
func (m *Model) end(f Flow, port uint16) kind {
	m.mu.Lock()
	defer m.mu.Unlock()
	steps := walkWork
	_, k := m.explain(f, port, &steps)
	return k
}

// tells says whether an exposure tells of such flows: not of those over lo, nor of those whose interfaces are not given.
func tells(f Flow) bool {
	return (f.Hook == firewall.Output || f.In != "" && f.In != "lo") && (f.Hook == firewall.Input || f.Out != "" && f.Out != "lo") &&
		f.From.IsValid() && f.To.IsValid() && f.From != f.To
}

// regionOf is what the regions say that a packet is in, and how many they are; loose is that a translation leads where it goes.
func regionOf(regions []Region, f Flow, port, sport uint16) (found kind, count int, loose bool) {
	found = dropped
	for i := range regions {
		r := &regions[i]
		if !r.holds(f, port, sport) {
			continue
		}
		count++
		loose = loose || r.To != nil && r.To.Addresses.Has(firewall.Address(f.To))
		switch {
		case r.Verdict == firewall.Undecided:
			return fall, count, false
		case r.Verdict == firewall.Reject:
			found = rejected
		case r.Verdict == firewall.Accept && r.Elsewhere:
			found = elsewhere
		case r.Verdict == firewall.Accept:
			found = passed
		}
	}
	return found, count, loose
}

// holds says whether a packet is in a region.
func (r *Region) holds(f Flow, port, sport uint16) bool {
	in := func(s firewall.Set, v firewall.Value) bool { return s == nil || s.Has(v) }
	n := func(s firewall.Set, v uint32) bool { return in(s, firewall.Number(v)) }
	family := uint8(4)
	if f.From.Is6() {
		family = 6
	}
	return r.Hook == f.Hook && r.Family == family && n(r.Protocols, uint32(f.Protocol)) &&
		in(r.Sources, firewall.Address(f.From)) && in(r.Destinations, firewall.Address(f.To)) &&
		in(r.In, firewall.Interface(f.In)) && in(r.Out, firewall.Interface(f.Out)) && n(r.Users, f.User) && n(r.Groups, f.Group) &&
		n(r.Ports, uint32(port)) && n(r.SourcePorts, uint32(sport))
}
