package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
)

// YAML parses a stream into one Tree for each document that is not empty, in order. A document that is
// broken is an error and the others are still returned: "---" at the start of a line ends a document
// whatever came before (YAML 1.2.2, section 9.1.2), so the rest can be read without it.
//
// Scalars have the types of YAML 1.2's core schema with two leftovers of 1.1: 0777 is octal and "<<"
// merges. So yes and on are strings, dates are strings, and keys become strings as JSON has them.
// A tag that is not of the core schema leaves a scalar as text. Infinite numbers are text too: JSON has
// none. A key that appears twice is an error, and its last value is kept. The trees keep data.
func YAML(name string, data []byte) ([]Tree, error) { return yamlStream(name, data, false) }

// YAML11 is YAML with the booleans of YAML 1.1, as the Kubernetes tools and API server read them: y,
// yes, on, n, no and off without quotes, in any of the usual spellings.
func YAML11(name string, data []byte) ([]Tree, error) { return yamlStream(name, data, true) }

// maxMistakes bounds the work on a stream of broken documents.
const maxMistakes = 10

func yamlStream(name string, data []byte, old bool) ([]Tree, error) {
	if yamlTooLarge(data) {
		return nil, &fact.Error{File: name, Msg: fmt.Sprintf("more than %d values", maxParts), Hint: "split the file"}
	}
	var (
		trees  []Tree
		errs   []error
		file   = &yamlText{data: data}
		expand = &yamlBudget{left: maxExpansion}
	)
	for line, chunk := range yamlChunks(data) {
		nodes, err := yamlNodes(chunk)
		if err != nil {
			errs = append(errs, yamlMistake(name, line, chunk, err))
		}
		for _, node := range nodes {
			c := yamlConverter{name: name, line: line, old: old, budget: expand}
			value, ok := c.document(node)
			errs = append(errs, c.errs...)
			if ok {
				trees = append(trees, Tree{Value: value, Spans: newYAMLSpans(file, node, line).find})
			}
		}
		if len(errs) >= maxMistakes {
			errs = append(errs, &fact.Error{
				File: name, Line: line + 1,
				Msg: "too many mistakes; the rest of the file was not read", Hint: "correct those above first",
			})
			break
		}
	}
	return trees, errors.Join(errs...)
}

// yamlNodes parses one chunk. The parser is meant to survive anything, but it has panicked before.
func yamlNodes(chunk []byte) (nodes []*yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("yaml: the parser gave up: %v", r)
		}
	}()
	for d := yaml.NewDecoder(bytes.NewReader(chunk)); ; {
		node := new(yaml.Node)
		switch err := d.Decode(node); {
		case errors.Is(err, io.EOF):
			return nodes, nil
		case err != nil:
			return nodes, err
		}
		if len(node.Content) == 1 && !yamlEmpty(node.Content[0]) {
			nodes = append(nodes, node.Content[0])
		}
	}
}

func yamlEmpty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// yamlChunks cuts a stream before each "---" and after each "..."; directives stay with the document
// that they are for. It yields the number of lines before a chunk.
func yamlChunks(data []byte) func(yield func(int, []byte) bool) {
	return func(yield func(int, []byte) bool) {
		var (
			start, first        int // of the chunk
			content, directives bool
		)
		for pos, line := 0, 0; pos < len(data); line++ {
			end := len(data)
			if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
				end = pos + i + 1
			}
			text := data[pos:end]
			switch {
			case yamlMarker(text, "---"):
				if pos > start && (content || !directives) {
					if !yield(first, data[start:pos]) {
						return
					}
					start, first = pos, line
				}
				content = true
			case yamlMarker(text, "..."):
				if !yield(first, data[start:end]) {
					return
				}
				start, first, content, directives = end, line+1, false, false
			case text[0] == '%' && !content:
				directives = true
			case !content:
				text = bytes.TrimSpace(text)
				content = len(text) > 0 && text[0] != '#'
			}
			pos = end
		}
		if start < len(data) {
			yield(first, data[start:])
		}
	}
}

func yamlMarker(line []byte, marker string) bool {
	rest, ok := bytes.CutPrefix(line, []byte(marker))
	return ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0)
}

// maxParts bounds the values of a file; a value takes some 300 bytes of memory and at least one of the
// counted characters of the file.
const maxParts = 3_000_000

func yamlTooLarge(data []byte) bool {
	if len(data) < maxParts {
		return false
	}
	parts := 0
	for _, c := range []byte("\n\r,:[{") {
		parts += bytes.Count(data, []byte{c})
	}
	return parts > maxParts
}
