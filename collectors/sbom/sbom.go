// Package sbom reads software bills of materials: CycloneDX (JSON, XML), SPDX (JSON, tag-value) and syft's JSON.
package sbom

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Kind is the kind of the documents.
const Kind = "sbom"

// Options are what a bill is read with.
type Options struct {
	// Advisories are what the components are audited with, and Registry knows yanked crates; nil for none.
	Advisories *advisory.Database
	Registry   *advisory.Registry
}

// New returns the collector of bills of materials.
func New(opts Options) fact.Collector {
	return fact.Collector{
		Kind:     Kind,
		Example:  "bom.cdx.json",
		Facts:    SBOM{},
		Evidence: true,
		Match:    match,
		Collect: func(_ context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
			return collect(fsys, path, opts)
		},
	}
}

// A source is a text as a tree, whatever notation it was in.
type source struct {
	path     string
	encoding string
	value    any
	spans    fact.Locator
	errs     []error
}

func collect(fsys fs.FS, path string, opts Options) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, path)
	if err != nil {
		return nil, err
	}
	src, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	read, name, err := formatOf(src)
	if err != nil {
		return nil, err
	}
	for _, m := range validate(schemaOf(name), src.value) {
		src.mistake(m.at, m.msg, "make the document anew with a tool that writes what its specification demands")
	}
	top, ok := src.value.(map[string]any)
	if !ok {
		return nil, errors.Join(src.errs...)
	}
	b := newBuilder(src)
	read(b, top)
	if err := b.finish(opts); err != nil {
		return nil, err
	}
	doc := fact.Document{Kind: Kind, Path: path, Facts: *b.out, Spans: b.locator()}
	return []fact.Document{doc}, errors.Join(src.sorted()...)
}

// parse reads a text in the notation that its first byte tells.
func parse(path string, data []byte) (*source, error) {
	if err := unread(path, data); err != nil {
		return nil, err
	}
	switch notationOf(data) {
	case '{', '[':
		tree, err := syntax.JSON(path, data)
		if err != nil {
			return nil, err
		}
		return &source{path: path, encoding: "json", value: tree.Value, spans: tree.Spans}, nil
	case '<':
		return parseXML(path, data)
	}
	return parseTags(path, data)
}

// mistake notes what is wrong at a place of the text.
func (s *source) mistake(at fact.Path, msg, hint string) {
	if len(s.errs) >= maxMistakes {
		return
	}
	span := s.near(at)
	if len(at) > 0 {
		msg = at.String() + ": " + msg
	}
	s.errs = append(s.errs, &fact.Error{File: s.path, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
}

// near is the place of a part, or of the nearest one around it.
func (s *source) near(at fact.Path) fact.Span {
	doc := fact.Document{Spans: s.spans}
	return doc.Locate(at)
}

func (s *source) sorted() []error {
	slices.SortStableFunc(s.errs, func(a, b error) int {
		x, y := a.(*fact.Error), b.(*fact.Error)
		if x.Line != y.Line {
			return x.Line - y.Line
		}
		return x.Column - y.Column
	})
	return s.errs
}

// A reader turns a tree into facts.
type reader func(b *builder, top map[string]any)

// formatOf tells the format of a tree, and the name of its schema.
func formatOf(src *source) (reader, string, error) {
	top, _ := src.value.(map[string]any)
	refuse := func(at fact.Path, msg, hint string) (reader, string, error) {
		src.mistake(at, msg, hint)
		return nil, "", errors.Join(src.errs...)
	}
	switch {
	case jsonLD(top):
		return refuse(fact.Path{"@context"}, "SPDX 3 in JSON-LD is not read", "write the document as SPDX 2.3 or CycloneDX")
	case has(top, "spdxVersion", "SPDXID"):
		version, _ := top["spdxVersion"].(string)
		switch version {
		case "SPDX-2.2", "SPDX-2.3":
			return spdxDocument, "spdx-" + version[len("SPDX-"):], nil
		}
		return refuse(fact.Path{"spdxVersion"}, fmt.Sprintf("%s is no version of SPDX that is read", shown(top["spdxVersion"])), "write SPDX-2.2 or SPDX-2.3")
	case has(top, "artifacts") && has(top, "artifactRelationships", "descriptor", "source", "schema"):
		return syftDocument, "syft", nil
	case has(top, "bomFormat", "specVersion", "components"):
		if format, ok := top["bomFormat"]; !ok || format != "CycloneDX" {
			return refuse(fact.Path{"bomFormat"}, fmt.Sprintf("bomFormat is %s", shown(format)), `write "bomFormat": "CycloneDX"`)
		}
		switch version, _ := top["specVersion"].(string); version {
		case "1.2", "1.3", "1.4", "1.5", "1.6", "1.7":
			return cycloneDX, "cyclonedx-" + version, nil
		}
		return refuse(fact.Path{"specVersion"}, fmt.Sprintf("%s is no version of CycloneDX that is read", shown(top["specVersion"])), "write one from 1.2 to 1.7")
	}
	return refuse(nil, "neither CycloneDX nor SPDX nor syft's JSON", "leave the file out, or give it another name")
}

func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "absent"
	case string:
		return quoted(v)
	}
	return typeOf(v)
}

func has(m map[string]any, names ...string) bool {
	for _, name := range names {
		if _, ok := m[name]; ok {
			return true
		}
	}
	return false
}
