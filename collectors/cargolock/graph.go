package cargolock

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/advisory"
)

// A group is what is known of the packages that share a name, or a name and a version.
type group struct {
	first    int // index of one of them
	count    int
	path     int // index of one without a source
	paths    int
	versions int    // of a name: how many, counted up to 2
	version  string // of first
}

// register makes the packages known by name. A package without name or version, and one that comes
// twice, are mistakes.
func (r *reader) register() {
	for i := range r.all {
		p := &r.all[i]
		if p.Name == "" || p.Version == "" {
			r.fail(r.at(i), "a package without name or version", "write the file again with cargo")
			continue
		}
		if !advisory.Semantic(p.Version) {
			r.fail(join(r.at(i), "version"), fmt.Sprintf("%q is no version of a package", clip(p.Version)), "write the file again with cargo")
		}
		id := p.Name + " " + p.Version + " (" + p.Source + ")"
		if _, twice := r.ids[id]; twice {
			r.fail(r.at(i), fmt.Sprintf("package %s %s comes twice", clip(p.Name), clip(p.Version)), "keep one of the two")
			continue
		}
		r.ids[id] = i
		if loose := loosely(id); loose != id {
			r.ids[loose] = i
		}
		r.group(p.Name, i)
		r.group(p.Name+" "+p.Version, i)
	}
}

// loosely leaves out of a package's id what cargo does not compare: the commit of a git source, and the
// branch master, which versions 1 and 2 take for the default.
func loosely(id string) string {
	at := strings.Index(id, " (git+")
	if at < 0 {
		return id
	}
	source, _, _ := strings.Cut(strings.TrimSuffix(id[at:], ")"), "#")
	return id[:at] + strings.TrimSuffix(source, "?branch=master") + ")"
}

func (r *reader) group(key string, i int) {
	g := r.byName[key]
	if g == nil {
		g = &group{first: i, versions: 1, version: r.all[i].Version}
		r.byName[key] = g
	}
	g.count++
	if r.all[i].Version != g.version {
		g.versions = 2
	}
	if r.all[i].Source == "" {
		g.path = i
		g.paths++
	}
}

// lookup resolves a dependency as cargo does: "name", "name version" or "name version (source)". The short
// forms must leave one package; among several sources it is the one without any.
func (r *reader) lookup(id string) (int, bool) {
	if strings.HasSuffix(id, ")") {
		i, ok := r.ids[id]
		if !ok {
			i, ok = r.ids[loosely(id)]
		}
		return i, ok
	}
	g := r.byName[id]
	switch {
	case g == nil, g.versions > 1, g.paths > 1:
		return 0, false
	case g.paths == 1:
		return g.path, true
	}
	return g.first, g.count == 1
}

// maxChain bounds one chain in bytes, so that a long way down does not cost its square.
const maxChain = 200

// A forest holds for each package the one through which it was first reached.
type forest struct {
	packages []Package
	via      []int
}

const (
	unseen = -1
	top    = -2
)

// chains writes how each package is reached. The search goes breadth first, so the ways are shortest. It
// starts at all roots that nothing depends on together; what they do not reach starts ways of its own. It
// returns for each package the one before it.
func chains(packages []Package, roots []int) (via []int) {
	f := forest{packages, make([]int, len(packages))}
	for i := range f.via {
		f.via[i] = unseen
	}
	var tops []int
	for _, i := range roots {
		if len(packages[i].Parents) == 0 {
			tops = append(tops, i)
		}
	}
	f.grow(tops...)
	for _, i := range roots {
		f.grow(i)
	}
	for i := range packages {
		f.grow(i)
	}
	for i := range packages {
		packages[i].Chain = f.chain(i)
	}
	return f.via
}

func (f *forest) grow(from ...int) {
	var queue []int
	for _, i := range from {
		if f.via[i] == unseen {
			f.via[i] = top
			queue = append(queue, i)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, to := range f.packages[queue[0]].Dependencies {
			if f.via[to] == unseen {
				f.via[to] = queue[0]
				queue = append(queue, to)
			}
		}
	}
}

func (f *forest) chain(i int) string {
	names := []string{f.packages[i].Name}
	size := len(names[0])
	for i = f.via[i]; i != top; i = f.via[i] {
		name := f.packages[i].Name
		if size += len(" > ") + len(name); size > maxChain {
			names = append(names, "...")
			break
		}
		names = append(names, name)
	}
	slices.Reverse(names)
	return strings.Join(names, " > ")
}
