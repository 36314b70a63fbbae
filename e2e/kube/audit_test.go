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
