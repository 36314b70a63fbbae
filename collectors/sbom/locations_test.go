package sbom

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// components collects a bill.
func components(t *testing.T, name, text string) []Component {
	t.Helper()
	docs, err := New(Options{}).Collect(t.Context(), fstest.MapFS{name: {Data: []byte(text)}}, name)
	if err != nil {
		t.Fatal(err)
	}
	return docs[0].Facts.(SBOM).Components
}

// TestLocal holds that code of the workspace and of git repositories is told from crates of the registry, where the bill tells.
func TestLocal(t *testing.T) {
	cyclone := func(more string) string {
		return `{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [
			{"type": "library", "name": "a", "version": "1.0.0", "purl": "pkg:cargo/a@1.0.0"` + more + `}]}`
	}
	const entry = `, "properties": [{"name": "syft:package:metadataType", "value": "rust-cargo-lock-entry"}]`
	syft := func(source string) string {
		return `{"artifacts": [{"id": "1", "name": "a", "version": "1.0.0", "purl": "pkg:cargo/a@1.0.0", "metadataType": "rust-cargo-lock-entry",
			"metadata": {"source": "` + source + `"}}], "schema": {"version": "16"}, "descriptor": {}, "source": {}}`
	}
	program := func(source string) string {
		return strings.Replace(syft(source), "rust-cargo-lock-entry", "rust-cargo-audit-entry", 1)
	}
	for text, want := range map[string]bool{
		program("local"): true, program("git"): true, program("registry"): true, program("crates.io"): false, program(""): false,
		cyclone(""):    false,
		cyclone(entry): true,
		cyclone(entry + `, "externalReferences": [{"type": "distribution", "url": "registry+https://github.com/rust-lang/crates.io-index"}]`): false,
		cyclone(`, "externalReferences": [{"type": "distribution", "url": "git+https://git.example/a#1"}]`):                                   true,
		syft("registry+https://crates.example/index"): true,
		syft(""): true, syft("git+https://git.example/a#1"): true,
		syft("registry+https://github.com/rust-lang/crates.io-index"): false, syft("sparse+https://index.crates.io/"): false,
	} {
		if got := components(t, "bom.json", text)[0].Local; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestLocations(t *testing.T) {
	const top = `{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [{"type": "library", "name": "a"`
	for text, want := range map[string][]Location{
		top + `}]}`: {},
		top + `, "evidence": {"occurrences": [{"location": "/a"}, {"location": "/b"}]}}]}`: {{Name: "/a"}, {Name: "/b"}},
		top + `, "properties": [{"name": "syft:location:0:layerID", "value": "sha256:1"}, {"name": "syft:location:0:path", "value": "/a"},
			{"name": "syft:location:1:path", "value": "/b"}, {"name": "syft:cpe23", "value": "x"}]}]}`: {{Name: "/a", Layer: "sha256:1"}, {Name: "/b"}},
		top + `, "properties": [{"name": "aquasecurity:trivy:FilePath", "value": "/a"}, {"name": "aquasecurity:trivy:LayerDiffID", "value": "sha256:1"}]}]}`: {{Name: "/a", Layer: "sha256:1"}},
	} {
		if d := cmp.Diff(want, components(t, "bom.json", text)[0].Locations); d != "" {
			t.Errorf("%s: %s", text, d)
		}
	}
}
