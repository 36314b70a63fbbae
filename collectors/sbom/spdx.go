package sbom

import (
	"strings"

	"sallyport/internal/fact"
)

var (
	spdxFields = map[string]string{
		"version": "versionInfo", "type": "primaryPackagePurpose", "license": "licenseConcluded", "hashes": "checksums", "ref": "SPDXID",
		"purl": "externalRefs", "ecosystem": "externalRefs", "namespace": "externalRefs", "cpe": "externalRefs",
	}
	spdxTops = map[string]fact.Path{
		"version": {"spdxVersion"}, "format": {"spdxVersion"}, "id": {"documentNamespace"}, "created": {"creationInfo", "created"},
		"tools": {"creationInfo", "creators"}, "authors": {"creationInfo", "creators"}, "subject": {"name"}, "graph": {"relationships"},
		"relationships": {"relationships"}, "author": {"creationInfo", "creators"}, "timestamp": {"creationInfo"},
		"components": {"packages"}, "counts": {"packages"}, "crates": {"packages"},
	}
	spdxList = fact.Path{"packages"}
)

// spdxDocument reads an SPDX document (https://spdx.github.io/spdx-spec/v2.3/).
func spdxDocument(b *builder, top map[string]any) {
	b.fields, b.tops = spdxFields, spdxTops
	o := b.out
	o.Format, o.Version, o.ID = "spdx", strings.TrimPrefix(text(top, "spdxVersion"), "SPDX-"), text(top, "documentNamespace")
	info := object(top, "creationInfo")
	b.created(text(info, "created"))
	if stamp := text(info, "created"); stamp != "" && o.Created == "" {
		b.src.mistake(fact.Path{"creationInfo", "created"}, quoted(stamp)+" is not a time", "write it as 2026-11-20T12:00:00Z")
	}
	for _, c := range list(info, "creators") {
		c, _ := c.(string)
		b.creator(c)
	}
	described := b.described(top)
	b.spdxID(top)
	for k, f := range list(top, "files") {
		if m, ok := f.(map[string]any); ok {
			b.spdxID(m, "files", k)
			b.aside[text(m, "SPDXID")] = true
			o.Counts.Files++
		}
	}
	for _, s := range list(top, "snippets") {
		if m, ok := s.(map[string]any); ok {
			b.aside[text(m, "SPDXID")] = true
		}
	}
	o.Subject.Name = text(top, "name")
	b.refs[text(top, "SPDXID")] = subject
	for k, p := range list(top, "packages") {
		m, ok := p.(map[string]any)
		if !ok {
			continue
		}
		b.spdxID(m, "packages", k)
		c, identified := spdxPackage(m)
		if len(described) == 1 && described[c.Ref] && c.Ref != "" {
			b.spdxSubject(m, &c, k)
			continue
		}
		if c.Type == "operating-system" {
			b.systems = append(b.systems, releaseOf(c.Name+"-"+c.Version, ""))
		}
		b.add(c, place{subject, &spdxList, k}, identified)
	}
	b.relationships(top)
}

// spdxID holds an identifier against SPDX 2.3, 7.2: what other documents refer to begins so.
func (b *builder) spdxID(m map[string]any, at ...any) {
	if id := text(m, "SPDXID"); id != "" && !strings.HasPrefix(id, "SPDXRef-") {
		b.src.mistake(append(fact.Path(at), "SPDXID"), quoted(id)+" does not begin with SPDXRef-", "write SPDXRef- before the identifier, and before each reference to it")
	}
}

// creator reads "Tool: syft-1.2.3", "Organization: Acme (x@example.org)" and "Person: ...".
func (b *builder) creator(text string) {
	kind, name, _ := strings.Cut(text, ":")
	name = strings.TrimSpace(name)
	if kind != "Tool" {
		b.author(entity(text))
		return
	}
	t := Tool{Name: name}
	if i := strings.LastIndexByte(name, '-'); i > 0 && strings.ContainsAny(name[i:], "0123456789") {
		t.Name, t.Version = name[:i], name[i+1:]
	}
	b.out.Tools = append(b.out.Tools, t)
}

// entity is the name in "Organization: Acme (x@example.org)".
func entity(text string) string {
	kind, name, ok := strings.Cut(text, ":")
	if !ok || kind != "Organization" && kind != "Person" {
		return ""
	}
	name = strings.TrimSpace(name)
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		name = strings.TrimSpace(name[:i])
	}
	if name == "NOASSERTION" || name == "()" {
		return ""
	}
	return name
}

// described are the elements that the document is about.
func (b *builder) described(top map[string]any) map[string]bool {
	found := map[string]bool{}
	for _, d := range list(top, "documentDescribes") {
		if id, ok := d.(string); ok {
			found[id] = true
		}
	}
	document := text(top, "SPDXID")
	for _, r := range list(top, "relationships") {
		m, _ := r.(map[string]any)
		switch from, to := text(m, "spdxElementId"), text(m, "relatedSpdxElement"); text(m, "relationshipType") {
		case "DESCRIBES":
			if from == document {
				found[to] = true
			}
		case "DESCRIBED_BY":
			if to == document {
				found[from] = true
			}
		}
	}
	return found
}

func (b *builder) spdxSubject(m map[string]any, c *Component, k int) {
	b.refs[c.Ref] = subject
	s := &b.out.Subject
	s.Name, s.Version, s.Type, s.Purl = c.Name, c.Version, c.Type, c.Purl
	s.Digests = append(s.Digests, c.Hashes...)
	b.identify()
	tops := map[string]fact.Path{}
	for name, at := range b.tops {
		tops[name] = at
	}
	tops["subject"] = fact.Path{"packages", k}
	b.tops = tops
}

func spdxPackage(m map[string]any) (c Component, identified bool) {
	c = Component{
		Name: text(m, "name"), Version: text(m, "versionInfo"), Ref: text(m, "SPDXID"),
		Type:     strings.ToLower(strings.ReplaceAll(text(m, "primaryPackagePurpose"), "_", "-")),
		Hashes:   hashes(list(m, "checksums"), "algorithm", "checksumValue"),
		Supplier: first(entity(text(m, "supplier")), entity(text(m, "originator"))),
		License:  first(asserted(text(m, "licenseConcluded")), asserted(text(m, "licenseDeclared"))),
	}
	for _, r := range list(m, "externalRefs") {
		ref, _ := r.(map[string]any)
		locator := text(ref, "referenceLocator")
		switch text(ref, "referenceType") {
		case "purl":
			c.Purl = first(c.Purl, locator)
		case "cpe22Type", "cpe23Type":
			c.CPE = first(c.CPE, locator)
		case "swh", "gitoid", "swid", "maven-central", "npm", "nuget", "bower":
			identified = true
		}
	}
	c.Package = packaged(c.Type) && (c.Type != "application" || c.Version != "" || c.Purl != "")
	spdxSource(&c, text(m, "sourceInfo"))
	return c, identified
}

func asserted(license string) string {
	if license == "NOASSERTION" || license == "NONE" {
		return ""
	}
	return license
}

// Relationships by which one element needs or holds another, and those that say it the other way round
// (https://spdx.github.io/spdx-spec/v2.3/relationships-between-SPDX-elements/).
var (
	downward = map[string]bool{
		"DESCRIBES": true, "CONTAINS": true, "DEPENDS_ON": true, "HAS_PREREQUISITE": true, "STATIC_LINK": true, "DYNAMIC_LINK": true, "GENERATED_FROM": true,
	}
	upward = map[string]bool{
		"DESCRIBED_BY": true, "CONTAINED_BY": true, "DEPENDENCY_OF": true, "DEPENDENCY_MANIFEST_OF": true, "BUILD_DEPENDENCY_OF": true,
		"DEV_DEPENDENCY_OF": true, "OPTIONAL_DEPENDENCY_OF": true, "PROVIDED_DEPENDENCY_OF": true, "TEST_DEPENDENCY_OF": true,
		"RUNTIME_DEPENDENCY_OF": true, "PREREQUISITE_FOR": true, "PACKAGE_OF": true, "GENERATES": true,
	}
)

func (b *builder) relationships(top map[string]any) {
	for _, r := range list(top, "relationships") {
		m, _ := r.(map[string]any)
		from, to := text(m, "spdxElementId"), text(m, "relatedSpdxElement")
		switch kind := text(m, "relationshipType"); {
		case downward[kind]:
			b.link(from, to)
		case upward[kind]:
			b.link(to, from)
		}
	}
	document := text(top, "SPDXID")
	for _, d := range list(top, "documentDescribes") {
		if id, ok := d.(string); ok {
			b.link(document, id)
		}
	}
	b.related = b.out.Graph.Edges > 0
}
