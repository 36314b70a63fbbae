package cargolock

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// oracle unpacks the data of that name and returns its directory.
func oracle(t *testing.T, shared, name string) string {
	dir := t.TempDir()
	if out, err := exec.Command(filepath.Join(shared, "unpack.sh"), dir, name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return filepath.Join(dir, name)
}
