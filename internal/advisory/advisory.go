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

// vulnerability is the kind of what is no mere information.
const vulnerability = "vulnerability"

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
	// Upstream are the vulnerabilities that an advisory of a distribution is about, which may be several: CVE-....
	Upstream []string `json:"upstream"`
	// Affected are the affected versions, as intervals in the order of an ecosystem ("" is Semantic Versioning's), and
	// those named one by one beside them.
	Affected []Interval `json:"affected"`
	Order    order      `json:"order"`
	Versions []string   `json:"versions"`
	// Undecidable is true where the versions are not given in an order that is known here.
	Undecidable bool `json:"undecidable"`
}

// Affects tells whether a version is affected; known is false where that cannot be told.
func (a *Advisory) Affects(version string) (affected, known bool) {
	p, ok := a.Order.at(version)
	return a.affects(version, p, ok)
}

func (a *Advisory) affects(version string, p point, ok bool) (affected, known bool) {
	switch {
	case slices.Contains(a.Versions, version):
		return true, true
	case !ok:
		return false, len(a.Affected) == 0 && !a.Undecidable
	case slices.ContainsFunc(a.Affected, p.in):
		return true, true
	case a.Order != "" && slices.ContainsFunc(a.Versions, func(v string) bool { q, ok := a.Order.at(v); return ok && q.compare(p.normal) == 0 }):
		return true, true
	}
	return false, !a.Undecidable
}

// upgrades are the versions at which an affected interval ends, so that they are the first repaired ones.
func (a *Advisory) upgrades() []string {
	var ends []string
	for _, i := range a.Affected {
		if i.To.Version != "" && !i.To.After && !(a.Order == "" && strings.HasSuffix(i.To.Version, "-0")) {
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
