// Package auditor judges the objects that a cluster holds, as the webhook judges those that are sent to it.
package auditor

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"sallyport/collectors/kubernetes"
	"sallyport/internal/admission"
	"sallyport/internal/cluster/objects"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// MaxFindings bounds what is kept of a run: what is found beyond it is counted, and is an error of the run.
const MaxFindings = 100_000

// Options say what is audited.
type Options struct {
	Lister    *objects.Lister
	Resources []objects.Resource
	Decider   *admission.Decider
	Shard     Shard
	// Max bounds the findings; 0 is MaxFindings.
	Max int
	// Progress, where set, is told what was judged of a resource, and how many are left, -1 where nobody knows.
	Progress func(r objects.Resource, judged int, left int64)
	// Object, where set, is told about each object with something to say.
	Object func(Result)
}

// A Result is what was found about an object.
type Result struct {
	// APIVersion, Kind, Namespace, Name and UID are the object's.
	APIVersion, Kind, Namespace, Name, UID string
	Findings                               []finding.Finding
	Errors                                 []finding.Notification
	// Gone is true for an object that was deleted, while the cluster is watched.
	Gone bool
}

// An Audit is what is known of a cluster.
type Audit struct {
	opts Options
	// Judged counts objects, by resource; Exempt are those that no binding is for, and Folded the findings that were told of an owner.
	Judged         map[string]int
	Exempt, Folded int
	// Dropped counts the findings beyond the bound.
	Dropped int
	Results []Result
	// Errors are what could not be judged.
	Errors []finding.Notification
	// Versions are those to watch each resource from.
	Versions map[string]string

	kept int
	told map[uint64]map[uint64]bool // by the UID of what owns others: what was said about it
	seed maphash.Seed
}

// New prepares an audit.
func New(opts Options) *Audit {
	if opts.Max == 0 {
		opts.Max = MaxFindings
	}
	return &Audit{opts: opts, Judged: map[string]int{}, Versions: map[string]string{}, told: map[uint64]map[uint64]bool{}, seed: maphash.MakeSeed()}
}

// Run lists and judges. What could not be listed is among the errors: an audit never ends early in silence.
func (a *Audit) Run(ctx context.Context) {
	for _, r := range a.opts.Resources {
		judged := 0
		version, err := a.opts.Lister.List(ctx, r, func(item objects.Item, left int64) error {
			if a.judge(ctx, item) {
				judged++
			}
			if a.opts.Progress != nil {
				a.opts.Progress(r, judged, left)
			}
			return ctx.Err()
		})
		if a.Judged[r.String()] += judged; err != nil {
			a.fail(r, err)
		}
		a.Versions[r.String()] = version
	}
	if a.Dropped > 0 {
		a.Errors = append(a.Errors, finding.Notification{
			Error: true, Message: fmt.Sprintf("%d findings beyond the first %d are not in the report", a.Dropped, a.opts.Max),
			Hint: "audit in shards, or fewer resources or namespaces at a time",
		})
	}
}

// Miss adds what keeps the audit from being whole; nil is nothing.
func (a *Audit) Miss(err error) {
	for _, e := range fact.Errors(err) {
		a.Errors = append(a.Errors, finding.Notification{Error: true, Message: e.Error()})
	}
}

func (a *Audit) fail(r objects.Resource, err error) {
	message := err.Error()
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		message = fmt.Sprintf("the audit was stopped before all %s were judged", r)
	}
	a.Errors = append(a.Errors, finding.Notification{Error: true, Message: message})
}

// judge decides about one object; it returns false for those of other shards.
func (a *Audit) judge(ctx context.Context, item objects.Item) bool {
	res, owner := identify(item)
	owners := kubernetes.Owners(item.Object)
	key := res.Kind + "/" + res.Name
	if len(owners) > 0 {
		key = owners[len(owners)-1]
	}
	if !a.opts.Shard.has(res.Namespace, key) {
		return false
	}
	said, owned := a.told[a.hash(owner)]
	owned = owned && owner != ""
	d := a.opts.Decider.Object(ctx, item.Object, owned)
	if d.Outcome == admission.Exempt {
		a.Exempt++
	}
	own := map[uint64]bool{}
	doc := &fact.Document{Kind: "kubernetes", Path: path(res)}
	for _, j := range d.Judged {
		f := j.Finding
		h := a.hash(f.Rule.Name + "\x00" + inPod(f.Field) + "\x00" + f.Message)
		if own[h] = true; owned && said[h] {
			a.Folded++
			continue
		}
		if a.kept++; a.kept > a.opts.Max {
			a.Dropped++
			continue
		}
		f.Closes = j.Denies
		res.Findings = append(res.Findings, slim(f, doc))
	}
	if owns[res.Kind] {
		a.told[a.hash(item.UID)] = own
	}
	for _, n := range d.Errors {
		if n.File == "" {
			n.File = path(res)
		}
		n.Error = true
		res.Errors = append(res.Errors, n)
	}
	a.Errors = append(a.Errors, res.Errors...)
	a.keep(res)
	return true
}

func (a *Audit) keep(res Result) {
	if len(res.Findings)+len(res.Errors) == 0 && !res.Gone {
		return
	}
	a.Results = append(a.Results, res)
	if a.opts.Object != nil {
		a.opts.Object(res)
	}
}

// owns are the kinds whose findings are not told again about what they make.
var owns = map[string]bool{
	"Deployment": true, "ReplicaSet": true, "StatefulSet": true, "DaemonSet": true, "ReplicationController": true, "Job": true, "CronJob": true,
}

func (a *Audit) hash(s string) uint64 { return maphash.String(a.seed, s) }

// identify says what an object is, and the UID of the controller that made it.
func identify(item objects.Item) (res Result, owner string) {
	meta, _ := item.Object["metadata"].(map[string]any)
	text := func(m map[string]any, key string) string { s, _ := m[key].(string); return s }
	res = Result{
		APIVersion: text(item.Object, "apiVersion"), Kind: text(item.Object, "kind"),
		Namespace: text(meta, "namespace"), Name: text(meta, "name"), UID: item.UID,
	}
	refs, _ := meta["ownerReferences"].([]any)
	for _, v := range refs {
		if ref, _ := v.(map[string]any); ref["controller"] == true {
			owner = text(ref, "uid")
		}
	}
	return res, owner
}

// inPod is a place without what leads from a workload to the template of its pods.
func inPod(field string) string {
	for _, prefix := range []string{"spec.jobTemplate.spec.template.", "spec.template."} {
		if rest, ok := strings.CutPrefix(field, prefix); ok {
			return rest
		}
	}
	return field
}

// path names an object as its document does.
func path(res Result) string {
	return strings.TrimPrefix(res.Namespace+"/"+res.Kind+"/"+res.Name, "/")
}

// slim lets go of the object, which the finding's document holds. doc is the name that is left of it.
func slim(f finding.Finding, doc *fact.Document) finding.Finding {
	if f.Document != nil && doc.Object.Kind == "" {
		doc.Name, doc.Object = f.Document.Name, f.Document.Object
	}
	f.Document, f.File = doc, doc.Path
	if f.Logical == "" {
		f.Logical = f.Field
	}
	f.Related, f.Flow, f.Value = nil, nil, nil
	return f
}
