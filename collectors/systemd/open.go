package systemd

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Open is an item that leaves something to the service for which nothing in the unit gives a reason.
type Open struct {
	// Because says what decides: "PrivateTmp= is not set", `PrivateTmp= is "no"`.
	Because string `json:"because"`
	// Fix replaces the text of the deciding setting, or the header of [Service] where nothing is set; "" where
	// the right value cannot be told from the unit.
	Fix string `json:"fix"`
}

// Needs are the things that a service plainly is for: each is the reason, and "" where nothing says so.
type Needs struct {
	// Network is why the service has to reach the network of the host.
	Network string `json:"network"`
	// LowPort is why it has to bind a port below 1024 itself.
	LowPort string `json:"low_port"`
	// Devices is why it has to see devices.
	Devices string `json:"devices"`
	// Privileges is why it has to keep capabilities outside of a user namespace.
	Privileges string `json:"privileges"`
	// WritableCode is why it has to make memory executable that it wrote.
	WritableCode string `json:"writable_code"`
}

// compilers are programs that compile while they run, by the names of their commands.
var compilers = strings.Fields("java node nodejs deno bun dotnet mono luajit pypy pypy3 julia erl beam.smp qemu-system-x86_64 php-fpm chromium")

// needs reads what the service says it is for. network.target is no reason: nearly every unit names it, and it
// orders the shutdown only, systemd.special(7).
func (s *sandbox) needs(f *Unit) Needs {
	var n Needs
	say := func(reason *string, is bool, format string, args ...any) {
		if is && *reason == "" {
			*reason = fmt.Sprintf(format, args...)
		}
	}
	inet := s.familiesAllow && (s.families["INET"] || s.families["INET6"])
	say(&n.Network, inet, "RestrictAddressFamilies= names AF_INET")
	for _, socket := range f.Sockets {
		for _, l := range socket.Listen {
			say(&n.Network, l.Port > 0, "%s listens on %s", socket.Name, l.Name)
		}
	}
	say(&n.Network, s.set("SocketBindAllow"), "SocketBindAllow= names ports")
	say(&n.Network, len(s.allowed) > 0, "IPAddressAllow= names addresses")
	for _, key := range []string{"After", "Wants", "Requires", "BindsTo"} {
		for _, e := range s.u.all("Unit", key) {
			say(&n.Network, slices.Contains(strings.Fields(e.value), "network-online.target"), "%s= names network-online.target", key)
		}
	}
	binds := mask("NET_BIND_SERVICE")
	say(&n.LowPort, s.ambient&binds != 0, "AmbientCapabilities= holds CAP_NET_BIND_SERVICE")
	say(&n.LowPort, len(s.all("CapabilityBoundingSet")) > 0 && s.bounding == binds, "CapabilityBoundingSet= holds nothing but CAP_NET_BIND_SERVICE")
	say(&n.Devices, len(s.devices) > 0 && s.devices[0] != "implied", "DeviceAllow= names %s", first(s.devices))
	say(&n.Privileges, s.ambient != 0, "AmbientCapabilities= would be worth nothing")
	say(&n.Privileges, s.root() && len(s.all("CapabilityBoundingSet")) > 0 && s.bounding != 0, "CapabilityBoundingSet= names what the service needs as root")
	for _, c := range f.Exec {
		name := path.Base(c.Path)
		say(&n.WritableCode, c.Setting == "ExecStart" && slices.Contains(compilers, name), "%s compiles while it runs", name)
	}
	return n
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// excuse is why an item with badness does not stand open; "" where nothing excuses it.
func (s *sandbox) excuse(c *check, n *Needs) string {
	switch c.name {
	case "PrivateNetwork", "RestrictAddressFamilies_AF_INET_INET6":
		return n.Network
	case "RestrictAddressFamilies_AF_UNIX":
		if s.familiesAllow {
			return "RestrictAddressFamilies= names AF_UNIX"
		}
	case "RestrictAddressFamilies_AF_NETLINK":
		if s.familiesAllow {
			return "RestrictAddressFamilies= names AF_NETLINK"
		}
	case "PrivateUsers":
		return n.Privileges
	case "PrivateDevices":
		return n.Devices
	case "MemoryDenyWriteExecute":
		return n.WritableCode
	case "DeviceAllow":
		if s.words["DevicePolicy"] != "auto" {
			return "DevicePolicy= is " + s.words["DevicePolicy"] + ", and DeviceAllow= names the devices"
		}
	case "AmbientCapabilities":
		if s.ambient == mask("NET_BIND_SERVICE") {
			return n.LowPort
		}
	case "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)":
		if s.bounding&mask("NET_BROADCAST", "NET_RAW") == 0 {
			return n.LowPort
		}
	case "IPAddressDeny":
		return s.excuseAddresses()
	case "RootDirectoryOrRootImage":
		if s.words["ProtectSystem"] == "strict" && s.words["ProtectHome"] != "no" && s.flags["PrivateTmp"] && s.flags["PrivateDevices"] {
			return "the hierarchy is read-only, and homes, /tmp and devices are hidden"
		}
	}
	return ""
}

// excuseAddresses is why a service may have no IPAddressDeny=any alone: it has a list of exceptions, or it reaches
// no network at all.
func (s *sandbox) excuseAddresses() string {
	switch {
	case len(s.denied) > 0 && assessAddresses(s) < 10:
		return "IPAddressAllow= names the exceptions"
	case s.flags["PrivateNetwork"]:
		return "PrivateNetwork= leaves the loopback alone"
	case s.restricts(func(f string) bool { return f == "INET" || f == "INET6" }):
		return "RestrictAddressFamilies= leaves no address of IP"
	}
	return ""
}

// open says of the items with badness which stand open, and of the others why not.
func (b *builder) open(s *sandbox, f *Unit, x *Exposure) {
	x.Needs = s.needs(f)
	shut := s.flags["PrivateNetwork"] || s.restricts(func(f string) bool { return f == "INET" || f == "INET6" })
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
	for i := range checks {
		c := &checks[i]
		if x.Badness[c.name] <= 0 {
			continue
		}
		if why := s.excuse(c, &x.Needs); why != "" {
			x.Excused[c.name] = why
			continue
		}
		e := b.decides(c)
		x.Open[c.name] = Open{Because: s.because(c, e), Fix: s.fix(c, e)}
	}
}

// heaviest are the titles of the items that count most.
func heaviest(items []Item) []string {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b Item) int { return b.Badness*b.Weight*a.Range - a.Badness*a.Weight*b.Range })
	titles := []string{}
	for _, it := range items[:min(len(items), 6)] {
		titles = append(titles, it.Title)
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
	key := fmt.Sprintf("%s#%d", setting, len(entries))
	if s, seen := b.steps[key]; seen {
		return s
	}
	u := &unit{path: b.unit.path, name: b.unit.name, kind: b.unit.kind, byKey: make(map[[2]string][]*entry, len(b.unit.byKey))}
	for k, v := range b.unit.byKey {
		u.byKey[k] = v
	}
	u.byKey[[2]string{"Service", setting}] = entries
	if b.steps == nil {
		b.steps = map[string]*sandbox{}
	}
	b.steps[key] = readSandbox(u)
	return b.steps[key]
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
