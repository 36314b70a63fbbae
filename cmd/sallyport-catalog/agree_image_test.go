package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// gate builds the first binary, and this one beside it.
func gate(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, args := range [][]string{
		{"-C", "../..", "build", "-trimpath", "-o", filepath.Join(dir, "sallyport"), "./cmd/sallyport"},
		{"build", "-trimpath", "-o", filepath.Join(dir, "sallyport-catalog"), "."},
	} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	return filepath.Join(dir, "sallyport")
}

// TestGateCatalogues holds that the gate reads what this program writes about each image of a layout.
func TestGateCatalogues(t *testing.T) {
	tree := filepath.Join(t.TempDir(), "tree")
	for name, text := range buildx(t) {
		file := filepath.Join(tree, "dist", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(gate(t), "facts", "--catalog", "--kind", "sbom", tree).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var docs []struct {
		Path       string
		Catalogued bool
		Subject    struct {
			Name    string
			Digests []string
		}
		Components []struct {
			Name, Version string
			Locations     []struct{ Name, Layer string }
		}
	}
	if err := json.Unmarshal(out, &docs); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		for _, c := range d.Components {
			got = append(got, fmt.Sprint(d.Path, " ", d.Subject.Name, " ", len(d.Subject.Digests), " ", d.Catalogued, " ", c.Name, " ", c.Version, " ", c.Locations[0].Name, " ", len(c.Locations[0].Layer)))
		}
	}
	want := []string{
		"dist/index.json docker.io/library/ledger:1.4.2 2 true musl 1.0.0-r0 /lib/apk/db/installed 71",
		"dist/index.json docker.io/library/ledger:1.4.2 2 true musl 2.0.0-r0 /lib/apk/db/installed 71",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
