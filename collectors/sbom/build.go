package sbom

import (
	"strings"
	"time"

	"sallyport/internal/audit"
	"sallyport/internal/fact"
)

// A place is where a component stands in the tree: the index in a list of the root, or of the component around it.
type place struct {
	parent int // -1 for a list of the root
	list   *fact.Path
	index  int
}

// A builder gathers facts from a tree.
type builder struct {
	src    *source
	out    *SBOM
	places []place
	// refs are the components by the document's own names; the subject is -1.
	refs map[string]int
	// aside are names of what is no component: files, services.
	aside map[string]bool
	// linked components have a relationship.
	linked []bool
	// identified components have a unique identifier of whatever kind.
	identified []bool
	related    bool
	// systems are the operating systems that the document names.
	systems  []distro
	dangling map[string]bool
	// fields are where the fields of a component are in the tree, and tops those of the document.
	fields map[string]string
	tops   map[string]fact.Path
}

func newBuilder(src *source) *builder {
	return &builder{
		src: src, refs: map[string]int{}, aside: map[string]bool{}, dangling: map[string]bool{},
		out: &SBOM{
			Path: src.path, Encoding: src.encoding,
			Tools: []Tool{}, Authors: []string{}, Subject: Subject{Digests: []string{}}, Components: []Component{},
			Graph: Graph{Dangling: []string{}, Roots: []int{}}, NTIA: NTIA{Missing: []Gap{}},
			Unhashed: Gap{Name: "hash", Examples: []Example{}}, Licenses: []License{}, Crates: []Crate{},
			Shells: []Example{}, Managers: []Example{}, Unread: []Unread{}, Audit: Audit{Hits: []audit.Hit{}, Unlisted: []string{}, Unaudited: []Unaudited{}},
		},
	}
}

// add takes a component over and returns its index.
func (b *builder) add(c Component, at place, identified bool) int {
	i := len(b.out.Components)
	if c.Hashes == nil {
		c.Hashes = []string{}
	}
	if c.Locations == nil {
		c.Locations = []Location{}
	}
	c.Depends = []int{}
	u, _ := parsePurl(c.Purl)
	c.Ecosystem, c.Namespace = u.kind, u.namespace
	if c.Source == "" && systems[u.kind] {
		c.Source, c.SourceVersion = sourceOf(u)
	}
	b.out.Components = append(b.out.Components, c)
	b.places = append(b.places, at)
	b.linked = append(b.linked, false)
	b.identified = append(b.identified, identified || c.Purl != "" || c.CPE != "")
	if c.Ref != "" {
		if _, twice := b.refs[c.Ref]; twice {
			b.src.mistake(b.path(i), quoted(c.Ref)+" is the name of another component, too", "give each component a reference of its own")
		} else {
			b.refs[c.Ref] = i
		}
	}
	return i
}

// subject is the index that stands for what the document is about.
const subject = -1

// link notes that one component needs or holds another; names that nothing has are noted as well.
func (b *builder) link(from, to string) {
	i, ok := b.resolve(from)
	j, known := b.resolve(to)
	if ok && known {
		b.edge(i, j)
	}
}

func (b *builder) edge(i, j int) {
	b.out.Graph.Edges++
	switch {
	case i == subject && j == subject:
		return
	case j == subject:
		b.linked[i] = true
		return
	case i == subject:
		b.out.Graph.Roots = append(b.out.Graph.Roots, j)
	default:
		b.linked[i] = true
		b.out.Components[i].Depends = append(b.out.Components[i].Depends, j)
	}
	b.linked[j] = true
}

// maxDangling bounds how many names are shown that nothing has.
const maxDangling = 5

func (b *builder) resolve(ref string) (int, bool) {
	if i, ok := b.refs[ref]; ok {
		return i, true
	}
	outside := strings.HasPrefix(ref, "urn:cdx:") || strings.HasPrefix(ref, "DocumentRef-") ||
		ref == "NONE" || ref == "NOASSERTION"
	if ref == "" || b.aside[ref] || outside || b.dangling[ref] {
		return 0, false
	}
	b.dangling[ref] = true
	if len(b.out.Graph.Dangling) < maxDangling {
		b.out.Graph.Dangling = append(b.out.Graph.Dangling, ref)
	}
	return 0, false
}

// finish computes what follows from the components.
func (b *builder) finish(opts Options) error {
	g := &b.out.Graph
	g.DanglingCount = len(b.dangling)
	g.Present = g.Edges > 0
	for i := range b.out.Components {
		if b.out.Components[i].Package && !b.linked[i] {
			g.Loose++
		}
	}
	g.Complete = g.Present && g.Loose == 0 && g.DanglingCount == 0
	b.gaps()
	b.licenses()
	b.programs()
	return b.audit(opts)
}

// created brings a time to RFC 3339 and UTC; what is none is a mistake and "".
func (b *builder) created(text string) {
	if text == "" {
		return
	}
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(text)); err == nil {
		b.out.Created = t.UTC().Format(time.RFC3339)
	}
}

// packaged tells of the types whose components are made and published under a name of their own.
func packaged(kind string) bool {
	switch kind {
	case "file", "operating-system", "data", "machine-learning-model", "cryptographic-asset", "device", "device-driver", "platform", "source":
		return false
	}
	return true
}

// Readers of trees: the schema has told what is wrong, and what has another type than it should is absent.

func text(m map[string]any, name string) string {
	s, _ := m[name].(string)
	return strings.TrimSpace(s)
}

func list(m map[string]any, name string) []any {
	l, _ := m[name].([]any)
	return l
}

func object(m map[string]any, name string) map[string]any {
	o, _ := m[name].(map[string]any)
	return o
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
