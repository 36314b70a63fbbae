package keeper

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	"sallyport/bundles"
	"sallyport/internal/admission"
	"sallyport/policies"
)

func builtIn(t *testing.T) *bundles.Bundle {
	t.Helper()
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundles.Load(bundles.Options{Schemas: schemas, Brief: true}, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const pod = `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","namespace":"apps","name":"web",
"kind":{"group":"","version":"v1","kind":"Pod"},"object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"},"spec":{"containers":[{"name":"web","image":"nginx"}]}}}}`

// TestKeeper takes a configuration and rules in, in whichever order, and refuses what does not fit.
func TestKeeper(t *testing.T) {
	var now *admission.Decider
	used := 0
	k := &Keeper{Use: func(d *admission.Decider, _ *Rules) { now, used = d, used+1 }}
	rules := &Rules{Bundle: builtIn(t), Revision: "1", Loaded: time.Now()}
	outcome := func() string { return now.Review(context.Background(), []byte(pod)).Outcome }
	for i, step := range []struct {
		do   func() error
		err  string
		used int
		want string
	}{
		{func() error { return k.Config("a.toml", []byte("[[binding]]\nname = \"all\"\nmode = \"audit\"\n")) }, "", 0, ""},
		{func() error { return k.Config("a.toml", []byte("[[binding]]\nmode = \"never\"\n")) }, "never", 0, ""},
		{func() error { return k.Bundle(&Rules{}) }, "no rules", 0, ""},
		{func() error { return k.Bundle(rules) }, "", 1, "allow"},
		{func() error { return k.Config("a.toml", []byte("")) }, "", 2, "deny"},
		{func() error {
			return k.Config("a.toml", []byte("[rules.\"kubernetes/no_such_rule\"]\nenabled = false\n"))
		}, "no_such_rule", 2, "deny"},
		{func() error {
			return k.Config("a.toml", []byte("[[binding]]\nname = \"all\"\nmode = \"audit\"\nprofile = \"none\"\n"))
		}, "none", 2, "deny"},
		{func() error {
			return k.Bundle(&Rules{Bundle: rules.Bundle.Only(func(name string) bool { return strings.HasPrefix(name, "dockerfile/") })})
		}, "everything would be allowed", 2, "deny"},
	} {
		err := step.do()
		if step.err == "" && err != nil || step.err != "" && (err == nil || !strings.Contains(err.Error(), step.err)) {
			t.Errorf("step %d: %v, want %q", i, err, step.err)
		}
		if used != step.used {
			t.Errorf("step %d: %d deciders, want %d", i, used, step.used)
		}
		if now != nil && outcome() != step.want {
			t.Errorf("step %d: %s, want %s", i, outcome(), step.want)
		}
	}
}

const (
	whole = `"containers":[{"name":"web","image":"registry.example/web@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1",
"securityContext":{"runAsNonRoot":true,"runAsUser":10001,"readOnlyRootFilesystem":true,"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"seccompProfile":{"type":"RuntimeDefault"}}}]`
	envelope = `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE","namespace":"apps",
"userInfo":{"username":"system:serviceaccount:kube-system:replicaset-controller"},`
	set = envelope + `"name":"web-7f9c","kind":{"group":"apps","version":"v1","kind":"ReplicaSet"},"object":{"apiVersion":"apps/v1","kind":"ReplicaSet",
"metadata":{"name":"web-7f9c"},"spec":{"template":{"spec":{` + whole + `}}}}}}`
	made = envelope + `"name":"web-7f9c-x","kind":{"group":"","version":"v1","kind":"Pod"},"object":{"apiVersion":"v1","kind":"Pod",
"metadata":{"name":"web-7f9c-x","ownerReferences":[{"kind":"ReplicaSet","name":"web-7f9c","controller":true}]},"spec":{` + whole + `}}}}`
)

// TestMemory: a pod of a template that was judged is known as such after a reload that changes nothing, and judged anew after any other.
func TestMemory(t *testing.T) {
	var now *admission.Decider
	k := &Keeper{Use: func(d *admission.Decider, _ *Rules) { now = d }}
	built := builtIn(t)
	bundle := func(digest string) func() error {
		return func() error { return k.Bundle(&Rules{Bundle: built, Digest: digest}) }
	}
	config := func(text string) func() error { return func() error { return k.Config("a.toml", []byte(text)) } }
	review := func(body string) *admission.Decision { return now.Review(context.Background(), []byte(body)) }
	const bound = "[[binding]]\nname = \"all\"\n"
	for _, step := range []struct {
		what  string
		do    func() error
		known bool
	}{
		{"the first rules", bundle("sha256:a"), false},
		{"the same rules", bundle("sha256:a"), true},
		{"a configuration", config(bound), false},
		{"a comment in it", config("# the same\n" + bound), true},
		{"a share of none, which is not what is meant without it", config(bound + "rollout = 0\n"), false},
		{"the configuration before", config(bound), false},
		{"other rules", bundle("sha256:b"), false},
		{"the same again", bundle("sha256:b"), true},
		{"rules that nobody can name", bundle(""), false},
		{"rules that nobody can name, again", bundle(""), false},
	} {
		if err := step.do(); err != nil {
			t.Fatalf("%s: %v", step.what, err)
		}
		if d := review(made); !d.Allowed || d.Generated != step.known {
			t.Errorf("%s: allowed %v, generated %v: %s", step.what, d.Allowed, d.Generated, d.Body)
		}
		review(set)
		if d := review(made); !d.Generated {
			t.Errorf("%s: its controller was judged, and the pod is no generated one", step.what)
		}
	}
}
