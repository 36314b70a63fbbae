package systemd

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Open is an item that leaves something to the service for which nothing in the unit gives a reason.
type Open struct {
	// Because says what decides: "PrivateTmp= is not set", `PrivateTmp= is "no"`.
	Because string `json:"because"`
	// Fix replaces the text of the deciding setting, or the header of [Service] where nothing is set; "" where
	// the right value cannot be told from the unit.
	Fix string `json:"fix"`
}

// open says of the items with badness which stand open, and of the others why not.
func (b *builder) open(s *sandbox, f *Unit, x *Exposure, badness, newest []int) {
	x.Needs = s.needs(f)
	shut := s.on("PrivateNetwork") || s.restricts(internet)
	x.Networked = x.Needs.Network != "" || !shut && f.ServiceType != "oneshot"
	x.Heaviest = heaviest(x.Items)
	switch {
	case shut && len(f.Sockets) == 0:
		x.Reach = "none"
	case len(f.Sockets) == 0 && strings.Contains(" "+lastValue(s.u, "Service", "SocketBindDeny")+" ", " any ") && !s.set("SocketBindAllow"):
		x.Reach = "out"
	default:
		x.Reach = "listen"
	}
	x.Open = make(map[string]Open, len(x.Items))
	for i := range checks {
		c := &checks[i]
		if badness[i] <= 0 {
			continue
		}
		if why := s.excuse(c, &x.Needs); why != "" {
			x.Excused[c.name] = why
			continue
		}
		e := b.decides(c)
		if newest[i] <= 0 {
			x.Excused[c.name] = fmt.Sprintf("versions after 252 take %s=%s", c.setting, lastValue(b.unit, "Service", c.setting))
			continue
		}
		if e == nil {
			x.Open[c.name] = s.unset(i)
			continue
		}
		x.Open[c.name] = Open{Because: s.because(c, e), Fix: s.fix(c, e)}
	}
}

// untouched are the items that no setting decides, by their place in checks.
var untouched = sync.OnceValue(func() []Open {
	all := make([]Open, len(checks))
	s := sandbox{bounding: allCapabilities}
	for i := range checks {
		all[i] = Open{Because: s.because(&checks[i], nil), Fix: s.fix(&checks[i], nil)}
	}
	return all
})

// unset is an item that no setting decides. Which capabilities its fix names depends on what other settings imply.
func (s *sandbox) unset(i int) Open {
	if c := &checks[i]; c.setting == "CapabilityBoundingSet" {
		return Open{Because: s.because(c, nil), Fix: s.fix(c, nil)}
	}
	return untouched()[i]
}

// heaviest are the titles of the items that count most.
func heaviest(items []Item) []string {
	var most [7]*Item // the heaviest so far, and room for another
	n := 0
	for i := range items {
		it := &items[i]
		j := n
		for ; j > 0 && most[j-1].Badness*most[j-1].Weight*it.Range < it.Badness*it.Weight*most[j-1].Range; j-- {
			most[j] = most[j-1]
		}
		most[j] = it
		n = min(n+1, len(most)-1)
	}
	titles := make([]string, n)
	for i := range titles {
		titles[i] = most[i].Title
	}
	return titles
}

// further are the settings that decide an item beside the one that names it.
var further = map[string][]string{
	"UserOrDynamicUser": {"DynamicUser"}, "RootDirectoryOrRootImage": {"RootImage"}, "DeviceAllow": {"DevicePolicy"},
}

// maxSteps bounds the assignments of one setting that are tried one after the other.
const maxSteps = 32

// decides is the assignment that decides an item: the last one that opened what was closed before it, or else
// the last; nil where the setting does not occur.
func (b *builder) decides(c *check) *entry {
	setting := c.setting
	entries := b.unit.all("Service", setting)
	for _, other := range further[c.name] {
		if len(entries) == 0 {
			setting, entries = other, b.unit.all("Service", other)
		}
	}
	for k := len(entries) - 1; k > 0 && k > len(entries)-maxSteps; k-- {
		if c.assess(b.upTo(setting, entries[:k])) <= 0 {
			return entries[k]
		}
	}
	return latest(entries)
}

// upTo is the sandbox as the first assignments of a setting leave it.
func (b *builder) upTo(setting string, entries []*entry) *sandbox {
	key := step{setting, len(entries)}
	if s, seen := b.steps[key]; seen {
		return s
	}
	u := &unit{path: b.unit.path, name: b.unit.name, kind: b.unit.kind, base: b.unit, view: func(section, key string, all []*entry) []*entry {
		if section == "Service" && key == setting {
			return entries
		}
		return all
	}}
	if b.steps == nil {
		b.steps = map[step]*sandbox{}
	}
	b.steps[key] = b.sandbox().without(u, setting)
	return b.steps[key]
}

// A step is the first assignments of a setting.
type step struct {
	setting string
	count   int
}

// without is the sandbox of a unit that differs in one setting alone.
func (s *sandbox) without(u *unit, setting string) *sandbox {
	other := *s
	other.u = u
	switch setting {
	case "SystemCallFilter":
		other.calls = callFilter{}
		other.readCalls()
	case "RestrictAddressFamilies":
		other.families, other.familiesSet, other.familiesAllow = 0, false, false
		other.restrictFamilies()
	case "RestrictNamespaces":
		other.namespaces = unrestricted
		other.restrictNamespaces()
	default: // decides more than one thing
		return readSandbox(u)
	}
	return &other
}

// because says in words what decides an item.
func (s *sandbox) because(c *check, e *entry) string {
	if e == nil {
		return c.setting + "= is not set"
	}
	switch {
	case e.value == "" && e.key != "Delegate":
		return e.key + "= is reset"
	case c.setting == "CapabilityBoundingSet":
		return "CapabilityBoundingSet= keeps CAP_" + strings.Join(s.kept(c), ", CAP_")
	case c.setting == "RestrictNamespaces":
		return "RestrictNamespaces= allows " + strings.TrimPrefix(c.name, "RestrictNamespaces_")
	case c.name == "RestrictAddressFamilies_OTHER":
		return "RestrictAddressFamilies= leaves rare kinds of sockets"
	case c.setting == "RestrictAddressFamilies":
		return "RestrictAddressFamilies= allows " + strings.TrimPrefix(c.name, "RestrictAddressFamilies_")
	case c.setting == "SystemCallFilter":
		return "SystemCallFilter= lets through " + s.passes(strings.TrimPrefix(c.title, "SystemCallFilter=~"))
	case slices.Contains(booleans, e.key):
		if _, ok := boolean(e.value); !ok {
			return fmt.Sprintf("%s= is %q, which systemd ignores", e.key, e.value)
		}
	case choices[e.key] != nil && !slices.Contains(choices[e.key], e.value):
		if _, ok := boolean(e.value); !ok || !slices.Contains(choices[e.key], "yes") {
			return fmt.Sprintf("%s= is %q, which systemd ignores", e.key, e.value)
		}
	}
	return fmt.Sprintf("%s= is %q", e.key, e.value)
}

// kept are the capabilities of an item that are still in the set.
func (s *sandbox) kept(c *check) []string {
	var names []string
	for i, name := range capabilityNames {
		if s.bounding&(1<<i) != 0 && c.assess(&sandbox{bounding: 1 << i}) > 0 {
			names = append(names, name)
		}
	}
	return names
}

// values are the settings with one right value.
var values = map[string]string{
	"ProtectHome": "yes", "KeyringMode": "private", "ProtectProc": "invisible", "ProcSubset": "pid", "NotifyAccess": "main",
	"SystemCallArchitectures": "native", "UMask": "0077", "Delegate": "no", "DevicePolicy": "closed",
}

// fix is the text that closes an item.
func (s *sandbox) fix(c *check, e *entry) string {
	key, value := c.setting, values[c.setting]
	switch {
	case key == "PrivateNetwork" || key == "PrivateUsers":
		return ""
	case slices.Contains(booleans, key):
		value = "yes"
	case key == "CapabilityBoundingSet":
		value = "~CAP_" + strings.Join(s.kept(c), " CAP_")
	case key == "RestrictNamespaces":
		value = "~" + strings.TrimPrefix(c.name, "RestrictNamespaces_")
	case key == "SystemCallFilter":
		value = strings.TrimPrefix(c.title, "SystemCallFilter=")
	case c.name == "RestrictAddressFamilies_AF_NETLINK" || c.name == "RestrictAddressFamilies_AF_PACKET" || c.name == "RestrictAddressFamilies_AF_UNIX":
		value = "~" + strings.TrimPrefix(c.name, "RestrictAddressFamilies_")
	case c.name == "DeviceAllow":
		key, value = "DevicePolicy", "closed"
	}
	line := key + "=" + value
	switch {
	case value == "":
		return ""
	case e == nil:
		return "[Service]\n" + line
	case value[0] == '~' || key != e.key:
		return e.key + "=" + strings.TrimRight(e.value, `\`) + "\n" + line
	}
	return line
}
