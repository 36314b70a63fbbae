package reach

import (
	"fmt"
	"slices"
	"testing"

	"sallyport/internal/firewall"
)

func tcpTo(first, last int, v firewall.Verdict) *firewall.Rule {
	return &firewall.Rule{Text: fmt.Sprint("tcp dport ", first, "-", last, " ", said(v)), Steps: []firewall.Step{
		firewall.When{Expr: firewall.All{
			firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6)},
			firewall.Is{Field: firewall.Port, Set: firewall.Set{{First: firewall.Number(first), Last: firewall.Number(last)}}},
		}},
		firewall.Decide{Verdict: v},
	}}
}

func TestShadowed(t *testing.T) {
	accept, drop := firewall.Verdict{}, firewall.Verdict{Kind: firewall.Drop}
	web := &firewall.Chain{Name: "web", Rules: []*firewall.Rule{tcpTo(443, 443, accept), tcpTo(22, 22, accept)}}
	dead := &firewall.Chain{Name: "dead", Rules: []*firewall.Rule{tcpTo(1, 1, accept)}}
	in := &firewall.Chain{Name: "in", Hook: firewall.Input, Families: firewall.Values(4, 6), Rules: []*firewall.Rule{
		tcpTo(22, 22, drop),
		tcpTo(23, 30, drop),
		tcpTo(25, 25, accept), // covered
		tcpTo(20, 25, accept), // not covered
		tcpTo(22, 28, accept), // covered by three together
		tcpTo(400, 500, firewall.Verdict{Kind: firewall.Jump, Chain: web}),
		{Text: "drop", Steps: []firewall.Step{firewall.Decide{Verdict: drop}}},
		tcpTo(9, 9, accept), // after everything
	}}
	m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{in, web, dead}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	list, _ := m.Shadowed()
	for _, s := range list {
		line := s.Chain.Name
		if s.Rule != nil {
			line += ": " + s.Rule.Text
		}
		for _, r := range s.By {
			line += "; " + r.Text
		}
		got = append(got, line)
	}
	want := []string{
		"dead",
		"in: tcp dport 25-25 accept; tcp dport 23-30 drop",
		"in: tcp dport 22-28 accept; tcp dport 22-22 drop; tcp dport 23-30 drop",
		"in: tcp dport 9-9 accept; drop",
		"web: tcp dport 22-22 accept",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestShadowedChangeNothing takes shadowed rules away and asks again.
func TestShadowedChangeNothing(t *testing.T) {
	removed := 0
	for seed := range uint64(150) {
		g := newGen(seed, 13)
		set := g.ruleset()
		m, err := New(set)
		if err != nil {
			t.Fatal(err)
		}
		var flows []Flow
		var before []Answer
		for range 10 {
			f := pick(g, someFlows)
			flows, before = append(flows, f), append(before, m.Ask(f))
		}
		tracked := map[uint8]bool{}
		for _, family := range []uint8{4, 6} {
			if _, ok := m.tracker(family); ok {
				tracked[family] = true
			}
		}
		list, unsearched := m.Shadowed()
		if len(unsearched) > 0 {
			t.Errorf("seed %d: not all is searched", seed)
		}
		for _, s := range list {
			if s.Rule == nil {
				s.Chain.Rules = nil
				continue
			}
			s.Chain.Rules = slices.DeleteFunc(s.Chain.Rules, func(r *firewall.Rule) bool { return r == s.Rule })
			removed++
		}
		for family := range tracked { // a rule that asks about connections makes the kernel track them, shadowed or not
			set.Chains = append(set.Chains, &firewall.Chain{Families: firewall.Values(family), Rules: []*firewall.Rule{{Steps: []firewall.Step{
				firewall.When{Expr: firewall.Is{Field: firewall.ConnState, Set: firewall.Values(firewall.StateNew)}},
			}}}})
		}
		if m, err = New(set); err != nil {
			t.Fatal(err)
		}
		for i, f := range flows {
			after := m.Ask(f)
			for _, p := range somePorts {
				if after.of(p) != before[i].of(p) {
					t.Fatalf("seed %d, %+v port %d: %d, without the shadowed rules %d", seed, f, p, before[i].of(p), after.of(p))
				}
			}
		}
	}
	t.Logf("%d rules removed", removed)
}

// What a limit lets through once comes to the rules behind it later.
func TestShadowedLimit(t *testing.T) {
	for _, holds := range []bool{true, false} {
		in := &firewall.Chain{Name: "in", Hook: firewall.Input, Families: firewall.Values(4), Rules: []*firewall.Rule{
			{Text: "limit", Steps: []firewall.Step{firewall.Limit{Holds: holds}, firewall.Decide{}}},
			{Text: "drop", Steps: []firewall.Step{firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Drop}}}},
		}}
		m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{in}})
		if err != nil {
			t.Fatal(err)
		}
		if list, _ := m.Shadowed(); len(list) > 0 {
			t.Errorf("holds %v: %s is shadowed", holds, list[0].Rule.Text)
		}
	}
}

// Rectangles that cover each other in ever new ways would take too long: that is said, and what was found until then.
func TestUnsearched(t *testing.T) {
	set := filter(20000, func(i int) []firewall.Step {
		h := uint32(i) * 2654435761
		address, port := h>>8%300, int(h>>16)%300
		sources := firewall.Set{{First: firewall.Number(0x0a000000 + address), Last: firewall.Number(0x0a000000 + address + h>>4%30)}}
		ports := firewall.Set{{First: firewall.Number(port), Last: firewall.Number(port + int(h>>5)%30)}}
		return []firewall.Step{
			firewall.When{Expr: firewall.All{family4, firewall.Is{Field: firewall.Source, Set: sources}}},
			firewall.When{Expr: firewall.All{firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6)}, firewall.Is{Field: firewall.Port, Set: ports}}},
			verdict(firewall.Drop),
		}
	})
	web := &firewall.Chain{Name: "web", Rules: []*firewall.Rule{tcpTo(443, 443, firewall.Verdict{}), tcpTo(443, 443, firewall.Verdict{})}}
	set.Chains[0].Rules = append(set.Chains[0].Rules, tcpTo(443, 443, firewall.Verdict{Kind: firewall.Jump, Chain: web}))
	set.Chains = append(set.Chains, web)
	m, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	list, unsearched := m.Shadowed()
	if len(unsearched) != 1 || unsearched[0] != set.Chains[0] {
		t.Errorf("%d chains are not searched", len(unsearched))
	}
	if n := len(list); n < 100 || list[n-1].Rule != web.Rules[1] {
		t.Errorf("%d rules are shadowed", n)
	}
}
