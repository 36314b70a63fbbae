package report

import (
	"encoding/json"

	"sallyport/internal/finding"
)

// wireVersion is raised when a key changes its meaning or goes away; new keys do not raise it.
const wireVersion = 1

// A wire is the report as JSON. docs/report-json.md explains each key. Findings come last: they are
// written one by one.
type wire struct {
	Version           int                `json:"version"`
	Tool              wireTool           `json:"tool"`
	Verdict           string             `json:"verdict"`
	ExitCode          int                `json:"exit_code"`
	Reason            string             `json:"reason"`
	FailOn            string             `json:"fail_on"`
	Started           string             `json:"started"`
	Ended             string             `json:"ended"`
	VCS               wireVCS            `json:"vcs"`
	Documents         map[string]int     `json:"documents"`
	Unrecognised      []string           `json:"unrecognised"`
	UnrecognisedCount int                `json:"unrecognised_count"`
	Skipped           []wireSkip         `json:"skipped"`
	Notifications     []wireNotification `json:"notifications"`
	Rules             []wireRule         `json:"rules"`
	Findings          []wireFinding      `json:"findings"`
}

type wireTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	URI     string `json:"uri"`
}

type wireVCS struct {
	Repository string `json:"repository"`
	Revision   string `json:"revision"`
	Branch     string `json:"branch"`
	Prefix     string `json:"prefix"`
}

type wireSkip struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

type wireNotification struct {
	Level   string `json:"level"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Rule    string `json:"rule"`
	Config  bool   `json:"config"`
}

// A wireRule is a rule with its text, so that a saved report explains its own findings.
type wireRule struct {
	finding.Rule
	Ran    bool   `json:"ran"`
	Source string `json:"source"`
}

type wireSpan struct {
	Line      int `json:"line"`
	Column    int `json:"column"`
	EndLine   int `json:"end_line"`
	EndColumn int `json:"end_column"`
}

type wirePlace struct {
	File string `json:"file"`
	wireSpan
	Kind     string `json:"kind"`
	Document string `json:"document"`
	Name     string `json:"name"`
	Place    []any  `json:"place"`
}

type wireFinding struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Message     string `json:"message"`
	Remediation string `json:"remediation"`
	wirePlace
	Logical         string          `json:"logical"`
	Source          string          `json:"source"`
	SourceColumn    int             `json:"source_column"`
	SourceEndColumn int             `json:"source_end_column"`
	Fingerprint     string          `json:"fingerprint"`
	Closes          bool            `json:"closes"`
	Waived          bool            `json:"waived"`
	Waiver          wireWaiver      `json:"waiver"`
	Related         []wireFact      `json:"related"`
	Flow            []wireStep      `json:"flow"`
	Fixes           []wireFix       `json:"fixes"`
	Facts           json.RawMessage `json:"facts"`
	// Properties are what the rule adds for programs.
	Properties map[string]string `json:"properties"`
}

type wireFact struct {
	wirePlace
	Facts json.RawMessage `json:"facts"`
}

type wireStep struct {
	wirePlace
	Message string `json:"message"`
}

type wireFix struct {
	File string `json:"file"`
	wireSpan
	Text string `json:"text"`
}

type wireWaiver struct {
	Rule        string `json:"rule"`
	Path        string `json:"path"`
	Place       string `json:"place"`
	Fingerprint string `json:"fingerprint"`
	Reason      string `json:"reason"`
	Owner       string `json:"owner"`
	Ticket      string `json:"ticket"`
	Expires     string `json:"expires"`
	File        string `json:"file"`
	Line        int    `json:"line"`
	Column      int    `json:"column"`
}
