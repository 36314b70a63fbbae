package reach

import (
	"net/netip"
	"testing"

	"sallyport/internal/firewall"
)

// TestExposureAgrees holds the regions against the walker.
func TestExposureAgrees(t *testing.T) {
	compared, vague := 0, 0
	for seed := range uint64(60) {
		g := newGen(seed, 11)
		m, err := New(g.ruleset(), netip.MustParseAddr("10.77.0.1"), netip.MustParseAddr("fd77::1"))
		if err != nil {
			t.Fatal(err)
		}
		if seed%2 == 0 {
			m.On(netip.MustParsePrefix("10.77.0.1/24"), netip.MustParsePrefix("fd77::1/64"))
		}
		e := m.Exposure()
		for range 100 {
			f := pick(g, someFlows)
			if f.In == "lo" || f.In+f.Out == "" || f.Protocol != 6 && f.Protocol != 17 {
				continue
			}
			port, sport := pick(g, somePorts), pick(g, somePorts)
			want := m.walk(f, port, sport)
			got := dropped
			count := 0
			for i := range e.Regions {
				r := &e.Regions[i]
				if !r.holds(f, port, sport) {
					continue
				}
				count++
				switch {
				case r.Verdict == firewall.Undecided:
					got = fall
				case r.Verdict == firewall.Reject:
					got = rejected
				case r.Verdict == firewall.Accept && r.Elsewhere:
					got = elsewhere
				case r.Verdict == firewall.Accept:
					got = passed
				}
			}
			compared++
			if got == fall && want != fall {
				vague++
				continue
			}
			if count > 1 && got != fall || got != want { // what a bit mask tells apart is in several vague ones
				t.Fatalf("seed %d: %+v port %d from %d: %d regions say %d, the walker %d", seed, f, port, sport, count, got, want)
			}
		}
	}
	t.Logf("%d compared, %d vague", compared, vague)
}

// TestOneSetTwoFields asks one set about two fields.
func TestOneSetTwoFields(t *testing.T) {
	set := firewall.Set{firewall.Prefix(netip.MustParsePrefix("203.0.113.0/24"))}
	ask := func(f firewall.Field, v firewall.VerdictKind) []firewall.Step {
		return []firewall.Step{firewall.When{Expr: firewall.All{firewall.Is{Field: firewall.Family, Set: firewall.Values(4)}, firewall.Is{Field: f, Set: set}}}, verdict(v)}
	}
	m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{
		chain(firewall.Output, firewall.Filter, 0, firewall.Accept, ask(firewall.Source, firewall.Accept), ask(firewall.Destination, firewall.Drop)),
	}})
	if err != nil {
		t.Fatal(err)
	}
	e := m.Exposure()
	for to, want := range map[string]bool{"203.0.113.9": false, "198.51.100.1": true, "203.0.114.0": true} {
		f := Flow{Hook: firewall.Output, Out: "eth0", From: netip.MustParseAddr("192.0.2.1"), To: netip.MustParseAddr(to), Protocol: 6}
		open := false
		for i := range e.Regions {
			open = open || e.Regions[i].holds(f, 443, 40000) && e.Regions[i].Verdict == firewall.Accept
		}
		if open != want {
			t.Errorf("%s: open is %v, want %v", to, open, want)
		}
	}
}
