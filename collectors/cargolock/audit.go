package cargolock

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/cvss"
)

// An Audit is what a database of advisories says about the packages of a lock file.
type Audit struct {
	// Done is true where the run has a database.
	Done bool `json:"done"`
	// Database says what it is.
	Database Database `json:"database"`
	// Hits are the advisories that packages are affected by, in the order of the packages.
	Hits []Hit `json:"hits"`
	// Forks are packages of another source than crates.io whose name and version an advisory is about.
	// Whether the fork has the mistake, nobody here can tell.
	Forks []Hit `json:"forks"`
	// Indexed is true where the run has a registry's index, which knows the versions that were yanked.
	Indexed bool `json:"indexed"`
	// Unlisted are the first packages that the index does not hold, and UnlistedCount is how many there are.
	Unlisted      []string `json:"unlisted"`
	UnlistedCount int      `json:"unlisted_count"`
}

// A Database is where the advisories come from.
type Database struct {
	// Format is "rustsec", "osv" or "mixed".
	Format string `json:"format"`
	// Commit is the git commit of the database; "" where nothing names it.
	Commit string `json:"commit"`
	// Updated is when the database changed last, in RFC 3339.
	Updated string `json:"updated"`
	// Count is how many advisories it holds.
	Count int `json:"count"`
}

// A Hit is one advisory about one locked package.
type Hit struct {
	// Name tells hits apart: "RUSTSEC-2023-0001 hyper@0.14.9".
	Name string `json:"name"`
	// Advisory is the database's id of the advisory, and Aliases are its names elsewhere: CVE-..., GHSA-....
	Advisory string   `json:"advisory"`
	Aliases  []string `json:"aliases"`
	// Kind is "vulnerability", "unmaintained", "unsound", "notice", or "yanked" where the registry's index
	// says that the version was taken back; then Advisory is "".
	Kind string `json:"kind"`
	// Package and Version are the locked package, At is its index, and Source is the text of its source.
	Package string `json:"package"`
	Version string `json:"version"`
	Source  string `json:"source"`
	At      int    `json:"at"`
	// Known is false where it cannot be told whether the version is affected.
	Known bool `json:"known"`
	// Title, URL and Date are the advisory's.
	Title string `json:"title"`
	URL   string `json:"url"`
	Date  string `json:"date"`
	// CVSS is the vector, Score what it comes to, and Severity the word for that, or the database's own word;
	// "unknown" without either.
	CVSS     string  `json:"cvss"`
	Score    float64 `json:"score"`
	Severity string  `json:"severity"`
	// Patched are the requirements that repaired versions meet; empty where no version is repaired.
	Patched []string `json:"patched"`
	// Upgrade is the smallest version above this one that no vulnerability of the database affects.
	Upgrade string `json:"upgrade"`
	// Arch, OS and Functions are what is affected; empty for all.
	Arch      []string `json:"arch"`
	OS        []string `json:"os"`
	Functions []string `json:"functions"`
	// Scope is how the workspace needs the package: "normal", else "build", else "dev"; "unknown" where no
	// manifest tells. Optional is true where only optional dependencies lead to it.
	Scope    string `json:"scope"`
	Optional bool   `json:"optional"`
	// Paths are the shortest ways from members of the workspace to the package, such as "app > hyper > h2":
	// one for each member, the shortest first, at most five.
	Paths []string `json:"paths"`
	// Requirements are the lines of manifests on which the ways begin.
	Requirements []Requirement `json:"requirements"`
}

// A Requirement is a dependency in a manifest of the workspace.
type Requirement struct {
	// Name is the dependency's key.
	Name string `json:"name"`
	// Manifest is the Cargo.toml, relative to the root of the tree.
	Manifest string `json:"manifest"`
	// Scope is "normal", "build" or "dev".
	Scope string `json:"scope"`
	// Optional is true for a dependency that a feature switches on.
	Optional bool `json:"optional"`

	from place
}

// An auditor asks the database and the registry's index about every package.
type auditor struct {
	lock      *Lock
	workspace *workspace
	opts      Options
}

func (a *auditor) audit() error {
	out := &a.lock.Audit
	*out = Audit{Hits: []Hit{}, Forks: []Hit{}, Unlisted: []string{}}
	out.Done, out.Indexed = a.opts.Advisories != nil, a.opts.Registry != nil
	if out.Done {
		s := a.opts.Advisories.Source
		out.Database = Database{Format: s.Format, Commit: s.Commit, Updated: s.Updated, Count: s.Count}
	}
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
		hit := newHit(&h, p, i)
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
	yanked, known, err := a.opts.Registry.Yanked(p.Name, p.Version)
	out := &a.lock.Audit
	switch {
	case err != nil:
		return err
	case !known:
		if out.UnlistedCount++; out.UnlistedCount <= maxUnlisted {
			out.Unlisted = append(out.Unlisted, p.Name+" "+p.Version)
		}
	case yanked:
		hit := newHit(&advisory.Hit{Advisory: advisory.Advisory{Kind: "yanked", Title: "taken back by its publisher"}, Known: true}, p, i)
		hit.Name = "yanked " + p.Name + "@" + p.Version
		a.workspace.explain(a.lock, &hit)
		out.Hits = append(out.Hits, hit)
	}
	return nil
}

func newHit(h *advisory.Hit, p *Package, at int) Hit {
	hit := Hit{
		Name: h.ID + " " + p.Name + "@" + p.Version, Advisory: h.ID, Aliases: list(h.Aliases), Kind: h.Kind,
		Package: p.Name, Version: p.Version, Source: p.Source, At: at, Known: h.Known,
		Title: h.Title, URL: h.URL, Date: h.Date, CVSS: h.CVSS,
		Patched: list(h.Patched), Upgrade: h.Upgrade, Arch: list(h.Arch), OS: list(h.OS), Functions: list(h.Functions),
	}
	hit.Score, hit.Severity = cvss.Rate(h.CVSS)
	if h.CVSS == "" {
		hit.Severity = cvss.Word(h.Rating)
	}
	return hit
}

func list(s []string) []string { return append([]string{}, s...) }

// maxPaths bounds how many ways a finding shows.
const maxPaths = 5

// explain says how the workspace comes to need the package.
func (w *workspace) explain(lock *Lock, h *Hit) {
	h.Paths, h.Requirements, h.Scope = []string{}, []Requirement{}, "unknown"
	for _, way := range w.waysUp(lock.Packages, h.At) {
		names := make([]string, len(way))
		for i, at := range way {
			names[i] = lock.Packages[at].Name
		}
		h.Paths = append(h.Paths, written(names))
		if len(way) > 1 {
			for _, r := range w.requirements(lock, way[0], way[1]) {
				if !slices.ContainsFunc(h.Requirements, func(o Requirement) bool { return o.from == r.from }) {
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
	h.Scope, h.Optional = w.scope(lock, h.At)
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
