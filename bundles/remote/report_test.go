package remote

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/secret"
)

// control is a control plane of OPA: it takes status reports and decision logs.
type control struct {
	*httptest.Server
	status, logs chan map[string]any
}

func newControl(t *testing.T, p *publisher) *control {
	t.Helper()
	c := &control{status: make(chan map[string]any, 1000), logs: make(chan map[string]any, 1000)}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body io.Reader = r.Body
		if r.Header.Get("Content-Encoding") == "gzip" {
			zr, err := gzip.NewReader(body)
			if err != nil {
				t.Error(err)
				return
			}
			body = zr
		}
		switch {
		case strings.HasPrefix(r.URL.Path, "/bundles/"):
			p.serve(w, r)
		case r.URL.Path == "/status":
			var report map[string]any
			if err := json.NewDecoder(body).Decode(&report); err != nil {
				t.Error(err)
			}
			c.status <- report
		case r.URL.Path == "/logs":
			var events []map[string]any
			if err := json.NewDecoder(body).Decode(&events); err != nil {
				t.Error(err)
			}
			for _, e := range events {
				c.logs <- e
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// next returns the next message that is as wanted.
func next(t *testing.T, from chan map[string]any, wanted func(map[string]any) bool) map[string]any {
	t.Helper()
	for late := time.After(30 * time.Second); ; {
		select {
		case m := <-from:
			if wanted(m) {
				return m
			}
		case <-late:
			t.Fatal("nothing that is wanted came")
		}
	}
}

// bundleStatus is what a report says of the bundle.
func bundleStatus(m map[string]any, name, field string) string {
	all, _ := m["bundles"].(map[string]any)
	b, _ := all[name].(map[string]any)
	s, _ := b[field].(string)
	return s
}

// A configuration of OPA's with a control plane, as Styra's and OPAL's are: bundles, status and logs by one service.
func TestControlPlane(t *testing.T) {
	ours := newSigner(t)
	p := publish(t, build(t, "1", &ours, "", "a"))
	c := newControl(t, p)
	key, err := json.Marshal(ours.public)
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, Options{ID: "gate-1", Getenv: func(name string) string { return map[string]string{"CONTROL": c.URL}[name] }, Config: []byte(`
services: [{name: control, url: "${CONTROL}", credentials: {bearer: {token: t0ken}}}]
labels: {cluster: prod}
keys: {default: {key: ` + string(key) + `, algorithm: ES256}}
bundles: {acme: {resource: bundles/acme.tar.gz, polling: {min_delay_seconds: 1, max_delay_seconds: 1}}}
status: {}
decision_logs: {reporting: {min_delay_seconds: 1, max_delay_seconds: 1}}
`)})
	if rev := r.await(t); custom(rev) != "a" || !rev.Signed {
		t.Errorf("rules %s, %+v", custom(rev), rev)
	}
	good := next(t, c.status, func(m map[string]any) bool { return bundleStatus(m, "acme", "active_revision") == "1" })
	labels, _ := good["labels"].(map[string]any)
	if labels["cluster"] != "prod" || labels["id"] != "gate-1" || bundleStatus(good, "acme", "message") != "" {
		t.Errorf("report %v", good)
	}

	next(t, c.status, func(m map[string]any) bool {
		text, err := json.Marshal(m["plugins"])
		return err == nil && !strings.Contains(string(text), "NOT_READY")
	})

	// A key without `signing` is enough, unlike in OPA; and what we refuse is in OPA's report.
	for says, data := range map[string][]byte{
		"missing .signatures.json": build(t, "2", nil, "", "a", "b"),
		"is lower than":            build(t, "0", &ours, "", "a", "b"),
		"no rule named deny":       build(t, "2", &ours, "", "package policies.dockerfile.broken\n"),
	} {
		p.set(data, nil)
		bad := next(t, c.status, func(m map[string]any) bool { return strings.Contains(bundleStatus(m, "acme", "message"), says) })
		if bundleStatus(bad, "acme", "active_revision") != "1" || bundleStatus(bad, "acme", "code") != "bundle_error" {
			t.Errorf("report %v", bad)
		}
	}

	review := json.RawMessage(`{"kind": "AdmissionReview", "request": {"object": {"kind": "Pod", "metadata": {"annotations": {"a": "s1"}},
		"spec": {"containers": [{"name": "c", "env": [{"name": "TOKEN", "value": "s2"}, {"name": "REF", "valueFrom": {"secretKeyRef": {"name": "x"}}}]}]}}}}`)
	r.Log(Decision{ID: "uid-1", Path: "admission/validate", Input: review, Result: json.RawMessage(`{"allowed": false}`), Time: time.Now()})
	event := next(t, c.logs, func(map[string]any) bool { return true })
	text, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	if event["decision_id"] != "uid-1" || strings.Contains(string(text), `"s1"`) || strings.Contains(string(text), `"s2"`) ||
		!strings.Contains(string(text), "TOKEN") || !strings.Contains(string(text), `"acme":{"revision":"1"}`) {
		t.Errorf("event %s", text)
	}
}

// What waits is sent when the program ends.
func TestDecisionsAreFlushed(t *testing.T) {
	c := newControl(t, nil)
	r := start(t, Options{Config: []byte(`{services: {control: {url: "` + c.URL + `"}}, decision_logs: {service: control}}`)})
	r.await(t)
	if !r.Logs() {
		t.Error("no decision log")
	}
	r.Log(Decision{ID: "uid-3", Input: json.RawMessage("{")})
	r.Log(Decision{ID: "uid-2", Time: time.Now()})
	r.stop()
	if n := r.Status().Counts["dropped"]; n != 1 {
		t.Errorf("%d decisions were dropped, want the half of one", n)
	}
	if e := next(t, c.logs, func(map[string]any) bool { return true }); e["decision_id"] != "uid-2" {
		t.Errorf("event %v", e)
	}
}

// Two bundles of OPA's configuration: rules are in use when both are there.
func TestTwoBundles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "one/dockerfile/a.rego"), rule("a"))
	r := start(t, Options{Config: []byte(`{bundles: {one: {resource: "file://` + dir + `/one"}, two: {resource: "file://` + dir + `/two"}}}`)})
	r.event(t, unreachable)
	if st := r.Status(); !st.Loaded.IsZero() {
		t.Errorf("status %+v", st)
	}
	write(t, filepath.Join(dir, "two/dockerfile/b.rego"), rule("b"))
	if rev := r.await(t); custom(rev) != "ab" {
		t.Errorf("rules %s", custom(rev))
	}
	write(t, filepath.Join(dir, "two/dockerfile/a.rego"), rule("a"))
	if e := r.event(t, refused); !strings.Contains(e.Err.Error(), "exists already") {
		t.Errorf("event %+v", e)
	}
}

func TestMask(t *testing.T) {
	var in, want any
	for text, v := range map[string]*any{
		`{"kind": "Secret", "data": {"a": "eA=="}, "stringData": {"b": "x"}, "metadata": {"managedFields": [1], "annotations": {"c": "x"}, "labels": {"d": "x"}},
			"args": ["--password=Tr0ub4dor3xyz"], "list": [{"env": [{"name": "e", "value": "x"}, "odd"], "image": "i"}, {"env": "odd"}, {"env": null}, {"kind": "ConfigMap", "data": {"f": "x"}}]}`: &in,
		`{"kind": "Secret", "data": {"a": "***"}, "stringData": {"b": "***"}, "metadata": {"annotations": {"c": "***"}, "labels": {"d": "x"}},
			"args": ["--password=` + secret.Mask("Tr0ub4dor3xyz") + `"], "list": [{"env": [{"name": "e", "value": "***"}, "***"], "image": "i"}, {"env": "***"}, {"env": null}, {"kind": "ConfigMap", "data": {"f": "x"}}]}`: &want,
	} {
		if err := json.Unmarshal([]byte(text), v); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, Mask(in)); diff != "" {
		t.Error(diff)
	}
}
