package reach

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A Visit is one thing that happens to a packet on its way.
type Visit struct {
	Hook  firewall.Hook
	Chain *firewall.Chain
	// Rule is nil where the chain's policy decides.
	Rule *firewall.Rule
	// At is where that is written, unknown for a policy that is not.
	At fact.Span
	// Did says what happened: "jump web", "mark 0x1", "redirect to port 80", "accept".
	Did string
	// Doubt is why the rule may not apply; the path goes on as if it did.
	Doubt string
}

// Explain is the path of one new connection: what decides about it, in order, up to the verdict. Rules that do not apply, and chains
// that are left as they were entered, are not on it.
func (m *Model) Explain(f Flow, port uint16) []Visit {
	m.mu.Lock()
	defer m.mu.Unlock()
	if sport, ok := m.bestSource(f, port); ok {
		f.SourcePorts = firewall.Values(sport)
	}
	steps := walkWork
	path, _ := m.explain(f, port, &steps)
	return path
}

// explain is the path of a packet from the first of the source ports, and where it ends.
func (m *Model) explain(f Flow, port uint16, steps *int) (path []Visit, end kind) {
	defer func() {
		if p := recover(); p == errBudget {
			path, end = nil, fall
		} else if p != nil {
			panic(p)
		}
	}()
	sport := uint16(ephemeral[0].First.Lo)
	if len(f.SourcePorts) > 0 {
		sport = uint16(f.SourcePorts[0].First.Lo)
	}
	for _, guess := range []truth{never, always} { // what is certain explains more than what is in doubt
		s := &solver{store: &store{work: askWork}, layout: m.askLayout, m: m, scopes: map[scopeKey]*scope{}}
		s.packet(f, port, sport)
		var visits []Visit
		w := &walker{s: s, steps: *steps, guess: guess, visits: &visits}
		out := w.path(0, 0, state{})
		*steps = w.steps
		if path == nil || out[0].kind == passed || out[0].kind == elsewhere {
			path, end = visits, out[0].kind
		}
		if !w.guessed || out[0].kind == passed {
			break
		}
	}
	return path, end
}

// packet poses the question for one packet.
func (s *solver) packet(f Flow, port, sport uint16) {
	s.pose(f)
	if hasPorts(s.base[firewall.Protocol]) {
		s.base[firewall.Port], s.base[firewall.SourcePort] = number(port), number(sport)
	}
}

// note records a visit, where somebody wants to know.
func (w *walker) note(c *firewall.Chain, r *firewall.Rule, did string) {
	if w.visits == nil {
		return
	}
	v := Visit{Hook: w.s.passes[w.pass].hook, Chain: c, Rule: r, At: c.PolicyAt, Did: did, Doubt: w.doubt}
	if r != nil {
		v.At = r.At
	}
	w.doubt = ""
	*w.visits = append(*w.visits, v)
}

// unless takes back a visit that nothing has come after.
func (w *walker) unnote(n int) {
	if w.visits != nil && len(*w.visits) == n {
		*w.visits = (*w.visits)[:n-1]
	}
}

// settle makes a guess of a doubt where one path is wanted.
func (w *walker) settle(t truth, e firewall.Expr) truth {
	if t != maybe || w.visits == nil {
		return t
	}
	w.guessed = true
	if w.guess == always {
		w.doubt = cmp.Or(doubtOf(e), "not known")
	}
	return w.guess
}

// doubtOf names the first unknown of a condition.
func doubtOf(e firewall.Expr) string {
	switch e := e.(type) {
	case firewall.Unknown:
		return e.Why
	case firewall.All:
		for _, x := range e {
			if d := doubtOf(x); d != "" {
				return d
			}
		}
	case firewall.Any:
		for _, x := range e {
			if d := doubtOf(x); d != "" {
				return d
			}
		}
	case firewall.Not:
		return doubtOf(e.Expr)
	}
	return ""
}

// said is a verdict in words.
func said(v firewall.Verdict) string {
	words := []string{"accept", "drop", "reject", "return", "continue", "jump", "goto", "undecided"}
	s := words[v.Kind]
	switch {
	case v.Chain != nil:
		return s + " " + v.Chain.Name
	case v.With != "":
		return s + " with " + v.With
	case v.Why != "" && v.Kind == firewall.Undecided:
		return s + ": " + v.Why
	}
	return s
}

// translatedTo is a translation in words.
func translatedTo(t *firewall.TranslateCase) string {
	s := []string{"snat", "dnat", "redirect"}[t.To]
	var to []string
	if len(t.Addresses) > 0 {
		to = append(to, "address "+addressText(t.Addresses[0].First))
	}
	if len(t.Ports) > 0 {
		to = append(to, fmt.Sprint("port ", t.Ports[0].First.Lo))
	}
	if t.Why != "" {
		to = append(to, t.Why)
	}
	if len(to) > 0 {
		s += " to " + strings.Join(to, " ")
	}
	return s
}

// paths explains the regions, as far as that is affordable: those that are open to most sources first.
func (m *Model) paths(list []Region) {
	order := make([]*Region, len(list))
	for i := range list {
		list[i].Flow, list[i].Port = list[i].witness()
		order[i] = &list[i]
	}
	slices.SortStableFunc(order, func(a, b *Region) int { return cmp.Compare(len(a.Sources), len(b.Sources)) })
	steps := walkWork / 4
	for _, r := range order {
		if steps < walkWork/40 {
			return
		}
		r.Path, _ = m.explain(r.Flow, r.Port, &steps)
	}
}
