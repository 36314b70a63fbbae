package auditor

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"sallyport/bundles"
	"sallyport/internal/admission"
	"sallyport/internal/cluster/objects"
	"sallyport/internal/finding"
	"sallyport/policies"
)

var (
	deployments = objects.Resource{Group: "apps", Version: "v1", Kind: "Deployment", Name: "deployments", Namespaced: true}
	replicaSets = objects.Resource{Group: "apps", Version: "v1", Kind: "ReplicaSet", Name: "replicasets", Namespaced: true}
	pods        = objects.Resource{Version: "v1", Kind: "Pod", Name: "pods", Namespaced: true}
)

// lists answers with the objects of each path; what has none is forbidden.
type lists map[string][]map[string]any

func (l lists) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	items, ok := l[r.URL.Path]
	if !ok {
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, `{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403,"message":"may not list"}`)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"metadata": map[string]any{"resourceVersion": "1"}, "items": items})
}

func audit(t *testing.T, l lists, max int, resources ...objects.Resource) (*Audit, *finding.Report) {
	t.Helper()
	s := httptest.NewServer(l)
	t.Cleanup(s.Close)
	lister, err := objects.NewLister(&rest.Config{Host: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		t.Fatal(err)
	}
	b, err := bundles.Load(bundles.Options{Schemas: schemas, Brief: true}, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		t.Fatal(err)
	}
	d, err := admission.New(admission.Options{Bundle: b.Profile})
	if err != nil {
		t.Fatal(err)
	}
	a := New(Options{Lister: lister, Resources: resources, Decider: d, Max: max})
	a.Run(t.Context())
	r, err := a.Report("test", time.Now(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return a, r
}

// object has one privileged container, in its own spec or in its template's.
func object(name, uid, ownerKind, owner, ownerUID string, template bool) map[string]any {
	spec := map[string]any{"containers": []any{map[string]any{"name": "app", "image": "app:1", "securityContext": map[string]any{"privileged": true}}}}
	if template {
		spec = map[string]any{"template": map[string]any{"spec": spec}}
	}
	meta := map[string]any{"name": name, "namespace": "n", "uid": uid}
	if owner != "" {
		meta["ownerReferences"] = []any{map[string]any{"kind": ownerKind, "name": owner, "uid": ownerUID, "controller": true}}
	}
	return map[string]any{"metadata": meta, "spec": spec}
}

// told lists which objects the rule is told about.
func told(r *finding.Report, rule string) string {
	var all []string
	for i := range r.Findings {
		if r.Findings[i].Rule.Name == rule {
			all = append(all, r.Findings[i].File)
		}
	}
	return strings.Join(all, " ")
}

// A finding is told of the controller, and of what it made only where that differs, or where the owner is not there.
func TestOwners(t *testing.T) {
	l := lists{
		"/apis/apps/v1/deployments": {object("web", "d", "", "", "", true)},
		"/apis/apps/v1/replicasets": {object("web-1", "r", "Deployment", "web", "d", true)},
		"/api/v1/pods": {
			object("web-1-a", "p1", "ReplicaSet", "web-1", "r", false),
			object("alone", "p2", "", "", "", false),
			object("claims", "p3", "ReplicaSet", "web-1", "another", false),
		},
	}
	a, r := audit(t, l, 0, deployments, replicaSets, pods)
	if got := told(r, "kubernetes/privileged"); got != "n/Deployment/web n/Pod/alone n/Pod/claims" {
		t.Errorf("told about %q", got)
	}
	if r.Verdict != finding.Closed || a.Folded == 0 || r.Documents["kubernetes"] != 5 {
		t.Errorf("verdict %v, %d folded, %v", r.Verdict, a.Folded, r.Documents)
	}
}

// Whatever is missing takes the verdict away: a list that may not be read, findings that do not fit, an object that is none.
func TestNotWhole(t *testing.T) {
	one := object("alone", "p", "", "", "", false)
	for name, test := range map[string]struct {
		lists lists
		max   int
		says  string
	}{
		"forbidden":    {lists{"/api/v1/pods": {one}}, 0, "the deployments.apps were not all judged"},
		"too many":     {lists{"/api/v1/pods": {one}, "/apis/apps/v1/deployments": {}}, 1, "beyond the first 1"},
		"nothing":      {lists{"/api/v1/pods": {}, "/apis/apps/v1/deployments": {}}, 0, "nothing to judge"},
		"a wrong type": {lists{"/api/v1/pods": {{"metadata": map[string]any{"name": "p", "uid": "u"}, "spec": "none"}}, "/apis/apps/v1/deployments": {}}, 0, "Pod/p"},
	} {
		t.Run(name, func(t *testing.T) {
			_, r := audit(t, test.lists, test.max, deployments, pods)
			if r.Verdict != finding.None {
				t.Errorf("verdict %v: %s", r.Verdict, r.Reason)
			}
			if text := fmt.Sprint(r.Notifications); !strings.Contains(text, test.says) {
				t.Errorf("the errors are %s", text)
			}
		})
	}
}

func TestShards(t *testing.T) {
	for _, bad := range []string{"", "1", "2/2", "-1/2", "0/0", "a/b", "1/2/3"} {
		if s, err := ParseShard(bad); err == nil {
			t.Errorf("%q is the shard %v", bad, s)
		}
	}
	for of := 1; of < 5; of++ {
		for n := range 200 {
			in := 0
			for i := range of {
				if (Shard{i, of}).has("n", fmt.Sprint("Pod/", n)) {
					in++
				}
			}
			if in != 1 {
				t.Errorf("object %d is in %d of %d shards", n, in, of)
			}
		}
	}
}
