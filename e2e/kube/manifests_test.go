package kube

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The shipped manifests are accepted by the API server, and pass the gate's own rules.
func TestManifests(t *testing.T) {
	_, _, err := shared.client.do(http.MethodPost, "/api/v1/namespaces", map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": "sallyport"}})
	must(t, err)
	deploy, err := filepath.Abs("../../deploy")
	must(t, err)
	for name, components := range map[string]string{"base": "[]", "audit": "[" + deploy + "/kustomize/components/audit]"} {
		t.Run(name, func(t *testing.T) {
			text := kustomized(t, deploy, components)
			cmd := exec.Command(filepath.Join(kubeBin, "kubectl"), "--kubeconfig", shared.path("kubectl.config"), "apply", "--server-side", "--dry-run=server", "-f", "-")
			cmd.Stdin = bytes.NewReader(text)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			dir := t.TempDir()
			must(t, os.WriteFile(filepath.Join(dir, "all.yaml"), text, 0o600))
			if out, err := exec.Command(filepath.Join(sallyportBin, "sallyport"), "check", dir, "--fail-on", "low").CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// kustomized renders the base with components.
func kustomized(t *testing.T, deploy, components string) []byte {
	t.Helper()
	// kustomize takes relative paths alone.
	dir, err := os.MkdirTemp(filepath.Join(deploy, "kustomize"), "rendered")
	must(t, err)
	defer os.RemoveAll(dir)
	if components != "[]" {
		components = "[../components/" + filepath.Base(components[1:len(components)-1]) + "]"
	}
	must(t, os.WriteFile(filepath.Join(dir, "kustomization.yaml"), []byte("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\ncomponents: "+components+"\n"), 0o600))
	out, err := exec.Command(filepath.Join(kubeBin, "kubectl"), "kustomize", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}
