package cargolock

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
)

const resolvedFile = `{"packages": [
  {"id": "api", "name": "api", "version": "0.1.0", "source": null, "dependencies": [{"name": "core-lib", "kind": null, "optional": false},
    {"name": "thin-ice", "kind": "build", "optional": true}, {"name": "word-of-note", "kind": "dev", "optional": false}]},
  {"id": "core", "name": "core-lib", "version": "0.1.0", "source": null, "dependencies": [
    {"name": "middle", "kind": null, "optional": true}, {"name": "old-timer", "kind": null, "optional": false}]},
  {"id": "m", "name": "middle", "version": "3.0.0", "source": "registry+https://github.com/rust-lang/crates.io-index", "dependencies": []},
  {"id": "b", "name": "lock-box", "version": "1.1.5", "source": "registry+https://github.com/rust-lang/crates.io-index", "dependencies": []},
  {"id": "w", "name": "word-of-note", "version": "0.5.0", "source": "sparse+https://index.crates.io/", "dependencies": []},
  {"id": "o", "name": "old-timer", "version": "1.0.0", "source": "git+https://example.org/old-timer?rev=abc#0123", "dependencies": []}],
 "workspace_members": ["api", "core"], "resolve": {"nodes": [
  {"id": "api", "deps": [{"pkg": "core", "dep_kinds": [{"kind": null}]}, {"pkg": "w", "dep_kinds": [{"kind": "dev"}]}]},
  {"id": "core", "deps": [{"pkg": "m", "dep_kinds": [{"kind": null}]}, {"pkg": "o", "dep_kinds": [{"kind": null}]}]},
  {"id": "m", "deps": [{"pkg": "b", "dep_kinds": [{"kind": "build"}]}]}, {"id": "b", "deps": []}, {"id": "w", "deps": []}, {"id": "o", "deps": []}]}}`

// TestMetadata holds that the output of cargo metadata says more than the manifests where it is about this lock file, and nothing
// where it is about another one.
func TestMetadata(t *testing.T) {
	db, err := advisory.Open("../../internal/advisory/testdata/advisory-db", advisory.Options{})
	if err != nil {
		t.Fatal(err)
	}
	manifests := []string{"lock-box normal unknown", "lock-box normal unknown", "thin-ice build optional unknown", "word-of-note dev unknown"}
	for name, c := range map[string]struct {
		change []string
		want   []string
	}{
		"fits":            {nil, []string{"lock-box build optional yes", "lock-box build optional yes", "thin-ice build optional no", "word-of-note dev yes"}},
		"another version": {[]string{`"1.1.5"`, `"1.1.6"`}, manifests},
		"before a change": {[]string{`"name": "old-timer", "kind"`, `"name": "young-timer", "kind"`}, manifests},
		"other members":   {[]string{`"workspace_members": ["api", "core"]`, `"workspace_members": ["x"]`}, manifests},
		"no members":      {[]string{`"workspace_members": ["api", "core"]`, `"workspace_members": []`}, manifests},
		"no graph":        {[]string{`"resolve": {`, `"resolver": {`}, manifests},
		"old cargo":       {[]string{`"dep_kinds": [{"kind": "build"}]`, `"name": "b"`}, manifests},
		"strange node":    {[]string{`{"id": "b", "deps"`, `{"id": "x", "deps"`}, manifests},
		"cut":             {[]string{`"resolve"`, ``}, manifests},
	} {
		text := strings.NewReplacer(c.change...).Replace(resolvedFile)
		files := maps.Clone(workspaceFiles)
		files["reports/other.json"], files["app/metadata.json"] = "{}", text
		fsys := fstest.MapFS{}
		for name, text := range files {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		ctx := fact.WithFound(context.Background(), func(kind string) []string {
			return map[string][]string{"cargo_metadata": {"reports/other.json", "reports/none.json", "app/metadata.json"}}[kind]
		})
		docs, err := New(Options{Advisories: db}).Collect(ctx, fsys, "app/Cargo.lock")
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range docs[0].Facts.(Lock).Audit.Hits {
			scope := h.Scope
			if h.Optional {
				scope += " optional"
			}
			got = append(got, fmt.Sprint(h.Package, " ", scope, " ", h.Built))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
