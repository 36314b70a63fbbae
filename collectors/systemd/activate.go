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
	// Listen are its addresses.
	Listen []Listen `json:"listen"`
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
			sockets = append(sockets, Socket{Name: u.name, File: file, Accept: sub.flag(node{}, "Socket", "Accept", false), Listen: sub.listen(node{})})
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
		return strings.NewReplacer("%p", stem, "%N", stem, "%%", "%").Replace(e.value)
	}
	if accept, _ := boolean(lastValue(u, section, "Accept")); u.kind == "socket" && accept {
		return stem + "@.service"
	}
	return stem + ".service"
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
