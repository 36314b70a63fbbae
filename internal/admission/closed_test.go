package admission

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sallyport/bundles"
)

// broken is a rule that errs on every object with a name that is no number.
const broken = `# METADATA
# title: A rule that errs
# description: It reads the name as a number.
# custom:
#   severity: low
#   remediation: Do not.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: "1"}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: "2"}
package policies.kubernetes.broken

deny contains {"at": ["name"], "msg": "one"} if to_number(input.name) == 1
`

// panics knows no namespace at all.
type panics struct{}

func (panics) Labels(context.Context, string) (map[string]string, error) { panic("no informer") }

// TestUndecided has everything that keeps a review from being decided.
func TestUndecided(t *testing.T) {
	good := sent(pod("api", container("app", nil)), nil)
	further := bundles.Tree{Name: "own", FS: fstest.MapFS{"kubernetes/broken.rego": {Data: []byte(broken)}}}
	gone, stop := context.WithCancel(context.Background())
	stop()
	late, stop2 := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer stop2()
	selector := "[[binding]]\nname = 'a'\nnamespace_selector = { matchLabels = { tier = 'apps' } }\n"
	for _, c := range []struct {
		name, configuration string
		opts                Options
		ctx                 context.Context
		outcome             string
	}{
		{"nothing in its way", "", Options{Bundle: builtIn(t)}, context.Background(), Allow},
		{"a rule that errs", "", Options{Bundle: builtIn(t, further)}, context.Background(), Failed},
		{"a caller that is gone", "", Options{Bundle: builtIn(t)}, gone, Failed},
		{"a deadline that is over", "", Options{Bundle: builtIn(t)}, late, Failed},
		{"a panic", selector, Options{Bundle: builtIn(t), Namespaces: panics{}}, context.Background(), Failed},
		{"a rule that errs, and errors are let pass", "[[binding]]\nname = 'a'\non_error = 'allow'\n", Options{Bundle: builtIn(t, further)}, context.Background(), Warn},
		{"a rule that errs under audit", "[[binding]]\nname = 'a'\nmode = 'audit'\n", Options{Bundle: builtIn(t, further)}, context.Background(), Warn},
		{"a rule that errs under audit, and another binding", "[[binding]]\nname = 'a'\nmode = 'audit'\n[[binding]]\nname = 'b'\n", Options{Bundle: builtIn(t, further)}, context.Background(), Failed},
		{"a rule that errs, and another binding without it", "[[binding]]\nname = 'a'\nmode = 'audit'\n[[binding]]\nname = 'b'\nprofile = 'pss-baseline'\n", Options{Bundle: builtIn(t, further)}, context.Background(), Warn},
		{"a deadline, and errors are let pass", "[[binding]]\nname = 'a'\non_error = 'allow'\n", Options{Bundle: builtIn(t)}, late, Warn},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := deciderWith(t, c.configuration, c.opts).Review(c.ctx, good)
			if out.Outcome != c.outcome || out.Allowed != (c.outcome == Allow || c.outcome == Warn) {
				t.Errorf("%s, allowed %v: %s", out.Outcome, out.Allowed, out.Body)
			}
			if r := answer(t, out); c.outcome == Failed && !strings.Contains(r.Status.Message, "\nnot decided: ") {
				t.Errorf("no reason: %s", out.Body)
			}
			if (len(out.Errors) > 0) != (c.outcome != Allow) {
				t.Errorf("errors %v", out.Errors)
			}
		})
	}
	// What denies for its findings does so beside an error, too.
	out := deciderWith(t, "", Options{Bundle: builtIn(t, further)}).Review(context.Background(), sent(pod("api", container("app", privileged)), nil))
	if out.Outcome != Deny || !strings.Contains(answer(t, out).Status.Message, "not decided: kubernetes/broken") {
		t.Errorf("%s", out.Body)
	}
}

func TestNew(t *testing.T) {
	for configuration, want := range map[string]string{
		"[[binding]]\nname = 'a'\nprofile = 'no-such'\n":       `there is no profile "no-such"`,
		"[[binding]]\nname = 'a'\nprofile = 'pss-baseline@v9'": `has no version "v9"`,
		"[rules.'kubernetes/no_such']\nenabled = false\n":      `there is no rule "kubernetes/no_such"`,
	} {
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%s: %v", configuration, p)
				}
			}()
			c := mustParse(t, configuration)
			if _, err := New(Options{Bundle: builtIn(t), Config: c}); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", configuration, err)
			}
		}()
	}
	none := func(string) (*bundles.Bundle, error) {
		all, err := builtIn(t)("")
		return all.Only(func(name string) bool { return strings.HasPrefix(name, "dockerfile/") }), err
	}
	if _, err := New(Options{Bundle: none}); err == nil || !strings.Contains(err.Error(), "no rule for objects") {
		t.Errorf("a bundle without rules for objects: %v", err)
	}
}

// TestUnreadable sends what is no review.
func TestUnreadable(t *testing.T) {
	d := decider(t, "")
	whole := string(sent(pod("api", container("app", nil)), nil))
	for _, c := range []struct{ body, want string }{
		{"", "ends early"},
		{"null", "no JSON object"},
		{"[]", "no JSON object"},
		{"{}", `its kind is ""`},
		{`{"kind":"Pod","apiVersion":"v1"}`, `its kind is "Pod"`},
		{strings.Replace(whole, "admission.k8s.io/v1", "admission.k8s.io/v1beta1", 1), "v1beta1 is not served: set admissionReviewVersions"},
		{strings.Replace(whole, "admission.k8s.io/v1", "admission.k8s.io/v2", 1), `apiVersion is "admission.k8s.io/v2"`},
		{strings.Replace(whole, `"uid":"u-1"`, `"uid":""`, 1), "no uid"},
		{strings.Replace(whole, `"uid":"u-1"`, `"uid":7`, 1), "uid of the request is no string"},
		{strings.Replace(whole, `"uid":"u-1"`, `"uid":"u-1","uid":"u-2"`, 1), `"uid" appears twice`},
		{strings.Replace(whole, `"image":`, `"image":"a","image":`, 1), `"image" appears twice`},
		{strings.Replace(whole, `"image":`, `"\u0069mage":"a","image":`, 1), `"image" appears twice`},
		{strings.Replace(whole, `"request":{`, `"request":null,"x":{`, 1), "no request"},
		{strings.Replace(whole, `"operation":"CREATE"`, `"operation":"PATCH"`, 1), `no operation "PATCH"`},
		{strings.Replace(whole, `"operation":"CREATE"`, `"operation":"create"`, 1), `no operation "create"`},
		{strings.Replace(whole, `"operation":"CREATE",`, ``, 1), "no operation"},
		{strings.Replace(whole, `"dryRun":false`, `"dryRun":"no"`, 1), "dryRun"},
		{strings.Replace(whole, `"object":{`, `"object":null,"x":{`, 1), "object is missing"},
		{strings.Replace(whole, `"object":{`, `"object":[],"x":{`, 1), "object of the request is no object"},
		{strings.Replace(whole, `"userInfo":{`, `"userInfo":7,"x":{`, 1), "userInfo"},
		{whole[:len(whole)-1], "ends early"},
		{whole + "}", "text after the end"},
		{whole + whole, "text after the end"},
		{"\xef\xbb\xbf" + whole, "where a value should be"},
		{strings.Replace(whole, `"eve"`, "\"a\x00p\"", 1), "control character"},
		{strings.Replace(whole, `"eve"`, "\"a\xffp\"", 1), "UTF-8"},
		{strings.Replace(whole, `"eve"`, `"a\xp"`, 1), "escape"},
		{strings.Replace(whole, `"eve"`, `0123`, 1), "a comma or the end"},
		{strings.Replace(whole, `"eve"`, `1e999`, 1), "no float"},
		{strings.Replace(whole, `"eve"`, `NaN`, 1), "where a value should be"},
		{strings.Replace(whole, `"eve"`, strings.Repeat("[", 100000)+strings.Repeat("]", 100000), 1), "nested too deep"},
		{strings.Repeat("[", 1<<20), "nested too deep"},
		{"<html>", "where a value should be"},
	} {
		out := d.Review(context.Background(), []byte(c.body))
		if out.Allowed || out.Status != 400 || out.Outcome != Invalid || !strings.Contains(string(out.Body), c.want) {
			t.Errorf("%.80q: status %d, %s, want %q", c.body, out.Status, out.Body, c.want)
		}
	}
}

// TestMutations spoils a review of a bad pod at every place, in every way: nothing of that makes it good. A pod without
// containers has no violation, and the API server refuses it.
func TestMutations(t *testing.T) {
	d := decider(t, "")
	body := sent(pod("api", container("one", privileged), container("two", privileged)), nil)
	var whole any
	if err := json.Unmarshal(body, &whole); err != nil {
		t.Fatal(err)
	}
	harmless := map[string]bool{"/request/object/spec": true, "/request/object/spec/containers": true, "/request/object": true}
	n := 0
	walk(whole, "", func(at string, set func(any), unset func()) {
		for _, v := range []any{nil, "", "x", 0, -1, 1.5, true, []any{}, []any{nil}, fields{}, fields{"": nil}, strings.Repeat("y", 1<<16)} {
			set(v)
			text, _ := json.Marshal(whole)
			out := d.Review(context.Background(), text)
			empty := v == nil
			switch v := v.(type) {
			case fields:
				empty = true
			case []any:
				empty = len(v) == 0
			}
			if out.Allowed && !(harmless[at] && empty) {
				t.Errorf("allowed with %s %.50v: %s", at, v, out.Body)
			}
			n++
		}
		unset()
		text, _ := json.Marshal(whole)
		if out := d.Review(context.Background(), text); out.Allowed && !harmless[at] {
			t.Errorf("allowed without %s: %s", at, out.Body)
		}
	})
	t.Logf("%d reviews", n)
	for i := range body {
		if out := d.Review(context.Background(), body[:i]); out.Allowed {
			t.Errorf("allowed when cut at %d", i)
		}
	}
}

// walk calls change for each place of a value, with a way to set it and to take it away, and puts it back.
func walk(v any, at string, change func(at string, set func(any), unset func())) {
	switch v := v.(type) {
	case map[string]any:
		for key, old := range v {
			change(at+"/"+key, func(x any) { v[key] = x }, func() { delete(v, key) })
			v[key] = old
			walk(old, at+"/"+key, change)
		}
	case []any:
		for i, old := range v {
			change(at+"/*", func(x any) { v[i] = x }, func() {})
			v[i] = old
			walk(old, at+"/*", change)
		}
	}
}

func FuzzReview(f *testing.F) {
	d := decider(f, "[[binding]]\nname = 'a'\nnamespaces = ['payments']\n[[binding]]\nname = 'b'\nobject_selector = { matchLabels = { x = 'y' } }\nmode = 'warn'\n")
	bad := pod("api", container("app", nil), container("evil", privileged))
	f.Add(sent(bad, nil))
	f.Add(sent(bad, fields{"operation": "UPDATE", "oldObject": bad}))
	f.Add(sent(workload("Deployment", "api", bad), fields{"dryRun": true}))
	f.Add([]byte(`{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1","operation":"DELETE","kind":{"kind":"Pod"}}}`))
	if text, err := os.ReadFile("testdata/pod.json"); err == nil {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		out := d.Review(context.Background(), body)
		// Others read what was sent as well.
		var in struct {
			APIVersion string `json:"apiVersion"`
			Kind       string `json:"kind"`
			Request    struct {
				UID string `json:"uid"`
			} `json:"request"`
		}
		err := json.Unmarshal(body, &in)
		if out.Status != 200 {
			if out.Allowed || len(out.Body) == 0 {
				t.Fatalf("%+v", out)
			}
			return
		}
		if err != nil || in.Kind != "AdmissionReview" || in.APIVersion != "admission.k8s.io/v1" || in.Request.UID != out.UID {
			t.Fatalf("answered %s to what reads as %+v: %v", out.Body, in, err)
		}
		r := answer(t, out)
		if denied := out.Outcome == Deny || out.Outcome == Failed; denied == r.Allowed {
			t.Fatalf("%s: %s", out.Outcome, out.Body)
		}
	})
}
