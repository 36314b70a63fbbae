// Package advisory reads databases of security advisories, and tells by which of them a version of a
// package is affected: RustSec's Markdown and OSV's JSON, from a directory, an archive or a git checkout.
package advisory

import (
	"slices"
	"strings"
)

// CratesIO is the ecosystem of Rust crates, by OSV's name for it
// (https://ossf.github.io/osv-schema/#defined-ecosystems).
const CratesIO = "crates.io"

// An Advisory is one advisory about one package.
type Advisory struct {
	// ID is the database's name for it: RUSTSEC-2023-0001, GHSA-....
	ID string `json:"id"`
	// Ecosystem and Package are what it is about, by OSV's names: "crates.io", "openssl".
	Ecosystem string `json:"ecosystem"`
	Package   string `json:"package"`
	// Kind is "vulnerability", or what RustSec calls informational: "unmaintained", "unsound", "notice".
	Kind string `json:"kind"`
	// Title is one line.
	Title string `json:"title"`
	// URL is where people read it.
	URL string `json:"url"`
	// Aliases are its names in other databases: CVE-..., GHSA-....
	Aliases []string `json:"aliases"`
	// Date is the day of publication, as 2006-01-02; "" where the database says none.
	Date string `json:"date"`
	// Withdrawn is the day on which it was taken back; "" for one that stands.
	Withdrawn string `json:"withdrawn"`
	// CVSS is the vector; "" without one.
	CVSS string `json:"cvss"`
	// Rating is the database's own word for the severity where it has no vector: "high"; mostly "".
	Rating string `json:"rating"`
	// Patched are the requirements that repaired versions meet, as RustSec writes them; empty for one
	// that no version repairs.
	Patched []string `json:"patched"`
	// Arch and OS are what is affected; empty for all.
	Arch []string `json:"arch"`
	OS   []string `json:"os"`
	// Functions are the affected paths, such as "foo::bar".
	Functions []string `json:"functions"`
	// Affected are the affected versions, as intervals, and those named one by one.
	Affected []Interval `json:"affected"`
	Versions []string   `json:"versions"`
	// Undecidable is true where the versions are not given in an order that is known here.
	Undecidable bool `json:"undecidable"`
}

// Affects tells whether a version is affected; known is false where that cannot be told.
func (a *Advisory) Affects(version string) (affected, known bool) {
	if slices.Contains(a.Versions, version) {
		return true, true
	}
	v, ok := normal(version)
	if !ok {
		return false, false
	}
	for _, i := range a.Affected {
		if i.contains(v) {
			return true, true
		}
	}
	return false, !a.Undecidable
}

// upgrades are the versions at which an affected interval ends, so that they are the first repaired ones.
func (a *Advisory) upgrades() []string {
	var ends []string
	for _, i := range a.Affected {
		if i.To.Version != "" && !i.To.After && !strings.HasSuffix(i.To.Version, "-0") {
			ends = append(ends, i.To.Version)
		}
	}
	return ends
}

// A Hit is an advisory that a version of a package is affected by.
type Hit struct {
	Advisory
	// Known is false where it cannot be told whether the version is affected.
	Known bool
	// Upgrade is the smallest version above it that neither this advisory nor another one of the package
	// affects; "" where the database knows none.
	Upgrade string
}

// Find returns what a version of a package is affected by: advisories that stand, in the order of their
// names. Several databases' names for one matter count once, under RustSec's name if it has one.
func (d *Database) Find(ecosystem, name, version string) []Hit {
	all := d.About(ecosystem, name)
	var hits []Hit
	for i := range all {
		a := &all[i]
		if a.Withdrawn != "" {
			continue
		}
		if affected, known := a.Affects(version); affected || !known {
			hits = append(hits, Hit{Advisory: *a, Known: known, Upgrade: upgrade(all, a, version)})
		}
	}
	return merge(hits)
}

// upgrade looks for the smallest version above v that a leaves alone; best one that no other advisory of
// the package affects.
func upgrade(all []Advisory, a *Advisory, version string) string {
	v, ok := normal(version)
	if !ok {
		return ""
	}
	var ends []string
	for i := range all {
		if all[i].Withdrawn == "" {
			ends = append(ends, all[i].upgrades()...)
		}
	}
	slices.SortFunc(ends, compare)
	for _, end := range ends {
		if compare(end, v) <= 0 {
			continue
		}
		clear := func(o Advisory) bool {
			affected, known := o.Affects(end)
			return o.Withdrawn != "" || known && !affected || o.Kind != "vulnerability" && o.ID != a.ID
		}
		if !slices.ContainsFunc(all, func(o Advisory) bool { return !clear(o) }) {
			return end
		}
	}
	return ""
}

// merge leaves one hit for each matter.
func merge(hits []Hit) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		if r := rank(a.ID) - rank(b.ID); r != 0 {
			return r
		}
		return strings.Compare(a.ID, b.ID)
	})
	var kept []Hit
	for _, h := range hits {
		same := func(k Hit) bool {
			return rank(h.ID) > 0 && (slices.Contains(k.Aliases, h.ID) || slices.Contains(h.Aliases, k.ID))
		}
		if i := slices.IndexFunc(kept, same); i >= 0 {
			kept[i].Known = kept[i].Known || h.Known
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

func rank(id string) int {
	if strings.HasPrefix(id, "RUSTSEC-") {
		return 0
	}
	return 1
}
