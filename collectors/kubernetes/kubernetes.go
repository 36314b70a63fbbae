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

func match(name string, head []byte) bool {
	long := len(head) >= fact.HeadSize
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	switch path.Ext(name) {
	case ".yaml", ".yml":
		if chartFolder(name) && bytes.Contains(head, []byte("{{")) {
			return true
		}
		// A long comment or a long object can push the keys out of the head: then the whole file tells.
		s := signsOf(head)
		return s.version && s.kind || s.half() || long && (s.part || !s.other)
	case ".json":
		s := signsOf(head)
		return s.version && s.kind || long && (s.version || s.kind)
	}
	return false
}

// signs are what the keys at the start of lines say about a text.
type signs struct {
	version, kind bool // the two keys that every object has
	part          bool // one of the keys that objects often have
	other         bool // anything else
	named, body   bool // metadata; spec, data or stringData
	known         bool // the version or the kind is one of Kubernetes' own
}

// half is true of an object that lacks one of the keys without which it is none.
func (s signs) half() bool { return s.version != s.kind && s.known && s.named && s.body }

func signsOf(text []byte) signs {
	var s signs
	for rest := text; len(rest) > 0; {
		line := rest
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line = rest[:i]
		}
		switch rest[0] {
		case ' ', '\t', '#', '%', '\r', '\n':
		case '{', '[':
			// JSON, or YAML of that form: keys stand anywhere.
			s.version = s.version || bytes.Contains(rest, []byte("apiVersion"))
			s.kind = s.kind || bytes.Contains(rest, []byte("kind"))
			s.part, s.other = s.part || s.version || s.kind, true
			return s
		case '-':
			if inner, ok := bytes.CutPrefix(line, []byte("---")); ok {
				if i := bytes.IndexByte(inner, '{'); i >= 0 {
					rest = rest[3+i:]
					continue
				}
			} else {
				s.other = true
			}
		default:
			s.key(line)
		}
		rest = rest[min(len(line)+1, len(rest)):]
	}
	return s
}

func (s *signs) key(line []byte) {
	key, value, _ := bytes.Cut(line, []byte(":"))
	switch string(bytes.Trim(key, "\"' \t")) {
	case "apiVersion":
		s.version, s.part = true, true
		s.known = s.known || ownVersion.MatchString(word(value))
	case "kind":
		s.kind, s.part = true, true
		s.known = s.known || workloads[word(value)] != nil
	case "metadata":
		s.part, s.named = true, true
	case "spec", "data", "stringData":
		s.part, s.body = true, true
	case "items":
		s.part = true
	}
	s.other = true
}

// ownVersion is a version of an API that Kubernetes itself serves.
var ownVersion = regexp.MustCompile(`^(v1|(apps|batch|autoscaling|policy|[a-z.]+\.k8s\.io)/v\d\w*)$`)

// word is a scalar without quotes and comment.
func word(value []byte) string {
	value, _, _ = bytes.Cut(value, []byte(" #"))
	return string(bytes.Trim(value, "\"' \t\r"))
}

func collect(_ context.Context, fsys fs.FS, name string) ([]fact.Document, error) {
	text, err := syntax.Read(fsys, name)
	if err != nil {
		return nil, err
	}
	if chartFolder(name) && bytes.Contains(text, []byte("{{")) && inChart(fsys, name) {
		return []fact.Document{template(name)}, nil
	}
	if s := signsOf(fact.Breaks(text)); (!s.version || !s.kind) && !s.half() {
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
	if err == nil && !patch {
		errs = append(errs, incomplete(name, trees)...)
	}
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
	version, class := identify(v)
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
	if !named && !specified && class != "Secret" && class != "ConfigMap" && (class != "Config" || o["clusters"] == nil && o["users"] == nil) {
		return nil
	}
	return []part{{o, at}}
}

// FromObject makes the document of an object that is in memory, as it is about to be admitted: decoded
// JSON, its numbers int64 or float64. It has no places. vouched says that a controller of the cluster has made it for the owner that
// it names. An error names what has a type that the API server refuses.
func FromObject(path string, object map[string]any, vouched bool) (fact.Document, error) {
	f := empty(path)
	f.Live, f.Vouched = true, vouched
	return build(f, part{object: object}, nil)
}

func document(name string, p part, patch bool, spans fact.Locator) (fact.Document, error) {
	f := empty(name)
	f.Patch = patch
	return build(f, p, spans)
}

func build(f *Facts, p part, spans fact.Locator) (fact.Document, error) {
	b, name, patch := builder{facts: f}, f.Path, f.Patch
	b.build(p.object)
	doc := fact.Document{
		Kind: kind, Path: name, Name: identity(b.facts), Facts: *b.facts, Secrets: b.secrets,
	}
	doc.Object = fact.Object{
		Namespace: b.facts.Namespace, Kind: b.facts.Kind, Name: b.facts.Name, Labels: b.facts.Labels, Key: key(p.object),
	}
	if patch {
		doc.Object.Labels = nil // the rest stands elsewhere
	}
	doc.Fields = func(p fact.Path) []string { return fields(b.facts, p) }
	for i := range b.facts.Pods {
		doc.Anchors = append(doc.Anchors, fact.Path{"pods", i})
	}
	if b.facts.Workload.Replicas.Set {
		doc.Anchors = append(doc.Anchors, fact.Path{"workload", "replicas"})
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
		Pods: []Pod{}, Containers: []Container{}, Entries: []Entry{}, Workload: noWorkload, References: []Reference{},
		Roles: []Role{}, Bindings: []Binding{}, Services: []Service{}, Ingresses: []Ingress{}, Gateways: []Gateway{},
		NetworkPolicies: []NetworkPolicy{}, Webhooks: []Webhook{}, Budgets: []Budget{}, Autoscalers: []Autoscaler{}, Clusters: []Cluster{},
	}
}
