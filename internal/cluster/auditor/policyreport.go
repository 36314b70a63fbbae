package auditor

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"

	"sallyport/internal/finding"
)

// reportSize bounds the results of one report: an object of the API server has at most 1.5 MB.
const reportSize = 400

const manager = "sallyport"

var (
	namespaced  = schema.GroupVersionResource{Group: "wgpolicyk8s.io", Version: "v1alpha2", Resource: "policyreports"}
	clusterwide = schema.GroupVersionResource{Group: "wgpolicyk8s.io", Version: "v1alpha2", Resource: "clusterpolicyreports"}
)

// A Writer keeps the reports of a cluster as PolicyReport and ClusterPolicyReport resources of wgpolicyk8s.io/v1alpha2: those of each
// namespace, and of the objects without one. Reports that have nothing to say any more are deleted, each writer its own.
type Writer struct {
	Client dynamic.Interface
	// Shard tells the reports of several auditors apart.
	Shard Shard
	// Now is the clock.
	Now func() time.Time
}

// Write brings the reports of some namespaces up to date; nil is all. "" is the objects without a namespace.
func (w *Writer) Write(ctx context.Context, results []Result, only map[string]bool) error {
	by := map[string][]any{}
	for ns := range only {
		by[ns] = nil
	}
	for _, res := range results {
		if only == nil || only[res.Namespace] {
			by[res.Namespace] = append(by[res.Namespace], w.entries(res)...)
		}
	}
	have, err := w.existing(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, ns := range slices.Sorted(maps.Keys(by)) {
		for part, entries := range slices.Collect(slices.Chunk(by[ns], reportSize)) {
			name := w.name(part)
			delete(have, ns+"/"+name)
			errs = append(errs, w.apply(ctx, ns, name, entries))
		}
	}
	for key, ns := range have {
		if only == nil || only[ns] {
			err := w.resource(ns).Delete(ctx, key[len(ns)+1:], metav1.DeleteOptions{})
			if err != nil && !apierrors.IsNotFound(err) {
				errs = append(errs, fmt.Errorf("report %s: %w", key, err))
			}
		}
	}
	return errors.Join(errs...)
}

func (w *Writer) resource(ns string) dynamic.ResourceInterface {
	if ns == "" {
		return w.Client.Resource(clusterwide)
	}
	return w.Client.Resource(namespaced).Namespace(ns)
}

func (w *Writer) name(part int) string {
	name := manager
	if w.Shard.Of > 1 {
		name += fmt.Sprintf("-%d-of-%d", w.Shard.Index, w.Shard.Of)
	}
	if part > 0 {
		name += fmt.Sprintf("-part-%d", part+1)
	}
	return name
}

func (w *Writer) labels() map[string]string {
	return map[string]string{"app.kubernetes.io/managed-by": manager, "sallyport/shard": fmt.Sprintf("%d-of-%d", w.Shard.Index, max(w.Shard.Of, 1))}
}

// existing returns the namespace of each report of this writer, by namespace and name.
func (w *Writer) existing(ctx context.Context) (map[string]string, error) {
	have := map[string]string{}
	for _, resource := range []schema.GroupVersionResource{namespaced, clusterwide} {
		next := ""
		for {
			list, err := w.Client.Resource(resource).List(ctx, metav1.ListOptions{LabelSelector: metav1.FormatLabelSelector(&metav1.LabelSelector{MatchLabels: w.labels()}), Limit: 500, Continue: next})
			switch {
			case apierrors.IsNotFound(err) || meta.IsNoMatchError(err):
				return nil, fmt.Errorf("the cluster has no %s: install the CRDs of wgpolicyk8s.io/v1alpha2 (policy-report-api), or leave out --write-reports", resource.GroupResource())
			case err != nil:
				return nil, fmt.Errorf("the reports that are there: %w", err)
			}
			for _, item := range list.Items {
				have[item.GetNamespace()+"/"+item.GetName()] = item.GetNamespace()
			}
			if next = list.GetContinue(); next == "" {
				break
			}
		}
	}
	return have, nil
}

// apply creates or replaces a report.
func (w *Writer) apply(ctx context.Context, ns, name string, entries []any) error {
	kind, metadata := "ClusterPolicyReport", map[string]any{"name": name, "labels": w.labels()}
	if ns != "" {
		kind, metadata["namespace"] = "PolicyReport", ns
	}
	summary := map[string]int{"pass": 0, "fail": 0, "warn": 0, "error": 0, "skip": 0}
	for _, e := range entries {
		summary[e.(map[string]any)["result"].(string)]++
	}
	body, err := json.Marshal(map[string]any{
		"apiVersion": "wgpolicyk8s.io/v1alpha2", "kind": kind, "metadata": metadata, "summary": summary, "results": entries,
	})
	if err != nil {
		return err
	}
	force := true
	_, err = w.resource(ns).Patch(ctx, name, types.ApplyPatchType, body, metav1.PatchOptions{FieldManager: manager, Force: &force})
	if err != nil {
		return fmt.Errorf("report %s: %w", cmp.Or(ns, "of the cluster"), err)
	}
	return nil
}

// entries are the results of an object.
func (w *Writer) entries(res Result) []any {
	object := map[string]any{"apiVersion": res.APIVersion, "kind": res.Kind, "name": res.Name, "uid": res.UID}
	if res.Namespace != "" {
		object["namespace"] = res.Namespace
	}
	at := w.Now()
	entry := func(policy, rule, result, message string) map[string]any {
		return map[string]any{
			"source": manager, "policy": policy, "rule": rule, "result": result, "message": message, "scored": true,
			"resources": []any{object}, "timestamp": map[string]any{"seconds": at.Unix(), "nanos": 0},
		}
	}
	var all []any
	for i := range res.Findings {
		f := &res.Findings[i]
		e := entry(f.Rule.Name, f.Rule.Title, result(f), bounded(f.Field+": "+f.Message))
		e["severity"], e["category"] = f.Severity.String(), "security"
		e["properties"] = map[string]string{"fingerprint": f.Fingerprint, "field": bounded(f.Field), "remediation": bounded(f.Rule.Remediation)}
		all = append(all, e)
	}
	for _, n := range res.Errors {
		all = append(all, entry("sallyport", n.Rule, "error", bounded(n.Message)))
	}
	return all
}

// result is what the finding comes to: fail would not be admitted, skip is waived, and warn is everything else.
func result(f *finding.Finding) string {
	switch {
	case f.Waived != nil:
		return "skip"
	case f.Closes:
		return "fail"
	}
	return "warn"
}

func bounded(s string) string {
	if len(s) > 1000 {
		return strings.ToValidUTF8(s[:1000], "")
	}
	return s
}
