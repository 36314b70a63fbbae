package kubernetes

import (
	"context"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	fsys := os.DirFS("testdata")
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".golden.json") {
			return err
		}
		t.Run(name, func(t *testing.T) {
			got, err := facttest.Golden(New(), fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".golden.json")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestMatch(t *testing.T) {
	comments := strings.Repeat("# licence\n", 600)
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"a.yaml", "apiVersion: v1\nkind: Pod\n", true},
		{"a.yml", "---\n\"kind\": Pod\n\"apiVersion\" : v1\n", true},
		{"a.yaml", "{apiVersion: v1, kind: Pod}", true},
		{"a.yaml", "\xef\xbb\xbfapiVersion: v1\r\nkind: Pod\r\n", true},
		{"a.json", `{"kind":"Pod","apiVersion":"v1"}`, true},
		{"a.yaml", comments + "apiVersion: v1\nkind: Pod\n", true},
		{"a.yaml", "apiVersion: v1\ndata:\n  x: |\n" + strings.Repeat("    text\n", 600) + "kind: ConfigMap\n", true},
		{"chart/templates/a.yaml", `{{ include "common.deployment" . }}`, true},
		{"values.yaml", "image: x\nkind: Deployment\n", false},
		{"Chart.yaml", "apiVersion: v2\nname: x\n", false},
		{"compose.yaml", "services:\n  a: {image: b}\n", false},
		{"openapi.yaml", "openapi: 3.0.0\npaths:\n" + strings.Repeat("  /x: {}\n", 600), false},
		{"package.json", `{"name": "x"}`, false},
		{"a.txt", "apiVersion: v1\nkind: Pod\n", false},
	} {
		head := test.text[:min(len(test.text), fact.HeadSize)]
		if got := New().Match(test.name, []byte(head)); got != test.want {
			t.Errorf("%s %.40q: got %v, want %v", test.name, test.text, got, test.want)
		}
	}
}

// What merely looks like an object is neither a document nor an error.
func TestNoObject(t *testing.T) {
	for name, text := range map[string]string{
		"kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: x}\n",
		"Chart.yaml":         "apiVersion: v2\nname: x\n",
		"review.yaml":        "apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nrequest: {}\n",
		"values.yaml":        "apiVersion: v1\nkind: ''\nimage: x\n",
		"list.yaml":          "- apiVersion: v1\n  kind: Pod\n",
		"numbers.yaml":       "apiVersion: 1\nkind: 2\nmetadata: {}\n",
		"broken.yaml":        "a: [\n",
		"broken.json":        `{"a": `,
		"x.yaml":             "a: {{ b }}\n",
		"empty.yaml":         "",
	} {
		docs, err := collect(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
		if len(docs) > 0 || err != nil {
			t.Errorf("%s: got %d documents, %v", name, len(docs), err)
		}
	}
}

func TestIncomplete(t *testing.T) {
	const body = "metadata: {name: a}\nspec: {}\n"
	kustomization := &fstest.MapFile{Data: []byte("patches: [{path: patch.yaml}]\n")}
	for text, want := range map[string]string{
		"kind: Deployment # ours\n" + body:                                    "a.yaml:1:1: this Deployment is no object, because it has no apiVersion",
		"apiVersion: apps/v1\n" + body:                                        "a.yaml:1:1: this is no object, because it has no kind",
		"kind: Widget\n" + body:                                               "",
		"apiVersion: example.com/v1\n" + body:                                 "",
		"apiVersion: v1\nkind: Pod\n" + body + "---\n" + body:                 "a.yaml:6:1: this is no object, because it has neither apiVersion nor kind",
		"apiVersion: v1\nkind: Pod\n" + body + "---\n# nothing\n---\n- a\n":   "",
		"apiVersion: v1\nkind: Pod\n" + body + "---\napiVersion: example/1\n": "a.yaml:6:1: this is no object, because it has no kind",
	} {
		if !match("a.yaml", []byte(text)) && want != "" {
			t.Errorf("%q is left alone", text)
		}
		_, err := collect(context.Background(), fstest.MapFS{"a.yaml": {Data: []byte(text)}, "kustomization.yaml": kustomization}, "a.yaml")
		got := ""
		if err != nil {
			got, _, _ = strings.Cut(err.Error(), ": write")
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	patch := fstest.MapFS{"patch.yaml": {Data: []byte("kind: Deployment\n" + body)}, "kustomization.yaml": kustomization}
	if _, err := collect(context.Background(), patch, "patch.yaml"); err != nil {
		t.Errorf("a patch: %v", err)
	}
}

func pod(t *testing.T, spec string) Facts {
	t.Helper()
	text := "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: " + spec
	docs, err := collect(context.Background(), fstest.MapFS{"a.yaml": {Data: []byte(text)}}, "a.yaml")
	if err != nil || len(docs) != 1 {
		t.Fatalf("got %d documents, %v", len(docs), err)
	}
	return docs[0].Facts.(Facts)
}

func TestNonRoot(t *testing.T) {
	for _, test := range []struct{ pod, container, want, at string }{
		{"{}", "{}", "may run as root: neither runAsNonRoot nor runAsUser applies, so the image decides", "containers[0].securityContext.runAsNonRoot"},
		{"{runAsNonRoot: true}", "{}", "", "securityContext.runAsNonRoot"},
		{"{runAsNonRoot: yes}", "{}", "", "securityContext.runAsNonRoot"},
		{"{runAsUser: 1000}", "{}", "", "containers[0].securityContext.runAsNonRoot"},
		{"{runAsUser: 1e3}", "{}", "", "containers[0].securityContext.runAsNonRoot"},
		{"{}", "{runAsUser: 1000}", "", "containers[0].securityContext.runAsNonRoot"},
		{"{runAsUser: 0}", "{runAsUser: 1000}", "", "containers[0].securityContext.runAsNonRoot"},
		{"{runAsNonRoot: true}", "{runAsNonRoot: null}", "", "securityContext.runAsNonRoot"},
		{"{runAsNonRoot: true}", "{runAsNonRoot: false}", "may run as root: runAsNonRoot is false, which overrides the pod's true, and no runAsUser applies", "containers[0].securityContext.runAsNonRoot"},
		{"{runAsNonRoot: true, runAsUser: 5}", "{runAsNonRoot: false}", "", "containers[0].securityContext.runAsNonRoot"},
		{"{runAsNonRoot: false}", "{}", "may run as root: the pod's runAsNonRoot is false, and no runAsUser applies", "securityContext.runAsNonRoot"},
		{"{runAsUser: 1000}", "{runAsUser: 0}", "runs as root: runAsUser is 0", "containers[0].securityContext.runAsUser"},
		{"{runAsUser: 0}", "{}", "runs as root: the pod's runAsUser is 0", "securityContext.runAsUser"},
		{"{runAsUser: 0, runAsNonRoot: true}", "{}", "cannot start: the pod's runAsUser is 0, which is root, and runAsNonRoot forbids it", "securityContext.runAsUser"},
		{"{}", "{runAsUser: '1000'}", `has no valid user: runAsUser is "1000", and the API server takes only integers`, "containers[0].securityContext.runAsUser"},
		{"{}", "{runAsUser: 1.5}", `has no valid user: runAsUser is 1.5, and the API server takes only integers`, "containers[0].securityContext.runAsUser"},
		{"{}", "{runAsUser: -1}", `has no valid user: runAsUser is -1, outside 0 to 2147483647`, "containers[0].securityContext.runAsUser"},
		{"{runAsNonRoot: 'true'}", "{}", `may run as root: the pod's runAsNonRoot is "true", and the API server takes only true and false`, "securityContext.runAsNonRoot"},
	} {
		f := pod(t, "{securityContext: "+test.pod+", containers: [{name: a, securityContext: "+test.container+"}]}")
		got := f.Containers[0].NonRoot
		if got.OK != (test.want == "") || got.Reason != test.want || fact.Path(got.At).String() != "object.spec."+test.at {
			t.Errorf("%s %s: got %v %q at %v", test.pod, test.container, got.OK, got.Reason, fact.Path(got.At))
		}
	}
}

func TestWindows(t *testing.T) {
	for options, want := range map[string]string{
		"{runAsNonRoot: true, runAsUser: 0}":                        "",
		"{runAsNonRoot: false}":                                     "may run as an administrator: the pod's runAsNonRoot is false",
		"{windowsOptions: {runAsUserName: ContainerUser}}":          "",
		"{windowsOptions: {runAsUserName: containeradministrator}}": "runs as ContainerAdministrator",
		"{}": "may run as an administrator: neither runAsNonRoot nor runAsUserName applies, so the image decides",
		"{runAsUser: 1000, windowsOptions: {gmsaCredentialSpecName: x}}": "may run as an administrator: neither runAsNonRoot nor runAsUserName applies, so the image decides",
	} {
		f := pod(t, "{os: {name: windows}, securityContext: "+options+", containers: [{name: a}]}")
		if got := f.Containers[0].NonRoot.Reason; got != want {
			t.Errorf("%s: got %q, want %q", options, got, want)
		}
		if !f.Containers[0].ReadOnlyRoot.OK {
			t.Errorf("%s: Windows has no read-only root file system", options)
		}
	}
}

func TestFileSystemAndPrivilege(t *testing.T) {
	for _, test := range []struct{ context, writable, privileged string }{
		{"{}", "can write to its root file system: readOnlyRootFilesystem is not set", ""},
		{"{readOnlyRootFilesystem: true, privileged: false}", "", ""},
		{"{readOnlyRootFilesystem: false, privileged: true}", "can write to its root file system: readOnlyRootFilesystem is false", "is privileged"},
		{"{readOnlyRootFilesystem: 'true', privileged: 'no'}", `may write to its root file system: readOnlyRootFilesystem is "true", and the API server takes only true and false`, `may be privileged: privileged is "no", and the API server takes only true and false`},
	} {
		c := pod(t, "{initContainers: [{name: a, securityContext: "+test.context+"}]}").Containers[0]
		if c.ReadOnlyRoot.Reason != test.writable || c.Unprivileged.Reason != test.privileged {
			t.Errorf("%s: got %q, %q", test.context, c.ReadOnlyRoot.Reason, c.Unprivileged.Reason)
		}
	}
}

func TestLeaks(t *testing.T) {
	for container, want := range map[string]string{
		"env: [{name: DB_PASSWORD, value: Tr0ub4dor-3x}]":                       "env[0].value",
		"env: [{name: DB_PASSWORD, value: $(OTHER)}]":                           "",
		"env: [{name: URL, value: 'postgres://u:$(PASSWORD)@db/x'}]":            "",
		"env: [{name: DB_PASSWORD, value: changeme}]":                           "",
		"env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db}]":               "",
		"env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: a}}}]":      "",
		"args: [--db-password, Tr0ub4dor-3x]":                                   "args[1]",
		"command: [server], args: [--verbose, --token=8f14e45fceea167a5a36ded]": "args[1]",
		"readinessProbe: {exec: {command: [redis-cli, -a, Tr0ub4dor-3x]}}":      "readinessProbe.exec.command[2]",
		"args: [--secret-file=/run/secrets/x, --port=80]":                       "",
	} {
		c := pod(t, "{containers: [{name: a, "+container+"}]}").Containers[0]
		got := []string{}
		for _, l := range c.Leaks {
			got = append(got, strings.TrimPrefix(fact.Path(l.At).String(), "object.spec.containers[0]."))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %s", container, got, want)
		}
	}
}

func TestPatch(t *testing.T) {
	object := "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n"
	for kustomization, want := range map[string]bool{
		"patches: [{path: p/a.yaml}]":                            true,
		"patchesStrategicMerge: [p/a.yaml]":                      true,
		"patches: [{path: ./p/../p/a.yaml}]":                     true,
		"resources: [p/a.yaml]":                                  false,
		"resources: [p/a.yaml]\npatches: [{path: p/a.yaml}]":     false,
		"patches: [{path: a.yaml}]":                              false,
		"patches: [{path: p/a.yaml}]\nresources: {broken: true}": true,
	} {
		fsys := fstest.MapFS{"o/p/a.yaml": {Data: []byte(object)}, "o/kustomization.yaml": {Data: []byte(kustomization)}}
		docs, err := collect(context.Background(), fsys, "o/p/a.yaml")
		if err != nil {
			t.Fatal(err)
		}
		f := docs[0].Facts.(Facts)
		if f.Patch != want || f.Containers[0].NonRoot.OK != want || f.Containers[0].ReadOnlyRoot.OK != want {
			t.Errorf("%s: got %v", kustomization, f.Patch)
		}
	}
}

// An object from memory has the facts of the same object in a file.
func TestFromObject(t *testing.T) {
	for _, name := range []string{"deployment.yaml", "rollout.yaml", "data.yaml"} {
		docs, err := collect(context.Background(), os.DirFS("testdata"), name)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range docs {
			text, err := json.Marshal(want.Facts.(Facts).Object)
			if err != nil {
				t.Fatal(err)
			}
			object := map[string]any{}
			if err := json.Unmarshal(text, &object); err != nil {
				t.Fatal(err)
			}
			got, err := FromObject(name, object, false)
			if err != nil {
				t.Fatal(err)
			}
			facts := want.Facts.(Facts)
			facts.Live = true
			a, _ := json.Marshal(facts)
			b, _ := json.Marshal(got.Facts)
			if string(a) != string(b) || want.Name != got.Name {
				t.Errorf("%s: %s", name, cmp.Diff(string(a), string(b)))
			}
		}
	}
	_, err := FromObject("pod", map[string]any{"kind": "Pod", "spec": map[string]any{"containers": "x"}}, false)
	if want := "pod: containers is a string, not a list: write it as the Kubernetes API reference has it"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func FuzzCollect(f *testing.F) {
	names, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		if text, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, ".golden.json") {
			f.Add(string(text))
			f.Add("\xef\xbb\xbf" + strings.ReplaceAll(string(text), "\n", "\r\n"))
		}
	}
	object := "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: "
	f.Add(object + "\x00")
	f.Add(object + strings.Repeat("{template: {spec: {containers: [", 40))
	f.Add(object + strings.Repeat("{a: ", 90) + "{}" + strings.Repeat("}", 90))
	f.Add(object + "{containers: [{env: [1, {name: 2}], envFrom: [3], args: {}, command: [[]]}], os: windows}")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"a.yaml", "a.json"} {
			docs, err := collect(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
			for _, e := range fact.Errors(err) {
				if _, ok := e.(*fact.Error); !ok {
					t.Errorf("%T: %v", e, e)
				}
			}
			for _, d := range docs {
				if err := facttest.Whole(d.Facts); err != nil {
					t.Error(err)
				}
				for _, c := range d.Facts.(Facts).Containers {
					d.Locate(c.NonRoot.At)
				}
			}
		}
	})
}
