package sbom

import (
	"strings"

	"sallyport/internal/fact"
)

var (
	syftFields = map[string]string{"ref": "id", "license": "licenses", "cpe": "cpes", "ecosystem": "purl", "namespace": "purl"}
	syftTops   = map[string]fact.Path{
		"version": {"schema", "version"}, "format": {"schema"}, "tools": {"descriptor"}, "subject": {"source"}, "graph": {"artifactRelationships"},
		"relationships": {"artifactRelationships"}, "author": {"descriptor"}, "timestamp": {"descriptor"}, "created": {"descriptor"},
		"components": {"artifacts"}, "counts": {"artifacts"}, "crates": {"artifacts"},
	}
	syftList = fact.Path{"artifacts"}
)

// syftDocument reads what syft writes with -o json (https://github.com/anchore/syft/tree/main/schema/json). It has no time stamp.
func syftDocument(b *builder, top map[string]any) {
	b.fields, b.tops = syftFields, syftTops
	o := b.out
	o.Format, o.Version = "syft", text(object(top, "schema"), "version")
	d := object(top, "descriptor")
	if name := text(d, "name"); name != "" {
		o.Tools = append(o.Tools, Tool{Name: name, Version: text(d, "version")})
	}
	b.created(text(d, "timestamp"))
	source := object(top, "source")
	meta := object(source, "metadata")
	if meta == nil {
		meta = object(source, "target")
	}
	s := &o.Subject
	s.Type = text(source, "type")
	if s.Type == "image" {
		s.Type = "container"
	}
	if d := object(top, "distro"); text(d, "id") != "" {
		b.systems = append(b.systems, releaseOf(text(d, "id")+"-"+first(text(d, "versionID"), text(d, "version")), ""))
	}
	target, _ := source["target"].(string)
	s.Name, s.Version = first(text(source, "name"), text(meta, "userInput"), target), text(source, "version")
	b.identify()
	b.digests(text(meta, "manifestDigest"))
	for _, r := range list(meta, "repoDigests") {
		if r, ok := r.(string); ok {
			b.digests(r)
		}
	}
	if id := text(source, "id"); id != "" {
		b.refs[id] = subject
	}
	for _, f := range list(top, "files") {
		if m, ok := f.(map[string]any); ok {
			b.aside[text(m, "id")] = true
			o.Counts.Files++
			b.unread(m)
		}
	}
	for k, a := range list(top, "artifacts") {
		if m, ok := a.(map[string]any); ok {
			b.add(syftArtifact(m), place{subject, &syftList, k}, false)
		}
	}
	for _, r := range list(top, "artifactRelationships") {
		m, _ := r.(map[string]any)
		switch from, to := text(m, "parent"), text(m, "child"); text(m, "type") {
		case "contains":
			b.link(from, to)
		case "dependency-of":
			b.link(to, from)
		}
	}
}

func syftArtifact(m map[string]any) Component {
	c := Component{
		Name: text(m, "name"), Version: text(m, "version"), Type: "library", Purl: text(m, "purl"), Ref: text(m, "id"), Package: true,
		Locations: syftLocations(m),
	}
	if cpes := list(m, "cpes"); len(cpes) > 0 {
		switch cpe := cpes[0].(type) {
		case string:
			c.CPE = cpe
		case map[string]any:
			c.CPE = text(cpe, "cpe")
		}
	}
	var parts []string
	for _, l := range list(m, "licenses") {
		switch l := l.(type) {
		case string:
			parts = append(parts, l)
		case map[string]any:
			if name := first(text(l, "spdxExpression"), text(l, "value")); name != "" {
				parts = append(parts, name)
			}
		}
	}
	c.License = conjunction(parts)
	meta := object(m, "metadata")
	switch source := text(meta, "source"); text(m, "metadataType") {
	case "rust-cargo-lock-entry":
		c.Local = source == "" || elsewhereFrom(source)
	case "rust-cargo-audit-entry": // of a program, in the words of cargo auditable
		c.Local = source != "" && source != "crates.io"
	}
	if sum := text(meta, "checksum"); len(sum) == 64 {
		c.Hashes = []string{"sha256:" + strings.ToLower(sum)}
	}
	c.Supplier = first(text(meta, "maintainer"), text(meta, "vendor"), text(meta, "author"))
	return c
}
