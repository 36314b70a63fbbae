package sbom

import (
	"slices"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
)

// registriesOf are the types of package URLs by the names that OSV has for them
// (https://ossf.github.io/osv-schema/#defined-ecosystems), and how a namespace is joined to a name there.
var registriesOf = map[string]struct{ name, separator string }{
	"cargo": {advisory.CratesIO, "/"}, "npm": {"npm", "/"}, "golang": {"Go", "/"}, "pypi": {"PyPI", "/"}, "maven": {"Maven", ":"},
	"nuget": {"NuGet", "/"}, "gem": {"RubyGems", "/"}, "composer": {"Packagist", "/"}, "hex": {"Hex", "/"}, "pub": {"Pub", "/"},
	"cran": {"CRAN", "/"}, "hackage": {"Hackage", "/"}, "swift": {"SwiftURL", "/"}, "julia": {"Julia", "/"}, "bitnami": {"Bitnami", "/"},
	"conan": {"ConanCenter", "/"}, "github": {"GitHub Actions", "/"},
}

// A question is what the database is asked about a component.
type question struct {
	ecosystems    []string
	name, version string
}

// An auditor asks a database about components.
type auditor struct {
	b  *builder
	db *advisory.Database
	// there are the database's ecosystems, and system is the operating system that the document is about.
	there  []string
	system distro
	// joined are the ecosystems of each release that has been asked for.
	joined map[distro][]string
	// unnamed is true where no package of the distribution names the source that it is built from.
	unnamed bool
	asked   map[string][]advisory.Hit
	at      map[string]int // of the entries of Unaudited
}

// why a component was not compared.
const (
	noPurl    = "they have no package URL"
	noVersion = "they have no version"
	noType    = "databases of advisories have no packages of this type"
	noRelease = "neither they nor the document tell the release of the distribution"
	noRecords = "the database holds no advisory about it"
	noFamily  = "databases of advisories do not have this distribution"
	noSource  = "advisories name source packages, and the document names none"
)

// questions are what the database is asked about a component, and p is the package that findings name. Where it cannot be
// asked, why says so, and of what.
func (a *auditor) questions(c *Component, u packageURL, i int) (list []question, p audit.Package, what, why string) {
	p = audit.Package{Name: c.Name, Version: first(u.version, c.Version), Source: c.Purl, At: i}
	switch {
	case u.kind == "":
		return nil, p, "packages", noPurl
	case p.Version == "":
		return nil, p, u.kind, noVersion
	case systems[u.kind]:
		p.Name = u.name
		p.Version = epoch(p.Version, u)
		return a.ofSystem(c, u, p)
	}
	r, ok := registriesOf[u.kind]
	if !ok {
		return nil, p, u.kind, noType
	}
	if !slices.Contains(a.there, r.name) {
		return nil, p, r.name, noRecords
	}
	if p.Name = u.name; u.namespace != "" {
		p.Name = u.namespace + r.separator + u.name
	}
	switch u.kind {
	case "golang":
		p.Version = strings.TrimPrefix(strings.TrimPrefix(p.Version, "go"), "v")
		if major, _, _ := strings.Cut(u.subpath, "/"); majorOfModule(major) {
			p.Name += "/" + major
		}
	case "swift", "julia", "github", "composer", "hex":
		p.Version = strings.TrimPrefix(p.Version, "v")
	}
	return []question{{[]string{r.name}, p.Name, p.Version}}, p, "", ""
}

// majorOfModule tells of a part of a module's path that some tools leave to the subpath: v2.
func majorOfModule(text string) bool {
	return len(text) > 1 && text[0] == 'v' && strings.Trim(text[1:], "0123456789") == ""
}

// ofSystem asks about a package of a distribution: by the source package that it is built from where advisories go by that.
func (a *auditor) ofSystem(c *Component, u packageURL, p audit.Package) (list []question, _ audit.Package, what, why string) {
	d := releaseOf(u.qualifier("distro"), u.namespace)
	if d.version == "" && (a.system.id == d.id || d.id == "") {
		d = a.system
	}
	names, f, supported := a.join(d)
	switch {
	case !supported:
		return nil, p, first(d.String(), u.kind), noFamily
	case len(names) == 0 && d.version == "" && f.suffixes != nil:
		return nil, p, f.name, noRelease
	case len(names) == 0:
		return nil, p, strings.TrimSpace(f.name + " " + d.version), noRecords
	}
	if f.binaries || c.Source == "" {
		list = append(list, question{names, p.Name, p.Version})
	}
	if f.sources && c.Source != "" && (c.Source != p.Name || !f.binaries) {
		list = append(list, question{names, c.Source, first(c.SourceVersion, p.Version)})
	}
	if f.sources && a.unnamed {
		return list, p, strings.TrimSpace(f.name + " " + d.version), noSource
	}
	return list, p, "", ""
}

func (a *auditor) join(d distro) ([]string, family, bool) {
	f, supported := families[d.id]
	if !supported {
		return nil, f, false
	}
	names, ok := a.joined[d]
	if !ok {
		names, _, _ = ecosystemsOf(d, a.there)
		a.joined[d] = names
	}
	return names, f, true
}

// epoch puts the qualifier of that name before a version that does not have it.
func epoch(version string, u packageURL) string {
	if e := u.qualifier("epoch"); e != "" && e != "0" && !strings.Contains(version, ":") {
		return e + ":" + version
	}
	return version
}

// sourceOf is the source package that a package URL names, as syft writes it: upstream=openssl, upstream=openssl@3.0.11-1 and
// upstream=openssl-3.0.7-16.el9.src.rpm; others write source and sourceversion.
func sourceOf(u packageURL) (name, version string) {
	name = u.qualifier("upstream")
	if name == "" {
		return u.qualifier("source"), u.qualifier("sourceversion")
	}
	if rest, ok := strings.CutSuffix(name, ".src.rpm"); ok {
		parts := strings.Split(rest, "-")
		if n := len(parts); n > 2 {
			return strings.Join(parts[:n-2], "-"), epoch(parts[n-2]+"-"+parts[n-1], u)
		}
		return rest, ""
	}
	name, version, _ = strings.Cut(name, "@")
	return name, version
}

// cycloneSource is what Trivy writes into properties.
func cycloneSource(c *Component, m map[string]any) {
	const prefix = "aquasecurity:trivy:Src"
	found := map[string]string{}
	for _, p := range list(m, "properties") {
		p, _ := p.(map[string]any)
		if what, ok := strings.CutPrefix(text(p, "name"), prefix); ok {
			found[what] = text(p, "value")
		}
	}
	if c.Source = found["Name"]; c.Source == "" || found["Version"] == "" {
		return
	}
	c.SourceVersion = found["Version"]
	if found["Release"] != "" {
		c.SourceVersion += "-" + found["Release"]
	}
	if e := found["Epoch"]; e != "" && e != "0" {
		c.SourceVersion = e + ":" + c.SourceVersion
	}
}

// spdxSource is what Trivy writes as SPDX: "built package from: glibc 2.36-9".
func spdxSource(c *Component, info string) {
	if rest, ok := strings.CutPrefix(info, "built package from: "); ok {
		c.Source, c.SourceVersion, _ = strings.Cut(strings.TrimSpace(rest), " ")
	}
}
