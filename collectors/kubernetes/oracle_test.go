package kubernetes

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// The Pod Security Standards come with pods that each of their checks must admit or refuse. The module
// is no dependency: go mod download k8s.io/pod-security-admission@v0.37.2 brings it.
func TestPodSecurityStandards(t *testing.T) {
	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Skip(err)
	}
	root := filepath.Join(strings.TrimSpace(string(cache)), "k8s.io/pod-security-admission@v0.37.2/test/testdata")
	if _, err := os.Stat(root); err != nil {
		t.Skip(err)
	}
	pods := 0
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".yaml" {
			return err
		}
		docs, err := collect(context.Background(), os.DirFS(root), name)
		if err != nil || len(docs) != 1 {
			t.Fatalf("%s: %d documents, %v", name, len(docs), err)
		}
		pods++
		nonRoot, unprivileged := true, true
		for _, c := range docs[0].Facts.(Facts).Containers {
			nonRoot = nonRoot && c.NonRoot.OK
			unprivileged = unprivileged && c.Unprivileged.OK
		}
		check := strings.TrimRight(strings.TrimSuffix(path.Base(name), ".yaml"), "0123456789")
		restricted, refused := strings.HasPrefix(name, "restricted/"), strings.Contains(name, "/fail/")
		if root := check == "runasnonroot" || check == "runasuser"; restricted && (root || !refused) && nonRoot == (root && refused) {
			t.Errorf("%s: non-root is %v", name, nonRoot)
		}
		if host := check == "privileged"; unprivileged == (host && refused) {
			t.Errorf("%s: unprivileged is %v", name, unprivileged)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pods", pods)
}
