package objects

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
)

// A fakeCluster is an API server with n pods.
type fakeCluster struct {
	mu       sync.Mutex
	n        int
	requests []string
	// answer, where set, may answer a request instead: it returns true where it has.
	answer func(w http.ResponseWriter, r *http.Request) bool
}

func (f *fakeCluster) start(t *testing.T) *Lister {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	l, err := NewLister(&rest.Config{Host: s.URL, QPS: -1})
	if err != nil {
		t.Fatal(err)
	}
	l.wait = time.Millisecond
	return l
}

func (f *fakeCluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, r.URL.String())
	if f.answer != nil && f.answer(w, r) {
		return
	}
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	from, _ := strconv.Atoi(r.URL.Query().Get("continue"))
	to := min(from+limit, f.n)
	items := []any{}
	for i := from; i < to; i++ {
		items = append(items, map[string]any{"metadata": map[string]any{"name": fmt.Sprintf("p%d", i), "namespace": "n", "uid": fmt.Sprintf("u%d", i)}})
	}
	meta := map[string]any{"resourceVersion": "7"}
	if to < f.n {
		meta["continue"], meta["remainingItemCount"] = strconv.Itoa(to), f.n-to
	}
	send(w, http.StatusOK, map[string]any{"kind": "PodList", "apiVersion": "v1", "metadata": meta, "items": items})
}

func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func status(w http.ResponseWriter, code int, reason, token string) bool {
	send(w, code, map[string]any{
		"kind": "Status", "apiVersion": "v1", "metadata": map[string]any{"continue": token}, "status": "Failure", "reason": reason, "code": code, "message": "what the API server says: " + reason,
	})
	return true
}

var pods = Resource{Version: "v1", Kind: "Pod", Name: "pods", Namespaced: true, Watchable: true}

// list returns how often each object came.
func list(t *testing.T, l *Lister) (map[string]int, string, error) {
	t.Helper()
	count := map[string]int{}
	version, err := l.List(t.Context(), pods, func(item Item, _ int64) error {
		if item.Object["kind"] != "Pod" || item.Object["apiVersion"] != "v1" {
			t.Errorf("an item without its kind: %v", item.Object)
		}
		count[item.UID]++
		return nil
	})
	return count, version, err
}

func each(t *testing.T, count map[string]int, n int) {
	t.Helper()
	for i := range n {
		if c := count[fmt.Sprintf("u%d", i)]; c != 1 {
			t.Errorf("object %d came %d times", i, c)
		}
	}
	if len(count) != n {
		t.Errorf("%d objects, not %d", len(count), n)
	}
}

func TestPages(t *testing.T) {
	f := &fakeCluster{n: 1001}
	count, version, err := list(t, f.start(t))
	if err != nil || version != "7" || len(f.requests) != 5 {
		t.Errorf("%v, version %q, %d requests", err, version, len(f.requests))
	}
	each(t, count, 1001)
}

// A list that expires is taken up where the API server says, or from its beginning; what had come does not come again.
func TestExpires(t *testing.T) {
	for _, token := range []string{"600", ""} {
		f := &fakeCluster{n: 1000}
		expired := false
		f.answer = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Query().Get("continue") == "500" && !expired {
				expired = true
				f.n = 1000
				return status(w, http.StatusGone, "Expired", strings.Replace(token, "600", "500", 1))
			}
			return false
		}
		count, _, err := list(t, f.start(t))
		if err != nil || !expired {
			t.Errorf("with token %q: %v", token, err)
		}
		each(t, count, 1000)
	}
}

func TestBusy(t *testing.T) {
	f := &fakeCluster{n: 600}
	refusals := 0
	f.answer = func(w http.ResponseWriter, _ *http.Request) bool {
		if refusals++; refusals%2 == 0 {
			return status(w, map[bool]int{true: http.StatusTooManyRequests, false: http.StatusServiceUnavailable}[refusals%4 == 0], "Busy", "")
		}
		return false
	}
	count, _, err := list(t, f.start(t))
	if err != nil {
		t.Error(err)
	}
	each(t, count, 600)
}

// What may not be read, and what stays unanswered, is an error and never an end of the list.
func TestRefused(t *testing.T) {
	for name, answer := range map[string]func(w http.ResponseWriter){
		"forbidden": func(w http.ResponseWriter) { status(w, http.StatusForbidden, "Forbidden", "") },
		"down":      func(w http.ResponseWriter) { status(w, http.StatusServiceUnavailable, "ServiceUnavailable", "") },
		"no list": func(w http.ResponseWriter) {
			send(w, http.StatusOK, map[string]any{"metadata": map[string]any{}, "items": "none"})
		},
		"no JSON": func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"metadata": {}, "items": [`)) },
		"null item": func(w http.ResponseWriter) {
			send(w, http.StatusOK, map[string]any{"metadata": map[string]any{}, "items": []any{nil}})
		},
	} {
		f := &fakeCluster{n: 600, answer: func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Query().Get("continue") == "" {
				return false
			}
			answer(w)
			return true
		}}
		_, _, err := list(t, f.start(t))
		if err == nil || !strings.Contains(err.Error(), "the pods were not all judged") {
			t.Errorf("%s: %v", name, err)
		}
		if said := "what the API server says: Forbidden"; name == "forbidden" && err != nil && !strings.Contains(err.Error(), said) {
			t.Errorf("no %q in %v", said, err)
		}
	}
}

func TestDiscover(t *testing.T) {
	resources := func(names ...string) []any {
		var all []any
		for _, n := range names {
			all = append(all, map[string]any{"name": n, "kind": strings.ToUpper(n[:1]) + strings.TrimSuffix(n[1:], "s"), "namespaced": true, "verbs": []string{"list", "watch"}})
		}
		return all
	}
	f := &fakeCluster{answer: func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/api":
			send(w, 200, map[string]any{"kind": "APIVersions", "versions": []string{"v1"}})
		case "/apis":
			version := func(g string) map[string]any {
				return map[string]any{"name": g, "versions": []any{map[string]any{"groupVersion": g + "/v1", "version": "v1"}}, "preferredVersion": map[string]any{"groupVersion": g + "/v1", "version": "v1"}}
			}
			send(w, 200, map[string]any{"kind": "APIGroupList", "groups": []any{version("apps"), version("broken.example")}})
		case "/api/v1":
			send(w, 200, map[string]any{"kind": "APIResourceList", "groupVersion": "v1", "resources": resources("pods", "events", "pods/log", "services")})
		case "/apis/apps/v1":
			send(w, 200, map[string]any{"kind": "APIResourceList", "groupVersion": "apps/v1", "resources": resources("deployments")})
		default:
			status(w, http.StatusServiceUnavailable, "ServiceUnavailable", "")
		}
		return true
	}}
	s := httptest.NewServer(f)
	defer s.Close()
	client, err := discovery.NewDiscoveryClientForConfig(&rest.Config{Host: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	all, err := Discover(client)
	if err == nil || !strings.Contains(err.Error(), "broken.example/v1") {
		t.Errorf("a group that does not answer is silent: %v", err)
	}
	var names []string
	for _, r := range all {
		names = append(names, r.String())
	}
	if got := strings.Join(names, " "); got != "services deployments.apps pods" {
		t.Errorf("discovered %s", got)
	}
	if _, err := Choose(all, []string{"secrets"}); err == nil {
		t.Error("a resource that does not exist is chosen")
	}
	if kept, err := Choose(all, []string{"deployment", "pods"}); err != nil || len(kept) != 2 {
		t.Errorf("%v %v", kept, err)
	}
}
