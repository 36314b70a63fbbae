package systemd

import (
	"net/netip"
	"slices"
	"sync"
)

func bad(is bool) int {
	if is {
		return 1
	}
	return 0
}

func off(key string) func(*sandbox) int {
	bit := uint32(1) << switches[key]
	return func(s *sandbox) int { return bad(s.switched&bit == 0) }
}

func on(key string) func(*sandbox) int {
	bit := uint32(1) << switches[key]
	return func(s *sandbox) int { return bad(s.switched&bit != 0) }
}

// choice takes the badness of each value, in the order of choices.
func choice(key string, badness ...int) func(*sandbox) int {
	place := chosen[key]
	return func(s *sandbox) int { return badness[s.choices[place]] }
}

func holds(names ...string) func(*sandbox) int {
	set := mask(names...)
	return func(s *sandbox) int { return bad(s.bounding&set != 0) }
}

func makes(namespace string) func(*sandbox) int {
	return func(s *sandbox) int { return bad(s.allows(namespace)) }
}

func calls(group string) func(*sandbox) int {
	set := sync.OnceValue(func() *callSet { return syscalls().sets[group] })
	return func(s *sandbox) int { return s.filtered(set) }
}

func opens(names ...string) func(*sandbox) int {
	set := families(names...)
	return func(s *sandbox) int { return bad(!s.restricts(set)) }
}

var otherFamilies = ^families("INET", "INET6", "UNIX", "NETLINK", "PACKET")

func opensOther(s *sandbox) int { return bad(!s.restricts(otherFamilies)) }

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
	return bad(!s.on("RemoveIPC"))
}

func assessRoot(s *sandbox) int {
	none := func(root string) bool { return root == "" || root == "/" }
	return bad(none(s.rootDirectory) && none(s.rootImage))
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
	case s.architectures == 0:
		return 10
	case s.architectures == 1: // native alone
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
	case s.choice("DevicePolicy") == "auto":
		return 10
	case len(s.devices) > 0:
		return 5
	}
	return 0
}
