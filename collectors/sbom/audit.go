package sbom

import (
	"fmt"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
)

// ecosystems are the types of package URLs by the names that OSV has for them
// (https://ossf.github.io/osv-schema/#defined-ecosystems), and how a namespace is joined to a name there.
var ecosystems = map[string]struct{ name, separator string }{
	"cargo": {advisory.CratesIO, "/"}, "npm": {"npm", "/"}, "golang": {"Go", "/"}, "pypi": {"PyPI", "/"}, "maven": {"Maven", ":"},
	"nuget": {"NuGet", "/"}, "gem": {"RubyGems", "/"}, "composer": {"Packagist", "/"}, "hex": {"Hex", "/"}, "pub": {"Pub", "/"},
}

// elsewhere are qualifiers that say that a package is not the registry's.
var elsewhere = []string{"vcs_url=", "repository_url=", "download_url="}

// audit asks the database and the registry's index about every package.
func (b *builder) audit(opts Options) error {
	out := &b.out.Audit
	out.Done, out.Indexed, out.Database = opts.Advisories != nil, opts.Registry != nil, audit.Of(opts.Advisories)
	if !out.Done && !out.Indexed {
		return nil
	}
	for i := range b.out.Components {
		c := &b.out.Components[i]
		ecosystem, p, ok := asked(c, i)
		if !ok {
			continue
		}
		if out.Done {
			out.Audited++
			for _, h := range opts.Advisories.Find(ecosystem, p.Name, p.Version) {
				out.Hits = append(out.Hits, found(audit.NewHit(&h, p), c))
			}
		}
		if out.Indexed && c.Ecosystem == "cargo" {
			if err := b.yanked(opts.Registry, p); err != nil {
				return fmt.Errorf("registry index: %w", err)
			}
		}
	}
	b.ways()
	return nil
}

// found says where the component was found.
func found(hit audit.Hit, c *Component) audit.Hit {
	if len(c.Locations) > 0 {
		hit.File = c.Locations[0].Name
	}
	return hit
}

// asked is what the database is asked about a component; ok is false where it knows nothing of its kind.
func asked(c *Component, at int) (ecosystem string, p audit.Package, ok bool) {
	e, ok := ecosystems[c.Ecosystem]
	if !ok {
		return "", p, false
	}
	u, _ := parsePurl(c.Purl)
	version := first(u.version, c.Version)
	if version == "" || c.Local || c.Ecosystem == "cargo" && foreign(u.qualifiers) {
		return "", p, false
	}
	if c.Ecosystem == "golang" {
		version = strings.TrimPrefix(version, "v")
	}
	name := u.name
	if u.namespace != "" {
		name = u.namespace + e.separator + name
	}
	return e.name, audit.Package{Name: name, Version: version, Source: c.Purl, At: at}, true
}

// maxUnlisted bounds how many crates are named that the index does not hold.
const maxUnlisted = 20

func (b *builder) yanked(registry *advisory.Registry, p audit.Package) error {
	out := &b.out.Audit
	yanked, known, err := registry.Yanked(p.Name, p.Version)
	switch {
	case err != nil:
		return err
	case yanked:
		out.Hits = append(out.Hits, found(audit.Yanked(p), &b.out.Components[p.At]))
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
