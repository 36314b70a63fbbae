package finding

import "time"

// A Verdict is what the gate decided.
type Verdict int

// The verdicts; their numbers are the exit codes.
const (
	Open   Verdict = 0
	Closed Verdict = 1
	None   Verdict = 2 // an error kept the gate from deciding
)

func (v Verdict) String() string { return [...]string{"open", "closed", "none"}[v] }

// A Notification is what the gate has to say that is no finding: an error, or a notice.
type Notification struct {
	// Error is true where it takes away the verdict.
	Error bool
	// File, Line and Column say where; each may be zero.
	File         string
	Line, Column int
	Message      string
	Hint         string
	// Rule is set where a rule could not be evaluated.
	Rule string
	// Config is true where the configuration is at fault, and not the tree.
	Config bool
}

// A Report is all that a writer sees. Writers never decide.
type Report struct {
	Tool    Tool
	Verdict Verdict
	// Reason says in one line why the verdict is what it is.
	Reason string
	FailOn Severity
	// Root is the tree as the user named it.
	Root string
	// Started and Ended bound the run.
	Started, Ended time.Time
	// Findings are sorted by file, line, column and rule; waived ones are among them.
	Findings      []Finding
	Notifications []Notification
	// Rules are those that ran, by name.
	Rules []*Rule
	// Documents counts what was judged, by kind.
	Documents map[string]int
	// Unrecognised are the files that no collector wanted, as far as they look like evidence;
	// UnrecognisedCount counts all.
	Unrecognised      []string
	UnrecognisedCount int
	// Skipped are the trees and files that were left out on purpose, with the reason.
	Skipped []Skip
	VCS     VCS
	Stats   *Stats
}

// A Tool is the program that made the report.
type Tool struct{ Name, Version, URI string }

// A Skip is a file or folder that was not judged, and why.
type Skip struct{ Path, Reason string }

// VCS is where the tree comes from, as far as git tells; each field may be empty.
type VCS struct {
	Repository, Revision, Branch string
	// Prefix is the folder of the tree inside its repository, slash-separated; "" is the top. Code
	// scanning services want paths from the top of the repository.
	Prefix string
}

// Stats is where the time went.
type Stats struct {
	Phases, Collectors, Rules map[string]time.Duration
}
