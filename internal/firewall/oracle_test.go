package firewall_test

import (
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/host"
	"sallyport/internal/firewall/reach"
)

const cases = "../../../shared/oracles/firewall/cases"

// An expectation is what the kernel said of a ruleset.
type expectation struct {
	Sweep                              bool                         `json:"sweep"`
	Sampled                            []string                     `json:"sampled_flows"`
	Ports                              string                       `json:"ports"`
	Flows                              map[string]map[string]string `json:"flows"`
	Inbound, Loopback, Egress, Forward struct {
		Reach map[string]map[string]string `json:"reach"`
	}
}

// forms are the notations that a case comes in, by the endings of their files; those of one form are one host's.
var forms = [][]string{
	{".nft"},
	{".nft", ".legacy"},
	{".iptables", ".ip6tables"},
	{".ufw"},
	{".firewalld"},
	{".listed.txt"},
	{".listed.json"},
	{".saved.iptables.txt", ".saved.ip6tables.txt"},
	{".status.txt"},
}

// TestKernel holds every form of every case against the kernel's verdicts.
func TestKernel(t *testing.T) {
	expected, err := filepath.Glob(cases + "/*.expect.json")
	if err != nil || len(expected) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("the kernel's verdicts are not there: ", err)
		}
		t.Skip("the kernel's verdicts are not there")
	}
	for _, file := range expected {
		name := strings.TrimSuffix(filepath.Base(file), ".expect.json")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want expectation
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(file, err)
		}
		for _, form := range forms {
			if form[len(form)-1] == ".legacy" && !there(name+".legacy") {
				continue
			}
			t.Run(name+strings.Join(form, ""), func(t *testing.T) { compare(t, name, form, &want) })
		}
	}
}

func there(name string) bool {
	_, err := os.Stat(filepath.Join(cases, name))
	return err == nil
}

func compare(t *testing.T, name string, form []string, want *expectation) {
	fsys := os.DirFS(cases)
	var sources []host.Source
	for _, ending := range form {
		if !there(name + ending) {
			continue
		}
		found, err := host.Find(fsys, name+ending)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, found...)
	}
	if len(sources) == 0 {
		t.SkipNow()
	}
	if why := unseen[name+strings.Join(form, "")]; why != "" {
		t.Skip(why)
	}
	set, err := host.Read(fsys, sources)
	if err != nil {
		t.Fatal(err)
	}
	var local []netip.Addr
	for _, q := range questions(want) {
		if q.flow.Hook == firewall.Input {
			local = append(local, q.flow.To)
		}
	}
	m, err := reach.New(set, local...)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, m, want, form[0])
	wrong, unknown := 0, 0
	for _, q := range questions(want) {
		for _, protocol := range []string{"tcp", "udp", "icmp_echo", "esp", "ospf"} {
			got, doubt := q.ask(m, protocol)
			kernel := q.kernel(protocol)
			for _, p := range q.tried(protocol) {
				switch {
				case doubt.Has(p):
					unknown++
				case got.Has(p) != kernel.Has(p):
					if wrong++; wrong <= 5 {
						t.Errorf("%s %s %d: accepted is %v, the kernel says %v", q.name, protocol, p.Lo, got.Has(p), kernel.Has(p))
					}
				}
			}
		}
	}
	reason := inDoubt[name+strings.Join(form, "")]
	if reason == "" && strings.Contains("iu", name[:1]) && form[0] == ".listed.json" {
		reason = "nft's JSON shows the matches and targets of iptables by their names alone"
		if unknown == 0 {
			return
		}
	}
	switch {
	case wrong > 5:
		t.Errorf("%d differences", wrong)
	case unknown > 0 && reason == "":
		t.Errorf("%d unknown", unknown)
	case unknown == 0 && reason != "":
		t.Errorf("nothing is unknown, though %s", reason)
	}
}

// agree holds what the model says against itself: of listings, which mean the same, at fewer ports.
func agree(t *testing.T, m *reach.Model, want *expectation, form string) {
	every := 1
	if strings.HasPrefix(form, ".listed") || strings.HasPrefix(form, ".saved") {
		every = 5
	}
	var ports []uint16
	for i, v := range (&probe{ports: parsePorts(want.Ports)}).tried("tcp") {
		if i%every == 0 {
			ports = append(ports, uint16(v.Lo))
		}
	}
	regions := m.Exposure().Regions
	var c reach.Check
	for _, q := range questions(want) {
		for _, p := range []uint8{6, 17, 1, 58, 50} {
			q.flow.Protocol = p
			if p == 6 || p == 17 {
				c.Check(m, q.flow, ports, regions)
			} else {
				c.Check(m, q.flow, ports[:1], regions)
			}
		}
	}
	for _, d := range c.Disputes[:min(len(c.Disputes), 5)] {
		t.Error(d)
	}
	t.Logf("%d packets, %d disputes; of %d the regions alone do not tell", c.Compared, len(c.Disputes), c.Vague)
}

// inDoubt are the forms of cases where something is unknown, with the reason.
var inDoubt = map[string]string{
	"i15-recent.listed.txt":                              "the listing shows iptables' match recent by its name alone",
	"i24-v6-only.iptables.ip6tables":                     "the hop limit is the packet's",
	"i24-v6-only.listed.txt":                             "the hop limit is the packet's, and the listing shows iptables' match rt by its name alone",
	"i24-v6-only.saved.iptables.txt.saved.ip6tables.txt": "the hop limit is the packet's",
	"n50-fib.nft":                                        "what fib finds is in the routing table",
	"n50-fib.listed.txt":                                 "what fib finds is in the routing table",
	"n50-fib.listed.json":                                "what fib finds is in the routing table",
}

// unseen are forms that do not show all that the kernel has, or show something else.
var unseen = map[string]string{
	"i10-raw-mangle.listed.json":                               "what a target of iptables changes",
	"i11-nat-redirect.listed.json":                             "what a target of iptables changes",
	"i26-mark-return.listed.json":                              "what a target of iptables changes",
	"n24-meter.nft":                                            "what a set keeps of earlier packets",
	"n24-meter.listed.txt":                                     "what a set keeps of earlier packets",
	"n24-meter.listed.json":                                    "what a set keeps of earlier packets",
	"n39-netdev.listed.json":                                   "nft 1.0.6 leaves the device out",
	"n75-legacy-beside.nft":                                    "rules of iptables-legacy are in the same kernel",
	"n75-legacy-beside.listed.txt":                             "rules of iptables-legacy are in the same kernel",
	"n75-legacy-beside.listed.json":                            "rules of iptables-legacy are in the same kernel",
	"n75-legacy-beside.saved.iptables.txt.saved.ip6tables.txt": "rules of nftables are in the same kernel",
	"u10-no-ipv6.saved.iptables.txt.saved.ip6tables.txt":       "ufw with IPV6=no drops IPv6, and saves nothing of it",
	"u18-hand-edited.status.txt":                               "ufw's status is what ufw was told, and user.rules was edited by hand",
}

// A probe is a flow that the kernel was asked about.
type probe struct {
	name  string
	flow  reach.Flow
	want  map[string]string
	ports firewall.Set // those that were tried
}

func questions(want *expectation) []probe {
	boundary := parsePorts(want.Ports)
	var all []probe
	for _, d := range []struct {
		name  string
		hook  firewall.Hook
		reach map[string]map[string]string
	}{
		{"inbound", firewall.Input, want.Inbound.Reach},
		{"loopback", firewall.Input, want.Loopback.Reach},
		{"egress", firewall.Output, want.Egress.Reach},
		{"forward", firewall.Forward, want.Forward.Reach},
	} {
		for flow, addresses := range want.Flows[d.name] {
			from, to, _ := strings.Cut(addresses, " -> ")
			p := probe{name: d.name + "/" + flow, want: d.reach[flow], ports: boundary}
			if want.Sweep && !slices.Contains(want.Sampled, p.name) {
				p.ports = parsePorts("1-65535")
			}
			p.flow = reach.Flow{Hook: d.hook, From: netip.MustParseAddr(from), To: netip.MustParseAddr(to)}
			switch {
			case d.name == "loopback":
				p.flow.In, p.flow.Out = "lo", "lo"
			case d.name == "inbound":
				p.flow.In = device(flow)
			case d.name == "egress":
				p.flow.Out = device(flow)
			default:
				in, out, _ := strings.Cut(flow, ">")
				p.flow.In, p.flow.Out = device(in), device(out)
			}
			all = append(all, p)
		}
	}
	return all
}

// device is the interface behind which a client of the kernel's test stands.
func device(flow string) string {
	if strings.HasPrefix(flow, "B") {
		return "eth1"
	}
	return "eth0"
}

func (p *probe) ask(m *reach.Model, protocol string) (accepted, unknown firewall.Set) {
	f := p.flow
	f.Protocol = map[string]uint8{"tcp": 6, "udp": 17, "icmp_echo": 1, "esp": 50, "ospf": 89}[protocol]
	if protocol == "icmp_echo" && f.From.Is6() {
		f.Protocol = 58
	}
	a := m.Ask(f)
	return a.Accepted, a.Unknown
}

func (p *probe) kernel(protocol string) firewall.Set {
	if protocol == "tcp" || protocol == "udp" {
		return parsePorts(p.want[protocol])
	}
	if p.want[protocol] == "yes" {
		return parsePorts("1-65535")
	}
	return nil
}

// tried are the ports that the kernel was asked about.
func (p *probe) tried(protocol string) []firewall.Value {
	if protocol != "tcp" && protocol != "udp" {
		return []firewall.Value{firewall.Number(1)}
	}
	var all []firewall.Value
	for _, r := range p.ports {
		for v := r.First; v.Compare(r.Last) <= 0; v = v.Next() {
			all = append(all, v)
		}
	}
	return all
}

func parsePorts(s string) firewall.Set {
	var ranges []firewall.Range
	for part := range strings.SplitSeq(s, ",") {
		if part == "" {
			continue
		}
		first, last, ok := strings.Cut(part, "-")
		if !ok {
			last = first
		}
		a, _ := strconv.Atoi(first)
		b, _ := strconv.Atoi(last)
		ranges = append(ranges, firewall.Range{First: firewall.Number(a), Last: firewall.Number(b)})
	}
	return firewall.NewSet(ranges...)
}
