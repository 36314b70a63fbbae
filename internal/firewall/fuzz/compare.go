package main

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
)

// A difference is one place where the kernel and we disagree.
type difference struct {
	ruleset, form, flow, protocol string
	ports                         string
	kernel, ours                  string
}

func (d difference) String() string {
	return fmt.Sprintf("%s (%s): %s %s %s: the kernel: %s, ours: %s", d.ruleset, d.form, d.flow, d.protocol, d.ports, d.kernel, d.ours)
}

// A tally counts what was compared.
type tally struct {
	compared, unknown int
	// masquerades says that connections of protocols without ports may look alike behind a translation of the source, of which
	// the kernel then loses all but one.
	masquerades bool
	differences []difference
	reasons     map[string]int
	self        reach.Check
}

var local = []netip.Addr{
	netip.MustParseAddr("10.77.0.1"), netip.MustParseAddr("10.78.0.1"), netip.MustParseAddr("fd77::1"), netip.MustParseAddr("fd78::1"),
	netip.MustParseAddr("fe80::1"), netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("::1"),
}

var protocols = map[string]uint8{"tcp": 6, "udp": 17, "esp": 50, "ospf": 89}

// behind is the interface that an address is behind, of the oracle's host.
func behind(a netip.Addr) string {
	for _, p := range []string{"10.78.0.0/24", "fd78::/64"} {
		if netip.MustParsePrefix(p).Contains(a) {
			return "eth1"
		}
	}
	return "eth0"
}

// A probe is a flow of the oracle's, with what the kernel let through.
type probe struct {
	name  string
	flow  reach.Flow
	reach map[string]string
	only  []string // protocols; nil is all of them
}

// probes are all flows that the kernel was asked about.
func (v *verdicts) probes() []probe {
	var all []probe
	for _, g := range []struct {
		name string
		hook firewall.Hook
		in   map[string]map[string]string
	}{{"inbound", firewall.Input, v.Inbound.Reach}, {"loopback", firewall.Input, v.Loopback.Reach}, {"egress", firewall.Output, v.Egress.Reach}, {"forward", firewall.Forward, v.Forward.Reach}} {
		for name, reached := range g.in {
			from, to, _ := strings.Cut(v.Flows[g.name][name], " -> ")
			f := reach.Flow{Hook: g.hook, From: netip.MustParseAddr(from), To: netip.MustParseAddr(to)}
			switch g.name {
			case "inbound":
				f.In = "eth0"
				if strings.HasPrefix(name, "B") {
					f.In = "eth1"
				}
			case "loopback":
				f.In = "lo"
			case "egress":
				f.Out = behind(f.To)
			case "forward":
				f.In, f.Out = behind(f.From), behind(f.To)
			}
			all = append(all, probe{g.name + "/" + name, f, reached, nil})
		}
	}
	for from, reached := range v.Derived {
		f := reach.Flow{Hook: firewall.Input, From: netip.MustParseAddr(from)}
		f.In = behind(f.From)
		f.To = hostOn(f.In, f.From)
		all = append(all, probe{"derived/" + from, f, reached, nil})
	}
	for to, reached := range v.DerivedEgress {
		f := reach.Flow{Hook: firewall.Output, To: netip.MustParseAddr(to)}
		f.Out = behind(f.To)
		f.From = hostOn(f.Out, f.To)
		all = append(all, probe{"derived_egress/" + to, f, reached, []string{"tcp", "udp"}})
	}
	for name, reached := range v.SourcePort {
		flow, port, _ := strings.Cut(name, " sport ")
		for _, p := range all {
			if p.name == "inbound/"+flow {
				n, _ := strconv.Atoi(port)
				p.name, p.reach, p.only = "source_port/"+name, reached, []string{"tcp", "udp"}
				p.flow.SourcePorts = firewall.Values(uint16(n))
				all = append(all, p)
				break
			}
		}
	}
	slices.SortFunc(all, func(a, b probe) int { return strings.Compare(a.name, b.name) })
	return all
}

func hostOn(device string, other netip.Addr) netip.Addr {
	i := 0
	if device == "eth1" {
		i = 1
	}
	if other.Is6() {
		i += 2
	}
	return local[i]
}

// compare asks our model what the kernel was asked.
func (t *tally) compare(ruleset, form string, set *firewall.Ruleset, v *verdicts) error {
	m, err := reach.New(set, local...)
	if err != nil {
		return err
	}
	refused := append(set.Refused[:len(set.Refused):len(set.Refused)], set.Mistakes...)
	if (v.LoadError != "") != (len(refused) > 0) {
		ours := "it loads"
		if len(refused) > 0 {
			ours = refused[0].Error()
		}
		t.differences = append(t.differences, difference{ruleset, form, "loading", "", "", fmt.Sprintf("%.200q", v.LoadError), ours})
		return nil
	}
	if v.LoadError != "" {
		t.compared++
		return nil
	}
	ports := parsePorts(v.Ports)
	self, regions := reach.Check{}, m.Exposure().Regions
	for _, p := range v.probes() {
		for _, name := range []string{"tcp", "udp", "icmp_echo", "esp", "ospf"} {
			if p.only != nil && !slices.Contains(p.only, name) {
				continue
			}
			f := p.flow
			f.Protocol = protocols[name]
			if t.masquerades && f.Protocol != 6 && f.Protocol != 17 && f.Hook != firewall.Input {
				continue
			}
			if name == "icmp_echo" {
				f.Protocol = 1
				if f.From.Is6() {
					f.Protocol = 58
				}
			}
			// A client may choose its source port; the oracle has one for each port.
			from := func(port uint16) string {
				if g := f; g.SourcePorts == nil {
					g.SourcePorts = firewall.Values(sourcePort(port))
					return said(m.Ask(g), port)
				}
				return ""
			}
			t.point(difference{ruleset: ruleset, form: form, flow: p.name, protocol: name}, m.Ask(f), from, p.reach[name], ports)
			if name == "tcp" || name == "udp" {
				self.Check(m, f, ports, regions)
			} else {
				self.Check(m, f, ports[:1], regions)
			}
		}
	}
	t.self.Add(self)
	for _, d := range self.Disputes {
		t.differences = append(t.differences, difference{ruleset, form, d, "", "", "not asked", "two answers"})
	}
	return nil
}

// sourcePort is the port that the oracle sends from.
func sourcePort(port uint16) uint16 { return 32768 + port%28232 }

// point compares one answer, port by port; from answers for the oracle's source port.
func (t *tally) point(d difference, a reach.Answer, from func(uint16) string, kernel string, ports []uint16) {
	portless := d.protocol != "tcp" && d.protocol != "udp"
	if portless {
		ports = []uint16{1}
	}
	reached := map[uint16]bool{1: kernel == "yes"}
	if !portless {
		reached = map[uint16]bool{}
		for _, p := range parsePorts(kernel) {
			reached[p] = true
		}
	}
	wrong := map[[2]string][]uint16{}
	for _, p := range ports {
		t.compared++
		ours := said(a, p)
		if ours == "unknown" {
			t.unknown++
			for _, w := range a.Why {
				t.reasons[w.Why]++
			}
			continue
		}
		if ours == "elsewhere" && !strings.HasPrefix(d.flow, "inbound") {
			continue // the oracle sees it, or not, by where the other address is
		}
		if ours == "accepted" && !reached[p] && !portless {
			ours = cmp.Or(from(p), ours)
		}
		if (ours == "accepted") != reached[p] {
			is := "lost"
			if reached[p] {
				is = "through"
			}
			wrong[[2]string{is, ours}] = append(wrong[[2]string{is, ours}], p)
		}
	}
	for w, ports := range wrong {
		d.kernel, d.ours, d.ports = w[0], w[1], writePorts(ports)
		t.differences = append(t.differences, d)
	}
}

func said(a reach.Answer, port uint16) string {
	n := firewall.Number(port)
	switch {
	case a.Accepted.Has(n):
		return "accepted"
	case a.Rejected.Has(n):
		return "rejected"
	case a.Dropped.Has(n):
		return "dropped"
	case a.Elsewhere.Has(n):
		return "elsewhere"
	}
	return "unknown"
}

func parsePorts(text string) []uint16 {
	var all []uint16
	for part := range strings.SplitSeq(text, ",") {
		first, last, ranged := strings.Cut(part, "-")
		a, err := strconv.Atoi(first)
		if err != nil {
			continue
		}
		b := a
		if ranged {
			b, _ = strconv.Atoi(last)
		}
		for p := a; p <= b; p++ {
			all = append(all, uint16(p))
		}
	}
	return all
}

func writePorts(ports []uint16) string {
	var parts []string
	for i := 0; i < len(ports); {
		j := i
		for j+1 < len(ports) && ports[j+1] == ports[j]+1 {
			j++
		}
		if i == j {
			parts = append(parts, strconv.Itoa(int(ports[i])))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", ports[i], ports[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ",")
}
