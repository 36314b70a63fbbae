package admission

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sallyport/collectors/kubernetes"
	"sallyport/internal/config"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/tree"
)

// TestBoth holds the verdicts of both gates against each other: the same configuration, the same object, the same findings, waived by the
// same waivers, and the same of them close the gate.
func TestBoth(t *testing.T) {
	waiver := func(keys string) string {
		return "[[waiver]]\nrule = 'kubernetes/privileged'\nreason = 'r'\nowner = 'o'\nexpires = 2026-03-01\n" + keys + "\n"
	}
	both := pod("api", container("app", privileged), container("proxy", privileged))
	deployment := workload("Deployment", "payments", both)
	for _, c := range []struct {
		name, configuration string
		object              fields
		closes, waived      int // of kubernetes/privileged
	}{
		{"no configuration", "", both, 2, 0},
		{"the object", waiver("object = 'Pod/api'"), both, 0, 2},
		{"all objects", waiver("object = '*/*'"), deployment, 0, 2},
		{"another object", waiver("object = 'Pod/other'"), both, 2, 0},
		{"another kind", waiver("object = 'Deployment/api'"), both, 2, 0},
		{"its namespace", waiver("object = 'Pod/*'\nnamespace = 'pay*'"), both, 0, 2},
		{"another namespace", waiver("object = 'Pod/*'\nnamespace = 'apps'"), both, 2, 0},
		{"the workload", waiver("object = 'Deployment/payments'"), deployment, 0, 2},
		{"one container, as Kubernetes writes it", waiver("object = 'Deployment/payments'\nplace = 'spec.template.spec.containers[app]'"), deployment, 1, 1},
		{"one container, by its index", waiver("object = 'Deployment/payments'\nplace = 'spec.template.spec.containers[1]'"), deployment, 1, 1},
		{"one container, from the pod on", waiver("object = '*/*'\nplace = 'containers[app]'"), deployment, 1, 1},
		{"one container of a pod, from the pod on", waiver("object = '*/*'\nplace = 'containers[app].securityContext.privileged'"), both, 1, 1},
		{"one container of another name", waiver("object = '*/*'\nplace = 'containers[ap]'"), both, 2, 0},
		{"expired", strings.Replace(waiver("object = 'Pod/api'"), "2026-03-01", "2026-01-14", 1), both, 2, 0},
		{"on its last day", strings.Replace(waiver("object = 'Pod/api'"), "2026-03-01", "2026-01-15", 1), both, 0, 2},
		{"too long", strings.Replace(waiver("object = 'Pod/api'"), "2026-03-01", "2027-03-01", 1), both, 2, 0},
		{"a severity", "[rules.'kubernetes/privileged']\nseverity = 'low'\n", both, 0, 0},
		{"a threshold", "fail_on = 'critical'\n[rules.'kubernetes/privileged']\nseverity = 'high'\n", both, 0, 0},
		{"audited", "[[binding]]\nname = 'a'\nmode = 'audit'\n", both, 0, 0},
		{"enforced beside an audit", "[[binding]]\nname = 'a'\nmode = 'audit'\n[[binding]]\nname = 'b'\nnamespaces = ['payments']\n", both, 2, 0},
		{"by the profile alone", "[[binding]]\nname = 'a'\nprofile = 'pss-baseline'\n", both, 2, 0},
		{"by labels of the object", "[[binding]]\nname = 'a'\nobject_selector = { matchLabels = { app = 'api' } }\n", both, 2, 0},
		{"by labels of the namespace", "[[binding]]\nname = 'a'\nnamespace_selector = { matchLabels = { tier = 'apps' } }\n", both, 2, 0},
		{"not by labels of the namespace", "[[binding]]\nname = 'a'\nnamespace_selector = { matchLabels = { tier = 'db' } }\n", both, 0, 0},
		{"the share of a rollout", "[[binding]]\nname = 'a'\nrollout = 50\n", both, -1, 0},
		{"the other share of a rollout", "[[binding]]\nname = 'a'\nrollout = 50\n", deployment, -1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			files, closes, waived := inFiles(t, c.configuration, c.object)
			d := deciderWith(t, c.configuration, Options{Bundle: allRules(t).Profile, Namespaces: labels{"payments": {"tier": "apps"}}})
			out := d.Review(context.Background(), sent(c.object, nil))
			var live []string
			for i := range out.Judged {
				f := out.Judged[i].Finding
				live = append(live, verdictOf(&f))
			}
			slices.Sort(live)
			if !slices.Equal(files, live) {
				t.Errorf("check %q\nserve %q", files, live)
			}
			if c.closes >= 0 && closes != c.closes || waived != c.waived {
				t.Errorf("%d close and %d are waived, want %d and %d", closes, waived, c.closes, c.waived)
			}
		})
	}
}

func verdictOf(f *finding.Finding) string {
	return fmt.Sprintf("%s %s closes=%v waived=%v %s", f.Rule.Name, f.Logical, f.Closes, f.Waived != nil, f.Properties["mode"])
}

// inFiles is the verdict of check about an object in a file, beside that of its namespace.
func inFiles(t *testing.T, configuration string, object fields) (all []string, closes, waived int) {
	dir := t.TempDir()
	for name, v := range map[string]any{
		"object.json":    object,
		"namespace.json": fields{"apiVersion": "v1", "kind": "Namespace", "metadata": fields{"name": "payments", "labels": fields{"tier": "apps"}}},
	} {
		text, err := json.Marshal(v)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	opened, err := tree.Open(dir, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	files, err := opened.Walk(ctx)
	if err != nil {
		t.Fatal(err)
	}
	rules := allRules(t)
	c := mustParse(t, configuration)
	if err := c.Check(known(rules)); err != nil {
		t.Fatal(err)
	}
	e := config.Merge(c, nil, 0, clock)
	bindings, err := Bindings(e, rules.Profile, 0)
	if err != nil {
		t.Fatal(err)
	}
	report := gate.Run(ctx, gate.Options{
		Bundle: rules.Configure(e.Parameters).Only(func(name string) bool { return strings.HasPrefix(name, kind+"/") }), Collectors: []fact.Collector{kubernetes.New()},
		FS: opened.FS(), Files: files, Now: clock, Bindings: bindings,
		Policy: gate.Policy{FailOn: e.FailOn, Severities: e.Severities, Disabled: e.Disabled, Waive: e.Waive},
	})
	for i := range report.Findings {
		f := &report.Findings[i]
		if f.Document.Object.Kind == "Namespace" {
			continue
		}
		all = append(all, verdictOf(f))
		if f.Rule.Name == "kubernetes/privileged" && f.Closes {
			closes++
		}
		if f.Waived != nil {
			waived++
		}
	}
	slices.Sort(all)
	return all, closes, waived
}

// TestOwners holds what covers a workload against what covers its pods: the cluster's controllers vouch for it, and nobody else.
func TestOwners(t *testing.T) {
	d := decider(t, "[[waiver]]\nrule = 'kubernetes/privileged'\nreason = 'r'\nowner = 'o'\nexpires = 2026-03-01\nobject = 'Deployment/payments'\nplace = 'containers[app]'\n")
	made := func() fields {
		p := pod("payments-7f9c-x", container("app", fields{"securityContext": fields{
			"privileged": true, "runAsNonRoot": true, "runAsUser": 10001, "readOnlyRootFilesystem": true,
			"capabilities": fields{"drop": []any{"ALL"}}, "seccompProfile": fields{"type": "RuntimeDefault"},
		}}))
		p["metadata"].(fields)["labels"] = fields{"pod-template-hash": "7f9c"}
		p["metadata"].(fields)["ownerReferences"] = []any{fields{"kind": "ReplicaSet", "name": "payments-7f9c", "controller": true}}
		return p
	}
	for user, allowed := range map[string]bool{
		"system:serviceaccount:kube-system:replicaset-controller": true,
		"system:kube-controller-manager":                          true,
		"eve":                                                     false,
		"system:serviceaccount:payments:replicaset-controller": false,
	} {
		out := d.Review(context.Background(), sent(made(), fields{"userInfo": fields{"username": user}}))
		if out.Allowed != allowed {
			t.Errorf("%s: %s: %s", user, out.Outcome, out.Body)
		}
	}
	other := made()
	other["metadata"].(fields)["labels"] = fields{"pod-template-hash": "9999"}
	if out := d.Review(context.Background(), sent(other, fields{"userInfo": fields{"username": "system:kube-controller-manager"}})); out.Allowed {
		t.Error("a ReplicaSet of no Deployment is covered by its waiver")
	}
}
