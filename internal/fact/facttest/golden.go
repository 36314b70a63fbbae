package facttest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"sallyport/internal/fact"
)

// Golden collects a file and writes down all that a rule or a report can see of it: the facts, the place
// of each fact, the further files, how many secrets were found, and the errors.
func Golden(c fact.Collector, fsys fs.FS, path string) ([]byte, error) {
	docs, err := c.Collect(context.Background(), fsys, path)
	type document struct {
		Facts   any               `json:"facts"`
		Spans   map[string]string `json:"spans"`
		Files   []string          `json:"files,omitempty"`
		Secrets int               `json:"secrets,omitempty"`
	}
	golden := struct {
		Documents []document `json:"documents"`
		Errors    []string   `json:"errors,omitempty"`
	}{Documents: []document{}}
	for i := range docs {
		d := &docs[i]
		if d.Kind != c.Kind {
			return nil, fmt.Errorf("%s: a document of kind %q from the collector of %q", path, d.Kind, c.Kind)
		}
		if err := Whole(d.Facts); err != nil {
			return nil, err
		}
		text, err := json.Marshal(d.Facts)
		if err != nil {
			return nil, err
		}
		var facts any
		if err := json.Unmarshal(text, &facts); err != nil {
			return nil, err
		}
		spans := map[string]string{}
		places(d, fact.Path{}, facts, spans)
		golden.Documents = append(golden.Documents, document{d.Facts, spans, d.Files, len(d.Secrets)})
	}
	for _, e := range fact.Errors(err) {
		golden.Errors = append(golden.Errors, e.Error())
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(golden); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// places notes where each fact stands; a fact without a place of its own is left out, because it is
// where its parent is.
func places(d *fact.Document, p fact.Path, v any, spans map[string]string) {
	if d.Spans == nil {
		return
	}
	if s, ok := d.Spans(p); ok {
		file := s.File
		if file != "" {
			file += ":"
		}
		spans[p.String()] = fmt.Sprintf("%s%d:%d-%d:%d", file, s.Line, s.Column, s.EndLine, s.EndColumn)
	}
	p = p[:len(p):len(p)]
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			places(d, append(p, k), v[k], spans)
		}
	case []any:
		for i := range v {
			places(d, append(p, i), v[i], spans)
		}
	}
}
