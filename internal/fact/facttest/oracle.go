package facttest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Oracle returns the folder of a set of independent truth that lies beside the checkout, unpacked. Where there is none the test is
// skipped, and in CI it fails.
func Oracle(t testing.TB, name string) string {
	t.Helper()
	shared := filepath.Join(root(t), "..", "shared", "oracles")
	archive, err := os.Stat(filepath.Join(shared, name+".tar.gz"))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI wants the oracles: ", err)
		}
		t.Skip("nothing to compare with: ", err)
	}
	cache := filepath.Join(os.TempDir(), "sallyport-oracles")
	unpacked := filepath.Join(cache, archive.ModTime().UTC().Format("20060102T150405.000000000"))
	if _, err := os.Stat(filepath.Join(unpacked, name)); err == nil {
		return filepath.Join(unpacked, name)
	}
	// Tests of several packages unpack at once: each beside the place, and whoever is first puts it there.
	if err := os.MkdirAll(unpacked, 0o755); err != nil {
		t.Fatal(err)
	}
	own, err := os.MkdirTemp(cache, "unpacking-*")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(own)
	if out, err := exec.Command(filepath.Join(shared, "unpack.sh"), own, name).CombinedOutput(); err != nil {
		t.Fatalf("unpack.sh %s: %v: %s", name, err, out)
	}
	if err := os.Rename(filepath.Join(own, name), filepath.Join(unpacked, name)); err != nil {
		if _, there := os.Stat(filepath.Join(unpacked, name)); there != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(unpacked, name)
}

// root is the folder of the module that is tested.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for at := dir; at != filepath.Dir(at); at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return at
		}
	}
	t.Fatal(dir + " is in no module")
	return ""
}
