package admission

import (
	"context"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"time"

	"sallyport/bundles"
	"sallyport/internal/config"
	"sallyport/policies"
)

var clock = time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)

// builtIn returns the rules of a profile, all built in.
func builtIn(t testing.TB) func(string) (*bundles.Bundle, error) {
	t.Helper()
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	all, err := bundles.Load(bundles.Options{Schemas: schemas, Brief: true}, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	return all.Profile
}

func decider(t testing.TB, configuration string) *Decider {
	t.Helper()
	c, err := config.Parse("sallyport.toml", []byte(configuration))
	if err != nil {
		t.Fatal(err)
	}
	d, err := New(Options{Bundle: builtIn(t), Config: c, Now: func() time.Time { return clock }, Digest: "sha256:abc"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const pod = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"api","namespace":"payments"},"spec":{"containers":[{"name":"app","image":"nginx","securityContext":{"privileged":true}}]}}`

func createReview(object string) string {
	return `{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u1","kind":{"group":"","version":"v1","kind":"Pod"},
"resource":{"group":"","version":"v1","resource":"pods"},"name":"api","namespace":"payments","operation":"CREATE","userInfo":{"username":"eve"},
"object":` + object + `,"oldObject":null,"dryRun":false,"options":{}}}`
}

func TestDeny(t *testing.T) {
	d := decider(t, "")
	out := d.Review(context.Background(), []byte(createReview(pod)))
	var body map[string]any
	if err := json.Unmarshal(out.Body, &body); err != nil {
		t.Fatal(err)
	}
	text, _ := json.MarshalIndent(body, "", " ")
	t.Log(strings.ReplaceAll(string(text), `\n`, "\n"))
	if out.Allowed || out.Outcome != Deny {
		t.Errorf("%+v", out)
	}
}
