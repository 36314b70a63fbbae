package secgroup

// rule reads an aws_security_group_rule.
func (d *document) rule(res *resource) *permission {
	v := res.values
	p := d.blocks(v, res.unknown, "")
	if id := v.get("source_security_group_id"); !id.null() {
		p.peers = append(p.peers, members(id.str(), v.get("security_group_id").str()))
	} else if unsure(res.unknown, "source_security_group_id") && (res.config.d == nil || res.config.has("source_security_group_id")) {
		p.peers = append(p.peers, peer{unknown: "the members of a security group known after apply", text: "a group known after apply"})
	}
	if kind := v.get("type").str(); kind != "ingress" && kind != "egress" {
		v.errorf("%s has the type %q: neither ingress nor egress", res.address, kind)
	}
	return p
}

// vpcRule reads an aws_vpc_security_group_ingress_rule or its egress counterpart.
func (d *document) vpcRule(res *resource) *permission {
	v := res.values
	p := &permission{at: v.at(), protocol: v.get("ip_protocol").str(), comment: v.get("description").str()}
	p.bounds(v, res.unknown, "ip_protocol")
	for _, field := range []string{"cidr_ipv4", "cidr_ipv6"} {
		if c := v.get(field); !c.null() {
			p.network(c)
		}
	}
	if c := v.get("prefix_list_id"); !c.null() {
		p.peers = append(p.peers, prefixList(c.str()))
	}
	if c := v.get("referenced_security_group_id"); !c.null() {
		p.peers = append(p.peers, members(c.str(), v.get("security_group_id").str()))
	}
	for _, field := range []string{"cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"} {
		if unsure(res.unknown, field) && v.get(field).null() && (res.config.d == nil || res.config.has(field)) {
			p.peers = append(p.peers, peer{unknown: field + ", known after apply", text: field + " known after apply"})
		}
	}
	return p
}
