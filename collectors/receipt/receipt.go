// Package receipt reads statements of in-toto: receipts of commands that sallyport run writes, results of tests, and,
// with what all of them have in common, provenance and its like.
package receipt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Kind is the kind of the documents.
const Kind = "receipt"

// Options are what the collector must know beyond the file.
type Options struct {
	// Keys are those that trusted configuration names.
	Keys []*attest.PublicKey
	// Judged identifies the tree that is judged; nil knows none.
	Judged func(ctx context.Context, fsys fs.FS) (Judged, error)
	// Changed, where set, names the files other than evidence that differ between a commit and the one that is checked out; ok
	// is false where that cannot be told.
	Changed func(commit string) (paths []string, ok bool)
}

// New returns the collector. Statements are told by their content, because no convention names the files.
func New(opts Options) fact.Collector {
	return fact.Collector{
		Kind: Kind, Example: ".sallyport/receipts/test.json", Facts: Receipt{}, Evidence: true,
		Match: func(file string, head []byte) bool { return match(head) || ours(file) },
		Collect: func(ctx context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
			return collect(ctx, fsys, path, opts)
		},
	}
}

// ours tells of the receipts of sallyport run by their place: one that was cut short or taken for something else is an error
// there, and not passed over.
func ours(file string) bool {
	return path.Base(path.Dir(file)) == "receipts" && path.Base(path.Dir(path.Dir(file))) == ".sallyport" && path.Ext(file) == ".json"
}

// match tells a statement, an envelope or a bundle by its first bytes. Writers of envelopes sort their keys or follow
// the specification, so one of the names looked for is the first.
func match(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	if bytes.Contains(head, []byte(`"https://in-toto.io/Statement/`)) && bytes.Contains(head, []byte(`"_type"`)) {
		return true
	}
	if bytes.Contains(head, []byte(`"`+attest.PayloadType+`"`)) && bytes.Contains(head, []byte(`"payloadType"`)) {
		return true
	}
	if bytes.Contains(head, []byte(`"application/vnd.dev.sigstore.bundle`)) {
		return true
	}
	// A long payload before its type: base64 of a text that starts with a brace.
	rest, ok := bytes.CutPrefix(bytes.TrimLeft(head[1:], " \t\r\n"), []byte(`"payload"`))
	rest, colon := bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":"))
	rest = bytes.TrimLeft(rest, " \t\r\n")
	return ok && colon && (bytes.HasPrefix(rest, []byte(`"ey`)) || bytes.HasPrefix(rest, []byte(`"ew`))) && !bytes.Contains(rest, []byte(`"payloadType"`))
}

// maxStatements bounds those of one file.
const maxStatements = 1000

func collect(ctx context.Context, fsys fs.FS, path string, opts Options) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, path)
	if err != nil {
		return nil, err
	}
	var judged Judged
	if opts.Judged != nil {
		if judged, err = opts.Judged(ctx, fsys); err != nil {
			return nil, err
		}
	}
	parts := split(data)
	if len(parts) > maxStatements {
		return nil, &fact.Error{File: path, Msg: fmt.Sprintf("%d statements, and the limit of one file is %d", len(parts), maxStatements), Hint: "keep them in several files"}
	}
	var docs []fact.Document
	var errs []error
	for _, p := range parts {
		r := &reader{file: path, fsys: fsys, shift: p.line, opts: &opts, judged: judged}
		doc, err := r.read(p.text)
		errs = append(errs, err)
		if err != nil {
			continue
		}
		if len(parts) > 1 {
			doc.Name = fmt.Sprintf("line %d", p.line+1)
		}
		docs = append(docs, doc)
	}
	return docs, errors.Join(errs...)
}

// A part is one JSON text of a file, and how many lines come before it.
type part struct {
	text []byte
	line int
}

// split takes JSON lines apart, as bundles of in-toto are (spec/v1/bundle.md). Anything else is one part.
func split(data []byte) []part {
	var parts []part
	line := 0
	for text := range bytes.Lines(data) {
		trimmed := bytes.TrimSpace(text)
		if len(trimmed) > 0 {
			if trimmed[0] != '{' || trimmed[len(trimmed)-1] != '}' {
				return []part{{data, 0}}
			}
			parts = append(parts, part{text, line})
		}
		line++
	}
	if len(parts) < 2 {
		return []part{{data, 0}}
	}
	return parts
}

// A reader reads one statement.
type reader struct {
	file   string
	fsys   fs.FS
	shift  int
	opts   *Options
	judged Judged
	tree   syntax.Tree
	// signed is true where the statement stands in an envelope, as text without places of its own.
	signed bool
	errs   []error
	secret []string
}

func (r *reader) read(text []byte) (fact.Document, error) {
	tree, err := syntax.JSON(r.file, text)
	if err != nil {
		return fact.Document{}, r.shifted(err)
	}
	r.tree = tree
	out := &Receipt{
		Path: r.file, Format: "statement", Subjects: []Subject{}, Tools: []Tool{},
		Command:   Command{Argv: []string{}, Does: []string{}, Tells: []string{}, Masked: []string{}, Narrowed: []Narrowing{}},
		Tests:     Tests{Passed: []string{}, Warned: []string{}, Failed: []string{}},
		Signature: Signature{Keys: []string{}, Trusted: len(r.opts.Keys)},
	}
	top := node{From: r, Value: tree.Value}
	statement := top
	envelope := top
	if inner := top.Key("dsseEnvelope"); !inner.Absent() {
		out.Format, envelope = "bundle", inner
	}
	if !envelope.Key("payload").Absent() || out.Format == "bundle" || !top.Key("messageSignature").Absent() {
		if statement = r.open(envelope, out); len(r.errs) > 0 {
			return fact.Document{}, errors.Join(r.errs...)
		}
	}
	r.statement(statement, out)
	if len(r.errs) > 0 {
		return fact.Document{}, errors.Join(r.errs...)
	}
	out.Source.Judged = r.judged
	out.Source.Same = same(out, r.opts.Changed)
	return fact.Document{Kind: Kind, Path: r.file, Facts: *out, Spans: r.locator(out.Format), Secrets: r.secret}, nil
}

// open decodes an envelope, verifies it, and returns the statement that it holds.
func (r *reader) open(n node, out *Receipt) node {
	if out.Format != "bundle" {
		out.Format = "dsse"
	}
	kind := n.Key("payloadType").Need().Text()
	payload := n.Key("payload").Need().Text()
	var signatures []string
	for _, s := range n.Key("signatures").List() {
		signatures = append(signatures, s.Key("sig").Need().Text())
	}
	if len(r.errs) > 0 {
		return node{From: r}
	}
	e, err := attest.Open(kind, payload, signatures)
	if err == nil && kind != attest.PayloadType && !strings.HasPrefix(kind, "application/vnd.in-toto.") {
		err = fmt.Errorf("the envelope holds %q, and not a statement of in-toto", kind)
	}
	var tree syntax.Tree
	if err == nil {
		tree, err = syntax.JSON(r.file, e.Payload)
		var at *fact.Error
		if errors.As(err, &at) {
			err = fmt.Errorf("the payload is no JSON: line %d: %s", at.Line, at.Msg)
		}
	}
	if err != nil {
		n.Key("payload").Mistake("%s", err)
		return node{From: r}
	}
	out.Signature.Signed = len(signatures) > 0
	for _, key := range e.VerifiedBy(r.opts.Keys) {
		out.Signature.Keys = append(out.Signature.Keys, key.ID)
	}
	out.Signature.Verified = len(out.Signature.Keys) > 0
	r.signed = true
	return node{From: r, Value: tree.Value}
}
