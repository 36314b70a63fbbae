package firewalld

import (
	"slices"

	"sallyport/internal/fact"
)

// known are the elements of a zone or policy with the attributes that they must and may have.
var known = map[string]struct{ must, may []string }{
	"short": {}, "description": {},
	"service":      {must: []string{"name"}},
	"port":         {must: []string{"port", "protocol"}},
	"icmp-block":   {must: []string{"name"}},
	"icmp-type":    {must: []string{"name"}},
	"forward-port": {must: []string{"port", "protocol"}, may: []string{"to-port", "to-addr"}},
	"rule":         {may: []string{"family", "priority"}},
	"source":       {may: []string{"address", "mac", "invert", "family", "ipset"}},
	"destination":  {may: []string{"address", "invert", "ipset"}},
	"protocol":     {must: []string{"value"}},
	"source-port":  {must: []string{"port", "protocol"}},
	"log":          {may: []string{"prefix", "level"}},
	"nflog":        {may: []string{"group", "prefix", "queue-size"}},
	"audit":        {}, "accept": {}, "drop": {},
	"reject":        {may: []string{"type"}},
	"mark":          {must: []string{"set"}},
	"limit":         {must: []string{"value"}},
	"masquerade":    {may: []string{"enabled"}},
	"tcp-mss-clamp": {may: []string{"value"}},
}

var knownZone = map[string]struct{ must, may []string }{
	"zone": {may: []string{"name", "immutable", "target", "version"}}, "forward": {},
	"interface": {must: []string{"name"}}, "icmp-block-inversion": {},
}

var knownPolicy = map[string]struct{ must, may []string }{
	"policy":       {must: []string{"target"}, may: []string{"version", "priority"}},
	"ingress-zone": {must: []string{"name"}}, "egress-zone": {must: []string{"name"}},
}

// allowed refuses an element that firewalld does not know there, and attributes likewise.
func allowed(n *node, zone bool) *fact.Error {
	shape, ok := known[n.name]
	if !ok && zone {
		shape, ok = knownZone[n.name]
	} else if !ok {
		shape, ok = knownPolicy[n.name]
	}
	if !ok {
		return refuse(n.at, "unexpected element <%s>", n.name)
	}
	if n.name == "masquerade" && !zone {
		shape.may = nil
	}
	for _, name := range shape.must {
		if _, ok := n.get(name); !ok {
			return refuse(n.at, "<%s> has no attribute %s", n.name, name)
		}
	}
	for _, a := range n.attrs {
		if name := qualified(a.Name); !slices.Contains(shape.must, name) && !slices.Contains(shape.may, name) {
			return refuse(n.at, "<%s> has the unexpected attribute %s", n.name, name)
		}
	}
	return nil
}
