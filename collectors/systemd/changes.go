package systemd

import (
	"path"
	"slices"
	"strings"
)

// A Change is a restriction of the unit file that its drop-ins set anew.
type Change struct {
	// Name is the setting, and DropIn the last drop-in that sets it.
	Name   string `json:"name"`
	DropIn string `json:"drop_in"`
	// Before is what the unit file sets and After what holds with the drop-ins, as typed since the last reset; "" where
	// nothing is set.
	Before string `json:"before"`
	After  string `json:"after"`
	// Weaker and Stronger are the titles of the items of systemd-analyze security that got worse and better by it.
	Weaker   []string `json:"weaker"`
	Stronger []string `json:"stronger"`
	// Weakens is true where anything got worse.
	Weakens bool `json:"weakens"`
}

// impliers are the settings that decide items beside the one that names them, by that one.
var impliers = map[string][]string{
	"User": {"DynamicUser"}, "RootDirectory": {"RootImage"}, "DeviceAllow": {"DevicePolicy", "PrivateDevices"},
	"CapabilityBoundingSet": {"PrivateDevices", "ProtectKernelModules", "ProtectKernelLogs", "ProtectClock"},
	"IPAddressDeny":         {"IPAddressAllow", "IPIngressFilterPath", "IPEgressFilterPath"},
	"PrivateTmp":            {"DynamicUser"}, "RemoveIPC": {"DynamicUser"}, "NoNewPrivileges": {"DynamicUser"},
	"RestrictSUIDSGID": {"DynamicUser"}, "ProtectSystem": {"DynamicUser"}, "ProtectHome": {"DynamicUser"},
}

// restrictions are all settings that decide an item.
var restrictions = func() map[string]bool {
	all := map[string]bool{}
	for i := range checks {
		all[checks[i].setting] = true
	}
	for _, settings := range impliers {
		for _, name := range settings {
			all[name] = true
		}
	}
	return all
}()

// packaged tells whether a unit file lies where packages install units.
func packaged(file string) bool {
	dir := strings.TrimSuffix(strings.TrimSuffix("/"+path.Dir(file), "/system"), "/user")
	return strings.HasSuffix(dir, "/lib/systemd")
}

// changes compares the unit file alone with what its drop-ins make of it. base is the exposure of the unit file.
func (b *builder) changes(n node, x *Exposure) []Change {
	list := []Change{}
	index := map[string]int{}
	for _, e := range b.unit.entries[len(ofFragment(b.unit.entries)):] {
		if e.file == "" || e.section != "Service" || !restrictions[e.key] {
			continue
		}
		i, seen := index[e.key]
		if !seen {
			i = len(list)
			index[e.key] = i
			all := b.unit.all("Service", e.key)
			list = append(list, Change{Name: e.key, Before: inEffect(all, true), After: inEffect(all, false), Weaker: []string{}, Stronger: []string{}})
		}
		list[i].DropIn = e.file
		n.index(i).entry(e)
	}
	x.WithoutDropIns = x.Overall
	if len(list) == 0 || len(b.unit.files) == 0 {
		return list
	}
	before, total := assess(readSandbox(b.unit.fragment()))
	badness, _ := b.assessed()
	x.WithoutDropIns = tenths(total)
	for i := range checks {
		c := &checks[i]
		was, is := before[i], badness[i]
		if was == is || was == notApplicable || is == notApplicable {
			continue
		}
		for _, setting := range append([]string{c.setting}, impliers[c.setting]...) {
			if k, changed := index[setting]; changed {
				list[k].note(c.title, is > was)
				break
			}
		}
	}
	return list
}

func (c *Change) note(title string, worse bool) {
	if !worse {
		c.Stronger = append(c.Stronger, title)
		return
	}
	c.Weaker = append(c.Weaker, title)
	c.Weakens = true
}

// inEffect are the values since the last reset, of the unit file alone or of all files.
func inEffect(entries []*entry, fragment bool) string {
	var values []string
	for _, e := range entries {
		switch {
		case fragment && e.file != "":
		case e.value == "":
			values = nil
		case restrictionLists[e.key]:
			values = append(values, e.value)
		default:
			values = []string{e.value}
		}
	}
	return strings.Join(values, " ")
}

// restrictionLists are the restrictions of which each assignment adds to those before.
var restrictionLists = map[string]bool{
	"CapabilityBoundingSet": true, "AmbientCapabilities": true, "SystemCallFilter": true, "SystemCallArchitectures": true,
	"RestrictAddressFamilies": true, "RestrictNamespaces": true, "IPAddressAllow": true, "IPAddressDeny": true, "DeviceAllow": true,
	"SupplementaryGroups": true, "IPIngressFilterPath": true, "IPEgressFilterPath": true,
}

// fragment is the unit file without its drop-ins.
func (u *unit) fragment() *unit {
	return &unit{path: u.path, name: u.name, kind: u.kind, entries: ofFragment(u.entries), base: u, view: func(_, _ string, entries []*entry) []*entry {
		return ofFragment(entries)
	}}
}

// ofFragment are the assignments of the unit file, which come first.
func ofFragment(entries []*entry) []*entry {
	if i := slices.IndexFunc(entries, func(e *entry) bool { return e.file != "" }); i >= 0 {
		return entries[:i]
	}
	return entries
}
