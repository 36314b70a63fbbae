package cargolock

import (
	"sync"

	"sallyport/internal/fact"
)

// locator translates the place of a fact into the place in the file that it was read from.
func (r *reader) locator(lock Lock) fact.Locator {
	tables := len(r.raw.Packages)
	at := func(i int) fact.Path {
		if i == tables {
			return fact.Path{"root"}
		}
		return fact.Path{"package", i}
	}
	dropped, spans := r.dropped, r.spans
	first := sync.OnceValue(func() map[any]int { return firsts(lock.Packages) })
	return func(p fact.Path) (fact.Span, bool) {
		if len(p) == 0 {
			return spans(p)
		}
		i, indexed := index(p, 1)
		switch p[0] {
		case "version", "count":
			return spans(fact.Path{"version"})
		case "packages":
			if len(p) == 1 {
				return spans(fact.Path{"package"})
			}
			if indexed && i < len(lock.Packages) {
				return inPackage(lock, spans, dropped[i], at(i), i, p[2:])
			}
		case "sources":
			if len(p) > 1 {
				if i, ok := first()[p[1]]; ok {
					return spans(join(at(i), "source"))
				}
			}
		case "roots":
			if indexed && i < len(lock.Roots) {
				return spans(at(lock.Roots[i]))
			}
		case "unchecked":
			if indexed && i < len(lock.Unchecked) {
				return spans(at(lock.Unchecked[i].At))
			}
		case "duplicates":
			if indexed && i < len(lock.Duplicates) {
				which := lock.Duplicates[i].Packages
				k, ok := index(p, 3)
				if !ok || k >= len(which) {
					k = len(which) - 1
				}
				return spans(at(which[k]))
			}
		}
		return fact.Span{}, false
	}
}

func index(p fact.Path, n int) (int, bool) {
	if n >= len(p) {
		return 0, false
	}
	i, ok := p[n].(int)
	return i, ok && i >= 0
}

// inPackage finds a part of a package. dropped are its dependencies in the file that are not facts.
func inPackage(lock Lock, spans fact.Locator, dropped []int, table fact.Path, i int, p fact.Path) (fact.Span, bool) {
	if len(p) == 0 {
		return spans(table)
	}
	switch p[0] {
	case "kind":
		return spans(join(table, "source"))
	case "dependencies":
		k, ok := index(p, 1)
		if !ok {
			break
		}
		for _, d := range dropped {
			if d <= k {
				k++
			}
		}
		return spans(join(table, "dependencies", k))
	case "checksum":
		if span, ok := spans(join(table, "checksum")); ok {
			return span, true
		}
		pkg := lock.Packages[i]
		return spans(fact.Path{"metadata", "checksum " + pkg.Name + " " + pkg.Version + " (" + pkg.Source + ")"})
	case "parents", "chain":
		return spans(table)
	}
	return spans(join(table, p[0]))
}

// firsts tells which package first names a source.
func firsts(packages []Package) map[any]int {
	first := map[any]int{}
	for i, p := range packages {
		if _, ok := first[p.Source]; !ok && p.Source != "" {
			first[p.Source] = i
		}
	}
	return first
}
