package main

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// TestCratesAgree holds that syft and the first binary read the same crates out of one program.
func TestCratesAgree(t *testing.T) {
	dir := t.TempDir()
	gate := filepath.Join(dir, "sallyport")
	build := exec.Command("go", "-C", "../..", "build", "-trimpath", "-o", gate, "./cmd/sallyport")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var list bytes.Buffer
	w := zlib.NewWriter(&list)
	w.Write([]byte(`{"packages":[{"name":"ledger","version":"1.4.2","source":"local","root":true,"dependencies":[1,2]},
		{"name":"hyper","version":"0.14.9","source":"crates.io"},{"name":"cc","version":"1.0.0","source":"git","kind":"build"},
		{"name":"h2","version":"0.3.0-rc.1+x","source":"registry"}]}`))
	w.Close()
	program := filepath.Join(dir, "tree", "ledger")
	if err := os.MkdirAll(filepath.Dir(program), 0o755); err != nil {
		t.Fatal(err)
	}
	section := filepath.Join(dir, "section")
	source := filepath.Join(dir, "a.c")
	if err := os.WriteFile(section, list.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(source, []byte("int main(void) { return 0; }"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][]string{{"gcc", "-o", program, source}, {"objcopy", "--add-section", ".dep-v0=" + section, program}} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			t.Skipf("%s: %v %s", c[0], err, out)
		}
	}
	theirs, stderr, code := runCatalog(t, program)
	if code != 0 {
		t.Fatal(stderr)
	}
	out, err := exec.Command(gate, "facts", "--kind", "binary", filepath.Dir(program)).Output()
	if err != nil {
		t.Fatal(err)
	}
	var docs []struct {
		Crates []struct{ Name, Version, Kind string }
	}
	if err := json.Unmarshal(out, &docs); err != nil || len(docs) != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	ours := []string{}
	for _, c := range docs[0].Crates {
		if c.Kind == "runtime" { // syft leaves out what ran while the program was built
			ours = append(ours, c.Name+"@"+c.Version)
		}
	}
	slices.Sort(ours)
	if got := components(t, theirs); !slices.Equal(got, ours) {
		t.Errorf("syft reads %v, and we %v", got, ours)
	}
}
