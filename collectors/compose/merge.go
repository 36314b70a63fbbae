package compose

import (
	"strings"
)

// The fields that compose takes in several forms; canonical brings each to one, so that files which use
// different forms can be merged (compose-spec, "Merge").
var (
	asMapping = []string{"environment", "labels", "sysctls", "extra_hosts", "annotations"}
	asList    = []string{"env_file", "tmpfs", "dns", "dns_search"}
	// Lists of which the later replaces the earlier.
	replaced = map[string]bool{"command": true, "entrypoint": true, "test": true}
)

func canonical(service *node) *node {
	c := like(service, mapping)
	for key, n := range service.fields {
		c.fields[key] = n
	}
	for _, key := range asMapping {
		if n := c.fields[key]; n != nil {
			c.fields[key] = pairs(n)
		}
	}
	for _, key := range asList {
		if n := c.fields[key]; n != nil && n.kind != list {
			l := like(n, list)
			l.items = n.each()
			if n.kind == mapping {
				l.items = []*node{n}
			}
			c.fields[key] = l
		}
	}
	if b := c.field("build"); b != nil {
		c.fields["build"] = canonicalBuild(b)
	}
	if e := c.field("extends"); e != nil && e.kind == scalar {
		m := like(e, mapping)
		m.fields["service"] = e
		c.fields["extends"] = m
	}
	for _, key := range []string{"depends_on", "networks"} {
		if n := c.fields[key]; n != nil && n.kind == list {
			m := like(n, mapping)
			for _, item := range n.items {
				m.fields[item.text()] = item
			}
			c.fields[key] = m
		}
	}
	return c
}

func canonicalBuild(b *node) *node {
	m := like(b, mapping)
	if b.kind == scalar {
		m.fields["context"] = b
		return m
	}
	for key, n := range b.fields {
		m.fields[key] = n
	}
	if args := m.fields["args"]; args != nil {
		m.fields["args"] = pairs(args)
	}
	return m
}

// pairs makes a mapping of a list of "name=value"; a name alone is null, which is "from the shell".
func pairs(n *node) *node {
	if n == nil || n.kind != list {
		return n
	}
	m := like(n, mapping)
	for _, item := range n.items {
		name, value, ok := strings.Cut(item.text(), "=")
		v := like(item, scalar)
		if ok {
			v.scalar = value
		}
		m.fields[name] = v
	}
	return m
}

// merged lays one canonical value over another as compose does: mappings are merged, lists appended,
// mounts of the same target replaced, everything else replaced, and what is tagged so reset.
func merged(under, over *node, key string) *node {
	switch {
	case over != nil && over.tag != "":
		return over
	case over == nil || over.kind == scalar && over.scalar == nil && key != "":
		return under
	case under == nil || under.kind != over.kind:
		return over
	case over.kind == mapping:
		m := like(over, mapping)
		for name, n := range under.fields {
			m.fields[name] = n
		}
		for name, n := range over.fields {
			if key == "environment" || key == "args" {
				m.fields[name] = n
				continue
			}
			m.fields[name] = merged(m.fields[name], n, name)
		}
		return m
	case over.kind == list && !replaced[key]:
		return appended(under, over, key)
	}
	return over
}

func appended(under, over *node, key string) *node {
	l := like(over, list)
	identity := func(n *node) string {
		switch key {
		case "volumes":
			return volume(n, literal).Name
		case "ports":
			p := port(n, literal)
			return strings.Join([]string{p.HostIP, p.Published, p.Target, p.Protocol}, " ")
		case "secrets", "configs":
			if n.kind == mapping {
				return n.field("source").text()
			}
			return n.text()
		}
		if n.kind == scalar {
			return n.text()
		}
		return ""
	}
	later := map[string]bool{}
	for _, n := range over.items {
		later[identity(n)] = true
	}
	for _, n := range under.items {
		if id := identity(n); id == "" || !later[id] {
			l.items = append(l.items, n)
		}
	}
	l.items = append(l.items, over.items...)
	return l
}
