package sbom

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
)

// TestRefused shows what is said of what cannot be read.
func TestRefused(t *testing.T) {
	const bom = `<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">`
	for name, c := range map[string]struct{ file, text, want string }{
		"entities": {
			"bom.xml", "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>\n" + bom + "&b;</bom>",
			"bom.xml:1:1: a document type declaration: take it out: a bill of materials has none",
		},
		"an entity":  {"bom.xml", bom + "\n&b;</bom>", "bom.xml:2:4: invalid character entity &b;: correct the XML"},
		"deep XML":   {"bom.xml", bom + "\n" + strings.Repeat("<a>", 5000), "bom.xml:2:301: nested deeper than 100 levels: flatten the structure"},
		"not closed": {"bom.xml", bom + "\n<components>", "bom.xml:2:13: unexpected EOF: correct the XML"},
		"two roots":  {"bom.xml", bom + "</bom>\n<bom/>", "bom.xml:2:7: a second root: keep one document in the file"},
		"no root":    {"bom.xml", "<!-- -->", "bom.xml:1:9: no element: write the document again: it is empty"},
		"another root": {
			"bom.xml", "<project/>",
			`bom.xml:1:1: the root is "project" of the namespace "": write bom of the namespace http://cyclonedx.org/schema/bom/1.6`,
		},
		"an old version in XML": {
			"bom.xml", `<bom xmlns="http://cyclonedx.org/schema/bom/1.1"/>`,
			`bom.xml:1:1: specVersion: "1.1" is no version of CycloneDX that is read: write one from 1.2 to 1.7`,
		},
		"an unknown version": {
			"bom.json", "{\"bomFormat\": \"CycloneDX\",\n \"specVersion\": \"2.0\"}",
			`bom.json:2:2: specVersion: "2.0" is no version of CycloneDX that is read: write one from 1.2 to 1.7`,
		},
		"no format":    {"bom.json", `{"specVersion": "1.6"}`, `bom.json:1:1: bomFormat: bomFormat is absent: write "bomFormat": "CycloneDX"`},
		"nothing":      {"bom.json", `{}`, "bom.json:1:1: neither CycloneDX nor SPDX nor syft's JSON: leave the file out, or give it another name"},
		"a list":       {"bom.json", `[]`, "bom.json:1:1: neither CycloneDX nor SPDX nor syft's JSON: leave the file out, or give it another name"},
		"a key twice":  {"bom.json", "{\"bomFormat\": \"CycloneDX\",\n\"bomFormat\": 1}", `bom.json:2:1: the key "bomFormat" appears twice in one object: keep one of the two: readers disagree about which one counts`},
		"cut off":      {"bom.json", `{"bomFormat": "CycloneDX", `, "bom.json:1:28: the JSON text ends early: write the file again: it is truncated"},
		"SPDX 3":       {"a.spdx.json", `{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}`, `a.spdx.json:1:2: ["@context"]: SPDX 3 in JSON-LD is not read: write the document as SPDX 2.3 or CycloneDX`},
		"SPDX 2.1":     {"a.spdx", "SPDXVersion: SPDX-2.1\n", `a.spdx:1:1: spdxVersion: "SPDX-2.1" is no version of SPDX that is read: write SPDX-2.2 or SPDX-2.3`},
		"SPDX in YAML": {"a.spdx.yaml", "---\nSPDXID: x\nspdxVersion: \"SPDX-2.3\"\n", "a.spdx.yaml:3:1: SPDX in YAML is not read: write the document as SPDX in JSON (*.spdx.json) or tag-value (*.spdx), or as CycloneDX"},
		"not yet YAML": {"a.spdx.yml", "", "a.spdx.yml:1:1: SPDX in YAML is not read: write the document as SPDX in JSON (*.spdx.json) or tag-value (*.spdx), or as CycloneDX"},
		"SPDX in XML":  {"bill.xml", "<Document>\n  <spdxVersion>SPDX-2.3</spdxVersion></Document>", "bill.xml:2:3: SPDX in XML is not read: write the document as SPDX in JSON (*.spdx.json) or tag-value (*.spdx), or as CycloneDX"},
		"SPDX in RDF":  {"a.spdx.rdf", "<rdf:RDF xmlns:spdx=\"http://spdx.org/rdf/terms#\"/>", "a.spdx.rdf:1:1: SPDX in RDF is not read: write the document as SPDX in JSON (*.spdx.json) or tag-value (*.spdx), or as CycloneDX"},
		"empty":        {"a.spdx", "", "a.spdx:1:1: neither CycloneDX nor SPDX nor syft's JSON: leave the file out, or give it another name"},
	} {
		docs, err := New(Options{}).Collect(context.Background(), fstest.MapFS{c.file: {Data: []byte(c.text)}}, c.file)
		if len(docs) != 0 || err == nil {
			t.Errorf("%s: %d documents, error %v", name, len(docs), err)
			continue
		}
		if got := fact.Errors(err)[0].Error(); got != c.want {
			t.Errorf("%s: got  %s\nwant %s", name, got, c.want)
		}
	}
}

// TestBounded holds that a small file is not much work: names that lead to each other, choices that multiply, long runs.
func TestBounded(t *testing.T) {
	const top = `{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[`
	many := strings.Repeat("(A OR B) AND ", 300) + "MIT"
	for name, text := range map[string]string{
		"choices":  top + `{"type":"library","name":"a","licenses":[{"expression":"` + strings.ReplaceAll(strings.ReplaceAll(many, "A ", "MIT "), "B)", "Zlib)") + `"}]}]}`,
		"parens":   top + `{"type":"library","name":"a","licenses":[{"expression":"` + strings.Repeat("(", 1<<20) + `"}]}]}`,
		"purl":     top + `{"type":"library","name":"a","purl":"pkg:cargo/` + strings.Repeat("%41/", 1<<18) + `@1"}]}`,
		"digests":  top + `],"metadata":{"component":{"type":"container","name":"` + strings.Repeat("sha256:", 1<<18) + `"}}}`,
		"circle":   top + `{"type":"library","name":"a","bom-ref":"a"}],"dependencies":[{"ref":"a","dependsOn":["a"]}]}`,
		"dangling": top + `],"dependencies":[{"ref":"a","dependsOn":["` + strings.Repeat(`b","`, 1) + `c"]}]}`,
	} {
		docs, err := New(Options{}).Collect(context.Background(), fstest.MapFS{"bom.json": {Data: []byte(text)}}, "bom.json")
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCitation holds that a part of XML that may be there once is not there twice.
func TestCitation(t *testing.T) {
	const text = `<bom xmlns="http://cyclonedx.org/schema/bom/1.7"><citations><citation><pointers><pointer>/a</pointer></pointers>
<timestamp>2025-05-01T14:05:00Z</timestamp><attributedTo>a</attributedTo><attributedTo>b</attributedTo></citation></citations></bom>`
	_, err := New(Options{}).Collect(context.Background(), fstest.MapFS{"bom.xml": {Data: []byte(text)}}, "bom.xml")
	if want := `bom.xml:2:74: citations[0].attributedTo: "attributedTo" is there twice`; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}
