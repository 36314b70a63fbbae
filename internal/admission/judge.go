package admission

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sallyport/collectors/kubernetes"
	"sallyport/internal/config"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/secret"
)

// An applied is a binding for an object, with the mode that holds for it.
type applied struct {
	*bound
	mode string
}

// bind finds the bindings for the object of a request.
func (d *Decider) bind(ctx context.Context, r *request) []applied {
	doc, _ := d.document(r, r.object, 0)
	t := &config.Target{Object: doc.Object, Known: true, Cluster: r.namespace == ""}
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
			all = append(all, applied{b, b.ModeFor(t)})
		}
	}
	return all
}

// An evaluation is what rules say about an object.
type evaluation struct {
	found  [][]finding.Finding // by profile
	failed []bool              // by profile: some rule could not be evaluated
	notes  []finding.Notification
}

// evaluate judges an object by the rules of each profile that is bound.
func (d *Decider) evaluate(ctx context.Context, r *request, object map[string]any, bound []applied) *evaluation {
	e := &evaluation{found: make([][]finding.Finding, len(d.profiles)), failed: make([]bool, len(d.profiles))}
	var docs []fact.Document
	var unread []finding.Notification
	for i, o := range kubernetes.Objects(object) {
		doc, err := d.document(r, o, i)
		docs = append(docs, doc)
		unread = append(unread, masked(err, doc.Secrets)...)
	}
	e.notes = unread
	done := make([]bool, len(d.profiles))
	for _, a := range bound {
		p := a.profile
		if done[p] {
			continue
		}
		done[p] = true
		e.failed[p] = len(unread) > 0
		for i := range docs {
			in := d.profiles[p].NewInput(&docs[i])
			in.Clock = d.opts.Now()
			found, err := gate.Judge(ctx, d.profiles[p], nil, in)
			e.found[p] = append(e.found[p], found...)
			e.failed[p] = e.failed[p] || err != nil
			e.notes = append(e.notes, masked(err, docs[i].Secrets)...)
		}
		e.found[p] = d.policy.Settle(e.found[p])
	}
	if ctx.Err() != nil {
		e.notes = []finding.Notification{{Error: true, Message: "the review was not done in its time", Hint: "send it again"}}
		for p := range e.failed {
			e.failed[p] = e.failed[p] || done[p]
		}
	}
	return e
}

// fails tells whether something could not be decided that has to be.
func (e *evaluation) fails(bound []applied) bool {
	return slices.ContainsFunc(bound, func(a applied) bool {
		return e.failed[a.profile] && a.mode == config.Enforce && !a.AllowErrors
	})
}

// document is the document of an object, under the name that it has in the cluster. item counts those of a List.
func (d *Decider) document(r *request, object map[string]any, item int) (fact.Document, error) {
	meta, _ := object["metadata"].(map[string]any)
	name := cmp.Or(text(meta["name"]), text(meta["generateName"]), r.name)
	path := r.kind + "/" + name
	if r.namespace != "" {
		path = r.namespace + "/" + path
	}
	if item > 0 {
		path += fmt.Sprintf("/items/%d", item-1)
	}
	if object["kind"] == nil || object["apiVersion"] == nil {
		object["kind"], object["apiVersion"] = r.kind, strings.TrimPrefix(r.group+"/"+r.version, "/")
	}
	doc, err := kubernetes.FromObject(path, object)
	if item == 0 && object["kind"] != r.kind {
		err = errors.Join(err, fmt.Errorf("%s: the request is about a %s, and its object is a %s", path, short(r.kind), short(text(object["kind"]))))
	}
	doc.Object.Live = true
	doc.Object.Name = cmp.Or(doc.Object.Name, r.name)
	doc.Object.Namespace = r.namespace
	if controllers[r.user] {
		doc.Object.Owners = kubernetes.Owners(object)
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

// weigh says what each finding does. Where several bindings judge by one rule, the strictest counts.
func (d *Decider) weigh(e *evaluation, bound []applied) []Judged {
	now := d.opts.Now()
	var all []Judged
	seen := map[string]int{}
	for _, a := range bound {
		for _, f := range e.found[a.profile] {
			f.Waived = d.effective.WaiveAt(&f, now)
			f.Closes = a.policy.Closes(&f)
			j := Judged{Finding: f, Mode: a.mode, Binding: a.Name, Denies: f.Closes && a.mode == config.Enforce}
			j.rank = rank(&j)
			key := f.Fingerprint + f.Message
			if i, ok := seen[key]; !ok {
				seen[key] = len(all)
				all = append(all, j)
			} else if j.rank > all[i].rank {
				all[i] = j
			}
		}
	}
	return all
}

func rank(j *Judged) int {
	switch {
	case j.Denies:
		return 3
	case j.Mode == config.Enforce:
		return 2
	case j.Mode == config.Warn:
		return 1
	}
	return 0
}
