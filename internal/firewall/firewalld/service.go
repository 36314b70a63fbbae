package firewalld

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// A service is ports, protocols and addresses by one name: firewalld.service(5).
type service struct {
	name           string
	at             *node
	ports, sources []portItem
	protocols      []item
	includes       []item
	helpers        []item
	to4, to6       *node // its destination elements
}

func (c *config) addService(root *node, name, file string) error {
	s := &service{name: name, at: root}
	if !named(name) {
		return refuse(root.at, "%s is no name that a service can have", name)
	}
	if err := s.walk(root); err != nil {
		return err
	}
	c.services[name] = s
	return nil
}

func (s *service) walk(n *node) *fact.Error {
	if err := s.take(n); err != nil {
		return err
	}
	for _, child := range n.children {
		if err := s.walk(child); err != nil {
			return err
		}
	}
	return nil
}

func (s *service) take(n *node) *fact.Error {
	attributes := map[string][]string{
		"service": {"name", "version"}, "short": {}, "description": {}, "port": {"port", "protocol"}, "protocol": {"value"},
		"module": {"name"}, "destination": {"ipv4", "ipv6"}, "source-port": {"port", "protocol"}, "include": {"service"}, "helper": {"name"},
	}
	may, ok := attributes[n.name]
	if !ok {
		return refuse(n.at, "unexpected element <%s>", n.name)
	}
	for _, a := range n.attrs {
		if !slices.Contains(may, qualified(a.Name)) {
			return refuse(n.at, "<%s> has the unexpected attribute %s", n.name, qualified(a.Name))
		}
	}
	if n.name != "service" && n.name != "destination" && len(may) != len(n.attrs) {
		return refuse(n.at, "<%s> has not all of its attributes", n.name)
	}
	switch n.name {
	case "port":
		if n.attr("port") == "" {
			return s.protocol(item{n.attr("protocol"), n})
		}
		p, err := readPort(n, "port")
		s.ports = append(s.ports, p)
		return err
	case "source-port":
		p, err := readPort(n, "port")
		s.sources = append(s.sources, p)
		return err
	case "protocol":
		return s.protocol(item{n.attr("value"), n})
	case "include":
		s.includes = add(s.includes, item{n.attr("service"), n})
	case "helper":
		s.helpers = add(s.helpers, item{n.attr("name"), n})
	case "module":
		s.helpers = add(s.helpers, item{strings.ReplaceAll(strings.TrimPrefix(n.attr("name"), "nf_conntrack_"), "_", "-"), n})
	case "destination":
		return s.destination(n)
	}
	return nil
}

func (s *service) protocol(i item) *fact.Error {
	if _, ok := protocolNumber(i.value); !ok {
		return refuse(i.at.at, "%s is no protocol", i.value)
	}
	s.protocols = add(s.protocols, i)
	return nil
}

func (s *service) destination(n *node) *fact.Error {
	for _, to := range []struct {
		attribute string
		family    int
		at        **node
	}{{"ipv4", 4, &s.to4}, {"ipv6", 6, &s.to6}} {
		text, ok := n.get(to.attribute)
		if !ok {
			continue
		}
		if p, ok := parsePrefix(text); !ok || p.family() != to.family {
			return refuse(n.at, "%s is no %s address", text, to.attribute)
		}
		if *to.at == nil {
			*to.at = n
		}
	}
	return nil
}

// service finds a service by name.
func (c *config) service(i item) (*service, *fact.Error) {
	if s := c.services[i.value]; s != nil {
		return s, nil
	}
	if c.system == "" {
		if root := stock(path.Join("services", i.value+".xml")); root != nil {
			if err := c.addService(root, i.value, ""); err == nil {
				return c.services[i.value], nil
			}
		}
	}
	return nil, refuse(i.at.at, "there is no service %s", i.value)
}

// expand is a service with those that it includes, each once, and those first that are included.
func (c *config) expand(i item) ([]*service, *fact.Error) {
	var all []*service
	seen := map[string]bool{i.value: true}
	var visit func(i item) *fact.Error
	visit = func(i item) *fact.Error {
		s, err := c.service(i)
		if err != nil {
			return err
		}
		for _, h := range s.helpers {
			if !c.helpers[h.value] {
				return refuse(h.at.at, "there is no helper %s", h.value)
			}
		}
		for _, include := range s.includes {
			if seen[include.value] {
				continue
			}
			seen[include.value] = true
			if err := visit(include); err != nil {
				return err
			}
		}
		all = append(all, s)
		return nil
	}
	return all, visit(i)
}
