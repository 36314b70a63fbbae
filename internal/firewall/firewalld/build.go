package firewalld

import (
	"cmp"
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A builder makes the chains. Their names are firewalld's own, as `nft list ruleset` shows them.
type builder struct {
	c        *config
	chains   map[string]*firewall.Chain
	order    []*firewall.Chain
	priority map[*firewall.Rule]int // of rich rules and of policies
	matches  map[matchKey]match
	direct   *firewall.Ruleset
	// bound are the interfaces that zones name, and wild those that they name by a pattern alone.
	bound, wild firewall.Set
}

type matchKey struct {
	set         string
	destination bool
}

// A hook is one of the places where firewalld has rules.
type hook struct {
	table, name, short string
	hook               firewall.Hook
	kind               firewall.Kind
	priority           int
}

var (
	mangle      = hook{"mangle", "PREROUTING", "PRE", firewall.Prerouting, firewall.Filter, -150}
	prerouting  = hook{"nat", "PREROUTING", "PRE", firewall.Prerouting, firewall.NAT, -100}
	postrouting = hook{"nat", "POSTROUTING", "POST", firewall.Postrouting, firewall.NAT, 100}
	natOutput   = hook{"nat", "OUTPUT", "OUT", firewall.Output, firewall.NAT, -100}
	early       = hook{"filter", "PREROUTING", "PRE", firewall.Prerouting, firewall.Filter, 0}
	input       = hook{"filter", "INPUT", "IN", firewall.Input, firewall.Filter, 0}
	forward     = hook{"filter", "FORWARD", "FWD", firewall.Forward, firewall.Filter, 0}
	output      = hook{"filter", "OUTPUT", "OUT", firewall.Output, firewall.Filter, 0}

	allHooks  = []hook{mangle, prerouting, postrouting, natOutput, early, input, forward, output}
	zoneHooks = []hook{input, prerouting, mangle, postrouting, forward}
	sections  = []string{"pre", "log", "deny", "allow", "post"}
)

func (h hook) chain() string { return h.table + "_" + h.name }

// of is the chain of a zone or policy on the hook.
func (h hook) of(o *object) string {
	if o.zone {
		return h.table + "_" + h.short + "_" + o.name
	}
	return h.table + "_" + h.short + "_policy_" + o.name
}

func newBuilder(c *config) *builder {
	return &builder{c: c, chains: map[string]*firewall.Chain{}, priority: map[*firewall.Rule]int{}, matches: map[matchKey]match{}}
}

// build makes all chains, or says why firewalld would not.
func (b *builder) build() *fact.Error {
	if err := b.c.check(); err != nil {
		return err
	}
	if err := b.c.loadSets(); err != nil {
		return err
	}
	zones := b.activeZones()
	b.base()
	for _, z := range zones {
		for _, h := range zoneHooks {
			b.sections(h, z)
		}
	}
	if err := b.dispatchZones(zones); err != nil {
		return err
	}
	for _, z := range zones {
		if err := b.zone(z); err != nil {
			return err
		}
	}
	for _, p := range b.activePolicies(zones) {
		if err := b.policy(p); err != nil {
			return err
		}
	}
	direct, err := b.c.directRules()
	b.direct = direct
	return err
}

func (b *builder) ruleset() *firewall.Ruleset {
	for _, chain := range b.order {
		slices.SortStableFunc(chain.Rules, func(x, y *firewall.Rule) int { return cmp.Compare(b.priority[x], b.priority[y]) })
	}
	return firewall.Merge(b.direct, &firewall.Ruleset{Chains: b.order, Partial: b.c.partial})
}

// activeZones are those in effect: with interfaces or sources, and the default zone.
func (b *builder) activeZones() []*object {
	def := b.c.zones[b.c.defaultZone()]
	if def == nil {
		def = &object{name: b.c.defaultZone(), zone: true, at: new(node)}
		b.c.zones[def.name] = def
	}
	def.unboundInterfaces = true
	zones := slices.DeleteFunc(sorted(b.c.zones), func(z *object) bool {
		return !z.unboundInterfaces && len(z.interfaces) == 0 && len(z.sources) == 0
	})
	var bound, wild []firewall.Range
	for _, z := range zones {
		for _, i := range z.interfaces {
			if r, pattern := interfaces(i.value); pattern {
				wild = append(wild, r)
			} else {
				bound = append(bound, r)
			}
		}
	}
	local := []firewall.Range{firewall.One(firewall.Value{}), firewall.One(firewall.Interface("lo"))}
	b.bound = firewall.NewSet(append(bound, local...)...)
	b.wild = without(firewall.NewSet(wild...), b.bound)
	return zones
}

// interfaces are those that a name stands for; a "+" at its end makes it a pattern.
func interfaces(name string) (r firewall.Range, pattern bool) {
	if n := len(name) - 1; name[n] == '+' {
		return firewall.Interfaces(name[:n]), true
	}
	return firewall.One(firewall.Interface(name)), false
}

// without is what of a set is not in the other.
func without(s, other firewall.Set) firewall.Set {
	var rest []firewall.Range
	for _, r := range s {
		for _, o := range other {
			if o.Last.Compare(r.First) < 0 {
				continue
			}
			if o.First.Compare(r.Last) > 0 {
				break
			}
			if o.First.Compare(r.First) > 0 {
				rest = append(rest, firewall.Range{First: r.First, Last: o.First.Previous()})
			}
			if r.First = o.Last.Next(); r.First == (firewall.Value{}) || r.First.Compare(r.Last) > 0 {
				r = firewall.Range{First: firewall.Number(1), Last: firewall.Value{}}
				break
			}
		}
		rest = append(rest, r)
	}
	return firewall.NewSet(rest...)
}

// activePolicies are those between zones that are in effect. The default zone gets its interfaces last, and with them the
// policies that name it their place among those of equal priority.
func (b *builder) activePolicies(zones []*object) []*object {
	active := map[string]bool{"ANY": true, "HOST": true}
	for _, z := range zones {
		active[z.name] = true
	}
	live := func(side []item) bool { return slices.ContainsFunc(side, func(i item) bool { return active[i.value] }) }
	policies := slices.DeleteFunc(sorted(b.c.policies), func(p *object) bool { return !live(p.ingress) || !live(p.egress) })
	def := b.c.defaultZone()
	late := func(p *object) int {
		if has(p.ingress, def) || has(p.egress, def) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(policies, func(p, q *object) int { return cmp.Compare(late(p), late(q)) })
	return policies
}

func (b *builder) newChain(name string) *firewall.Chain {
	chain := &firewall.Chain{Table: "firewalld", Name: name, Families: firewall.Values(4, 6)}
	b.chains[name] = chain
	b.order = append(b.order, chain)
	return chain
}

// put adds a rule to a chain. The chain may not be there, which makes the kernel refuse what firewalld asks.
func (b *builder) put(chain string, n *node, steps ...firewall.Step) *fact.Error {
	_, err := b.add(chain, n.whole, n.source, steps)
	return err
}

func (b *builder) add(chain string, at fact.Span, text string, steps []firewall.Step) (*firewall.Rule, *fact.Error) {
	c := b.chains[chain]
	if c == nil {
		return nil, refuse(at, "the policy has no place for %s between its zones", text)
	}
	rule := &firewall.Rule{Steps: steps, Text: text, At: at}
	c.Rules = append(c.Rules, rule)
	return rule, nil
}

// own adds a rule that firewalld makes whatever is configured.
func (b *builder) own(chain, text string, steps ...firewall.Step) {
	b.chains[chain].Rules = append(b.chains[chain].Rules, &firewall.Rule{Steps: steps, Text: text})
}

func (b *builder) jump(from, to string) {
	b.own(from, "jump "+to, firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Jump, Chain: b.chains[to]}})
}

func accept() firewall.Step { return firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Accept}} }

func drop() firewall.Step { return firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Drop}} }

func reject(with string) firewall.Step {
	return firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Reject, With: with}}
}

const prohibited = "icmpx admin-prohibited"

func when(exprs ...firewall.Expr) firewall.Step {
	if len(exprs) == 1 {
		return firewall.When{Expr: exprs[0]}
	}
	return firewall.When{Expr: firewall.All(exprs)}
}
