package admission

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"sallyport/bundles"
	"sallyport/collectors/kubernetes"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/tree"
)

// A said is what a finding says, wherever it was found.
type said struct{ rule, place, message string }

// TestParity holds the webhook against check: every object of every manifest at hand gives the same findings at the same places.
func TestParity(t *testing.T) {
	rules := allRules(t)
	for name, dir := range manifests(t, rules) {
		t.Run(name, func(t *testing.T) {
			objects, findings := 0, 0
			d := deciderWith(t, "", Options{Bundle: rules.Profile})
			for key, docs := range collected(t, dir) {
				want := checked(t, rules, dir)[key]
				var got []said
				for _, doc := range docs {
					got = append(got, reviewed(t, d, doc)...)
				}
				objects, findings = objects+len(docs), findings+len(got)
				compare(t, key, got, want)
			}
			t.Logf("%d objects, %d findings", objects, findings)
		})
	}
}

func compare(t *testing.T, key string, got, want []said) {
	order := func(a, b said) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.place, b.place), cmp.Compare(a.message, b.message))
	}
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if !slices.Equal(got, want) {
		t.Errorf("%s:\nserve %v\ncheck %v", key, got, want)
	}
}

// manifests are folders of manifests by name.
func manifests(t *testing.T, rules *bundles.Bundle) map[string]string {
	all := map[string]string{"testdata": "../../testdata", "collector": "../../collectors/kubernetes/testdata", "examples": examples(t, rules)}
	unpacked := t.TempDir()
	if out, err := exec.Command("../../../shared/oracles/unpack.sh", unpacked, "kubernetes").CombinedOutput(); err != nil {
		t.Logf("no labelled manifests here: %v: %s", err, out)
	} else {
		all["library"] = filepath.Join(unpacked, "kubernetes")
	}
	return all
}

// examples writes the examples of the rules as files.
func examples(t *testing.T, rules *bundles.Bundle) string {
	dir := t.TempDir()
	list, err := rules.Rules(kind)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range list {
		for label, text := range map[string]string{"bad": r.Bad, "good": r.Good} {
			base := filepath.Join(dir, filepath.Base(r.Name), label)
			if !strings.HasPrefix(text, "-- ") {
				write(filepath.Join(base, "deployment.yaml"), text)
				continue
			}
			for _, f := range txtar.Parse([]byte(text)).Files {
				write(filepath.Join(base, f.Name), string(f.Data))
			}
		}
	}
	return dir
}

// collected are the documents of a folder as check makes them, by file and object.
func collected(t *testing.T, dir string) map[string][]fact.Document {
	all := map[string][]fact.Document{}
	c := kubernetes.New()
	err := filepath.WalkDir(dir, func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		name, _ := filepath.Rel(dir, file)
		if err != nil || !c.Match(filepath.ToSlash(name), text[:min(len(text), fact.HeadSize)]) {
			return err
		}
		docs, _ := c.Collect(context.Background(), os.DirFS(dir), filepath.ToSlash(name)) // what does not read is not admitted either
		for _, doc := range docs {
			if f := doc.Facts.(kubernetes.Facts); !f.Template && !f.Patch {
				key := doc.Path + " " + doc.Name
				all[key] = append(all[key], doc)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var checkedOnce = map[string]map[string][]said{}

// checked are the findings of check in a folder, by file and object.
func checked(t *testing.T, rules *bundles.Bundle, dir string) map[string][]said {
	if all, ok := checkedOnce[dir]; ok {
		return all
	}
	ctx := context.Background()
	opened, err := tree.Open(dir, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	files, err := opened.Walk(ctx)
	if err != nil {
		t.Fatal(err)
	}
	report := gate.Run(ctx, gate.Options{
		Bundle: rules.Only(func(name string) bool { return strings.HasPrefix(name, kind+"/") }), Collectors: []fact.Collector{kubernetes.New()},
		FS: opened.FS(), Files: files, Now: clock, Policy: gate.Policy{FailOn: finding.High, AllowEmpty: true},
	})
	all := map[string][]said{}
	for i := range report.Findings {
		f := &report.Findings[i]
		if f.Rule.Name == "kubernetes/secret_manifest" {
			continue // it is about files
		}
		key := f.Document.Path + " " + f.Document.Name
		all[key] = append(all[key], said{f.Rule.Name, f.Logical, f.Message})
	}
	checkedOnce[dir] = all
	return all
}

// reviewed are the findings of the webhook about the object of a document.
func reviewed(t *testing.T, d *Decider, doc fact.Document) []said {
	f := doc.Facts.(kubernetes.Facts)
	object, err := json.Marshal(f.Object)
	if err != nil {
		t.Fatal(err)
	}
	group, version, ok := strings.Cut(f.APIVersion, "/")
	if !ok {
		group, version = "", group
	}
	text, err := json.Marshal(map[string]any{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": map[string]any{
		"uid": "1", "operation": "CREATE", "namespace": f.Namespace, "name": f.Name, "object": json.RawMessage(object),
		"kind": map[string]any{"group": group, "version": version, "kind": f.Kind},
	}})
	if err != nil {
		t.Fatal(err)
	}
	out := d.Review(context.Background(), text)
	if out.Status != 200 {
		t.Fatalf("%s: %s", doc.Path, out.Body)
	}
	if denied := out.Outcome == Deny; denied == out.Allowed && out.Outcome != Failed {
		t.Errorf("%s: %s, and allowed is %v", doc.Path, out.Outcome, out.Allowed)
	}
	var all []said
	for i := range out.Judged {
		f := &out.Judged[i].Finding
		all = append(all, said{f.Rule.Name, f.Logical, f.Message})
	}
	return all
}
