package server

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"sallyport/internal/admission"
	"sallyport/internal/finding"
)

// review asks the rules, and answers in their place where they break down or are late.
func (s *Server) review(ctx context.Context, rules *Rules, body []byte) (d *admission.Decision) {
	defer func() {
		if cause := recover(); cause != nil {
			s.metrics.panics.Inc()
			d = broken(body, cause)
			s.opts.Log.Error("panic in a review: denied", "uid", d.UID, "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		}
	}()
	d = rules.Review(ctx, body)
	if d.Stack != "" {
		s.metrics.panics.Inc()
		s.opts.Log.Error("panic in a review: denied", "uid", d.UID, "errors", messages(d), "stack", d.Stack)
	}
	if ctx.Err() != nil && (d.Outcome == admission.Failed || len(d.Errors) > 0) {
		s.metrics.late.Inc()
		if s.opts.AllowLate && d.UID != "" && d.Outcome == admission.Failed {
			d.Allowed, d.Outcome = true, admission.Warn
			d.Body = respond(d.UID, response{
				Allowed:     true,
				Warnings:    []string{"sallyport: not judged: there was no decision within the deadline, and the webhook allows what is late"},
				Annotations: map[string]string{"late": "allowed without a decision"},
			})
		}
	}
	return d
}

// tell passes a decision on. What goes wrong there changes no decision.
func (s *Server) tell(ctx context.Context, d *admission.Decision, body []byte, start time.Time) {
	defer func() {
		if cause := recover(); cause != nil {
			s.metrics.panics.Inc()
			s.opts.Log.Error("panic after a review", "uid", short(d.UID), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		}
	}()
	s.opts.Decided(ctx, d, body, start)
}

// broken denies what a panic kept from being judged. The request is read anew, for as little as the answer needs.
func broken(body []byte, cause any) *admission.Decision {
	var review struct {
		Request struct {
			UID       string                                `json:"uid"`
			Operation string                                `json:"operation"`
			Namespace string                                `json:"namespace"`
			Name      string                                `json:"name"`
			Kind      struct{ Group, Version, Kind string } `json:"kind"`
		} `json:"request"`
	}
	err := json.Unmarshal(body, &review)
	r := review.Request
	d := &admission.Decision{
		Status: http.StatusOK, Outcome: admission.Failed, UID: r.UID, Operation: r.Operation, Namespace: r.Namespace, Name: r.Name,
		Group: r.Kind.Group, Version: r.Kind.Version, Kind: r.Kind.Kind,
		Errors: []finding.Notification{{Error: true, Message: fmt.Sprintf("panic: %v", cause)}},
	}
	if err != nil || r.UID == "" {
		d.Status, d.Body = http.StatusInternalServerError, []byte("the review could not be judged because of a bug in sallyport; its log says more\n")
		return d
	}
	d.Body = respond(r.UID, response{Status: &status{
		Code: http.StatusInternalServerError, Reason: "InternalError",
		Message: "sallyport: the object could not be judged because of a bug, and what cannot be decided is not a pass; the log of the webhook says more under this request's uid",
	}})
	return d
}

// response is as much of an AdmissionResponse as the server itself has to say.
type response struct {
	UID         string            `json:"uid"`
	Allowed     bool              `json:"allowed"`
	Status      *status           `json:"status,omitempty"`
	Warnings    []string          `json:"warnings,omitempty"`
	Annotations map[string]string `json:"auditAnnotations,omitempty"`
}

type status struct {
	Code    int    `json:"code"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

func respond(uid string, r response) []byte {
	r.UID = uid
	text, _ := json.Marshal(struct { // strings and numbers always encode
		APIVersion string   `json:"apiVersion"`
		Kind       string   `json:"kind"`
		Response   response `json:"response"`
	}{"admission.k8s.io/v1", "AdmissionReview", r})
	return text
}

// decided notes what was decided, once the answer is on its way.
func (s *Server) decided(rules *Rules, d *admission.Decision, start time.Time, took time.Duration) {
	s.metrics.decided(d, took)
	switch d.Outcome {
	case admission.Deny, admission.Failed, admission.Invalid:
		s.opts.Log.Info("denied", about(d, "dry_run", d.DryRun, "rules", denying(d), "errors", messages(d), "ms", took.Milliseconds())...)
	default:
		if !s.opts.Log.Enabled(context.Background(), slog.LevelDebug) {
			break
		}
		s.opts.Log.Debug("allowed", about(d, "ms", took.Milliseconds())...)
	}
	if s.opts.Decisions != nil && !d.Generated {
		s.opts.Decisions.write(newRecord(rules, d, start, took))
	}
}

// about says what a decision is about, and more.
func about(d *admission.Decision, more ...any) []any {
	return append([]any{
		"uid", short(d.UID), "outcome", d.Outcome, "operation", short(d.Operation), "kind", short(d.Kind), "namespace", short(d.Namespace),
		"name", short(d.Name), "user", short(d.User),
	}, more...)
}

func denying(d *admission.Decision) []string {
	names := []string{}
	for i := range d.Judged {
		if d.Judged[i].Denies {
			names = append(names, d.Judged[i].Finding.Rule.Name)
		}
	}
	return names
}

func messages(d *admission.Decision) []string {
	all := []string{}
	for _, e := range d.Errors {
		all = append(all, e.Message)
	}
	if d.Outcome == admission.Invalid {
		all = append(all, string(d.Body))
	}
	return all
}
