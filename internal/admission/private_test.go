package admission

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/bundles"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// TestLogged has values that are private, and names and other words that are spelled like one.
func TestLogged(t *testing.T) {
	facts := map[string]any{
		"containers": []any{map[string]any{"name": "web", "image": "nginx", "env": []any{
			map[string]any{"name": "HOST", "value": "db.internal"},
			map[string]any{"name": "ROLE", "value": "web"},
			map[string]any{"name": "LEVEL", "value": "a"},
			map[string]any{"name": "QUOTED", "value": "a \" b"},
			map[string]any{"name": "FROM", "value": ""},
		}}},
		"annotations": map[string]string{"name": "private", "owner": "team-a"},
		"image":       "nginx",
	}
	env := func(steps ...any) fact.Path { return append(fact.Path{"containers", 0, "env"}, steps...) }
	for _, c := range []struct {
		at            fact.Path
		message, want string
	}{
		{env(0), `container "web" sets HOST to "db.internal", or db.internal:80`, `container "web" sets HOST to "***", or ***:80`},
		{env(0, "value"), `container "web" sets HOST to "db.internal"`, `container "web" sets HOST to "***"`},
		{env(0, "name"), `container "web" sets HOST to "db.internal"`, `container "web" sets HOST to "db.internal"`},
		{env(1), `container "web" of the webhook sets ROLE to "web", web`, `container "web" of the webhook sets ROLE to "***", ***`},
		{env(2), `container "web" has a LEVEL of "a"`, `container "web" has a LEVEL of "***"`},
		{env(3), `QUOTED is "a \" b"`, `QUOTED is "***"`},
		{env(4), `the variable FROM of container "web" is the value of a Secret`, `the variable FROM of container "web" is the value of a Secret`},
		{env(), `container "web" has db.internal and "web"`, `container "web" has *** and "***"`},
		{env(9), `container "web" sets none`, `container "web" sets none`},
		{fact.Path{"annotations"}, `"private" of team-a by name`, `"***" of *** by name`},
		{fact.Path{"annotations", "owner"}, `owner is team-a, private`, `owner is ***, private`},
		{fact.Path{"annotations", "none"}, `there is no annotation none`, `there is no annotation none`},
		{fact.Path{"image"}, `image "nginx"`, `image "nginx"`},
	} {
		doc := &fact.Document{Facts: facts}
		j := Judged{Finding: finding.Finding{Place: finding.Place{Document: doc, At: c.at}, Message: c.message}}
		if got := j.Logged(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.at, got, c.want)
		}
		j.Finding.Place, j.Finding.Related = finding.Place{Document: doc, At: fact.Path{"image"}}, []finding.Place{{Document: doc, At: c.at}}
		if got := j.Logged(); got != c.want {
			t.Errorf("related, %s: got %s, want %s", c.at, got, c.want)
		}
	}
	let := Judged{Finding: finding.Finding{Place: finding.Place{Document: &fact.Document{}, At: env(0)}, Message: `HOST is "a \" b"`}}
	if got := let.Logged(); got != `HOST is "***"` {
		t.Errorf("without facts: %s", got)
	}
}

// tell is a rule that says in its message what a log must not hold.
const tell = `# METADATA
# title: Variable is told
# description: It is.
# custom:
#   severity: high
#   remediation: Do not.
#   bad: |
#     {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b, env: [{name: A, value: b}]}]}}
#   good: |
#     {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: b}]}}
package policies.kubernetes.tell

deny contains {"at": ["containers", i, "env", j], "msg": msg} if {
	some i, c in input.containers
	some j, v in c.env
	msg := sprintf("container %q sets %s to %q", [c.name, v.name, v.value])
}
`

// TestLoggedAnswer holds that what whoever asks is told and what is logged differ in private values alone, and that a secret is in neither.
func TestLoggedAnswer(t *testing.T) {
	tree := bundles.Tree{Name: "own", FS: fstest.MapFS{"kubernetes/tell.rego": {Data: []byte(tell)}}}
	d := deciderWith(t, "", Options{Bundle: allRules(t, tree).Only(func(name string) bool { return name == "kubernetes/tell" }).Profile})
	out := d.Review(context.Background(), sent(pod("api", container("app", fields{"env": []any{
		fields{"name": "HOST", "value": "db.internal"}, fields{"name": "SELF", "value": "app"}, fields{"name": "DB_PASSWORD", "value": "hunter2-hunter2"},
	}})), nil))
	told, logged := string(out.Body), string(out.Logged())
	for _, want := range []string{`container \"app\" sets HOST to \"db.internal\"`, `container \"app\" sets SELF to \"app\"`} {
		if !strings.Contains(told, want) {
			t.Errorf("told: no %s in %s", want, told)
		}
	}
	for _, want := range []string{`container \"app\" sets HOST to \"***\"`, `container \"app\" sets SELF to \"***\"`, `"uid":"u-1"`, `"bundle":"sha256:abc"`} {
		if !strings.Contains(logged, want) {
			t.Errorf("logged: no %s in %s", want, logged)
		}
	}
	if strings.Contains(told+logged, "hunter2") {
		t.Errorf("the secret is told: %s %s", told, logged)
	}
	if quiet := d.Review(context.Background(), sent(pod("api", container("app", nil)), nil)); &quiet.Logged()[0] != &quiet.Body[0] {
		t.Error("an answer without private values is made anew")
	}
}
