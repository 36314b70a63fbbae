package accuracy

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"sallyport/bundles"
	"sallyport/collectors/kubernetes"
	"sallyport/internal/fact"
	"sallyport/policies"
)

// controls are what the fixtures of the Pod Security Standards call their checks, and the properties of our findings.
var controls = map[string]string{
	"allowprivilegeescalation": "allowPrivilegeEscalation", "apparmorprofile": "appArmorProfile", "capabilities_baseline": "capabilities_baseline",
	"capabilities_restricted": "capabilities_restricted", "hostnamespaces": "hostNamespaces", "hostpathvolumes": "hostPathVolumes",
	"hostports": "hostPorts", "hostprobesandhostlifecycle": "hostProbesAndHostLifecycle", "privileged": "privileged",
	"procmount": "procMount", "procmount_restricted": "procMount", "restrictedvolumes": "restrictedVolumes", "runasnonroot": "runAsNonRoot",
	"runasuser": "runAsUser", "seccompprofile_baseline": "seccompProfile_baseline", "seccompprofile_restricted": "seccompProfile_restricted",
	"selinuxoptions": "seLinuxOptions", "sysctls": "sysctls", "windowshostprocess": "windowsHostProcess",
}

// overriding are the restricted checks that stand for one of baseline.
var overriding = map[string]string{
	"capabilities_baseline": "capabilities_restricted", "hostPathVolumes": "restrictedVolumes", "seccompProfile_baseline": "seccompProfile_restricted",
}

// beside are second checks that a fixture fails too: a privileged container may gain privileges, Windows' host processes
// share its network, and SYS_ADMIN implies what allowPrivilegeEscalation allows.
var beside = map[string]string{
	"allowPrivilegeEscalation": "capabilities_restricted", "privileged": "allowPrivilegeEscalation", "windowsHostProcess": "hostNamespaces",
}

// The Pod Security Standards come with pods that their checks must admit or refuse, for each version of Kubernetes. The module
// is downloaded with its test data; it is no dependency of ours.
func TestPodSecurityStandards(t *testing.T) {
	dir := podSecurityFixtures(t)
	b, err := podSecurityRules()
	if err != nil {
		t.Fatal(err)
	}
	pods := 0
	for _, level := range []string{"baseline", "restricted"} {
		versions, err := fs.ReadDir(os.DirFS(dir), level)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			p, err := bundles.ReadProfile("pss-" + level + "@" + v.Name())
			if err != nil {
				t.Fatal(err)
			}
			judged := b.Only(func(rule string) bool { return slices.Contains(p.Only, rule) }).WithParameters(p.Parameters)
			for _, folder := range []string{"pass", "fail"} {
				sub := path.Join(level, v.Name(), folder)
				files, err := fs.ReadDir(os.DirFS(dir), sub)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range files {
					pods++
					podSecurity(t, judged, dir, path.Join(sub, f.Name()), folder == "fail")
				}
			}
		}
	}
	if pods < 4537 {
		t.Errorf("%d pods, want 4537", pods)
	}
	t.Logf("%d pods", pods)
}

func podSecurity(t *testing.T, b *bundles.Bundle, dir, file string, refused bool) {
	found := map[string]bool{}
	docs, err := kubernetes.New().Collect(context.Background(), os.DirFS(dir), file)
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
	for i := range docs {
		for _, c := range controlsOf(t, b, &docs[i]) {
			found[c] = true
		}
	}
	check := strings.TrimRight(strings.TrimSuffix(path.Base(file), ".yaml"), "0123456789")
	switch want := controls[check]; {
	case !refused && len(found) > 0:
		t.Errorf("%s: found %v, want nothing", file, found)
	case refused && (!found[want] && !found[overriding[want]] || len(found) > 1 && !found[beside[want]]):
		t.Errorf("%s: found %v, want %s", file, found, want)
	}
}

func controlsOf(t *testing.T, b *bundles.Bundle, doc *fact.Document) []string {
	findings, err := b.Eval(context.Background(), b.NewInput(doc))
	if err != nil {
		t.Errorf("%s: %v", doc.Path, err)
	}
	var all []string
	for _, f := range findings {
		all = append(all, f.Properties["control"])
	}
	return all
}

func podSecurityRules() (*bundles.Bundle, error) {
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		return nil, err
	}
	return bundles.Load(bundles.Options{Schemas: schemas, Clock: clock}, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
}

func podSecurityFixtures(t *testing.T) string {
	t.Helper()
	const module = "k8s.io/pod-security-admission@v0.37.2"
	out, err := exec.Command("go", "mod", "download", "-json", module).Output()
	var m struct{ Dir string }
	if err == nil {
		err = json.Unmarshal(out, &m)
	}
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(module, ": ", err)
		}
		t.Skip(module, ": ", err)
	}
	return m.Dir + "/test/testdata"
}
