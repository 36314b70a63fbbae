package systemd

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

// Socket is a socket unit that activates a service, systemd.socket(5).
type Socket struct {
	// Name is the name of the unit, File its path.
	Name string `json:"name"`
	File string `json:"file"`
	// Accept is true where each connection gets an instance of its own.
	Accept bool `json:"accept"`
	// Mode, WorldWritable, User, Group and BindToDevice are those of the socket unit.
	Mode          string `json:"mode"`
	WorldWritable bool   `json:"world_writable"`
	User          string `json:"user"`
	Group         string `json:"group"`
	BindToDevice  string `json:"bind_to_device"`
	// Listen are its addresses.
	Listen []Listen `json:"listen"`
}

// Started is the unit that a socket, timer or path starts.
type Started struct {
	// Name is the name of the unit; "" for units that start none.
	Name string `json:"name"`
	// Found is true where the tree holds the unit, at File.
	Found bool   `json:"found"`
	File  string `json:"file"`
}

// Activation is a timer or a path that starts a service.
type Activation struct {
	// Name is the name of the unit, File its path, and Type timer or path.
	Name string `json:"name"`
	File string `json:"file"`
	Type string `json:"type"`
	// When are its conditions: "OnCalendar=daily", "PathExists=/run/x".
	When []string `json:"when"`
}

// maxActivators bounds the units that are read to find those that start a service.
const maxActivators = 64

// activators reads the units beside a service that start it: those that name it, and those of its name.
func (b *builder) activators(root node, f *Unit) ([]Socket, []Activation) {
	sockets, activations := []Socket{}, []Activation{}
	if !f.Service || f.Partial || b.unit.peers == nil {
		return sockets, activations
	}
	for _, file := range b.unit.peers(b.fsys) {
		u := load(b.fsys, file)
		if u.masked || !b.startedBy(u) {
			continue
		}
		b.files = append(b.files, file)
		if u.kind == "socket" {
			sub := builder{unit: u, fsys: b.fsys}
			root.key("sockets").index(len(sockets)).at(inFile(u.header("Socket"), file))
			o := sub.socketOptions(node{})
			sockets = append(sockets, Socket{
				Name: u.name, File: file, Accept: o.Accept, Mode: o.Mode, WorldWritable: o.WorldWritable, User: o.User, Group: o.Group,
				BindToDevice: o.BindToDevice, Listen: sub.listen(node{}),
			})
			continue
		}
		section := triggerSections[u.kind]
		root.key("activated_by").index(len(activations)).at(inFile(u.header(section), file))
		activations = append(activations, Activation{Name: u.name, File: file, Type: u.kind, When: conditions(u, section)})
	}
	return sockets, activations
}

// triggerSections are the sections of units that start others, by type.
var triggerSections = map[string]string{"socket": "Socket", "timer": "Timer", "path": "Path"}

// target is the unit that a socket, timer or path starts. With Accept=yes a socket starts instances.
func (u *unit) target() string {
	key, stem := "Unit", strings.TrimSuffix(u.name, "."+u.kind)
	if u.kind == "socket" {
		key = "Service"
	}
	section := triggerSections[u.kind]
	if e := latest(u.all(section, key)); e != nil && e.value != "" {
		return u.resolve(e.value)
	}
	if accept, _ := boolean(lastValue(u, section, "Accept")); u.kind == "socket" && accept {
		return stem + "@.service"
	}
	return stem + ".service"
}

// starts is the unit that this one starts, and where it is.
func (b *builder) starts(n node) Started {
	section := triggerSections[b.unit.kind]
	if section == "" || b.unit.masked || b.unit.partial {
		return Started{}
	}
	n.at(b.unit.header(section))
	n.entry(latest(b.unit.all(section, map[bool]string{true: "Service", false: "Unit"}[section == "Socket"])))
	s := Started{Name: b.unit.target()}
	names := []string{s.Name}
	if prefix, rest, ok := strings.Cut(s.Name, "@"); ok {
		names = append(names, prefix+"@"+path.Ext(rest))
	}
	for _, name := range names {
		if s.File = b.locate(name); s.File != "" {
			s.Found = true
			break
		}
	}
	return s
}

// locate is the file of a unit: in the root, or beside this one.
func (b *builder) locate(name string) string {
	if b.unit.locate != nil {
		return b.unit.locate(name)
	}
	file := path.Join(path.Dir(b.unit.path), name)
	if info, err := fs.Stat(b.fsys, file); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return file
}

func lastValue(u *unit, section, key string) string {
	if e := latest(u.all(section, key)); e != nil {
		return e.value
	}
	return ""
}

// startedBy tells whether a unit starts this one.
func (b *builder) startedBy(u *unit) bool {
	if u.target() == b.unit.name {
		return true
	}
	return u.kind == "socket" && slices.ContainsFunc(b.unit.all("Service", "Sockets"), func(e *entry) bool {
		return slices.Contains(strings.Fields(e.value), u.name)
	})
}

func inFile(s fact.Span, file string) fact.Span {
	s.File = file
	return s
}

// conditions are the settings of a timer or path that say when it starts its unit.
func conditions(u *unit, section string) []string {
	list := []string{}
	for _, e := range u.entries {
		if e.section == section && e.value != "" && (strings.HasPrefix(e.key, "On") || strings.HasPrefix(e.key, "Path") || e.key == "DirectoryNotEmpty") {
			list = append(list, e.key+"="+e.value)
		}
	}
	return list
}

// beside are the sockets, timers and paths of a folder.
func beside(dir string) func(fs.FS) []string {
	return func(fsys fs.FS) []string {
		entries, _ := fs.ReadDir(fsys, dir)
		var files []string
		for _, e := range entries {
			if ext := path.Ext(e.Name()); !e.IsDir() && (ext == ".socket" || ext == ".timer" || ext == ".path") && len(files) < maxActivators {
				files = append(files, path.Join(dir, e.Name()))
			}
		}
		return files
	}
}

// locate is the file of a unit; "" for one that is masked or not there.
func (m *manager) locate(name string) string {
	if f := m.units[name]; !f.masked {
		return f.file
	}
	return ""
}

// starters are the sockets, timers and paths of a root that may start a unit, found once for all.
func (m *manager) starters(name string) func(fs.FS) []string {
	return func(fsys fs.FS) []string {
		m.once.Do(func() {
			m.starts = map[string][]string{}
			for unit, f := range m.units {
				kind := strings.TrimPrefix(path.Ext(unit), ".")
				if f.masked || f.alias != "" || triggerSections[kind] == "" {
					continue
				}
				u := load(fsys, f.file)
				m.starts[u.target()] = append(m.starts[u.target()], f.file)
			}
			for _, files := range m.starts {
				slices.Sort(files)
			}
		})
		return m.starts[name]
	}
}
