package kube

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A few requests show that the measurement works. make bench-kube sends enough of them for figures.
var (
	costRequests = flag.Int("requests", 8, "requests of each way in a round")
	costRounds   = flag.Int("rounds", 1, "rounds, in which the ways take turns")
)

// A way is one by which an object is admitted. Each has a namespace of its own, so that all are there at the same time.
type way struct {
	name      string
	namespace string
	pid       int // of the webhook; 0 is none
	samples   []cost
}

// A cost is processor time of one request.
type cost struct{ server, webhook time.Duration }

// TestCost measures what admission adds to a request: the processor time of the API server and of the webhook, from /proc.
func TestCost(t *testing.T) {
	ways := []*way{
		{name: "no webhook", namespace: shared.client.namespace(t, nil)},
		trivial(t),
		gated(t, "sallyport: all rules", ""),
		gated(t, "sallyport: pss-restricted", "[[binding]]\nname = \"all\"\nprofile = \"pss-restricted\"\n"),
		gated(t, "sallyport: one rule", oneRule(t)),
		expression(t),
	}
	body, err := encode(fiveKilobytes())
	must(t, err)
	for round := range *costRounds + 1 {
		for _, w := range ways {
			c, err := w.send(body, *costRequests)
			must(t, err)
			if round > 0 { // the first warms up
				w.samples = append(w.samples, c)
			}
		}
	}
	table(ways, len(body))
	for _, w := range ways {
		if len(w.samples) != *costRounds {
			t.Errorf("%s: %d samples", w.name, len(w.samples))
		}
	}
}

// trivial is a webhook that decodes each review and allows it.
func trivial(t *testing.T) *way {
	t.Helper()
	program := filepath.Join(t.TempDir(), "floor")
	if out, err := exec.Command("go", "build", "-C", "../..", "-o", program, "./internal/bench/webhook").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	w := newWebhook(t, "")
	w.cmd = exec.Command(program, "-floor", fmt.Sprintf("127.0.0.1:%d", w.port), "-dir", w.dir)
	w.cmd.Stderr = os.Stderr
	must(t, w.cmd.Start())
	w.ended = make(chan error, 1)
	go func(cmd *exec.Cmd) { w.ended <- cmd.Wait() }(w.cmd)
	w.waitFor("the trivial webhook is ready", func() bool {
		resp, err := w.direct().Get(w.url("/readyz"))
		if err != nil {
			return false
		}
		return resp.Body.Close() == nil
	})
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{})
	// It allows everything: what it is asked shows in its processor time.
	before, err := used(w.cmd.Process.Pid)
	must(t, err)
	w.waitFor("the trivial webhook is asked", func() bool {
		for range 20 {
			create(t, shared.client, ns, "pods", pod("probe", nil), "?dryRun=All")
		}
		now, err := used(w.cmd.Process.Pid)
		return err == nil && now > before
	})
	return &way{name: "a trivial webhook", namespace: ns, pid: w.cmd.Process.Pid}
}

// gated is ours.
func gated(t *testing.T, name, config string) *way {
	t.Helper()
	w := newWebhook(t, config, "--log-level", "warn").start()
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{})
	w.inForce(ns)
	return &way{name: name, namespace: ns, pid: w.cmd.Process.Pid}
}

// oneRule is a configuration with one rule about Kubernetes, for containers that are privileged.
func oneRule(t *testing.T) string {
	t.Helper()
	out, err := exec.Command(filepath.Join(sallyportBin, "sallyport"), "rules", "--format", "json").Output()
	must(t, err)
	var rules []struct{ Name, Kind string }
	must(t, json.Unmarshal(out, &rules))
	var b strings.Builder
	for _, r := range rules {
		if r.Kind == "kubernetes" && r.Name != "kubernetes/privileged" {
			fmt.Fprintf(&b, "[rules.%q]\nenabled = false\n", r.Name)
		}
	}
	return b.String()
}

// expression is a policy of the API server itself, with that rule.
func expression(t *testing.T) *way {
	t.Helper()
	ns := shared.client.namespace(t, nil)
	const base, privileged = "/apis/admissionregistration.k8s.io/v1/", "!object.spec.containers.exists(c, has(c.securityContext) && has(c.securityContext.privileged) && c.securityContext.privileged)"
	match := map[string]any{
		"namespaceSelector": map[string]any{"matchLabels": map[string]string{"kubernetes.io/metadata.name": ns}},
		"resourceRules":     []any{map[string]any{"apiGroups": []string{""}, "apiVersions": []string{"v1"}, "operations": []string{"CREATE", "UPDATE"}, "resources": []string{"pods"}}},
	}
	for resource, object := range map[string]map[string]any{
		"validatingadmissionpolicies": {"kind": "ValidatingAdmissionPolicy", "spec": map[string]any{
			"failurePolicy": "Fail", "matchConstraints": match, "validations": []any{map[string]any{"expression": privileged}},
		}},
		"validatingadmissionpolicybindings": {"kind": "ValidatingAdmissionPolicyBinding", "spec": map[string]any{"policyName": ns, "validationActions": []string{"Deny"}}},
	} {
		object["apiVersion"], object["metadata"] = "admissionregistration.k8s.io/v1", map[string]any{"name": ns}
		status, body, err := shared.client.do(http.MethodPost, base+resource, object)
		if must(t, err); status != http.StatusCreated {
			t.Fatalf("%s: %d %s", resource, status, body)
		}
		t.Cleanup(func() { _, _, _ = shared.client.do(http.MethodDelete, base+resource+"/"+ns, nil) })
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if create(t, shared.client, ns, "pods", pod("probe", map[string]any{"privileged": true}), "?dryRun=All").status >= 400 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the policy is not in force")
		}
	}
	return &way{name: "ValidatingAdmissionPolicy: one rule", namespace: ns}
}

// fiveKilobytes is a pod that passes every rule, with what a real one has in it.
func fiveKilobytes() map[string]any {
	p := pod("ledger-6d4cf56db6-8zkxw", nil)
	spec := p["spec"].(map[string]any)
	first := spec["containers"].([]any)[0].(map[string]any)
	first["env"] = []any{
		map[string]any{"name": "POD_IP", "valueFrom": map[string]any{"fieldRef": map[string]any{"fieldPath": "status.podIP"}}},
		map[string]any{"name": "LOG_LEVEL", "value": "info"},
		map[string]any{"name": "REGION", "value": "eu-1"},
		map[string]any{"name": "QUEUE", "value": "payments"},
	}
	first["ports"] = []any{map[string]any{"name": "http", "containerPort": 8080}}
	first["volumeMounts"] = []any{map[string]any{"name": "tmp", "mountPath": "/tmp"}, map[string]any{"name": "config", "readOnly": true, "mountPath": "/etc/ledger"}}
	spec["volumes"] = []any{
		map[string]any{"name": "tmp", "emptyDir": map[string]any{"sizeLimit": "64Mi"}}, map[string]any{"name": "config", "configMap": map[string]any{"name": "ledger"}},
	}
	spec["containers"] = []any{first, merged(first, map[string]any{"name": "proxy", "ports": []any{map[string]any{"name": "admin", "containerPort": 9090}}})}
	p["metadata"] = merged(p["metadata"].(map[string]any), map[string]any{"annotations": map[string]string{"checksum/config": strings.Repeat("0f1e2d3c", 330)}})
	return p
}

// send creates pods, four at a time, as a dry run.
func (w *way) send(body []byte, n int) (c cost, err error) {
	server := shared.processes[len(shared.processes)-1].Process.Pid
	spent := func() (cost, error) {
		a, err := used(server)
		if err != nil || w.pid == 0 {
			return cost{server: a}, err
		}
		b, err := used(w.pid)
		return cost{a, b}, err
	}
	before, err := spent()
	if err != nil {
		return cost{}, err
	}
	errs := make([]error, 4)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			for range n / len(errs) {
				r, err := shared.client.send(http.MethodPost, "/api/v1/namespaces/"+w.namespace+"/pods?dryRun=All", "application/json", body)
				if err == nil && r.status != http.StatusCreated {
					err = fmt.Errorf("%s: %d %s", w.name, r.status, r.message())
				}
				if err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return cost{}, err
	}
	after, err := spent()
	return cost{(after.server - before.server) / time.Duration(n), (after.webhook - before.webhook) / time.Duration(n)}, err
}

// used is the processor time of a process so far; the kernel counts in hundredths of a second.
func used(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("/proc has another shape than Linux gives it")
	}
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, err
}

// table prints medians, and what each way adds to the first one, as a multiple of what the second adds.
func table(ways []*way, size int) {
	middle := func(w *way, of func(cost) time.Duration) float64 {
		var all []time.Duration
		for _, c := range w.samples {
			all = append(all, of(c))
		}
		slices.Sort(all)
		return float64(all[len(all)/2].Microseconds())
	}
	both := func(c cost) time.Duration { return c.server + c.webhook }
	none, floor := middle(ways[0], both), middle(ways[1], both)
	fmt.Printf("dry-run creates of a Pod of %d bytes, 4 at a time; microseconds of CPU for each; medians of %d rounds of %d\n\n", size, *costRounds, *costRequests)
	fmt.Printf("%-36s %10s %10s %10s %10s %10s\n", "", "API server", "webhook", "together", "added", "x trivial")
	for _, w := range ways {
		added := middle(w, both) - none
		fmt.Printf("%-36s %10.0f %10.0f %10.0f %10.0f %10.1f\n", w.name, middle(w, func(c cost) time.Duration { return c.server }),
			middle(w, func(c cost) time.Duration { return c.webhook }), middle(w, both), added, added/max(1, floor-none))
	}
}
