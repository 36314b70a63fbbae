package secret_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"sallyport/internal/secret/labelled"
)

// oracle unpacks a set of labelled data, or skips where this checkout has none beside it.
func oracle(t *testing.T, name string) string {
	t.Helper()
	script, err := filepath.Abs("../../../shared/oracles/unpack.sh")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(script); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("shared/oracles is absent beside the checkout, and CI=true wants it")
		}
		t.Skip("shared/oracles is absent beside the checkout: nothing to compare with")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "sallyport-oracles-secret")
	if out, err := exec.Command(script, dir, name).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return filepath.Join(dir, name)
}

// TestOracles holds the floors of recall and precision.
func TestOracles(t *testing.T) {
	dir := oracle(t, "secrets")
	for _, set := range labelled.Sets {
		t.Run(set.Name, func(t *testing.T) {
			rows, err := set.Read(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := labelled.Measure(rows, labelled.Judge, func(r labelled.Row) {
				t.Logf("%s is labelled %s: %.160q", r.Rule+r.Plugin, r.Expect, r.Text)
			})
			t.Logf("recall %.3f, precision %.3f: %+v", s.Recall(), s.Precision(), s)
			if s.Recall() < set.Recall || s.Precision() < set.Precision {
				t.Errorf("recall %.3f, want %.2f; precision %.3f, want %.2f", s.Recall(), set.Recall, s.Precision(), set.Precision)
			}
		})
	}
}
