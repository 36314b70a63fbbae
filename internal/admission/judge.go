package admission

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sallyport/collectors/kubernetes"
	"sallyport/internal/config"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/secret"
)

// An applied is a binding for an object.
type applied struct {
	*bound
	scope gate.Scope
}

// bind finds the bindings for the object of a request, each with the mode that holds for the object.
func (d *Decider) bind(ctx context.Context, r *request, o *fact.Object) []applied {
	t := &config.Target{Object: o, Cluster: r.namespace == ""}
	if r.kind == "Namespace" && r.group != "" {
		other := *o // that of others is none, and its name and its labels say nothing of where it is
		other.Kind += "." + r.group
		t.Object = &other
	}
	if d.byLabels && r.namespace != "" && d.opts.Namespaces != nil {
		if labels, err := d.opts.Namespaces.Labels(ctx, r.namespace); err == nil {
			t.NamespaceLabels = labels
			if labels == nil {
				t.NamespaceLabels = map[string]string{}
			}
		}
	}
	var all []applied
	for _, b := range d.bindings {
		if b.Matches(t) {
			all = append(all, applied{b, b.scope(t)})
		}
	}
	return all
}

// A subject is an object as documents: itself, and the items of a List.
type subject struct {
	docs []fact.Document
	// unread is what has a type that the API server refuses.
	unread []finding.Notification
}

func (d *Decider) subject(r *request, object map[string]any) *subject {
	s := &subject{}
	for i, o := range kubernetes.Objects(object) {
		doc, err := document(r, o, i)
		s.docs = append(s.docs, doc)
		s.unread = append(s.unread, masked(err, doc.Secrets)...)
	}
	return s
}

// An evaluation is what rules say about a subject.
type evaluation struct {
	judged []Judged
	notes  []finding.Notification
	failed bool // where it has to be decided, something could not be
}

// evaluate judges a subject by the rules that are bound.
func (d *Decider) evaluate(ctx context.Context, s *subject, bound []applied) *evaluation {
	e := &evaluation{notes: s.unread}
	now := d.opts.Now()
	scopes := make([]gate.Scope, len(bound))
	failed := make([]bool, len(bound))
	for i := range bound {
		scopes[i], failed[i] = bound[i].scope, len(s.unread) > 0
	}
	var found []finding.Finding
	for i := range s.docs {
		f, errs := gate.JudgeIn(ctx, scopes, nil, &s.docs[i], now)
		found = append(found, f...)
		for n, err := range errs {
			failed[n] = failed[n] || err != nil
			switch {
			case err != nil && ctx.Err() != nil:
				e.notes = append(e.notes, finding.Notification{Error: true, Message: "the review was not done in its time", Hint: "send it again"})
			case err != nil:
				e.notes = append(e.notes, masked(err, s.docs[i].Secrets)...)
			}
		}
	}
	for i, a := range bound {
		e.failed = e.failed || failed[i] && a.scope.Mode == config.Enforce && !a.AllowErrors
	}
	e.notes = slices.Compact(e.notes)
	e.judged = d.weigh(d.policy.Settle(found), now)
	return e
}

// weigh says what each finding does.
func (d *Decider) weigh(found []finding.Finding, now time.Time) []Judged {
	all := make([]Judged, len(found))
	for i := range found {
		f := &found[i]
		f.Waived = d.effective.WaiveAt(f, now)
		f.Closes = d.policy.Closes(f)
		all[i] = Judged{Finding: *f, Mode: f.Binding.Mode, Binding: f.Binding.Name, Denies: f.Closes}
	}
	return all
}

// document is the document of an object, under the name that it has in the cluster. item counts those of a List.
func document(r *request, object map[string]any, item int) (fact.Document, error) {
	meta, _ := object["metadata"].(map[string]any)
	name := cmp.Or(text(meta["name"]), text(meta["generateName"]), r.name)
	path := r.kind + "/" + name
	if r.namespace != "" {
		path = r.namespace + "/" + path
	}
	if item > 0 {
		path += fmt.Sprintf("/items/%d", item-1)
	}
	if r.namespace != "" && r.kind != "Namespace" && meta != nil && meta["namespace"] == nil {
		meta["namespace"] = r.namespace
	}
	if object["kind"] == nil || object["apiVersion"] == nil {
		object["kind"], object["apiVersion"] = r.kind, strings.TrimPrefix(r.group+"/"+r.version, "/")
	}
	var owners []string
	if controllers[r.user] {
		owners = kubernetes.Owners(object)
	}
	doc, err := kubernetes.FromObject(path, object, len(owners) > 0)
	if item == 0 && object["kind"] != r.kind {
		err = errors.Join(err, fmt.Errorf("%s: the request is about a %s, and its object is a %s", path, short(r.kind), short(text(object["kind"]))))
	}
	doc.Object.Live = true
	doc.Object.Name = cmp.Or(text(meta["name"]), r.name, doc.Object.Name)
	doc.Object.Namespace = r.namespace
	if len(owners) > 0 {
		doc.Object.Owners, doc.Object.Key = owners, owners[len(owners)-1]
	}
	if r.operation == "CONNECT" {
		doc.Object.Labels = nil // what is connected to is another object
	}
	return doc, err
}

// controllers are the users that make objects for others. What anybody else says of owners is his own claim.
var controllers = map[string]bool{
	"system:kube-controller-manager":                           true,
	"system:serviceaccount:kube-system:cronjob-controller":     true,
	"system:serviceaccount:kube-system:daemon-set-controller":  true,
	"system:serviceaccount:kube-system:deployment-controller":  true,
	"system:serviceaccount:kube-system:job-controller":         true,
	"system:serviceaccount:kube-system:replicaset-controller":  true,
	"system:serviceaccount:kube-system:replication-controller": true,
	"system:serviceaccount:kube-system:statefulset-controller": true,
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// masked makes notifications of errors, without secrets.
func masked(err error, secrets []string) []finding.Notification {
	notes := gate.Notifications(err)
	for i := range notes {
		notes[i].Message = secret.Redact(notes[i].Message, secrets)
	}
	return notes
}
