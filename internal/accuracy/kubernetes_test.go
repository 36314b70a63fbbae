package accuracy

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact/facttest"
)

func TestTrivyKubernetes(t *testing.T) { settle(t, score(t, "trivy-kubernetes")) }
func TestGatekeeper(t *testing.T)      { settle(t, score(t, "gatekeeper")) }

// trivyKubernetes reads the examples in the documentation of Trivy's checks. Some are no whole objects, and are made such
// before they are judged.
func trivyKubernetes(t *testing.T, _ string) (cases []*Case, dropped map[string]int) {
	t.Helper()
	type example struct{ Rule, Expect, Manifest, Src string }
	dropped = map[string]int{}
	for _, x := range readLines[example](t, filepath.Join(facttest.Oracle(t, "kubernetes"), "trivy-k8s-examples.jsonl")) {
		if strings.HasPrefix(x.Rule, "KCV-") {
			dropped["about the settings of the control plane"]++
			continue
		}
		c := &Case{
			Parameters: required[x.Rule],
			Peer:       "trivy", Rule: x.Rule, Name: x.Src, Text: x.Manifest,
			Files: map[string]string{"object.yaml": x.Manifest}, Want: map[string][]int{},
		}
		if x.Expect == "fires" {
			c.Want[x.Rule] = []int{}
		}
		cases = append(cases, c)
	}
	return cases, dropped
}

// required are the parameters for checks that ask for one thing each, where a rule of ours asks for several.
var required = map[string]map[string]map[string]any{
	"KSV-0011": {"kubernetes/resources": {"required": []any{"limits.cpu"}}},
	"KSV-0015": {"kubernetes/resources": {"required": []any{"requests.cpu"}}},
	"KSV-0016": {"kubernetes/resources": {"required": []any{"requests.memory"}}},
	"KSV-0018": {"kubernetes/resources": {"required": []any{"limits.memory"}}},
}

// A constraint is what configures a template of Gatekeeper.
type constraint struct {
	Kind string
	Spec struct{ Parameters map[string]any }
}

// gatekeeper reads the suites of the Gatekeeper library.
func gatekeeper(t *testing.T, _ string) (cases []*Case, dropped map[string]int) {
	t.Helper()
	dir := facttest.Oracle(t, "kubernetes")
	type suite struct {
		Suite, Case, Constraint, Object, Expect string
		Inventory                               []string
	}
	dropped = map[string]int{}
	for _, x := range readLines[suite](t, filepath.Join(dir, "gatekeeper-library-cases.jsonl")) {
		object := readText(t, filepath.Join(dir, x.Object))
		var con constraint
		if err := yaml.Unmarshal([]byte(readText(t, filepath.Join(dir, x.Constraint))), &con); err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.Contains(object, "kind: AdmissionReview"):
			dropped["that are about what may change, not about an object"]++
			continue
		case con.Spec.Parameters["exemptImages"] != nil && x.Expect == "allow":
			dropped["that exempt images, for which the gate has waivers"]++
			continue
		case strings.Contains(object, "seccomp.security.alpha.kubernetes.io"):
			dropped["about annotations that Kubernetes has ignored since 1.27"]++
			continue
		case slices.Contains(others, con.Kind) || strings.Contains(x.Case, "label-value") || strings.Contains(x.Case, "localhost-profile") || optional(con):
			dropped["that are configured as no rule of ours can be"]++
			continue
		}
		c := &Case{
			Peer: "gatekeeper", Rule: con.Kind, Name: x.Suite + ": " + x.Case, Text: object, Only: "object.yaml",
			Files: map[string]string{"object.yaml": object}, Want: map[string][]int{}, Parameters: constrained(con, object),
		}
		for i, file := range x.Inventory {
			c.Files["inventory"+strconv.Itoa(i)+".yaml"] = readText(t, filepath.Join(dir, file))
		}
		if x.Expect == "deny" {
			c.Want[con.Kind] = []int{}
		}
		cases = append(cases, c)
	}
	return cases, dropped
}

// others are templates whose constraints in the library ask for something else than the Pod Security Standards do.
var others = []string{"K8sPSPForbiddenSysctls", "K8sPSPFSGroup", "K8sPSPHostFilesystem", "K8sPSPFlexVolumes"}

// optional tells whether a constraint lets a profile be absent, which restricted does not.
func optional(c constraint) bool {
	profiles, _ := c.Spec.Parameters["allowedProfiles"].([]any)
	return slices.Contains(profiles, any("not configured"))
}

func readText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// constrained are the parameters of our rules that say what a constraint does.
func constrained(c constraint, object string) map[string]map[string]any {
	p := c.Spec.Parameters
	switch c.Kind {
	case "K8sAllowedRepos":
		return map[string]map[string]any{"kubernetes/image_registry": {"allowed": patterns(p["repos"])}}
	case "K8sAllowedReposv2":
		return map[string]map[string]any{"kubernetes/image_registry": {"allowed": patterns(p["allowedImages"])}}
	case "K8sDisallowedRepos":
		return map[string]map[string]any{"kubernetes/image_registry": {"denied": []any{"k8s.gcr.io"}}}
	case "K8sContainerLimits", "K8sContainerEphemeralStorageLimit":
		return map[string]map[string]any{
			"kubernetes/resource_maximum": {"cores": amount(p["cpu"], 1), "memory_mib": amount(p["memory"], 1<<20), "storage_mib": amount(p["ephemeral-storage"], 1<<20)},
			"kubernetes/resources":        {"required": limited(p)},
		}
	case "K8sContainerRatios":
		memory := amount(p["ratio"], 1)
		cpu := memory
		if p["cpuRatio"] != nil {
			cpu = amount(p["cpuRatio"], 1)
		}
		return map[string]map[string]any{"kubernetes/resource_maximum": {"cpu_ratio": cpu, "memory_ratio": memory}}
	case "K8sRequiredResources":
		required := []any{}
		for _, list := range []string{"limits", "requests"} {
			names, _ := p[list].([]any)
			for _, name := range names {
				required = append(required, list+"."+name.(string))
			}
		}
		return map[string]map[string]any{"kubernetes/resources": {"required": required}}
	case "K8sExternalIPs":
		return map[string]map[string]any{"kubernetes/service_external_ip": {"allowed": p["allowedIPs"]}}
	case "VerifyDeprecatedAPI":
		version, _ := p["k8sVersion"].(float64)
		return map[string]map[string]any{"kubernetes/api_removed": {"minor": math.Round(100 * (version - 1))}}
	case "K8sReplicaLimits":
		return map[string]map[string]any{"kubernetes/replica_count": {"minimum": 3, "maximum": 50}}
	case "K8sHorizontalPodAutoscaler":
		return map[string]map[string]any{"kubernetes/autoscaler_range": {"minimum": 3}}
	case "K8sRequiredLabels", "K8sRequiredAnnotations":
		return map[string]map[string]any{"kubernetes/label_missing": {"labels": keysOf(p["labels"]), "annotations": keysOf(p["annotations"])}}
	}
	return nil
}

// patterns turns beginnings of names into patterns of ours, which begin with the registry.
func patterns(list any) []any {
	all := []any{}
	names, _ := list.([]any)
	for _, name := range names {
		s, _, _ := strings.Cut(strings.TrimSuffix(name.(string), "*"), ":")
		switch first, _, path := strings.Cut(s, "/"); {
		case !path:
			s = "docker.io/library/" + s
		case !strings.Contains(first, "."):
			s = "docker.io/" + s
		}
		all = append(all, s+"*")
	}
	return all
}

func keysOf(list any) []any {
	all := []any{}
	entries, _ := list.([]any)
	for _, e := range entries {
		all = append(all, e.(map[string]any)["key"])
	}
	return all
}

func limited(p map[string]any) []any {
	all := []any{}
	for _, name := range []string{"cpu", "memory", "ephemeral-storage"} {
		if p[name] != nil && p[name] != "-1" {
			all = append(all, "limits."+name)
		}
	}
	return all
}

// amount is a quantity in a unit; -1 is no bound.
func amount(v any, unit float64) float64 {
	s, _ := v.(string)
	number := strings.TrimRight(s, "mMGi")
	n, err := strconv.ParseFloat(number, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n * map[string]float64{"": 1, "m": 1e-3, "Mi": 1 << 20, "Gi": 1 << 30}[s[len(number):]] / unit
}

// kubernetesSample tells of the findings over manifests that somebody has read.
func kubernetesSample(t *testing.T, doc *bytes.Buffer) {
	t.Helper()
	s := readSampleOf(t, "kubernetes_sample")
	right := 0
	for _, f := range s.Finding {
		if f.True {
			right++
		}
	}
	if right*100 < 95*len(s.Finding) {
		t.Errorf("testdata/kubernetes_sample.toml: %d of %d findings are true; 95 %% must be", right, len(s.Finding))
	}
	fmt.Fprintf(doc, "\n## A sample of findings over real manifests\n\nOf %d findings of the Kubernetes rules over 369 manifests in the modules of "+
		"Kubernetes, kubectl, Tempo, BuildKit,\nTraefik and Compose, %d were drawn and read. **%d of %d are true.** A first sample had six that were "+
		"not, about ports for\nhealth alone and about folders of storage drivers; the rules have learnt from them.\n\n",
		s.Total, len(s.Finding), right, len(s.Finding))
	sampleTable(doc, s)
}
