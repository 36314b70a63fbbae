package firewalld

// combine adds what a file of a zone's folder has; the target is not taken from it.
func (o *object) combine(p *object) {
	if o.parts++; o.at == nil {
		o.at = p.at
	}
	for _, i := range p.interfaces {
		o.interfaces = add(o.interfaces, i)
	}
	for _, i := range p.sources {
		o.sources = add(o.sources, i)
	}
	for _, i := range p.services {
		o.services = add(o.services, i)
	}
	for _, i := range p.protocols {
		o.protocols = add(o.protocols, i)
	}
	for _, i := range p.icmpBlocks {
		o.icmpBlocks = add(o.icmpBlocks, i)
	}
	o.ports, o.sourcePorts = append(o.ports, p.ports...), append(o.sourcePorts, p.sourcePorts...)
	o.forwardPorts, o.rules, o.ignored = append(o.forwardPorts, p.forwardPorts...), append(o.rules, p.rules...), append(o.ignored, p.ignored...)
	o.forward, o.masquerade, o.inversion = either(o.forward, p.forward), either(o.masquerade, p.masquerade), either(o.inversion, p.inversion)
}

func either(a, b *node) *node {
	if a != nil {
		return a
	}
	return b
}
