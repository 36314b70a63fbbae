package sbom

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// An element of XML with its place.
type element struct {
	name     string
	attrs    []xml.Attr
	kids     []*element
	text     strings.Builder
	span     fact.Span
	excluded bool // of another namespace: an extension
}

func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

const bomNamespace = "http://cyclonedx.org/schema/bom/"

// parseXML reads a BOM in XML into the tree that the same BOM in JSON is, so that both are held against one schema.
func parseXML(path string, data []byte) (*source, error) {
	src := &source{path: path, encoding: "xml"}
	root, space, err := elements(path, data)
	if err != nil {
		return nil, err
	}
	spans := &fact.Spans{}
	src.spans = spans.Find
	spans.Set(root.span)
	version, ok := strings.CutPrefix(space, bomNamespace)
	if root.name != "bom" || !ok {
		src.mistake(nil, fmt.Sprintf("the root is %s of the namespace %s", quoted(root.name), quoted(space)), "write bom of the namespace "+bomNamespace+"1.6")
		return nil, errors.Join(src.errs...)
	}
	top := map[string]any{"bomFormat": "CycloneDX", "specVersion": version}
	spans.Key("specVersion").Set(root.span)
	if s := schemaOf("cyclonedx-" + version); s != nil {
		c := converter{src: src, version: version}
		for key, value := range c.object(root, s, spans, nil) {
			top[key] = value
		}
		if _, there := top["version"]; !there {
			top["version"] = int64(1) // as the XML schema has it
		}
	}
	src.value = top
	return src, nil
}

// elements reads the tree of a text, and the namespace of its root.
func elements(path string, data []byte) (root *element, space string, err error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	at := cursor{text: data, line: 1, column: 1}
	var open []*element
	fail := func(msg, hint string) (*element, string, error) {
		return nil, "", &fact.Error{File: path, Line: at.line, Column: at.column, Msg: msg, Hint: hint}
	}
	for {
		at.to(int(dec.InputOffset()))
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			at.to(int(dec.InputOffset()))
			var syn *xml.SyntaxError
			if errors.As(err, &syn) {
				return fail(syn.Msg, "correct the XML")
			}
			return fail(err.Error(), "save the file as UTF-8 text")
		}
		switch token := token.(type) {
		case xml.Directive:
			return fail("a document type declaration", "take it out: a bill of materials has none")
		case xml.StartElement:
			e := &element{name: token.Name.Local, attrs: token.Copy().Attr}
			e.span.Line, e.span.Column = at.line, at.column
			at.to(int(dec.InputOffset()))
			e.span.EndLine, e.span.EndColumn = at.line, at.column
			switch {
			case len(open) == syntax.MaxDepth:
				return fail(fmt.Sprintf("nested deeper than %d levels", syntax.MaxDepth), "flatten the structure")
			case len(open) > 0:
				parent := open[len(open)-1]
				e.excluded = token.Name.Space != space
				parent.kids = append(parent.kids, e)
			case root != nil:
				return fail("a second root", "keep one document in the file")
			default:
				root, space = e, token.Name.Space
			}
			open = append(open, e)
		case xml.EndElement:
			e := open[len(open)-1]
			at.to(int(dec.InputOffset()))
			if at.line == e.span.Line {
				e.span.EndLine, e.span.EndColumn = at.line, at.column
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text.Write(token)
			}
		}
	}
	if root == nil {
		return fail("no element", "write the document again: it is empty")
	}
	return root, space, nil
}

// A cursor turns growing offsets into lines and columns.
type cursor struct {
	text                 []byte
	offset, line, column int
}

func (c *cursor) to(offset int) {
	part := c.text[c.offset:max(c.offset, min(offset, len(c.text)))]
	c.offset += len(part)
	if n := bytes.Count(part, []byte("\n")); n > 0 {
		c.line += n
		c.column, part = 1, part[bytes.LastIndexByte(part, '\n')+1:]
	}
	c.column += utf8.RuneCount(part)
}
