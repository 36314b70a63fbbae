package secgroup

import (
	"cmp"
	"slices"
	"strings"

	"sallyport/internal/firewall"
)

// A resource is one that will be there after the plan was applied.
type resource struct {
	address, kind, name, module string
	values                      value
	// unknown mirrors the values: true where one is known after apply only.
	unknown any
	config  value
}

// plan reads the output of `terraform show -json PLAN`.
func (d *document) plan(root value) {
	if !root.has("planned_values") && !root.has("resource_changes") {
		root.errorf("the plan has neither planned_values nor resource_changes")
		return
	}
	unknown := make(map[string]any)
	for _, c := range root.get("resource_changes").list() {
		if of := c.get("change").get("after_unknown"); !of.null() {
			unknown[c.get("address").str()] = of.v
		}
	}
	config := root.get("configuration").get("root_module")
	var all []*resource
	d.module(root.get("planned_values").get("root_module"), config, 0, &all)
	if !root.has("planned_values") {
		all = d.changes(root.get("resource_changes"), config)
	}
	r := &resolver{config: config, groups: map[string]*group{}, byID: map[string][]*group{}, resources: map[string]*resource{}}
	for _, res := range all {
		res.unknown = unknown[res.address]
		r.resources[res.address] = res
	}
	for _, res := range all {
		if res.kind == "aws_security_group" || res.kind == "aws_default_security_group" {
			d.groups = append(d.groups, d.inline(res, r))
		}
	}
	for _, res := range all {
		switch res.kind {
		case "aws_security_group_rule":
			d.attach(res, r, d.rule(res), res.values.get("type").str())
		case "aws_vpc_security_group_ingress_rule":
			d.attach(res, r, d.vpcRule(res), "ingress")
		case "aws_vpc_security_group_egress_rule":
			d.attach(res, r, d.vpcRule(res), "egress")
		}
	}
}

const maxModules = 64

func (d *document) module(m, config value, depth int, all *[]*resource) {
	if depth > maxModules {
		m.errorf("modules are nested too deep")
		return
	}
	for _, v := range m.get("resources").list() {
		if v.get("mode").str() == "managed" {
			*all = append(*all, d.resource(v, v.get("values"), m.get("address").str(), config))
		}
	}
	for _, child := range m.get("child_modules").list() {
		address := child.get("address").str()
		call := address[strings.LastIndex(address, "module.")+len("module."):]
		name, _, _ := strings.Cut(call, "[")
		d.module(child, config.get("module_calls").get(name).get("module"), depth+1, all)
	}
}

func (d *document) resource(v, values value, module string, config value) *resource {
	r := &resource{address: v.get("address").str(), kind: v.get("type").str(), name: v.get("name").str(), module: module, values: values}
	if !strings.HasPrefix(r.kind, "aws_") {
		return r
	}
	for _, c := range config.get("resources").list() {
		if c.get("type").str() == r.kind && c.get("name").str() == r.name && c.get("mode").str() == "managed" {
			r.config = c.get("expressions")
		}
	}
	return r
}

// changes reads resources of a plan without planned_values.
func (d *document) changes(list, config value) []*resource {
	var all []*resource
	for _, c := range list.list() {
		after := c.get("change").get("after")
		if c.get("mode").str() != "managed" || after.null() {
			continue
		}
		module := c.get("module_address").str()
		at := config
		for _, part := range strings.Split(module, "module.") {
			if name, _, _ := strings.Cut(strings.TrimSuffix(part, "."), "["); name != "" {
				at = at.get("module_calls").get(name).get("module")
			}
		}
		all = append(all, d.resource(c, after, module, at))
	}
	return all
}

// unsure tells whether a field is known after apply only; of a list, whether a part of it is.
func unsure(of any, field string) bool {
	m, _ := of.(map[string]any)
	return marked(m[field])
}

func marked(of any) bool {
	switch x := of.(type) {
	case bool:
		return x
	case []any:
		return slices.ContainsFunc(x, marked)
	case map[string]any:
		for _, v := range x {
			if marked(v) {
				return true
			}
		}
	}
	return false
}

func element(of any, i int) any {
	list, _ := of.([]any)
	if i < len(list) {
		return list[i]
	}
	return nil
}

// inline reads a security group with the rules that stand in it. Terraform takes away the rule that AWS gives a new group,
// all egress, so that a group has what the plan says and nothing else.
func (d *document) inline(res *resource, r *resolver) *group {
	v := res.values
	g := &group{Group: Group{Name: res.address, ID: v.get("id").str(), At: v.at()}}
	r.groups[res.address] = g
	if g.ID != "" {
		r.byID[g.ID] = append(r.byID[g.ID], g)
	}
	for _, direction := range []string{"ingress", "egress"} {
		rules := &g.ingress
		if direction == "egress" {
			rules = &g.egress
		}
		unknown, _ := res.unknown.(map[string]any)
		if v.get(direction).null() {
			if whole, _ := unknown[direction].(bool); whole && (res.config.d == nil || res.config.has(direction)) {
				*rules = append(*rules, afterApply(direction, v))
			}
			continue
		}
		for i, one := range v.get(direction).list() {
			one.only("cidr_blocks", "description", "from_port", "ipv6_cidr_blocks", "prefix_list_ids", "protocol", "security_groups", "self", "to_port")
			p := d.blocks(one, element(unknown[direction], i), g.ID)
			for _, id := range one.get("security_groups").list() {
				p.peers = append(p.peers, members(id.str(), g.ID))
			}
			if unsure(element(unknown[direction], i), "security_groups") {
				p.peers = append(p.peers, peer{unknown: "the members of security groups known after apply", text: "groups known after apply"})
			}
			d.add(one, p, direction, rules)
		}
	}
	return g
}

func afterApply(direction string, v value) *firewall.Rule {
	why := firewall.Unknown{Why: direction + " rules known after apply", At: v.at()}
	return &firewall.Rule{Steps: []firewall.Step{firewall.When{Expr: why}, accept}, Text: why.Why, At: v.at()}
}

func (d *document) add(v value, p *permission, direction string, rules *[]*firewall.Rule) {
	rule, mistake := p.rule(direction)
	if mistake != "" {
		v.errorf("%s", mistake)
		return
	}
	*rules = append(*rules, rule)
}

// blocks reads what inline rules and aws_security_group_rule have in common.
func (d *document) blocks(v value, unknown any, self string) *permission {
	p := &permission{at: v.at(), protocol: v.get("protocol").str(), comment: v.get("description").str()}
	p.bounds(v, unknown, "protocol")
	for _, field := range []string{"cidr_blocks", "ipv6_cidr_blocks"} {
		for _, c := range v.get(field).list() {
			if c.null() {
				continue // known after apply
			}
			p.network(c)
		}
		if unsure(unknown, field) {
			p.peers = append(p.peers, peer{unknown: field + ", known after apply", text: field + " known after apply"})
		}
	}
	for _, c := range v.get("prefix_list_ids").list() {
		p.peers = append(p.peers, prefixList(c.str()))
	}
	if unsure(unknown, "prefix_list_ids") {
		p.peers = append(p.peers, prefixList("known after apply"))
	}
	if self, _ := v.get("self").v.(bool); self {
		p.peers = append(p.peers, peer{unknown: "the members of the security group itself", text: "the group itself"})
	}
	return p
}

func (p *permission) network(c value) {
	a, ok := address(c.str())
	if !ok {
		c.errorf("%q is no network", c.str())
		return
	}
	p.peers = append(p.peers, a)
}

func (p *permission) bounds(v value, unknown any, protocol string) {
	var from, to bool
	p.from, from = v.get("from_port").number()
	p.to, to = v.get("to_port").number()
	p.bounded = from && to
	for _, field := range []string{protocol, "from_port", "to_port"} {
		if unsure(unknown, field) && (field == protocol || p.protocol != "-1") {
			p.unsure = field
		}
	}
}

// attach gives a rule to its group. One that the plan does not make is there with what the plan adds; a rule whose group
// cannot be told may be any one's.
func (d *document) attach(res *resource, r *resolver, p *permission, direction string) {
	owners, sure := r.owners(res)
	if len(owners) == 0 {
		why := firewall.Unknown{Why: "the group of the rule " + res.address + " is known after apply", At: p.at}
		for _, g := range d.groups {
			if !sure {
				g.partial = append(g.partial, why)
			}
		}
		name := res.values.get("security_group_id").str()
		g := &group{Group: Group{Name: cmp.Or(name, "the group of "+res.address), ID: name, At: p.at}}
		g.partial = []firewall.Unknown{{Why: "the plan does not make the group, and says what it adds to it alone", At: p.at}}
		if name != "" {
			r.byID[name] = []*group{g}
		}
		d.groups = append(d.groups, g)
		owners, sure = []*group{g}, true
	}
	for _, g := range owners {
		rules := &g.ingress
		if direction == "egress" {
			rules = &g.egress
		}
		before := len(*rules)
		d.add(res.values, p, direction, rules)
		if !sure && len(*rules) > before {
			rule := (*rules)[before]
			maybe := firewall.When{Expr: firewall.Unknown{Why: "whether the rule " + res.address + " is of this group", At: p.at}}
			rule.Steps = append([]firewall.Step{maybe}, rule.Steps...)
		}
	}
}
