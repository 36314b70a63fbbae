package sbom

import (
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/cvss"
)

// ecosystems are the types of package URLs by the names that OSV has for them
// (https://ossf.github.io/osv-schema/#defined-ecosystems), and how a namespace is joined to a name there.
var ecosystems = map[string]struct{ name, separator string }{
	"cargo": {advisory.CratesIO, "/"}, "npm": {"npm", "/"}, "golang": {"Go", "/"}, "pypi": {"PyPI", "/"}, "maven": {"Maven", ":"},
	"nuget": {"NuGet", "/"}, "gem": {"RubyGems", "/"}, "composer": {"Packagist", "/"}, "hex": {"Hex", "/"}, "pub": {"Pub", "/"},
}

// elsewhere are qualifiers that say that a package is not the registry's.
var elsewhere = []string{"vcs_url=", "repository_url=", "download_url="}

// audit asks the database about every package.
func (b *builder) audit(db *advisory.Database) {
	out := &b.out.Audit
	if db == nil {
		return
	}
	s := db.Source
	out.Done, out.Database = true, Database{Format: s.Format, Commit: s.Commit, Updated: s.Updated, Count: s.Count}
	for i := range b.out.Components {
		c := &b.out.Components[i]
		e, ok := ecosystems[c.Ecosystem]
		if !ok {
			continue
		}
		p, _ := parsePurl(c.Purl)
		version := first(p.version, c.Version)
		if version == "" || c.Ecosystem == "cargo" && foreign(p.qualifiers) {
			continue
		}
		if c.Ecosystem == "golang" {
			version = strings.TrimPrefix(version, "v")
		}
		name := p.name
		if p.namespace != "" {
			name = p.namespace + e.separator + name
		}
		out.Audited++
		for _, h := range db.Find(e.name, name, version) {
			out.Hits = append(out.Hits, newHit(&h, c, name, version, i))
		}
	}
}

func foreign(qualifiers string) bool {
	for _, q := range elsewhere {
		if strings.Contains(qualifiers, q) && !strings.Contains(qualifiers, "crates.io") {
			return true
		}
	}
	return false
}

func newHit(h *advisory.Hit, c *Component, name, version string, at int) Hit {
	hit := Hit{
		Name: h.ID + " " + name + "@" + version, Advisory: h.ID, Aliases: append([]string{}, h.Aliases...), Kind: h.Kind,
		Package: name, Version: version, Source: c.Purl, At: at, Known: h.Known, Title: h.Title, URL: h.URL, Date: h.Date,
		CVSS: h.CVSS, Patched: append([]string{}, h.Patched...), Upgrade: h.Upgrade,
	}
	hit.Score, hit.Severity = cvss.Rate(h.CVSS)
	if h.CVSS == "" {
		hit.Severity = cvss.Word(h.Rating)
	}
	return hit
}
