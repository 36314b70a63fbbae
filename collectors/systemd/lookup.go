package systemd

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// lookupFolders are where the manager looks for units, the first one wins: systemd.unit(5), "Unit File Load
// Path". The names end in "system" or "user". The folders of generators and of transient units are not among them: they
// belong to a manager that runs, and without one systemd does not look there either.
var lookupFolders = strings.Fields(`etc/systemd/%.control run/systemd/%.control etc/systemd/% etc/systemd/%.attached run/systemd/%
	run/systemd/%.attached usr/local/lib/systemd/% usr/lib/systemd/% lib/systemd/%`)

func lookupPath(manager string) []string {
	var all []string
	for _, folder := range lookupFolders {
		all = append(all, strings.ReplaceAll(folder, "%", manager))
	}
	return all
}

// loadPath are the folders of both managers.
var loadPath = sync.OnceValue(func() []string { return append(lookupPath("system"), lookupPath("user")...) })

// LoadPath returns the folders of a root where all its units and drop-ins are, save for those that links bring in from
// elsewhere: systemd.unit(5), "Unit File Load Path".
func LoadPath() []string { return slices.Clone(loadPath()) }

// A hierarchy is the root of a file system with the units in it.
type hierarchy struct {
	once sync.Once
	// managers are the units of each manager, "system" and "user".
	managers map[string]*manager
	err      error
}

type manager struct {
	// folders are those where units are looked for, and shelves those of them that hold folders of drop-ins.
	folders, shelves []string
	units            map[string]found
	aliases          map[string][]string
	// linked are the units outside of the load path that links bring in, by file.
	linked map[string][]string
	// instances are those of a template that somebody made: a link to it, or a folder of drop-ins.
	instances map[string][]string
	// confs are the folders of drop-ins that there are, and changed the names of the folders that change a unit.
	confs   map[string]func() ([]conf, error)
	changed func() map[string]bool
	// starts are the sockets, timers and paths by the unit that they start.
	once   sync.Once
	starts map[string][]string
}

// found is where a name leads: to a file, or to nothing for a masked unit. A link to a unit of another name is
// an alias of it.
type found struct {
	file, alias string
	masked      bool
	// below is the first file of the name that a mask hides; "" for none.
	below string
	// link is the link to a file outside of the load path, as systemctl link makes it; "" for others.
	link string
	// absolute is true where a link names its target from the root on: a walk does not follow those.
	absolute bool
}

func (s *hierarchy) read(fsys fs.FS) error {
	s.once.Do(func() {
		s.managers = map[string]*manager{}
		for _, name := range []string{"system", "user"} {
			m := &manager{
				folders: lookupPath(name), units: map[string]found{}, aliases: map[string][]string{}, linked: map[string][]string{},
				instances: map[string][]string{}, confs: map[string]func() ([]conf, error){},
			}
			m.changed = sync.OnceValue(m.changing)
			s.managers[name] = m
			s.err = errors.Join(s.err, m.read(fsys))
		}
	})
	return s.err
}

func (m *manager) read(fsys fs.FS) error {
	var errs []error
	for _, folder := range m.folders {
		entries, err := fs.ReadDir(fsys, folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
		for _, e := range entries {
			name := e.Name()
			if at := folder + "/" + name; strings.HasSuffix(name, ".d") && !e.Type().IsRegular() {
				list := listConfs
				if e.IsDir() {
					list = listFolder
				}
				m.confs[at] = sync.OnceValues(func() ([]conf, error) { return list(fsys, at) })
				if len(m.shelves) == 0 || m.shelves[len(m.shelves)-1] != folder {
					m.shelves = append(m.shelves, folder)
				}
			}
			if f, seen := m.units[name]; seen && f.masked && f.below == "" && e.Type().IsRegular() {
				f.below = folder + "/" + name
				m.units[name] = f
			}
			if _, seen := m.units[name]; seen || e.IsDir() || !slices.Contains(unitTypes, strings.TrimPrefix(path.Ext(name), ".")) {
				continue
			}
			m.units[name] = found{file: folder + "/" + name}
			if e.Type()&fs.ModeSymlink != 0 {
				m.units[name] = m.find(fsys, folder+"/"+name)
			}
		}
	}
	m.readInstances()
	for name, f := range m.units {
		switch {
		case f.alias != "":
			m.aliases[f.alias] = append(m.aliases[f.alias], name)
		case f.link != "":
			m.linked[f.file] = append(m.linked[f.file], name)
		}
	}
	for _, names := range m.linked {
		slices.Sort(names)
	}
	for _, names := range m.aliases {
		slices.Sort(names)
	}
	return errors.Join(errs...)
}

// readInstances finds the instances of templates: a link from an instance to its template is no alias of it.
func (m *manager) readInstances() {
	names := map[string]bool{}
	for at := range m.confs {
		names[strings.TrimSuffix(path.Base(at), ".d")] = true
	}
	for name, f := range m.units {
		if f.alias != "" && f.alias == templateOf(name) {
			names[name] = true
			delete(m.units, name)
		}
	}
	for name := range names {
		template := templateOf(name)
		if _, own := m.units[name]; template == "" || own {
			continue
		}
		if f, ok := m.units[template]; ok && !f.masked && f.alias == "" {
			m.instances[template] = append(m.instances[template], name)
		}
	}
	for _, list := range m.instances {
		slices.Sort(list)
	}
}

// find follows a link inside the root. Links within the load path give a unit another name; one that leads out of it
// brings the file in.
func (m *manager) find(fsys fs.FS, file string) found {
	f := found{file: file}
	within := true
	for range 16 {
		target, err := fs.ReadLink(fsys, f.file)
		if err != nil {
			break
		}
		if target == "/dev/null" {
			return found{file: file, masked: true}
		}
		if path.IsAbs(target) {
			f.file, f.absolute = strings.TrimPrefix(path.Clean(target), "/"), true
		} else {
			f.file = path.Join(path.Dir(f.file), target)
		}
		within = within && slices.Contains(m.folders, path.Dir(f.file))
		if within && path.Base(f.file) != path.Base(file) {
			f.alias = path.Base(f.file)
		}
	}
	if !within && f.alias == "" {
		f.link = file
	}
	return f
}

// of returns the manager that a file's folder belongs to; nil for a file outside of the load path.
func (s *hierarchy) of(file string) *manager {
	for _, m := range s.managers {
		if slices.Contains(m.folders, path.Dir(file)) || slices.Contains(m.folders, path.Dir(path.Dir(file))) && strings.HasSuffix(path.Dir(file), ".d") {
			return m
		}
	}
	return nil
}

// list are the drop-ins of a folder of the load path.
func (m *manager) list(folder string) ([]conf, error) {
	if read := m.confs[folder]; read != nil {
		return read()
	}
	return nil, nil
}

// owns tells whether the folder of a drop-in changes a unit that is there.
func (m *manager) owns(file string) bool { return m.changed()[path.Base(path.Dir(file))] }

// changing are the names of the folders whose drop-ins change a unit.
func (m *manager) changing() map[string]bool {
	all := map[string]bool{}
	for name := range m.units {
		for _, folder := range dropinFolders(instance(name), strings.TrimPrefix(path.Ext(name), ".")) {
			all[folder] = true
		}
	}
	for _, names := range m.instances {
		for _, name := range names {
			all[name+".d"] = true
		}
	}
	return all
}

// instance is the name under which a template is loaded when nobody names an instance.
func instance(name string) string {
	kind := path.Ext(name)
	if stem := strings.TrimSuffix(name, kind); strings.HasSuffix(stem, "@") {
		return stem + "i" + kind
	}
	return name
}
