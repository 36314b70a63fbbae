package admission

import (
	"context"
	"fmt"
	"reflect"
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
		return &Decision{Status: badRequest, Outcome: Invalid, Body: []byte(err.Error() + "\n"), Errors: []finding.Notification{{Error: true, Message: err.Error()}}}
	}
	out = newDecision(r)
	d.decide(ctx, r, out)
	d.respond(r, out)
	return out
}

func newDecision(r *request) *Decision {
	return &Decision{
		Status: ok, UID: r.uid, Operation: r.operation, Group: r.group, Version: r.version, Kind: r.kind,
		Namespace: r.namespace, Name: r.name, User: r.user, SubResource: r.sub, DryRun: r.dryRun,
	}
}

// panicked answers where the code is wrong: it denies.
func (d *Decider) panicked(r *request, p any) *Decision {
	note := finding.Notification{Error: true, Message: fmt.Sprintf("the review ended in a panic: %v", p)}
	if r == nil {
		return &Decision{Status: badRequest, Outcome: Invalid, Body: []byte("the body could not be read\n"), Errors: []finding.Notification{note}}
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
	s := d.subject(r, r.object)
	if out.Name == "" {
		out.Name = s.docs[0].Object.Name
	}
	bound := d.bind(ctx, r, &s.docs[0].Object)
	if len(bound) == 0 {
		out.Allowed, out.Outcome, out.Note = true, Exempt, "no binding is for this object"
		return
	}
	for _, a := range bound {
		if a.Name != "" {
			out.Bindings = append(out.Bindings, a.Name+"="+a.scope.Mode)
		}
	}
	e := d.evaluate(ctx, s, bound)
	if r.operation == "UPDATE" && r.old != nil && (e.failed || denies(e.judged)) {
		unchanged := sameButMetadata(r.object, r.old)
		failed := d.inherit(ctx, r, bound, e.judged, unchanged)
		e.failed = e.failed && !(unchanged && failed && ctx.Err() == nil)
	}
	out.settle(e)
	out.Generated = d.judged.generated(r, s, out)
}

// unjudged says why there is nothing to judge; "" where there is.
func unjudged(r *request) string {
	if r.operation == "DELETE" {
		return "deleting is not judged"
	}
	switch r.sub {
	case "scale", "eviction", "binding", "token":
		return "the subresource " + r.sub + " holds nothing that rules judge"
	case "status", "approval", "finalize":
		// These hold the whole object, of which the API server takes their own part and, for many kinds, labels and annotations.
		if r.operation != "UPDATE" || !relabelled(r.object, r.old) {
			return "the subresource " + r.sub + " changes nothing that rules judge"
		}
	}
	if r.object == nil {
		return "the request holds no object"
	}
	return ""
}

// relabelled tells whether labels or annotations are other ones than before.
func relabelled(object, old map[string]any) bool {
	now, _ := object["metadata"].(map[string]any)
	before, _ := old["metadata"].(map[string]any)
	for _, key := range []string{"labels", "annotations"} {
		if a, b := now[key], before[key]; (a != nil || b != nil) && !reflect.DeepEqual(a, b) {
			return true
		}
	}
	return false
}

// settle decides by what was found.
func (o *Decision) settle(e *evaluation) {
	o.Judged, o.Errors = e.judged, e.notes
	warns := false
	for i := range o.Judged {
		warns = warns || o.Judged[i].Warns()
	}
	switch {
	case denies(o.Judged):
		o.Outcome = Deny
	case e.failed:
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
