package sbom

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
)

// elsewhere are qualifiers that say that a package is not the registry's.
var elsewhere = []string{"vcs_url=", "repository_url=", "download_url="}

// audit asks the database and the registry's index about every package.
func (b *builder) audit(opts Options) error {
	out := &b.out.Audit
	out.Done, out.Indexed, out.Database = opts.Advisories != nil, opts.Registry != nil, audit.Of(opts.Advisories)
	if out.Done {
		b.auditor(opts.Advisories).all()
	}
	if out.Indexed {
		for i := range b.out.Components {
			c := &b.out.Components[i]
			if u, _ := parsePurl(c.Purl); c.Ecosystem == "cargo" && !c.elsewhere(u) && first(u.version, c.Version) != "" {
				if err := b.yanked(opts, audit.Package{Name: u.name, Version: first(u.version, c.Version), Source: c.Purl, At: i}); err != nil {
					return fmt.Errorf("registry index: %w", err)
				}
			}
		}
	}
	slices.SortStableFunc(out.Hits, func(a, b audit.Hit) int { return a.At - b.At })
	b.ways()
	return nil
}

// elsewhere is true for the workspace's own crates, and those of git repositories and other registries.
func (c *Component) elsewhere(u packageURL) bool {
	return c.Local || c.Ecosystem == "cargo" && foreign(u.qualifiers)
}

func (b *builder) auditor(db *advisory.Database) *auditor {
	a := &auditor{
		b: b, db: db, there: db.Ecosystems(), joined: map[distro][]string{}, asked: map[string][]advisory.Hit{}, at: map[string]int{},
	}
	if len(b.systems) > 0 && !slices.ContainsFunc(b.systems, func(d distro) bool { return d != b.systems[0] }) {
		a.system = b.systems[0]
	}
	named := slices.ContainsFunc(b.out.Components, func(c Component) bool { return c.Source != "" })
	syft := slices.ContainsFunc(b.out.Tools, func(t Tool) bool { return strings.Contains(strings.ToLower(t.Name), "syft") })
	a.unnamed = !named && !syft // syft names the source where it has another name
	return a
}

func (a *auditor) all() {
	out := &a.b.out.Audit
	for i := range a.b.out.Components {
		c := &a.b.out.Components[i]
		u, _ := parsePurl(c.Purl)
		if c.elsewhere(u) || aside[u.kind] || u.kind == "" && (aside[c.Type] || !c.Package) {
			continue
		}
		list, p, what, why := a.questions(c, u, i)
		if why != "" {
			a.unaudited(what, why, c, i)
		}
		if len(list) > 0 {
			out.Audited++
		}
		told := map[string]bool{}
		for _, q := range list {
			for _, h := range a.ask(q) {
				if !told[h.ID] {
					told[h.ID] = true
					out.Hits = append(out.Hits, found(audit.NewHit(&h, p), c))
				}
			}
		}
	}
}

// aside are types of components and of package URLs that stand for a whole, whose parts have entries of their own.
var aside = map[string]bool{"application": true, "container": true, "firmware": true, "oci": true, "docker": true}

// ask asks once about a source package, of which there are many packages.
func (a *auditor) ask(q question) []advisory.Hit {
	key := strings.Join(append(slices.Clone(q.ecosystems), q.name, q.version), "\x00")
	hits, ok := a.asked[key]
	if !ok {
		hits = a.db.FindIn(q.ecosystems, q.name, q.version)
		a.asked[key] = hits
	}
	return hits
}

func (a *auditor) unaudited(what, why string, c *Component, i int) {
	out := &a.b.out.Audit
	k, ok := a.at[what+"\x00"+why]
	if !ok {
		k = len(out.Unaudited)
		a.at[what+"\x00"+why] = k
		out.Unaudited = append(out.Unaudited, Unaudited{Name: what, Reason: why, Examples: []Example{}})
	}
	n := &out.Unaudited[k]
	if n.Count++; len(n.Examples) < maxExamples {
		n.Examples = append(n.Examples, Example{c.title(), i})
	}
}

// found says where the component was found.
func found(hit audit.Hit, c *Component) audit.Hit {
	if len(c.Locations) > 0 {
		hit.File = c.Locations[0].Name
	}
	return hit
}

// maxUnlisted bounds how many crates are named that the index does not hold.
const maxUnlisted = 20

func (b *builder) yanked(opts Options, p audit.Package) error {
	out := &b.out.Audit
	hit, yanked, known, err := audit.Yanked(opts.Registry, opts.Advisories, p)
	switch {
	case err != nil:
		return err
	case yanked:
		out.Hits = append(out.Hits, found(hit, &b.out.Components[p.At]))
	case !known && len(b.out.Components[p.At].Hashes) > 0: // the workspace's own crates have no digest
		if out.UnlistedCount++; out.UnlistedCount <= maxUnlisted {
			out.Unlisted = append(out.Unlisted, p.Name+" "+p.Version)
		}
	}
	return nil
}

func foreign(qualifiers string) bool {
	for _, q := range elsewhere {
		if strings.Contains(qualifiers, q) && !strings.Contains(qualifiers, "crates.io") {
			return true
		}
	}
	return false
}

// maxWay bounds how long a way is that a finding shows.
const maxWay = 12

// ways tells of each hit the shortest way from the subject, as far as the document has relationships.
func (b *builder) ways() {
	if len(b.out.Audit.Hits) == 0 || len(b.out.Graph.Roots) == 0 {
		return
	}
	const unseen, top = -2, -1
	above := make([]int, len(b.out.Components))
	for i := range above {
		above[i] = unseen
	}
	queue := make([]int, 0, len(above))
	reach := func(from int, to []int) {
		for _, i := range to {
			if above[i] == unseen {
				above[i] = from
				queue = append(queue, i)
			}
		}
	}
	reach(top, b.out.Graph.Roots)
	for k := 0; k < len(queue); k++ {
		reach(queue[k], b.out.Components[queue[k]].Depends)
	}
	for h := range b.out.Audit.Hits {
		hit := &b.out.Audit.Hits[h]
		if above[hit.At] == unseen {
			continue
		}
		names := []string{}
		for i := hit.At; i != top; i = above[i] {
			names = append(names, b.out.Components[i].Name)
		}
		if name := b.out.Subject.Name; name != "" {
			names = append(names, name)
		}
		// That a subject holds a component is no way; that it depends on one is, and CycloneDX alone says nothing else.
		if len(names) < 2 || len(names) == 2 && b.out.Format != "cyclonedx" {
			continue
		}
		if len(names) > maxWay {
			names = append(append(names[:maxWay/2:maxWay/2], "..."), names[len(names)-maxWay/2:]...)
		}
		way := names[len(names)-1]
		for i := len(names) - 2; i >= 0; i-- {
			way += " > " + names[i]
		}
		hit.Paths = append(hit.Paths, way)
	}
}
