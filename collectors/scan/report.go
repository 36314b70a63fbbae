package scan

// A Report is what a scanner said.
type Report struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	Tool Tool   `json:"tool"`
	// Created is when the report was made, in RFC 3339 and UTC; "" where the report does not say, as
	// cargo audit's never do. The time stamp of the file is not used: a checkout sets it anew.
	Created string `json:"created"`
	// Started and Finished bound the scan, where the report says so.
	Started  string `json:"started"`
	Finished string `json:"finished"`
	// Concern is what the scanner looks for: "vulnerabilities", "lints", "secrets" or "code".
	Concern  string   `json:"concern"`
	Database Database `json:"database"`
	Subject  Subject  `json:"subject"`
	Settings Settings `json:"settings"`
	Results  []Result `json:"results"`
	Counts   Counts   `json:"counts"`
	// Failures are what the scanner says it could not do.
	Failures []Failure `json:"failures"`
}

// A Tool is the scanner.
type Tool struct {
	// Name is in lower case: "cargo-audit", "trivy", "clippy"; "" where a SARIF run does not say.
	Name string `json:"name"`
	// Version is "" where the report does not say, as cargo audit's never do.
	Version string `json:"version"`
	// Rules is how many rules the report says the tool holds; 0 where it does not say.
	Rules int `json:"rules"`
}

// A Failure is a part of the scan that was not done.
type Failure struct {
	Name    string `json:"name"`
	Message string `json:"message"`
}

// A Database is the collection of advisories that the scanner compared with.
type Database struct {
	// Known is true where the report tells of its database at all; Trivy's do not.
	Known bool `json:"known"`
	// Updated is when the database last changed, in RFC 3339 and UTC; "" where the report does not say.
	// The report cannot be older than this.
	Updated string `json:"updated"`
	// Commit is the revision of the database; it may be empty.
	Commit string `json:"commit"`
	// Advisories is how many advisories the database held.
	Advisories int `json:"advisories"`
}

// A Subject is what was scanned.
type Subject struct {
	// Kind is "lockfile", "image", "filesystem", "repository", or another word of the scanner's own.
	Kind string `json:"kind"`
	// Name is the image or the path as the scanner was told; "" for a lock file, which cargo audit does
	// not name.
	Name string `json:"name"`
	// Digests are those of the image, each with its algorithm: "sha256:...".
	Digests []string `json:"digests"`
	// Commit is the revision of the source tree, as far as the report says.
	Commit string `json:"commit"`
	// Current is the commit that is checked out where the report is judged; "" where that is not known. OtherCommit is true where
	// the report is about another one, and not known to be about the same files all the same: those that a report about
	// vulnerabilities names, and for others all but evidence, which is committed after what it is about.
	Current     string `json:"current"`
	OtherCommit bool   `json:"other_commit"`
	// Changed are the first files that differ since, and ChangedCount is how many there are; Compared is true where that is known.
	Changed      []string `json:"changed"`
	ChangedCount int      `json:"changed_count"`
	Compared     bool     `json:"compared"`
	// System is the operating system that was scanned, such as "alpine 3.14.2"; Unsupported is true where the scanner says that
	// nobody publishes advisories or updates for it any more.
	System      string `json:"system"`
	Unsupported bool   `json:"unsupported"`
	// Counted is true where the report tells what was looked at, so that nothing means nothing.
	Counted bool `json:"counted"`
	// DependencyCount is how many packages were looked at, as far as the report says.
	DependencyCount int `json:"dependency_count"`
	// Targets are the parts of the subject that were recognised; a lock file is one.
	Targets []Target `json:"targets"`
}

// A Target is a part of what was scanned, such as a lock file inside an image.
type Target struct {
	Name string `json:"name"`
	// Class is Trivy's: "os-pkgs", "lang-pkgs", "config", "secret", "license", "custom"; for cargo audit
	// it is "lang-pkgs".
	Class string `json:"class"`
	// Type is the ecosystem: "cargo", "debian", "dockerfile".
	Type string `json:"type"`
	// Packages is how many packages the report lists for it; 0 also where it lists none.
	Packages int `json:"packages"`
	// Subject is the file of the tree, or the image, that it is or lies in; "" where it is not known.
	Subject string `json:"subject"`
}

// Settings are those with which the report was made, as far as it shows them.
type Settings struct {
	// Ignored are the results that the scanner was told to leave out.
	Ignored []Ignore `json:"ignored"`
	// Narrowed are settings that make the scanner say less than it knows.
	Narrowed []Narrowing `json:"narrowed"`
}

// An Ignore is one entry of an ignore list.
type Ignore struct {
	// Name is unique in the report: the id, and the package where the report names one.
	Name string `json:"name"`
	ID   string `json:"id"`
	// Package is "name@version" where the report names one, else "".
	Package string `json:"package"`
	// Status is the scanner's word: "ignored", "not_affected".
	Status string `json:"status"`
	// Source is the file that the entry comes from, where the report says.
	Source string `json:"source"`
	// Reason is the statement that stands beside the entry; it may be empty.
	Reason string `json:"reason"`
	// Line is where the entry stands in Source, a file of the tree; 0 where the report itself tells of it.
	Line int `json:"line"`
}

// A Narrowing is a setting with its value: "severity", "high".
type Narrowing struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Result is one thing that the scanner reports.
type Result struct {
	// Name is unique in the report: "RUSTSEC-2020-0071@time@0.1.43".
	Name string `json:"name"`
	// ID is the advisory or check; "" for a yanked package.
	ID      string   `json:"id"`
	Aliases []string `json:"aliases"`
	// Package and Version are those that are installed; "" where the result is about no package.
	Package string `json:"package"`
	Version string `json:"version"`
	// Checksum and Source are the package's in the lock file; they may be empty.
	Checksum string `json:"checksum"`
	Source   string `json:"source"`
	// Score is the CVSS or security-severity score, 0.0 to 10.0; 0 where the report gives none.
	Score float64 `json:"score"`
	// Level is the scanner's own word for how bad it is: "error", "warning"; it may be empty.
	Level string `json:"level"`
	// Severity is "low", "medium", "high", "critical", "none" or "unknown".
	Severity string `json:"severity"`
	Title    string `json:"title"`
	// Kind is "vulnerability", "unmaintained", "unsound", "notice", "yanked", "misconfiguration",
	// "secret", "license", "custom", "lint", "finding", "ban" or "source".
	Kind string `json:"kind"`
	// FixedVersions are the versions that are not affected any more, or ranges of them; [] is none.
	FixedVersions []string `json:"fixed_versions"`
	// Target is the part of the subject that the result is about.
	Target string `json:"target"`
	// Subject is what was scanned, in one spelling for all scanners: a file of the tree, or the digest or name
	// of an image; "" where it is not known.
	Subject string `json:"subject"`
	// Location is the place in the source that the result is about.
	Location Location `json:"location"`
	// Status is the scanner's word: "affected", "will_not_fix", "fail"; for cargo audit it is "affected".
	Status string `json:"status"`
	// Exploited is true where the scanner knows that somebody uses the vulnerability (CISA's catalogue), and EPSS is how
	// probable that is in the next 30 days, 0.0 to 1.0; 0 where the report does not say.
	Exploited bool    `json:"exploited"`
	EPSS      float64 `json:"epss"`
	// Commit is the revision in which a secret was found; "" for the files as they are.
	Commit string `json:"commit"`
}

// Counts are the totals as the report itself states them.
type Counts struct {
	// Stated is true where the report states totals.
	Stated bool `json:"stated"`
	// Found is whether the report claims to have found vulnerabilities.
	Found           bool `json:"found"`
	Vulnerabilities int  `json:"vulnerabilities"`
	// Listed is how many vulnerabilities it lists.
	Listed int `json:"listed"`
	// Contradictory is true where the stated totals and the list do not agree.
	Contradictory bool `json:"contradictory"`
}

// A Location is a place in a file. It stands where the scanner says, which may be another state of the file.
type Location struct {
	// File is relative to the root where Present is true, and else as the scanner wrote it; "" is none.
	File string `json:"file"`
	// Line and the others count from 1; 0 is unknown.
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"end_line"`
	EndColumn int `json:"end_column"`
	// Present is true where the file is in the tree.
	Present bool `json:"present"`
}
