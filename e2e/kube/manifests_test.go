package kube

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The shipped manifests are accepted by the API server, and pass the gate's own rules.
func TestManifests(t *testing.T) {
	for _, component := range []string{"", "audit"} {
		t.Run("base "+component, func(t *testing.T) {
			text := kustomized(t, component)
			accepted(t, text)
			passes(t, text)
		})
	}
}

// accepted holds that the API server takes manifests, but for those of resources that it does not have.
func accepted(t *testing.T, text []byte) {
	t.Helper()
	_, _, err := shared.client.do(http.MethodPost, "/api/v1/namespaces", map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": "sallyport"}})
	must(t, err)
	var known [][]byte
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		if !foreign.Match(document) {
			known = append(known, document)
		}
	}
	cmd := exec.Command(filepath.Join(kubeBin, "kubectl"), "--kubeconfig", shared.path("kubectl.config"), "apply", "--server-side", "--dry-run=server", "-f", "-")
	cmd.Stdin = bytes.NewReader(bytes.Join(known, []byte("\n---\n")))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// foreign are resources of definitions that others install.
var foreign = regexp.MustCompile(`(?m)^apiVersion: (monitoring\.coreos\.com|cert-manager\.io)/`)

// passes holds that the gate finds in manifests what it must, and nothing else.
func passes(t *testing.T, text []byte, want ...string) {
	t.Helper()
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "all.yaml"), text, 0o600))
	out, err := exec.Command(filepath.Join(sallyportBin, "sallyport"), "check", dir, "--fail-on", "low").CombinedOutput()
	if (err == nil) != (len(want) == 0) {
		t.Errorf("%v\n%s", err, out)
	}
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^\S+all\.yaml:\S+ (?:low|medium|high|critical): (\S+): `).FindAllSubmatch(out, -1) {
		got = append(got, string(m[1]))
	}
	if slices.Sort(got); !slices.Equal(got, want) || len(want) == 0 && !strings.Contains(string(out), "found nothing") {
		t.Errorf("found %q, want %q\n%s", got, want, out)
	}
}

// kustomized renders the base with a component; "" is none.
func kustomized(t *testing.T, component string) []byte {
	t.Helper()
	deploy, err := filepath.Abs("../../deploy/kustomize")
	must(t, err)
	// kustomize takes relative paths alone.
	dir, err := os.MkdirTemp(deploy, "rendered")
	must(t, err)
	defer os.RemoveAll(dir)
	components := "[]"
	if component != "" {
		components = "[../components/" + component + "]"
	}
	must(t, os.WriteFile(filepath.Join(dir, "kustomization.yaml"), []byte("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\ncomponents: "+components+"\n"), 0o600))
	out, err := exec.Command(filepath.Join(kubeBin, "kubectl"), "kustomize", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}
