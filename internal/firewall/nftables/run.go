package nftables

import (
	"slices"
	"strconv"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// maxRefused bounds the mistakes that are told of one script.
const maxRefused = 20

// A run is a script being carried out: the tables that it has made so far.
type run struct {
	tables  []*tableState
	bases   []*chainState // in the order of creation
	refused []*fact.Error
	flushed bool
	count   int // elements of all sets
	first   bool
}

// do carries out a command; what nft would refuse is noted.
func (r *run) do(c *command) {
	defer r.note()
	switch c.object {
	case "ruleset":
		r.flushRuleset(c)
	case "table":
		r.tableCommand(c)
	case "chain":
		r.chainCommand(c)
	case "rule":
		r.ruleCommand(c)
	case "set", "map":
		r.setCommand(c)
	case "element":
		r.elementCommand(c)
	case "counters", "quotas", "meter":
	case "tables", "chains", "sets", "maps", "rules":
		refuse(c.at, "", "%s does not act on all %s", c.verb, c.object)
	default:
		r.objectCommand(c)
	}
	r.first = false
}

// note takes a refusal up.
func (r *run) note() {
	switch v := recover().(type) {
	case nil:
	case refusal:
		if len(r.refused) < maxRefused {
			r.refused = append(r.refused, v.err)
		}
	default:
		panic(v)
	}
}

func (r *run) flushRuleset(c *command) {
	if c.verb != "flush" {
		return
	}
	gone := func(t *tableState) bool { return c.name.family == "" || t.family == c.name.family }
	r.tables = slices.DeleteFunc(r.tables, gone)
	r.bases = slices.DeleteFunc(r.bases, func(b *chainState) bool { return gone(b.table) })
	r.flushed = r.flushed || r.first && c.name.family == ""
}

func (r *run) find(n name) *tableState {
	for _, t := range r.tables {
		if t.family == n.family && t.name == n.table {
			return t
		}
	}
	return nil
}

// table is the table of a name, which must be there.
func (r *run) table(n name) *tableState {
	t := r.find(n)
	if t == nil {
		var known []string
		for _, other := range r.tables {
			known = append(known, other.name)
		}
		hint := didYouMean(n.table, known)
		if slices.Contains(known, n.table) {
			hint = "write the table's family, which is ip where none is written"
		}
		refuse(n.at, hint, "there is no table %s %q", n.family, n.table)
	}
	return t
}

// tableCommand adds, deletes or flushes a table. A table that is added where it is, is the same table.
func (r *run) tableCommand(c *command) {
	t := r.find(c.name)
	switch c.verb {
	case "add", "create":
		if t != nil && c.verb == "create" {
			refuse(c.name.at, "write add, which takes the table that is there", "there is a table %s %q already", c.name.family, c.name.table)
		}
		if t == nil {
			t = &tableState{family: c.name.family, name: c.name.table, chains: map[string]*chainState{}, sets: map[string]*setState{}, objects: map[string]*objectSrc{}}
			r.tables = append(r.tables, t)
			t.handle = uint64(len(r.tables))
		}
		t.dormant = false
		if c.table != nil {
			r.block(t, c.table)
		}
	case "delete", "destroy":
		if t == nil && c.verb == "destroy" {
			return
		}
		t = r.table(c.name)
		r.tables = slices.DeleteFunc(r.tables, func(o *tableState) bool { return o == t })
		r.bases = slices.DeleteFunc(r.bases, func(b *chainState) bool { return b.table == t })
	case "flush":
		for _, chain := range r.table(c.name).order {
			chain.flush()
		}
	case "reset":
		r.table(c.name)
	default:
		refuse(c.at, "", "a table cannot be %sed", c.verb)
	}
}

// block carries out what stands in a table's braces: chains first, then sets, then rules, whatever their order.
func (r *run) block(t *tableState, b *tableBlock) {
	for _, f := range b.flags {
		switch f.text {
		case "dormant":
			t.dormant = true
		case "owner", "persist":
		default:
			refuse(f.at, didYouMean(f.text, []string{"dormant"}), "a table has no flag %q", f.text)
		}
	}
	for _, pass := range []func(tableItem){
		func(i tableItem) {
			if i.chain != nil {
				r.chain(t, i.name, i.at, i.chain, false)
			}
		},
		func(i tableItem) {
			if i.object != nil {
				r.addObject(t, i.name, i.object)
			}
			if i.flow {
				t.objects["flowtable "+i.name] = &objectSrc{kind: "flowtable"}
			}
		},
		func(i tableItem) {
			if i.set != nil {
				r.set(t, i.name, i.at, i.set, false)
			}
		},
		func(i tableItem) {
			if i.set != nil {
				r.fill(t, i.name, i.set)
			}
		},
		func(i tableItem) {
			if i.chain != nil {
				r.rules(t, t.chains[i.name], i.chain)
			}
		},
	} {
		for _, item := range b.items {
			func() {
				defer r.note()
				pass(item)
			}()
		}
	}
}

// rules appends a block's rules to a chain; each mistake is told.
func (r *run) rules(t *tableState, chain *chainState, b *chainBlock) {
	if chain == nil {
		return
	}
	for _, src := range b.rules {
		func() {
			defer r.note()
			chain.rules = append(chain.rules, r.numbered(t, src))
		}()
	}
}

func (r *run) numbered(t *tableState, src *ruleSrc) *ruleState {
	rule := r.rule(t, src)
	rule.handle = t.next()
	return rule
}

// chain makes a chain, or changes the policy of one that is there.
func (r *run) chain(t *tableState, name string, at fact.Span, b *chainBlock, create bool) *chainState {
	chain := t.chains[name]
	if chain != nil && create {
		refuse(at, "write add, which takes the chain that is there", "the table %s %s has a chain %q already", t.family, t.name, name)
	}
	if chain == nil {
		chain = &chainState{table: t, name: name, at: at, handle: t.next()}
		if b != nil && b.hook != nil {
			r.base(chain, b.hook)
		}
		t.chains[name] = chain
		t.order = append(t.order, chain)
	} else if b != nil && b.hook != nil {
		other := &chainState{table: t}
		r.base(other, b.hook)
		r.bases = r.bases[:len(r.bases)-1]
		if chain.hook == nil || chain.number != other.number || chain.priority != other.priority || chain.hook.kind != b.hook.kind {
			refuse(b.hook.at, "delete the chain before", "the chain %q is there already, with another type, hook or priority", name)
		}
	}
	if b != nil && b.policy != "" {
		if chain.hook == nil {
			refuse(b.policyAt, "write type, hook and priority before it", "the chain %q has no hook and therefore no policy", name)
		}
		chain.policy, chain.policyAt = b.policy, b.policyAt
	}
	return chain
}

// base makes a chain one that the kernel calls.
func (r *run) base(chain *chainState, h *hookSrc) {
	family := chain.table.family
	number, known := hooks[h.hook]
	if !known || !hooked(family, number) {
		refuse(h.at, didYouMean(h.hook, names(hooks)), "the family %s has no hook %q", family, h.hook)
	}
	switch {
	case h.kind != "filter" && h.kind != "nat" && h.kind != "route":
		refuse(h.typAt, didYouMean(h.kind, []string{"filter", "nat", "route"}), "a chain's type is filter, nat or route, not %q", h.kind)
	case h.kind == "nat" && (family != "ip" && family != "ip6" && family != "inet" || number == firewall.Forward || number == firewall.Ingress):
		refuse(h.at, "use prerouting, input, output or postrouting of ip, ip6 or inet", "there are no nat chains at %s of %s", h.hook, family)
	case h.kind == "route" && (family != "ip" && family != "ip6" && family != "inet" || number != firewall.Output):
		refuse(h.at, "use output", "there are no route chains at %s of %s", h.hook, family)
	case (number == firewall.Ingress || number == firewall.Egress) && len(h.devices) == 0 && !h.lossy:
		refuse(h.at, "name the device", "a chain at %s needs a device", h.hook)
	case len(h.devices) > 0 && number != firewall.Ingress && number != firewall.Egress:
		refuse(h.at, "take the device out, or hook it at ingress", "a chain at %s has no device", h.hook)
	}
	chain.hook, chain.number, chain.priority = h, number, h.prio
	if h.prioName != "" {
		n, err := strconv.Atoi(h.prioName)
		if err != nil {
			var known bool
			if n, known = priority(family, h.prioName, number); !known {
				refuse(h.prioAt, didYouMean(h.prioName, []string{"raw", "mangle", "dstnat", "filter", "security", "srcnat"}), "%s of %s has no priority %q", h.hook, family, h.prioName)
			}
		}
		chain.priority += n
	}
	if h.kind == "nat" && chain.priority <= -200 {
		refuse(h.prioAt, "choose a priority above -200, where connections are tracked", "a nat chain cannot have the priority %d", chain.priority)
	}
	r.bases = append(r.bases, chain)
}

func (r *run) chainCommand(c *command) {
	t := r.table(c.name)
	if c.verb == "add" || c.verb == "create" {
		chain := r.chain(t, c.name.name, c.name.at, c.chain, c.verb == "create")
		if c.chain != nil {
			r.rules(t, chain, c.chain)
		}
		return
	}
	chain := t.chains[c.name.name]
	if c.name.name == "" {
		for _, o := range t.order {
			if o.handle == c.handle {
				chain = o
			}
		}
	}
	if chain == nil {
		if c.verb == "destroy" {
			return
		}
		refuse(c.name.at, didYouMean(c.name.name, names(t.chains)), "the table %s %s has no chain %q", t.family, t.name, c.name.name)
	}
	switch c.verb {
	case "delete", "destroy":
		if chain.refs > 0 {
			refuse(c.name.at, "delete the rules that jump to it before", "rules still jump to the chain %q", chain.name)
		}
		chain.flush()
		delete(t.chains, chain.name)
		t.order = slices.DeleteFunc(t.order, func(o *chainState) bool { return o == chain })
		r.bases = slices.DeleteFunc(r.bases, func(o *chainState) bool { return o == chain })
	case "flush":
		chain.flush()
	case "rename":
		if t.chains[c.to] != nil {
			refuse(c.name.at, "", "the table %s %s has a chain %q already", t.family, t.name, c.to)
		}
		// The kernel renames when the whole script is loaded: until then the chain answers to neither name.
		delete(t.chains, chain.name)
		chain.name = c.to
	}
}

func (r *run) ruleCommand(c *command) {
	t := r.table(c.name)
	chain := t.chains[c.name.name]
	if chain == nil {
		if c.verb == "reset" {
			return
		}
		refuse(c.name.at, didYouMean(c.name.name, names(t.chains)), "the table %s %s has no chain %q", t.family, t.name, c.name.name)
	}
	at := c.index
	if c.handle > 0 {
		at = slices.IndexFunc(chain.rules, func(o *ruleState) bool { return o.handle == c.handle })
	}
	if (c.handle > 0 || c.index >= 0 || c.verb == "delete" || c.verb == "destroy" || c.verb == "replace") && (at < 0 || at >= len(chain.rules)) {
		if c.verb == "destroy" {
			return
		}
		refuse(c.at, "count the rules from 0; a handle is of the ruleset that is loaded", "the chain %q has no such rule", chain.name)
	}
	switch c.verb {
	case "delete", "destroy":
		chain.rules[at].release()
		chain.rules = slices.Delete(chain.rules, at, at+1)
		return
	case "replace":
		rule := r.numbered(t, c.rule)
		chain.rules[at].release()
		chain.rules[at] = rule
		return
	}
	rule := r.numbered(t, c.rule)
	where := len(chain.rules)
	switch {
	case c.verb == "insert":
		where = max(at, 0)
	case at >= 0:
		where = at + 1
	}
	chain.rules = slices.Insert(chain.rules, where, rule)
}
