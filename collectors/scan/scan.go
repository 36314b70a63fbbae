// Package scan reads the reports of scanners and linters as one model: cargo-audit, cargo-deny, clippy, gitleaks,
// Grype, osv-scanner, semgrep, Trivy, trufflehog, and whatever else writes SARIF.
package scan

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strconv"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Kind is the kind of the documents.
const Kind = "scan"

// Options are what reports are held against.
type Options struct {
	// Commit, where set, returns the commit that is checked out; "" where there is none.
	Commit func() string
	// Changed, where set, names the files other than evidence that differ between a commit and the one that is checked out; ok
	// is false where that cannot be told.
	Changed func(commit string) (paths []string, ok bool)
}

// New returns the collector. Reports are told by their content, because no convention names the files.
func New(opts Options) fact.Collector {
	return fact.Collector{
		Kind:     Kind,
		Example:  "audit.json",
		Facts:    Report{},
		Evidence: true,
		Match:    func(path string, head []byte) bool { return formatOf(path, head) != nil },
		Collect: func(_ context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
			return collect(fsys, path, opts)
		},
	}
}

// A format reads one scanner's report and says which part of the file each fact comes from.
type format struct {
	read func(n node, r *Report, at *origins)
	// lines is true where each line is a value.
	lines bool
	// parts, where set, are the nodes of the documents that the file holds.
	parts func(n node) []node
}

func collect(fsys fs.FS, path string, opts Options) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, path)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, &fact.Error{File: path, Line: 1, Msg: "an empty report", Hint: "scan again: a scanner that ends early may leave such a file; remove it if nothing was to be scanned"}
	}
	f := formatOf(path, data[:min(len(data), fact.HeadSize)])
	if f == nil {
		return nil, &fact.Error{File: path, Msg: "not the report of a scanner that is known", Hint: "write it as JSON or SARIF 2.1.0"}
	}
	parse := syntax.JSON
	if f.lines {
		parse = syntax.JSONLines
	}
	tree, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	from := &reading{file: path, tree: tree, files: &files{fsys: fsys, report: path}}
	if opts.Commit != nil {
		from.current = opts.Commit()
	}
	from.changed = opts.Changed
	root := node{From: from, Value: tree.Value}
	parts := []node{root}
	if f.parts != nil {
		parts = f.parts(root)
	}
	var docs []fact.Document
	for i, part := range parts {
		from.useless = false
		doc := document(f, part)
		if from.useless {
			continue
		}
		if i > 0 {
			doc.Name = "run " + strconv.Itoa(i+1)
		}
		docs = append(docs, doc)
	}
	for i := range docs {
		docs[i].Secrets = from.secrets
	}
	return docs, errors.Join(from.errs...)
}

func document(f *format, n node) fact.Document {
	path := n.From.file
	report := &Report{
		Path: path, Results: []Result{}, Failures: []Failure{}, Concern: "vulnerabilities",
		Subject:  Subject{Digests: []string{}, Targets: []Target{}, Changed: []string{}, Counted: true},
		Settings: Settings{Ignored: []Ignore{}, Narrowed: []Narrowing{}},
	}
	at := &origins{from: n.Path}
	n.From.files.bases = make(map[int]string)
	report.Subject.Current = n.From.current
	f.read(n, report, at)
	n.From.files.settle(report)
	n.From.files.lists(report, at)
	report.compare(n.From.changed)
	return fact.Document{
		Kind: Kind, Path: path, Facts: *report,
		Spans: at.locator(n.From.tree.Spans, report),
	}
}
