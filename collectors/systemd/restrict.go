package systemd

import (
	"slices"
	"strconv"
	"strings"
)

// capabilityNames are in the order of their numbers, capabilities(7).
var capabilityNames = strings.Fields(`CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
	NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT
	SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP
	MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`)

// allCapabilities is the set in which a service starts: every bit, also those without a name.
const allCapabilities = ^uint64(0)

func mask(names ...string) (set uint64) {
	for _, name := range names {
		set |= 1 << slices.Index(capabilityNames, name)
	}
	return set
}

// capabilities reads a set of capabilities. The first assignment replaces what a service starts with; later
// ones add, or with ~ take away. A set that came to be the initial one again is replaced again, and so is
// any by an assignment that names no known capability.
func capabilities(entries []*entry, initial uint64) uint64 {
	set := initial
	for _, e := range entries {
		value, invert := strings.CutPrefix(e.value, "~")
		list, _ := words(value, plain)
		sum := uint64(0)
		for _, w := range list {
			if name, ok := strings.CutPrefix(strings.ToUpper(w.text), "CAP_"); ok {
				if i := slices.Index(capabilityNames, name); i >= 0 {
					sum |= 1 << i
				}
			} else if n, err := strconv.ParseInt(w.text, 0, 32); err == nil && n >= 0 && n <= 63 && !strings.Contains(w.text, "_") {
				sum |= 1 << n
			}
		}
		switch {
		case (sum == 0 || set == initial) && invert:
			set = ^sum
		case sum == 0 || set == initial:
			set = sum
		case invert:
			set &^= sum
		default:
			set |= sum
		}
	}
	return set
}

var namespaceNames = []string{"cgroup", "ipc", "net", "mnt", "pid", "user", "uts", "time"}

// unrestricted is the value before any assignment, which is not the same as all namespaces.
const (
	allNamespaces = uint64(1)<<8 - 1
	unrestricted  = ^uint64(0)
)

func (s *sandbox) restrictNamespaces() {
	for _, e := range s.all("RestrictNamespaces") {
		if e.value == "" {
			s.namespaces = unrestricted
			continue
		}
		if v, ok := boolean(e.value); ok {
			s.namespaces = map[bool]uint64{true: 0, false: allNamespaces}[v]
			continue
		}
		value, invert := strings.CutPrefix(e.value, "~")
		list, err := words(value, bare)
		set, known := uint64(0), err == nil
		for _, w := range list {
			i := slices.Index(namespaceNames, w.text)
			if known = known && i >= 0; known {
				set |= 1 << i
			}
		}
		switch {
		case !known:
		case s.namespaces == unrestricted && invert:
			s.namespaces = allNamespaces &^ set
		case s.namespaces == unrestricted:
			s.namespaces = set
		case invert:
			s.namespaces &^= set
		default:
			s.namespaces |= set
		}
	}
}

// allows tells whether the processes may make namespaces of a kind.
func (s *sandbox) allows(namespace string) bool {
	return s.namespaces&(1<<slices.Index(namespaceNames, namespace)) != 0
}

// familyNames are the address families of Linux, address_families(7), without AF_.
var familyNames = strings.Fields(`UNIX LOCAL FILE INET AX25 IPX APPLETALK NETROM BRIDGE ATMPVC X25 INET6 ROSE DECNET NETBEUI SECURITY KEY
	NETLINK ROUTE PACKET ASH ECONET ATMSVC RDS SNA IRDA PPPOX WANPIPE LLC IB MPLS CAN TIPC BLUETOOTH IUCV RXRPC ISDN PHONET
	IEEE802154 CAIF ALG NFC VSOCK KCM QIPCRTR SMC XDP MCTP`)

var familyAliases = map[string]string{"LOCAL": "UNIX", "FILE": "UNIX", "ROUTE": "NETLINK"}

// families are the bits of some families.
func families(names ...string) (set uint64) {
	for _, name := range names {
		set |= 1 << slices.Index(familyNames, name)
	}
	return set
}

func (s *sandbox) restrictFamilies() {
	for _, e := range s.all("RestrictAddressFamilies") {
		switch e.value {
		case "", "none":
			s.families, s.familiesSet, s.familiesAllow = 0, false, e.value == "none"
			continue
		}
		value, invert := strings.CutPrefix(e.value, "~")
		if !s.familiesSet {
			s.families, s.familiesSet, s.familiesAllow = 0, true, !invert
		}
		list, _ := words(value, plain)
		for _, w := range list {
			name, ok := strings.CutPrefix(strings.ToUpper(w.text), "AF_")
			if alias := familyAliases[name]; alias != "" {
				name = alias
			}
			i := slices.Index(familyNames, name)
			switch {
			case !ok || i < 0:
			case invert != s.familiesAllow:
				s.families |= 1 << i
			default:
				s.families &^= 1 << i
			}
		}
	}
}

// restricts tells whether sockets of a group of families are refused: one listed family decides for its group.
func (s *sandbox) restricts(group uint64) bool {
	return s.families&group != 0 != s.familiesAllow
}

var architectureNames = strings.Fields(`native x86 x86-64 x32 arm arm64 mips mips64 mips64-n32 mips-le mips64-le mips64-le-n32
	ppc ppc64 ppc64-le riscv64 s390 s390x parisc parisc64`)

func (s *sandbox) callArchitectures() {
	for _, e := range s.all("SystemCallArchitectures") {
		if e.value == "" {
			s.architectures = 0
		}
		list, _ := words(e.value, plain)
		for _, w := range list {
			if i := slices.Index(architectureNames, w.text); i >= 0 {
				s.architectures |= 1 << i
			}
		}
	}
}
