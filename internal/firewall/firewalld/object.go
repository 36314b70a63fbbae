package firewalld

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// An item is a name or an address in a zone or policy, and where it stands.
type item struct {
	value string
	at    *node
}

// A portItem is a port or a range of ports of a protocol.
type portItem struct {
	ports    firewall.Range
	protocol uint8
	at       *node
}

// A forwardPort sends connections for a port elsewhere.
type forwardPort struct {
	portItem
	to      netip.Addr // not valid: the host itself
	toPorts firewall.Set
}

// An object is a zone or a policy: firewalld.zone(5), firewalld.policy(5).
type object struct {
	name              string
	zone              bool
	at                *node
	target            string // ACCEPT, DROP, REJECT; "" is a zone's default, and a policy's CONTINUE
	priority          int
	services          []item
	ports             []portItem
	sourcePorts       []portItem
	protocols         []item
	icmpBlocks        []item
	inversion         *node
	forward           *node
	masquerade        *node
	forwardPorts      []forwardPort
	rules             []*rich
	ignored           []ignored
	interfaces        []item
	sources           []item
	ingress, egress   []item
	parts             int
	unboundInterfaces bool // the zone of interfaces that no zone names
}

// An ignored rule is one that firewalld leaves out with a warning.
type ignored struct {
	why string
	at  *node
}

// A reader goes through the elements of a zone or policy in their order; nesting means as little to it as to firewalld, which
// forgets that it is in a broken rule only where a rule ends.
type reader struct {
	o      *object
	rule   *rich
	broken string
}

func readObject(root *node, name string, zone bool) (*object, error) {
	o := &object{name: name, zone: zone, at: root}
	limit := 18 // what is left of the name of a chain
	if zone {
		limit = 17
	}
	if !named(name) || len(name) > limit {
		return nil, refuse(root.at, "%s is no name that a zone or policy can have", name)
	}
	r := &reader{o: o}
	if err := r.walk(root); err != nil {
		return nil, err
	}
	return o, nil
}

// named tells whether a name has letters, digits, "_" and "-" alone.
func named(name string) bool {
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_' && c != '-' {
			return false
		}
	}
	return name != ""
}

func (r *reader) walk(n *node) *fact.Error {
	if r.broken == "" {
		if err := allowed(n, r.o.zone); err != nil {
			return err
		}
		if err := r.start(n); err != nil {
			return err
		}
	}
	for _, c := range n.children {
		if err := r.walk(c); err != nil {
			return err
		}
	}
	if n.name == "rule" {
		r.endRule(n)
	}
	return nil
}

func (r *reader) endRule(n *node) {
	switch {
	case r.broken != "":
		r.o.ignored = append(r.o.ignored, ignored{r.broken, n})
	case r.rule != nil:
		if why := r.rule.check(); why != "" {
			r.o.ignored = append(r.o.ignored, ignored{why, n})
		} else {
			r.o.rules = append(r.o.rules, r.rule)
		}
	}
	r.rule, r.broken = nil, ""
}

func (r *reader) start(n *node) *fact.Error {
	o := r.o
	switch n.name {
	case "zone", "policy":
		return o.head(n)
	case "rule":
		r.startRule(n)
		return nil
	case "source":
		return r.source(n)
	case "destination", "accept", "reject", "drop", "mark", "log", "nflog", "audit", "limit":
		r.inRule(n)
		return nil
	case "forward":
		o.forward = n
	case "icmp-block-inversion":
		o.inversion = n
	case "interface":
		if r.rule != nil {
			r.broken = "an interface in a rule"
			return nil
		}
		o.interfaces = add(o.interfaces, item{n.attr("name"), n})
	case "ingress-zone":
		o.ingress = add(o.ingress, item{n.attr("name"), n})
	case "egress-zone":
		o.egress = add(o.egress, item{n.attr("name"), n})
	case "short", "description":
	default:
		if r.rule != nil {
			r.element(n)
			return nil
		}
		return o.setting(n)
	}
	return nil
}

// add leaves out what is there already.
func add(items []item, i item) []item {
	if slices.ContainsFunc(items, func(o item) bool { return o.value == i.value }) {
		return items
	}
	return append(items, i)
}

func (o *object) head(n *node) *fact.Error {
	target, given := n.get("target")
	if o.zone {
		switch target {
		case "ACCEPT", "DROP":
			o.target = target
		case "%%REJECT%%":
			o.target = "REJECT"
		case "default", "{chain}_{zone}", "":
			if given && target == "" {
				return refuse(n.at, "the target is empty")
			}
		default:
			return refuse(n.at, "a zone cannot have the target %s", target)
		}
		return nil
	}
	switch target {
	case "ACCEPT", "DROP", "REJECT":
		o.target = target
	case "CONTINUE":
	default:
		return refuse(n.at, "a policy cannot have the target %s", target)
	}
	o.priority = -1
	if text, ok := n.get("priority"); ok {
		number, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || number == 0 || number < -32768 || number > 32767 {
			return refuse(n.at, "a policy cannot have the priority %s", text)
		}
		o.priority = number
	}
	return nil
}

// setting is an element outside of rules that zones and policies share.
func (o *object) setting(n *node) *fact.Error {
	switch n.name {
	case "service":
		o.services = add(o.services, item{n.attr("name"), n})
	case "icmp-block":
		o.icmpBlocks = add(o.icmpBlocks, item{n.attr("name"), n})
	case "masquerade":
		o.masquerade = n
	case "protocol":
		if _, ok := protocolNumber(n.attr("value")); !ok {
			return refuse(n.at, "%s is no protocol", n.attr("value"))
		}
		o.protocols = add(o.protocols, item{n.attr("value"), n})
	case "port", "source-port":
		p, err := readPort(n, "port")
		if err != nil {
			return err
		}
		if n.name == "port" {
			o.ports = append(o.ports, p)
		} else {
			o.sourcePorts = append(o.sourcePorts, p)
		}
	case "forward-port":
		f, err := readForwardPort(n)
		if err != nil {
			return err
		}
		o.forwardPorts = append(o.forwardPorts, f)
	}
	return nil // icmp-type and tcp-mss-clamp outside of a rule do nothing
}

// source is a zone's source, or that of a rule.
func (r *reader) source(n *node) *fact.Error {
	if r.rule != nil {
		r.inRule(n)
		return nil
	}
	if !r.o.zone {
		r.broken = "a source outside of a rule"
		return nil
	}
	address, hasAddress := n.get("address")
	set, hasSet := n.get("ipset")
	if _, invert := n.get("invert"); invert || hasAddress == hasSet {
		return nil // firewalld leaves it out with a warning
	}
	if hasSet {
		r.o.sources = add(r.o.sources, item{"ipset:" + set, n})
		return nil
	}
	if _, ok := parsePrefix(address); !ok && !isMAC(address) {
		return refuse(n.at, "%s is no address", address)
	}
	r.o.sources = add(r.o.sources, item{address, n})
	return nil
}
