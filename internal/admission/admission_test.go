package admission

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
)

func TestReview(t *testing.T) {
	good, bad := pod("api", container("app", nil)), pod("api", container("app", nil), container("evil", privileged))
	patched := func(p fields, key string, v any) fields { p = maps.Clone(p); p[key] = v; return p }
	deleted := patched(bad, "metadata", fields{"name": "api", "namespace": "payments", "deletionTimestamp": "2026-01-15T11:00:00Z"})
	worse := pod("api", container("app", privileged), container("evil", privileged))
	ingress := fields{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": fields{"name": "web"}, "spec": fields{"rules": []any{}}}
	audited := "[[binding]]\nname = 'a'\nmode = 'audit'\n"
	for _, c := range []struct {
		name, configuration string
		object, change      fields
		outcome             string
	}{
		{"a good pod", "", good, nil, Allow},
		{"a bad pod", "", bad, nil, Deny},
		{"a dry run", "", bad, fields{"dryRun": true}, Deny},
		{"a Deployment", "", workload("Deployment", "api", bad), nil, Deny},
		{"a CronJob", "", fields{"apiVersion": "batch/v1", "kind": "CronJob", "metadata": fields{"name": "c"}, "spec": fields{"jobTemplate": fields{"spec": fields{"template": fields{"spec": bad["spec"]}}}}}, nil, Deny},
		{"a resource of no known kind with a pod template", "", fields{"apiVersion": "x.example/v1", "kind": "Rollout", "metadata": fields{"name": "c"}, "spec": fields{"template": fields{"spec": bad["spec"]}}}, nil, Deny},
		{"a resource of no known kind", "", fields{"apiVersion": "x.example/v1", "kind": "Thing", "metadata": fields{"name": "c"}, "spec": fields{"size": 3}}, nil, Allow},
		{"a list", "", fields{"apiVersion": "v1", "kind": "PodList", "metadata": fields{}, "items": []any{good, bad}}, nil, Deny},
		{"deleting", "", nil, fields{"operation": "DELETE", "oldObject": bad, "kind": fields{"version": "v1", "kind": "Pod"}}, Unjudged},
		{"the status", "", bad, fields{"operation": "UPDATE", "oldObject": good, "subResource": "status"}, Unjudged},
		{"an ephemeral container", "", patched(good, "spec", fields{"containers": good["spec"].(fields)["containers"], "ephemeralContainers": []any{container("debug", privileged)}}), fields{"operation": "UPDATE", "oldObject": good, "subResource": "ephemeralcontainers"}, Deny},
		{"a resize", "", worse, fields{"operation": "UPDATE", "oldObject": bad, "subResource": "resize"}, Deny},
		{"a scale", "", fields{"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": fields{"name": "api"}, "spec": fields{"replicas": 3}}, fields{"operation": "UPDATE", "subResource": "scale"}, Unjudged},
		{"an exec", "", fields{"apiVersion": "v1", "kind": "PodExecOptions", "metadata": fields{}, "command": []any{"sh"}}, fields{"operation": "CONNECT", "subResource": "exec", "name": "api"}, Allow},
		{"an update that changes nothing for the worse", "", bad, fields{"operation": "UPDATE", "oldObject": bad}, Warn},
		{"an update of a label", "[[binding]]\nname = 'a'\non_update = 'all'\n", patched(bad, "metadata", fields{"name": "api", "labels": fields{"x": "y"}}), fields{"operation": "UPDATE", "oldObject": bad}, Warn},
		{"an update that adds a container", "", worse, fields{"operation": "UPDATE", "oldObject": bad}, Deny},
		{"an update that takes one away", "", bad, fields{"operation": "UPDATE", "oldObject": worse}, Warn},
		{"the same, where all counts", "[[binding]]\nname = 'a'\non_update = 'all'\n", bad, fields{"operation": "UPDATE", "oldObject": worse}, Deny},
		{"an update without the old object", "", bad, fields{"operation": "UPDATE"}, Deny},
		{"finalizers of what is being deleted", "[[binding]]\nname = 'a'\non_update = 'all'\n", deleted, fields{"operation": "UPDATE", "oldObject": bad}, Warn},
		{"an annotation that opens a door", "fail_on = 'medium'\n", patched(ingress, "metadata", fields{"name": "web", "annotations": fields{"nginx.ingress.kubernetes.io/server-snippet": "return 200;"}}), fields{"operation": "UPDATE", "oldObject": ingress}, Deny},
		{"audited", audited, bad, nil, Allow},
		{"warned of", strings.Replace(audited, "audit", "warn", 1), bad, nil, Warn},
		{"the strictest of two", audited + "[[binding]]\nname = 'b'\n", bad, nil, Deny},
		{"of no binding", "[[binding]]\nname = 'a'\nnamespaces = ['apps-*']\n", bad, nil, Exempt},
		{"of a binding", "[[binding]]\nname = 'a'\nnamespaces = ['pay*']\n", bad, nil, Deny},
		{"labels that nobody knows", "[[binding]]\nname = 'a'\nnamespace_selector = { matchLabels = { tier = 'apps' } }\n", bad, nil, Deny},
		{"the name as a label", "[[binding]]\nname = 'a'\nnamespace_selector = { matchLabels = { 'kubernetes.io/metadata.name' = 'other' } }\n", bad, nil, Exempt},
		{"labels of the object", "[[binding]]\nname = 'a'\nobject_selector = { matchExpressions = [{ key = 'app', operator = 'NotIn', values = ['api'] }] }\n", bad, nil, Exempt},
		{"no share", "[[binding]]\nname = 'a'\nrollout = 0\n", bad, nil, Allow},
		{"below the threshold", "[[binding]]\nname = 'a'\nfail_on = 'critical'\nprofile = 'pss-baseline'\n", pod("api", container("app", fields{"ports": []any{fields{"containerPort": 80, "hostPort": 80}}})), nil, Warn},
		{"the threshold of the profile", "fail_on = 'critical'\n[[binding]]\nname = 'a'\nprofile = 'pss-restricted'\n", pod("api", container("app", fields{"securityContext": fields{}})), nil, Deny},
		{"no rule of the profile", "[[binding]]\nname = 'a'\nprofile = 'pss-baseline'\n", pod("api", container("app", fields{"securityContext": fields{}})), nil, Allow},
		{"another object than the request says", "", good, fields{"kind": fields{"version": "v1", "kind": "ConfigMap"}}, Failed},
		{"a wrong type", "", patched(good, "spec", "none"), nil, Failed},
		{"a rule that is off", "[rules.'kubernetes/privileged']\nenabled = false\n[[binding]]\nname = 'a'\nprofile = 'pss-baseline'\n", bad, nil, Allow},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := decider(t, c.configuration)
			out := d.Review(context.Background(), sent(c.object, c.change))
			if out.Outcome != c.outcome || out.Allowed != (c.outcome != Deny && c.outcome != Failed) {
				t.Errorf("%s, allowed %v, want %s: %s", out.Outcome, out.Allowed, c.outcome, out.Body)
			}
			r := answer(t, out)
			if (r.Status == nil) != out.Allowed || r.AuditAnnotations["verdict"] != c.outcome {
				t.Errorf("%s", out.Body)
			}
			if warned := len(r.Warnings) > 0; out.Outcome == Warn && !warned || out.Outcome == Allow && warned {
				t.Errorf("%q: warnings %q", out.Outcome, r.Warnings)
			}
		})
	}
}

// labels are namespaces with labels.
type labels map[string]map[string]string

func (l labels) Labels(_ context.Context, namespace string) (map[string]string, error) {
	if namespace == "payments" && l == nil {
		return nil, errors.New("not known yet")
	}
	return l[namespace], nil
}

func TestNamespaces(t *testing.T) {
	bad := pod("api", container("app", privileged))
	for _, c := range []struct {
		expression string
		labels     labels
		outcome    string
	}{
		{"{ key = 'tier', operator = 'In', values = ['apps', 'web'] }", labels{"payments": {"tier": "apps"}}, Deny},
		{"{ key = 'tier', operator = 'In', values = ['apps', 'web'] }", labels{"payments": {"tier": "db"}}, Exempt},
		{"{ key = 'tier', operator = 'In', values = ['apps', 'web'] }", labels{"payments": {}}, Exempt},
		{"{ key = 'tier', operator = 'In', values = ['apps', 'web'] }", labels{}, Exempt},
		{"{ key = 'tier', operator = 'In', values = ['apps', 'web'] }", nil, Deny},
		{"{ key = 'tier', operator = 'NotIn', values = ['apps'] }", labels{"payments": {"tier": "apps"}}, Exempt},
		{"{ key = 'tier', operator = 'NotIn', values = ['apps'] }", labels{"payments": {}}, Deny},
		{"{ key = 'tier', operator = 'Exists' }", labels{"payments": {"tier": ""}}, Deny},
		{"{ key = 'tier', operator = 'Exists' }", labels{"payments": {"x": ""}}, Exempt},
		{"{ key = 'tier', operator = 'DoesNotExist' }", labels{"payments": {"tier": ""}}, Exempt},
		{"{ key = 'tier', operator = 'DoesNotExist' }", labels{"payments": {}}, Deny},
		{"{ key = 'tier', operator = 'DoesNotExist' }", nil, Deny},
	} {
		opts := Options{Bundle: builtIn(t), Namespaces: c.labels}
		d := deciderWith(t, "[[binding]]\nname = 'a'\nnamespace_selector = { matchExpressions = ["+c.expression+"] }\n", opts)
		if out := d.Review(context.Background(), sent(bad, nil)); out.Outcome != c.outcome {
			t.Errorf("%s with %v: %s, want %s", c.expression, c.labels, out.Outcome, c.outcome)
		}
	}
}

func TestAnswer(t *testing.T) {
	out := decider(t, "").Review(context.Background(), sent(pod("api", container("app", fields{
		"securityContext": fields{"privileged": true}, "env": []any{fields{"name": "DB_PASSWORD", "value": "hunter2-hunter2"}},
	})), nil))
	r := answer(t, out)
	for _, want := range []string{
		"Pod api is denied by sallyport\n",
		"\nkubernetes/privileged: spec.containers[0].securityContext.privileged: container \"app\" is privileged: Remove privileged",
		"\nkubernetes/secret_env: spec.containers[0].env[0].value: ",
	} {
		if !strings.Contains(r.Status.Message, want) {
			t.Errorf("no %q in\n%s", want, r.Status.Message)
		}
	}
	if strings.Contains(string(out.Body), "hunter2-hunter2") {
		t.Errorf("the secret is told: %s", out.Body)
	}
	if r.Status.Code != 403 || r.Status.Reason != "Forbidden" || r.AuditAnnotations["bundle"] != "sha256:abc" || !strings.Contains(r.AuditAnnotations["rules"], "kubernetes/privileged,") {
		t.Errorf("%s", out.Body)
	}
	for key := range r.AuditAnnotations {
		if strings.Contains(key, "/") {
			t.Errorf("the API server drops the key %q", key)
		}
	}
}

// TestLimits has more findings than an answer can hold.
func TestLimits(t *testing.T) {
	var many []fields
	for i := range 400 {
		many = append(many, container(fmt.Sprintf("c%d-%s", i, strings.Repeat("é", 100)), fields{"securityContext": fields{"privileged": true}}))
	}
	out := decider(t, "").Review(context.Background(), sent(pod("api", many...), nil))
	r := answer(t, out)
	size := 0
	for _, w := range r.Warnings {
		size += len(w)
		if n := len([]rune(w)); n > maxWarning {
			t.Errorf("a warning of %d characters", n)
		}
	}
	if last := r.Warnings[len(r.Warnings)-1]; size > maxWarnings || !strings.HasPrefix(last, "and ") {
		t.Errorf("%d bytes of warnings, the last is %q", size, last)
	}
	lines := strings.Split(r.Status.Message, "\n")
	if n := len(r.Status.Message); n > maxMessage+100 || !strings.HasPrefix(lines[len(lines)-1], "and ") {
		t.Errorf("%d bytes, the last line is %q", n, lines[len(lines)-1])
	}
	for i := range out.Judged {
		if j := &out.Judged[i]; j.Denies && !strings.Contains(r.Status.Message, "\n"+j.Finding.Rule.Name+": ") {
			t.Errorf("%s is not named", j.Finding.Rule.Name)
		}
	}
}

func TestRollout(t *testing.T) {
	name := func(i int) string { return fmt.Sprintf("svc-%d", i) }
	var before map[string]bool
	for _, share := range []int{10, 25, 60} {
		d := decider(t, fmt.Sprintf("[[binding]]\nname = 'a'\nrollout = %d\n", share))
		in := map[string]bool{}
		for i := range 300 {
			denied := !d.Review(context.Background(), sent(workload("Deployment", name(i), pod("x", container("app", privileged))), nil)).Allowed
			in[name(i)] = denied
			if before[name(i)] && !denied {
				t.Errorf("%s left when the share grew to %d", name(i), share)
			}
			// The pods that are made of it stand on its side.
			p := pod(name(i)+"-7f9c-x", container("app", privileged))
			p["metadata"].(fields)["labels"] = fields{"pod-template-hash": "7f9c"}
			p["metadata"].(fields)["ownerReferences"] = []any{fields{"kind": "ReplicaSet", "name": name(i) + "-7f9c", "controller": true}}
			if got := !d.Review(context.Background(), sent(p, fields{"userInfo": fields{"username": "system:kube-controller-manager"}})).Allowed; got != denied {
				t.Errorf("%s is denied: %v; its pod: %v", name(i), denied, got)
			}
		}
		n := 0
		for _, denied := range in {
			if denied {
				n++
			}
		}
		if n < 300*share/100-30 || n > 300*share/100+30 {
			t.Errorf("%d of 300 at %d percent", n, share)
		}
		before = in
	}
}

func TestGenerated(t *testing.T) {
	const controller = "system:serviceaccount:kube-system:replicaset-controller"
	d := decider(t, "")
	owned := func(change func(p fields)) []byte {
		p := pod("api-7f9c-x", container("app", fields{"volumeMounts": []any{fields{"name": "kube-api-access-abc", "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount"}}}))
		p["spec"].(fields)["volumes"] = []any{fields{"name": "kube-api-access-abc", "projected": fields{}}}
		p["spec"].(fields)["tolerations"] = []any{fields{"key": "node.kubernetes.io/not-ready"}}
		p["metadata"].(fields)["ownerReferences"] = []any{fields{"kind": "ReplicaSet", "name": "api-7f9c", "controller": true}}
		if change != nil {
			change(p)
		}
		return sent(p, fields{"userInfo": fields{"username": controller}})
	}
	if out := d.Review(context.Background(), owned(nil)); out.Generated || !out.Allowed {
		t.Errorf("before its controller: %+v", out)
	}
	template := pod("api", container("app", fields{"volumeMounts": []any{}}))
	template["spec"].(fields)["volumes"] = []any{}
	d.Review(context.Background(), sent(workload("ReplicaSet", "api-7f9c", template), nil))
	if out := d.Review(context.Background(), owned(nil)); !out.Generated || !out.Allowed {
		t.Errorf("after its controller: %+v", out)
	}
	other := owned(func(p fields) {
		p["spec"].(fields)["containers"] = []any{container("app", fields{"image": "other@sha256:" + strings.Repeat("b1", 32), "volumeMounts": []any{}})}
	})
	if out := d.Review(context.Background(), other); out.Generated {
		t.Error("another image counts as generated")
	}
	spoilt := owned(func(p fields) { p["spec"].(fields)["containers"] = []any{container("app", privileged)} })
	if out := d.Review(context.Background(), spoilt); out.Generated || out.Allowed {
		t.Errorf("a pod that its controller does not make: %s", out.Outcome)
	}
}
