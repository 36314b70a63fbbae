package kube

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sigs.k8s.io/yaml"
)

// A fixture is an object of an example or of a test file.
type fixture struct {
	from   string
	object map[string]any
}

// fixtures are the objects of all examples of rules about Kubernetes, of the test files of the collector and of the example services.
func fixtures(t *testing.T) []fixture {
	t.Helper()
	out, err := exec.Command(filepath.Join(sallyportBin, "sallyport"), "rules", "--format", "json").Output()
	must(t, err)
	var rules []struct{ Name, Kind, Bad, Good string }
	must(t, json.Unmarshal(out, &rules))
	var all []fixture
	for _, r := range rules {
		if r.Kind == "kubernetes" {
			all = append(all, objects(r.Name+" bad", r.Bad)...)
			all = append(all, objects(r.Name+" good", r.Good)...)
		}
	}
	for _, pattern := range []string{"../../collectors/kubernetes/testdata/*.yaml", "../../testdata/services/*/deploy/*.yaml", "../../testdata/services/*/deploy/kubernetes/*.yaml"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, f := range files {
			text, err := os.ReadFile(f)
			must(t, err)
			all = append(all, objects(f, string(text))...)
		}
	}
	return all
}

// objects reads the documents of a text; what is no YAML is left out, since nobody could apply it.
func objects(from, text string) []fixture {
	var parts []string
	for _, line := range strings.Split("\n"+text, "\n-- ") {
		_, rest, marked := strings.Cut(line, " --\n")
		if !marked {
			rest = line
		}
		parts = append(parts, strings.Split("\n"+rest, "\n---\n")...)
	}
	var all []fixture
	for _, part := range parts {
		var o map[string]any
		if yaml.Unmarshal([]byte(part), &o) == nil && o["kind"] != nil && o["apiVersion"] != nil {
			all = append(all, fixture{from, o})
		}
	}
	return all
}

// TestParity: an object that the API server sends has the findings that check has in its file, as far as the API server takes it at all.
func TestParity(t *testing.T) {
	log := filepath.Join(t.TempDir(), "decisions.ndjson")
	w := newWebhook(t, "", "--decision-log", log).start()
	ns := shared.client.namespace(t, nil)
	w.register(ns, registration{scope: "*"})
	w.inForce(ns)
	compared, refused, notAsked := 0, 0, map[string]bool{}
	resources := map[string]map[string]string{}
	for i, f := range fixtures(t) {
		path, ok := place(t, resources, f.object, ns)
		meta, _ := f.object["metadata"].(map[string]any)
		if !ok || meta == nil {
			refused++
			continue
		}
		meta["name"] = fmt.Sprintf("parity-%d", i)
		delete(meta, "generateName")
		body, err := encode(f.object)
		must(t, err)
		r, err := shared.client.send(http.MethodPost, path+"?dryRun=All", "application/json", body)
		must(t, err)
		if r.status != http.StatusCreated && !strings.Contains(r.message(), "denied the request") {
			refused++
			continue
		}
		served, asked := decision(t, log, meta["name"].(string))
		if !asked {
			notAsked[fmt.Sprint(f.object["kind"])] = true
			continue
		}
		// The API server writes serviceAccount and serviceAccountName, whichever was sent, and in a cluster a Secret is where secrets belong.
		checked := slices.DeleteFunc(check(t, body), func(rule string) bool {
			return rule == "kubernetes/account_field" || rule == "kubernetes/secret_manifest"
		})
		if !slices.Equal(served, checked) {
			t.Errorf("%s: %v\n  serve: %s\n  check: %s", f.from, f.object["kind"], strings.Join(served, "\n         "), strings.Join(checked, "\n         "))
		}
		compared++
	}
	// Nobody is asked about the configurations of webhooks, nor about reviews.
	t.Logf("%d objects compared; %d are none that the API server takes; nobody is asked about %v", compared, refused, slices.Sorted(maps.Keys(notAsked)))
	if compared < 100 {
		t.Errorf("only %d objects compared", compared)
	}
}

// place is where an object is created, after it was put into the namespace; false where the API server does not know its kind.
func place(t *testing.T, known map[string]map[string]string, o map[string]any, ns string) (string, bool) {
	t.Helper()
	version, _ := o["apiVersion"].(string)
	kind, _ := o["kind"].(string)
	base := "/apis/" + version
	if !strings.Contains(version, "/") {
		base = "/api/" + version
	}
	if known[version] == nil {
		known[version] = map[string]string{}
		_, body, err := shared.client.do(http.MethodGet, base, nil)
		must(t, err)
		var list struct {
			Resources []struct {
				Name, Kind string
				Namespaced bool
			}
		}
		_ = json.Unmarshal(body, &list)
		for _, r := range list.Resources {
			if !strings.Contains(r.Name, "/") {
				known[version][r.Kind] = fmt.Sprintf("%t/%s", r.Namespaced, r.Name)
			}
		}
	}
	namespaced, name, ok := strings.Cut(known[version][kind], "/")
	if !ok {
		return "", false
	}
	if namespaced == "false" {
		return base + "/" + name, true
	}
	if meta, ok := o["metadata"].(map[string]any); ok {
		meta["namespace"] = ns
	}
	return base + "/namespaces/" + ns + "/" + name, true
}

// decision returns the rules of the findings about an object in the decision log, where messages are masked; false where there is none.
func decision(t *testing.T, log, name string) (found []string, asked bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		text, err := os.ReadFile(log)
		must(t, err)
		lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
		var d struct {
			Name     string
			Findings []struct{ Rule string }
		}
		if json.Unmarshal(lines[len(lines)-1], &d) != nil || d.Name != name {
			continue
		}
		found = []string{}
		for _, f := range d.Findings {
			found = append(found, f.Rule)
		}
		slices.Sort(found)
		return found, true
	}
	return nil, false
}

// check returns the rules of the findings of check about a file with one object, without those that are about a whole tree.
func check(t *testing.T, object []byte) []string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "object.json"), object, 0o600))
	out, _ := exec.Command(filepath.Join(sallyportBin, "sallyport"), "check", dir, "-o", "json", "--now", time.Now().UTC().Format(time.RFC3339)).Output()
	var report struct {
		Findings []struct{ Rule string }
	}
	must(t, json.Unmarshal(out, &report))
	found := []string{}
	for _, f := range report.Findings {
		if strings.HasPrefix(f.Rule, "kubernetes/") {
			found = append(found, f.Rule)
		}
	}
	slices.Sort(found)
	return found
}
