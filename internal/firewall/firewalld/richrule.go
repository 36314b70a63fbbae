package firewalld

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// rich makes the rules of a rich rule. Those that only write to a log decide nothing and are left out.
func (b *builder) rich(r *rich, o *object, filter, source, translate hook) *fact.Error {
	conditions, families, err := b.richConditions(r)
	if err != nil {
		return err
	}
	emit := func(h hook, steps ...firewall.Step) *fact.Error {
		rule, err := b.add(h.of(o)+"_"+r.section(), r.at.whole, r.at.source, slices.Concat(conditions, steps))
		if err == nil && r.priority != 0 {
			b.priority[rule] = r.priority
		}
		return err
	}
	switch r.kind() {
	case "masquerade":
		return emit(source, masquerade()...)
	case "forward-port":
		f, _ := readForwardPort(r.element)
		return emit(translate, when(f.expr(firewall.Port)), f.translate())
	case "tcp-mss-clamp":
		return nil
	}
	action := b.action(r)
	if action == nil {
		return nil
	}
	if r.act() == "mark" {
		if filter = mangle; has(o.ingress, "HOST") {
			return refuse(r.action.at, "mark does not go with the ingress zone HOST")
		}
	}
	matches, err := b.richMatches(r, families)
	if err == nil && r.act() == "reject" && strings.HasPrefix(r.action.attr("type"), "tcp-") {
		err = resets(r, matches)
	}
	for _, m := range matches {
		if err := emit(filter, append(m, action...)...); err != nil {
			return err
		}
	}
	return err
}

// resets refuses what nft does: an answer that is TCP's for another protocol.
func resets(r *rich, matches [][]firewall.Step) *fact.Error {
	for _, m := range matches {
		for _, step := range m {
			all, _ := step.(firewall.When).Expr.(firewall.All)
			for _, e := range append(all, step.(firewall.When).Expr) {
				if is, ok := e.(firewall.Is); ok && is.Field == firewall.Protocol && !is.Set.Has(firewall.Number(6)) {
					return refuse(r.action.at, "a TCP reset is no answer to another protocol")
				}
			}
		}
	}
	return nil
}

// richConditions are those of a rule but for its element, and the families that it is for.
func (b *builder) richConditions(r *rich) (steps []firewall.Step, families []int, err *fact.Error) {
	families = []int{4, 6}
	if r.family != 0 {
		families = []int{r.family}
		steps = append(steps, when(familyIs(r.family)))
	}
	for _, n := range []*node{r.destination, r.source} {
		if n == nil {
			continue
		}
		text := n.attr("address")
		if text == "" {
			text = n.attr("mac")
		}
		if set, ok := n.get("ipset"); ok {
			text = "ipset:" + set
		}
		more, err := b.address(text, n, n == r.destination, affirmed(n.attr("invert")))
		if err != nil {
			return nil, nil, err
		}
		steps = append(steps, more...)
		if family := b.c.sourceFamily(text); n == r.source && n.attr("mac") == "" && family != 0 {
			if r.family != 0 && r.family != family {
				return nil, nil, refuse(n.at, "the ipset is for IPv%d and the rule for IPv%d", family, r.family)
			}
			families = []int{family}
		}
	}
	return steps, families, nil
}

// richMatches are the conditions that a rule's element stands for, each a rule of its own.
func (b *builder) richMatches(r *rich, families []int) ([][]firewall.Step, *fact.Error) {
	one := func(e firewall.Expr) [][]firewall.Step { return [][]firewall.Step{{when(e)}} }
	switch n := r.element; r.kind() {
	case "port":
		p, _ := readPort(n, "port")
		return one(p.expr(firewall.Port)), nil
	case "source-port":
		p, _ := readPort(n, "port")
		return one(p.expr(firewall.SourcePort)), nil
	case "protocol":
		number, _ := protocolNumber(n.attr("value"))
		return one(protocolIs(number)), nil
	case "service":
		return b.richService(r, families)
	case "icmp-block", "icmp-type":
		name := n.attr("name")
		var all [][]firewall.Step
		for _, family := range families {
			if r.family == 0 && r.source == nil && !slices.Contains(b.c.icmptypes[name].families(), family) {
				continue
			}
			m, ok := message(name, family)
			if !ok {
				return nil, refuse(n.at, "the kernel has no name for the ICMP type %s of IPv%d", name, family)
			}
			all = append(all, []firewall.Step{when(m)})
		}
		return all, nil
	}
	return [][]firewall.Step{nil}, nil
}

func (b *builder) richService(r *rich, families []int) ([][]firewall.Step, *fact.Error) {
	services, err := b.c.expand(item{r.element.attr("name"), r.element})
	if err != nil {
		return nil, err
	}
	var all [][]firewall.Step
	for _, s := range services {
		if r.destination != nil && (s.to4 != nil || s.to6 != nil) {
			return nil, refuse(r.destination.at, "the service %s has a destination of its own", s.name)
		}
		for _, to := range s.destinations(families...) {
			for _, m := range s.matches() {
				all = append(all, append(slices.Clone(to), when(m)))
			}
		}
	}
	return all, nil
}

// action is the end of a rule; nil where it only writes to a log.
func (b *builder) action(r *rich) []firewall.Step {
	var steps []firewall.Step
	if r.action == nil {
		if r.kind() != "icmp-block" {
			return nil
		}
		return []firewall.Step{reject(prohibited)}
	}
	var last firewall.Step
	switch r.act() {
	case "accept":
		last = accept()
	case "drop":
		last = drop()
	case "mark":
		value, mask, _ := parseMark(r.action.attr("set"))
		last = firewall.Assign{Field: firewall.Mark, Cases: []firewall.AssignCase{
			{When: firewall.All{}, From: firewall.Mark, And: firewall.Number(mask), Xor: firewall.Number(value)},
		}}
	case "reject":
		implied, with := answer(r.action.attr("type"))
		if implied != nil {
			steps = append(steps, when(implied))
		}
		last = reject(with)
	}
	if limit := r.limits[r.action]; limit != nil {
		steps = append(steps, firewall.Limit{Holds: true, What: "limit of " + limit.attr("value")})
	}
	return append(steps, last)
}

// answer is what a type of reject says in nft's words, and the packets that alone can be answered so.
func answer(kind string) (implied firewall.Expr, with string) {
	code := map[string]string{
		"icmp-host-prohibited": "icmp host-prohibited", "host-prohib": "icmp host-prohibited",
		"icmp-net-prohibited": "icmp net-prohibited", "net-prohib": "icmp net-prohibited",
		"icmp-admin-prohibited": "icmp admin-prohibited", "admin-prohib": "icmp admin-prohibited",
		"icmp6-adm-prohibited": "icmpv6 admin-prohibited", "adm-prohibited": "icmpv6 admin-prohibited",
		"icmp-net-unreachable": "icmp net-unreachable", "net-unreach": "icmp net-unreachable",
		"icmp-host-unreachable": "icmp host-unreachable", "host-unreach": "icmp host-unreachable",
		"icmp-port-unreachable": "icmp port-unreachable", "icmp6-port-unreachable": "icmpv6 port-unreachable",
		"port-unreach": "icmpx port-unreachable", "icmp-proto-unreachable": "icmp prot-unreachable", "proto-unreach": "icmp prot-unreachable",
		"icmp6-addr-unreachable": "icmpv6 addr-unreachable", "addr-unreach": "icmpv6 addr-unreachable",
		"icmp6-no-route": "icmpv6 no-route", "no-route": "icmpv6 no-route",
	}[kind]
	switch {
	case kind == "tcp-reset" || kind == "tcp-rst":
		return protocolIs(6), "tcp reset"
	case code == "":
		return nil, "icmpx port-unreachable"
	case code[:5] == "icmp ":
		return familyIs(4), code
	case code[:6] == "icmpv6":
		return familyIs(6), code
	}
	return nil, code
}
