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
