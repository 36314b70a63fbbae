package compose

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// mounts fills in what a service mounts.
func (b *builder) mounts(s *Service, n *node, i int) {
	s.Tmpfs, s.Volumes, s.HostMounts = []tmpfs{}, []Volume{}, []hostMount{}
	b.mark(n.field("tmpfs"), "services", i, "tmpfs")
	for _, item := range n.field("tmpfs").each() {
		name, options, _ := strings.Cut(b.text(item), ":")
		b.mark(item, "services", i, "tmpfs", len(s.Tmpfs))
		s.Tmpfs = append(s.Tmpfs, tmpfs{Name: name, Options: commas(options)})
	}
	b.mark(n.field("volumes"), "services", i, "volumes")
	for j, item := range n.field("volumes").each() {
		v := volume(item, b.vars)
		b.mark(item, "services", i, "volumes", j)
		s.Volumes = append(s.Volumes, v)
		if v.Type == "tmpfs" {
			options := []string{}
			if size := b.text(item.field("tmpfs").field("size")); size != "" {
				options = append(options, "size="+size)
			}
			b.mark(item, "services", i, "tmpfs", len(s.Tmpfs))
			s.Tmpfs = append(s.Tmpfs, tmpfs{Name: v.Name, Options: options})
		}
		b.hostMount(s, i, item, b.bound(v))
	}
	for _, element := range []string{"configs", "secrets"} {
		for _, item := range n.field(element).each() {
			name := item
			if item.kind == mapping {
				name = item.field("source")
			}
			file := b.project.field(element).field(b.text(name)).field("file")
			if source, known := b.vars.expand(file.text()); file != nil {
				b.hostMount(s, i, item, Volume{Name: b.text(name), Type: "bind", Source: source, Known: known, ReadOnly: true})
			}
		}
	}
	if api := n.field("use_api_socket"); b.toggle(api).On {
		b.hostMount(s, i, api, Volume{Name: "/var/run/docker.sock", Type: "bind", Source: "/var/run/docker.sock", Known: true})
	}
}

// bound is a mount with the path behind a named volume that is only another name for it: the local
// driver mounts what its options say.
func (b *builder) bound(v Volume) Volume {
	top := b.project.field("volumes").field(v.Source)
	if v.Type != "volume" || top == nil {
		return v
	}
	options := top.field("driver_opts")
	device, known := b.vars.expand(options.field("device").text())
	flags := commas(b.text(options.field("o")))
	if slices.ContainsFunc(flags, func(f string) bool { return f == "bind" || f == "rbind" }) && device != "" {
		v.Type, v.Source, v.Known = "bind", device, known
		v.ReadOnly = v.ReadOnly || slices.Contains(flags, "ro")
	}
	return v
}

func (b *builder) hostMount(s *Service, service int, n *node, v Volume) {
	if v.Type != "bind" && v.Type != "npipe" {
		return
	}
	m := hostMount{Name: v.Name, Path: hostPath(v.Source), Known: v.Known, ReadOnly: v.ReadOnly, Propagation: v.Propagation}
	if strings.HasPrefix(m.Path, "~") {
		m.Known = !strings.Contains(m.Path, "$")
	}
	m.Holds = holds(m.Path)
	if m.ReadOnly && (m.Path == "/etc/passwd" || m.Path == "/etc/group") {
		m.Holds = "" // names of accounts, which programs look up; only writing them is another thing
	}
	if m.Holds == "" && !m.Known && strings.Contains(v.Source, "$") && slices.Contains(sockets, path.Base(m.Path)) {
		m.Holds = "engine"
	}
	if rooted := strings.HasPrefix(m.Path, "/") || strings.HasPrefix(m.Path, "~") || len(m.Path) > 1 && m.Path[1] == ':'; m.Known && !rooted {
		if file := path.Join(path.Dir(n.from.file), m.Path); fs.ValidPath(file) {
			m.Path = file
		}
	}
	b.mark(n, "services", service, "host_mounts", len(s.HostMounts))
	s.HostMounts = append(s.HostMounts, m)
}

func commas(text string) []string {
	if text == "" {
		return []string{}
	}
	return strings.Split(text, ",")
}

// literal leaves variables as they are written.
var literal = variables{}

// propagations are the options of mounts that say how mounts spread.
var propagations = []string{"shared", "rshared", "slave", "rslave", "private", "rprivate"}

// volume reads a mount: SOURCE:TARGET:OPTIONS, or the long form.
func volume(n *node, vars variables) Volume {
	get := func(n *node) string { s, _ := vars.expand(n.text()); return s }
	if n.kind == mapping {
		v := Volume{Name: target(get(n.field("target"))), Type: get(n.field("type")), Options: []string{}}
		v.Source, v.Known = vars.expand(n.field("source").text())
		v.ReadOnly, _ = strconv.ParseBool(get(n.field("read_only")))
		v.Propagation = get(n.field("bind").field("propagation"))
		return v
	}
	text, known := vars.expand(n.text())
	v := Volume{Type: "volume", Known: known, Options: []string{}}
	// A drive letter has a colon of its own.
	drive := ""
	if len(text) > 2 && text[1] == ':' && text[0]|0x20 >= 'a' && text[0]|0x20 <= 'z' && (text[2] == '\\' || text[2] == '/') {
		drive, text = text[:2], text[2:]
	}
	parts := colons(text)
	parts[0] = drive + parts[0]
	if len(parts) == 1 {
		v.Name, v.Known = target(parts[0]), true
		return v
	}
	v.Source, v.Name = parts[0], target(parts[1])
	v.Known = known || !strings.Contains(v.Source, "$")
	switch {
	case strings.HasPrefix(v.Source, `\\.\pipe\`), strings.HasPrefix(v.Source, "//./pipe/"):
		v.Type = "npipe"
	case drive != "", v.Source != "" && strings.IndexByte(`./~$\`, v.Source[0]) >= 0:
		v.Type = "bind"
	}
	if len(parts) > 2 {
		v.Options = commas(parts[2])
	}
	v.ReadOnly = slices.Contains(v.Options, "ro") || slices.Contains(v.Options, "readonly")
	for _, o := range v.Options {
		if slices.Contains(propagations, o) {
			v.Propagation = o
		}
	}
	return v
}

// target is a path in the container without a slash at its end.
func target(p string) string {
	if len(p) > 1 && strings.HasPrefix(p, "/") {
		return path.Clean(p)
	}
	return p
}
