package systemd

import (
	"encoding/base64"
	"maps"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
)

// A sandbox is what the settings of a service come to, in the way in which systemd 252 reads them: every
// setting is read in order, one that cannot be read is left out, and at the end some imply others.
type sandbox struct {
	u        *unit
	switched uint32   // boolean settings, by switches
	choices  [8]uint8 // settings with one of a few values: the value of each, by chosen

	user                string
	rootDirectory       string
	rootImage           string
	groups              []string
	bounding, ambient   uint64 // capabilities
	umask               uint64
	namespaces          uint64
	families            uint64 // by familyNames
	familiesSet         bool   // there is a list, even if nothing is left in it
	familiesAllow       bool
	architectures       uint32 // by architectureNames
	calls               callFilter
	allowed, denied     []netip.Prefix
	devices             []string
	defaultDependencies bool
}

// booleans are the settings of [Service] that are read as booleans here.
var booleans = []string{
	"DynamicUser", "PrivateDevices", "PrivateMounts", "PrivateNetwork", "PrivateTmp", "PrivateUsers", "ProtectControlGroups",
	"ProtectKernelModules", "ProtectKernelTunables", "ProtectKernelLogs", "ProtectClock", "ProtectHostname", "LockPersonality",
	"MemoryDenyWriteExecute", "NoNewPrivileges", "RestrictRealtime", "RestrictSUIDSGID", "RemoveIPC",
}

// choices are the settings that have one of a few values; the first is the default.
var choices = map[string][]string{
	"ProtectHome":   {"no", "yes", "read-only", "tmpfs"},
	"ProtectSystem": {"no", "yes", "full", "strict"},
	"KeyringMode":   {"private", "inherit", "shared"},
	"ProtectProc":   {"default", "noaccess", "invisible", "ptraceable"},
	"ProcSubset":    {"all", "pid"},
	"NotifyAccess":  {"none", "main", "exec", "all"},
	"DevicePolicy":  {"auto", "closed", "strict"},
	"Restart":       {"no", "always", "on-success", "on-failure", "on-abnormal", "on-abort", "on-watchdog"},
}

// choiceNames are the settings in choices, chosen their places there, and switches the bits of booleans and of Delegate=.
var (
	choiceNames = slices.Sorted(maps.Keys(choices))

	chosen   = places(choiceNames)
	switches = places(append(slices.Clone(booleans), "Delegate"))
)

func places(names []string) map[string]int {
	all := make(map[string]int, len(names))
	for i, name := range names {
		all[name] = i
	}
	return all
}

// on tells whether a boolean setting is on.
func (s *sandbox) on(key string) bool { return s.switched&(1<<switches[key]) != 0 }

func (s *sandbox) turn(key string, on bool) {
	s.switched &^= 1 << switches[key]
	if on {
		s.switched |= 1 << switches[key]
	}
}

// choice is the value of a setting that has one of a few.
func (s *sandbox) choice(key string) string { return choices[key][s.choices[chosen[key]]] }

func (s *sandbox) choose(key, value string) {
	s.choices[chosen[key]] = uint8(slices.Index(choices[key], value))
}

func readSandbox(u *unit) *sandbox { return readSandboxOf(u, false) }

// readSandboxOf reads with newest what the newest version that is known takes: it has further values for some booleans.
func readSandboxOf(u *unit, newest bool) *sandbox {
	s := &sandbox{u: u, umask: 0o022, bounding: allCapabilities, namespaces: unrestricted}
	for _, key := range booleans {
		for _, e := range s.all(key) {
			if v, ok := boolean(e.value); ok {
				s.turn(key, v)
			} else if newest && newer(e) {
				s.turn(key, true)
			}
		}
	}
	for _, key := range choiceNames {
		for _, e := range s.all(key) {
			value, values := e.value, choices[key]
			if v, ok := boolean(value); ok && slices.Contains(values, "yes") {
				value = map[bool]string{true: "yes", false: "no"}[v]
			}
			if slices.Contains(values, value) {
				s.choose(key, value)
			}
		}
	}
	s.defaultDependencies = true
	for _, e := range u.all("Unit", "DefaultDependencies") {
		if v, ok := boolean(e.value); ok {
			s.defaultDependencies = v
		}
	}
	s.identity()
	s.rootDirectory, s.rootImage = s.path("RootDirectory"), s.path("RootImage")
	s.bounding = capabilities(s.all("CapabilityBoundingSet"), allCapabilities)
	s.ambient = capabilities(s.all("AmbientCapabilities"), 0)
	for _, e := range s.all("UMask") {
		if n, err := strconv.ParseUint(e.value, 8, 16); err == nil && n <= 0o7777 && e.value[0] != '+' {
			s.umask = n
		}
	}
	s.delegate()
	s.restrictNamespaces()
	s.restrictFamilies()
	s.callArchitectures()
	s.readCalls()
	s.allowed, s.denied = prefixes(s.all("IPAddressAllow")), prefixes(s.all("IPAddressDeny"))
	s.deviceAllow()
	s.imply()
	return s
}

// path is the last value of a setting, as a path.
func (s *sandbox) path(key string) string {
	if expanded, _ := s.u.expand(lastValue(s.u, "Service", key)); expanded != "" {
		return path.Clean(expanded)
	}
	return ""
}

func (s *sandbox) all(key string) []*entry { return s.u.all("Service", key) }

// setPath tells whether a list of paths holds one that systemd takes.
func (s *sandbox) setPath(key string) bool {
	set := false
	for _, e := range s.all(key) {
		set = e.value != "" && (set || e.value[0] == '/' && !slices.Contains(strings.Split(e.value, "/"), ".."))
	}
	return set
}

// images tells whether images are mounted: SOURCE:TARGET.
func (s *sandbox) images() bool {
	set := false
	for _, e := range s.all("MountImages") {
		_, target, _ := strings.Cut(e.value, ":")
		_, known := s.u.expand(e.value)
		set = e.value != "" && (set || known && strings.HasPrefix(target, "/"))
	}
	return set
}

// encrypted tells whether there are encrypted credentials: ID, ID:PATH, or ID:BASE64. A later one of the same name
// replaces, encrypted or not.
func (s *sandbox) encrypted(key string) bool {
	if len(s.all(key+"Encrypted")) == 0 {
		return false
	}
	locked := map[string]bool{}
	for _, e := range s.u.entries {
		if e.section != "Service" || e.key != key && e.key != key+"Encrypted" {
			continue
		}
		if e.value == "" {
			clear(locked)
		} else if id, ok := s.credential(e); ok {
			locked[id] = e.key != key
		}
	}
	return slices.Contains(slices.Collect(maps.Values(locked)), true)
}

// credential is the name of a credential, if systemd takes it.
func (s *sandbox) credential(e *entry) (id string, ok bool) {
	id, value, ok := field(e.value)
	id, known := s.u.expand(id)
	ok = ok && known && credentialName(id)
	switch {
	case !ok:
		return "", false
	case e.key == "SetCredentialEncrypted":
		data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
		return id, err == nil && len(data) > 0
	case e.key == "SetCredential":
		return id, value != "" && unescapes(value)
	case value == "":
		return id, true
	}
	source, known := s.u.expand(value)
	up := slices.Contains(strings.Split(source, "/"), "..")
	return id, known && !up && (strings.HasPrefix(source, "/") || credentialName(source))
}

// credentialName tells whether systemd takes a name for a credential.
func credentialName(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) < 256 &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r >= 127 || r == ':' || r == '/' })
}

// set tells whether a list of words or paths holds anything in the end.
func (s *sandbox) set(key string) bool {
	last := latest(s.all(key))
	return last != nil && last.value != ""
}

func (s *sandbox) identity() {
	for _, e := range s.all("User") {
		s.user, _ = s.u.expand(e.value)
	}
	for _, e := range s.all("SupplementaryGroups") {
		if e.value == "" {
			s.groups = nil
		}
		list, _ := words(e.value, bare)
		for _, w := range list {
			s.groups = append(s.groups, w.text)
		}
	}
}

// root tells whether the processes start as root.
func (s *sandbox) root() bool {
	return s.user == "root" || s.user == "0" || s.user == "" && !s.on("DynamicUser")
}

// delegate reads a boolean or a list of controllers; an empty value switches it on.
func (s *sandbox) delegate() {
	for _, e := range s.all("Delegate") {
		_, err := words(e.value, plain)
		if v, ok := boolean(e.value); ok || err == nil {
			s.turn("Delegate", v || !ok)
		}
	}
}

// What settings take from the bounding set.
var maskDevices, maskModules, maskLogs, maskClock = mask("MKNOD", "SYS_RAWIO"), mask("SYS_MODULE"), mask("SYSLOG"), mask("SYS_TIME", "WAKE_ALARM")

// imply does what systemd does when all is read (unit_patch_contexts): it overrides what the files say.
func (s *sandbox) imply() {
	drop := func(key string, set uint64) {
		if s.on(key) {
			s.bounding &^= set
		}
	}
	if s.on("PrivateDevices") && s.choice("DevicePolicy") == "auto" {
		s.choose("DevicePolicy", "closed")
	}
	drop("PrivateDevices", maskDevices)
	drop("ProtectKernelModules", maskModules)
	drop("ProtectKernelLogs", maskLogs)
	drop("ProtectClock", maskClock)
	if s.on("DynamicUser") {
		for _, key := range []string{"PrivateTmp", "RemoveIPC", "NoNewPrivileges", "RestrictSUIDSGID"} {
			s.turn(key, true)
		}
		s.choose("ProtectSystem", "strict")
		if s.choice("ProtectHome") == "no" {
			s.choose("ProtectHome", "read-only")
		}
	}
	if s.choice("DevicePolicy") != "auto" || len(s.devices) > 0 {
		image := s.rootImage != "" || s.images()
		if image || s.on("ProtectClock") || s.encrypted("LoadCredential") || s.encrypted("SetCredential") {
			s.devices = append(s.devices, "implied")
		}
	}
}

// deviceAllow reads a device and what may be done with it.
func (s *sandbox) deviceAllow() {
	for _, e := range s.all("DeviceAllow") {
		if e.value == "" {
			s.devices = nil
			continue
		}
		if name, ok := device(e.value); ok {
			s.devices = append(s.devices, name)
		}
	}
}

// device is the device of a rule of DeviceAllow=; ok is false for what is no rule.
func device(rule string) (name string, ok bool) {
	w, ok, err := next(rule, 0, plain)
	if !ok || err != nil {
		return "", false
	}
	rights := strings.TrimSpace(rule[w.to:])
	known := strings.HasPrefix(w.text, "block-") || strings.HasPrefix(w.text, "char-") ||
		strings.HasPrefix(path.Clean(w.text)+"/", "/dev/") || strings.HasPrefix(path.Clean(w.text), "/run/systemd/inaccessible/")
	return w.text, known && strings.Trim(rights, "rwm") == ""
}
