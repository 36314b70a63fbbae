package nftables_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/nftables"
	"sallyport/internal/firewall/reach"
)

// oracle is the folder of rulesets with the kernel's answers, beside the checkout; testdata/kernel has further ones.
const oracle = "../../../../shared/oracles/firewall/cases"

type expected struct {
	Sweep         bool                         `json:"sweep"`
	Sampled       []string                     `json:"sampled_flows"`
	Ports         string                       `json:"ports"`
	Flows         map[string]map[string]string `json:"flows"`
	Inbound       struct{ Reach reached }      `json:"inbound"`
	Loop          struct{ Reach reached }      `json:"loopback"`
	Egress        struct{ Reach reached }      `json:"egress"`
	Forward       struct{ Reach reached }      `json:"forward"`
	Derived       map[string]map[string]string `json:"derived"`
	DerivedEgress map[string]map[string]string `json:"derived_egress"`
}

type reached map[string]map[string]string

var protocols = []struct {
	name      string
	four, six uint8
}{{"tcp", 6, 6}, {"udp", 17, 17}, {"icmp_echo", 1, 58}, {"esp", 50, 50}, {"ospf", 89, 89}}

func portSet(s string) firewall.Set {
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

func show(s firewall.Set) string {
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

func intersect(a, b firewall.Set) firewall.Set {
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

var local = []netip.Addr{}

func init() {
	for _, a := range []string{"10.77.0.1", "10.78.0.1", "fd77::1", "fd78::1", "fe80::1", "127.0.0.1", "::1"} {
		local = append(local, netip.MustParseAddr(a))
	}
}

func device(name string) string {
	if strings.HasPrefix(name, "B") {
		return "eth1"
	}
	return "eth0"
}

// doubtful are the cases in which nft's form of a ruleset says too little, with what it leaves open.
var doubtful = map[string]string{
	"n24-":                   "which rule's limit an element has that two rules may have made",
	"n39-netdev.listed.json": "the device, which nft 1.0.6 leaves out of its JSON",
	"m17.listed.json":        "as n39",
	"n50-":                   "on which interface an address is local",
	"i15-recent.listed.txt":  "xt match recent, without its options",
	"i24-v6-only.listed.txt": "the hop limit and the type of a routing header, which the packet's sender chooses",
}

// doubted says whether a form may leave something open. The JSON of what iptables-nft has made names its extensions alone.
func doubted(name string) bool {
	for prefix := range doubtful {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return strings.HasSuffix(name, ".listed.json") && (name[0] == 'i' || name[0] == 'u')
}

// compare asks about every flow of a case and reports where the kernel says something else. It returns how many answers
// were compared, and how many ports were unknown.
func compare(t *testing.T, name string, set *firewall.Ruleset, e *expected) (verdicts, unknown int) {
	t.Helper()
	m, err := reach.New(set, local...)
	if err != nil {
		t.Fatal(name, err)
	}
	probed := portSet(e.Ports)
	all := portSet("1-65535")
	ask := func(group, flow string, f reach.Flow, from, to string, want map[string]string, swept bool) {
		f.From, f.To = netip.MustParseAddr(from), netip.MustParseAddr(to)
		for _, p := range protocols {
			f.Protocol = p.four
			if f.From.Is6() {
				f.Protocol = p.six
			}
			a := m.Ask(f)
			universe := probed
			expectation := portSet(want[p.name])
			if p.name != "tcp" && p.name != "udp" {
				universe = portSet("1")
				if want[p.name] == "yes" {
					expectation = universe
				} else {
					expectation = nil
				}
			} else if swept {
				universe = all
			}
			for _, r := range universe {
				verdicts += int(r.Last.Lo - r.First.Lo + 1)
			}
			got, doubt := show(intersect(a.Accepted, universe)), show(intersect(a.Unknown, universe))
			if doubt != "" {
				unknown++
			}
			w := show(expectation)
			if doubt != "" && doubted(name) {
				// What is known must be right all the same.
				got = show(firewall.NewSet(append(intersect(a.Accepted, universe), intersect(a.Unknown, expectation)...)...))
				doubt = ""
			}
			if got != w || doubt != "" {
				t.Errorf("%s %s/%s %s: got %s, unknown %s %v; the kernel says %s", name, group, flow, p.name, got, doubt, a.Why, w)
			}
		}
	}
	each := func(group string, got reached, flow func(string) reach.Flow) {
		for name, pair := range e.Flows[group] {
			from, to, _ := strings.Cut(pair, " -> ")
			swept := e.Sweep && !slices.Contains(e.Sampled, group+"/"+name)
			ask(group, name, flow(name), from, to, got[name], swept)
		}
	}
	each("inbound", e.Inbound.Reach, func(n string) reach.Flow { return reach.Flow{Hook: firewall.Input, In: device(n)} })
	each("loopback", e.Loop.Reach, func(string) reach.Flow { return reach.Flow{Hook: firewall.Input, In: "lo"} })
	each("egress", e.Egress.Reach, func(n string) reach.Flow { return reach.Flow{Hook: firewall.Output, Out: device(n)} })
	each("forward", e.Forward.Reach, func(n string) reach.Flow {
		_, to, _ := strings.Cut(n, ">")
		return reach.Flow{Hook: firewall.Forward, In: device(n), Out: device(to)}
	})
	return verdicts, unknown
}

func expectation(t *testing.T, path string) *expected {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e := new(expected)
	if err := json.Unmarshal(data, e); err != nil {
		t.Fatal(path, err)
	}
	return e
}

// TestKernel compares with what the kernel let through, for rulesets as scripts, as listings and as JSON.
func TestKernel(t *testing.T) {
	if _, err := os.Stat(oracle); err != nil && os.Getenv("CI") == "true" {
		t.Error("the oracles are not there: ", err)
	}
	verdicts, unknown, rulesets := 0, 0, 0
	for _, dir := range []string{oracle, "testdata/kernel"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*.expect.json"))
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".expect.json")
			if strings.HasPrefix(name, "n75") {
				continue // iptables-legacy beside it is not in nft's ruleset
			}
			for _, form := range []string{name + ".nft", name + ".listed.txt", name + ".listed.json"} {
				if _, err := os.Stat(filepath.Join(dir, form)); err != nil {
					continue
				}
				set, err := nftables.Read(os.DirFS(dir), form)
				if err != nil {
					t.Error(err)
					continue
				}
				v, u := compare(t, form, set, expectation(t, file))
				verdicts, unknown, rulesets = verdicts+v, unknown+u, rulesets+1
			}
		}
	}
	t.Logf("%d rulesets, %d answers, %d of them in doubt", rulesets, verdicts, unknown)
}
