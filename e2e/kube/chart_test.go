package kube

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// helm runs helm on the chart.
func helm(command string, args ...string) ([]byte, error) {
	return exec.Command(filepath.Join(kubeBin, "helm"), append([]string{command}, args...)...).CombinedOutput()
}

// rendered is what helm makes of the chart.
func rendered(t *testing.T, namespace, values string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "values.yaml")
	must(t, os.WriteFile(file, []byte(values), 0o600))
	out, err := helm("template", "sallyport", "../../deploy/chart", "--kube-version", "1.37.2", "--namespace", namespace, "--values", file)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

const publicKey = `"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEt+cNysBJvowvwx6fQqw4+n815u5c\np5O/I/5mrW6xdG0mdS6IZNivMbkyWeI7EA4cLkMrAE9n4LP2Cb5QVMQmRA==\n-----END PUBLIC KEY-----\n"`

type option struct {
	name, values string
	says         string // what the manifests then hold
	finds        []string
}

// options are the documented values of the chart. finds are rules about what an option asks for: it weakens, and the gate says so.
var options = []option{
	{name: "as it comes"},
	{name: "an image", values: "image: {repository: registry.example/gate, tag: v9, digest: 'sha256:" + strings.Repeat("ab", 32) + "'}", says: "image: registry.example/gate:v9@sha256:abab"},
	{name: "replicas", values: "replicas: {min: 3, max: 30}", says: "minReplicas: 3\n  maxReplicas: 30\n"},
	{name: "a configuration", values: "config: |\n  fail_on = \"low\"\n\n  [[binding]]\n  name = \"a: {{ b }}\"\n", says: "\n    name = \"a: {{ b }}\"\n"},
	{name: "memory", values: "memory: 1GiB\nresources: {requests: {cpu: 1, memory: 2Gi, ephemeral-storage: 1Gi}, limits: {cpu: 4, memory: 2Gi, ephemeral-storage: 1Gi}}", says: "--memory=1GiB\n"},
	{name: "rules of one's own", values: "audit: {enabled: true}\nbundle: {source: 'oci://registry.example/rules:1', keys: {ci: " + publicKey + "}}", says: "- --bundle-key=ci=/etc/sallyport/bundle-ci.pem\n"},
	{name: "further flags", values: "extraArgs: [--log-level=debug, '--otlp-endpoint=http://a:4318']", says: "- \"--otlp-endpoint=http://a:4318\"\n"},
	{name: "a webhook that may fail", values: "webhook: {failurePolicy: Ignore, timeoutSeconds: 30}", says: "failurePolicy: Ignore\n", finds: []string{"kubernetes/webhook_ignored"}},
	{name: "namespaces", values: "webhook: {excludedNamespaces: [kube-system, storage]}", says: `values: ["sallyport","kube-system","storage"]`},
	{name: "cert-manager", values: "certManager: {enabled: true}", says: "--tls-cert=/run/sallyport/tls/tls.crt\n"},
	{name: "no network policy", values: "networkPolicy: {enabled: false}", finds: []string{"project/network_policy_missing"}},
	{name: "an audit", values: "audit: {enabled: true, schedule: '0 1 * * *', shards: 9}", says: "completions: 9\n"},
	{name: "monitoring", values: "monitoring: {enabled: true}", says: "{{ $value | humanizeDuration }}"},
	{name: "everything", values: "certManager: {enabled: true}\naudit: {enabled: true}\nmonitoring: {enabled: true}", says: "kind: ServiceMonitor\n"},
}

// The chart is well formed; with each of its options the API server accepts what it makes, and the gate has nothing to say.
func TestChart(t *testing.T) {
	if out, err := helm("lint", "--strict", "--kube-version", "1.37.2", "../../deploy/chart"); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	for _, o := range options {
		t.Run(o.name, func(t *testing.T) {
			text := rendered(t, "sallyport", o.values)
			if !bytes.Contains(text, []byte(o.says)) {
				t.Errorf("no %q in\n%s", o.says, text)
			}
			accepted(t, text)
			passes(t, text, o.finds...)
		})
	}
	t.Run("another namespace", func(t *testing.T) {
		if text := rendered(t, "gate", "audit: {enabled: true}\nmonitoring: {enabled: true}"); bytes.Contains(text, []byte("namespace: sallyport")) {
			t.Errorf("something stays in the namespace sallyport:\n%s", text)
		}
	})
}

// Every value is in a case above, so that an option that nobody tries is noticed.
func TestChartOptions(t *testing.T) {
	text, err := os.ReadFile("../../deploy/chart/values.yaml")
	must(t, err)
	var values map[string]any
	must(t, yaml.Unmarshal(text, &values))
	for name := range values {
		if !slices.ContainsFunc(options, func(o option) bool { return strings.Contains("\n"+o.values, "\n"+name+":") }) {
			t.Errorf("no case sets %s", name)
		}
	}
	for _, wrong := range []string{"nope: 1", "replicas: {min: 0}", "webhook: {failurePolicy: Maybe}", "image: {repository: a, digest: latest}", "bundle: {source: 'http://a'}"} {
		file := filepath.Join(t.TempDir(), "values.yaml")
		must(t, os.WriteFile(file, []byte(wrong), 0o600))
		if out, err := helm("template", "../../deploy/chart", "--kube-version", "1.37.2", "--values", file); err == nil || !strings.Contains(string(out), "don't meet the specifications of the schema") {
			t.Errorf("%s: %v\n%s", wrong, err, out)
		}
	}
}

// The chart and the manifests are the same, but for the namespace, which helm makes itself.
func TestChartIsTheManifests(t *testing.T) {
	for component, values := range map[string]string{"": "", "audit": "audit: {enabled: true}", "cert-manager": "certManager: {enabled: true}", "monitoring": "monitoring: {enabled: true}"} {
		want, got := documents(t, kustomized(t, component)), documents(t, rendered(t, "sallyport", values))
		delete(want, "Namespace/sallyport")
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if !reflect.DeepEqual(want[name], got[name]) {
				t.Errorf("%q: %s is\n%s\nin the manifests, and\n%s\nin the chart", component, name, encoded(want[name]), encoded(got[name]))
			}
			delete(got, name)
		}
		for name := range got {
			t.Errorf("%q: %s is in the chart alone", component, name)
		}
	}
}

func documents(t *testing.T, text []byte) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var v struct {
			Kind     string
			Metadata struct{ Name string }
		}
		var whole any
		must(t, yaml.Unmarshal(document, &v))
		must(t, yaml.Unmarshal(document, &whole))
		if v.Kind != "" {
			all[fmt.Sprintf("%s/%s", v.Kind, v.Metadata.Name)] = normal(whole)
		}
	}
	return all
}

// normal leaves out what means nothing: the last line end of a text, and the order of volumes.
func normal(v any) any {
	switch v := v.(type) {
	case string:
		return strings.TrimSuffix(v, "\n")
	case []any:
		for i := range v {
			v[i] = normal(v[i])
		}
		if text := encoded(v); bytes.Contains(text, []byte(`"mountPath":`)) || bytes.Contains(text, []byte(`"configMap":`)) {
			slices.SortFunc(v, func(a, b any) int { return bytes.Compare(encoded(a), encoded(b)) })
		}
	case map[string]any:
		for key := range v {
			v[key] = normal(v[key])
		}
	}
	return v
}

func encoded(v any) []byte {
	text, _ := json.Marshal(v)
	return text
}
