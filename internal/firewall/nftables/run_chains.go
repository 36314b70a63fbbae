package nftables

import (
	"slices"
	"strconv"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

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
		refuse(h.hookAt, didYouMean(h.hook, names(hooks)), "the family %s has no hook %q", family, h.hook)
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
	if c.handle > 0 {
		refuse(c.at, "write index and the number of the rule in the chain", "a rule of the same script is not found by its handle, to %s one beside it", c.verb)
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
