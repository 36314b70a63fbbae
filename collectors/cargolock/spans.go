package cargolock

import (
	"sync"

	"sallyport/internal/audit"
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
		case "requirements":
			if indexed && i < len(lock.Requirements) {
				return locate(&lock.Requirements[i])
			}
		case "audit":
			return inAudit(&lock.Audit, p[1:], func(i int, p fact.Path) (fact.Span, bool) {
				return inPackage(lock, spans, dropped[i], at(i), i, p)
			})
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
	case "parents", "chain", "pulled":
		return spans(table)
	}
	return spans(join(table, p[0]))
}

// inAudit finds a part of the audit: the locked package, or the requirement in a manifest.
func inAudit(a *Audit, p fact.Path, inPackage func(int, fact.Path) (fact.Span, bool)) (fact.Span, bool) {
	i, ok := index(p, 1)
	if !ok {
		return fact.Span{}, false
	}
	hits := a.Hits
	if p[0] == "forks" {
		hits = a.Forks
	}
	if i >= len(hits) {
		return fact.Span{}, false
	}
	h := &hits[i]
	if k, ok := index(p, 3); ok && p[2] == "requirements" && k < len(h.Requirements) {
		return locate(&h.Requirements[k])
	}
	if len(p) == 3 && (p[2] == "version" || p[2] == "source") {
		return inPackage(h.At, p[2:])
	}
	return inPackage(h.At, fact.Path{"name"})
}

func locate(r *audit.Requirement) (fact.Span, bool) {
	from, _ := r.Place().(place)
	if from.manifest == nil {
		return fact.Span{}, false
	}
	for _, d := range from.manifest.deps {
		if d.at.String() == from.at {
			span, ok := from.manifest.spans(d.at)
			span.File = from.manifest.file
			return span, ok
		}
	}
	return fact.Span{}, false
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
