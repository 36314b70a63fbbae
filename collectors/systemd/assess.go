package systemd

import (
	"net/netip"
	"slices"
)

func bad(is bool) int {
	if is {
		return 1
	}
	return 0
}

func off(key string) func(*sandbox) int { return func(s *sandbox) int { return bad(!s.flags[key]) } }

func on(key string) func(*sandbox) int { return func(s *sandbox) int { return bad(s.flags[key]) } }

// choice takes the badness of each value, in the order of choices.
func choice(key string, badness ...int) func(*sandbox) int {
	return func(s *sandbox) int { return badness[slices.Index(choices[key], s.words[key])] }
}

func holds(names ...string) func(*sandbox) int {
	return func(s *sandbox) int { return bad(s.bounding&mask(names...) != 0) }
}

func makes(namespace string) func(*sandbox) int {
	return func(s *sandbox) int { return bad(s.allows(namespace)) }
}

func calls(group string) func(*sandbox) int {
	return func(s *sandbox) int { return s.filtered(group) }
}

func opens(families ...string) func(*sandbox) int {
	return func(s *sandbox) int {
		return bad(!s.restricts(func(f string) bool { return slices.Contains(families, f) }))
	}
}

func opensOther(s *sandbox) int {
	named := []string{"INET", "INET6", "UNIX", "NETLINK", "PACKET"}
	return bad(!s.restricts(func(f string) bool { return !slices.Contains(named, f) }))
}

// late leaves out services of early boot.
func late(assess func(*sandbox) int) func(*sandbox) int {
	return func(s *sandbox) int {
		if !s.defaultDependencies {
			return notApplicable
		}
		return assess(s)
	}
}

func assessUser(s *sandbox) int {
	switch {
	case s.user == "nobody":
		return 9
	case s.root():
		return 10
	}
	return 0
}

func assessGroups(s *sandbox) int {
	if s.root() {
		return notApplicable
	}
	return bad(len(s.groups) > 0)
}

func assessRemoveIPC(s *sandbox) int {
	if s.root() {
		return notApplicable
	}
	return bad(!s.flags["RemoveIPC"])
}

func assessRoot(s *sandbox) int {
	none := func(key string) bool { return s.words[key] == "" || s.words[key] == "/" }
	return bad(none("RootDirectory") && none("RootImage"))
}

func assessUMask(s *sandbox) int {
	for _, m := range []struct {
		bit     uint64
		badness int
	}{{0o002, 10}, {0o004, 5}, {0o020, 2}, {0o040, 1}} {
		if s.umask&m.bit == 0 {
			return m.badness
		}
	}
	return 0
}

func assessArchitectures(s *sandbox) int {
	switch {
	case len(s.architectures) == 0:
		return 10
	case len(s.architectures) == 1 && s.architectures["native"]:
		return 0
	}
	return 8
}

func assessAmbient(s *sandbox) int { return bad(s.ambient != 0) }

func assessAddresses(s *sandbox) int {
	if s.setPath("IPIngressFilterPath") || s.setPath("IPEgressFilterPath") {
		return 0
	}
	any := namedPrefixes["any"]
	if !slices.Contains(s.denied, any[0]) || !slices.Contains(s.denied, any[1]) {
		return 10
	}
	badness := 0
	for _, p := range s.allowed {
		if a := p.Addr(); a.Is4() && a.As4()[0] == 127 || a == netip.IPv6Loopback() {
			badness = max(badness, 2)
		} else {
			badness = 5
		}
	}
	return badness
}

func assessDevices(s *sandbox) int {
	switch {
	case s.words["DevicePolicy"] == "auto":
		return 10
	case len(s.devices) > 0:
		return 5
	}
	return 0
}
