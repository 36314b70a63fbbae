package cargolock

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
)

// An Audit is what a database of advisories says about the packages of a lock file.
type Audit struct {
	// Done is true where the run has a database.
	Done bool `json:"done"`
	// Database says what it is.
	Database audit.Database `json:"database"`
	// Hits are the advisories that packages are affected by, in the order of the packages.
	Hits []audit.Hit `json:"hits"`
	// Forks are packages of another source than crates.io whose name and version an advisory is about.
	// Whether the fork has the mistake, nobody here can tell.
	Forks []audit.Hit `json:"forks"`
	// Indexed is true where the run has a registry's index, which knows the versions that were yanked.
	Indexed bool `json:"indexed"`
	// Unlisted are the first packages that the index does not hold, and UnlistedCount is how many there are.
	Unlisted      []string `json:"unlisted"`
	UnlistedCount int      `json:"unlisted_count"`
}

// An auditor asks the database and the registry's index about every package.
type auditor struct {
	lock      *Lock
	workspace *workspace
	opts      Options
}

func (a *auditor) audit() error {
	out := &a.lock.Audit
	*out = Audit{Hits: []audit.Hit{}, Forks: []audit.Hit{}, Unlisted: []string{}}
	out.Done, out.Indexed = a.opts.Advisories != nil, a.opts.Registry != nil
	out.Database = audit.Of(a.opts.Advisories)
	for i := range a.lock.Packages {
		p := &a.lock.Packages[i]
		if p.Kind == "path" {
			continue // the workspace's own code, and not what the registry has under that name
		}
		if out.Done {
			a.advisories(i, p)
		}
		if out.Indexed && a.lock.Sources[p.Source].CratesIO {
			if err := a.yanked(i, p); err != nil {
				return fmt.Errorf("registry index: %w", err)
			}
		}
	}
	return nil
}

func (a *auditor) advisories(i int, p *Package) {
	out := &a.lock.Audit
	for _, h := range a.opts.Advisories.Find(advisory.CratesIO, p.Name, p.Version) {
		hit := audit.NewHit(&h, asked(p, i))
		a.workspace.explain(a.lock, &hit)
		if a.lock.Sources[p.Source].CratesIO {
			out.Hits = append(out.Hits, hit)
		} else {
			out.Forks = append(out.Forks, hit)
		}
	}
}

// maxUnlisted bounds how many packages are named that the index does not hold.
const maxUnlisted = 20

func (a *auditor) yanked(i int, p *Package) error {
	hit, yanked, known, err := audit.Yanked(a.opts.Registry, a.opts.Advisories, asked(p, i))
	out := &a.lock.Audit
	switch {
	case err != nil:
		return err
	case !known:
		if out.UnlistedCount++; out.UnlistedCount <= maxUnlisted {
			out.Unlisted = append(out.Unlisted, p.Name+" "+p.Version)
		}
	case yanked:
		a.workspace.explain(a.lock, &hit)
		out.Hits = append(out.Hits, hit)
	}
	return nil
}

func asked(p *Package, at int) audit.Package {
	return audit.Package{Name: p.Name, Version: p.Version, Source: p.Source, At: at}
}

// maxPaths bounds how many ways a finding shows.
const maxPaths = 5

// explain says how the workspace comes to need the package.
func (w *workspace) explain(lock *Lock, h *audit.Hit) {
	for _, way := range w.waysUp(lock.Packages, h.At) {
		names := make([]string, len(way))
		for i, at := range way {
			names[i] = lock.Packages[at].Name
		}
		h.Paths = append(h.Paths, written(names))
		if len(way) > 1 {
			for _, r := range w.requirements(lock, way[0], way[1]) {
				if !slices.ContainsFunc(h.Requirements, func(o audit.Requirement) bool { return o.Place() == r.Place() }) {
					h.Requirements = append(h.Requirements, r)
				}
			}
		}
		if len(h.Paths) == maxPaths {
			break
		}
	}
	if len(h.Paths) == 0 {
		h.Paths = append(h.Paths, lock.Packages[h.At].Chain)
	}
	h.Scope, h.Optional, h.Built = w.scope(lock, h.At)
}

// waysUp are the shortest ways from roots to a package, the shortest first.
func (w *workspace) waysUp(packages []Package, at int) [][]int {
	down := map[int]int{at: -1} // the next package on the way down
	var ways [][]int
	for queue := []int{at}; len(queue) > 0 && w.budget > 0; queue = queue[1:] {
		i := queue[0]
		w.budget -= 1 + len(packages[i].Parents)
		if packages[i].Kind == "path" && i != at {
			way := []int{}
			for j := i; j >= 0; j = down[j] {
				way = append(way, j)
			}
			if ways = append(ways, way); len(ways) > 4*maxPaths {
				return ways
			}
			continue // a member above needs it through this one
		}
		for _, p := range packages[i].Parents {
			if _, seen := down[p]; !seen {
				down[p] = i
				queue = append(queue, p)
			}
		}
	}
	return ways
}

// written shows a way; a long one is cut in its middle.
func written(names []string) string {
	const most = 12
	if len(names) > most {
		names = slices.Concat(names[:most/2], []string{"..."}, names[len(names)-most/2:])
	}
	return strings.Join(names, " > ")
}
