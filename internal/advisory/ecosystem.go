package advisory

import (
	"bytes"
	"regexp"
	"sort"
	"strings"
)

// Ecosystems are those that the database has advisories about, sorted: "crates.io", "Debian:12".
func (d *Database) Ecosystems() []string {
	var all []string
	start := func(at int) int { return bytes.LastIndexByte(d.lines[:at], '\n') + 1 }
	for rest := 0; rest < len(d.lines); {
		name, _, ok := bytes.Cut(head(d.lines[rest:]), []byte{1})
		if !ok {
			return all
		}
		all = append(all, string(name))
		next := append(bytes.Clone(name), 2) // behind all lines of the ecosystem, which go on with 1
		at := rest + sort.Search(len(d.lines)-rest, func(i int) bool { return bytes.Compare(head(d.lines[start(rest+i):]), next) >= 0 })
		if at >= len(d.lines) {
			return all
		}
		rest = start(at)
	}
	return all
}

var pythonSeparators = regexp.MustCompile(`[-_.]+`)

// canonical is the one spelling of a package's name, where the ecosystem knows several.
func canonical(ecosystem, name string) string {
	switch ecosystem {
	case "PyPI": // https://packaging.python.org/en/latest/specifications/name-normalization/
		return strings.ToLower(pythonSeparators.ReplaceAllString(name, "-"))
	case "NuGet", "Packagist", "GitHub Actions":
		return strings.ToLower(name)
	}
	return name
}
