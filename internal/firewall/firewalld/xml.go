package firewalld

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// Limits of what is read of one file: firewalld's own elements nest three deep.
const (
	maxDepth = 32
	maxNodes = 1 << 20
	maxSize  = 64 << 20
)

// A node is an element with the place of its start tag, and of the whole of it.
type node struct {
	name      string
	attrs     []xml.Attr
	text      string
	children  []*node
	at, whole fact.Span
	source    string // the element in one line
}

func (n *node) get(name string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// attr is an attribute's value, "" where it is absent.
func (n *node) attr(name string) string {
	v, _ := n.get(name)
	return v
}

// A file is one XML file while it is read.
type file struct {
	path string
	data []byte
	// starts are the offsets of the lines.
	starts []int
}

func newFile(name string, data []byte) *file {
	f := &file{path: name, data: data, starts: []int{0}}
	for i, b := range data {
		if b == '\n' {
			f.starts = append(f.starts, i+1)
		}
	}
	return f
}

func (f *file) position(offset, from int) (line, column, hint int) {
	for from+1 < len(f.starts) && f.starts[from+1] <= offset {
		from++
	}
	return from + 1, utf8.RuneCount(f.data[f.starts[from]:offset]) + 1, from
}

// refuse is what firewalld does with the whole configuration when one of its files is not as it wants it.
func refuse(at fact.Span, format string, args ...any) *fact.Error {
	return &fact.Error{
		File: at.File, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf(format, args...),
		Hint: "correct it: firewalld refuses the whole configuration and runs with its stock rules instead",
	}
}

// parse reads an XML file from the tree as elements. A mistake in XML is a refusal by firewalld, ok; what it could read and we cannot is an error.
func parse(fsys fs.FS, name string) (root *node, refused *fact.Error, err error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, nil, &fact.Error{File: name, Msg: cause(err)}
	}
	if len(data) > maxSize {
		return nil, nil, &fact.Error{File: name, Msg: "the file is larger than 64 MiB"}
	}
	return parseBytes(name, bytes.TrimPrefix(data, []byte("\ufeff")))
}

func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func parseBytes(name string, data []byte) (*node, *fact.Error, error) {
	f := newFile(name, data)
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "us-ascii", "ascii":
			return r, nil
		}
		return nil, fmt.Errorf("the encoding %s is not supported: write the file in UTF-8", charset)
	}
	top := new(node)
	stack, begins, hint, count := []*node{top}, []int{0}, 0, 0
	for {
		begin := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, f.broken(err, begin, hint), nil
		}
		last := len(stack) - 1
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || last > maxDepth {
				return nil, nil, &fact.Error{File: name, Msg: "too many elements, or too deep"}
			}
			n := &node{name: qualified(t.Name), attrs: t.Attr, source: oneLine(data[begin:d.InputOffset()])}
			n.at.File = name
			n.at.Line, n.at.Column, hint = f.position(begin, hint)
			n.at.EndLine, n.at.EndColumn, _ = f.position(int(d.InputOffset()), hint)
			stack[last].children = append(stack[last].children, n)
			stack, begins = append(stack, n), append(begins, begin)
		case xml.EndElement:
			if last == 0 || stack[last].name != qualified(t.Name) {
				return nil, f.broken(fmt.Errorf("unexpected end of <%s>", qualified(t.Name)), begin, hint), nil
			}
			f.close(stack[last], begins[last], int(d.InputOffset()))
			stack, begins = stack[:last], begins[:last]
		case xml.CharData:
			stack[last].text += string(t)
		case xml.Directive:
			return nil, nil, &fact.Error{File: name, Msg: "a document type is not supported", Hint: "write the file without it"}
		}
	}
	if len(stack) > 1 || len(top.children) != 1 {
		return nil, f.broken(errors.New("not one whole element"), len(data), hint), nil
	}
	return top.children[0], nil, nil
}

func (f *file) close(n *node, begin, end int) {
	n.whole = n.at
	n.whole.EndLine, n.whole.EndColumn, _ = f.position(end, n.at.Line-1)
	if len(n.children) > 0 && end-begin < 2000 {
		n.source = oneLine(f.data[begin:end])
	}
}

func (f *file) broken(err error, offset, hint int) *fact.Error {
	line, column, _ := f.position(min(offset, len(f.data)), hint)
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		err = errors.New(syntax.Msg)
		line, column = syntax.Line, 1
	}
	return refuse(fact.Span{File: f.path, Line: line, Column: column}, "not well-formed XML: %v", err)
}

func qualified(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

func oneLine(text []byte) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(string(text)), " "), "> <", "><")
}

// base is a file's name without its suffix: the name of what it defines.
func base(name string) string { return strings.TrimSuffix(path.Base(name), ".xml") }
