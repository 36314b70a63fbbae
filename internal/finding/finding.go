// Package finding holds what the gate says: rules, findings and the report that every writer renders.
package finding

import (
	"fmt"
	"time"

	"sallyport/internal/fact"
)

// Severity orders findings; the zero value is no severity.
type Severity int

// The severities, lowest first.
const (
	Low Severity = iota + 1
	Medium
	High
	Critical
)

var severities = [...]string{"", "low", "medium", "high", "critical"}

func (s Severity) String() string { return severities[s] }

// MarshalText writes the severity as its name.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a severity's name; any other word is an error that lists the names.
func (s *Severity) UnmarshalText(text []byte) error {
	for i, name := range severities {
		if i > 0 && name == string(text) {
			*s = Severity(i)
			return nil
		}
	}
	return fmt.Errorf("severity %q is none of low, medium, high, critical", text)
}

// A Parameter is a setting of a rule that configuration may change.
type Parameter struct {
	Description string `yaml:"description" json:"description"`
	// Default is used where nothing is configured: a number, a string, a boolean, a list of strings or
	// a table.
	Default any `yaml:"default" json:"default"`
	// Stricter says which direction tightens a number: "lower" or "higher"; "" is neither, and then
	// only trusted configuration may set the parameter.
	Stricter string `yaml:"stricter" json:"stricter"`
	// Example is the value with which the examples of the rule are proved, where the default finds nothing.
	Example any `yaml:"example" json:"-"`
}

// A Rule is the fixed half of a finding: all that is true before any input is read.
type Rule struct {
	// Name is kind and rule: "dockerfile/root_user".
	Name string `json:"name"`
	// Kind is the kind of document that the rule sees, or "project".
	Kind string `json:"kind"`
	// Title states the problem; Description says why it matters.
	Title       string `json:"title"`
	Description string `json:"description"`
	// Remediation is one imperative sentence.
	Remediation string   `json:"remediation"`
	Severity    Severity `json:"severity"`
	// NonNegotiable findings always close the gate, and only trusted configuration may waive them.
	NonNegotiable bool  `json:"non_negotiable"`
	CWE           []int `json:"cwe"`
	// Equivalent lists the checks of other tools and benchmarks that mean the same: "hadolint:DL3002".
	Equivalent []string `json:"equivalent"`
	// Aliases are the names that the rule had before.
	Aliases    []string             `json:"aliases"`
	Resources  []string             `json:"resources"`
	Parameters map[string]Parameter `json:"parameters"`
	// Precision is how often a finding is true, in SARIF's words: very-high, high, medium or low.
	Precision string `json:"precision"`
	// Bad makes the rule fire and Good does not, both through the real collectors.
	Bad  string `json:"bad"`
	Good string `json:"good"`
	// Source is the text of the rule, and File where it stands in its bundle.
	Source string `json:"-"`
	File   string `json:"file"`
	// Custom is true for rules that are not built in.
	Custom bool `json:"custom"`
}

// A Fix replaces the text at a place.
type Fix struct {
	Span fact.Span
	Text string
}

// A Place is a fact together with where it stands.
type Place struct {
	Document *fact.Document
	At       fact.Path
	// Span is in File, relative to the root.
	File string
	Span fact.Span
	// Value is the fact as JSON, secrets masked; it may be empty.
	Value []byte
	// Fields is the place as fact.Document.Fields writes it, with secrets; findings have it as Field and Places.
	Fields []string
	// Line is the line that the place begins in, with secrets, where it is known without reading the file.
	Line string
}

// A Step is one place on the way that leads to a finding, and what happens there.
type Step struct {
	Place
	Message string
}

// A Finding is one violation of one rule at one place.
type Finding struct {
	Rule *Rule
	// Severity is the rule's, or what configuration made of it.
	Severity Severity
	Place
	// Logical is the place with list elements named by their own names; it survives reformatting.
	Logical string
	// Field is the place in the artifact's own terms, where its format has such: spec.containers[0].image.
	Field string
	// Places are further ways to write the place, by which a waiver may name it.
	Places  []string
	Message string
	Related []Place
	// Flow is the way that leads to it, in order: the rules that a packet meets. Mostly empty.
	Flow []Step
	Fix  *Fix
	// Properties are further facts for programs that read reports, by name: the advisory, the package.
	Properties map[string]string
	// Names, where set, are those by which a waiver may name the advisory. Properties may hold further ones, which reports of other
	// tools gave it: a report of the tree must not make an advisory that is waived of another one.
	Names []string
	// Source is the line of the finding with secrets masked; "" where it could not be read. Excerpt
	// bounds its length.
	Source string
	// SourceColumn and SourceEnd are the columns of the finding in Source. They differ from those of
	// Span where masking or Excerpt moved the text; 0 stands for Span's own.
	SourceColumn, SourceEnd int
	// Fingerprint is the same for the same violation however the file is formatted: 32 hex digits.
	Fingerprint string
	Waived      *Waiver
	// Binding is what found it, where configuration binds rules to objects of a cluster; nil is everywhere else.
	Binding *Binding
	// Closes is true where this finding alone closes the gate.
	Closes bool
}

// A Binding says what the findings of a set of rules do.
type Binding struct {
	// Name is how configuration calls it; "" where it binds nothing.
	Name string
	// Mode is enforce, warn or audit: only the first closes the gate.
	Mode string
	// FailOn is the severity from which it does.
	FailOn Severity
}

// A Waiver is a decision to accept findings for a while.
type Waiver struct {
	Rule, Path, Place, Fingerprint string
	// Advisory narrows the waiver to one advisory, by any of its names.
	Advisory string
	// Namespace and Object narrow the waiver to objects of a cluster, as patterns: "payments", "Deployment/*". A waiver with
	// Object needs no Path.
	Namespace, Object     string
	Reason, Owner, Ticket string
	Expires               time.Time
	// At is where the waiver stands in the configuration.
	At fact.Span
}

// Count writes a number with its noun: 1 finding, 2 findings.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
