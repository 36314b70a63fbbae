package kube

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// noShell is a rule of somebody's own about what is connected to.
const noShell = `# METADATA
# title: Shell in a pod
# description: Nobody enters pods.
# custom:
#   severity: high
#   remediation: Read the logs.
#   bad: |
#     apiVersion: v1
#     kind: PodExecOptions
#     metadata: {}
#     command: [sh]
#   good: |
#     apiVersion: v1
#     kind: PodExecOptions
#     metadata: {}
#     command: [date]
package policies.kubernetes.no_shell

deny contains {"at": ["kind"], "msg": "a shell"} if {
	input.kind == "PodExecOptions"
	"sh" in input.object.command
}
`

// TestSubresources has what the API server sends for all that is no plain object, and what becomes of it.
func TestSubresources(t *testing.T) {
	bundle := t.TempDir()
	must(t, os.Mkdir(filepath.Join(bundle, "kubernetes"), 0o700))
	must(t, os.WriteFile(filepath.Join(bundle, "kubernetes", "no_shell.rego"), []byte(noShell), 0o600))
	log := filepath.Join(t.TempDir(), "decisions.ndjson")
	w := newWebhook(t, "", "--bundle", bundle, "--decision-log", log).start()
	ns := shared.client.namespace(t, nil)
	base := "/api/v1/namespaces/" + ns
	r := record(t, w)
	expect(t, create(t, shared.client, ns, "pods", pod("p", nil), ""), http.StatusCreated)
	expect(t, create(t, shared.client, ns, "pods", pod("bound", nil), ""), http.StatusCreated)
	expect(t, create(t, shared.client, ns, "apps/deployments", deployment("d", nil), ""), http.StatusCreated)
	expect(t, create(t, shared.client, ns, "networking.k8s.io/ingresses", ingress("web"), ""), http.StatusCreated)
	expect(t, create(t, shared.client, ns, "serviceaccounts", map[string]any{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": map[string]any{"name": "sa"}}, ""), http.StatusCreated)
	w.register(ns, registration{port: r.port})
	w.inForce(ns)

	merge, strategic, plain := "application/merge-patch+json", "application/strategic-merge-patch+json", "application/json"
	const snippet = `{"metadata":{"annotations":{"nginx.ingress.kubernetes.io/server-snippet":"return 200;"}}}`
	for _, c := range []struct {
		method, path, media, body string
		status                    int    // 0 is that nobody is there to connect to
		sent                      string // operation, subresource, kind, what is there of object and old object
		outcome                   string
	}{
		{"POST", base + "/pods/p/exec?container=app&command=date&stdout=true", plain, "", 0, "CONNECT exec PodExecOptions object", "allow"},
		{"POST", base + "/pods/p/exec?container=app&command=sh&stdin=true&tty=true", plain, "", 403, "CONNECT exec PodExecOptions object", "deny"},
		{"GET", base + "/pods/p/exec?container=app&command=sh&stdin=true&tty=true", plain, "", 403, "CONNECT exec PodExecOptions object", "deny"},
		{"POST", base + "/pods/p/attach?container=app&stdin=true", plain, "", 0, "CONNECT attach PodAttachOptions object", "allow"},
		{"POST", base + "/pods/p/portforward?ports=8080", plain, "", 0, "CONNECT portforward PodPortForwardOptions object", "allow"},
		{"GET", base + "/pods/p/proxy/", plain, "", 0, "CONNECT proxy PodProxyOptions object", "allow"},
		{"PATCH", base + "/pods/p/ephemeralcontainers", strategic, `{"spec":{"ephemeralContainers":[{"name":"debug","image":"x","securityContext":{"privileged":true}}]}}`, 403, "UPDATE ephemeralcontainers Pod object old", "deny"},
		{"PATCH", base + "/pods/p/resize", strategic, `{"spec":{"containers":[{"name":"app","resources":{"limits":{"cpu":"2"}}}]}}`, 200, "UPDATE resize Pod object old", "warn"},
		{"PATCH", base + "/pods/p/status", strategic, `{"status":{"message":"m"},"spec":{"hostNetwork":true}}`, 200, "UPDATE status Pod object old", "unjudged"},
		{"PATCH", base + "/pods/p/status", strategic, `{"metadata":{"annotations":{"a":"b"}}}`, 200, "UPDATE status Pod object old", "warn"},
		{"PATCH", "/apis/networking.k8s.io/v1/namespaces/" + ns + "/ingresses/web/status", merge, snippet, 403, "UPDATE status Ingress object old", "deny"},
		{"PATCH", "/apis/networking.k8s.io/v1/namespaces/" + ns + "/ingresses/web", merge, snippet, 403, "UPDATE - Ingress object old", "deny"},
		{"PATCH", "/apis/apps/v1/namespaces/" + ns + "/deployments/d/scale", merge, `{"spec":{"replicas":3}}`, 200, "UPDATE scale Scale object old", "unjudged"},
		{"PATCH", "/apis/apps/v1/namespaces/" + ns + "/deployments/d/status", merge, `{"status":{"replicas":3}}`, 200, "UPDATE status Deployment object old", "unjudged"},
		{"POST", base + "/serviceaccounts/sa/token", plain, `{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}`, 201, "CREATE token TokenRequest object", "unjudged"},
		{"POST", base + "/pods/bound/binding", plain, `{"apiVersion":"v1","kind":"Binding","metadata":{"name":"bound"},"target":{"kind":"Node","name":"n"}}`, 201, "CREATE binding Binding object", "unjudged"},
		{"POST", base + "/pods/bound/eviction", plain, `{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"bound"}}`, 201, "CREATE eviction Eviction object", "unjudged"},
		{"DELETE", base + "/pods/p", plain, "", 200, "DELETE - Pod old", "unjudged"},
		{"DELETE", base + "/serviceaccounts?fieldSelector=metadata.name%3Dsa", plain, "", 200, "DELETE - ServiceAccount old", "unjudged"},
	} {
		name := c.method + " " + strings.TrimPrefix(strings.TrimPrefix(c.path, base), "/apis/")
		r.take()
		reply, err := shared.client.send(c.method, c.path, c.media, []byte(c.body))
		must(t, err)
		if c.status != 0 && reply.status != c.status || c.status == 0 && (reply.status < 400 || reply.status == 403) {
			t.Errorf("%s: %d %s", name, reply.status, reply.message())
		}
		var sent, outcomes []string
		for _, s := range r.take() {
			sent = append(sent, s.String())
			outcomes = append(outcomes, s.note)
			if s.allowed != (s.note != "deny") {
				t.Errorf("%s: %s, allowed %v", name, s.note, s.allowed)
			}
		}
		// A deletion is asked about once for each attempt at it.
		if sent = slices.Compact(sent); strings.Join(sent, "; ") != c.sent || len(outcomes) == 0 || outcomes[0] != c.outcome {
			t.Errorf("%s: sent %q, decided %q; want %q, %q", name, sent, outcomes, c.sent, c.outcome)
		}
	}
	text, err := os.ReadFile(log)
	must(t, err)
	for _, want := range []string{`"operation":"CONNECT"`, `"subresource":"exec"`, `"name":"p"`, `"kubernetes/no_shell"`, `"operation":"DELETE"`, `"subresource":"eviction"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the decision log lacks %s", want)
		}
	}
}

func (s sighting) String() string {
	sub := s.SubResource
	if sub == "" {
		sub = "-"
	}
	text := fmt.Sprintf("%s %s %s", s.Operation, sub, s.Kind.Kind)
	if s.Object != nil {
		text += " object"
	}
	if s.OldObject != nil {
		text += " old"
	}
	return text
}

func ingress(name string) map[string]any {
	return map[string]any{
		"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": map[string]any{"name": name},
		"spec": map[string]any{
			"tls":   []any{map[string]any{"hosts": []string{"web.example"}, "secretName": "tls"}},
			"rules": []any{map[string]any{"host": "web.example"}},
		},
	}
}
