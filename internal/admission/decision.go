package admission

import (
	"sallyport/internal/config"
	"sallyport/internal/finding"
)

// The outcomes, one word each for metrics.
const (
	Allow    = "allow"    // judged, and nothing to say
	Warn     = "warn"     // judged and allowed, with warnings
	Deny     = "deny"     // findings deny it
	Failed   = "error"    // it could not be decided, and is denied
	Exempt   = "exempt"   // no binding is for it
	Unjudged = "unjudged" // there is nothing in it that rules could judge
	Invalid  = "invalid"  // the body is no AdmissionReview v1
)

// The status codes of HTTP that answers have.
const (
	ok         = 200
	badRequest = 400
	forbidden  = 403
)

// A Decision is the answer to one review, and what led to it.
type Decision struct {
	// Body is the AdmissionReview response; where Status is 400, a reason as plain text.
	Body []byte
	// Status is 200, or 400 where the body that was sent is no AdmissionReview v1.
	Status int

	UID, Operation, Group, Version, Kind string
	Namespace, Name, User, SubResource   string
	DryRun                               bool

	Allowed bool
	// Outcome is one of the words above.
	Outcome string
	// Judged are the findings about the object, of whatever severity, also those that deny nothing.
	Judged []Judged
	// Generated is true for an object that is equal to what its controller was judged by: it says nothing that is not logged already.
	Generated bool
	// Errors are what could not be decided.
	Errors []finding.Notification
	// Bindings are those that the object was judged by, each with its mode.
	Bindings []string
	// Stack is that of a panic, for the log; "" is none.
	Stack string
	// Note says why an object was not judged, in a few words.
	Note string
}

// A Judged is a finding and what it does. Finding.Waived tells whether a waiver covers it.
type Judged struct {
	Finding finding.Finding
	// Mode is enforce, warn or audit, and Binding the name of the binding that says so; "" where none is configured.
	Mode, Binding string
	// Inherited is true for a violation that the object had before the update.
	Inherited bool
	// Denies is true where this finding alone denies the object.
	Denies bool
}

// Warns is true for a finding that the user is told about although it denies nothing.
func (j *Judged) Warns() bool {
	return !j.Denies && j.Mode != config.Audit && j.Finding.Waived == nil
}
