package admission

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"

	"sallyport/internal/finding"
)

// Review decides about the body of one request. It always answers, and an answer to what could not be read never allows.
func (d *Decider) Review(ctx context.Context, body []byte) (out *Decision) {
	var r *request
	defer func() {
		if p := recover(); p != nil {
			out = d.panicked(r, p)
			out.Stack = string(debug.Stack())
		}
	}()
	r, err := read(body)
	if err != nil {
		return &Decision{Status: http.StatusBadRequest, Outcome: Invalid, Body: []byte(err.Error() + "\n"), Errors: []finding.Notification{{Error: true, Message: err.Error()}}}
	}
	out = newDecision(r)
	d.decide(ctx, r, out)
	d.respond(r, out)
	return out
}

func newDecision(r *request) *Decision {
	return &Decision{
		Status: http.StatusOK, UID: r.uid, Operation: r.operation, Group: r.group, Version: r.version, Kind: r.kind,
		Namespace: r.namespace, Name: r.name, User: r.user, SubResource: r.sub, DryRun: r.dryRun,
	}
}

// panicked answers where the code is wrong: it denies.
func (d *Decider) panicked(r *request, p any) *Decision {
	note := finding.Notification{Error: true, Message: fmt.Sprintf("the review ended in a panic: %v", p)}
	if r == nil {
		return &Decision{Status: http.StatusBadRequest, Outcome: Invalid, Body: []byte("the body could not be read\n"), Errors: []finding.Notification{note}}
	}
	out := newDecision(r)
	out.Outcome, out.Errors = Failed, []finding.Notification{note}
	d.respond(r, out)
	return out
}

// decide fills a decision but for its body.
func (d *Decider) decide(ctx context.Context, r *request, out *Decision) {
	if out.Note = unjudged(r); out.Note != "" {
		out.Allowed, out.Outcome = true, Unjudged
		return
	}
	name(r, out)
	applied := d.bind(ctx, r)
	if len(applied) == 0 {
		out.Allowed, out.Outcome, out.Note = true, Exempt, "no binding is for this object"
		return
	}
	for _, a := range applied {
		if a.Name != "" {
			out.Bindings = append(out.Bindings, a.Name+"="+a.mode)
		}
	}
	e := d.evaluate(ctx, r, r.object, applied)
	out.Judged, out.Errors = d.weigh(e, applied), e.notes
	failed := e.fails(applied)
	if r.operation == "UPDATE" && r.old != nil && (failed || denies(out.Judged)) {
		unchanged := sameButMetadata(r.object, r.old)
		d.inherit(ctx, r, applied, out.Judged, unchanged)
		failed = failed && !unchanged
	}
	out.settle(failed)
	out.Generated = d.judged.generated(r, out)
}

// unjudged says why there is nothing to judge; "" where there is.
func unjudged(r *request) string {
	if r.operation == "DELETE" {
		return "deleting is not judged"
	}
	switch r.sub {
	case "status", "scale", "eviction", "binding", "token", "approval", "finalize":
		return "the subresource " + r.sub + " holds nothing that rules judge"
	}
	if r.object == nil {
		return "the request holds no object"
	}
	return ""
}

// name makes the object say what it is, as the API server knows it.
func name(r *request, out *Decision) {
	if out.Name == "" {
		meta, _ := r.object["metadata"].(map[string]any)
		if out.Name, _ = meta["name"].(string); out.Name == "" {
			out.Name, _ = meta["generateName"].(string)
		}
	}
}

// settle decides by what was found.
func (o *Decision) settle(failed bool) {
	warns := false
	for i := range o.Judged {
		warns = warns || o.Judged[i].Warns()
	}
	switch {
	case denies(o.Judged):
		o.Outcome = Deny
	case failed:
		o.Outcome = Failed
	case warns || len(o.Errors) > 0:
		o.Allowed, o.Outcome = true, Warn
	default:
		o.Allowed, o.Outcome = true, Allow
	}
}

func denies(judged []Judged) bool {
	for i := range judged {
		if judged[i].Denies {
			return true
		}
	}
	return false
}
