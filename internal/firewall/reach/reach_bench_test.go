package reach

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"syscall"
	"testing"
	"time"

	"sallyport/internal/firewall"
)

// The shapes that large rulesets have.
var shapes = map[string]func(n int) *firewall.Ruleset{
	"prefixes": func(n int) *firewall.Ruleset {
		return filter(n, func(i int) []firewall.Step { return []firewall.Step{source(i), verdict(firewall.Accept)} })
	},
	"ports": func(n int) *firewall.Ruleset {
		return filter(n, func(i int) []firewall.Step { return []firewall.Step{tcp(i * 7 % 60000), verdict(firewall.Accept)} })
	},
	"sources and ports": func(n int) *firewall.Ruleset {
		return filter(n, func(i int) []firewall.Step {
			return []firewall.Step{source(i), tcp(i * 7 % 60000), verdict(firewall.Accept)}
		})
	},
	"large set": func(n int) *firewall.Ruleset {
		set := manyAddresses(50_000)
		return filter(n, func(i int) []firewall.Step {
			if i == 0 {
				return []firewall.Step{firewall.When{Expr: firewall.All{family4, firewall.Is{Field: firewall.Source, Set: set}}}, verdict(firewall.Drop)}
			}
			return []firewall.Step{source(i), tcp(i * 7 % 60000), verdict(firewall.Accept)}
		})
	},
	"set per rule": func(n int) *firewall.Ruleset {
		set := manyAddresses(50_000)
		return filter(n, func(i int) []firewall.Step {
			return []firewall.Step{firewall.When{Expr: firewall.All{family4, firewall.Is{Field: firewall.Source, Set: set}}}, tcp(i * 7 % 60000), verdict(firewall.Accept)}
		})
	},
	"jump tree": jumpTree,
	"concatenation": func(n int) *firewall.Ruleset {
		t := firewall.Tuple{Fields: []firewall.Field{firewall.Source, firewall.Protocol, firewall.Port}}
		for i := range n {
			t.Rows = append(t.Rows, []firewall.Range{firewall.One(firewall.Number(0x0a000000 + i*37)), firewall.One(firewall.Number(6)), firewall.One(firewall.Number(i * 7 % 60000))})
		}
		return filter(1, func(int) []firewall.Step {
			return []firewall.Step{firewall.When{Expr: firewall.All{family4, t}}, verdict(firewall.Accept)}
		})
	},
	"verdict map": func(n int) *firewall.Ruleset {
		var b firewall.Branch
		for i := range n {
			b.Cases = append(b.Cases, firewall.Case{
				When:    firewall.Is{Field: firewall.Source, Set: firewall.Set{firewall.One(firewall.Number(0x0a000000 + i*37))}},
				Verdict: firewall.Verdict{Kind: []firewall.VerdictKind{firewall.Accept, firewall.Drop}[i%2]},
			})
		}
		return filter(1, func(int) []firewall.Step { return []firewall.Step{firewall.When{Expr: family4}, b} })
	},
	"forward": func(n int) *firewall.Ruleset {
		set := filter(n, func(i int) []firewall.Step {
			return []firewall.Step{
				firewall.When{Expr: firewall.All{family4, firewall.Is{Field: firewall.Destination, Set: firewall.Set{firewall.One(firewall.Number(0x0a000000 + i*3))}}}},
				tcp(i % 50 * 100), source(i % 300), verdict(firewall.Accept),
			}
		})
		set.Chains[0].Hook = firewall.Forward
		return set
	},
	"twice": func(n int) *firewall.Ruleset { // each second rule is shadowed
		return filter(n, func(i int) []firewall.Step {
			return []firewall.Step{source(i / 2), tcp(i / 2 * 7 % 60000), verdict(firewall.Accept)}
		})
	},
	"overlapping": func(n int) *firewall.Ruleset { // networks of all sizes, with ranges of ports
		return filter(n, func(i int) []firewall.Step {
			h := uint32(i) * 2654435761
			a := netip.AddrFrom4([4]byte{10, byte(h >> 24), byte(h >> 16), byte(h >> 8)})
			first := int(h>>7) % 60000
			return []firewall.Step{
				firewall.When{Expr: firewall.All{family4, firewall.Is{Field: firewall.Source, Set: firewall.Set{firewall.Prefix(netip.PrefixFrom(a, 12+i%21))}}}},
				firewall.When{Expr: firewall.All{firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6)}, firewall.Is{Field: firewall.Port, Set: firewall.Set{{First: firewall.Number(first), Last: firewall.Number(first + i%7*i%100)}}}}},
				verdict([]firewall.VerdictKind{firewall.Accept, firewall.Drop}[i%2]),
			}
		})
	},
	"mixed": func(n int) *firewall.Ruleset {
		return filter(n, func(i int) []firewall.Step {
			v := verdict(firewall.Accept)
			if i%5 == 0 {
				v = verdict(firewall.Drop)
			}
			switch i % 3 {
			case 0:
				return []firewall.Step{source(i), v}
			case 1:
				return []firewall.Step{tcp(i * 7 % 60000), v}
			}
			return []firewall.Step{source(i), tcp(i * 7 % 60000), v}
		})
	},
}

var family4 = firewall.Is{Field: firewall.Family, Set: firewall.Values(4)}

func verdict(k firewall.VerdictKind) firewall.Step {
	return firewall.Decide{Verdict: firewall.Verdict{Kind: k}}
}

func source(i int) firewall.Step {
	a := netip.AddrFrom4([4]byte{10, byte(i * 37 >> 8), byte(i * 37), 0})
	return firewall.When{Expr: firewall.All{family4, firewall.Is{Field: firewall.Source, Set: firewall.Set{firewall.Prefix(netip.PrefixFrom(a, 24+i%9))}}}}
}

func tcp(port int) firewall.Step {
	return firewall.When{Expr: firewall.All{firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6)}, firewall.Is{Field: firewall.Port, Set: firewall.Values(port)}}}
}

func manyAddresses(n int) firewall.Set {
	var ranges []firewall.Range
	for i := range n {
		ranges = append(ranges, firewall.One(firewall.Number(0x0b000000+uint32(i)*2654435761%(1<<28))))
	}
	return firewall.NewSet(ranges...)
}

// filter is an input chain that drops what its n rules do not decide.
func filter(n int, rule func(int) []firewall.Step) *firewall.Ruleset {
	c := &firewall.Chain{Name: "input", Families: firewall.Values(4, 6), Hook: firewall.Input, Policy: firewall.Verdict{Kind: firewall.Drop}}
	for i := range n {
		c.Rules = append(c.Rules, &firewall.Rule{Steps: rule(i)})
	}
	return &firewall.Ruleset{Chains: []*firewall.Chain{c}}
}

// jumpTree is chains that jump by prefix, ten rules each.
func jumpTree(n int) *firewall.Ruleset {
	set := filter(0, nil)
	chains := set.Chains
	for i := 0; i < n/11+1; i++ {
		c := &firewall.Chain{Name: fmt.Sprint("c", i)}
		for j := range 10 {
			c.Rules = append(c.Rules, &firewall.Rule{Steps: []firewall.Step{tcp((i*10 + j) % 60000), verdict(firewall.Accept)}})
		}
		parent := chains[i/10]
		jump := firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Jump, Chain: c}}
		parent.Rules = append(parent.Rules, &firewall.Rule{Steps: []firewall.Step{source(i), jump}})
		chains = append(chains, c)
	}
	set.Chains = chains
	return set
}

var benchFlow = Flow{Hook: firewall.Input, In: "eth0", From: netip.MustParseAddr("10.0.37.1"), To: netip.MustParseAddr("10.77.0.1"), Protocol: 6}

func BenchmarkExposure(b *testing.B) {
	benchmark(b, func(m *Model) { m.Exposure() })
}

func BenchmarkShadowed(b *testing.B) {
	benchmark(b, func(m *Model) { m.Shadowed() })
}

// BenchmarkAsk asks 100 questions.
func BenchmarkAsk(b *testing.B) {
	benchmark(b, func(m *Model) {
		for i := range 100 {
			f := benchFlow
			f.From = netip.AddrFrom4([4]byte{10, byte(i), byte(i * 37), 0})
			m.Ask(f)
		}
	})
}

// benchmark prints, beside time and memory, the growth of the processor time from a tenth of the rules: n log n is below 15.
func benchmark(b *testing.B, run func(*Model)) {
	for _, name := range slices.Sorted(maps.Keys(shapes)) {
		before := 0.0
		for _, n := range []int{100, 1000, 10000} {
			set := shapes[name](n)
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				start, rounds := cpu(), 0
				for b.Loop() {
					m, err := New(set)
					if err != nil {
						b.Fatal(err)
					}
					run(m)
					rounds++
				}
				took := float64(cpu()-start) / 1e6 / float64(rounds)
				b.ReportMetric(took, "cpu-ms/op")
				if before > 0 {
					b.ReportMetric(took/before, "growth")
				}
				before = took
			})
		}
	}
}

// cpu is the processor time that the process has taken: on a busy machine it tells more than the clock.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
