package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/anchore/syft/syft/format"
)

// A bill is what the first binary reads of a bill of materials.
type bill struct {
	Path, Format, Version string
	Subject               component
	Components            []component
}

type component struct{ Name, Version, Type, Purl string }

func (c component) String() string { return c.Name + " " + c.Version + " " + c.Purl }

// asSyft are the components that syft makes packages of. The subject is one of them.
func (b *bill) asSyft() []component {
	if b.Format == "syft" {
		return b.Components
	}
	all := append(slices.Clip(b.Components), b.Subject)
	return slices.DeleteFunc(all, func(c component) bool {
		return b.Format == "cyclonedx" && !slices.Contains([]string{"application", "framework", "library", "machine-learning-model"}, c.Type)
	})
}

// differ says why syft reads other components of a file than we do, by the end of its path.
var differ = map[string]string{
	"SPDXJSONExample-v2.2.spdx.json":                "Jena: syft leaves out a package that another one was generated from",
	"SPDXTagExample-v2.3.spdx":                      "Jena: syft leaves out a package that another one was generated from",
	"SPDXJSONExample-v2.3-with-exception.spdx.json": "Jena: syft leaves out a package that another one was generated from",
	"SPDXJSONExample-v2.3.spdx.json":                "Jena: syft leaves out a package that another one was generated from",
	"invalid-component-ref-1.6.xml":                 "syft keeps one of two components under one reference",
}

func decodeAsSyft(text []byte) (all []component, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	s, _, _, err := format.Decode(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	for p := range s.Artifacts.Packages.Enumerate() {
		all = append(all, component{Name: p.Name, Version: p.Version, Purl: p.PURL})
	}
	return all, nil
}

// only lists what is in a and not in b. Syft drops the group of a name for some ecosystems.
func only(a, b []component) []string {
	var out []string
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y component) bool {
			same := x.Name == y.Name || strings.HasSuffix(x.Name, "/"+y.Name) || strings.HasSuffix(y.Name, "/"+x.Name)
			return same && x.Version == y.Version && x.Purl == y.Purl
		}) {
			out = append(out, x.String())
		}
	}
	return out
}

// TestBillsAgree holds that syft and the first binary read the same components out of every bill that both can read: those of the
// oracles, and those that this program writes.
func TestBillsAgree(t *testing.T) {
	root := t.TempDir()
	if _, err := os.Stat("../../../shared/oracles/unpack.sh"); err != nil && os.Getenv("CI") == "true" {
		t.Fatal(err)
	} else if err == nil {
		if out, err := exec.Command("../../../shared/oracles/unpack.sh", root, "sbom").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	tree := writeFiles(t, map[string]string{"Cargo.lock": lock, "web/package-lock.json": `{"name":"web","version":"1.0.0","lockfileVersion":3,
		"packages":{"":{"name":"web","version":"1.0.0"},"node_modules/@babel/core":{"version":"7.20.0","license":"MIT"}}}`})
	for _, f := range formatNames() {
		suffix := map[string]string{"cyclonedx-json": "cdx.json", "cyclonedx-xml": "cdx.xml", "spdx-json": "spdx.json", "spdx-tag-value": "spdx", "syft-json": "syft.json"}[f]
		if _, stderr, code := runCatalog(t, "-o", f+"="+filepath.Join(root, "own."+suffix), tree); code != 0 {
			t.Fatal(stderr)
		}
	}
	gate := filepath.Join(t.TempDir(), "sallyport")
	if out, err := exec.Command("go", "-C", "../..", "build", "-trimpath", "-o", gate, "./cmd/sallyport").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.Command(gate, "facts", "--kind", "sbom", root).Output() // exit code 2: some are invalid on purpose
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	var bills []bill
	if err := json.Unmarshal(out, &bills); err != nil {
		t.Fatal(err)
	}
	agree(t, root, bills)
}

func agree(t *testing.T, root string, bills []bill) {
	t.Helper()
	same, different, newer, unread, own := 0, 0, 0, 0, 0
	for _, b := range bills {
		text, err := os.ReadFile(filepath.Join(root, b.Path))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := decodeAsSyft(text)
		switch {
		case err != nil && b.Version == "1.7":
			newer++ // this release of syft reads CycloneDX up to 1.6
			continue
		case err != nil:
			unread++
			t.Logf("%s: syft does not read it: %v", b.Path, err)
			continue
		}
		ours := b.asSyft()
		missing, extra := only(theirs, ours), only(ours, theirs)
		if b.Format == "spdx" && b.Subject.Version == "" { // the name of the document, where it describes no package
			extra = slices.DeleteFunc(extra, func(s string) bool { return s == b.Subject.String() })
		}
		why := differ[filepath.Base(b.Path)]
		switch {
		case len(missing)+len(extra) == 0 && why == "":
			same++
			if strings.HasPrefix(b.Path, "own.") {
				own++
			}
		case why == "" || len(missing) > 0:
			t.Errorf("%s: syft alone reads %q, and we %q", b.Path, missing, extra)
		case len(extra) != 1:
			t.Errorf("%s: no difference, and we expect one: %s", b.Path, why)
		default:
			different++
		}
	}
	t.Logf("of %d bills syft and we read the same out of %d, something else out of %d (reasons above); it does not know the version of %d, and fails on %d",
		len(bills), same, different, newer, unread)
	if own != len(formatNames()) {
		t.Errorf("%d of our own documents agree, of %d", own, len(formatNames()))
	}
	if len(bills) > len(formatNames()) && (same < 600 || unread > 5) {
		t.Error("too few bills were compared")
	}
}
