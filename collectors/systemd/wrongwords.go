package systemd

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// maxWrong bounds the wrong words of one assignment that are told.
const maxWrong = 20

// wrongWords are the words of a list, or the value, that systemd leaves out. Capabilities are left out without a word in the log.
func (u *unit) wrongWords(e *entry, r *listed) (wrong []word) {
	if !sections()[e.section][e.key] {
		return nil
	}
	value, invert := e.value, false
	if r.tilde {
		value, invert = strings.CutPrefix(value, "~")
	}
	if _, is := boolean(value); is && r.boolean {
		return nil
	}
	list := []word{{value, 0, len(value)}}
	if !r.single {
		list, _ = words(value, r.mode)
	}
	for _, w := range list {
		text := w.text
		if r.paths { // the others have no specifiers
			expanded, ok := u.expand(text)
			if text = expanded; !ok || len(text) > 1 && text[0] == '%' && strings.Contains(specifiers, text[1:2]) {
				continue // known on the machine alone
			}
		}
		if len(wrong) < maxWrong && !r.known(text, invert) {
			if invert {
				w.from, w.to = w.from+1, w.to+1
			}
			wrong = append(wrong, w)
		}
	}
	return wrong
}

// meant is the name that a word is most like, or the one that it is the end of: SYS_TIME of CAP_SYS_TIME.
func meant(text string, names []string) string {
	for _, prefix := range []string{"CAP_", "AF_"} {
		if whole := prefix + strings.ToUpper(text); slices.Contains(names, whole) {
			return whole
		}
	}
	return nearest(text, names)
}

// A listed is how systemd reads the words of a list.
type listed struct {
	mode escaping
	// tilde is true where "~" before all words takes away, boolean where the value may be one, and single where it is one word.
	tilde, boolean, single bool
	// paths is true where the words are paths, in which specifiers may stand.
	paths bool
	known func(text string, invert bool) bool
	// expected is what it takes, for people, and names are what a wrong word may have meant; nil where it may be anything.
	expected string
	names    func() []string
}

// lists are the settings with lists of known words, addresses or paths.
var lists = func() map[string]listed {
	capability := listed{mode: plain, tilde: true, known: knownCapability, expected: "capabilities such as CAP_NET_BIND_SERVICE, with blanks between", names: func() []string { return capabilityTitles }}
	calls := listed{mode: bare, tilde: true, known: knownCall, expected: "system calls and their groups, such as @system-service", names: callsAndGroups}
	addresses := listed{mode: bare, known: knownNetwork, expected: "networks such as 10.0.0.0/8, any, localhost, link-local or multicast"}
	binds := listed{single: true, known: func(text string, _ bool) bool { _, ok := bind(text); return ok }, expected: "any, or a rule such as tcp:8080 or ipv4:udp:1024-2048"}
	paths := listed{mode: retained, paths: true, known: func(text string, _ bool) bool {
		return absolute(strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+"))
	}, expected: "absolute paths"}
	mounts := listed{mode: retained, paths: true, known: func(text string, _ bool) bool { return absolute(strings.TrimPrefix(beforeColon(text), "-")) }, expected: "absolute paths"}
	bound := listed{mode: retained, paths: true, known: func(text string, _ bool) bool {
		source, target, has := strings.Cut(text, ":")
		target, _, _ = strings.Cut(target, ":")
		return absolute(strings.TrimPrefix(source, "-")) && (!has || absolute(target))
	}, expected: "absolute paths, SOURCE or SOURCE:TARGET"}
	made := listed{mode: retained, paths: true, known: func(text string, _ bool) bool {
		text = beforeColon(text)
		return !strings.HasPrefix(text, "/") && !slices.Contains(strings.Split(text, "/"), "..")
	}, expected: "names of folders, not absolute paths"}
	mode := listed{single: true, known: knownMode, expected: "a mode in octal, such as 0750"}
	all := map[string]listed{
		"RestrictAddressFamilies": {mode: plain, tilde: true, known: knownFamily, expected: "address families such as AF_INET, with blanks between", names: familyTitles},
		"RestrictNamespaces": {
			mode: bare, tilde: true, boolean: true, known: func(text string, _ bool) bool { return slices.Contains(namespaceNames, text) },
			expected: "yes, no, or namespaces such as user and mnt", names: func() []string { return namespaceNames },
		},
		"SystemCallArchitectures": {mode: plain, known: func(text string, _ bool) bool {
			return slices.Contains(architectureNames, text) || text == "loongarch64"
		}, expected: "native, or architectures such as x86-64", names: func() []string { return architectureNames }},
		"SystemCallErrorNumber": {single: true, known: func(text string, _ bool) bool { return text != "0" && errorNumber(text) }, expected: "an error such as EPERM, or kill", names: func() []string { return errorNames }},
		"DeviceAllow":           {single: true, known: func(text string, _ bool) bool { _, ok := device(text); return ok }, expected: "a path below /dev, or a group such as char-rtc, and rights of r, w and m"},
	}
	for list, reading := range map[string]listed{
		"CapabilityBoundingSet AmbientCapabilities": capability, "SystemCallFilter SystemCallLog": calls, "IPAddressAllow IPAddressDeny": addresses,
		"SocketBindAllow SocketBindDeny": binds, "ReadWritePaths ReadOnlyPaths InaccessiblePaths ExecPaths NoExecPaths": paths,
		"TemporaryFileSystem": mounts, "BindPaths BindReadOnlyPaths": bound,
		"StateDirectory CacheDirectory LogsDirectory ConfigurationDirectory RuntimeDirectory":                                                    made,
		"UMask SocketMode DirectoryMode StateDirectoryMode CacheDirectoryMode LogsDirectoryMode ConfigurationDirectoryMode RuntimeDirectoryMode": mode,
	} {
		for name := range strings.FieldsSeq(list) {
			all[name] = reading
		}
	}
	return all
}()

func absolute(text string) bool {
	return strings.HasPrefix(text, "/") && !slices.Contains(strings.Split(text, "/"), "..")
}

func knownMode(text string, _ bool) bool {
	n, err := strconv.ParseUint(text, 8, 16)
	return err == nil && n <= 0o7777
}

func knownCapability(text string, _ bool) bool {
	if n, err := strconv.ParseInt(text, 0, 32); err == nil {
		return n >= 0 && n <= 63
	}
	return slices.Contains(capabilityTitles, strings.ToUpper(text))
}

var familyTitles = sync.OnceValue(func() []string {
	titles := make([]string, len(familyNames))
	for i, name := range familyNames {
		titles[i] = "AF_" + name
	}
	return titles
})

func knownFamily(text string, _ bool) bool {
	return text == "none" || slices.Contains(familyTitles(), strings.ToUpper(text))
}

func knownNetwork(text string, _ bool) bool {
	_, is := network(text)
	return is || namedPrefixes[text] != nil || localhost(text)
}

// laterCalls came after those of the table, or are of other processors: names that are like known ones, and no mistakes.
var laterCalls = strings.Fields(`cachestat fchmodat2 map_shadow_stack futex_wake futex_wait futex_requeue futex_waitv statmount listmount lsm_get_self_attr
	lsm_set_self_attr lsm_list_modules mseal setxattrat getxattrat listxattrat removexattrat open_tree_attr file_getattr file_setattr
	uretprobe uprobe riscv_hwprobe set_mempolicy_home_node process_mrelease quotactl_fd memfd_secret sync_file_range2 listns`)

// laterGroups are groups of system calls that versions after 252 know.
var laterGroups = []string{"@sandbox", "@pkey", "@known"}

// knownCall tells whether systemd takes a call or a group. Which calls there are depends on the kernel: of those that the table
// does not have, only what is all but the name of one counts as a mistake.
func knownCall(text string, invert bool) bool {
	t := syscalls()
	name, number, fails := strings.Cut(text, ":")
	if fails && (!invert || !errorNumber(number)) {
		return false
	}
	if strings.HasPrefix(name, "@") {
		return t.groups[name] != nil || slices.Contains(laterGroups, name)
	}
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return false
	}
	if _, known := t.index[name]; known || len(name) < 5 || len(name) > 40 || slices.Contains(laterCalls, name) {
		return true
	}
	return !slices.ContainsFunc(t.names, func(other string) bool { return distance(name, other, 2) < 2 })
}

var callsAndGroups = sync.OnceValue(func() []string {
	t := syscalls()
	all := slices.Clone(t.names)
	for name := range t.groups {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
})
