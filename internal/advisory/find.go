package advisory

import (
	"slices"
	"strings"
)

// Find returns what a version of a package is affected by: advisories that stand, in the order of their
// names. Several databases' names for one matter count once, under RustSec's name if it has one.
func (d *Database) Find(ecosystem, name, version string) []Hit {
	return d.FindIn([]string{ecosystem}, name, version)
}

// FindIn is Find in several ecosystems at once, such as the modules of a distribution's release.
func (d *Database) FindIn(ecosystems []string, name, version string) []Hit {
	var all []Advisory
	for _, e := range ecosystems {
		all = append(all, d.About(e, name)...)
	}
	all = slices.DeleteFunc(all, func(a Advisory) bool { return a.Withdrawn != "" })
	s := search{all: all, version: version, points: map[order]*point{}, clear: map[string]bool{}}
	var hits []Hit
	for i := range all {
		p := s.point(all[i].Order)
		if affected, known := all[i].affects(version, *p, p.native != nil || p.normal != ""); affected || !known {
			hits = append(hits, Hit{Advisory: all[i], Known: known, Upgrade: s.upgrade(&all[i])})
		}
	}
	return merge(hits)
}

// A search is one question about the advisories of a package. A kernel has thousands of them, so what serves all is kept.
type search struct {
	all     []Advisory
	version string
	points  map[order]*point
	// ends are the repaired versions above the one that is asked about, and clear those that no vulnerability affects.
	ends  []string
	ended bool
	clear map[string]bool
}

// point is the version in an order; it is empty where it is no version there.
func (s *search) point(o order) *point {
	p := s.points[o]
	if p == nil {
		v, ok := o.at(s.version)
		if !ok {
			v = point{order: o}
		}
		p = &v
		s.points[o] = p
	}
	return p
}

// upgrade looks for the smallest version above that a leaves alone; best one that no other advisory of the package
// affects.
func (s *search) upgrade(a *Advisory) string {
	p := s.point(a.Order)
	if p.normal == "" {
		return ""
	}
	if !s.ended {
		s.ended, s.ends = true, s.above(p)
	}
	for _, end := range s.ends {
		own := func(o Advisory) bool { return o.ID == a.ID && o.Kind != vulnerability && !spares(&o, end) }
		if s.spared(end) && !slices.ContainsFunc(s.all, own) {
			return end
		}
	}
	return ""
}

// above are the repaired versions above a version, in its order.
func (s *search) above(p *point) []string {
	var ends []string
	for i := range s.all {
		if s.all[i].Order == p.order {
			ends = append(ends, s.all[i].upgrades()...)
		}
	}
	slices.Sort(ends)
	ends = slices.DeleteFunc(slices.Compact(ends), func(end string) bool { return p.compare(end) >= 0 })
	slices.SortStableFunc(ends, func(a, b string) int {
		at, _ := p.order.at(a)
		return at.compare(b)
	})
	return ends
}

// spared is true for a version that no vulnerability affects.
func (s *search) spared(version string) bool {
	spared, known := s.clear[version]
	if !known {
		spared = !slices.ContainsFunc(s.all, func(o Advisory) bool { return o.Kind == vulnerability && !spares(&o, version) })
		s.clear[version] = spared
	}
	return spared
}

func spares(a *Advisory, version string) bool {
	affected, known := a.Affects(version)
	return known && !affected
}

// merge leaves one hit for each matter: a record may name a package twice, two databases may know one matter by names of
// their own, and a distribution's advisory may be about vulnerabilities that all have records as well.
func merge(hits []Hit) []Hit {
	slices.SortStableFunc(hits, func(a, b Hit) int {
		if r := rank(a.ID) - rank(b.ID); r != 0 {
			return r
		}
		return strings.Compare(a.ID, b.ID)
	})
	kept := make([]Hit, 0, len(hits))
	byName := map[string]int{}
	for _, h := range hits {
		at, same := byName[h.ID]
		for _, alias := range h.Aliases {
			if i, ok := byName["\x00"+alias]; ok && !same && rank(h.ID) > 0 {
				at, same = i, true
			}
		}
		if same {
			kept[at].Known = kept[at].Known || h.Known
			continue
		}
		at = len(kept)
		byName[h.ID], byName["\x00"+h.ID] = at, at
		for _, alias := range h.Aliases {
			if _, taken := byName[alias]; !taken {
				byName[alias] = at
			}
		}
		kept = append(kept, h)
	}
	return withoutBundles(kept)
}

// withoutBundles leaves out advisories about several vulnerabilities, each of which has a record that is a hit, too.
func withoutBundles(hits []Hit) []Hit {
	if !slices.ContainsFunc(hits, func(h Hit) bool { return len(h.Upstream) > 1 }) {
		return hits
	}
	single := map[string]bool{}
	for _, h := range hits {
		if len(h.Upstream) > 1 {
			continue
		}
		for _, name := range slices.Concat([]string{h.ID}, h.Aliases, h.Upstream) {
			single[name] = true
		}
	}
	return slices.DeleteFunc(hits, func(h Hit) bool {
		return len(h.Upstream) > 1 && !slices.ContainsFunc(h.Upstream, func(name string) bool { return !single[name] })
	})
}

func rank(id string) int {
	if strings.HasPrefix(id, "RUSTSEC-") {
		return 0
	}
	return 1
}
