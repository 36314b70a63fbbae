package netpol

import (
	"net/netip"
	"slices"

	"go.yaml.in/yaml/v3"
)

func (p *parser) policy(n *yaml.Node) {
	top := p.fields(n)
	meta, spec := p.fields(top["metadata"]), p.fields(top["spec"], "podSelector", "policyTypes", "ingress", "egress")
	policy := &Policy{Name: p.text(meta["name"]), Namespace: p.text(meta["namespace"]), At: p.span(n)}
	if name := meta["name"]; name != nil {
		policy.At = p.span(name)
	}
	policy.selector = p.selector(spec["podSelector"])
	for _, e := range p.list(spec["ingress"]) {
		policy.allows = append(policy.allows, p.allow(e, false, policy.Namespace))
	}
	for _, e := range p.list(spec["egress"]) {
		policy.allows = append(policy.allows, p.allow(e, true, policy.Namespace))
	}
	types := p.list(spec["policyTypes"])
	for _, t := range types {
		switch p.text(t) {
		case "Ingress":
			policy.ingress = true
		case "Egress":
			policy.egress = true
		default:
			p.fail(t, "%q is neither Ingress nor Egress", t.Value)
		}
	}
	if len(types) == 0 {
		policy.ingress, policy.egress = true, len(p.list(spec["egress"])) > 0
	}
	p.policies = append(p.policies, policy)
}

func (p *parser) selector(n *yaml.Node) selector {
	f := p.fields(n, "matchLabels", "matchExpressions")
	values := make(map[string]string)
	for key, v := range p.fields(f["matchLabels"]) {
		values[key] = p.text(v)
	}
	s := labels(values)
	for _, e := range p.list(f["matchExpressions"]) {
		x := p.fields(e, "key", "operator", "values")
		r := requirement{key: p.text(x["key"]), operator: p.text(x["operator"])}
		for _, v := range p.list(x["values"]) {
			r.values = append(r.values, p.text(v))
		}
		slices.Sort(r.values)
		r.values = slices.Compact(r.values)
		with := r.operator == "In" || r.operator == "NotIn"
		without := r.operator == "Exists" || r.operator == "DoesNotExist"
		if r.key == "" || !with && !without || with == (len(r.values) == 0) {
			p.fail(e, "an expression is a key, In or NotIn with values, or Exists or DoesNotExist without")
		}
		s = append(s, r)
	}
	return s
}

func (p *parser) allow(n *yaml.Node, egress bool, namespace string) allow {
	a := allow{egress: egress, at: p.span(n)}
	side := "from"
	if egress {
		side = "to"
	}
	f := p.fields(n, side, "ports")
	for _, e := range p.list(f[side]) {
		a.peers = append(a.peers, p.peer(e, namespace))
	}
	for _, e := range p.list(f["ports"]) {
		a.ports = append(a.ports, p.port(e))
	}
	return a
}

func (p *parser) peer(n *yaml.Node, namespace string) peer {
	f := p.fields(n, "ipBlock", "namespaceSelector", "podSelector")
	block, spaces, pods := f["ipBlock"], f["namespaceSelector"], f["podSelector"]
	to := peer{at: p.span(n)}
	switch {
	case block != nil && (spaces != nil || pods != nil), block == nil && spaces == nil && pods == nil:
		p.fail(n, "a peer is either an ipBlock, or pods by namespaceSelector and podSelector")
	case block != nil:
		b := p.fields(block, "cidr", "except")
		to.block = p.prefix(b["cidr"], block)
		for _, e := range p.list(b["except"]) {
			hole := p.prefix(e, e)
			if !to.block.Contains(hole.Addr()) || hole.Bits() <= to.block.Bits() {
				p.fail(e, "%s is not a part of %s", hole, to.block)
			}
			to.except = append(to.except, hole)
		}
	case spaces == nil:
		to.pods = described(p.selector(pods)) + " of the namespace"
		if namespace != "" {
			to.pods += " " + namespace
		}
	default:
		to.pods = described(p.selector(pods))
		if s := p.selector(spaces); len(s) > 0 {
			to.pods += " of namespaces labelled " + s.String()
		} else {
			to.pods += " of all namespaces"
		}
	}
	return to
}

func (p *parser) prefix(n, owner *yaml.Node) netip.Prefix {
	if n == nil {
		p.fail(owner, "an ipBlock without a cidr")
	}
	prefix, err := netip.ParsePrefix(p.text(n))
	if err != nil {
		p.fail(n, "%q is no network", n.Value)
	}
	return prefix.Masked()
}

func (p *parser) port(n *yaml.Node) port {
	f := p.fields(n, "protocol", "port", "endPort")
	to := port{at: p.span(n), protocol: 6}
	if v := f["protocol"]; v != nil {
		number, ok := map[string]uint8{"TCP": 6, "UDP": 17, "SCTP": 132}[p.text(v)]
		if !ok {
			p.fail(v, "%q is not TCP, UDP or SCTP", v.Value)
		}
		to.protocol = number
	}
	v, end := f["port"], f["endPort"]
	switch {
	case v == nil && end != nil:
		p.fail(end, "endPort without port")
	case v == nil:
	case v.Kind == yaml.ScalarNode && v.ShortTag() == "!!str":
		if end != nil {
			p.fail(end, "endPort with a port by name")
		}
		if to.name = v.Value; to.name == "" {
			p.fail(v, "the port has no name")
		}
	default:
		to.first = p.number(v)
		to.last = to.first
		if end != nil {
			if to.last = p.number(end); to.last < to.first {
				p.fail(end, "endPort is below port")
			}
		}
	}
	return to
}

func (p *parser) number(n *yaml.Node) uint16 {
	var number int
	if err := n.Decode(&number); err != nil || n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" || number < 1 || number > 65535 {
		p.fail(n, "%q is no port", n.Value)
	}
	return uint16(number)
}
