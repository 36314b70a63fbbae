package reach

import (
	"net/netip"
	"strings"
	"testing"

	"sallyport/internal/firewall"
)

// hostless is a ruleset that asks for kinds of addresses, and translates.
func hostless() *firewall.Ruleset {
	kind := func(t int) firewall.Step {
		return firewall.When{Expr: firewall.Is{Field: firewall.DestinationType, Set: firewall.Values(t)}}
	}
	port := func(n int) firewall.Step {
		return firewall.When{Expr: firewall.All{firewall.Is{Field: firewall.Protocol, Set: firewall.Values(17)}, firewall.Is{Field: firewall.Port, Set: firewall.Values(n)}}}
	}
	accepts := firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Accept}}
	to := func(a string) firewall.Step {
		return firewall.When{Expr: firewall.All{
			firewall.Is{Field: firewall.Family, Set: firewall.Values(4)},
			firewall.Is{Field: firewall.Destination, Set: firewall.Set{firewall.One(firewall.Address(netip.MustParseAddr(a)))}},
		}}
	}
	dnat := func(a string) firewall.Step {
		return firewall.Translate{Cases: []firewall.TranslateCase{{
			When: firewall.Is{Field: firewall.Family, Set: firewall.Values(4)}, To: firewall.DestinationNAT,
			Addresses: firewall.Set{firewall.One(firewall.Address(netip.MustParseAddr(a)))},
		}}}
	}
	rule := func(steps ...firewall.Step) *firewall.Rule { return &firewall.Rule{Steps: steps} }
	return &firewall.Ruleset{Chains: []*firewall.Chain{
		{Table: "ip nat", Name: "pre", Hook: firewall.Prerouting, Kind: firewall.NAT, Priority: -100, Rules: []*firewall.Rule{
			rule(port(70), dnat("10.0.0.5")), rule(port(71), dnat("127.0.0.1")),
		}},
		{Table: "inet f", Name: "in", Families: firewall.Values(4, 6), Hook: firewall.Input, Policy: firewall.Verdict{Kind: firewall.Drop}, Rules: []*firewall.Rule{
			rule(kind(typeMulticast), port(5353), accepts), rule(kind(typeBroadcast), port(67), accepts), rule(kind(typeLocal), port(53), accepts),
			rule(port(70), accepts), rule(port(71), accepts), rule(to("10.0.0.9"), port(99), accepts),
		}},
		{Table: "inet f", Name: "fwd", Families: firewall.Values(4, 6), Hook: firewall.Forward, Policy: firewall.Verdict{Kind: firewall.Drop}},
	}}
}

// exposed writes the regions of input over IPv4: port, verdict, destinations.
func exposed(t *testing.T, on ...string) map[uint64]string {
	t.Helper()
	set := hostless()
	for _, c := range set.Chains {
		if c.Families == nil {
			c.Families = firewall.Values(4)
		}
	}
	m, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	var addresses []netip.Prefix
	for _, a := range on {
		addresses = append(addresses, netip.MustParsePrefix(a))
	}
	m.On(addresses...)
	got := map[uint64]string{}
	for _, r := range m.Exposure().Regions {
		if r.Hook != firewall.Input || r.Family != 4 || r.Verdict == firewall.Drop {
			continue
		}
		var to []string
		for _, d := range r.Destinations {
			to = append(to, addressText(d.First))
		}
		for _, p := range r.Ports {
			got[p.First.Lo] = verdictNames[r.Verdict] + " " + strings.Join(to, ",")
		}
	}
	return got
}

var verdictNames = map[firewall.VerdictKind]string{firewall.Accept: "accept", firewall.Undecided: "unknown", firewall.Reject: "reject"}

// The kind of an address is known where it is one for many; what is the host's own is known when somebody tells.
func TestHostAddresses(t *testing.T) {
	for _, c := range []struct {
		on   []string
		want map[uint64]string
	}{
		{nil, map[uint64]string{
			53: "accept 0.0.0.0,240.0.0.0", 67: "accept 255.255.255.255", 70: "unknown ", 71: "unknown ", 99: "accept 10.0.0.9", 5353: "accept 224.0.0.0",
		}},
		{[]string{"10.0.0.5/24"}, map[uint64]string{
			53: "accept 10.0.0.5", 67: "accept 10.0.0.255,255.255.255.255", 70: "accept 10.0.0.5,10.0.0.255,224.0.0.0,255.255.255.255",
			71: "unknown 10.0.0.5,10.0.0.255,224.0.0.0,255.255.255.255", 5353: "accept 224.0.0.0",
		}},
		{[]string{"10.0.0.9/32"}, map[uint64]string{
			53: "accept 10.0.0.9", 67: "accept 255.255.255.255", 71: "unknown 10.0.0.9,224.0.0.0,255.255.255.255", 99: "accept 10.0.0.9", 5353: "accept 224.0.0.0",
		}},
	} {
		got := exposed(t, c.on...)
		for port, want := range c.want {
			if got[port] != want {
				t.Errorf("on %v: port %d: got %q, want %q", c.on, port, got[port], want)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("on %v: got %v", c.on, got)
		}
	}
}
