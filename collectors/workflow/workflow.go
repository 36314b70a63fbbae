// Package workflow reads what continuous integration runs: GitHub Actions workflows and composite
// actions, and GitLab CI pipelines.
package workflow

import (
	"context"
	"errors"
	"io/fs"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Collector reads workflows of GitHub Actions, also as Gitea and Forgejo take them over, and GitLab CI.
var Collector = fact.Collector{
	Kind:    "workflow",
	Example: ".github/workflows/ci.yml",
	Facts:   Workflow{},
	Match:   func(path string, head []byte) bool { return formatOf(path, head) != "" },
	Collect: collect,
}

func collect(_ context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, path)
	if err != nil {
		return nil, err
	}
	format := formatOf(path, data[:min(len(data), fact.HeadSize)])
	if format == "" {
		return nil, nil
	}
	trees, err := syntax.YAML(path, data)
	tree, ok := mainDocument(format, trees)
	if !ok {
		return nil, err // a file of comments runs nothing
	}
	r := newReader(path, format, tree)
	switch format {
	case gitlab:
		r.gitlab()
	default:
		r.github()
	}
	doc := fact.Document{
		Kind: "workflow", Path: path, Facts: *r.facts, Secrets: r.raw,
		Spans: r.places.locator(tree.Spans, string(data)),
	}
	return []fact.Document{doc}, errors.Join(append([]error{err}, r.errs...)...)
}

// mainDocument is the document with the jobs. A GitLab file may begin with one that describes its inputs
// (https://docs.gitlab.com/ci/inputs/).
func mainDocument(format string, trees []syntax.Tree) (syntax.Tree, bool) {
	for _, tree := range trees {
		top, ok := tree.Value.(map[string]any)
		if !ok {
			return tree, true
		}
		if _, spec := top["spec"]; spec && len(top) == 1 && format == gitlab {
			continue
		}
		return tree, true
	}
	return syntax.Tree{}, false
}
