package cargomanifest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCargo holds the facts of a workspace against what cargo itself says of it.
func TestCargo(t *testing.T) {
	cargo, err := exec.LookPath("cargo")
	if err != nil {
		t.Skip("cargo is not installed")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/workspace")); err != nil {
		t.Fatal(err)
	}
	// Cargo refuses what the fixture has for the sake of its mistakes.
	edit(t, filepath.Join(dir, "api/Cargo.toml"), "license.workspace = true\n", "")
	edit(t, filepath.Join(dir, "api/Cargo.toml"), `, registry = "acme"`, "")
	cmd := exec.Command(cargo, "metadata", "--no-deps", "--offline", "--format-version", "1")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Skipf("cargo metadata: %v %s", err, err.(*exec.ExitError).Stderr)
	}
	var said struct{ Packages []cargoPackage }
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatal(err)
	}
	if len(said.Packages) != 2 {
		t.Fatalf("cargo knows %d packages", len(said.Packages))
	}
	for _, p := range said.Packages {
		rel, _ := filepath.Rel(dir, p.ManifestPath)
		docs, err := Collector.Collect(t.Context(), os.DirFS(dir), filepath.ToSlash(rel))
		if err != nil {
			t.Fatal(err)
		}
		want, got := p.lines(dir), lines(docs[0].Facts.(Manifest))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", rel, diff)
		}
	}
}

func edit(t *testing.T, file, old, with string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(data), old, with)), 0o644); err != nil {
		t.Fatal(err)
	}
}

type cargoPackage struct {
	Name, Version, Edition string
	ManifestPath           string  `json:"manifest_path"`
	RustVersion            *string `json:"rust_version"`
	Publish                *[]string
	Targets                []struct {
		Kind []string
		Name string
	}
	Dependencies []struct {
		Name, Req    string
		Kind, Rename *string
		Target, Path *string
		Optional     bool
		Features     []string
		Defaults     bool `json:"uses_default_features"`
	}
}

func (p cargoPackage) lines(dir string) []string {
	list := []string{fmt.Sprint(p.Name, " ", p.Version, " ", p.Edition, " ", or(p.RustVersion, ""), " ", p.Publish == nil || len(*p.Publish) > 0)}
	for _, t := range p.Targets {
		if slices.Contains(t.Kind, "bin") {
			list = append(list, "bin "+t.Name)
		}
	}
	for _, d := range p.Dependencies {
		where := ""
		if d.Path != nil {
			where, _ = filepath.Rel(dir, *d.Path)
		}
		slices.Sort(d.Features)
		list = append(list, fmt.Sprint(or(d.Kind, "normal"), " ", or(d.Rename, d.Name), " ", d.Name, " ", strings.TrimPrefix(d.Req, "^"), " ",
			or(d.Target, ""), " ", where, " ", d.Optional, " ", d.Features, " ", d.Defaults))
	}
	slices.Sort(list)
	return list
}

func or(s *string, other string) string {
	if s == nil {
		return other
	}
	return *s
}

func lines(m Manifest) []string {
	p := m.Package
	list := []string{fmt.Sprint(p.Name, " ", p.Version.Value, " ", p.Edition.Value, " ", p.RustVersion.Value, " ", p.Publish)}
	for _, b := range p.Binaries {
		list = append(list, "bin "+b)
	}
	for _, d := range m.Dependencies {
		slices.Sort(d.Features)
		if d.Req == "" {
			d.Req = "*"
		}
		list = append(list, fmt.Sprint(d.Kind, " ", d.Name, " ", d.Package, " ", d.Req, " ", d.Target, " ", d.Directory, " ",
			d.Optional, " ", d.Features, " ", d.DefaultFeatures))
	}
	slices.Sort(list)
	return list
}
