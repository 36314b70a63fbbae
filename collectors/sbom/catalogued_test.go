package sbom_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/collectors/sbom"
	"sallyport/internal/fact/facttest"
)

const listed = `{
  "artifacts": [{"id": "1", "name": "hyper", "version": "0.14.9", "type": "rust-crate", "purl": "pkg:cargo/hyper@0.14.9",
    "locations": [{"path": "/usr/bin/ledger", "layerID": "sha256:1"}]}],
  "artifactRelationships": [{"parent": "i", "child": "1", "type": "contains"}],
  "files": [{"id": "f", "location": {"path": "/opt/app.jar"}, "unknowns": ["no\nzip", "x"]}],
  "source": {"id": "i", "name": "a", "type": "image", "metadata": {"tags": [%], "imageID": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "os": "linux", "architecture": "arm64"}},
  "descriptor": {"name": "syft", "version": "1"}, "schema": {"version": "16.1.3"}
}`

func listing(tags string) string { return strings.Replace(listed, "%", tags, 1) }

func TestOfImages(t *testing.T) {
	say := ""
	c := sbom.OfImages(sbom.Options{}, func(string, []byte) bool { return true }, func(context.Context, string) ([]byte, error) {
		return []byte(say), nil
	})
	say = listing(`"ledger:1"`) + "\n" + listing("")
	docs, err := c.Collect(context.Background(), nil, "dist/oci-layout")
	if err != nil || len(docs) != 2 {
		t.Fatal(len(docs), err)
	}
	got := map[string]any{}
	for _, d := range docs {
		if err := facttest.Whole(d.Facts); err != nil {
			t.Error(err)
		}
		f := d.Facts.(sbom.SBOM)
		got[d.Name] = []any{d.Path, f.Path, f.Catalogued, f.Subject.Name, f.Subject.Image, len(f.Subject.Digests), f.Components[0].Locations, f.Unread}
	}
	at, unread := []sbom.Location{{Name: "/usr/bin/ledger", Layer: "sha256:1"}}, []sbom.Unread{{Name: "/opt/app.jar", Reason: "no zip"}}
	want := map[string]any{
		"ledger:1 linux/arm64": []any{"dist/index.json", "dist/index.json", true, "ledger:1", true, 1, at, unread},
		"linux/arm64":          []any{"dist/index.json", "dist/index.json", true, "linux/arm64", true, 1, at, unread},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, wrong := range []string{"", "x", "{}", listing("") + "{", `{"artifacts": {}, "schema": {"version": "1"}}`} {
		say = wrong
		if _, err := c.Collect(context.Background(), nil, "a.tar"); err == nil || !strings.HasPrefix(err.Error(), "a.tar: what the cataloguer writes cannot be read: ") {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestCataloguerFails(t *testing.T) {
	stop := errors.New("stop")
	c := sbom.OfImages(sbom.Options{}, nil, func(context.Context, string) ([]byte, error) { return nil, stop })
	if docs, err := c.Collect(context.Background(), nil, "a.tar"); docs != nil || !errors.Is(err, stop) {
		t.Error(docs, err)
	}
}
