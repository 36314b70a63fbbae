package reach

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"

	"sallyport/internal/firewall"
)

var (
	somePorts = []uint16{1, 22, 23, 53, 80, 81, 443, 1023, 1024, 8080, 32768, 40000, 65535}
	someNets4 = []string{"10.77.0.0/24", "10.77.0.2/32", "10.0.0.0/8", "203.0.113.0/24", "203.0.113.77/32", "0.0.0.0/0", "10.77.0.128/25", "127.0.0.0/8"}
	someNets6 = []string{"fd77::/64", "fd77::2/128", "fd00::/8", "2001:db8::/32", "::/0", "::1/128"}
	// namedNets4 are in named sets alone, and have some of the flows' addresses.
	namedNets4 = []string{"10.77.0.0/31", "10.77.0.2/31", "10.76.0.0/15", "203.0.113.64/26", "10.77.0.192/28", "224.0.0.0/24", "10.64.0.0/11"}
	someFaces  = []string{"eth0", "eth1", "lo", "wg0", "br0"}
	someFlows  []Flow
)

func init() {
	a := netip.MustParseAddr
	for _, proto := range []uint8{6, 17, 1, 50} {
		for _, f := range []Flow{
			{Hook: firewall.Input, In: "eth0", From: a("10.77.0.2"), To: a("10.77.0.1")},
			{Hook: firewall.Input, In: "eth1", From: a("203.0.113.77"), To: a("10.77.0.1")},
			{Hook: firewall.Input, In: "lo", From: a("127.0.0.1"), To: a("127.0.0.1")},
			{Hook: firewall.Input, From: a("10.77.0.200"), To: a("10.77.0.1")},
			{Hook: firewall.Input, In: "br0", From: a("10.77.0.200"), To: a("10.77.0.1")},
			{Hook: firewall.Output, Out: "br0", From: a("10.77.0.1"), To: a("10.77.0.200")},
			{Hook: firewall.Input, In: "eth0", From: a("fd77::2"), To: a("fd77::1")},
			{Hook: firewall.Output, Out: "eth0", From: a("10.77.0.1"), To: a("203.0.113.77")},
			{Hook: firewall.Output, Out: "eth1", From: a("fd77::1"), To: a("2001:db8::7"), User: 1000},
			{Hook: firewall.Input, In: "eth0", From: a("10.77.0.2"), To: a("224.0.0.251")},
			{Hook: firewall.Input, In: "eth1", From: a("10.77.0.2"), To: a("255.255.255.255")},
			{Hook: firewall.Input, In: "eth0", From: a("fd77::2"), To: a("ff02::fb")},
			{Hook: firewall.Output, Out: "eth0", From: a("10.77.0.1"), To: a("224.0.0.251")},
			{Hook: firewall.Forward, In: "eth0", Out: "eth1", From: a("10.77.0.2"), To: a("10.78.0.2")},
		} {
			f.Protocol = proto
			someFlows = append(someFlows, f)
		}
	}
}

// gen makes rulesets. Its named sets are asked about whatever fields, as rules do that name one.
type gen struct {
	*rand.Rand
	ports, addresses []firewall.Set
	rows             [][][]firewall.Range
	most             bool // of the conditions ask about them
}

func newGen(seed, stream uint64) gen {
	g := gen{Rand: rand.New(rand.NewPCG(seed, stream)), most: seed%3 == 0}
	for range 2 {
		g.ports = append(g.ports, firewall.NewSet(g.port(), g.port(), g.port()))
		g.addresses = append(g.addresses, firewall.NewSet(g.prefix(namedNets4), g.prefix(namedNets4)))
		var rows [][]firewall.Range
		for range 2 + g.IntN(6) {
			rows = append(rows, []firewall.Range{g.prefix(namedNets4), firewall.One(firewall.Number(pick(g, []uint8{6, 17}))), g.port()})
		}
		g.rows = append(g.rows, rows)
	}
	return g
}

func (g gen) prefix(list []string) firewall.Range {
	return firewall.Prefix(netip.MustParsePrefix(pick(g, list)))
}

// named asks about one of the named sets.
func (g gen) named() firewall.Expr {
	port := pick(g, []firewall.Field{firewall.Port, firewall.SourcePort, firewall.OrigPort})
	address := pick(g, []firewall.Field{firewall.Source, firewall.Destination, firewall.OrigDestination, firewall.OrigSource})
	switch g.IntN(3) {
	case 0:
		return firewall.All{firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6, 17)}, firewall.Is{Field: port, Set: pick(g, g.ports)}}
	case 1:
		return firewall.All{firewall.Is{Field: firewall.Family, Set: firewall.Values(4)}, firewall.Is{Field: address, Set: pick(g, g.addresses)}}
	}
	return firewall.All{
		firewall.Is{Field: firewall.Family, Set: firewall.Values(4)},
		firewall.Tuple{Fields: []firewall.Field{address, firewall.Protocol, port}, Rows: pick(g, g.rows)},
	}
}

func pick[T any](g gen, list []T) T { return list[g.IntN(len(list))] }

func (g gen) set(n int, one func() firewall.Range) firewall.Set {
	var ranges []firewall.Range
	for range g.IntN(n + 1) {
		ranges = append(ranges, one())
	}
	return firewall.NewSet(ranges...)
}

func (g gen) port() firewall.Range {
	a, b := pick(g, somePorts), pick(g, somePorts)
	if g.IntN(3) > 0 {
		b = a
	}
	return firewall.Range{First: firewall.Number(min(a, b)), Last: firewall.Number(max(a, b))}
}

func (g gen) expr(depth int) firewall.Expr {
	if depth > 0 && g.IntN(3) == 0 {
		list := []firewall.Expr{g.expr(depth - 1), g.expr(depth - 1)}
		switch g.IntN(3) {
		case 0:
			return firewall.All(list)
		case 1:
			return firewall.Any(list)
		}
		return firewall.Not{Expr: list[0]}
	}
	is := func(f firewall.Field, set firewall.Set) firewall.Expr { return firewall.Is{Field: f, Set: set} }
	if g.most && g.IntN(2) == 0 {
		return g.named()
	}
	switch g.IntN(17) {
	case 16:
		return g.named()
	case 0, 1, 2:
		return firewall.All{is(firewall.Protocol, firewall.Values(pick(g, []uint8{6, 17}))), is(firewall.Port, g.set(3, g.port))}
	case 3:
		return is(firewall.SourcePort, g.set(2, g.port))
	case 4, 5:
		addr := pick(g, []firewall.Field{firewall.Source, firewall.Destination, firewall.OrigDestination})
		if g.IntN(2) == 0 {
			return firewall.All{is(firewall.Family, firewall.Values(4)), is(addr, g.set(2, func() firewall.Range { return g.prefix(someNets4) }))}
		}
		return firewall.All{is(firewall.Family, firewall.Values(6)), is(addr, g.set(2, func() firewall.Range { return g.prefix(someNets6) }))}
	case 6:
		return is(pick(g, []firewall.Field{firewall.InInterface, firewall.OutInterface}), firewall.NewSet(firewall.One(firewall.Interface(pick(g, someFaces)))))
	case 7:
		return is(firewall.ConnState, firewall.Values(pick(g, []int{firewall.StateNew, firewall.StateInvalid, firewall.StateUntracked})))
	case 8, 9:
		return is(pick(g, []firewall.Field{firewall.Mark, firewall.ConnMark}), firewall.Values(g.IntN(3)))
	case 10:
		return firewall.Is{Field: pick(g, []firewall.Field{firewall.Port, firewall.Mark, firewall.ConnStatus, firewall.Source}), Mask: firewall.Number(pick(g, []int{1, 6, 32, 0xff, 0x1ff})), Set: firewall.Values(pick(g, []int{0, 1, 6, 32, 80}))}
	case 11:
		if g.IntN(3) == 0 {
			return firewall.Unknown{Why: pick(g, []string{"time of day", "helper"})}
		}
		return is(firewall.Protocol, firewall.Values(6))
	case 12:
		p := g.port()
		return firewall.Tuple{Fields: []firewall.Field{firewall.Protocol, firewall.Port, firewall.Mark}, Rows: [][]firewall.Range{
			{firewall.One(firewall.Number(6)), p, {First: firewall.Number(0), Last: firewall.Number(1)}}, {firewall.One(firewall.Number(17)), g.port(), firewall.One(firewall.Number(0))},
		}}
	case 13:
		return is(firewall.User, firewall.Values(g.IntN(2)*1000))
	case 14:
		return is(firewall.OrigPort, g.set(2, g.port))
	}
	if g.IntN(4) == 0 {
		return is(firewall.PacketType, firewall.Values(g.IntN(3)))
	}
	return is(firewall.DestinationType, firewall.Values(pick(g, []int{typeLocal, typeLocal, typeMulticast, typeBroadcast})))
}

func (g gen) verdict(callees []*firewall.Chain) firewall.Verdict {
	k := pick(g, []firewall.VerdictKind{firewall.Accept, firewall.Accept, firewall.Drop, firewall.Drop, firewall.Reject, firewall.Return, firewall.Continue, firewall.Jump, firewall.Jump, firewall.Goto, firewall.Undecided})
	if k == firewall.Undecided && g.IntN(4) > 0 {
		k = firewall.Accept
	}
	v := firewall.Verdict{Kind: k, Why: "queue"}
	if k == firewall.Jump || k == firewall.Goto {
		if len(callees) == 0 {
			return firewall.Verdict{Kind: firewall.Return}
		}
		v.Chain = pick(g, callees)
	}
	return v
}

func (g gen) rule(kind firewall.Kind, callees []*firewall.Chain) *firewall.Rule {
	r := &firewall.Rule{}
	for range g.IntN(3) {
		r.Steps = append(r.Steps, firewall.When{Expr: g.expr(2)})
	}
	switch g.IntN(10) {
	case 0, 1:
		a := firewall.Assign{Field: pick(g, []firewall.Field{firewall.Mark, firewall.ConnMark})}
		for range 1 + g.IntN(2) {
			a.Cases = append(a.Cases, firewall.AssignCase{
				When: g.expr(1), From: pick(g, []firewall.Field{firewall.Mark, firewall.ConnMark}),
				And: firewall.Number(pick(g, []uint32{0, 0, ^uint32(0), 1})), Xor: firewall.Number(g.IntN(3)),
			})
		}
		r.Steps = append(r.Steps, a)
		if g.IntN(2) == 0 {
			r.Steps = append(r.Steps, firewall.When{Expr: g.expr(1)}, firewall.Decide{Verdict: g.verdict(callees)})
		}
		return r
	case 2:
		r.Steps = append(r.Steps, firewall.Untrack{})
		return r
	case 3:
		r.Steps = append(r.Steps, firewall.Limit{Holds: g.IntN(2) == 0})
	case 4:
		var b firewall.Branch
		for range g.IntN(4) {
			b.Cases = append(b.Cases, firewall.Case{When: g.expr(1), Verdict: g.verdict(callees)})
		}
		r.Steps = append(r.Steps, b)
		return r
	case 5, 6:
		if kind == firewall.NAT {
			t := firewall.TranslateCase{When: g.expr(1), To: pick(g, []firewall.Translation{firewall.DestinationNAT, firewall.Redirect})}
			if g.IntN(2) == 0 {
				t.Ports = firewall.Values(pick(g, somePorts))
			}
			if t.To == firewall.DestinationNAT && g.IntN(2) == 0 {
				t.Addresses = firewall.NewSet(firewall.One(firewall.Address(netip.MustParseAddr(pick(g, []string{"10.77.0.1", "10.78.0.2", "127.0.0.1"})))))
			}
			if g.IntN(10) == 0 {
				t.Why = "a map"
			}
			r.Steps = append(r.Steps, firewall.Translate{Cases: []firewall.TranslateCase{t}})
			return r
		}
	}
	r.Steps = append(r.Steps, firewall.Decide{Verdict: g.verdict(callees)})
	return r
}

func (g gen) ruleset() *firewall.Ruleset {
	set := &firewall.Ruleset{}
	var filters, nats []*firewall.Chain
	for i := range 8 + g.IntN(6) {
		c := &firewall.Chain{Name: fmt.Sprint("c", i), Families: pick(g, []firewall.Set{firewall.Values(4, 6), firewall.Values(4, 6), firewall.Values(4), firewall.Values(6)})}
		callees := &filters
		if g.IntN(4) == 0 {
			c.Kind, callees = firewall.NAT, &nats
		}
		for range g.IntN(6) {
			c.Rules = append(c.Rules, g.rule(c.Kind, *callees))
		}
		if g.IntN(2) == 0 {
			c.Hook = pick(g, []firewall.Hook{firewall.Prerouting, firewall.Input, firewall.Output, firewall.Forward, firewall.Postrouting})
			if c.Kind == firewall.NAT {
				c.Hook = pick(g, []firewall.Hook{firewall.Prerouting, firewall.Output})
			}
			if g.IntN(6) == 0 && c.Kind == firewall.Filter {
				c.Hook, c.Families = pick(g, []firewall.Hook{firewall.Ingress, firewall.Egress}), nil
				c.Devices = []string{pick(g, someFaces), pick(g, someFaces)}
			}
			if g.IntN(10) == 0 && c.Kind == firewall.Filter { // of a bridge
				c.Families, c.Devices = nil, nil
			}
			c.Priority = pick(g, []int{-300, -150, -100, 0, 0, 10, 50})
			if g.IntN(3) == 0 {
				c.Policy.Kind = firewall.Drop
			}
		} else {
			*callees = append(*callees, c)
		}
		set.Chains = append(set.Chains, c)
	}
	return set
}

// TestAgree holds the diagrams against the walker, packet by packet.
func TestAgree(t *testing.T) {
	compared, unknown := 0, 0
	for seed := range uint64(150) {
		g := newGen(seed, 7)
		m, err := New(g.ruleset())
		if err != nil {
			t.Fatal(err)
		}
		for range 8 {
			f := pick(g, someFlows)
			sport := pick(g, somePorts)
			f.SourcePorts = firewall.Values(sport)
			a := m.Ask(f)
			for range 100 {
				port := pick(g, somePorts) + uint16(g.IntN(3)) - 1
				if port == 0 {
					continue
				}
				want, got := m.walk(f, port, sport), a.of(port)
				compared++
				if got == fall {
					unknown++
				}
				if got != want {
					t.Fatalf("seed %d, %+v port %d: asked %d, walked %d", seed, f, port, got, want)
				}
			}
		}
	}
	t.Logf("%d verdicts, %d of them unknown", compared, unknown)
}
