package auditable

import (
	"fmt"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/cvss"
)

// An Audit is what a database of advisories says about the crates of a program. It has the shape of the audit of a lock file.
type Audit struct {
	// Done is true where the run has a database.
	Done bool `json:"done"`
	// Hits are the advisories that crates are affected by, in the order of the crates.
	Hits []Hit `json:"hits"`
	// Forks are crates of another source than crates.io whose name and version an advisory is about.
	Forks []Hit `json:"forks"`
	// Indexed is true where the run has a registry's index, which knows the versions that were yanked.
	Indexed bool `json:"indexed"`
}

// A Hit is one advisory about one crate.
type Hit struct {
	// Name tells hits apart: "RUSTSEC-2023-0001 hyper@0.14.9".
	Name string `json:"name"`
	// Advisory is the database's id of the advisory, and Aliases are its names elsewhere: CVE-..., GHSA-....
	Advisory string   `json:"advisory"`
	Aliases  []string `json:"aliases"`
	// Kind is "vulnerability", "unmaintained", "unsound", "notice", or "yanked"; then Advisory is "".
	Kind string `json:"kind"`
	// Package and Version are the crate's, At is its index, and Source is its source.
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
	// Scope is "normal" for a crate that is in the program, and "build" for one that ran while it was built. Optional is false:
	// what was not chosen is not in the list.
	Scope    string `json:"scope"`
	Optional bool   `json:"optional"`
	// Paths is the shortest way from the program's crate, such as "ledger > hyper"; empty where there is none.
	Paths []string `json:"paths"`
	// Requirements is empty: a program names no manifests.
	Requirements []string `json:"requirements"`
}

// NewAudit asks the database and the registry's index about every crate; both may be nil.
func NewAudit(crates []Crate, db *advisory.Database, registry *advisory.Registry) (Audit, error) {
	a := Audit{Done: db != nil, Indexed: registry != nil, Hits: []Hit{}, Forks: []Hit{}}
	if !a.Done && !a.Indexed {
		return a, nil
	}
	ways := Paths(crates)
	for i := range crates {
		c := &crates[i]
		if c.Source == "local" {
			continue // the workspace's own code, and not what the registry has under that name
		}
		if a.Done {
			for _, h := range db.Find(advisory.CratesIO, c.Name, c.Version) {
				hit := newHit(&h, c, i, ways[i])
				if c.Source == "crates.io" {
					a.Hits = append(a.Hits, hit)
				} else {
					a.Forks = append(a.Forks, hit)
				}
			}
		}
		if a.Indexed && c.Source == "crates.io" {
			yanked, _, err := registry.Yanked(c.Name, c.Version)
			if err != nil {
				return a, fmt.Errorf("registry index: %w", err)
			}
			if yanked {
				hit := newHit(&advisory.Hit{Advisory: advisory.Advisory{Kind: "yanked", Title: "taken back by its publisher"}, Known: true}, c, i, ways[i])
				hit.Name = "yanked " + c.Name + "@" + c.Version
				a.Hits = append(a.Hits, hit)
			}
		}
	}
	return a, nil
}

func newHit(h *advisory.Hit, c *Crate, at int, way []string) Hit {
	hit := Hit{
		Name: h.ID + " " + c.Name + "@" + c.Version, Advisory: h.ID, Aliases: list(h.Aliases), Kind: h.Kind,
		Package: c.Name, Version: c.Version, Source: c.Source, At: at, Known: h.Known,
		Title: h.Title, URL: h.URL, Date: h.Date, CVSS: h.CVSS,
		Patched: list(h.Patched), Upgrade: h.Upgrade, Arch: list(h.Arch), OS: list(h.OS), Functions: list(h.Functions),
		Scope: "normal", Paths: []string{}, Requirements: []string{},
	}
	if c.Kind == "build" {
		hit.Scope = "build"
	}
	if len(way) > 0 {
		hit.Paths = append(hit.Paths, strings.Join(way, " > "))
	}
	hit.Score, hit.Severity = cvss.Rate(h.CVSS)
	if h.CVSS == "" {
		hit.Severity = cvss.Word(h.Rating)
	}
	return hit
}

func list(s []string) []string { return append([]string{}, s...) }
