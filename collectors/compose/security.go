package compose

import (
	"slices"
	"strconv"
	"strings"
)

// confines fills in what confines a service, or gives it a part of its host.
func (b *builder) confines(s *Service, n *node, i int) {
	s.CapAdd, s.CapDrop = capabilities(b.settings(n, "cap_add", i)), capabilities(b.settings(n, "cap_drop", i))
	s.DropsAll = slices.ContainsFunc(s.CapDrop, func(c setting) bool { return c.Name == "ALL" })
	s.Security = b.security(n.field("security_opt"), i)
	s.Devices, s.DeviceRules = b.devices(n.field("devices"), i), b.listOf(n.field("device_cgroup_rules"), "services", i, "device_rules")
	s.NetworkMode = b.namespace(n.field("network_mode"))
	s.PID, s.IPC, s.UTS = b.namespace(n.field("pid")), b.namespace(n.field("ipc")), b.namespace(n.field("uts"))
	s.UsernsMode, s.Cgroup = b.namespace(n.field("userns_mode")), b.namespace(n.field("cgroup"))
	s.CgroupParent = b.text(n.field("cgroup_parent"))
	s.GroupAdd = b.settings(n, "group_add", i)
	s.Sysctls, s.StorageOpt = b.pairs(n, "sysctls", i), b.pairs(n, "storage_opt", i)
	for _, field := range []string{"network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup", "cgroup_parent"} {
		b.mark(n.field(field), "services", i, field)
	}
	for j, network := range s.Networks {
		top := b.project.field("networks").field(network)
		if top.field("external") != nil && b.text(top.field("name")) == "host" || top.field("external").field("name").text() == "host" {
			// The host's own network by its name is the host's namespace.
			s.NetworkMode = namespace{Value: network, Known: true, Host: true}
			b.mark(n.field("networks").fields[network], "services", i, "networks", j)
			b.mark(n.field("networks").fields[network], "services", i, "network_mode")
		}
	}
}

func (b *builder) settings(n *node, field string, service int) []setting {
	return b.listOf(n.field(field), "services", service, field)
}

// listOf is a list of scalars with their variables put in.
func (b *builder) listOf(n *node, at ...any) []setting {
	all := []setting{}
	b.mark(n, at...)
	for _, item := range n.each() {
		text, known := b.vars.expand(item.text())
		b.mark(item, append(clone(at), len(all))...)
		all = append(all, setting{Name: text, Known: known && item.kind == scalar})
	}
	return all
}

func (b *builder) pairs(n *node, field string, service int) []pair {
	all := []pair{}
	values := n.field(field)
	b.mark(values, "services", service, field)
	for i, name := range values.names() {
		all = append(all, pair{Name: name, Value: b.text(values.fields[name])})
		b.mark(values.fields[name], "services", service, field, i)
	}
	return all
}

func capabilities(list []setting) []setting {
	for i, c := range list {
		list[i].Name = strings.TrimPrefix(strings.ToUpper(c.Name), "CAP_")
	}
	return list
}

func (b *builder) namespace(n *node) namespace {
	text, known := b.vars.expand(n.text())
	return namespace{Value: text, Known: known, Host: text == "host"}
}

// Types of processes that SELinux does not confine.
var unconfined = []string{"spc_t", "unconfined_t", "container_runtime_t", "init_t"}

// security reads security_opt as the engine does: NAME=VALUE or NAME:VALUE, of which the last counts.
func (b *builder) security(n *node, service int) security {
	s := security{NoNewPrivileges: Switch{Known: true}, Seccomp: profile{Known: true}, AppArmor: profile{Known: true}, Other: []setting{}}
	at := []any{"services", service, "security"}
	b.mark(n, at...)
	for _, item := range n.each() {
		text, known := b.vars.expand(item.text())
		name, value, _ := cutOption(text)
		place := name
		switch name {
		case "no-new-privileges":
			place = "no_new_privileges"
			s.NoNewPrivileges = Switch{Set: true, Known: known, Value: text}
			if value == "" && known {
				s.NoNewPrivileges.On = true
			} else if on, err := strconv.ParseBool(value); err == nil {
				s.NoNewPrivileges.On = on
			} else {
				s.NoNewPrivileges.Known = false
			}
		case "seccomp":
			s.Seccomp = profile{Value: value, Known: known, Unconfined: value == "unconfined"}
		case "apparmor":
			s.AppArmor = profile{Value: value, Known: known, Unconfined: value == "unconfined"}
		case "label":
			labelled(&s.Label, value)
		case "disable":
			place, s.Label.Disabled = "label", true
		case "systempaths":
			place, s.SystemPaths = "system_paths", value == "unconfined"
		default:
			b.mark(item, append(clone(at), "other", len(s.Other))...)
			s.Other = append(s.Other, setting{Name: text, Known: known})
			continue
		}
		b.mark(item, append(clone(at), place)...)
	}
	return s
}

// cutOption cuts an option at "=", or at ":" where it has none.
func cutOption(text string) (name, value string, ok bool) {
	if name, value, ok = strings.Cut(text, "="); ok {
		return name, value, ok
	}
	return strings.Cut(text, ":")
}

func labelled(l *label, value string) {
	name, kind, _ := strings.Cut(value, ":")
	switch name {
	case "disable":
		l.Disabled = true
	case "type":
		l.Type = kind
		l.Disabled = l.Disabled || slices.Contains(unconfined, kind)
	}
}

// devices reads HOST[:CONTAINER[:PERMISSIONS]], or the long form.
func (b *builder) devices(n *node, service int) []device {
	all := []device{}
	b.mark(n, "services", service, "devices")
	for i, item := range n.each() {
		b.mark(item, "services", service, "devices", i)
		d := device{Permissions: "rwm"}
		if item.kind == mapping {
			d.Name, d.Known = b.vars.expand(item.field("source").text())
			d.Target = b.text(item.field("target"))
			if p := b.text(item.field("permissions")); p != "" {
				d.Permissions = p
			}
		} else {
			text, known := b.vars.expand(item.text())
			parts := colons(text)
			d.Name, d.Known = parts[0], known
			switch {
			case len(parts) == 2 && permissions(parts[1]):
				d.Permissions = parts[1]
			case len(parts) > 1:
				d.Target = parts[1]
			}
			if len(parts) > 2 {
				d.Permissions = parts[2]
			}
		}
		if d.Target == "" {
			d.Target = d.Name
		}
		d.Class = deviceClass(d.Name)
		all = append(all, d)
	}
	return all
}

func permissions(text string) bool { return text != "" && strings.Trim(text, "rwm") == "" }

// colons splits at colons, other than those inside of ${…}.
func colons(text string) []string {
	var parts []string
	open, start := 0, 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			open++
		case '}':
			open = max(0, open-1)
		case ':':
			if open == 0 {
				parts = append(parts, text[start:i])
				start = i + 1
			}
		}
	}
	return append(parts, text[start:])
}
