package systemd

import (
	"net/netip"
	"slices"
	"strings"

	"sallyport/internal/secret"
)

// Conduct is how systemd handles a service beyond starting it, and what the settings of a unit do to each other.
type Conduct struct {
	// KillMode is in effect: control-group, mixed, process or none.
	KillMode string `json:"kill_mode"`
	// RemainAfterExit is true where a service counts as running without a process.
	RemainAfterExit bool `json:"remain_after_exit"`
	// StartOnly is true for PermissionsStartOnly=: all commands but ExecStart= run as root.
	StartOnly bool `json:"start_only"`
	// Reboots are settings that restart or halt the machine when the service fails.
	Reboots []Remark `json:"reboots"`
	// Optional are profiles of AppArmor, SELinux or SMACK with "-": without the profile, the service runs unconfined.
	Optional []Remark `json:"optional"`
	// OpenModes are modes of folders and sockets with which everybody may write.
	OpenModes []Remark `json:"open_modes"`
	// Unexpanded are variables whose value names another one: systemd does not expand it.
	Unexpanded []Remark `json:"unexpanded"`
	// SecretSources are what brings secrets into the environment, by its name: files of EnvironmentFile=, and variables
	// of PassEnvironment=.
	SecretSources []Remark `json:"secret_sources"`
	// Alone are exceptions from a restriction that is not there, or that they take away whole: they restrict nothing.
	Alone []Remark `json:"alone"`
	// Moot are settings that have no effect because of another one.
	Moot []Remark `json:"moot"`
}

// Remark is a setting, its value, and what is to be said of it.
type Remark struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Because string `json:"because"`
}

func noConduct() Conduct {
	return Conduct{
		Reboots: []Remark{}, Optional: []Remark{}, OpenModes: []Remark{}, Unexpanded: []Remark{}, SecretSources: []Remark{},
		Alone: []Remark{}, Moot: []Remark{},
	}
}

func (b *builder) conduct(n node, f *Unit) Conduct {
	header := b.unit.header("Service")
	for _, key := range []string{"kill_mode", "remain_after_exit", "start_only"} {
		n.key(key).at(header)
	}
	c := noConduct()
	c.KillMode = b.choice(n.key("kill_mode"), "Service", "KillMode", "control-group", "mixed", "process", "none")
	c.RemainAfterExit = b.flag(n.key("remain_after_exit"), "Service", "RemainAfterExit", false)
	c.StartOnly = b.flag(n.key("start_only"), "Service", "PermissionsStartOnly", false)
	if c.KillMode == "" {
		c.KillMode = "control-group"
	}
	if !f.Service {
		return c
	}
	b.reboots(n.key("reboots"), &c.Reboots)
	for _, key := range []string{"AppArmorProfile", "SELinuxContext", "SmackProcessLabel"} {
		if e := latest(b.unit.all("Service", key)); e != nil && strings.HasPrefix(e.value, "-") {
			remark(n.key("optional"), &c.Optional, e, "")
		}
	}
	for _, key := range []string{"RuntimeDirectoryMode", "StateDirectoryMode", "CacheDirectoryMode", "LogsDirectoryMode", "ConfigurationDirectoryMode"} {
		e := latest(b.unit.all("Service", key))
		if e != nil && b.lists(strings.TrimSuffix(key, "Mode")) && opensMode(e.value) {
			remark(n.key("open_modes"), &c.OpenModes, e, "")
		}
	}
	for i, v := range f.Environment {
		if name := unexpanded(v.Value); name != "" {
			b.like(n.key("unexpanded").index(len(c.Unexpanded)), "environment", i)
			c.Unexpanded = append(c.Unexpanded, Remark{v.Name, v.Value, name})
		}
	}
	b.secretSources(n.key("secret_sources"), f, &c.SecretSources)
	if !f.Partial {
		b.alone(n.key("alone"), f, &c.Alone)
		b.moot(n.key("moot"), f, &c.Moot)
	}
	return c
}

// remark adds a setting to a list, at the place of its assignment.
func remark(n node, list *[]Remark, e *entry, because string) {
	n.index(len(*list)).entry(e)
	*list = append(*list, Remark{e.key, e.value, because})
}

// reboots are the actions that end the machine's work. Units of early boot and shutdown are for that.
func (b *builder) reboots(n node, list *[]Remark) {
	for _, section := range []string{"Unit", "Service"} {
		for _, key := range []string{"FailureAction", "StartLimitAction"} {
			e := latest(b.unit.all(section, key))
			if e != nil && slices.ContainsFunc([]string{"reboot", "poweroff", "halt", "kexec", "soft-reboot"}, func(p string) bool { return strings.HasPrefix(e.value, p) }) {
				remark(n, list, e, "")
			}
		}
	}
}

// lists tells whether a list of words holds any in the end.
func (b *builder) lists(key string) bool {
	e := latest(b.unit.all("Service", key))
	return e != nil && e.value != ""
}

// unexpanded is the name of the variable that a value names as a shell would: $NAME or ${NAME}, and nothing that a
// shell may be meant to read.
func unexpanded(value string) string {
	if strings.ContainsAny(value, "`;|&") || strings.Contains(value, "$(") {
		return ""
	}
	_, rest, found := strings.Cut(value, "$")
	if !found {
		return ""
	}
	rest, braced := strings.CutPrefix(rest, "{")
	n := strings.IndexFunc(rest, func(r rune) bool { return !(r >= 'A' && r <= 'Z' || r == '_' || r >= '0' && r <= '9') })
	if n < 0 {
		n = len(rest)
	}
	if n < 3 || rest[0] >= '0' && rest[0] <= '9' || braced && !strings.HasPrefix(rest[n:], "}") {
		return ""
	}
	return rest[:n]
}

// secretWords say of a file that secrets are in it.
var secretWords = strings.Fields("SECRET SECRETS CREDENTIAL CREDENTIALS PASSWORD PASSWORDS PASSWD TOKEN TOKENS APIKEY APIKEYS")

func (b *builder) secretSources(n node, f *Unit, list *[]Remark) {
	for i, file := range f.EnvironmentFiles {
		if slices.ContainsFunc(tokens(file.Name), func(t string) bool { return slices.Contains(secretWords, t) }) {
			b.like(n.index(len(*list)), "environment_files", i)
			*list = append(*list, Remark{Name: "EnvironmentFile", Value: file.Name})
		}
	}
	for i, name := range f.PassEnvironment {
		// A value that could be a secret under any name that says so.
		if v := secret.Variable(name, "k7Rw2-pQz9Lm"); v.Secret.Found && v.Secret.Reason == "name" {
			b.like(n.index(len(*list)), "pass_environment", i)
			*list = append(*list, Remark{Name: "PassEnvironment", Value: name})
		}
	}
}

// alone finds exceptions from restrictions that are not there, systemd.resource-control(5) and systemd.exec(5).
func (b *builder) alone(n node, f *Unit, list *[]Remark) {
	s := b.sandbox()
	if e := latest(b.unit.all("Service", "IPAddressAllow")); e != nil && len(s.allowed) > 0 {
		every := func(four bool) bool {
			return slices.ContainsFunc(s.allowed, func(p netip.Prefix) bool { return p.Bits() == 0 && p.Addr().Is4() == four })
		}
		switch {
		case len(s.denied) == 0:
			remark(n, list, e, "nothing is denied without IPAddressDeny=any")
		case every(true) && every(false):
			remark(n, list, e, "every address is allowed, whatever IPAddressDeny= says")
		}
	}
	if e := latest(b.unit.all("Service", "SocketBindAllow")); e != nil && e.value != "" && !b.lists("SocketBindDeny") {
		remark(n, list, e, "nothing is denied without SocketBindDeny=any")
	}
	if e := latest(b.unit.all("Service", "ExecPaths")); e != nil && e.value != "" && !b.lists("NoExecPaths") {
		remark(n, list, e, "everything may be executed without NoExecPaths=/")
	}
	fs := &f.Filesystem
	closed := fs.ProtectSystem != "no" || fs.ProtectHome != "no" || len(fs.ReadOnlyPaths) > 0 || fs.ReadOnly || s.on("ProtectKernelTunables") ||
		s.on("ProtectControlGroups") || len(fs.InaccessiblePaths) > 0 || len(fs.TemporaryFileSystem) > 0
	if e := latest(b.unit.all("Service", "ReadWritePaths")); e != nil && len(fs.ReadWritePaths) > 0 && !closed {
		remark(n, list, e, "everything is writable without ProtectSystem=strict")
	}
}

// moot finds settings that another one takes the effect from.
func (b *builder) moot(n node, f *Unit, list *[]Remark) {
	for _, e := range b.unit.all("Service", "DeviceAllow") {
		device, _, _ := strings.Cut(e.value, " ")
		if f.Filesystem.PrivateDevices && strings.HasPrefix(device, "/dev/") && !slices.Contains(pseudo, device) {
			remark(n, list, e, "PrivateDevices=yes hides the device")
		}
	}
	if f.Filesystem.ProtectHome == "yes" || f.Filesystem.ProtectHome == "tmpfs" {
		for _, key := range []string{"WorkingDirectory", "ReadWritePaths"} {
			e := latest(b.unit.all("Service", key))
			if e != nil && below(strings.TrimLeft(e.value, "-+")+"/", []string{"/home", "/root", "/run/user"}) != "" && !b.lists("BindPaths") && !b.lists("BindReadOnlyPaths") {
				remark(n, list, e, "ProtectHome="+f.Filesystem.ProtectHome+" hides the folder")
			}
		}
	}
	if e := latest(b.unit.all("Service", "AmbientCapabilities")); e != nil && e.value != "" && b.flag(node{}, "Service", "PrivateUsers", false) {
		remark(n, list, e, "PrivateUsers=yes makes capabilities worth nothing outside of the service")
	}
	if e := latest(b.unit.all("Service", "ProtectSystem")); e != nil && f.Identity.DynamicUser && (e.value == "full" || e.value == "yes" || e.value == "true") {
		remark(n, list, e, "DynamicUser=yes means ProtectSystem=strict")
	}
}

// pseudo are the devices that PrivateDevices= leaves.
var pseudo = strings.Fields("/dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/ptmx /dev/pts /dev/shm /dev/mqueue /dev/log")
