package sbom

import "sallyport/internal/audit"

// An SBOM is a bill of materials in one shape for all formats.
type SBOM struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Format is "cyclonedx", "spdx" or "syft", Encoding "json", "xml" or "tag-value", and Version the specification's.
	Format   string `json:"format"`
	Encoding string `json:"encoding"`
	Version  string `json:"version"`
	// ID is CycloneDX's serial number or SPDX's document namespace; it may be empty.
	ID string `json:"id"`
	// Created is when the document was made, in RFC 3339 and UTC; "" where it does not say. The time stamp of the
	// file is not used: a checkout sets it anew.
	Created string `json:"created"`
	// Tools made the document.
	Tools []Tool `json:"tools"`
	// Authors are the people and organisations that made it, without the tools.
	Authors []string `json:"authors"`
	// Subject is what the document is about.
	Subject Subject `json:"subject"`
	// Components are in the order of the file, nested ones after the one that holds them. The subject is none of them.
	Components []Component `json:"components"`
	Graph      Graph       `json:"graph"`
	Counts     Counts      `json:"counts"`
	NTIA       NTIA        `json:"ntia"`
	// Unhashed are the packages of a registry without a digest.
	Unhashed Gap `json:"unhashed"`
	// Licenses are the distinct license expressions of the packages, sorted; packages without one are under "".
	Licenses []License `json:"licenses"`
	// Crates are the components of crates.io, or of whatever registry cargo has them from.
	Crates []Crate `json:"crates"`
	// Shells and Managers are packages of an operating system that are shells and package managers.
	Shells   []Example `json:"shells"`
	Managers []Example `json:"managers"`
	Audit    Audit     `json:"audit"`
	// Catalogued is true for what this run had listed of an image (check --catalog); Path is then the image's. It is no
	// evidence that somebody else brings.
	Catalogued bool `json:"catalogued"`
	// Unread are the first files of which the tool says that it could not read them, and UnreadCount is how many there are.
	// Syft's own format alone says it.
	Unread      []Unread `json:"unread"`
	UnreadCount int      `json:"unread_count"`
}

// An Unread is a file whose packages may be missing.
type Unread struct {
	// Name is the file in the subject.
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// A Location is where a component was found in the subject.
type Location struct {
	// Name is the file, and Layer the digest of the image's layer, as the tool writes it; each may be empty.
	Name  string `json:"name"`
	Layer string `json:"layer"`
}

// A Tool is a program that made the document.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// A Subject is what the document is about; all of it may be empty.
type Subject struct {
	// Name and Version are as written; Type is CycloneDX's word: "application", "container", "file".
	Name    string `json:"name"`
	Version string `json:"version"`
	Type    string `json:"type"`
	Purl    string `json:"purl"`
	// Digests are those that the document gives of it, each with its algorithm: "sha256:...".
	Digests []string `json:"digests"`
	// Image is true for a container image.
	Image bool `json:"image"`
}

// A Component is one part of the subject.
type Component struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Type is CycloneDX's word, in lower case: "library", "application", "file"; "" where the document gives none.
	Type string `json:"type"`
	// Package is true for what is made and published under a name of its own; files, operating systems, data, and
	// entries that only hold others together are not.
	Package bool `json:"package"`
	// Purl is the package URL, Ecosystem its type ("cargo", "npm", "deb") and Namespace its second part.
	Purl      string `json:"purl"`
	Ecosystem string `json:"ecosystem"`
	Namespace string `json:"namespace"`
	CPE       string `json:"cpe"`
	// Source and SourceVersion are the source package that a package of a distribution is built from, as far as the document
	// says; the version is "" where it is the package's own.
	Source        string `json:"source"`
	SourceVersion string `json:"source_version"`
	// License is one expression; several licenses are joined by AND. NONE and NOASSERTION are "".
	License string `json:"license"`
	// Hashes are written "sha256:...".
	Hashes []string `json:"hashes"`
	// Supplier is who supplied, published, made or wrote it, in this order.
	Supplier string `json:"supplier"`
	// Local is true where the bill says that a crate is not crates.io's: the workspace's own code, or of a git repository or
	// another registry.
	Local bool `json:"local"`
	// Scope is CycloneDX's: "required", "optional", "excluded"; "" where the document gives none.
	Scope string `json:"scope"`
	// Ref is the document's own name for it.
	Ref string `json:"ref"`
	// Locations are where it was found, as far as the tool says: CycloneDX's occurrences, and what syft and Trivy write.
	Locations []Location `json:"locations"`
	// Depends are the indices of the components that it needs or holds.
	Depends []int `json:"depends"`
}

// A Graph is how components hang together.
type Graph struct {
	// Edges is how many relationships there are between components and with the subject.
	Edges int `json:"edges"`
	// Present is true where there is one at all.
	Present bool `json:"present"`
	// Roots are the components that the subject needs or holds.
	Roots []int `json:"roots"`
	// Dangling are the first names in relationships that nothing has; DanglingCount is how many there are.
	Dangling      []string `json:"dangling"`
	DanglingCount int      `json:"dangling_count"`
	// Loose is how many packages no relationship leads to or from; Complete is true where there is none and
	// nothing dangles.
	Loose    int  `json:"loose"`
	Complete bool `json:"complete"`
}

// Counts are totals.
type Counts struct {
	Components int `json:"components"`
	Packages   int `json:"packages"`
	Files      int `json:"files"`
	// Services and Vulnerabilities are what CycloneDX can be about besides.
	Services        int `json:"services"`
	Vulnerabilities int `json:"vulnerabilities"`
}

// NTIA tells which of the minimum elements are missing
// (https://www.ntia.gov/report/2021/minimum-elements-software-bill-materials-sbom).
type NTIA struct {
	// Missing are "supplier", "name", "version", "identifier", "relationships", "author" and "timestamp", in this order.
	Missing []Gap `json:"missing"`
}

// A Gap is something that packages lack.
type Gap struct {
	Name string `json:"name"`
	// Count is how many packages lack it, Of how many there are; for an element of the document both are 1.
	Count int `json:"count"`
	Of    int `json:"of"`
	// Examples are the first of them, at most five.
	Examples []Example `json:"examples"`
}

// An Example is a component by its name and index.
type Example struct {
	Name string `json:"name"`
	At   int    `json:"at"`
}

// A License is an expression, and the packages that have it.
type License struct {
	// Name is the expression (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/).
	Name string `json:"name"`
	// Known is true for an expression of identifiers that SPDX lists.
	Known bool `json:"known"`
	// Choices are the sets of licenses of which one must be met: "MIT OR (Apache-2.0 AND Zlib)" is
	// [["MIT"], ["Apache-2.0", "Zlib"]]. It is empty where the expression is not known.
	Choices  [][]string `json:"choices"`
	Count    int        `json:"count"`
	Examples []Example  `json:"examples"`
}

// A Crate is a component that cargo knows.
type Crate struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	At      int    `json:"at"`
}

// An Unaudited is a number of packages that the database could not be asked about.
type Unaudited struct {
	// Name is what they are: "Debian 12", "npm", "generic"; with the reason, it is unique.
	Name   string `json:"name"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
	// Examples are the first of them, at most five.
	Examples []Example `json:"examples"`
}

// An Audit is what a database of advisories says about the components.
type Audit struct {
	// Done is true where the run has a database.
	Done bool `json:"done"`
	// Audited is how many components were compared with the advisories of their ecosystem, and Unaudited are the packages
	// that could not be, by the reason.
	Audited   int         `json:"audited"`
	Unaudited []Unaudited `json:"unaudited"`
	// Database is where the advisories come from.
	Database audit.Database `json:"database"`
	// Hits are the advisories that components are affected by, in the order of the components.
	Hits []audit.Hit `json:"hits"`
	// Indexed is true where the run has a registry's index, which knows the versions of crates that were yanked.
	Indexed bool `json:"indexed"`
	// Unlisted are the first crates that the index does not hold, and UnlistedCount is how many there are.
	Unlisted      []string `json:"unlisted"`
	UnlistedCount int      `json:"unlisted_count"`
}
