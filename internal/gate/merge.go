package gate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/finding"
)

// scans is the kind of the documents whose findings are evidence for what another document may show as well.
const scans = "scan"

// images and bills are kinds too. A bill of materials that has the path of an image is its catalogue.
const images, bills = "image", "sbom"

// maxAlike bounds how many findings that share a name are compared with one.
const maxAlike = 64

// merge makes one finding of those that say the same: that a package of one version in one subject is named by one
// advisory, whatever name each tool knows it by. The strictest finding stays, with its own fingerprint, and among
// equals the one about the artifact itself; the places of the others become related places, and the property "tools"
// tells who else says so. Only findings about reports of scanners are given up in favour of others, and two of
// one report only where they name the same advisory. What the catalogue of an image finds in the program that the image
// starts is given up in favour of what the image's own document says about it.
func merge(found []finding.Finding) []finding.Finding {
	var about []int
	for i := range found {
		if _, ok := found[i].Properties["advisory"]; ok && found[i].Properties["package"] != "" {
			about = append(about, i)
		}
	}
	if len(about) < 2 {
		return found
	}
	slices.SortStableFunc(about, func(a, b int) int { return strictness(&found[b]) - strictness(&found[a]) })
	m := merger{found: found, heads: map[string][]int{}, gone: map[int]bool{}}
	for _, i := range about {
		m.add(i)
	}
	kept := found[:0]
	for i := range found {
		if !m.gone[i] {
			kept = append(kept, found[i])
		}
	}
	return kept
}

// strictness is higher for what is harder to let pass, and then for what stands in the artifact itself.
func strictness(f *finding.Finding) int {
	n := int(f.Severity) * 4
	if f.Rule.NonNegotiable {
		n += 100
	}
	switch f.Document.Kind {
	case scans:
	case images:
		n += 2
	default:
		n++
	}
	return n
}

type merger struct {
	found []finding.Finding
	// heads are the findings that stay, by package, version and each name of their advisory.
	heads map[string][]int
	gone  map[int]bool
}

func (m *merger) add(i int) {
	f := &m.found[i]
	names := advisoryNames(f)
	if f.Document.Kind == scans || f.Document.Kind == bills {
		for n, name := range names {
			for _, h := range m.heads[key(f, name)] {
				head := &m.found[h]
				catalogue := head.Document.Kind == images && head.Document.Path == f.Document.Path
				if (f.Document.Kind == scans || catalogue) && m.same(head, f, n == 0) {
					if !catalogue {
						absorb(head, f)
					}
					m.gone[i] = true
					// What a report says of names does not make one of two where the gate itself knows them.
					if head.Document.Kind == scans {
						m.register(h, names)
					}
					return
				}
			}
		}
	}
	m.register(i, names)
}

func (m *merger) register(i int, names []string) {
	for _, name := range names {
		k := key(&m.found[i], name)
		if list := m.heads[k]; len(list) < maxAlike && !slices.Contains(list, i) {
			m.heads[k] = append(list, i)
		}
	}
}

// same tells whether two findings that share a name are about one subject. In one report, aliases do not make one of two.
func (m *merger) same(head, f *finding.Finding, byName bool) bool {
	if head.Document == f.Document || head.Document.Path == f.Document.Path {
		return byName && strings.EqualFold(head.Properties["advisory"], f.Properties["advisory"])
	}
	a, b := subjects(head), subjects(f)
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// subjects are the names of what a finding is about: a file, the digests of an image; none is not known.
func subjects(f *finding.Finding) []string {
	names := slices.DeleteFunc(strings.Split(f.Properties["subject"], ","), func(s string) bool { return s == "" })
	if f.Document.Kind != scans {
		names = append(names, f.Document.Path)
	}
	return names
}

func key(f *finding.Finding, name string) string {
	return f.Properties["package"] + "\x00" + f.Properties["version"] + "\x00" + name
}

// advisoryNames are the names of the advisory, its own first. A yanked package has none and goes by that.
func advisoryNames(f *finding.Finding) []string {
	names := []string{strings.ToUpper(cmp.Or(f.Properties["advisory"], f.Properties["kind"]))}
	for alias := range strings.SplitSeq(f.Properties["aliases"], ",") {
		if alias = strings.ToUpper(alias); alias != "" && !slices.Contains(names, alias) {
			names = append(names, alias)
		}
	}
	return names
}

func absorb(head, f *finding.Finding) {
	if head.Document.Kind != scans && head.Names == nil {
		head.Names = advisoryNames(head)
	}
	head.Properties = maps.Clone(head.Properties)
	add := func(key, separator string, values ...string) {
		list := slices.DeleteFunc(strings.Split(head.Properties[key], separator), func(s string) bool { return s == "" })
		for _, v := range values {
			if v != "" && !slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, v) }) {
				list = append(list, v)
			}
		}
		head.Properties[key] = strings.Join(list, separator)
	}
	if head.Document.Kind != scans {
		add("tools", ", ", "sallyport")
	}
	add("tools", ", ", f.Properties["tools"])
	if own := f.Properties["advisory"]; !strings.EqualFold(own, head.Properties["advisory"]) {
		add("aliases", ",", own)
	}
	for alias := range strings.SplitSeq(f.Properties["aliases"], ",") {
		if !strings.EqualFold(alias, head.Properties["advisory"]) {
			add("aliases", ",", alias)
		}
	}
	head.Related = append(slices.Clip(head.Related), f.Place)
}
