// Package kerneltest holds readers of packet filters against what the kernel let through: the recorded cases of the oracle program.
package kerneltest

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/reach"
)

// A Case is what the kernel said of one ruleset.
type Case struct {
	Sweep    bool                         `json:"sweep"`
	Sampled  []string                     `json:"sampled_flows"`
	Ports    string                       `json:"ports"`
	Flows    map[string]map[string]string `json:"flows"`
	Inbound  struct{ Reach reached }      `json:"inbound"`
	Loopback struct{ Reach reached }      `json:"loopback"`
	Egress   struct{ Reach reached }      `json:"egress"`
	Forward  struct{ Reach reached }      `json:"forward"`
}

// reached are the ports that came through, by flow and protocol.
type reached map[string]map[string]string

// Load reads a case.
func Load(t testing.TB, file string) *Case {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := new(Case)
	if err := json.Unmarshal(data, c); err != nil {
		t.Fatal(file, err)
	}
	return c
}

// Local are the addresses of the host that the kernel was asked on.
func Local() (all []netip.Addr) {
	for _, a := range []string{"10.77.0.1", "10.78.0.1", "fd77::1", "fd78::1", "fe80::1", "127.0.0.1", "::1"} {
		all = append(all, netip.MustParseAddr(a))
	}
	return all
}

// A Question is one flow of a protocol, with the ports that the kernel was asked about and those that it let through; of a
// protocol without ports both are port 1.
type Question struct {
	Name, Protocol string
	Flow           reach.Flow
	Asked, Open    firewall.Set
}

var protocols = []struct {
	name      string
	four, six uint8
}{{"tcp", 6, 6}, {"udp", 17, 17}, {"icmp_echo", 1, 58}, {"esp", 50, 50}, {"ospf", 89, 89}}

// Questions are all that the kernel was asked.
func (c *Case) Questions() (all []Question) {
	add := func(group string, got reached, flow func(string) reach.Flow) {
		for name, pair := range c.Flows[group] {
			from, to, _ := strings.Cut(pair, " -> ")
			f := flow(name)
			f.From, f.To = netip.MustParseAddr(from), netip.MustParseAddr(to)
			ports := c.Ports
			if c.Sweep && !slices.Contains(c.Sampled, group+"/"+name) {
				ports = "1-65535"
			}
			all = append(all, questions(group+"/"+name, f, ports, got[name])...)
		}
	}
	add("inbound", c.Inbound.Reach, func(n string) reach.Flow { return reach.Flow{Hook: firewall.Input, In: device(n)} })
	add("loopback", c.Loopback.Reach, func(string) reach.Flow { return reach.Flow{Hook: firewall.Input, In: "lo"} })
	add("egress", c.Egress.Reach, func(n string) reach.Flow { return reach.Flow{Hook: firewall.Output, Out: device(n)} })
	add("forward", c.Forward.Reach, func(n string) reach.Flow {
		_, to, _ := strings.Cut(n, ">")
		return reach.Flow{Hook: firewall.Forward, In: device(n), Out: device(to)}
	})
	return all
}

func questions(name string, f reach.Flow, ports string, got map[string]string) (all []Question) {
	for _, p := range protocols {
		f.Protocol = p.four
		if f.From.Is6() {
			f.Protocol = p.six
		}
		q := Question{Name: name + " " + p.name, Protocol: p.name, Flow: f, Asked: Ports(ports), Open: Ports(got[p.name])}
		if p.name != "tcp" && p.name != "udp" {
			q.Asked, q.Open = Ports("1"), nil
			if got[p.name] == "yes" {
				q.Open = q.Asked
			}
		}
		all = append(all, q)
	}
	return all
}

func device(flow string) string {
	if strings.HasPrefix(flow, "B") {
		return "eth1"
	}
	return "eth0"
}

// Ports reads a set of numbers: "22,80-90".
func Ports(s string) firewall.Set {
	var ranges []firewall.Range
	for _, one := range strings.Split(s, ",") {
		if one == "" {
			continue
		}
		first, last, isRange := strings.Cut(one, "-")
		if !isRange {
			last = first
		}
		a, _ := strconv.Atoi(first)
		b, _ := strconv.Atoi(last)
		ranges = append(ranges, firewall.Range{First: firewall.Number(a), Last: firewall.Number(b)})
	}
	return firewall.NewSet(ranges...)
}

// Show writes a set of numbers as Ports reads it.
func Show(s firewall.Set) string {
	var parts []string
	for _, r := range s {
		if r.First == r.Last {
			parts = append(parts, strconv.FormatUint(r.First.Lo, 10))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", r.First.Lo, r.Last.Lo))
		}
	}
	return strings.Join(parts, ",")
}

// Count is how many numbers a set has.
func Count(s firewall.Set) (n int) {
	for _, r := range s {
		n += int(r.Last.Lo - r.First.Lo + 1)
	}
	return n
}

// Both is what both sets have.
func Both(a, b firewall.Set) firewall.Set {
	var out []firewall.Range
	for _, x := range a {
		for _, y := range b {
			r := firewall.Range{First: x.First, Last: x.Last}
			if y.First.Compare(r.First) > 0 {
				r.First = y.First
			}
			if y.Last.Compare(r.Last) < 0 {
				r.Last = y.Last
			}
			out = append(out, r)
		}
	}
	return firewall.NewSet(out...)
}
