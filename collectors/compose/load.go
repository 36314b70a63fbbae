package compose

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// A loader reads a compose file with everything that it extends.
type loader struct {
	ctx    context.Context
	fsys   fs.FS
	vars   variables
	parsed map[string]*node
	order  []string
	errs   []error
}

func newLoader(ctx context.Context, fsys fs.FS, name string) *loader {
	l := &loader{ctx: ctx, fsys: fsys, parsed: map[string]*node{}}
	// A .env file that cannot be read leaves its variables unknown; the collector of env files says why.
	file := path.Join(path.Dir(name), ".env")
	text, _ := syntax.Read(fsys, file)
	l.vars = dotenv(file, text)
	return l
}

func (l *loader) err() error { return errors.Join(l.errs...) }

func (l *loader) exists(name string) bool {
	info, err := fs.Stat(l.fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// committed tells whether a file is in the tree, and not kept out of the repository by git.
func (l *loader) committed(name string) bool { return l.exists(name) && !fact.Ignored(l.ctx, name) }

// parse reads a file as one mapping; nil where it is none. Documents of one file are laid over each other.
func (l *loader) parse(name string) *node {
	if n, ok := l.parsed[name]; ok {
		return n
	}
	l.parsed[name] = nil
	text, err := syntax.Read(l.fsys, name)
	if err != nil {
		l.errs = append(l.errs, err)
		return nil
	}
	trees, err := syntax.YAML(name, text)
	l.errs = append(l.errs, err)
	var all *node
	marked := tags(text)
	for i, tree := range trees {
		from := &source{file: name, tree: tree}
		if len(marked) == len(trees) {
			from.tags = marked[i]
		}
		n := annotate(from, tree.Value, nil)
		if n.kind != mapping {
			l.errs = append(l.errs, n.mistake("write services: with one mapping for each service", "the file is no mapping"))
			continue
		}
		services := n.fields["services"]
		if services != nil && services.kind != mapping && (services.kind == list || services.scalar != nil) {
			l.errs = append(l.errs, services.mistake("write a mapping of service names", "services is no mapping"))
			services = nil
		}
		if services == nil && old(n) {
			l.errs = append(l.errs, n.mistake("put the services under a top-level services:", "the format of compose 1, which has no services:"))
			continue
		}
		all = merged(all, l.canonical(n, services), "")
	}
	if all == nil && len(trees) == 0 && err == nil {
		all = annotate(&source{file: name, tree: syntax.Tree{Spans: func(fact.Path) (fact.Span, bool) { return fact.Span{}, false }}}, map[string]any{}, nil)
	}
	l.parsed[name] = all
	l.order = append(l.order, name)
	return all
}

// old tells whether a file without services has them at the top, as the first version of compose did.
func old(file *node) bool {
	for _, n := range file.fields {
		if n.kind == mapping && (n.fields["image"] != nil || n.fields["build"] != nil) {
			return true
		}
	}
	return false
}

func (l *loader) canonical(file, services *node) *node {
	c := like(file, mapping)
	for key, n := range file.fields {
		if key != "services" {
			c.fields[key] = n
		}
	}
	if services == nil || services.kind != mapping {
		return c
	}
	all := like(services, mapping)
	for _, name := range services.names() {
		n := services.fields[name]
		switch {
		case n.kind == mapping:
			all.fields[name] = canonical(n)
		case n.kind == scalar && n.scalar == nil:
			all.fields[name] = like(n, mapping)
		default:
			l.errs = append(l.errs, n.mistake("write a mapping with image or build", "service %q is no mapping", name))
		}
	}
	c.fields["services"] = all
	return c
}

// load reads a file and resolves the extends of its services.
func (l *loader) load(name string) *node {
	file := l.parse(name)
	if file == nil {
		return nil
	}
	loaded := like(file, mapping)
	for key, n := range file.fields {
		loaded.fields[key] = n
	}
	if services := file.field("services"); services != nil {
		all := like(services, mapping)
		for _, service := range services.names() {
			all.fields[service] = l.extended(name, service, nil)
		}
		loaded.fields["services"] = all
	}
	return loaded
}

// maxExtends bounds a chain of services that extend one another.
const maxExtends = 32

// extended is a service laid over the one that it extends. chain holds the services that led here.
func (l *loader) extended(file, name string, chain []string) *node {
	service := l.parse(file).field("services").field(name)
	extends := service.field("extends")
	if extends == nil {
		return service
	}
	from, target := extends.field("file"), extends.field("service")
	other := file
	if from != nil {
		text, known := l.vars.expand(from.text())
		if !known || remote(text) || path.IsAbs(text) || !fs.ValidPath(path.Join(path.Dir(file), text)) {
			l.errs = append(l.errs, from.mistake("keep the file in the repository and name it by a relative path",
				"service %q extends a file that is not known here: %q", name, from.text()))
			return service
		}
		other = path.Join(path.Dir(file), text)
	}
	chain = append(slices.Clip(chain), file+":"+name)
	if len(chain) > maxExtends {
		l.errs = append(l.errs, extends.mistake("shorten the chain", "a chain of more than %d services that extend one another", maxExtends))
		return service
	}
	if slices.Contains(chain, other+":"+target.text()) {
		l.errs = append(l.errs, extends.mistake("remove one of these extends",
			"service %q extends itself: %s", name, strings.Join(append(chain, other+":"+target.text()), ", ")))
		return service
	}
	if from != nil && !l.exists(other) {
		l.errs = append(l.errs, from.mistake("correct the path", "service %q extends %s, which is not there", name, other))
		return service
	}
	under := l.parse(other)
	if under.field("services").field(target.text()) == nil {
		if under != nil {
			l.errs = append(l.errs, extends.mistake("correct the name of the service",
				"service %q extends service %q, which %s does not have", name, target.text(), other))
		}
		return service
	}
	return merged(l.extended(other, target.text(), chain), service, "")
}

// includes are the files of include that are in this tree.
func (l *loader) includes(project *node) []string {
	var files []string
	for _, n := range project.field("include").each() {
		paths := []*node{n}
		if n.kind == mapping {
			paths = n.field("path").each()
		}
		for _, p := range paths {
			text, known := l.vars.expand(p.text())
			file := path.Join(path.Dir(p.from.file), text)
			if !known || remote(text) || path.IsAbs(text) || !fs.ValidPath(file) {
				continue
			}
			if !l.exists(file) {
				l.errs = append(l.errs, p.mistake("correct the path", "the included file %s is not there", file))
				continue
			}
			files = append(files, file)
		}
	}
	return files
}

// remote tells whether a context or an included file is no path.
func remote(text string) bool {
	return strings.Contains(text, "://") || strings.HasPrefix(text, "git@") || strings.HasPrefix(text, "github.com/")
}
