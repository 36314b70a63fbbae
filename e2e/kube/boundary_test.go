package kube

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"sigs.k8s.io/yaml"
)

// TestNamespaceLabels: bindings select by labels of namespaces that come and change while objects are sent.
func TestNamespaceLabels(t *testing.T) {
	const config = "[[binding]]\nname = \"apps\"\nprofile = \"pss-restricted\"\nnamespace_selector = { matchLabels = { tier = \"apps\" } }\n"
	w := newWebhook(t, config).start()
	w.register("", registration{selector: map[string]string{"attack": "labels"}})
	labels := func(tier string) map[string]string { return map[string]string{"attack": "labels", "tier": tier} }
	w.inForce(shared.client.namespace(t, labels("apps")))
	bad := func(ns string) int {
		return create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All").status
	}
	t.Run("made in the same moment", func(t *testing.T) {
		for range 25 {
			if got := bad(shared.client.namespace(t, labels("apps"))); got != http.StatusForbidden {
				t.Fatalf("a bad pod in a new namespace: %d", got)
			}
		}
	})
	t.Run("another label", func(t *testing.T) {
		ns := shared.client.namespace(t, labels("system"))
		if got := bad(ns); got != http.StatusCreated {
			t.Errorf("where no binding is for it: %d", got)
		}
		for _, c := range []struct {
			tier   string
			status int
		}{{"apps", 403}, {"system", 201}, {"apps", 403}} {
			_, err := shared.client.send(http.MethodPatch, "/api/v1/namespaces/"+ns, "application/merge-patch+json", fmt.Appendf(nil, `{"metadata":{"labels":{"tier":%q}}}`, c.tier))
			must(t, err)
			start := time.Now()
			w.waitFor(c.tier, func() bool { return bad(ns) == c.status })
			t.Logf("%s after %s", c.tier, time.Since(start).Round(time.Millisecond))
		}
	})
}

// TestExclusion registers the shipped configuration: what it leaves out is told by names of namespaces, which nobody can take.
func TestExclusion(t *testing.T) {
	text, err := os.ReadFile("../../deploy/kustomize/base/webhook.yaml")
	must(t, err)
	var shipped map[string]any
	must(t, yaml.Unmarshal(text, &shipped))
	w := newWebhook(t, "").start()
	hook := shipped["webhooks"].([]any)[0].(map[string]any)
	if hook["objectSelector"] != nil || hook["matchConditions"] != nil {
		t.Error("the author of an object could have a say in whether it is judged")
	}
	hook["clientConfig"] = map[string]any{"caBundle": w.ca.pem, "url": w.url("/validate")}
	shipped["metadata"] = map[string]any{"name": w.name}
	// Of the shared API server, only the namespaces of this test.
	selector := hook["namespaceSelector"].(map[string]any)
	selector["matchLabels"] = map[string]any{"attack": "exclusion"}
	status, body, err := shared.client.do(http.MethodPost, "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations", shipped)
	if must(t, err); status != http.StatusCreated {
		t.Fatalf("%d %s", status, body)
	}
	bad := func(ns string) int {
		return create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All").status
	}
	labels := map[string]string{"attack": "exclusion"}
	first := shared.client.namespace(t, labels)
	w.waitFor("the webhook is asked", func() bool { return bad(first) == http.StatusForbidden })
	named := func(name string, labels map[string]string) string {
		_, _, err := shared.client.do(http.MethodPost, "/api/v1/namespaces", map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": name, "labels": labels}})
		must(t, err)
		r, err := shared.client.send(http.MethodPatch, "/api/v1/namespaces/"+name, "application/merge-patch+json", []byte(`{"metadata":{"labels":{"attack":"exclusion"}}}`))
		must(t, err)
		expect(t, r, http.StatusOK)
		return name
	}
	for name, c := range map[string]struct {
		labels map[string]string
		status int
	}{
		"kube-system":      {nil, 201},
		"sallyport":        {nil, 201},
		"kube-system-mine": {nil, 403},
		"xsallyport":       {nil, 403},
		"kube-public":      {nil, 403},
		"default":          {nil, 403},
		"claims-a-name":    {map[string]string{"attack": "exclusion", "kubernetes.io/metadata.name": "kube-system"}, 403},
		"claims-to-be-us":  {map[string]string{"attack": "exclusion", "app.kubernetes.io/name": "sallyport", "control-plane": "x", "admission.gatekeeper.sh/ignore": "yes"}, 403},
	} {
		ns := named(name, c.labels)
		w.waitFor(name, func() bool { return bad(ns) == c.status })
		if got := bad(ns); got != c.status {
			t.Errorf("%s: %d, not %d", name, got, c.status)
		}
	}
	r, err := shared.client.send(http.MethodPatch, "/api/v1/namespaces/"+first, "application/merge-patch+json", []byte(`{"metadata":{"labels":{"kubernetes.io/metadata.name":"kube-system"}}}`))
	must(t, err)
	if r.status == http.StatusOK && bytes.Contains(r.body, []byte(`"kubernetes.io/metadata.name":"kube-system"`)) {
		t.Errorf("a namespace may take the name of another: %s", r.body)
	}
	expect(t, create(t, shared.client, first, "pods", pod("ours", privileged), "?dryRun=All"), http.StatusForbidden)
}

// TestConditions: a condition that cannot be evaluated lets nothing through.
func TestConditions(t *testing.T) {
	w := newWebhook(t, "").start()
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{conditions: []any{map[string]any{"name": "labelled", "expression": `object.metadata.labels["judge"] == "me"`}}})
	w.waitFor("the condition is asked", func() bool {
		return create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All").status == http.StatusForbidden
	})
	expect(t, create(t, shared.client, ns, "pods", pod("good", nil), "?dryRun=All"), http.StatusForbidden, "resulted in error")
}

// TestHuge: a pod that is as large as the API server takes one is denied in time, and nobody else has to wait for that.
func TestHuge(t *testing.T) {
	_, ns := serving(t, "", registration{})
	p := pod("huge", privileged)
	container := p["spec"].(map[string]any)["containers"].([]any)[0].(map[string]any)
	env := make([]any, 20000)
	for i := range env {
		env[i] = map[string]any{"name": fmt.Sprintf("V%d", i), "value": fmt.Sprintf("value-%d", i*7919)}
	}
	container["env"] = env
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			// The API server itself may take longer than the webhook is given.
			if r := create(t, shared.client, ns, "pods", p, "?dryRun=All"); r.status != http.StatusForbidden && r.status < 500 {
				t.Errorf("%d %s", r.status, r.message())
			}
		})
	}
	for range 10 {
		expect(t, create(t, shared.client, ns, "pods", pod("good", nil), "?dryRun=All"), http.StatusCreated)
	}
	all.Wait()
}

// TestFlood: whoever sends large objects by the dozen holds up nobody else. The API server sends all reviews by one connection.
func TestFlood(t *testing.T) {
	_, ns := serving(t, "", registration{seconds: 30}, "--memory", "96MiB")
	large := map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "large"}, "data": map[string]any{"text": strings.Repeat("<", 1<<20-1000)},
	}
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					create(t, shared.client, ns, "configmaps", large, "?dryRun=All")
				}
			}
		})
	}
	slowest := time.Duration(0)
	for i := range 40 {
		start := time.Now()
		if i%2 == 0 {
			expect(t, create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All"), http.StatusForbidden)
		} else {
			expect(t, create(t, shared.client, ns, "pods", pod("good", nil), "?dryRun=All"), http.StatusCreated)
		}
		slowest = max(slowest, time.Since(start))
	}
	close(stop)
	all.Wait()
	t.Logf("the slowest decision took %s", slowest.Round(time.Millisecond))
}

// TestLate: where there is no time for rules, nothing is let through.
func TestLate(t *testing.T) {
	w := newWebhook(t, "", "--timeout", "300us").start()
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{})
	w.inForce(ns)
	for range 30 {
		if r := create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All"); r.status == http.StatusCreated {
			t.Fatal("admitted")
		}
	}
	if !strings.Contains(w.log.String(), "not done in its time") && !strings.Contains(w.log.String(), "deadline") {
		t.Errorf("nothing was late:\n%s", w.log)
	}
}
