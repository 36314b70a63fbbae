package kube

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"sigs.k8s.io/yaml"
)

// raw is a good pod as text, with the security context of its container replaced.
func raw(t *testing.T, name, security string) string {
	t.Helper()
	p := pod(name, nil)
	p["spec"].(map[string]any)["containers"].([]any)[0].(map[string]any)["securityContext"] = "HERE"
	text, err := encode(p)
	must(t, err)
	return strings.Replace(string(text), `"HERE"`, security, 1)
}

const tight = `"runAsNonRoot":true,"runAsUser":10001,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}`

// TestForms sends a privileged pod in forms that two readers may read in two ways. Whatever is stored, it is not privileged.
func TestForms(t *testing.T) {
	_, ns := serving(t, "", registration{})
	pods := "/api/v1/namespaces/" + ns + "/pods"
	for i, c := range []struct {
		name, media, path, security string
		status                      int
	}{
		{"the key in another case behind", "application/json", "", `{"privileged":true,"allowPrivilegeEscalation":true,"Privileged":false,` + tight + `}`, 403},
		{"the key in another case before", "application/json", "", `{"PRIVILEGED":false,"privileged":true,"allowPrivilegeEscalation":true,` + tight + `}`, 403},
		{"the key in another case alone", "application/json", "", `{"Privileged":true,"allowPrivilegeEscalation":false,` + tight + `}`, 201},
		{"the key twice, true at last", "application/json", "", `{"privileged":false,"privileged":true,"allowPrivilegeEscalation":true,` + tight + `}`, 403},
		{"the key twice, false at last", "application/json", "", `{"privileged":true,"privileged":false,"allowPrivilegeEscalation":false,` + tight + `}`, 201},
		{"the key with an escape", "application/json", "", `{"\u0070rivileged":true,"allowPrivilegeEscalation":true,` + tight + `}`, 403},
		{"fields that nobody knows", "application/json", "?fieldValidation=Ignore", `{"privileged":true,"allowPrivilegeEscalation":true,"x":{"privileged":false},` + tight + `}`, 403},
		{"YAML", "application/yaml", "", `{"privileged":true,"allowPrivilegeEscalation":true,` + tight + `}`, 403},
		{"another kind in the body", "application/json", "", `{"privileged":true,"allowPrivilegeEscalation":true,` + tight + `}`, 400},
		{"a List", "application/json", "", `{"privileged":true,"allowPrivilegeEscalation":true,` + tight + `}`, 400},
	} {
		name := fmt.Sprintf("form-%d", i)
		body := raw(t, name, c.security)
		switch c.name {
		case "another kind in the body":
			body = strings.Replace(body, `"kind":"Pod"`, `"kind":"ConfigMap"`, 1)
		case "a List":
			body = `{"apiVersion":"v1","kind":"List","items":[` + body + `]}`
		}
		r, err := shared.client.send(http.MethodPost, pods+c.path, c.media, []byte(body))
		must(t, err)
		if r.status != c.status {
			t.Errorf("%s: %d, not %d: %s", c.name, r.status, c.status, r.message())
		}
		if _, stored, err := shared.client.do(http.MethodGet, pods+"/"+name, nil); err != nil || bytes.Contains(stored, []byte(`"privileged":true`)) {
			t.Errorf("%s: a privileged pod is stored: %s %v", c.name, stored, err)
		}
	}
	// By apply, which creates what is not there.
	var o any
	must(t, yaml.Unmarshal([]byte(raw(t, "applied", `{"privileged":true,"allowPrivilegeEscalation":true,`+tight+`}`)), &o))
	body, err := encode(o)
	must(t, err)
	r, err := shared.client.send(http.MethodPatch, pods+"/applied?fieldManager=eve&force=true", "application/apply-patch+yaml", body)
	must(t, err)
	expect(t, r, http.StatusForbidden, "kubernetes/privileged")
}

// TestHidden has pods in whatever can make them: each kind is denied by its own name.
func TestHidden(t *testing.T) {
	const definition = `{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"%[1]s.evil.example"},"spec":{"group":"evil.example",
"scope":"Namespaced","names":{"plural":"%[1]s","singular":"%[2]s","kind":"%[3]s"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}`
	for _, names := range [][3]any{{"secrets", "secret", "Secret"}, {"rollouts", "rollout", "Rollout"}, {"namespaces", "namespace", "Namespace"}} {
		r, err := shared.client.send(http.MethodPost, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "application/json", fmt.Appendf(nil, definition, names[:]...))
		must(t, err)
		expect(t, r, http.StatusCreated)
	}
	w := newWebhook(t, "[[binding]]\nname = \"all\"\nnamespaces = [\"testhidden*\"]\n").start()
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{})
	w.inForce(ns)
	spec := pod("x", privileged)["spec"].(map[string]any)
	labels := map[string]any{"app": "x"}
	template := map[string]any{"metadata": map[string]any{"labels": labels}, "spec": spec}
	job := map[string]any{"metadata": map[string]any{"labels": labels}, "spec": merged(spec, map[string]any{"restartPolicy": "Never"})}
	selector := map[string]any{"matchLabels": labels}
	for _, c := range []struct {
		path, version, kind string
		more                map[string]any
	}{
		{"/api/v1/%s/pods", "v1", "Pod", map[string]any{"spec": spec}},
		{"/api/v1/%s/podtemplates", "v1", "PodTemplate", map[string]any{"template": template}},
		{"/api/v1/%s/replicationcontrollers", "v1", "ReplicationController", map[string]any{"spec": map[string]any{"selector": labels, "template": template}}},
		{"/apis/apps/v1/%s/deployments", "apps/v1", "Deployment", map[string]any{"spec": map[string]any{"selector": selector, "template": template}}},
		{"/apis/apps/v1/%s/replicasets", "apps/v1", "ReplicaSet", map[string]any{"spec": map[string]any{"selector": selector, "template": template}}},
		{"/apis/apps/v1/%s/daemonsets", "apps/v1", "DaemonSet", map[string]any{"spec": map[string]any{"selector": selector, "template": template}}},
		{"/apis/apps/v1/%s/statefulsets", "apps/v1", "StatefulSet", map[string]any{"spec": map[string]any{"serviceName": "x", "selector": selector, "template": template}}},
		{"/apis/apps/v1/%s/controllerrevisions", "apps/v1", "ControllerRevision", map[string]any{"revision": 1, "data": map[string]any{"spec": map[string]any{"template": template}}}},
		{"/apis/batch/v1/%s/jobs", "batch/v1", "Job", map[string]any{"spec": map[string]any{"template": job}}},
		{"/apis/batch/v1/%s/cronjobs", "batch/v1", "CronJob", map[string]any{"spec": map[string]any{"schedule": "@daily", "jobTemplate": map[string]any{"spec": map[string]any{"template": job}}}}},
		{"/apis/evil.example/v1/%s/rollouts", "evil.example/v1", "Rollout", map[string]any{"spec": map[string]any{"replicas": "some", "tasks": []any{map[string]any{"template": template}}}}},
		{"/apis/evil.example/v1/%s/secrets", "evil.example/v1", "Secret", map[string]any{"spec": map[string]any{"template": template}}},
		{"/apis/evil.example/v1/%s/namespaces", "evil.example/v1", "Namespace", map[string]any{"spec": map[string]any{"template": template}}},
	} {
		object := merged(map[string]any{"apiVersion": c.version, "kind": c.kind, "metadata": map[string]any{"name": "x"}}, c.more)
		if c.kind == "Namespace" {
			// Whatever its group, the API server takes its own labels for those of a namespace.
			object["metadata"] = map[string]any{"name": "x", "labels": map[string]any{"kubernetes.io/metadata.name": ns}}
		}
		path := fmt.Sprintf(c.path, "namespaces/"+ns)
		var status int
		var body []byte
		w.waitFor(c.kind+" is served", func() bool {
			var err error
			status, body, err = shared.client.do(http.MethodPost, path+"?dryRun=All", object)
			return err == nil && status != http.StatusNotFound
		})
		if status != http.StatusForbidden || !bytes.Contains(body, []byte("kubernetes/privileged")) {
			t.Errorf("%s: %d %s", c.kind, status, body)
		}
	}
	// A resource that means nothing to us may have fields of any type.
	status, body, err := shared.client.do(http.MethodPost, "/apis/evil.example/v1/namespaces/"+ns+"/rollouts", map[string]any{
		"apiVersion": "evil.example/v1", "kind": "Rollout", "metadata": map[string]any{"name": "odd"}, "spec": map[string]any{"replicas": map[string]any{"min": 1}, "template": "t"},
	})
	if err != nil || status != http.StatusCreated {
		t.Errorf("%d %s %v", status, body, err)
	}
}

func merged(a, b map[string]any) map[string]any {
	all := map[string]any{}
	for _, m := range []map[string]any{a, b} {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// TestClaims has objects that say of themselves what is not so: whose they are, how they are called, what they were before.
func TestClaims(t *testing.T) {
	const waiver = "[[waiver]]\nrule = \"kubernetes/privileged\"\nreason = \"r\"\nowner = \"o\"\nexpires = %s\nobject = \"Deployment/payments\"\n" +
		"[[waiver]]\nrule = \"kubernetes/privilege_escalation\"\nreason = \"r\"\nowner = \"o\"\nexpires = %[1]s\nobject = \"Deployment/payments\"\n"
	_, ns := serving(t, fmt.Sprintf(waiver, time.Now().AddDate(0, 1, 0).Format(time.DateOnly)), registration{})
	admin := shared.client
	controller := admin.as("system:serviceaccount:kube-system:replicaset-controller", "system:masters")
	expect(t, create(t, admin, ns, "apps/deployments", deployment("payments", privileged), ""), http.StatusCreated)

	named := deployment("payments", privileged)
	named["metadata"] = map[string]any{"generateName": "payments"}
	expect(t, create(t, admin, ns, "apps/deployments", named, ""), http.StatusForbidden, "kubernetes/privileged")

	owned := func(name, hash string) map[string]any {
		p := pod(name, privileged)
		p["metadata"] = map[string]any{"name": name, "labels": map[string]any{"pod-template-hash": hash}, "ownerReferences": []any{
			map[string]any{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "payments-7f9c", "uid": "b53a2b0e-0000-4000-8000-000000000000", "controller": true},
		}}
		return p
	}
	expect(t, create(t, admin, ns, "pods", owned("mine", "7f9c"), ""), http.StatusForbidden, "kubernetes/privileged")
	expect(t, create(t, admin.as("system:serviceaccount:"+ns+":replicaset-controller", "system:masters"), ns, "pods", owned("mine", "7f9c"), ""), http.StatusForbidden)
	expect(t, create(t, controller, ns, "pods", owned("other-hash", "9999"), ""), http.StatusForbidden)
	expect(t, create(t, controller, ns, "pods", owned("made", "7f9c"), ""), http.StatusCreated)

	// On a pod that is there by a waiver, a further container has none.
	r, err := admin.send(http.MethodPatch, "/api/v1/namespaces/"+ns+"/pods/made/ephemeralcontainers", "application/strategic-merge-patch+json",
		[]byte(`{"spec":{"ephemeralContainers":[{"name":"debug","image":"x","securityContext":{"privileged":true}}]}}`))
	must(t, err)
	expect(t, r, http.StatusForbidden, "ephemeralContainers[0]")
	// The status does not carry the rest of an object with it.
	r, err = admin.send(http.MethodPatch, "/api/v1/namespaces/"+ns+"/pods/made/status", "application/strategic-merge-patch+json", []byte(`{"spec":{"hostNetwork":true},"status":{"message":"m"}}`))
	must(t, err)
	expect(t, r, http.StatusOK)
	if bytes.Contains(r.body, []byte(`"hostNetwork":true`)) {
		t.Errorf("the status brings in another specification: %s", r.body)
	}
}

// TestUpdates has what hopes to pass as older than the webhook.
func TestUpdates(t *testing.T) {
	w := newWebhook(t, "").start()
	ns := shared.client.namespace(t, nil)
	two := deployment("old", privileged)
	second := merged(podSpec(pod("x", nil)["spec"].(map[string]any)["containers"].([]any)[0].(map[string]any)["securityContext"].(map[string]any))["containers"].([]any)[0].(map[string]any), map[string]any{"name": "good"})
	spec := two["spec"].(map[string]any)["template"].(map[string]any)["spec"].(map[string]any)
	spec["containers"] = append(spec["containers"].([]any), second)
	expect(t, create(t, shared.client, ns, "apps/deployments", two, ""), http.StatusCreated)
	w.register(ns, registration{})
	w.inForce(ns)
	path := "/apis/apps/v1/namespaces/" + ns + "/deployments/old?dryRun=All"
	for name, c := range map[string]struct {
		body   string
		status int
	}{
		"a container beside the bad one":       {`[{"op":"add","path":"/spec/template/spec/containers/-","value":{"name":"evil","image":"x","securityContext":{"privileged":true}}}]`, 403},
		"the bad name and the good one change": {`[{"op":"replace","path":"/spec/template/spec/containers/0/name","value":"good"},{"op":"replace","path":"/spec/template/spec/containers/1/name","value":"app"}]`, 403},
		"another name for the bad one":         {`[{"op":"replace","path":"/spec/template/spec/containers/0/name","value":"other"}]`, 403},
		"the good one gets bad":                {`[{"op":"add","path":"/spec/template/spec/containers/1/securityContext/privileged","value":true},{"op":"replace","path":"/spec/template/spec/containers/1/securityContext/allowPrivilegeEscalation","value":true}]`, 403},
		"the good one goes":                    {`[{"op":"remove","path":"/spec/template/spec/containers/1"}]`, 200},
		"their order":                          {`[{"op":"move","from":"/spec/template/spec/containers/1","path":"/spec/template/spec/containers/0"}]`, 200},
		"the number of replicas":               {`[{"op":"replace","path":"/spec/replicas","value":4}]`, 200},
	} {
		r, err := shared.client.send(http.MethodPatch, path, "application/json-patch+json", []byte(c.body))
		must(t, err)
		if r.status != c.status {
			t.Errorf("%s: %d, not %d: %s", name, r.status, c.status, r.message())
		}
	}
}
