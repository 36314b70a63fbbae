package secgroup

import "sallyport/internal/firewall"

// describe reads the output of `aws ec2 describe-security-groups`.
func (d *document) describe(root value) {
	root.only("SecurityGroups", "NextToken", "ResponseMetadata")
	for _, v := range root.get("SecurityGroups").list() {
		v.only("GroupId", "GroupName", "IpPermissions", "IpPermissionsEgress", "Description", "OwnerId", "Tags", "VpcId", "SecurityGroupArn")
		g := &group{Group: Group{Name: v.get("GroupName").str(), ID: v.get("GroupId").str(), At: v.at()}}
		if g.ID == "" {
			v.errorf("a security group without GroupId")
		}
		if g.Name == "" {
			g.Name = g.ID
		}
		g.ingress = d.permissions(v.get("IpPermissions"), "ingress", g.ID)
		g.egress = d.permissions(v.get("IpPermissionsEgress"), "egress", g.ID)
		if token := root.get("NextToken"); !token.null() {
			g.partial = append(g.partial, firewall.Unknown{Why: "the list of security groups goes on elsewhere (NextToken)", At: token.at()})
		}
		d.groups = append(d.groups, g)
	}
}

func (d *document) permissions(list value, direction, id string) []*firewall.Rule {
	var rules []*firewall.Rule
	for _, v := range list.list() {
		v.only("FromPort", "ToPort", "IpProtocol", "IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs")
		p := &permission{at: v.at(), protocol: v.get("IpProtocol").str()}
		var from, to bool
		p.from, from = v.get("FromPort").number()
		p.to, to = v.get("ToPort").number()
		p.bounded = from && to
		for _, field := range []struct{ list, name string }{{"IpRanges", "CidrIp"}, {"Ipv6Ranges", "CidrIpv6"}} {
			for _, r := range v.get(field.list).list() {
				r.only(field.name, "Description")
				a, ok := address(r.get(field.name).str())
				if !ok {
					r.errorf("%q is no network", r.get(field.name).str())
					continue
				}
				p.peers = append(p.peers, a)
				p.note(r.get("Description").str())
			}
		}
		for _, r := range v.get("PrefixListIds").list() {
			r.only("PrefixListId", "Description")
			p.peers = append(p.peers, prefixList(r.get("PrefixListId").str()))
			p.note(r.get("Description").str())
		}
		for _, r := range v.get("UserIdGroupPairs").list() {
			r.only("GroupId", "GroupName", "UserId", "Description", "PeeringStatus", "VpcId", "VpcPeeringConnectionId")
			p.peers = append(p.peers, members(r.get("GroupId").str(), id))
			p.note(r.get("Description").str())
		}
		rule, mistake := p.rule(direction)
		if mistake != "" {
			v.errorf("%s", mistake)
			continue
		}
		rules = append(rules, rule)
	}
	return rules
}

// note keeps what people wrote about a rule.
func (p *permission) note(text string) {
	if text != "" && p.comment == "" {
		p.comment = text
	}
}

func prefixList(id string) peer {
	return peer{unknown: "the addresses of the prefix list " + id, text: "prefix list " + id}
}

func members(id, self string) peer {
	if id == self {
		return peer{unknown: "the members of the security group itself", text: "the group itself"}
	}
	return peer{unknown: "the members of the security group " + id, text: "group " + id}
}
