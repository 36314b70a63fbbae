package sbom

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact/facttest"
)

// TestLibrary holds what is read of CycloneDX against what its own library reads.
func TestLibrary(t *testing.T) {
	root := facttest.Oracle(t, "sbom")
	c := New(Options{})
	same := 0
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "CycloneDX") || strings.HasPrefix(d.Name(), "invalid-") {
			return err
		}
		format := cdx.BOMFileFormatJSON
		if filepath.Ext(path) == ".xml" {
			format = cdx.BOMFileFormatXML
		}
		data, err := os.ReadFile(path)
		if err != nil || !c.Match(d.Name(), data) {
			return err
		}
		docs, err := c.Collect(context.Background(), os.DirFS(filepath.Dir(path)), d.Name())
		if err != nil || len(docs) != 1 {
			return nil // TestOracle tells
		}
		bom := new(cdx.BOM)
		if err := cdx.NewBOMDecoder(bytes.NewReader(data), format).Decode(bom); err != nil {
			t.Logf("%s: the library says %v", strings.TrimPrefix(path, root), err)
			return nil
		}
		facts := docs[0].Facts.(SBOM)
		if diff := cmp.Diff(theirs(bom), ours(&facts)); diff != "" {
			t.Errorf("%s: %s", strings.TrimPrefix(path, root), diff)
			return nil
		}
		same++
		return nil
	})
	t.Logf("%d documents are read alike", same)
	if same < 480 {
		t.Error("the oracle data is not what it was")
	}
}

func theirs(bom *cdx.BOM) []string {
	out := []string{"id " + bom.SerialNumber}
	if m := bom.Metadata; m != nil && m.Component != nil {
		out = append(out, "about "+joined(m.Component.Group, m.Component.Name)+" "+m.Component.Version+" "+m.Component.PackageURL)
		out = append(out, flat(m.Component.Components)...)
	}
	return append(out, flat(bom.Components)...)
}

func flat(all *[]cdx.Component) []string {
	var out []string
	if all == nil {
		return nil
	}
	for _, c := range *all {
		out = append(out, strings.TrimSpace(strings.Join([]string{
			string(c.Type), strings.TrimSpace(joined(c.Group, c.Name)), strings.TrimSpace(c.Version), strings.TrimSpace(c.PackageURL), c.CPE, string(c.Scope), c.BOMRef,
		}, " ")))
		out = append(out, flat(c.Components)...)
	}
	return out
}

func ours(s *SBOM) []string {
	out := []string{"id " + s.ID}
	if s.Subject.Type != "" {
		out = append(out, "about "+s.Subject.Name+" "+s.Subject.Version+" "+s.Subject.Purl)
	}
	for i := range s.Components {
		c := &s.Components[i]
		out = append(out, strings.TrimSpace(strings.Join([]string{c.Type, c.Name, c.Version, c.Purl, c.CPE, c.Scope, c.Ref}, " ")))
	}
	return out
}
