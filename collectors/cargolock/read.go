package cargolock

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/audit"
	"sallyport/internal/fact"
	"sallyport/internal/secret"
)

// maxErrors bounds how many mistakes of one file are told: a hostile file can hold one in every line.
const maxErrors = 20

// A reader turns the shape of the file into facts.
type reader struct {
	file    string
	raw     *fileLock
	spans   fact.Locator
	all     []filePackage
	ids     map[string]int    // by name, version and source
	byName  map[string]*group // by name, and by name and version
	dropped map[int][]int     // dependencies that name no package, by package
	errs    []error
	secrets []string
	via     []int // by package, the one before it in its chain
}

func newReader(file string, raw *fileLock, spans fact.Locator) *reader {
	r := &reader{
		file: file, raw: raw, spans: spans, all: raw.Packages, dropped: map[int][]int{},
		ids: make(map[string]int, len(raw.Packages)), byName: make(map[string]*group, len(raw.Packages)),
	}
	if raw.Root.Name != "" {
		r.all = append(r.all[:len(r.all):len(r.all)], raw.Root)
	}
	return r
}

// read makes the facts; known is false where the format itself is not known.
func (r *reader) read() (lock Lock, known bool) {
	version, ok := r.version()
	if !ok {
		r.fail(fact.Path{"version"}, fmt.Sprintf("lock file version %d is not known", r.raw.Version),
			"write the file with a cargo whose format is 3 or 4")
		return lock, false
	}
	r.register()
	lock = Lock{
		Path: r.file, Version: version, Count: len(r.all), Packages: make([]Package, len(r.all)),
		Sources: map[string]Source{}, Roots: []int{}, Duplicates: []Duplicate{}, Unchecked: []Unchecked{},
		Requirements: []audit.Requirement{},
	}
	sums := r.checksums(version)
	r.packages(&lock, sums)
	r.edges(&lock)
	r.via = chains(lock.Packages, lock.Roots)
	lock.Duplicates = duplicates(lock.Packages)
	written := version >= 3 || slices.ContainsFunc(lock.Packages, func(p Package) bool { return p.Checksum != "" })
	for i, p := range lock.Packages {
		if written && p.Kind == "registry" && p.Checksum == "" {
			lock.Unchecked = append(lock.Unchecked, Unchecked{p.Name, p.Version, p.Chain, i})
		}
	}
	return lock, true
}

// version tells the two versions that do not name themselves apart: version 1 keeps checksums under
// [metadata] and writes each dependency in full.
func (r *reader) version() (version int, ok bool) {
	if v := r.raw.Version; v != 0 {
		return v, v == 3 || v == 4
	}
	full := r.raw.Root.Name != ""
	for key := range r.raw.Metadata {
		full = full || strings.HasPrefix(key, "checksum ")
	}
	for i := range r.all {
		if r.all[i].Checksum != "" {
			return 2, true
		}
		for _, d := range r.all[i].Dependencies {
			full = full || strings.HasSuffix(d, ")")
		}
	}
	if full {
		return 1, true
	}
	return 2, true
}

// checksums are those that version 1 keeps apart, by the text that names the package.
func (r *reader) checksums(version int) map[string]string {
	sums := map[string]string{}
	for key, sum := range r.raw.Metadata {
		if id, ok := strings.CutPrefix(key, "checksum "); ok && version == 1 && sum != "<none>" {
			sums[id] = sum
		}
	}
	return sums
}

func (r *reader) packages(lock *Lock, sums map[string]string) {
	masked := map[string]string{}
	for i := range r.all {
		p := &r.all[i]
		key, ok := masked[p.Source]
		if !ok {
			key = clean(p.Source)
			masked[p.Source] = key
			r.secrets = append(r.secrets, secret.Values("url", p.Source)...)
		}
		source, ok := lock.Sources[key]
		if !ok && p.Source != "" {
			source = readSource(p.Source, lock.Version >= 4)
			lock.Sources[key] = source
			if source.Kind == "unknown" {
				r.fail(join(r.at(i), "source"), fmt.Sprintf("the source of %s is of no known kind", p.Name), "write the file again with cargo")
			}
		}
		kind := source.Kind
		if p.Source == "" {
			kind = "path"
			lock.Roots = append(lock.Roots, i)
		}
		sum := p.Checksum
		if len(sums) > 0 && sum == "" {
			sum = sums[p.Name+" "+p.Version+" ("+p.Source+")"]
		}
		lock.Packages[i] = Package{
			Name: p.Name, Version: p.Version, Kind: kind, Source: key, Checksum: sum,
			Dependencies: []int{}, Parents: []int{},
		}
	}
}

// edges resolves the dependencies of every package.
func (r *reader) edges(lock *Lock) {
	for i := range r.all {
		for k, id := range r.all[i].Dependencies {
			to, ok := r.lookup(id)
			if !ok {
				r.dropped[i] = append(r.dropped[i], k)
				r.fail(join(r.at(i), "dependencies", k), fmt.Sprintf("%s depends on %q, which is not exactly one of the locked packages",
					r.all[i].Name, clip(id)), "run cargo metadata, which completes the file")
				continue
			}
			p := &lock.Packages[i]
			p.Dependencies = append(p.Dependencies, to)
			if parents := &lock.Packages[to].Parents; len(*parents) == 0 || (*parents)[len(*parents)-1] != i {
				*parents = append(*parents, i)
			}
		}
	}
}

func duplicates(packages []Package) []Duplicate {
	byName := make(map[string][]int, len(packages))
	for i := range packages {
		byName[packages[i].Name] = append(byName[packages[i].Name], i)
	}
	found := []Duplicate{}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		if at := byName[name]; len(at) > 1 {
			d := Duplicate{Name: name, Versions: make([]string, len(at)), Packages: at}
			for k, i := range at {
				d.Versions[k] = packages[i].Version
			}
			found = append(found, d)
		}
	}
	return found
}

// at is where a package stands in the file.
func (r *reader) at(i int) fact.Path {
	if i == len(r.raw.Packages) {
		return fact.Path{"root"}
	}
	return fact.Path{"package", i}
}

func (r *reader) fail(at fact.Path, msg, hint string) {
	switch {
	case len(r.errs) < maxErrors:
		doc := fact.Document{Spans: r.spans}
		span := doc.Locate(at)
		r.errs = append(r.errs, &fact.Error{File: r.file, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
	case len(r.errs) == maxErrors:
		r.errs = append(r.errs, &fact.Error{File: r.file, Msg: "further mistakes are not told", Hint: "write the file again with cargo"})
	}
}

func join(p fact.Path, steps ...any) fact.Path { return append(p[:len(p):len(p)], steps...) }

// clip keeps a message short whatever the file holds.
func clip(s string) string {
	if r := []rune(s); len(r) > 100 {
		return string(r[:100]) + "..."
	}
	return s
}
