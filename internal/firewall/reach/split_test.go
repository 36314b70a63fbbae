package reach

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/firewall"
)

// Each part of a region names the rule that decides about it.
func TestSplit(t *testing.T) {
	accept := firewall.Verdict{}
	in := &firewall.Chain{
		Name: "in", Hook: firewall.Input, Families: firewall.Values(4), Policy: firewall.Verdict{Kind: firewall.Drop},
		Rules: []*firewall.Rule{tcpTo(22, 22, accept), tcpTo(80, 90, accept), tcpTo(85, 100, accept)},
	}
	m, err := New(&firewall.Ruleset{Chains: []*firewall.Chain{in}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range m.Exposure().Regions {
		if r.Hook == firewall.Input && r.Family == 4 {
			for _, p := range r.Ports {
				got[fmt.Sprint(p.First.Lo, "-", p.Last.Lo)] = decider(r.Path).Text
			}
		}
	}
	want := map[string]string{"22-22": "tcp dport 22-22 accept", "80-90": "tcp dport 80-90 accept", "91-100": "tcp dport 85-100 accept"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
