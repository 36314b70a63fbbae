package reach

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A step in few words.
func is(f firewall.Field, values ...int) firewall.Step {
	return firewall.When{Expr: firewall.Is{Field: f, Set: firewall.Values(values...)}}
}

func isNot(f firewall.Field, values ...int) firewall.Step {
	return firewall.When{Expr: firewall.Not{Expr: firewall.Is{Field: f, Set: firewall.Values(values...)}}}
}

func setMark(f firewall.Field, v int) firewall.Step {
	return firewall.Assign{Field: f, Cases: []firewall.AssignCase{{When: firewall.All{}, Xor: firewall.Number(v)}}}
}

func redirect(port int) firewall.Step {
	return firewall.Translate{Cases: []firewall.TranslateCase{{When: firewall.All{}, To: firewall.Redirect, Ports: firewall.Values(port)}}}
}

func jump(k firewall.VerdictKind, c *firewall.Chain) firewall.Step {
	return firewall.Decide{Verdict: firewall.Verdict{Kind: k, Chain: c}}
}

func doubtful(v firewall.VerdictKind) []firewall.Step {
	return []firewall.Step{firewall.When{Expr: firewall.Unknown{Why: "time of day"}}, verdict(v)}
}

func chain(h firewall.Hook, k firewall.Kind, priority int, policy firewall.VerdictKind, rules ...[]firewall.Step) *firewall.Chain {
	c := &firewall.Chain{Families: firewall.Values(4, 6), Hook: h, Kind: k, Priority: priority, Policy: firewall.Verdict{Kind: policy}}
	for _, r := range rules {
		c.Rules = append(c.Rules, &firewall.Rule{Steps: r})
	}
	return c
}

// show prints an answer about few ports.
func show(a Answer) string {
	var out []string
	for _, x := range []struct {
		name string
		set  firewall.Set
	}{{"accepted", a.Accepted}, {"limited", a.Limited}, {"rejected", a.Rejected}, {"dropped", a.Dropped}, {"unknown", a.Unknown}, {"elsewhere", a.Elsewhere}} {
		var ports []string
		for _, r := range x.set {
			if r.First == r.Last {
				ports = append(ports, fmt.Sprint(r.First.Lo))
			} else {
				ports = append(ports, fmt.Sprintf("%d-%d", r.First.Lo, r.Last.Lo))
			}
		}
		if len(ports) > 0 {
			out = append(out, x.name+" "+strings.Join(ports, ","))
		}
	}
	return strings.Join(out, "; ")
}

// TestPitfalls are what the kernel was seen to do.
func TestPitfalls(t *testing.T) {
	const (
		input, output, prerouting, filter, nat = firewall.Input, firewall.Output, firewall.Prerouting, firewall.Filter, firewall.NAT
		accept, drop                           = firewall.Accept, firewall.Drop
	)
	port, connMark := firewall.Port, firewall.ConnMark
	list := func(s ...firewall.Step) []firewall.Step { return s }
	self := Flow{Hook: input, In: "lo", From: netip.MustParseAddr("127.0.0.1"), To: netip.MustParseAddr("127.0.0.1"), Protocol: 6}
	ends := chain(firewall.NoHook, filter, 0, accept, list(is(port, 1), verdict(accept)))
	for name, c := range map[string]struct {
		flow   Flow
		chains []*firewall.Chain
		want   string
	}{
		"accept ends one chain": {benchFlow, []*firewall.Chain{
			chain(input, filter, 0, accept, list(is(port, 1, 2), verdict(accept))),
			chain(input, filter, 10, drop, list(is(port, 2), verdict(accept))),
		}, "accepted 2; dropped 1,3-65535"},
		"of equal priorities the last made is first": {benchFlow, []*firewall.Chain{
			chain(input, filter, 0, accept, list(is(firewall.Mark, 1), verdict(drop)), list(is(port, 2), setMark(firewall.Mark, 2))),
			chain(input, filter, 0, accept, list(is(firewall.Mark, 2), verdict(drop)), list(is(port, 1), setMark(firewall.Mark, 1))),
		}, "accepted 2-65535; dropped 1"},
		"goto comes back to the caller's caller": {benchFlow, []*firewall.Chain{
			chain(input, filter, 0, drop, list(jump(firewall.Goto, ends)), list(verdict(accept))),
		}, "accepted 1; dropped 2-65535"},
		"before conntrack everything is invalid": {benchFlow, []*firewall.Chain{
			chain(prerouting, filter, -300, accept, list(is(port, 1), is(firewall.ConnState, firewall.StateInvalid), verdict(drop))),
		}, "accepted 2-65535; dropped 1"},
		"what the kernel lacks matches nothing": {benchFlow, []*firewall.Chain{
			chain(prerouting, filter, -300, accept, list(is(port, 1), firewall.Untrack{})),
			chain(input, filter, 0, drop, list(isNot(connMark, 7), verdict(accept)), list(isNot(firewall.User, 7), verdict(accept))),
		}, "accepted 2-65535; dropped 1"},
		"notrack over lo is output's": {self, []*firewall.Chain{
			chain(prerouting, filter, -300, accept, list(is(port, 1), firewall.Untrack{})),
			chain(output, filter, -300, accept, list(is(port, 2), firewall.Untrack{})),
			chain(input, filter, 0, accept, list(is(firewall.ConnState, firewall.StateUntracked), verdict(drop))),
		}, "accepted 1,3-65535; dropped 2"},
		"marks go over lo": {self, []*firewall.Chain{
			chain(output, filter, 0, accept, list(is(port, 1), setMark(firewall.Mark, 5)), list(is(port, 2), setMark(connMark, 5))),
			chain(input, filter, 0, accept, list(is(firewall.Mark, 5), verdict(drop)), list(is(connMark, 5), verdict(drop))),
		}, "accepted 3-65535; dropped 1-2"},
		"no interface is the empty name": {benchFlow, []*firewall.Chain{
			chain(input, filter, 0, accept, list(isNot(firewall.OutInterface, 1), verdict(drop))),
		}, "dropped 1-65535"},
		"the filter sees the port after translation": {
			benchFlow,
			[]*firewall.Chain{
				chain(prerouting, nat, -100, accept, list(is(port, 8080), redirect(80)), list(is(port, 8080), redirect(81))),
				chain(input, filter, 0, drop, list(is(port, 80), firewall.When{Expr: firewall.Is{Field: firewall.ConnStatus, Mask: firewall.Number(32), Set: firewall.Values(32)}}, verdict(accept))),
			},
			"accepted 8080; dropped 1-8079,8081-65535",
		},
		"nat chains are asked at -100": {benchFlow, []*firewall.Chain{
			chain(prerouting, nat, -150, accept, list(is(port, 8080), redirect(80))),
			chain(prerouting, filter, -120, accept, list(is(port, 80), verdict(drop))),
		}, "accepted 1-79,81-65535; dropped 80"},
		"accept of nat decides nothing, drop drops": {benchFlow, []*firewall.Chain{
			chain(prerouting, nat, -100, accept, list(is(port, 1), verdict(accept)), list(is(port, 2), verdict(drop)), list(is(port, 9), redirect(9))),
			chain(input, filter, 0, drop, list(is(port, 2, 3), verdict(accept))),
		}, "accepted 3; dropped 1-2,4-65535"},
		"nat without a connection to track": {benchFlow, []*firewall.Chain{
			chain(prerouting, nat, -100, accept, list(is(port, 2), verdict(drop))),
			chain(input, filter, 0, drop, list(is(port, 2, 3), verdict(accept))),
		}, "accepted 2-3; dropped 1,4-65535"},
		"limits": {benchFlow, []*firewall.Chain{
			chain(input, filter, 0, drop, list(is(port, 1), firewall.Limit{Holds: true}, verdict(accept)),
				list(is(port, 2), firewall.Limit{}, verdict(drop)), list(is(port, 2, 3), verdict(accept))),
		}, "accepted 1-3; limited 1-2; dropped 4-65535"},
		"doubt that decides nothing": {
			benchFlow,
			[]*firewall.Chain{
				chain(input, filter, 0, drop, append(list(is(port, 1, 2)), doubtful(accept)...), append(list(is(port, 3)), doubtful(drop)...), list(is(port, 2), verdict(accept))),
			},
			"accepted 2; dropped 3-65535; unknown 1",
		},
	} {
		m, err := New(&firewall.Ruleset{Chains: c.chains})
		if err != nil {
			t.Fatal(err)
		}
		if got := show(m.Ask(c.flow)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestRefused(t *testing.T) {
	set := filter(0, nil)
	set.Refused = []*fact.Error{{}}
	m, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	if a := m.Ask(benchFlow); !a.Refused || show(a) != "accepted 1-65535" {
		t.Errorf("got %q", show(a))
	}
}

// TestBombs are rulesets that would take for ever if their paths were followed one by one.
func TestBombs(t *testing.T) {
	var chains []*firewall.Chain
	last := chain(firewall.NoHook, firewall.Filter, 0, firewall.Accept, []firewall.Step{is(firewall.Port, 1), verdict(firewall.Accept)})
	for i := range 200 {
		c := chain(firewall.NoHook, firewall.Filter, 0, firewall.Accept, []firewall.Step{is(firewall.Port, i+2), jump(firewall.Jump, last)}, []firewall.Step{jump(firewall.Jump, last)})
		chains = append(chains, last)
		last = c
	}
	last.Hook, last.Policy.Kind = firewall.Input, firewall.Drop
	marks := chain(firewall.Input, firewall.Filter, 0, firewall.Drop)
	for i := range 31 {
		marks.Rules = append(marks.Rules,
			&firewall.Rule{Steps: []firewall.Step{
				firewall.When{Expr: firewall.Unknown{Why: "random"}},
				firewall.Assign{Field: firewall.Mark, Cases: []firewall.AssignCase{{When: firewall.All{}, And: firewall.Number(^uint32(0)), Xor: firewall.Number(1 << i)}}},
			}},
			&firewall.Rule{Steps: []firewall.Step{is(firewall.Mark, i), verdict(firewall.Accept)}})
	}
	bits := chain(firewall.Input, firewall.Filter, 0, firewall.Drop)
	for i := range 16 {
		bits.Rules = append(bits.Rules,
			&firewall.Rule{Steps: []firewall.Step{
				firewall.When{Expr: firewall.Is{Field: firewall.Port, Mask: firewall.Number(1 << i), Set: firewall.Values(1 << i)}},
				firewall.Assign{Field: firewall.Mark, Cases: []firewall.AssignCase{{When: firewall.All{}, And: firewall.Number(^uint32(0)), Xor: firewall.Number(1 << i)}}},
			}},
			&firewall.Rule{Steps: []firewall.Step{is(firewall.Mark, 1<<i), is(firewall.SourcePort, 1<<i), verdict(firewall.Accept)}})
	}
	for _, c := range []struct {
		chains []*firewall.Chain
		want   string
	}{{[]*firewall.Chain{bits}, "unknown 1-65535"}, {append(chains, last), "accepted 1; dropped 2-65535"}, {[]*firewall.Chain{marks}, "unknown 1-65535"}} {
		start := time.Now()
		m, err := New(&firewall.Ruleset{Chains: c.chains})
		if err != nil {
			t.Fatal(err)
		}
		if got := show(m.Ask(benchFlow)); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		m.Explain(benchFlow, 1)
		if c.chains[0] != bits { // which takes its whole budget each time
			m.Exposure()
			m.Shadowed()
		}
		t.Log(time.Since(start))
	}
}
