package systemd

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
)

// A builder makes the facts of a unit, and notes where each stands when spans is set.
type builder struct {
	unit    *unit
	fsys    fs.FS
	spans   *fact.Spans
	secrets []string
	// owned are the secrets by the assignment that holds them.
	owned map[*entry][]string
	// whole is the sandbox that all assignments make.
	whole *sandbox
	// badness and total are what assess says of it.
	badness []int
	total   int
	// steps are the sandboxes that decides has made.
	steps map[step]*sandbox
	// files are the environment files that went into the facts.
	files []string
	errs  []error
}

// keep notes raw secrets of an assignment.
func (b *builder) keep(e *entry, raw ...string) {
	if len(raw) == 0 {
		return
	}
	if b.owned == nil {
		b.owned = make(map[*entry][]string)
	}
	b.owned[e] = append(b.owned[e], raw...)
	b.secrets = append(b.secrets, raw...)
}

// A node is a place in the tree of spans; the zero node takes no notes.
type node struct{ spans *fact.Spans }

func (n node) key(names ...string) node {
	for _, name := range names {
		if n.spans != nil {
			n.spans = n.spans.Key(name)
		}
	}
	return n
}

func (n node) index(i int) node {
	if n.spans != nil {
		n.spans = n.spans.Index(i)
	}
	return n
}

func (n node) at(s fact.Span) {
	if n.spans != nil {
		n.spans.Set(s)
	}
}

// entry notes an assignment, where there is one.
func (n node) entry(e *entry) {
	if n.spans != nil && e != nil {
		n.spans.Set(e.whole())
	}
}

// part notes a part of the value of an assignment.
func (n node) part(e *entry, from, to int) {
	if n.spans != nil {
		n.spans.Set(e.span(from, to))
	}
}

// build makes the facts. The order counts: some facts are made of those before them.
func (b *builder) build() Unit {
	u, root := b.unit, node{b.spans}
	f := b.file()
	section := b.ownSection()
	for _, name := range []string{"service", "identity", "filesystem", "exec", "no_new_privileges", "environment", "capability_bounding_set"} {
		root.key(name).at(u.header(section))
	}
	root.at(u.header(section))
	root.key("name").at(u.header("Unit"))
	b.typed(&f, root, section)
	f.Settings = b.settings(root.key("settings"))
	f.Sockets, f.ActivatedBy = b.activators(root, &f)
	f.Starts = b.starts(root.key("starts"))
	f.Confinement = b.confinement(root.key("confinement"), &f)
	f.Ports = b.ports(root.key("ports"), &f)
	f.SharedPaths = b.shared(root.key("shared_paths"), &f)
	f.Acts = b.acts(root.key("acts"), &f)
	f.Conduct = b.conduct(root.key("conduct"), &f)
	f.Exposure = b.exposure(&f)
	f.Changes = []Change{}
	if f.Exposure.Overall >= 0 {
		f.Changes = b.changes(root.key("changes"), &f.Exposure)
	}
	return f
}

// file are the facts that the names and places of the files tell.
func (b *builder) file() Unit {
	u := b.unit
	f := Unit{
		Path: u.path, Name: u.name, Type: u.kind, Partial: u.partial, Masked: u.masked, Manager: "system",
		Template: strings.HasSuffix(u.name, "@."+u.kind), DropIns: append([]string{}, u.files...), DefaultDependencies: true,
		Packaged: packaged(u.path),
	}
	if u.userManager() {
		f.Manager = "user"
	}
	f.Service = u.headers.find("Service") != nil && u.kind == "service" && !u.masked
	return f
}

// ownSection is the section of the unit's type: "Service".
func (b *builder) ownSection() string {
	if b.unit.kind == "" {
		return ""
	}
	return strings.ToUpper(b.unit.kind[:1]) + b.unit.kind[1:]
}

// typed reads the settings that have facts of their own.
func (b *builder) typed(f *Unit, root node, section string) {
	f.Description = b.text(root.key("description"), "Unit", "Description")
	f.DefaultDependencies = b.flag(root.key("default_dependencies"), "Unit", "DefaultDependencies", true)
	f.ServiceType = b.text(root.key("service_type"), "Service", "Type")
	f.Identity = b.identity(root.key("identity"), section)
	b.execs(f, root, section)
	f.Filesystem = b.filesystem(root.key("filesystem"), section, f)
	f.writable(b.unit)
	f.NoNewPrivileges = b.flag(root.key("no_new_privileges"), section, "NoNewPrivileges", false) || f.Identity.DynamicUser
	f.CapabilityBoundingSet = b.words(root.key("capability_bounding_set"), section, "CapabilityBoundingSet")
	f.AmbientCapabilities = b.words(root.key("ambient_capabilities"), section, "AmbientCapabilities")
	b.environment(f, root, section)
	f.LoadedCredentials = b.loadedCredentials(root.key("loaded_credentials"), section)
	f.Listen = b.listen(root.key("listen"))
	f.Socket = b.socketOptions(root.key("socket"))
	f.Unknown = b.unknown(root.key("unknown"))
	f.Ignored = b.ignored(root.key("ignored"))
	f.Running = b.service(root.key("running"), section)
	install := root.key("install")
	install.at(b.unit.header("Install"))
	f.Install = Install{
		WantedBy: b.words(install.key("wanted_by"), "Install", "WantedBy"), RequiredBy: b.words(install.key("required_by"), "Install", "RequiredBy"),
		Also: b.words(install.key("also"), "Install", "Also"), Alias: b.words(install.key("alias"), "Install", "Alias"),
	}
}

func (b *builder) identity(n node, section string) Identity {
	id := Identity{
		User:                b.text(n.key("user"), section, "User"),
		Group:               b.text(n.key("group"), section, "Group"),
		SupplementaryGroups: b.words(n.key("supplementary_groups"), section, "SupplementaryGroups"),
		DynamicUser:         b.flag(n.key("dynamic_user"), section, "DynamicUser", false),
	}
	switch {
	case superuser(id.User):
		id.Root = true
	case id.User == "" && !id.DynamicUser && !b.unit.partial:
		id.Root = true
	}
	if b.unit.userManager() {
		id.Root = false
	}
	id.UID = b.uid(n.key("uid"), &id)
	if last := latest(b.unit.all(section, "User")); last != nil {
		n.key("root").entry(last)
	}
	return id
}

// superuser tells whether a user is root by name or number.
func superuser(user string) bool {
	return user == "root" || user != "" && strings.Trim(user, "0") == ""
}

func latest(entries []*entry) *entry {
	if len(entries) == 0 {
		return nil
	}
	return entries[len(entries)-1]
}

// text is a setting of which the last assignment counts; an empty one resets it.
func (b *builder) text(n node, section, key string) string {
	last := latest(b.unit.all(section, key))
	n.entry(last)
	if last == nil {
		return ""
	}
	return b.unit.resolve(last.value)
}

// flag is a boolean of which the last valid assignment counts.
func (b *builder) flag(n node, section, key string, otherwise bool) bool {
	for _, e := range b.unit.all(section, key) {
		if v, ok := boolean(e.value); ok {
			otherwise = v
			n.entry(e)
		}
	}
	return otherwise
}

// choice is a setting with named values of which the last valid assignment counts; booleans are two of
// the names.
func (b *builder) choice(n node, section, key string, names ...string) string {
	found := ""
	for _, e := range b.unit.all(section, key) {
		value := e.value
		if v, ok := boolean(value); ok {
			value = map[bool]string{true: "yes", false: "no"}[v]
		}
		if slices.Contains(names, value) {
			found = value
			n.entry(e)
		}
	}
	return found
}

// words is a list: each assignment adds words, and an empty one starts over.
func (b *builder) words(n node, section, key string) []string {
	list := []string{}
	for _, e := range b.unit.all(section, key) {
		if e.value == "" {
			list = list[:0]
			n.entry(e)
			continue
		}
		ws, _ := words(e.value, lenient)
		for _, w := range ws {
			n.index(len(list)).part(e, w.from, w.to)
			list = append(list, b.unit.resolve(w.text))
		}
		n.entry(e)
	}
	return list
}

// maxRedacted bounds the secrets that are looked for in every setting. Beyond it a setting is cleaned of
// its own secrets only; outputs are cleaned of all in any case.
const maxRedacted = 50

// settings are all assignments by key, with what is secret masked.
func (b *builder) settings(n node) []Setting {
	x := b.unit.indexed()
	list := make([]Setting, 0, len(x.groups))
	places := make([]int, len(x.groups)) // in list, counted from 1
	older := map[[2]string]int{}
	values := make([]string, len(b.unit.entries))
	redact := secret.Redactor(b.secrets[:min(len(b.secrets), maxRedacted)])
	for _, e := range b.unit.entries {
		count := len(x.groups[e.group].entries)
		i := places[e.group]
		if old := e.key != x.groups[e.group].key; old {
			i = older[[2]string{e.section, e.key}]
			older[[2]string{e.section, e.key}] = cmp.Or(i, len(list)+1)
			count = 0
		} else if i == 0 {
			places[e.group] = len(list) + 1
		}
		if i--; i < 0 {
			i = len(list)
			list = append(list, Setting{Name: e.key, Section: e.section, Values: values[:0:count]})
			values = values[count:]
		}
		at := n.index(i)
		at.entry(e)
		at.key("values").index(len(list[i].Values)).entry(e)
		value := redact(e.value)
		if own := b.owned[e]; len(b.secrets) > maxRedacted && len(own) > 0 {
			value = secret.Redact(value, own)
		}
		list[i].Values = append(list[i].Values, value)
	}
	return list
}
