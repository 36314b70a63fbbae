package admission

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
)

const controller = "system:serviceaccount:kube-system:replicaset-controller"

// set returns a copy of an object with another value at a path.
func set(object fields, value any, path ...string) fields {
	if object = maps.Clone(object); object == nil {
		object = fields{}
	}
	if len(path) == 1 {
		object[path[0]] = value
		return object
	}
	inner, _ := object[path[0]].(fields)
	object[path[0]] = set(inner, value, path[1:]...)
	return object
}

// resource is one of somebody's own definition.
func resource(kind string, spec any) fields {
	return fields{"apiVersion": "evil.example/v1", "kind": kind, "metadata": fields{"name": "x"}, "spec": spec}
}

// TestAttacks has the ways by which somebody may hope to get past the rules with an object. All of them are for a binding that
// enforces, in a namespace where it holds.
func TestAttacks(t *testing.T) {
	good, bad := pod("api", container("app", nil)), pod("api", container("app", nil), container("evil", privileged))
	template := fields{"template": fields{"spec": bad["spec"]}}
	owner := []any{fields{"kind": "ReplicaSet", "name": "payments-7f9c", "controller": true}}
	owned := func(p fields) fields {
		return set(set(p, owner, "metadata", "ownerReferences"), fields{"pod-template-hash": "7f9c"}, "metadata", "labels")
	}
	waived := "[[waiver]]\nrule = 'kubernetes/*'\nreason = 'r'\nowner = 'o'\nexpires = 2026-03-01\nobject = 'Deployment/payments'\n"
	waived = strings.Replace(waived, "kubernetes/*", "kubernetes/privileged", 1)
	ingress := fields{"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": fields{"name": "web"}, "spec": fields{"rules": []any{}}}
	snippet := set(ingress, fields{"nginx.ingress.kubernetes.io/server-snippet": "return 200;"}, "metadata", "annotations")
	exec := fields{"apiVersion": "v1", "kind": "PodExecOptions", "metadata": fields{}, "command": []any{"sh"}}
	for _, c := range []struct {
		name, configuration string
		object, change      fields
		outcome             string
	}{
		{"the key of a field in another case beside it", "", set(good, []any{set(container("app", nil), fields{"privileged": true, "Privileged": false}, "securityContext")}, "spec", "containers"), nil, Deny},
		{"fields that nobody knows", "", set(bad, fields{"ignore": true}, "sallyport"), nil, Deny},
		{"annotations that ask for mercy", "", set(bad, fields{"sallyport/ignore": "kubernetes/privileged", "helm.sh/hook": "test"}, "metadata", "annotations"), nil, Deny},
		{"a generated name that begins as a waiver's", waived, fields{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": fields{"generateName": "payments"}, "spec": template}, fields{"name": ""}, Deny},
		{"an owner with a waiver, by somebody's own word", waived, owned(bad), nil, Deny},
		{"an owner with a waiver, by the word of another namespace's account", waived, owned(bad), fields{"userInfo": fields{"username": "system:serviceaccount:evil:replicaset-controller"}}, Deny},
		{"the label of an owner's hash alone", waived, set(bad, fields{"pod-template-hash": "7f9c"}, "metadata", "labels"), fields{"userInfo": fields{"username": controller}}, Deny},
		{"a container beside one that was bad before", "", pod("api", container("old", privileged), container("new", privileged)), fields{"operation": "UPDATE", "oldObject": pod("api", container("old", privileged))}, Deny},
		{"a good container that takes the name of a bad one, which gets another", "", pod("api", container("old", nil), container("new", privileged)), fields{"operation": "UPDATE", "oldObject": pod("api", container("old", privileged), container("new", nil))}, Deny},
		{"an old violation moved to the container before it", "", pod("api", container("a", privileged), container("b", nil)), fields{"operation": "UPDATE", "oldObject": pod("api", container("a", nil), container("b", privileged))}, Deny},
		{"the old object of another one", "", bad, fields{"operation": "UPDATE", "oldObject": pod("other", container("evil", privileged))}, Deny},
		{"an ephemeral container on a pod that was bad before", "", set(bad, []any{container("debug", privileged)}, "spec", "ephemeralContainers"), fields{"operation": "UPDATE", "oldObject": bad, "subResource": "ephemeralcontainers"}, Deny},
		{"an ephemeral container with the name of a bad one", "", set(bad, []any{container("evil", privileged)}, "spec", "ephemeralContainers"), fields{"operation": "UPDATE", "oldObject": bad, "subResource": "ephemeralcontainers"}, Deny},
		{"a List for a pod", "", fields{"apiVersion": "v1", "kind": "List", "metadata": fields{}, "items": []any{good, bad}}, nil, Deny},
		{"a List within Lists", "", fields{"apiVersion": "v1", "kind": "List", "items": []any{fields{"apiVersion": "v1", "kind": "List", "items": []any{bad}}}, "metadata": fields{}}, nil, Deny},
		{"a List that the request calls a pod", "", fields{"apiVersion": "v1", "kind": "List", "metadata": fields{}, "items": []any{good}}, fields{"kind": fields{"version": "v1", "kind": "Pod"}}, Failed},
		{"a pod that the request calls a ConfigMap", "", bad, fields{"kind": fields{"version": "v1", "kind": "ConfigMap"}}, Deny},
		{"a template in a resource with the name of a Secret", "", resource("Secret", template), nil, Deny},
		{"a template in a resource with the name of a Role", "", resource("Role", template), nil, Deny},
		{"a template in a resource with the name of a definition", "", resource("CustomResourceDefinition", template), nil, Deny},
		{"a template in a resource with the name of a kubeconfig", "", resource("Config", template), nil, Deny},
		{"a template beside the one that a Job has", "", resource("Job", fields{"template": fields{"spec": good["spec"]}, "tasks": []any{template}}), nil, Deny},
		{"a template deep in a resource", "", resource("Thing", fields{"a": []any{fields{"b": fields{"c": []any{template}}}}}), nil, Deny},
		{"a resource with the name of a Namespace that no binding is for", "[[binding]]\nname = 'a'\nnamespaces = ['payments']\n", set(resource("Namespace", template), "elsewhere", "metadata", "name"), nil, Deny},
		{"the status, with annotations", "", snippet, fields{"operation": "UPDATE", "oldObject": ingress, "subResource": "status"}, Deny},
		{"the status, with labels taken for annotations", "", snippet, fields{"operation": "UPDATE", "oldObject": set(ingress, "x", "metadata", "annotations"), "subResource": "status"}, Deny},
		{"finalizing, with a label", "", set(bad, fields{"a": "b"}, "metadata", "labels"), fields{"operation": "UPDATE", "oldObject": good, "subResource": "finalize"}, Deny},
		{"a subresource that nobody knows", "", bad, fields{"subResource": "state"}, Deny},
		{"an owner on the other side of a rollout", "[[binding]]\nname = 'a'\nrollout = 50\n", onSide(t, true), nil, Deny},
		{"a generated name on the other side of a rollout", "[[binding]]\nname = 'a'\nrollout = 50\n", onSide(t, false), nil, Deny},
		{"exec into a pod, where labels select", "[[binding]]\nname = 'a'\nobject_selector = { matchLabels = { tier = 'apps' } }\n", exec, fields{"operation": "CONNECT", "subResource": "exec", "name": "api"}, Allow},
		{"an annotation by which nothing else changes", "", snippet, fields{"operation": "UPDATE", "oldObject": ingress}, Deny},
		{"a dry run that says it is none", "", bad, fields{"dryRun": nil}, Deny},
		{"a namespace in the object that is not the request's", "[[binding]]\nname = 'a'\nnamespaces = ['payments']\n", set(bad, "elsewhere", "metadata", "namespace"), nil, Deny},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := decider(t, c.configuration).Review(context.Background(), sent(c.object, c.change))
			if out.Outcome != c.outcome {
				t.Errorf("%s, want %s: %s", out.Outcome, c.outcome, out.Body)
			}
		})
	}
}

// onSide is a bad Deployment that stands on the enforced half of a rollout. It says that it was made for one on the other half,
// or that its name is generated from one there.
func onSide(t *testing.T, byOwner bool) fields {
	t.Helper()
	d := decider(t, "[[binding]]\nname = 'a'\nrollout = 50\n")
	side := func(name string) bool {
		return !d.Review(context.Background(), sent(workload("Deployment", name, pod("x", container("app", privileged))), nil)).Allowed
	}
	in, out := "", ""
	for i := 0; in == "" || out == ""; i++ {
		if name := fmt.Sprintf("svc-%d", i); side(name) {
			in = name
		} else {
			out = name
		}
	}
	object := workload("Deployment", in, pod("x", container("app", privileged)))
	if byOwner {
		return set(object, []any{fields{"kind": "Deployment", "name": out, "controller": true}}, "metadata", "ownerReferences")
	}
	return set(object, out, "metadata", "generateName")
}

// TestNotLockedIn has updates that take a violation away, or move what it is about: what is left was there before.
func TestNotLockedIn(t *testing.T) {
	bare := fields{"securityContext": fields{}}
	root := func(containers ...fields) fields {
		return set(pod("api", containers...), fields{"runAsUser": 0}, "spec", "securityContext")
	}
	adding := func(capabilities ...any) fields {
		return pod("api", set(container("app", nil), fields{"add": capabilities, "drop": []any{"ALL"}}, "securityContext", "capabilities"))
	}
	ports := func(numbers ...int) fields {
		var all []any
		for _, n := range numbers {
			all = append(all, fields{"containerPort": n, "hostPort": n})
		}
		return pod("api", container("app", fields{"ports": all}))
	}
	image := func(ref string) fields { return pod("api", container("app", fields{"image": ref})) }
	for _, c := range []struct {
		name     string
		old, new fields
		outcome  string
	}{
		{"one of two containers that run as the pod's root", root(container("a", bare), container("b", bare)), root(container("a", bare)), Warn},
		{"a third container that runs as the pod's root", root(container("a", bare), container("b", bare)), root(container("a", bare), container("b", bare), container("c", bare)), Deny},
		{"the first of two capabilities", adding("NET_ADMIN", "SYS_ADMIN"), adding("SYS_ADMIN"), Warn},
		{"another capability", adding("NET_ADMIN"), adding("SYS_ADMIN"), Deny},
		{"a capability beside one", adding("NET_ADMIN"), adding("SYS_ADMIN", "NET_ADMIN"), Deny},
		{"the first of two ports", ports(80, 81), ports(81), Warn},
		{"a port beside one", ports(81), ports(80, 81), Deny},
		{"the same port twice", ports(80), ports(80, 80), Deny},
		{"another tag", image("registry.example/app:1.0"), image("registry.example/app:1.1"), Warn},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := deciderWith(t, "fail_on = 'low'\n[rules.'kubernetes/naked_pod']\nenabled = false\n", Options{Bundle: allRules(t).Profile})
			out := d.Review(context.Background(), sent(c.new, fields{"operation": "UPDATE", "oldObject": c.old}))
			if out.Outcome != c.outcome {
				t.Errorf("%s, want %s: %s", out.Outcome, c.outcome, out.Body)
			}
		})
	}
}

// TestForeign: a resource that somebody else has defined may have fields of any type, whatever Kubernetes has under that name.
func TestForeign(t *testing.T) {
	d := deciderWith(t, "", Options{Bundle: allRules(t).Profile})
	for _, o := range []fields{
		resource("Thing", fields{"replicas": fields{"min": 1}, "strategy": "x", "selector": "a=b", "template": "t"}),
		resource("Thing", fields{"template": fields{"spec": fields{"containers": fields{"a": 1}}}}),
		resource("Job", fields{"template": "t"}), resource("Ingress", fields{"rules": "r", "tls": 7}), resource("Service", "s"),
		resource("Gateway", fields{"listeners": "l"}), resource("HorizontalPodAutoscaler", fields{"minReplicas": "m"}),
		set(resource("Secret", nil), "d", "data"), set(resource("Role", nil), "r", "rules"),
	} {
		if out := d.Review(context.Background(), sent(o, nil)); out.Outcome == Failed || !out.Allowed {
			t.Errorf("%v: %s: %s", o, out.Outcome, out.Body)
		}
	}
}

// TestSecret: a cluster is where a Secret belongs, whatever is in it.
func TestSecret(t *testing.T) {
	d := deciderWith(t, "", Options{Bundle: allRules(t).Profile})
	o := fields{"apiVersion": "v1", "kind": "Secret", "metadata": fields{"name": "db"}, "data": fields{"password": "VHIwdWI0ZG9yLTN4"}}
	if out := d.Review(context.Background(), sent(o, nil)); out.Outcome != Allow {
		t.Errorf("%s: %s", out.Outcome, out.Body)
	}
}

// TestMemoryIsNotFed: what only looks like being made by a controller, or was only tried, hides nothing from the log.
func TestMemoryIsNotFed(t *testing.T) {
	made := set(pod("api-7f9c-x", container("app", nil)), []any{fields{"kind": "ReplicaSet", "name": "api-7f9c", "controller": true}}, "metadata", "ownerReferences")
	template := workload("ReplicaSet", "api-7f9c", pod("x", container("app", nil)))
	by := func(user string) fields { return fields{"userInfo": fields{"username": user}} }
	review := func(d *Decider, o, change fields) *Decision { return d.Review(context.Background(), sent(o, change)) }
	d := decider(t, "")
	review(d, template, fields{"dryRun": true})
	if out := review(d, made, by(controller)); out.Generated {
		t.Error("a dry run was remembered")
	}
	review(d, template, nil)
	if out := review(d, made, by("eve")); out.Generated {
		t.Error("eve makes pods for a ReplicaSet")
	}
	if out := review(d, made, fields{"userInfo": fields{"username": controller}, "dryRun": true}); out.Generated {
		t.Error("a dry run counts as generated")
	}
	if out := review(d, set(made, "other", "metadata", "namespace"), fields{"userInfo": fields{"username": controller}, "namespace": "other"}); out.Generated {
		t.Error("the ReplicaSet of another namespace counts")
	}
	if out := review(d, made, by(controller)); !out.Generated {
		t.Error("what the controller makes does not count")
	}
}
