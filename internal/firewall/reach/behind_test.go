package reach

import (
	"net/netip"
	"testing"

	"sallyport/internal/firewall"
)

// TestBehind publishes a port of a container: the rule that masquerades its network tells the interface.
func TestBehind(t *testing.T) {
	face := func(name string) firewall.Expr {
		return firewall.Is{Field: firewall.OutInterface, Set: firewall.Set{firewall.One(firewall.Interface(name))}}
	}
	network := firewall.Is{Field: firewall.Source, Set: firewall.Set{firewall.Prefix(netip.MustParsePrefix("172.17.0.0/16"))}}
	masquerade := firewall.Translate{Cases: []firewall.TranslateCase{{When: firewall.All{}, To: firewall.SourceNAT}}}
	publish := firewall.Translate{Cases: []firewall.TranslateCase{{
		When: firewall.All{}, To: firewall.DestinationNAT, Addresses: firewall.Set{firewall.One(firewall.Address(netip.MustParseAddr("172.17.0.2")))},
	}}}
	for name, c := range map[string]struct {
		behind firewall.Expr
		want   kind
	}{
		"told":         {firewall.All{family4, network, firewall.Not{Expr: face("docker0")}}, elsewhere},
		"another":      {firewall.All{family4, network, firewall.Not{Expr: face("br0")}}, dropped},
		"not told":     {firewall.All{family4, network}, fall},
		"of some only": {firewall.All{family4, network, firewall.Not{Expr: face("docker0")}, firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6)}}, fall},
	} {
		set := &firewall.Ruleset{Chains: []*firewall.Chain{
			chain(firewall.Prerouting, firewall.NAT, -100, firewall.Accept, []firewall.Step{is(firewall.Port, 5432), publish}),
			chain(firewall.Forward, firewall.Filter, 0, firewall.Drop, []firewall.Step{firewall.When{Expr: face("docker0")}, verdict(firewall.Accept)}),
			chain(firewall.Postrouting, firewall.NAT, 100, firewall.Accept, []firewall.Step{firewall.When{Expr: c.behind}, masquerade}),
		}}
		m, err := New(set, benchFlow.To)
		if err != nil {
			t.Fatal(err)
		}
		a := m.Ask(benchFlow)
		if got := a.of(5432); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestMerged takes no notice of interfaces that other rules tell apart.
func TestMerged(t *testing.T) {
	lan := firewall.When{Expr: firewall.Is{Field: firewall.InInterface, Set: firewall.Set{firewall.One(firewall.Interface("lan0"))}}}
	m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{
		chain(firewall.Input, firewall.Filter, 0, firewall.Drop, []firewall.Step{tcp(22), verdict(firewall.Accept)}, []firewall.Step{lan, tcp(80), verdict(firewall.Accept)}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	count := map[uint64]int{}
	for _, r := range m.Exposure().Regions {
		if r.Hook == firewall.Input && r.Family == 4 {
			count[r.Ports[0].First.Lo]++
		}
	}
	if len(count) != 2 || count[22] != 1 || count[80] != 1 {
		t.Errorf("regions by port: %v", count)
	}
}
