package scan

import (
	"os/exec"
	"testing"
)

// oracles unpacks the scanners' outputs and returns their folder.
func oracles(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if out, err := exec.Command(dir+"/unpack.sh", to, "scan").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to + "/scan"
}
