package kube

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"sigs.k8s.io/yaml"
)

// podSecurity are the versions of the Pod Security Standards whose fixtures are sent.
var podSecurity = flag.String("podsecurity", "v1.24,v1.37", "versions of the Pod Security Standards, with commas between: all their fixtures are sent")

// TestPodSecurity sends each fixture of k8s.io/pod-security-admission to a namespace that our webhook has the standard's profile for, and to one where
// the API server's own admission enforces the standard. The verdicts are those that the fixture is made for.
func TestPodSecurity(t *testing.T) {
	for version := range strings.SplitSeq(*podSecurity, ",") {
		t.Run(version, func(t *testing.T) { sendFixtures(t, version) })
	}
}

// standards has a namespace for each level of a version.
type standards struct {
	ours, theirs map[string]string
	refused      atomic.Int64 // by the API server, whatever admission says
}

func sendFixtures(t *testing.T, version string) {
	config := ""
	for _, level := range []string{"baseline", "restricted"} {
		config += fmt.Sprintf("[[binding]]\nname = %q\nprofile = \"pss-%[1]s@%s\"\nnamespace_selector = { matchLabels = { level = %[1]q } }\n", level, version)
	}
	w := newWebhook(t, config).start()
	w.register("", registration{selector: map[string]string{"podsecurity": version}})
	s := &standards{ours: map[string]string{}, theirs: map[string]string{}}
	for _, level := range []string{"baseline", "restricted"} {
		s.ours[level] = shared.client.namespace(t, map[string]string{"podsecurity": version, "level": level})
		s.theirs[level] = shared.client.namespace(t, map[string]string{
			"pod-security.kubernetes.io/enforce": level, "pod-security.kubernetes.io/enforce-version": version,
		})
		w.inForce(s.ours[level])
	}
	files := podSecurityFixtures(t, version)
	var all sync.WaitGroup
	next := make(chan string)
	for range 8 {
		all.Go(func() {
			for file := range next {
				if err := s.send(file); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for _, file := range files {
		next <- file
	}
	close(next)
	all.Wait()
	t.Logf("%d fixtures, of which the API server takes %d for no pods", len(files), s.refused.Load())
	if len(files) < 40 {
		t.Errorf("only %d fixtures", len(files))
	}
}

// podSecurityFixtures are those of the module that the API server itself is built with.
func podSecurityFixtures(t *testing.T, version string) []string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "k8s.io/pod-security-admission").Output()
	must(t, err)
	files, err := filepath.Glob(strings.TrimSpace(string(dir)) + "/test/testdata/*/" + version + "/*/*.yaml")
	must(t, err)
	return files
}

// send tries LEVEL/VERSION/pass|fail/NAME.yaml, with a name that a pod may have.
func (s *standards) send(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var pod map[string]any
	if err := yaml.Unmarshal(text, &pod); err != nil {
		return err
	}
	meta := pod["metadata"].(map[string]any)
	meta["name"] = strings.ReplaceAll(meta["name"].(string), "_", "-")
	body, err := encode(pod)
	if err != nil {
		return err
	}
	parts := strings.Split(filepath.ToSlash(file), "/")
	parts = parts[len(parts)-4:]
	want := map[string]int{"pass": http.StatusCreated, "fail": http.StatusForbidden}[parts[2]]
	ours, err := shared.client.send(http.MethodPost, "/api/v1/namespaces/"+s.ours[parts[0]]+"/pods?dryRun=All", "application/json", body)
	if err != nil {
		return err
	}
	theirs, err := shared.client.send(http.MethodPost, "/api/v1/namespaces/"+s.theirs[parts[0]]+"/pods?dryRun=All", "application/json", body)
	if err != nil {
		return err
	}
	if want == http.StatusForbidden && ours.status == http.StatusUnprocessableEntity && theirs.status == ours.status {
		s.refused.Add(1)
		return nil
	}
	if ours.status != want || theirs.status != want {
		return fmt.Errorf("%s: %d by the webhook, %d by the API server, not %d:\n%s\n%s", strings.Join(parts, "/"), ours.status, theirs.status, want, ours.message(), theirs.message())
	}
	return nil
}
