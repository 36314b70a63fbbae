// Package compose reads compose files (https://github.com/compose-spec/compose-spec/blob/main/spec.md).
package compose

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"sallyport/internal/fact"
)

const kind = "compose"

// New returns the collector of compose files: compose.yaml, docker-compose.yml and their variants such as
// compose.prod.yaml. An override file is part of the document of the file that compose lays it over.
func New() fact.Collector {
	return fact.Collector{Kind: kind, Example: "compose.yaml", Facts: Facts{}, Match: match, Collect: collect}
}

var (
	names = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:docker-|podman-)?compose(?:[._-][A-Za-z0-9._-]+)?\.ya?ml$`)
	})
	likeNames = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^[a-z0-9._-]*compose[a-z0-9._-]*\.ya?ml$`) })
	services  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^["']?services["']?[ \t]*:`) })
)

func match(name string, head []byte) bool {
	base := path.Base(name)
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return names().MatchString(base) || likeNames().MatchString(base) && services().Match(head) || yamlName(base) && bytes.Contains(head, []byte("services")) && stack(head)
}

func yamlName(base string) bool {
	return (strings.HasSuffix(base, ".yml") || strings.HasSuffix(base, ".yaml")) && base[0] != '.'
}

// stack tells a compose file of another name, such as stack.yml or production.yml, by what it has: services at its top, the
// first of which has an image or a build, and nothing that pipelines and objects of Kubernetes have there.
func stack(head []byte) bool {
	inside, found := false, false
	outer, inner := -1, -1 // the indentation of services and of their fields
	for line := range bytes.Lines(head) {
		text := bytes.TrimLeft(line, " ")
		name, _, keyed := bytes.Cut(bytes.TrimRight(text, " \t\r\n"), []byte(":"))
		if depth := len(line) - len(text); len(name) == 0 || name[0] == '#' || bytes.HasPrefix(name, []byte("---")) {
			continue
		} else if depth == 0 {
			if foreign(string(bytes.Trim(name, `"'`))) {
				return false
			}
			inside = keyed && string(bytes.Trim(name, `"'`)) == "services"
		} else if inside && !found {
			switch {
			case !keyed || name[0] == '-' && outer < 0:
				return false
			case outer < 0 || depth <= outer:
				outer, inner = depth, -1
			case inner < 0:
				inner = depth
			}
			found = depth == inner && (string(name) == "image" || string(name) == "build")
		}
	}
	return found
}

// foreign are keys at the top of files that have services of another kind.
func foreign(key string) bool {
	switch key {
	case "apiVersion", "kind", "jobs", "stages", "steps", "pipeline", "pipelines", "workflow", "on", "openapi", "swagger", "provider", "parameters", "definitions", "api", "runtime":
		return true
	}
	return false
}

// bases are the files that compose looks for, the first one first, and overrides those that it lays over
// them (compose-spec, "Compose file").
var (
	bases     = []string{"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"}
	overrides = []string{"compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"}
)

func collect(ctx context.Context, fsys fs.FS, name string) ([]fact.Document, error) {
	l := newLoader(ctx, fsys, name)
	base := l.base(name)
	if base != "" && isOne(overrides, name) {
		return nil, nil
	}
	project := l.load(name)
	if project == nil {
		return nil, l.err()
	}
	docs := []fact.Document{l.document(name, project, base)}
	for _, file := range l.includes(project) {
		if !names().MatchString(path.Base(file)) {
			inner := newLoader(ctx, fsys, file)
			if p := inner.load(file); p != nil {
				docs = append(docs, inner.document(file, p, ""))
			}
			l.errs = append(l.errs, inner.errs...)
		}
	}
	return docs, l.err()
}

func isOne(list []string, name string) bool {
	for _, one := range list {
		if path.Base(name) == one {
			return true
		}
	}
	return false
}

// base is the file that a variant is laid over: the one of its own name without the middle, or the one
// that compose takes by itself; "" for a base, and where there is none.
func (l *loader) base(name string) string {
	if isOne(bases, name) {
		return ""
	}
	dir := path.Dir(name)
	stem, _, _ := strings.Cut(path.Base(name), ".")
	candidates := append([]string{stem + ".yaml", stem + ".yml"}, bases...)
	for _, c := range candidates {
		if file := path.Join(dir, c); file != name && isOne(bases, file) && l.exists(file) {
			return file
		}
	}
	return ""
}

func (l *loader) document(name string, project *node, base string) fact.Document {
	b := &builder{loader: l, main: name, vars: l.vars, overlay: !isOne(bases, name)}
	b.facts = Facts{Path: name, Partial: base != "", Files: []string{}, Includes: []string{}, Leaks: []Leak{}}
	under := map[string]bool{}
	if base != "" {
		// The mistakes of the other file are reported with that file.
		quiet := newLoader(l.ctx, l.fsys, base)
		for _, s := range quiet.parse(base).field("services").names() {
			under[s] = true
		}
	} else {
		project = l.overridden(name, project)
	}
	b.build(project, under)
	for _, file := range l.order {
		if file != name {
			b.facts.Files = append(b.facts.Files, file)
		}
	}
	return fact.Document{
		Kind: kind, Path: name, Facts: b.facts, Spans: b.locator(), Secrets: b.secrets, Files: b.facts.Files,
	}
}

// overridden lays the override file of the folder over a base.
func (l *loader) overridden(name string, project *node) *node {
	if !isOne(bases, name) {
		return project
	}
	for _, o := range overrides {
		file := path.Join(path.Dir(name), o)
		if !l.exists(file) || l.preferred(name) != name {
			continue
		}
		over := l.load(file)
		if over == nil {
			return project
		}
		both := merged(project, over, "")
		// What a service lacks is missing in the base.
		for service, n := range both.field("services").all() {
			if under := project.field("services").field(service); under != nil {
				n.from, n.path = under.from, under.path
			}
		}
		return both
	}
	return project
}

// preferred is the base that compose takes where a folder has several.
func (l *loader) preferred(name string) string {
	for _, b := range bases {
		if file := path.Join(path.Dir(name), b); l.exists(file) {
			return file
		}
	}
	return name
}
