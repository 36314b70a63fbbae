package bundles

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/open-policy-agent/opa/v1/ast"

	"sallyport/bundles/vm"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

type toy struct {
	Path  string    `json:"path"`
	User  string    `json:"user"`
	Items []toyItem `json:"items"`
}

type toyItem struct {
	Name string         `json:"name"`
	N    int            `json:"n"`
	Free map[string]any `json:"free"`
}

const meta = `# METADATA
# title: A toy is broken
# description: Broken toys hurt.
# custom:
#   severity: high
#   remediation: Mend the toy.
#   bad: x
#   good: y
`

const goodRule = meta + `package policies.toy.root

deny contains {"at": ["user"], "msg": msg} if {
	input.user == "root"
	msg := sprintf("runs as %q", [input.user])
}
`

// load makes a bundle of one tree, given as file name and text in turn.
func load(t *testing.T, files ...string) (*Bundle, error) {
	t.Helper()
	schema, err := Schema(toy{})
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return Load(Options{Schemas: fstest.MapFS{"toy.json": {Data: schema}}, Timeout: time.Second}, Tree{Name: "b", FS: fsys})
}

func input(b *Bundle, user string) *Input {
	doc := toy{Path: "a", User: user, Items: []toyItem{{Name: "x", N: 1, Free: map[string]any{"a": nil}}}}
	return b.NewInput(&fact.Document{Kind: "toy", Path: "a", Facts: doc})
}

func TestLoadRefuses(t *testing.T) {
	rule := func(body string) []string { return []string{"toy/r.rego", meta + "package policies.toy.r\n\n" + body} }
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"misspelt field":    {rule("deny contains {\"at\": [\"user\"], \"msg\": \"m\"} if input.usr == \"root\"\n"), `"user"`},
		"denies":            {rule("denies contains {\"at\": [\"user\"], \"msg\": \"m\"} if input.user == \"root\"\n"), "denies is never used"},
		"deny is a value":   {rule("deny := true if input.user == \"root\"\n"), "deny is a set of findings"},
		"deny by key":       {rule("deny[x] := true if x := input.user\n"), "deny is a set of findings"},
		"no deny":           {rule("x := 1\n"), "no rule named deny"},
		"unused helper":     {rule("deny contains {\"at\": [], \"msg\": \"m\"} if input.user == \"root\"\n\nhelp if input.user == \"x\"\n"), "help is never used"},
		"http.send":         {rule("deny contains {\"at\": [], \"msg\": \"m\"} if http.send({\"method\": \"get\", \"url\": \"http://x\"}).status_code == 200\n"), "http.send is not allowed"},
		"environment":       {rule("deny contains {\"at\": [], \"msg\": \"m\"} if opa.runtime().env.HOME == \"x\"\n"), "opa.runtime is not allowed"},
		"package":           {[]string{"toy/r.rego", meta + "package policies.toy.other\n\ndeny contains {\"at\": [], \"msg\": \"m\"} if input.user == \"x\"\n"}, "the path is the name"},
		"unknown kind":      {[]string{"tory/r.rego", strings.ReplaceAll(goodRule, "toy.root", "tory.r")}, "no such kind"},
		"unknown metadata":  {[]string{"toy/root.rego", strings.Replace(goodRule, "severity:", "severty:", 1)}, `did you mean "severity"`},
		"missing metadata":  {[]string{"toy/root.rego", strings.Replace(goodRule, "#   remediation: Mend the toy.\n", "", 1)}, "custom.remediation is missing"},
		"no metadata":       {[]string{"toy/root.rego", strings.TrimPrefix(goodRule, meta)}, "no METADATA block"},
		"bad severity":      {[]string{"toy/root.rego", strings.Replace(goodRule, "severity: high", "severity: hi", 1)}, "none of low, medium, high, critical"},
		"unknown data":      {rule("deny contains {\"at\": [], \"msg\": \"m\"} if input.user == data.settings.user\n"), "is not there"},
		"unknown parameter": {rule("deny contains {\"at\": [], \"msg\": \"m\"} if input.user == data.parameters.toy.r.user\n"), "declare it under custom.parameters"},
		"unknown table":     {rule("deny contains {\"at\": [], \"msg\": \"m\"} if input.user == data.tables.users[0]\n"), "no table of that name"},
		"unused variable":   {rule("deny contains {\"at\": [], \"msg\": \"m\"} if {\n\tx := 1\n\tinput.user == \"root\"\n}\n"), "unused"},
		"syntax":            {rule("deny contains if if\n"), "b/toy/r.rego:"},
		"rule at the top":   {[]string{"r.rego", goodRule}, "<kind>/<rule>.rego"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(t, c.files...)
			if err == nil {
				t.Fatal("loaded")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v\nwant %q in it", err, c.want)
			}
		})
	}
}

func TestLoadRefusesReplacement(t *testing.T) {
	fsys := fstest.MapFS{"toy/root.rego": {Data: []byte(goodRule)}}
	_, err := Load(Options{}, Tree{Name: "one", FS: fsys}, Tree{Name: "two", FS: fsys})
	if err == nil || !strings.Contains(err.Error(), "never replaces") {
		t.Errorf("got %v", err)
	}
}

func TestEval(t *testing.T) {
	b, err := load(t, "toy/root.rego", goodRule)
	if err != nil {
		t.Fatal(err)
	}
	found, err := b.Eval(context.Background(), input(b, "root"))
	if err != nil || len(found) != 1 {
		t.Fatalf("got %v, %v", found, err)
	}
	f := found[0]
	if f.Rule.Name != "toy/root" || f.Message != `runs as "root"` || f.Logical != "/user" || f.Severity != finding.High {
		t.Errorf("got %+v", f)
	}
	if found, err = b.Eval(context.Background(), input(b, "app")); err != nil || len(found) != 0 {
		t.Errorf("got %v, %v", found, err)
	}
}

// One rule that errs, or returns what is no finding, takes nothing away from the others and is named.
func TestEvalNamesTheRuleThatErrs(t *testing.T) {
	for name, body := range map[string]string{
		"builtin error":   "deny contains {\"at\": [], \"msg\": \"m\"} if to_number(input.user) == 1\n",
		"runs away":       "deny contains {\"at\": [], \"msg\": \"m\"} if {\n\tsome x in numbers.range(1, 100000)\n\tsome y in numbers.range(1, 100000)\n\tx * y == 0 - count(input.user)\n}\n",
		"unknown key":     "deny contains {\"at\": [], \"msg\": \"m\", \"sev\": \"low\"} if input.user == \"root\"\n",
		"no message":      "deny contains {\"at\": [], \"msg\": \"\"} if input.user == \"root\"\n",
		"no place":        "deny contains {\"msg\": \"m\"} if input.user == \"root\"\n",
		"place nowhere":   "deny contains {\"at\": [\"usr\"], \"msg\": \"m\"} if input.user == \"root\"\n",
		"not an object":   "deny contains \"m\" if input.user == \"root\"\n",
		"object conflict": "deny contains {\"at\": [], \"msg\": f} if input.user == \"root\"\n\nf := \"a\" if input.user == \"root\"\n\nf := \"b\" if input.path == \"a\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			b, err := load(t, "toy/root.rego", goodRule, "toy/r.rego", meta+"package policies.toy.r\n\n"+body)
			if err != nil {
				t.Fatal(err)
			}
			found, err := b.Eval(context.Background(), input(b, "root"))
			if err == nil || !strings.Contains(err.Error(), "toy/r") || strings.Contains(err.Error(), "toy/root") {
				t.Errorf("got error %v", err)
			}
			if len(found) != 1 || found[0].Rule.Name != "toy/root" {
				t.Errorf("got %v", found)
			}
		})
	}
}

// What rules see is what encoding the facts as JSON gives; OPA gets the fields that rules read.
func TestValueIsJSON(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		all  bool
	}{
		"reads all":   {"deny contains {\"at\": [], \"msg\": \"m\"} if count(input) == 0\n", true},
		"reads a few": {"deny contains {\"at\": [], \"msg\": \"m\"} if input.user == \"\"\n", false},
	} {
		b, err := load(t, "toy/r.rego", meta+"package policies.toy.r\n\n"+c.body)
		if err != nil {
			t.Fatal(err)
		}
		in := input(b, "root")
		text, err := json.Marshal(in.Document.Facts)
		if err != nil {
			t.Fatal(err)
		}
		want := decoded(t, text)
		if diff := cmp.Diff(want, decoded(t, vm.AppendJSON(nil, in.value()))); diff != "" {
			t.Errorf("%s: for the machine: %s", name, diff)
		}
		v, err := ast.JSON(in.asTerm(b.sets["toy"][0].reads).Value)
		if err != nil {
			t.Fatal(err)
		}
		if text, err = json.Marshal(v); err != nil {
			t.Fatal(err)
		}
		if !c.all {
			want = map[string]any{"user": "root"}
		}
		if diff := cmp.Diff(want, decoded(t, text)); diff != "" {
			t.Errorf("%s: for OPA: %s", name, diff)
		}
	}
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestMetadataLinesAreTheFiles(t *testing.T) {
	_, err := load(t, "toy/root.rego", strings.Replace(goodRule, "#   severity", "#   nope: 1\n#   severity", 1))
	if err == nil || !strings.Contains(err.Error(), "b/toy/root.rego:5:") {
		t.Errorf("got %v", err)
	}
}
