package systemd

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// unitTypes are the types of units, without those that have no files.
var unitTypes = []string{"service", "socket", "timer", "path", "mount", "automount", "swap", "target", "slice", "scope"}

// A unit is a unit file with its drop-ins, merged.
type unit struct {
	path string
	// name is the name of the unit and kind its type; for a drop-in alone, those of the unit it is for.
	name, kind string
	entries    []*entry
	headers    headers
	// files are the drop-ins that count, in the order in which they are read.
	files   []string
	partial bool
	masked  bool
	errs    []error
	index   *index
	// base is the unit that this one is like, but for what view makes of its assignments.
	base *unit
	view func(section, key string, entries []*entry) []*entry
	// peers are the files that may hold units that start this one.
	peers func(fs.FS) []string
	// locate finds a unit of the same root; nil where there is none.
	locate func(name string) string
}

// all are the assignments of a setting, also by its older names, in the order in which systemd reads them.
func (u *unit) all(section, key string) []*entry {
	if u.base != nil {
		return u.view(section, key, u.base.all(section, key))
	}
	return u.indexed().of(section, key)
}

func (u *unit) indexed() *index {
	if u.index == nil {
		u.index = newIndex(u.entries)
	}
	return u.index
}

// canonical is today's name of a setting.
func canonical(key string) string {
	switch key {
	case "ReadWriteDirectories":
		return "ReadWritePaths"
	case "ReadOnlyDirectories":
		return "ReadOnlyPaths"
	case "InaccessibleDirectories":
		return "InaccessiblePaths"
	}
	return key
}

// userManager tells whether the unit is one of a user's manager, by its folder.
func (u *unit) userManager() bool {
	return strings.Contains("/"+path.Dir(u.path)+"/", "/systemd/user/")
}

// header is the place of a section, or of the first line where it is missing.
func (u *unit) header(section string) fact.Span {
	if h := u.headers.find(section); h != nil {
		return h.at
	}
	if len(u.headers.list) > 0 {
		return u.headers.list[0].at
	}
	return fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

func (u *unit) merge(s *source, errs []error) {
	u.errs = append(u.errs, errs...)
	if u.entries == nil {
		u.entries = s.entries
	} else {
		u.entries = append(u.entries, s.entries...)
	}
	for _, h := range s.headers.list {
		u.headers.add(h.name, h.at)
	}
}

// load reads a unit file and the drop-ins in the folders beside it.
func load(fsys fs.FS, file string) *unit {
	list := func(folder string) ([]conf, error) { return listConfs(fsys, folder) }
	return loadIn(fsys, file, path.Base(file), path.Base(file), []string{path.Dir(file)}, nil, list)
}

// loadIn reads a unit file under a name, and the drop-ins for a name, which may be that of an instance, and its aliases in
// folders of units; list reads a folder of drop-ins.
func loadIn(fsys fs.FS, file, as, name string, folders, aliases []string, list func(string) ([]conf, error)) *unit {
	u := &unit{path: file, name: as}
	u.kind = strings.TrimPrefix(path.Ext(u.name), ".")
	main, errs := parse(fsys, file, "")
	u.merge(main, errs)
	if main.empty && len(errs) == 0 {
		u.masked = true
		return u
	}
	for _, dropin := range dropins(list, dropinPath(folders, append([]string{name}, aliases...), u.kind), &u.errs) {
		s, errs := parse(fsys, dropin, dropin)
		if s.empty {
			continue
		}
		u.merge(s, append(errs, u.cut(s)...))
		u.files = append(u.files, dropin)
	}
	return u
}

// cut ends a drop-in where systemd gives up on it: the unit stays as it was, and the rest counts for nothing.
func (u *unit) cut(s *source) []error {
	for i, e := range s.entries {
		m := u.fatal(e)
		if m == nil {
			continue
		}
		s.entries = s.entries[:i]
		if m.kept > 0 {
			part := *e
			part.value = strings.TrimRight(e.value[:m.kept], blanks)
			part.apart, part.commands = false, nil
			s.entries = append(s.entries, &part)
		}
		return []error{&fact.Error{
			File: e.file, Line: int(e.line), Column: int(e.column), Hint: m.hint,
			Msg: e.key + "=: " + m.why + "; systemd ignores it and the rest of the drop-in",
		}}
	}
	return nil
}

// templateBeside is the template that a folder of drop-ins is for an instance of; "" where there is none beside it.
func templateBeside(fsys fs.FS, file string) string {
	folder := path.Dir(file)
	template := path.Join(path.Dir(folder), templateOf(strings.TrimSuffix(path.Base(folder), ".d")))
	if info, err := fs.Stat(fsys, template); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return template
}

// loadInstance reads a template as the instance that a folder of drop-ins is for; nil if file is not the first that counts
// of its folder.
func loadInstance(fsys fs.FS, template, file string) *unit {
	list := func(folder string) ([]conf, error) { return listConfs(fsys, folder) }
	name := strings.TrimSuffix(path.Base(path.Dir(file)), ".d")
	u := loadIn(fsys, template, name, name, []string{path.Dir(template)}, nil, list)
	own := slices.IndexFunc(u.files, func(f string) bool { return path.Dir(f) == path.Dir(file) })
	if own < 0 || u.files[own] != file {
		return nil
	}
	return u
}

// templateOf is the template of an instance: "w@.service" of "w@1.service"; "" for what is no instance.
func templateOf(name string) string {
	prefix, inst, ok := strings.Cut(strings.TrimSuffix(name, path.Ext(name)), "@")
	if !ok || inst == "" {
		return ""
	}
	return prefix + "@" + path.Ext(name)
}

// loadAlone reads the drop-ins of a unit that is not in the tree. It is nil where file is not the first
// of its folder: the folder is one document.
func loadAlone(fsys fs.FS, file string) *unit {
	dir := path.Dir(file)
	u := &unit{path: file, name: strings.TrimSuffix(path.Base(dir), ".d"), partial: true}
	u.kind = strings.TrimPrefix(path.Ext("."+u.name), ".")
	names, err := confs(fsys, dir)
	if err != nil {
		u.errs = append(u.errs, err)
		names = []string{path.Base(file)}
	}
	for i, name := range names {
		if i == 0 && name != path.Base(file) {
			return nil
		}
		dropin := path.Join(dir, name)
		in := dropin
		if i == 0 {
			in = "" // the document's own file
		} else {
			u.files = append(u.files, dropin)
		}
		s, errs := parse(fsys, dropin, in)
		u.merge(s, errs)
	}
	if len(names) == 0 {
		return nil
	}
	return u
}
