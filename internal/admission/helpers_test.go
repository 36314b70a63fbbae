package admission

import (
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sallyport/bundles"
	"sallyport/internal/config"
	"sallyport/policies"
)

var clock = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// few are rules that the cases here are about, whatever others there are.
var few = []string{
	"capability_not_dropped", "host_namespace", "host_path", "host_port", "privilege_escalation", "privileged", "read_only_root_filesystem", "root_user",
	"ingress_snippet", "run_as_non_root", "seccomp_missing", "secret_env", "broken",
}

// builtIn returns those rules of a profile that are built in and of the few, and the further ones.
func builtIn(t testing.TB, further ...bundles.Tree) func(string) (*bundles.Bundle, error) {
	t.Helper()
	return allRules(t, further...).Only(func(name string) bool { return slices.Contains(few, path.Base(name)) }).Profile
}

// allRules loads the built-in rules, and further ones.
func allRules(t testing.TB, further ...bundles.Tree) *bundles.Bundle {
	t.Helper()
	load := loaded
	if len(further) > 0 {
		load = func() (*bundles.Bundle, error) { return loadRules(further) }
	}
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var loaded = sync.OnceValues(func() (*bundles.Bundle, error) { return loadRules(nil) })

func loadRules(further []bundles.Tree) (*bundles.Bundle, error) {
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		return nil, err
	}
	trees := append([]bundles.Tree{{Name: "policies", FS: policies.FS, BuiltIn: true}}, further...)
	return bundles.Load(bundles.Options{Schemas: schemas, Brief: true, Clock: clock}, trees...)
}

func decider(t testing.TB, configuration string) *Decider {
	t.Helper()
	return deciderWith(t, configuration, Options{Bundle: builtIn(t)})
}

func deciderWith(t testing.TB, configuration string, opts Options) *Decider {
	t.Helper()
	opts.Config, opts.Now, opts.Digest = mustParse(t, configuration), func() time.Time { return clock }, "sha256:abc"
	d, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustParse(t testing.TB, configuration string) *config.Config {
	t.Helper()
	c, err := config.Parse("sallyport.toml", []byte(configuration))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

type fields = map[string]any

// container is one that no rule of high severity complains about; change may spoil it.
func container(name string, change fields) fields {
	c := fields{
		"name": name, "image": "registry.example.com/payments/api:1.2.3@sha256:" + strings.Repeat("a1", 32), "imagePullPolicy": "IfNotPresent",
		"securityContext": fields{
			"runAsNonRoot": true, "runAsUser": 10001, "readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false,
			"capabilities": fields{"drop": []any{"ALL"}}, "seccompProfile": fields{"type": "RuntimeDefault"},
		},
	}
	maps.Copy(c, change)
	return c
}

var privileged = fields{"securityContext": fields{"privileged": true}}

func pod(name string, containers ...fields) fields {
	var list []any
	for _, c := range containers {
		list = append(list, c)
	}
	return fields{
		"apiVersion": "v1", "kind": "Pod", "metadata": fields{"name": name, "namespace": "payments", "labels": fields{"app": name}},
		"spec": fields{"containers": list, "automountServiceAccountToken": false},
	}
}

func workload(kind, name string, p fields) fields {
	return fields{
		"apiVersion": "apps/v1", "kind": kind, "metadata": fields{"name": name, "namespace": "payments"},
		"spec": fields{"template": fields{"metadata": p["metadata"], "spec": p["spec"]}},
	}
}

// request is a review of an object; change sets fields of the request.
func sent(object fields, change fields) []byte {
	in := fields{
		"uid": "u-1", "operation": "CREATE", "object": object, "oldObject": nil, "dryRun": false,
		"userInfo": fields{"username": "eve"}, "namespace": "payments", "options": fields{},
	}
	if object != nil {
		group, version, ok := strings.Cut(object["apiVersion"].(string), "/")
		if !ok {
			group, version = "", group
		}
		in["kind"] = fields{"group": group, "version": version, "kind": object["kind"]}
		in["name"] = object["metadata"].(fields)["name"]
	}
	maps.Copy(in, change)
	text, err := json.Marshal(fields{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": in})
	if err != nil {
		panic(err)
	}
	return text
}

// answer is the body of a decision, read by somebody else's types.
func answer(t testing.TB, out *Decision) response {
	t.Helper()
	var r review
	if err := json.Unmarshal(out.Body, &r); err != nil {
		t.Fatalf("%v: %s", err, out.Body)
	}
	if r.APIVersion != "admission.k8s.io/v1" || r.Kind != "AdmissionReview" || r.Response.UID != out.UID || r.Response.Allowed != out.Allowed {
		t.Fatalf("the body is another answer: %s", out.Body)
	}
	return r.Response
}
