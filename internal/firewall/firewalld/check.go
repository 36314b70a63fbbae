package firewalld

import (
	"slices"

	"sallyport/internal/fact"
)

// check is what firewalld asks of the whole configuration before it puts any of it into effect.
func (c *config) check() *fact.Error {
	for _, s := range c.services {
		for _, i := range s.includes {
			if _, err := c.service(i); err != nil {
				return err
			}
		}
	}
	interfaces, sources := map[string]string{}, map[string]string{}
	for _, z := range sorted(c.zones) {
		if p := c.policies[z.name]; p != nil {
			return refuse(z.at.at, "a zone and a policy are both called %s", z.name)
		}
		for _, i := range z.interfaces {
			if other, taken := interfaces[i.value]; taken {
				return refuse(i.at.at, "the interface %s is in the zone %s already", i.value, other)
			}
			if !validInterface(i.value) {
				return refuse(i.at.at, "%q cannot be an interface", i.value)
			}
			interfaces[i.value] = z.name
		}
		for _, i := range z.sources {
			if other, taken := sources[i.value]; taken {
				return refuse(i.at.at, "the source %s is in the zone %s already", i.value, other)
			}
			sources[i.value] = z.name
		}
		if err := c.checkShared(z); err != nil {
			return err
		}
	}
	for _, p := range sorted(c.policies) {
		if err := c.checkShared(p); err != nil {
			return err
		}
		if err := c.checkPolicy(p); err != nil {
			return err
		}
	}
	return nil
}

func validInterface(name string) bool {
	for _, r := range name {
		if r == ' ' || r == '/' || r == '!' || r == '*' {
			return false
		}
	}
	return name != "" && len(name) <= 16
}

func (c *config) checkShared(o *object) *fact.Error {
	for _, i := range o.services {
		if _, err := c.service(i); err != nil {
			return err
		}
	}
	for _, i := range o.icmpBlocks {
		if c.icmptypes[i.value] == nil {
			return refuse(i.at.at, "there is no ICMP type %s", i.value)
		}
	}
	for _, r := range o.rules {
		if r.kind() != "icmp-block" && r.kind() != "icmp-type" {
			continue
		}
		t := c.icmptypes[r.element.attr("name")]
		if t == nil {
			return refuse(r.element.at, "there is no ICMP type %s", r.element.attr("name"))
		}
		if r.family != 0 && !slices.Contains(t.families(), r.family) {
			return refuse(r.element.at, "IPv%d has no ICMP type %s", r.family, r.element.attr("name"))
		}
	}
	return nil
}

func has(items []item, value string) bool {
	return slices.ContainsFunc(items, func(i item) bool { return i.value == value })
}

func (c *config) checkPolicy(p *object) *fact.Error {
	for _, side := range [][]item{p.ingress, p.egress} {
		for _, i := range side {
			symbolic := i.value == "ANY" || i.value == "HOST"
			if !symbolic && c.zones[i.value] == nil {
				return refuse(i.at.at, "there is no zone %s", i.value)
			}
			if len(side) > 1 && (symbolic || has(side, "ANY") || has(side, "HOST")) {
				return refuse(i.at.at, "ANY and HOST stand alone")
			}
		}
	}
	if has(p.ingress, "HOST") && has(p.egress, "HOST") {
		return refuse(p.at.at, "the policy is from HOST to HOST")
	}
	if p.masquerade != nil && (has(p.egress, "HOST") || has(p.ingress, "HOST")) {
		return refuse(p.masquerade.at, "masquerade does not go with HOST")
	}
	for _, f := range p.forwardPorts {
		if err := c.checkForward(p, f.at, f.to.IsValid()); err != nil {
			return err
		}
	}
	for _, r := range p.rules {
		switch {
		case r.kind() == "masquerade" && (has(p.egress, "HOST") || has(p.ingress, "HOST")):
			return refuse(r.element.at, "masquerade does not go with HOST")
		case r.kind() == "forward-port":
			if err := c.checkForward(p, r.element, r.element.attr("to-addr") != ""); err != nil {
				return err
			}
		case r.act() == "mark" && c.hasInterfaces(p.egress):
			return refuse(r.action.at, "mark does not go with an egress zone that has interfaces")
		}
	}
	return nil
}

func (c *config) checkForward(p *object, n *node, address bool) *fact.Error {
	switch {
	case has(p.egress, "HOST") && address:
		return refuse(n.at, "forward-port with to-addr does not go with the egress zone HOST")
	case has(p.egress, "HOST") || len(p.egress) == 0:
		return nil
	case !address:
		return refuse(n.at, "forward-port needs to-addr, because the egress zone is not HOST")
	case c.hasInterfaces(p.egress):
		return refuse(n.at, "forward-port does not go with an egress zone that has interfaces")
	}
	return nil
}

// hasInterfaces tells whether one of the zones names interfaces.
func (c *config) hasInterfaces(zones []item) bool {
	return slices.ContainsFunc(zones, func(i item) bool { return c.zones[i.value] != nil && len(c.zones[i.value].interfaces) > 0 })
}
