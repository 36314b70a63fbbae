package sbom

import (
	"strings"

	"sallyport/internal/fact"
)

var (
	cycloneFields = map[string]string{"ref": "bom-ref", "license": "licenses", "depends": "bom-ref", "ecosystem": "purl", "namespace": "purl"}
	cycloneTops   = map[string]fact.Path{
		"version": {"specVersion"}, "format": {"bomFormat"}, "id": {"serialNumber"}, "created": {"metadata", "timestamp"},
		"tools": {"metadata", "tools"}, "authors": {"metadata", "authors"}, "subject": {"metadata", "component"},
		"graph": {"dependencies"}, "relationships": {"dependencies"}, "author": {"metadata"}, "timestamp": {"metadata"},
		"components": {"components"}, "counts": {"components"}, "crates": {"components"},
	}
	cycloneList    = fact.Path{"components"}
	cycloneSubject = fact.Path{"metadata", "component", "components"}
)

// cycloneDX reads a BOM (https://cyclonedx.org/docs/latest/json/).
func cycloneDX(b *builder, top map[string]any) {
	b.fields, b.tops = cycloneFields, cycloneTops
	o := b.out
	o.Format, o.Version, o.ID = "cyclonedx", text(top, "specVersion"), text(top, "serialNumber")
	meta := object(top, "metadata")
	b.created(text(meta, "timestamp"))
	b.cycloneTools(meta["tools"])
	for _, a := range list(meta, "authors") {
		if m, ok := a.(map[string]any); ok {
			b.author(first(text(m, "name"), text(m, "email")))
		}
	}
	for _, name := range []string{"manufacturer", "manufacture", "supplier"} {
		b.author(text(object(meta, name), "name"))
	}
	about := object(meta, "component")
	b.cycloneSubject(about)
	b.cycloneComponents(list(about, "components"), subject, &cycloneSubject)
	b.cycloneComponents(list(top, "components"), subject, &cycloneList)
	o.Counts.Vulnerabilities, o.Counts.Services = len(list(top, "vulnerabilities")), len(list(top, "services"))
	for _, s := range list(top, "services") {
		if m, ok := s.(map[string]any); ok {
			b.aside[text(m, "bom-ref")] = true
		}
	}
	for _, d := range list(top, "dependencies") {
		m, _ := d.(map[string]any)
		b.related = true
		from := text(m, "ref")
		if i, ok := b.resolve(from); ok && i != subject {
			b.linked[i] = true // an entry without dependencies says that there are none
		}
		for _, to := range list(m, "dependsOn") {
			if to, ok := to.(string); ok {
				b.link(from, to)
			}
		}
	}
}

func (b *builder) author(name string) {
	if name != "" {
		b.out.Authors = append(b.out.Authors, name)
	}
}

// cycloneTools reads both forms: a list until 1.4, components and services since 1.5.
func (b *builder) cycloneTools(v any) {
	tools, _ := v.([]any)
	if m, ok := v.(map[string]any); ok {
		tools = append(append(tools, list(m, "components")...), list(m, "services")...)
	}
	for _, t := range tools {
		if m, ok := t.(map[string]any); ok {
			b.out.Tools = append(b.out.Tools, Tool{Name: text(m, "name"), Version: text(m, "version")})
		}
	}
}

func (b *builder) cycloneSubject(m map[string]any) {
	if m == nil {
		return
	}
	s := &b.out.Subject
	s.Name, s.Version, s.Purl = joined(text(m, "group"), text(m, "name")), text(m, "version"), text(m, "purl")
	s.Type = strings.ToLower(text(m, "type"))
	if ref := text(m, "bom-ref"); ref != "" {
		b.refs[ref] = subject
	}
	s.Digests = append(s.Digests, hashes(list(m, "hashes"), "alg", "content")...)
	for _, p := range list(m, "properties") {
		if p, ok := p.(map[string]any); ok && strings.HasSuffix(text(p, "name"), "Digest") {
			b.digests(text(p, "value"))
		}
	}
	b.identify()
}

// identify finds digests in what names the subject.
func (b *builder) identify() {
	s := &b.out.Subject
	kind, _ := splitPurl(s.Purl)
	s.Image = s.Type == "container" || kind == "oci" || kind == "docker"
	b.digests(s.Name)
	b.digests(s.Version)
	b.digests(unescaped(s.Purl))
}

// digests notes the digests that stand in a text, as in name@sha256:....
func (b *builder) digests(text string) {
	s := &b.out.Subject
	for rest := text; ; {
		i := strings.Index(rest, "sha256:")
		if i < 0 {
			return
		}
		rest = rest[i:]
		n := len("sha256:")
		for n < len(rest) && strings.IndexByte("0123456789abcdef", rest[n]) >= 0 {
			n++
		}
		if n == len("sha256:")+64 && !contains(s.Digests, rest[:n]) {
			s.Digests = append(s.Digests, rest[:n])
		}
		rest = rest[n:]
	}
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

func (b *builder) cycloneComponents(all []any, parent int, at *fact.Path) {
	for k, e := range all {
		m, ok := e.(map[string]any)
		if !ok {
			continue
		}
		c := cycloneComponent(m)
		if c.Type == "operating-system" {
			b.systems = append(b.systems, releaseOf(c.Name+"-"+c.Version, ""))
		}
		i := b.add(c, place{parent, at, k}, m["swid"] != nil || m["swhid"] != nil || m["omniborId"] != nil)
		if nested := list(m, "components"); len(nested) > 0 {
			before := len(b.out.Components)
			b.cycloneComponents(nested, i, &cycloneList)
			b.linked[i] = true
			for j := before; j < len(b.out.Components); j++ {
				b.linked[j] = true
				if b.places[j].parent == i {
					b.out.Components[i].Depends = append(b.out.Components[i].Depends, j)
				}
			}
		}
	}
}

func cycloneComponent(m map[string]any) Component {
	c := Component{
		Name: joined(text(m, "group"), text(m, "name")), Version: text(m, "version"), Type: strings.ToLower(text(m, "type")), Purl: text(m, "purl"),
		CPE: text(m, "cpe"), Scope: text(m, "scope"), Ref: text(m, "bom-ref"), License: cycloneLicense(list(m, "licenses")),
		Hashes: hashes(list(m, "hashes"), "alg", "content"), Locations: cycloneLocations(m),
	}
	c.Supplier = first(text(object(m, "supplier"), "name"), text(object(m, "manufacturer"), "name"), text(m, "publisher"), text(m, "author"))
	if authors := list(m, "authors"); c.Supplier == "" && len(authors) > 0 {
		a, _ := authors[0].(map[string]any)
		c.Supplier = first(text(a, "name"), text(a, "email"))
	}
	c.Local = cycloneLocal(m)
	cycloneSource(&c, m)
	c.Package = packaged(c.Type) && (c.Type != "application" || c.Version != "" || c.Purl != "")
	return c
}

func joined(group, name string) string {
	if group == "" {
		return name
	}
	return group + "/" + name
}

// cycloneLicense joins the licenses of a component: those that were concluded, else all.
func cycloneLicense(all []any) string {
	var parts, concluded []string
	for _, e := range all {
		m, _ := e.(map[string]any)
		l := object(m, "license")
		part := first(text(m, "expression"), text(l, "id"), text(l, "name"))
		if part == "" {
			continue
		}
		parts = append(parts, part)
		if text(m, "acknowledgement") == "concluded" || text(l, "acknowledgement") == "concluded" {
			concluded = append(concluded, part)
		}
	}
	if len(concluded) > 0 {
		parts = concluded
	}
	return conjunction(parts)
}

// conjunction joins expressions by AND.
func conjunction(parts []string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	for i, p := range parts {
		if strings.Contains(p, " OR ") {
			parts[i] = "(" + p + ")"
		}
	}
	return strings.Join(parts, " AND ")
}

// hashes writes digests as everybody does: sha256:....
func hashes(all []any, algorithm, value string) []string {
	var out []string
	for _, e := range all {
		m, _ := e.(map[string]any)
		if a, v := text(m, algorithm), text(m, value); a != "" && v != "" {
			a = strings.ToLower(a)
			if rest, ok := strings.CutPrefix(a, "sha-"); ok {
				a = "sha" + rest
			}
			out = append(out, a+":"+strings.ToLower(v))
		}
	}
	return out
}
