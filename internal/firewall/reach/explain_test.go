package reach

import (
	"fmt"
	"slices"
	"testing"

	"sallyport/internal/firewall"
)

func TestExplain(t *testing.T) {
	web := chain(firewall.NoHook, firewall.Filter, 0, firewall.Accept, []firewall.Step{is(firewall.Port, 80), verdict(firewall.Accept)})
	web.Name = "web"
	idle := chain(firewall.NoHook, firewall.Filter, 0, firewall.Accept, []firewall.Step{is(firewall.Port, 7), verdict(firewall.Drop)})
	idle.Name = "idle"
	m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{
		web, idle,
		chain(firewall.Prerouting, firewall.NAT, -100, firewall.Accept, []firewall.Step{is(firewall.Port, 8080), redirect(80)}),
		chain(firewall.Input, firewall.Filter, 0, firewall.Drop,
			[]firewall.Step{jump(firewall.Jump, idle)},
			[]firewall.Step{setMark(firewall.Mark, 5)},
			append([]firewall.Step{is(firewall.Port, 22)}, doubtful(firewall.Accept)...),
			[]firewall.Step{jump(firewall.Jump, web)}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	for port, want := range map[uint16][]string{
		8080: {"redirect to port 80", "mark 0x5", "jump web", "accept"},
		22:   {"policy accept", "mark 0x5", "accept if time of day"},
		23:   {"policy accept", "mark 0x5", "policy drop"},
	} {
		var got []string
		for _, v := range m.Explain(benchFlow, port) {
			if v.Doubt != "" {
				v.Did += " if " + v.Doubt
			}
			got = append(got, v.Did)
		}
		if !slices.Equal(got, want) {
			t.Errorf("port %d: got %q, want %q", port, got, want)
		}
	}
}

// TestDefaults are what undeclared ports meet, whatever the policy says.
func TestDefaults(t *testing.T) {
	eth0 := firewall.Is{Field: firewall.InInterface, Set: firewall.Set{firewall.One(firewall.Interface("eth0"))}}
	ssh := []firewall.Step{firewall.When{Expr: firewall.Is{Field: firewall.Protocol, Set: firewall.Values(6)}}, is(firewall.Port, 22), verdict(firewall.Accept)}
	for name, c := range map[string]struct {
		policy firewall.VerdictKind
		rules  [][]firewall.Step
		want   string // of interfaces that no rule names, and of eth0
	}{
		"policy":             {firewall.Drop, [][]firewall.Step{ssh}, "1 0"},
		"a final drop":       {firewall.Accept, [][]firewall.Step{ssh, {verdict(firewall.Drop)}}, "1 0"},
		"all but eth0":       {firewall.Drop, [][]firewall.Step{ssh, {firewall.When{Expr: firewall.Not{Expr: eth0}}, verdict(firewall.Accept)}}, "0 1"},
		"eth0 alone":         {firewall.Drop, [][]firewall.Step{{firewall.When{Expr: eth0}, verdict(firewall.Accept)}}, "1 0"},
		"doubt":              {firewall.Drop, [][]firewall.Step{ssh, doubtful(firewall.Accept)}, "7 0"},
		"a range of ports":   {firewall.Drop, [][]firewall.Step{{firewall.When{Expr: firewall.Is{Field: firewall.Port, Set: firewall.Set{{First: firewall.Number(1024), Last: firewall.Number(65535)}}}}, verdict(firewall.Accept)}}, "1 0"},
		"a network's accept": {firewall.Drop, [][]firewall.Step{{source(1), verdict(firewall.Accept)}}, "1 0"},
	} {
		m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{chain(firewall.Input, firewall.Filter, 0, c.policy, c.rules...)}})
		if err != nil {
			t.Fatal(err)
		}
		verdicts := map[bool]firewall.VerdictKind{}
		for _, d := range m.Exposure().Defaults {
			if d.Hook == firewall.Input && d.Family == 4 {
				verdicts[d.Named] = d.Verdict
			}
		}
		if got := fmt.Sprint(verdicts[false], verdicts[true]); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// TestExplainSource follows a packet from a source port that meets what is said of the port.
func TestExplainSource(t *testing.T) {
	udp := firewall.When{Expr: firewall.Is{Field: firewall.Protocol, Set: firewall.Values(17)}}
	from := firewall.When{Expr: firewall.Is{Field: firewall.SourcePort, Set: firewall.Values(50000)}}
	m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{chain(firewall.Input, firewall.Filter, 0, firewall.Drop, []firewall.Step{udp, from, verdict(firewall.Accept)})}})
	if err != nil {
		t.Fatal(err)
	}
	f := benchFlow
	f.Protocol = 17
	if a := m.Ask(f); !a.Accepted.Has(firewall.Number(53)) {
		t.Errorf("port 53 is not accepted: %v", a)
	}
	if path := m.Explain(f, 53); len(path) != 1 || path[0].Did != "accept" {
		t.Errorf("port 53 is explained by %v", path)
	}
}
