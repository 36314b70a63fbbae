package receipt

// A Receipt is one statement of in-toto: that something was done to, or found out about, its subjects.
type Receipt struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Format is "statement", "dsse", or "bundle" for a bundle of Sigstore.
	Format string `json:"format"`
	// PredicateType is what the statement says its predicate is.
	PredicateType string `json:"predicate_type"`
	// Kind is "test" for results of tests and our own receipts; "provenance", "summary" (a verdict of SLSA),
	// "vulnerabilities", "sbom", "link", "release" and "other" for what only the common facts are read of.
	Kind string `json:"kind"`
	// Name is what the command was run as: "clippy". "" where the statement is not one of ours.
	Name string `json:"name"`
	// Maker is what says so: the builder, verifier or scanner; "sallyport" for our own.
	Maker    string    `json:"maker"`
	Subjects []Subject `json:"subjects"`
	// Result is "passed", "warned", "failed", or "" where the predicate has none.
	Result string `json:"result"`
	// URL is the page of the run; it may be empty.
	URL     string  `json:"url"`
	Command Command `json:"command"`
	Tools   []Tool  `json:"tools"`
	// Started and Finished are in RFC 3339 and UTC; "" where the statement does not say. Finished is the time of
	// the verdict, scan or build.
	Started   string    `json:"started"`
	Finished  string    `json:"finished"`
	Source    Source    `json:"source"`
	Counts    Counts    `json:"counts"`
	Tests     Tests     `json:"tests"`
	Stdout    Output    `json:"stdout"`
	Stderr    Output    `json:"stderr"`
	Host      Host      `json:"host"`
	Signature Signature `json:"signature"`
}

// A Subject is what the statement is about.
type Subject struct {
	// Name is that of the statement, else its URI, else its first digest.
	Name string `json:"name"`
	// Digests are written with their algorithm: "gitTree:4b825d…", "sha256:…".
	Digests []string `json:"digests"`
}

// A Command is what was run, and what that means.
type Command struct {
	// Known is true where the statement says what was run.
	Known bool     `json:"known"`
	Argv  []string `json:"argv"`
	// Directory is where it ran, relative to the top of the repository.
	Directory string `json:"directory"`
	// ExitCode is 0 where it is not known; see Known.
	ExitCode int `json:"exit_code"`
	// Signal is what ended the command, "" where it ended by itself.
	Signal string `json:"signal"`
	// Does are the tasks that the command is known to do, of "clippy", "fmt", "test", "bench", "audit", "deny",
	// "build", "check", "doc" and the names of scanners. fmt is among them only where it checks.
	Does []string `json:"does"`
	// Tells are those of Does whose program says how much it did: cargo test and nextest count tests, cargo clippy says that it
	// has finished.
	Tells []string `json:"tells"`
	// Opaque is true where a program runs that may do anything: make, a script.
	Opaque bool `json:"opaque"`
	// Idle is true where nothing runs but programs that succeed whatever the tree holds: true, echo.
	Idle bool `json:"idle"`
	// Denies is true where the command fails on any warning: -D warnings.
	Denies bool `json:"denies"`
	// Masked are the reasons for which the exit code is not that of the task, or says nothing: "|| true", "-A warnings".
	Masked []string `json:"masked"`
	// Narrowed are the words that make the task look at less, or say less than it knows: "--skip slow".
	Narrowed []Narrowing `json:"narrowed"`
}

// A Narrowing is a word of a command, or a variable, with its reason.
type Narrowing struct {
	// Name is the word as it was typed.
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// A Tool is a program that took part.
type Tool struct {
	Name string `json:"name"`
	// Version is a number such as "1.90.0", "" where none is known.
	Version string `json:"version"`
	// Semver is true where Version can be compared by semantic versioning.
	Semver bool `json:"semver"`
}

// A Source is the tree that the command ran on, beside the tree that is judged.
type Source struct {
	// Commit is the commit that was tested, "" where it was none or is not known.
	Commit string `json:"commit"`
	// Head is the commit that was checked out, whether or not files had changed since.
	Head string `json:"head"`
	// Tree is the id of the tree's content, "" where it is not known.
	Tree string `json:"tree"`
	// Dirty is true where files differed from those of Head.
	Dirty bool `json:"dirty"`
	// Changed is true where the command changed the files.
	Changed bool `json:"changed"`
	// Judged is the tree that the gate judges.
	Judged Judged `json:"judged"`
	// Same is "yes" where the receipt is about the files that are judged, "no" where it is about others, and
	// "unknown" where it names no tree or commit, or what is judged is no whole tree.
	Same string `json:"same"`
}

// Judged identifies the tree that the gate judges.
type Judged struct {
	// Known is false where a single file is judged.
	Known bool `json:"known"`
	// Commit is what is checked out; "" outside of a repository.
	Commit string `json:"commit"`
	// Tree is the id of its content.
	Tree string `json:"tree"`
	// Dirty is true where files differ from those of Commit.
	Dirty bool `json:"dirty"`
}

// Counts are what the output of the command said.
type Counts struct {
	// Tests is true where the number of tests is known, and Lints where that of the warnings is.
	Tests    bool `json:"tests"`
	Lints    bool `json:"lints"`
	Passed   int  `json:"passed"`
	Failed   int  `json:"failed"`
	Ignored  int  `json:"ignored"`
	Warnings int  `json:"warnings"`
	Errors   int  `json:"errors"`
}

// Tests are those that the statement names.
type Tests struct {
	Passed []string `json:"passed"`
	Warned []string `json:"warned"`
	Failed []string `json:"failed"`
}

// An Output is what the command wrote.
type Output struct {
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`
}

// A Host is the machine.
type Host struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
}

// A Signature says who vouches for the statement.
type Signature struct {
	// Signed is true where signatures stand beside the statement, of whomever.
	Signed bool `json:"signed"`
	// Verified is true where one of them is by a key that trusted configuration names.
	Verified bool `json:"verified"`
	// Keys are the ids of these keys: the SHA-256 of the public key in DER.
	Keys []string `json:"keys"`
	// Trusted is how many keys trusted configuration names.
	Trusted int `json:"trusted"`
}
