// Package systemd reads systemd units: unit files of all types with the drop-ins beside them, and
// drop-ins for units that the tree does not hold.
package systemd

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
)

// Options say what the tree is.
type Options struct {
	// Root is true where the tree is the root of a file system: units are loaded from the folders of the load
	// path, and none from elsewhere.
	Root bool
}

// New returns the collector.
func New(opts Options) fact.Collector {
	c := fact.Collector{Kind: "systemd", Example: "app.service", Facts: Unit{}, Match: match, Collect: collect}
	if opts.Root {
		s := &hierarchy{}
		c.Match = matchInRoot
		c.Collect = func(ctx context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
			if err := s.read(fsys); err != nil {
				return nil, err
			}
			return s.collect(ctx, fsys, file)
		}
	}
	return c
}

// match takes drop-ins by the name of their folder, and units by their extension and content: D-Bus,
// Avahi and others name files .service too.
func match(file string, head []byte) bool {
	ext := strings.TrimPrefix(path.Ext(file), ".")
	if ext == "conf" {
		folder, ok := strings.CutSuffix(path.Base(path.Dir(file)), ".d")
		return ok && slices.Contains(unitTypes, strings.TrimPrefix(path.Ext("."+folder), ".")) && path.Dir(file) != "."
	}
	return slices.Contains(unitTypes, ext) && unitText(head, ext)
}

// matchInRoot takes what lies in the load path by its name alone: nothing else than units lies there.
func matchInRoot(file string, head []byte) bool {
	if ext := strings.TrimPrefix(path.Ext(file), "."); ext == "conf" || slices.Contains(loadPath(), path.Dir(file)) && slices.Contains(unitTypes, ext) {
		return ext != "conf" || match(file, head)
	}
	return match(file, head)
}

// unitText tells whether the start of a file is that of a unit: a section that units have before any other, or for the
// types whose extension nothing else has in common use, assignments before any section. Lines before the first section do not
// matter otherwise: systemd passes over them.
func unitText(head []byte, ext string) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	assigns, plain := false, true
	for line := range bytes.FieldsFuncSeq(head, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' || line[0] == ';' {
			continue
		}
		if line[0] == '[' {
			name, _, _ := strings.Cut(string(line[1:]), "]")
			return sections()[name] != nil || strings.HasPrefix(name, "X-") || slices.ContainsFunc(unitTypes, func(t string) bool { return strings.EqualFold(t, name) }) ||
				strings.EqualFold(name, "unit") || strings.EqualFold(name, "install")
		}
		if line[0] == '{' || bytes.HasPrefix(line, []byte("<?")) || bytes.HasPrefix(line, []byte("<!")) {
			return false
		}
		assigns = assigns || bytes.ContainsRune(line, '=')
		plain = plain && bytes.ContainsRune(line, '=')
	}
	return assigns && plain && (ext == "service" || ext == "socket" || ext == "timer")
}

func collect(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	if path.Ext(file) != ".conf" {
		u := load(fsys, file)
		u.peers = beside(path.Dir(file))
		doc, err := document(u, fsys)
		return []fact.Document{doc}, err
	}
	if owned(fsys, file) || masks(fsys, file) {
		return nil, nil
	}
	u, name := (*unit)(nil), ""
	if template := templateBeside(fsys, file); template == "" {
		u = loadAlone(fsys, file)
	} else if u = loadInstance(fsys, template, file); u != nil {
		u.peers, name = beside(path.Dir(template)), u.name
	}
	if u == nil {
		return nil, nil
	}
	doc, err := document(u, fsys)
	doc.Name = name
	return []fact.Document{doc}, err
}

// collect reads what a file of a root comes to.
func (s *hierarchy) collect(ctx context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	m := s.of(file)
	if m == nil {
		return s.brought(fsys, file)
	}
	if path.Ext(file) == ".conf" {
		if m.owns(file) || masks(fsys, file) {
			return nil, nil
		}
		return collect(ctx, fsys, file)
	}
	name := path.Base(file)
	f := m.units[name]
	switch {
	case f.masked && f.below == file:
		u := &unit{path: file, name: name, kind: strings.TrimPrefix(path.Ext(name), "."), masked: true}
		doc, err := document(u, fsys)
		return []fact.Document{doc}, err
	case f.link == file && !standsIn(fsys, &f):
		return m.documents(fsys, f.file, name)
	case f.masked || f.alias != "" || f.link != "" || f.file != file:
		return nil, nil
	}
	return m.documents(fsys, file, name)
}

// standsIn tells whether the file that a link leads to is judged in the place of the link: a walk asks about it first, or
// about it alone, and its name or text says what it is.
func standsIn(fsys fs.FS, f *found) bool {
	if !f.absolute && f.file > f.link {
		return false
	}
	data, err := fs.ReadFile(fsys, f.file)
	return err == nil && match(f.file, data[:min(len(data), fact.HeadSize)])
}

// brought are the units for which links bring in a file from outside of the load path.
func (s *hierarchy) brought(fsys fs.FS, file string) ([]fact.Document, error) {
	var docs []fact.Document
	var errs []error
	for _, manager := range []string{"system", "user"} {
		m := s.managers[manager]
		for _, name := range m.linked[file] {
			if f := m.units[name]; !f.absolute && f.link < file {
				continue
			}
			more, err := m.documents(fsys, file, name)
			docs, errs = append(docs, more...), append(errs, err)
		}
	}
	return docs, errors.Join(errs...)
}

// documents are a unit, with its aliases and instances.
func (m *manager) documents(fsys fs.FS, file, name string) ([]fact.Document, error) {
	u := loadIn(fsys, file, name, instance(name), m.shelves, m.aliases[name], m.list)
	u.peers, u.locate = m.starters(name), m.locate
	doc, err := document(u, fsys)
	if path.Base(file) != name {
		doc.Name = name
	}
	docs, errs := []fact.Document{doc}, fact.Errors(err)
	for _, alias := range m.aliases[name] {
		docs = append(docs, aliasOf(&doc, alias))
	}
	for _, inst := range m.instances[name] {
		made := loadIn(fsys, file, inst, inst, m.shelves, nil, m.list)
		if slices.Equal(made.files, u.files) {
			docs = append(docs, aliasOf(&doc, inst))
			continue
		}
		made.peers, made.locate = m.starters(inst), m.locate
		doc, err := document(made, fsys)
		doc.Name = inst
		docs = append(docs, doc)
		for _, e := range fact.Errors(err) {
			if !slices.ContainsFunc(errs, func(said error) bool { return said.Error() == e.Error() }) {
				errs = append(errs, e)
			}
		}
	}
	return docs, errors.Join(errs...)
}

// aliasOf is the same unit under another name. Rules have nothing to say of it: they judge the unit itself.
func aliasOf(doc *fact.Document, alias string) fact.Document {
	unit := doc.Facts.(Unit)
	copied := *doc
	copied.Name = alias
	unit.AliasOf, unit.Name = unit.Name, alias
	unit.Service, unit.Exec, unit.Unknown, unit.Environment, unit.Listen = false, []Command{}, []Unknown{}, []secret.Env{}, []Listen{}
	unit.Ignored, unit.Exposure.Open, unit.Sockets, unit.ActivatedBy = []Ignored{}, map[string]Open{}, []Socket{}, []Activation{}
	unit.Ports, unit.SharedPaths, unit.Acts, unit.Conduct = []Port{}, []Shared{}, []Act{}, noConduct()
	copied.Facts = unit
	return copied
}

// document makes the facts of a unit.
func document(u *unit, fsys fs.FS) (fact.Document, error) {
	file := u.path
	b := builder{unit: u, fsys: fsys}
	facts := b.build()
	if !u.masked {
		u.verify(&facts)
	}
	doc := fact.Document{Kind: "systemd", Path: file, Facts: facts, Secrets: b.secrets, Files: append(slices.Clip(u.files), b.files...)}
	doc.Spans = (&locator{unit: u, fsys: fsys, scored: facts.Exposure.Overall != notApplicable}).find
	return doc, errors.Join(append(u.errs, b.errs...)...)
}
