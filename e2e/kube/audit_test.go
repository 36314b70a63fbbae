package kube

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// audited runs sallyport audit over a namespace.
func audited(t *testing.T, ns string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(filepath.Join(sallyportBin, "sallyport"), append([]string{"audit", "--kubeconfig", shared.path("kubectl.config"), "--namespace", ns}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run()
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func TestAudit(t *testing.T) {
	ns := shared.client.namespace(t, nil)
	for i := range 30 {
		expect(t, create(t, shared.client, ns, "pods", pod(fmt.Sprintf("good-%d", i), nil), ""), http.StatusCreated)
	}
	if out, errs, code := audited(t, ns, "--resource", "pods"); code != 0 {
		t.Errorf("good pods: exit code %d\n%s%s", code, out, errs)
	}
	expect(t, create(t, shared.client, ns, "apps/deployments", deployment("bad", privileged), ""), http.StatusCreated)
	out, errs, code := audited(t, ns, "-o", "json")
	if code != 1 || !strings.Contains(out, "kubernetes/privileged") || !strings.Contains(out, ns+"/Deployment/bad") {
		t.Errorf("a privileged Deployment: exit code %d\n%s%s", code, out, errs)
	}
	if !json.Valid([]byte(out)) {
		t.Error("the report is no JSON")
	}
	if out, errs, code := audited(t, ns, "--resource", "unicorns"); code != 2 || !strings.Contains(errs, "unicorns") {
		t.Errorf("a resource that is not there: exit code %d\n%s%s", code, out, errs)
	}
}

// Shards have every object once.
func TestAuditShards(t *testing.T) {
	ns := shared.client.namespace(t, nil)
	for i := range 20 {
		expect(t, create(t, shared.client, ns, "pods", pod(fmt.Sprintf("bad-%d", i), privileged), ""), http.StatusCreated)
	}
	seen := map[string]int{}
	for i := range 3 {
		out, errs, code := audited(t, ns, "--resource", "pods", "-o", "json", "--shard", fmt.Sprintf("%d/3", i))
		if code == 2 {
			t.Fatalf("shard %d: %s", i, errs)
		}
		for n := range 20 {
			if strings.Contains(out, fmt.Sprintf("%s/Pod/bad-%d\"", ns, n)) {
				seen[fmt.Sprint(n)]++
			}
		}
	}
	for n := range 20 {
		if seen[fmt.Sprint(n)] != 1 {
			t.Errorf("pod %d is in %d shards", n, seen[fmt.Sprint(n)])
		}
	}
}

// reportCRD is one of the two definitions of wgpolicyk8s.io, as far as the API server must know them.
func reportCRD(kind, plural, scope string) map[string]any {
	return map[string]any{
		"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": map[string]any{
			"name": plural + ".wgpolicyk8s.io", "annotations": map[string]string{"api-approved.kubernetes.io": "unapproved, for tests"},
		},
		"spec": map[string]any{
			"group": "wgpolicyk8s.io", "scope": scope, "names": map[string]any{"kind": kind, "plural": plural, "singular": strings.ToLower(kind), "listKind": kind + "List"},
			"versions": []any{map[string]any{"name": "v1alpha2", "served": true, "storage": true, "schema": map[string]any{
				"openAPIV3Schema": map[string]any{"type": "object", "x-kubernetes-preserve-unknown-fields": true},
			}}},
		},
	}
}

// Reports come, follow what is there while the cluster is watched, and go.
func TestAuditReports(t *testing.T) {
	admin := shared.client
	for _, crd := range []map[string]any{reportCRD("PolicyReport", "policyreports", "Namespaced"), reportCRD("ClusterPolicyReport", "clusterpolicyreports", "Cluster")} {
		status, body, err := admin.do(http.MethodPost, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd)
		must(t, err)
		if status != http.StatusCreated {
			t.Fatalf("%d %s", status, body)
		}
	}
	ns := admin.namespace(t, nil)
	reports := func() string {
		_, body, err := admin.do(http.MethodGet, "/apis/wgpolicyk8s.io/v1alpha2/namespaces/"+ns+"/policyreports", nil)
		must(t, err)
		return string(body)
	}
	eventually(t, "the definitions are served", func() bool { return strings.Contains(reports(), `"items"`) })
	expect(t, create(t, admin, ns, "pods", pod("bad", privileged), ""), http.StatusCreated)

	cmd := exec.Command(filepath.Join(sallyportBin, "sallyport"), "audit", "--kubeconfig", shared.path("kubectl.config"), "--namespace", ns,
		"--resource", "pods", "--write-reports", "--watch", "-o", "json="+filepath.Join(t.TempDir(), "report.json"))
	out := &lockedBuffer{}
	cmd.Stdout, cmd.Stderr = out, out
	must(t, cmd.Start())
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	eventually(t, "a report of the pod", func() bool {
		return strings.Contains(reports(), "kubernetes/privileged") && strings.Contains(reports(), `"result":"fail"`)
	})
	expect(t, create(t, admin, ns, "pods", pod("worse", privileged), ""), http.StatusCreated)
	eventually(t, "a line about the new pod", func() bool { return strings.Contains(out.String(), ns+"/Pod/worse") })
	eventually(t, "a report of the new pod", func() bool { return strings.Contains(reports(), `"name":"worse"`) })
	for _, name := range []string{"bad", "worse"} {
		_, _, err := admin.do(http.MethodDelete, "/api/v1/namespaces/"+ns+"/pods/"+name+"?gracePeriodSeconds=0", nil)
		must(t, err)
	}
	eventually(t, "no report once the pods are gone", func() bool { return !strings.Contains(reports(), "kubernetes/privileged") })
}

func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("%s: not within 30 seconds", what)
}
