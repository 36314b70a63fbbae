// Package kubernetes reads Kubernetes objects, from files and from memory.
package kubernetes

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

const kind = "kubernetes"

// New returns the collector of the objects in YAML and JSON files: one document for each object, and for
// each item of a List. A file is told by its content: top-level keys apiVersion and kind
// (https://kubernetes.io/docs/concepts/overview/working-with-objects/).
func New() fact.Collector {
	return fact.Collector{Kind: kind, Example: "deployment.yaml", Facts: Facts{}, Match: match, Collect: collect}
}

// Keys of an object, written as YAML at the start of a line, as YAML in one line, or as JSON.
var (
	versionKey = regexp.MustCompile(`(?m)^(?:- |\{ *)?["']?apiVersion["']?[ \t]*:|"apiVersion"[ \t\r\n]*:`)
	objectKey  = regexp.MustCompile(`(?m)^(?:- |\{ *)?["']?(?:apiVersion|kind|metadata|spec|data|stringData|items)["']?[ \t]*:`)
	anyKey     = regexp.MustCompile(`(?m)^[^\s#%-]|^-[^-]`)
	kindKey    = regexp.MustCompile(`(?m)^(?:  |- )?["']?kind["']?[ \t]*:|[{,][ \t]*kind: |"kind"[ \t\r\n]*:`)
)

func match(name string, head []byte) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml":
		if chartFolder(name) && bytes.Contains(head, []byte("{{")) {
			return true
		}
		// A long comment or a long object can push the keys out of the head: then the whole file tells.
		return looksLike(head) || len(head) >= fact.HeadSize && (objectKey.Match(head) || !anyKey.Match(head))
	case ".json":
		return looksLike(head) || len(head) >= fact.HeadSize && (versionKey.Match(head) || kindKey.Match(head))
	}
	return false
}

func looksLike(text []byte) bool {
	return bytes.Contains(text, []byte("apiVersion")) && versionKey.Match(text) && kindKey.Match(text)
}

func collect(_ context.Context, fsys fs.FS, name string) ([]fact.Document, error) {
	text, err := syntax.Read(fsys, name)
	if err != nil {
		return nil, err
	}
	if inChart(fsys, name) && bytes.Contains(text, []byte("{{")) {
		return []fact.Document{template(name)}, nil
	}
	if !looksLike(text) {
		return nil, nil
	}
	trees, err := parse(name, text)
	var docs []fact.Document
	var errs []error
	if err != nil {
		if bytes.Contains(text, []byte("{{")) || bytes.Contains(text, []byte("{%")) {
			docs = append(docs, template(name))
		} else {
			errs = append(errs, err)
		}
	}
	patch := patched(fsys, name)
	for _, tree := range trees {
		for _, part := range objects(tree.Value, nil) {
			doc, err := document(name, part, patch, tree.Spans)
			docs = append(docs, doc)
			errs = append(errs, err)
		}
	}
	return docs, errors.Join(errs...)
}

func parse(name string, text []byte) ([]syntax.Tree, error) {
	if path.Ext(name) != ".json" {
		return syntax.YAML11(name, text)
	}
	tree, err := syntax.JSON(name, text)
	if err != nil {
		return nil, err
	}
	return []syntax.Tree{tree}, nil
}

// A part is an object and where it stands in its tree.
type part struct {
	object map[string]any
	path   []any
}

// objects are the Kubernetes objects of a value: itself, or the items of a List.
func objects(v any, at []any) []part {
	o, _ := v.(map[string]any)
	version, _ := o["apiVersion"].(string)
	class, _ := o["kind"].(string)
	if version == "" || class == "" || strings.HasPrefix(version, "kustomize.config.k8s.io/") {
		return nil
	}
	items, list := o["items"].([]any)
	if list && strings.HasSuffix(class, "List") && len(at) < 8 {
		var parts []part
		for i, item := range items {
			parts = append(parts, objects(item, append(slices.Clip(at), "items", i))...)
		}
		return parts
	}
	_, named := o["metadata"].(map[string]any)
	_, specified := o["spec"].(map[string]any)
	if !named && !specified && class != "Secret" && class != "ConfigMap" {
		return nil
	}
	return []part{{o, at}}
}

// FromObject makes the document of an object that is in memory, as it is about to be admitted: decoded
// JSON, its numbers int64 or float64. It has no places. An error names what has a type that the API
// server refuses.
func FromObject(path string, object map[string]any) (fact.Document, error) {
	return document(path, part{object: object}, false, nil)
}

func document(name string, p part, patch bool, spans fact.Locator) (fact.Document, error) {
	b := builder{facts: empty(name)}
	b.facts.Patch = patch
	b.build(p.object)
	doc := fact.Document{
		Kind: kind, Path: name, Name: identity(b.facts), Facts: *b.facts, Secrets: b.secrets,
	}
	if spans != nil {
		doc.Spans = locator(b.facts, p.path, spans)
	}
	var errs []error
	for _, m := range b.mistakes {
		e := &fact.Error{File: name, Msg: m.msg, Hint: "write it as the Kubernetes API reference has it"}
		if spans != nil {
			place := doc.Locate(m.at)
			e.Line, e.Column = place.Line, place.Column
		}
		errs = append(errs, e)
	}
	return doc, errors.Join(errs...)
}

func identity(f *Facts) string {
	if f.Namespace == "" {
		return f.Kind + "/" + f.Name
	}
	return f.Kind + "/" + f.Namespace + "/" + f.Name
}

func empty(name string) *Facts {
	return &Facts{
		Path: name, Labels: map[string]string{}, Annotations: map[string]string{}, Object: map[string]any{},
		Pods: []Pod{}, Containers: []Container{}, Entries: []Entry{},
	}
}
