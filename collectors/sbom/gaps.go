package sbom

import (
	"slices"
	"strings"

	"sallyport/internal/spdx"
)

// maxExamples bounds how many components a gap names.
const maxExamples = 5

// note counts a component that lacks something.
func (g *Gap) note(c *Component, at int) {
	g.Count++
	if len(g.Examples) < maxExamples {
		g.Examples = append(g.Examples, Example{c.title(), at})
	}
}

func (c *Component) title() string {
	switch {
	case c.Name == "":
		return first(c.Purl, c.Ref, "a component without a name")
	case c.Version == "":
		return c.Name
	}
	return c.Name + " " + c.Version
}

// registries are the ecosystems whose packages are files with a digest, which tools know.
var registries = map[string]bool{
	"cargo": true, "npm": true, "pypi": true, "maven": true, "nuget": true, "gem": true, "composer": true, "hex": true,
	"pub": true, "golang": true, "conan": true,
}

// gaps counts what is missing.
func (b *builder) gaps() {
	o := b.out
	supplier, name, version, identifier := Gap{Name: "supplier"}, Gap{Name: "name"}, Gap{Name: "version"}, Gap{Name: "identifier"}
	for i := range o.Components {
		c := &o.Components[i]
		o.Counts.Components++
		if c.Type == "file" {
			o.Counts.Files++
		}
		if !c.Package {
			continue
		}
		o.Counts.Packages++
		if c.Supplier == "" {
			supplier.note(c, i)
		}
		if c.Name == "" {
			name.note(c, i)
		}
		if c.Version == "" {
			version.note(c, i)
		}
		if !b.identified[i] {
			identifier.note(c, i)
		}
		if len(c.Hashes) == 0 && registries[c.Ecosystem] && c.Type != "application" && !foreign(c.Purl) {
			o.Unhashed.note(c, i)
		}
		if c.Ecosystem == "cargo" {
			o.Crates = append(o.Crates, Crate{c.Name, c.Version, i})
		}
	}
	o.Unhashed.Of = o.Counts.Packages
	for _, g := range []Gap{supplier, name, version, identifier} {
		if g.Count > 0 {
			g.Of = o.Counts.Packages
			o.NTIA.Missing = append(o.NTIA.Missing, g)
		}
	}
	for _, e := range []struct {
		name    string
		missing bool
	}{
		{"relationships", o.Counts.Packages > 0 && o.Graph.Edges == 0 && !b.related},
		{"author", len(o.Authors) == 0 && len(o.Tools) == 0},
		{"timestamp", o.Created == ""},
	} {
		if e.missing {
			o.NTIA.Missing = append(o.NTIA.Missing, Gap{Name: e.name, Count: 1, Of: 1, Examples: []Example{}})
		}
	}
}

// licenses gathers the distinct expressions.
func (b *builder) licenses() {
	o := b.out
	at := map[string]int{}
	for i := range o.Components {
		c := &o.Components[i]
		if !c.Package {
			continue
		}
		k, ok := at[c.License]
		if !ok {
			k = len(o.Licenses)
			at[c.License] = k
			l := License{Name: c.License, Choices: [][]string{}, Examples: []Example{}}
			if choices, ok := spdx.Choices(c.License); ok {
				l.Known, l.Choices = true, choices
			}
			o.Licenses = append(o.Licenses, l)
		}
		l := &o.Licenses[k]
		l.Count++
		if len(l.Examples) < maxExamples {
			l.Examples = append(l.Examples, Example{c.title(), i})
		}
	}
	slices.SortFunc(o.Licenses, func(a, b License) int { return strings.Compare(a.Name, b.Name) })
}

// systems are the ecosystems of operating systems.
var systems = map[string]bool{"deb": true, "apk": true, "rpm": true, "alpm": true}

var (
	shells = map[string]bool{
		"bash": true, "dash": true, "zsh": true, "ksh": true, "mksh": true, "tcsh": true, "csh": true, "fish": true, "ash": true,
		"busybox": true, "busybox-binsh": true, "toybox": true, "bash-static": true, "busybox-static": true, "zsh-static": true,
	}
	managers = map[string]bool{
		"apt": true, "apt-get": true, "aptitude": true, "dpkg": true, "apk-tools": true, "rpm": true, "yum": true, "dnf": true, "dnf5": true,
		"microdnf": true, "tdnf": true, "zypper": true, "pacman": true, "opkg": true,
	}
)

// programs finds shells and package managers among the packages of an operating system.
func (b *builder) programs() {
	o := b.out
	for i := range o.Components {
		c := &o.Components[i]
		if !systems[c.Ecosystem] {
			continue
		}
		name := c.Name
		if p, ok := parsePurl(c.Purl); ok {
			name = p.name
		}
		if shells[name] {
			o.Shells = append(o.Shells, Example{c.title(), i})
		}
		if managers[name] {
			o.Managers = append(o.Managers, Example{c.title(), i})
		}
	}
}
