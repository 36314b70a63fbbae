package admission

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"

	"sallyport/internal/finding"
)

// Object decides about an object that the cluster holds already, as if it were created now. owned says that the controller
// which it names as its owner is known to be there: then waivers of that one are for it as well. Body and Status mean nothing.
func (d *Decider) Object(ctx context.Context, object map[string]any, owned bool) (out *Decision) {
	meta, _ := object["metadata"].(map[string]any)
	group, version, ok := strings.Cut(text(object["apiVersion"]), "/")
	if !ok {
		group, version = "", group
	}
	r := &request{
		uid: text(meta["uid"]), operation: "CREATE", namespace: text(meta["namespace"]), name: text(meta["name"]),
		group: group, version: version, kind: text(object["kind"]), object: object,
	}
	if owned {
		r.user = "system:kube-controller-manager" // whose word on owners counts
	}
	out = newDecision(r)
	defer func() {
		if p := recover(); p != nil {
			note := finding.Notification{Error: true, File: r.kind + "/" + r.name, Message: fmt.Sprintf("the judgement ended in a panic: %v", p)}
			out = newDecision(r)
			out.Outcome, out.Errors = Failed, []finding.Notification{note}
		}
	}()
	d.decide(ctx, r, out)
	out.Status = cmp.Or(out.Status, http.StatusOK)
	return out
}

// Rules are those that objects are judged by, whatever binds them.
func (d *Decider) Rules() ([]*finding.Rule, error) {
	seen := map[string]bool{}
	var all []*finding.Rule
	for _, b := range d.bindings {
		rules, err := b.rules.Rules(kind)
		if err != nil {
			return nil, err
		}
		for _, r := range rules {
			if !seen[r.Name] {
				seen[r.Name] = true
				all = append(all, r)
			}
		}
	}
	return all, nil
}

// FailOn is the severity from which a finding denies, where a binding does not say otherwise.
func (d *Decider) FailOn() finding.Severity { return d.policy.FailOn }
