// Package attest is the notation of evidence that others may read: statements of in-toto about subjects, and envelopes
// of DSSE that sign them.
package attest

// The types of in-toto's attestation framework, https://github.com/in-toto/attestation/tree/main/spec.
const (
	StatementType = "https://in-toto.io/Statement/v1"
	// TestResult is the predicate of receipts (spec/predicates/test-result.md).
	TestResult = "https://in-toto.io/attestation/test-result/v0.1"
	// PayloadType is how an envelope says that it holds a statement (spec/v1/envelope.md).
	PayloadType = "application/vnd.in-toto+json"
)

// A Statement says a predicate of subjects (spec/v1/statement.md).
type Statement struct {
	Type          string       `json:"_type"`
	Subject       []Descriptor `json:"subject"`
	PredicateType string       `json:"predicateType"`
	Predicate     Result       `json:"predicate"`
}

// A Descriptor names a thing by its content (spec/v1/resource_descriptor.md).
type Descriptor struct {
	Name   string            `json:"name,omitempty"`
	Digest map[string]string `json:"digest,omitempty"`
}

// A Result is the predicate TestResult, with what we add to it.
type Result struct {
	Result        string       `json:"result"`
	Configuration []Descriptor `json:"configuration"`
	URL           string       `json:"url,omitempty"`
	PassedTests   []string     `json:"passedTests,omitempty"`
	WarnedTests   []string     `json:"warnedTests,omitempty"`
	FailedTests   []string     `json:"failedTests,omitempty"`
	// Receipt is an extension field, as spec/v1/README.md allows them.
	Receipt Receipt `json:"sallyportReceipt"`
}

// A Receipt is what a run of a command adds to its result. Extending it is allowed; Version changes with the meaning of
// what is there.
type Receipt struct {
	Version int `json:"version"`
	// Name is what the command was run as: "clippy".
	Name string   `json:"name"`
	Argv []string `json:"argv"`
	// Directory is where it ran, relative to the top of the repository: ".".
	Directory string `json:"directory"`
	// Environment are the variables that change what the tools of Rust do, where they were set.
	Environment map[string]string `json:"environment"`
	ExitCode    int               `json:"exitCode"`
	// Signal is what ended the command, "" where it ended by itself.
	Signal   string `json:"signal,omitempty"`
	Started  string `json:"started"`
	Finished string `json:"finished"`
	Tools    []Tool `json:"tools"`
	// Head is the commit that was checked out, whether or not the tree was dirty.
	Head  string `json:"head,omitempty"`
	Tree  string `json:"tree"`
	Dirty bool   `json:"dirty"`
	// TreeAfter is the tree that the command left behind.
	TreeAfter string `json:"treeAfter"`
	Stdout    Output `json:"stdout"`
	Stderr    Output `json:"stderr"`
	Counts    Counts `json:"counts"`
	Host      Host   `json:"host"`
	// Sallyport is the version of the program that wrote the receipt.
	Sallyport string `json:"sallyport"`
}

// A Tool is a program with what it says to --version.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Text    string `json:"text"`
}

// An Output is what a command wrote.
type Output struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Counts are what the output of a command says about itself.
type Counts struct {
	// Tests is true where the output says how many tests ran, and Lints where it says how many warnings there were.
	Tests    bool `json:"tests"`
	Lints    bool `json:"lints"`
	Passed   int  `json:"passed"`
	Failed   int  `json:"failed"`
	Ignored  int  `json:"ignored"`
	Warnings int  `json:"warnings"`
	Errors   int  `json:"errors"`
}

// A Host is the machine that a command ran on.
type Host struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
}
