// Package audit is what a database of advisories says about packages, in one shape for lock files, programs and bills of
// materials.
package audit

import (
	"slices"

	"sallyport/internal/advisory"
	"sallyport/internal/cvss"
)

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

// Of describes a database; nil is none.
func Of(db *advisory.Database) Database {
	if db == nil {
		return Database{}
	}
	s := db.Source
	return Database{Format: s.Format, Commit: s.Commit, Updated: s.Updated, Count: s.Count}
}

// A Hit is one advisory about one package.
type Hit struct {
	// Name tells hits apart: "RUSTSEC-2023-0001 hyper@0.14.9".
	Name string `json:"name"`
	// Advisory is the database's id of the advisory, and Aliases are its names elsewhere: CVE-..., GHSA-....
	Advisory string   `json:"advisory"`
	Aliases  []string `json:"aliases"`
	// Kind is "vulnerability", "unmaintained", "unsound", "notice", or "yanked" where the registry's index
	// says that the version was taken back; then Advisory is "".
	Kind string `json:"kind"`
	// Package and Version are the package's, At is its index in the document, and Source says where it is from: the
	// source in a lock file or a program, the package URL in a bill of materials.
	Package string `json:"package"`
	Version string `json:"version"`
	Source  string `json:"source"`
	At      int    `json:"at"`
	// File is where the package was found, as far as a bill of materials says; else "".
	File string `json:"file"`
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
	// Scope is how the package is needed: "normal", else "build", else "dev"; "unknown" where nothing tells, as in a bill
	// of materials. Optional is true where only optional dependencies lead to it.
	Scope    string `json:"scope"`
	Optional bool   `json:"optional"`
	// Built is "yes" for what a program holds or was built with, and for what cargo metadata resolves; "no" for a locked package
	// that no feature and no target of its output needs; "unknown" where nothing tells.
	Built string `json:"built"`
	// Paths are the shortest ways to the package, such as "app > hyper > h2": from each member of a workspace, at most five,
	// from the program's crate, or from the subject of a bill of materials.
	Paths []string `json:"paths"`
	// Requirements are the lines of manifests on which the ways begin; lock files alone have them.
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

	from any
}

// Placed is the requirement with the place that it was read from.
func (r Requirement) Placed(from any) Requirement { r.from = from; return r }

// Place is what Placed got.
func (r *Requirement) Place() any { return r.from }

// A Package is one that is asked about.
type Package struct {
	Name, Version, Source string
	// At is its index in the document.
	At int
}

// NewHit is the fact that an advisory makes about a package.
func NewHit(h *advisory.Hit, p Package) Hit {
	hit := Hit{
		Name: h.ID + " " + p.Name + "@" + p.Version, Advisory: h.ID, Aliases: names(h), Kind: h.Kind,
		Package: p.Name, Version: p.Version, Source: p.Source, At: p.At, Known: h.Known,
		Title: h.Title, URL: h.URL, Date: h.Date, CVSS: h.CVSS,
		Patched: list(h.Patched), Upgrade: h.Upgrade, Arch: list(h.Arch), OS: list(h.OS), Functions: list(h.Functions),
		Scope: "unknown", Built: "unknown", Paths: []string{}, Requirements: []Requirement{},
	}
	hit.Score, hit.Severity = cvss.Rate(h.CVSS)
	if h.CVSS == "" {
		hit.Severity = cvss.Word(h.Rating)
	}
	return hit
}

// names are an advisory's names elsewhere: also those of the vulnerabilities that an advisory of a distribution is about.
func names(h *advisory.Hit) []string {
	all := list(h.Aliases)
	for _, name := range h.Upstream {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// Yanked asks the registry's index whether a crate's version was taken back, and is the fact that it was; known is false where
// the index does not hold the version. The upgrade is the next version that was not, and that no vulnerability of the
// database affects; db may be nil.
func Yanked(r *advisory.Registry, db *advisory.Database, p Package) (hit Hit, yanked, known bool, err error) {
	yanked, known, err = r.Yanked(p.Name, p.Version)
	if err != nil || !yanked {
		return Hit{}, false, known, err
	}
	above, err := r.Above(p.Name, p.Version)
	h := &advisory.Hit{Advisory: advisory.Advisory{Kind: "yanked", Title: "taken back by its publisher"}, Known: true}
	for _, v := range above {
		if db == nil || !vulnerable(db, p.Name, v) {
			h.Upgrade = v
			break
		}
	}
	hit = NewHit(h, p)
	hit.Name = "yanked " + p.Name + "@" + p.Version
	return hit, true, true, err
}

func vulnerable(db *advisory.Database, name, version string) bool {
	return slices.ContainsFunc(db.Find(advisory.CratesIO, name, version), func(h advisory.Hit) bool { return h.Kind == "vulnerability" })
}

func list(s []string) []string { return append([]string{}, s...) }
