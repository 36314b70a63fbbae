package sbom

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"

	"sallyport/internal/fact"
)

// The notations of SPDX that are not read (SPDX 2.3, clause 4.4.1), told by the parts of a document that must be there.
var (
	yamlVersion = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?m)^["']?spdxVersion["']?[ \t]*:[ \t]*["']?SPDX-`)
	})
	xmlVersion = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`<spdxVersion>\s*SPDX-`)
	})
	rdfTerms = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`<([A-Za-z0-9_.-]+:)?RDF[\s>][^>]*https?://spdx\.org/rdf/`)
	})
)

// unread is the error for a document of SPDX in YAML, XML or RDF, which are recognised; nil for any other text.
func unread(name string, text []byte) error {
	notation, at := "", []int(nil)
	switch first := notationOf(text); {
	case first == '<' && bytes.Contains(text, []byte("spdx")):
		if at = rdfTerms().FindIndex(text); at != nil && !bytes.Contains(text, []byte("<owl:Ontology")) { // the terms themselves
			notation = "RDF"
		} else if at = xmlVersion().FindIndex(text); at != nil {
			notation = "XML"
		}
	case first != '<' && first != '{' && first != '[':
		if bytes.Contains(text, []byte("spdxVersion")) {
			at = yamlVersion().FindIndex(text)
		}
		ext := strings.ToLower(path.Ext(name))
		if at != nil || ext == ".yaml" || ext == ".yml" {
			notation = "YAML"
		}
	}
	if notation == "" {
		return nil
	}
	c := cursor{text: text, line: 1, column: 1}
	if at != nil {
		c.to(at[0])
	}
	return &fact.Error{
		File: name, Line: c.line, Column: c.column, Msg: "SPDX in " + notation + " is not read",
		Hint: "write the document as SPDX in JSON (*.spdx.json) or tag-value (*.spdx), or as CycloneDX",
	}
}
