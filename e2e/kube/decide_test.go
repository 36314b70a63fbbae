package kube

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// serving starts a server with a configuration and has it asked about a new namespace.
func serving(t *testing.T, config string, r registration, args ...string) (*webhook, string) {
	t.Helper()
	w := newWebhook(t, config, args...).start()
	ns := shared.client.namespace(t, r.labels)
	w.register(ns, r)
	w.inForce(ns)
	return w, ns
}

var privileged = map[string]any{"privileged": true}

// expect holds the status of a reply, and what its message must say.
func expect(t *testing.T, r reply, status int, wants ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, not %d: %s", r.status, status, r.message())
	}
	for _, want := range wants {
		if !strings.Contains(r.message(), want) {
			t.Errorf("the message lacks %q:\n%s", want, r.message())
		}
	}
}

func TestDecisions(t *testing.T) {
	_, ns := serving(t, "", registration{})
	admin := shared.client

	t.Run("a good pod is created", func(t *testing.T) {
		expect(t, create(t, admin, ns, "pods", pod("good", nil), ""), http.StatusCreated)
	})
	t.Run("a denial names rule, place and remedy", func(t *testing.T) {
		r := create(t, admin, ns, "pods", pod("bad", privileged), "")
		expect(t, r, http.StatusForbidden, "kubernetes/privileged", "spec.containers[0].securityContext.privileged", "Remove privileged")
	})
	t.Run("dry-run is judged", func(t *testing.T) {
		expect(t, create(t, admin, ns, "pods", pod("bad", privileged), "?dryRun=All"), http.StatusForbidden)
	})
	t.Run("a Deployment is judged by its template", func(t *testing.T) {
		expect(t, create(t, admin, ns, "apps/deployments", deployment("bad", privileged), ""), http.StatusForbidden,
			"spec.template.spec.containers[0].securityContext.privileged")
		expect(t, create(t, admin, ns, "apps/deployments", deployment("good", nil), ""), http.StatusCreated)
	})
	t.Run("the pods of a replica set are judged", func(t *testing.T) {
		controller := admin.as("system:serviceaccount:kube-system:replicaset-controller", "system:masters")
		expect(t, create(t, controller, ns, "pods", pod("of-set", privileged), ""), http.StatusForbidden)
		expect(t, create(t, controller, ns, "pods", pod("of-set", nil), ""), http.StatusCreated)
	})
	t.Run("an update is judged", func(t *testing.T) {
		path := "/apis/apps/v1/namespaces/" + ns + "/deployments/good"
		r, err := admin.send(http.MethodPatch, path, "application/strategic-merge-patch+json",
			[]byte(`{"spec":{"template":{"spec":{"containers":[{"name":"app","securityContext":{"privileged":true,"allowPrivilegeEscalation":true}}]}}}}`))
		must(t, err)
		expect(t, r, http.StatusForbidden, "kubernetes/privileged")
		r, err = admin.send(http.MethodPatch, path, "application/merge-patch+json", []byte(`{"metadata":{"annotations":{"a":"b"}}}`))
		must(t, err)
		expect(t, r, http.StatusOK)
	})
	t.Run("ephemeral containers are judged", func(t *testing.T) {
		expect(t, create(t, admin, ns, "pods", pod("debugged", nil), ""), http.StatusCreated)
		r, err := admin.send(http.MethodPatch, "/api/v1/namespaces/"+ns+"/pods/debugged/ephemeralcontainers", "application/strategic-merge-patch+json",
			[]byte(`{"spec":{"ephemeralContainers":[{"name":"debug","image":"registry.example/debug@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1","securityContext":{"privileged":true,"allowPrivilegeEscalation":true}}]}}`))
		must(t, err)
		expect(t, r, http.StatusForbidden, "spec.ephemeralContainers[0]")
	})
	t.Run("scaling and deleting are not held up", func(t *testing.T) {
		r, err := admin.send(http.MethodPatch, "/apis/apps/v1/namespaces/"+ns+"/deployments/good/scale", "application/merge-patch+json", []byte(`{"spec":{"replicas":2}}`))
		must(t, err)
		expect(t, r, http.StatusOK)
		r, err = admin.send(http.MethodDelete, "/api/v1/namespaces/"+ns+"/pods/good", "application/json", nil)
		must(t, err)
		expect(t, r, http.StatusOK)
	})
}

func deployment(name string, security map[string]any) map[string]any {
	p := pod(name, security)
	labels := map[string]any{"app": name}
	return map[string]any{
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": map[string]any{"name": name},
		"spec": map[string]any{
			"replicas": 1, "selector": map[string]any{"matchLabels": labels},
			"template": map[string]any{"metadata": map[string]any{"labels": labels}, "spec": p["spec"]},
		},
	}
}

// What existed before the webhook can still be updated, as long as the update violates no further rule.
func TestLockedIn(t *testing.T) {
	w := newWebhook(t, "").start()
	ns := shared.client.namespace(t, nil)
	expect(t, create(t, shared.client, ns, "apps/deployments", deployment("old", privileged), ""), http.StatusCreated)
	w.register(ns, registration{})
	w.inForce(ns)
	path := "/apis/apps/v1/namespaces/" + ns + "/deployments/old"
	r, err := shared.client.send(http.MethodPatch, path, "application/merge-patch+json", []byte(`{"spec":{"replicas":3}}`))
	must(t, err)
	expect(t, r, http.StatusOK)
	if len(r.warnings) == 0 {
		t.Error("no warning tells of the violation that was there before")
	}
	r, err = shared.client.send(http.MethodPatch, path, "application/merge-patch+json", []byte(`{"spec":{"template":{"spec":{"hostNetwork":true}}}}`))
	must(t, err)
	expect(t, r, http.StatusForbidden, "hostNetwork")
}

func TestModes(t *testing.T) {
	t.Run("warn", func(t *testing.T) {
		w := newWebhook(t, "[[binding]]\nname = \"all\"\nmode = \"warn\"\n").start()
		ns := shared.client.namespace(t, nil)
		w.register(ns, registration{})
		var r reply
		w.waitFor("a warning", func() bool {
			r = create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All")
			return len(r.warnings) > 0
		})
		expect(t, r, http.StatusCreated)
		if !strings.Contains(strings.Join(r.warnings, "\n"), "kubernetes/privileged") {
			t.Errorf("the warnings are %q", r.warnings)
		}
	})
	t.Run("audit", func(t *testing.T) {
		w := newWebhook(t, "[[binding]]\nname = \"all\"\nmode = \"audit\"\n").start()
		ns := shared.client.namespace(t, nil)
		w.register(ns, registration{})
		w.waitFor("annotations in the audit log", func() bool {
			r := create(t, shared.client, ns, "pods", pod("bad", privileged), "?dryRun=All")
			expect(t, r, http.StatusCreated)
			if len(r.warnings) > 0 {
				t.Fatalf("audit warns: %q", r.warnings)
			}
			return strings.Contains(annotations(t, ns), "kubernetes/privileged")
		})
	})
	t.Run("by labels of the namespace", func(t *testing.T) {
		const config = "[[binding]]\nname = \"apps\"\nprofile = \"pss-restricted\"\nnamespace_selector = { matchLabels = { tier = \"apps\" } }\n"
		w, apps := serving(t, config, registration{labels: map[string]string{"tier": "apps"}})
		w.unregister()
		time.Sleep(200 * time.Millisecond)
		other := shared.client.namespace(t, map[string]string{"tier": "system"})
		w.register(other, registration{})
		w.waitFor("the webhook is asked", func() bool {
			expect(t, create(t, shared.client, other, "pods", pod("bad", privileged), "?dryRun=All"), http.StatusCreated)
			return strings.Contains(annotations(t, other), "no binding")
		})
		_ = apps
	})
}

// annotations are those of the last request to a namespace in the audit log.
func annotations(t *testing.T, ns string) string {
	t.Helper()
	text, err := os.ReadFile(shared.auditLog)
	must(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		var event struct {
			ObjectRef   struct{ Namespace string }
			Annotations map[string]string
		}
		if json.Unmarshal([]byte(lines[i]), &event) != nil || event.ObjectRef.Namespace != ns {
			continue
		}
		all, _ := json.Marshal(event.Annotations)
		return string(all)
	}
	return ""
}
