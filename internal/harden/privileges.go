package harden

import (
	"slices"
	"strings"

	"sallyport/collectors/systemd"
)

// asRoot are the capabilities that are left to a service that runs as root, since it may change its account, own
// files of others and bind a low port.
const asRoot = "CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_FSETID CAP_KILL CAP_NET_BIND_SERVICE CAP_SETGID CAP_SETUID"

// keepsRoot tells whether commands of the service start as root although it has an account.
func (w *writer) keepsRoot() bool {
	return slices.ContainsFunc(w.unit.Exec, func(c systemd.Command) bool { return c.KeepsRoot || c.KeepsRootLegacy })
}

// kept are those of them that the unit itself leaves.
func (w *writer) kept() []string {
	return slices.DeleteFunc(strings.Fields(asRoot), func(c string) bool { return !slices.Contains(w.unit.Confinement.Capabilities, c) })
}

func (w *writer) privileges() {
	w.yes("NoNewPrivileges", "Set-user-ID programs give it nothing.")
	root := w.unit.Identity.Root || w.keepsRoot()
	if !root && w.unit.Exposure.Needs.Privileges == "" {
		w.yes("PrivateUsers", "No capability that it obtains counts outside.")
	}
	kept := slices.ContainsFunc(w.unit.Exposure.Items, func(i systemd.Item) bool { return i.Setting == "CapabilityBoundingSet" })
	if !kept || len(w.typed("CapabilityBoundingSet")) > 0 && !w.override {
		return
	}
	switch ambient := w.unit.AmbientCapabilities; {
	case len(ambient) > 0:
		w.line("No capabilities but those of AmbientCapabilities=.", "CapabilityBoundingSet", "")
		w.b.WriteString("CapabilityBoundingSet=" + strings.Join(ambient, " ") + "\n")
	case root:
		w.line("As root it keeps what programs need that own files and change their account; User= would do without.", "CapabilityBoundingSet", "")
		if kept := w.kept(); len(kept) > 0 {
			w.b.WriteString("CapabilityBoundingSet=" + strings.Join(kept, " ") + "\n")
		}
	default:
		w.line("An account that is not root needs no capabilities.", "CapabilityBoundingSet", "")
	}
}

func (w *writer) network() {
	if !w.purpose.Network {
		w.yes("PrivateNetwork", "It has no business on the network.")
		if w.bad("RestrictAddressFamilies_AF_INET_INET6") {
			w.line("Local sockets alone, for logs and notifications.", "RestrictAddressFamilies", "")
			w.b.WriteString("RestrictAddressFamilies=AF_UNIX\n")
		}
		if w.bad("IPAddressDeny") {
			w.line("No address, also on sockets that it is handed.", "IPAddressDeny", "any")
		}
		return
	}
	if w.bad("RestrictAddressFamilies_OTHER") || w.bad("RestrictAddressFamilies_AF_PACKET") {
		families := "AF_UNIX AF_INET AF_INET6"
		if slices.ContainsFunc(w.typed("RestrictAddressFamilies"), func(v string) bool { return !strings.HasPrefix(v, "~") && strings.Contains(v, "AF_NETLINK") }) {
			families += " AF_NETLINK"
		}
		w.line("Local sockets and IP, and none of the rare kinds.", "RestrictAddressFamilies", "")
		w.b.WriteString("RestrictAddressFamilies=" + families + "\n")
	}
	switch {
	case len(w.typed("SocketBindDeny")) > 0:
	case !w.purpose.Listen:
		w.line("It calls others, and nobody calls it.", "SocketBindDeny", "any")
	case w.handed():
		w.line("Its socket unit binds the port, and it binds none of its own.", "SocketBindDeny", "any")
	}
}

// handed tells whether every port that the unit names comes from a socket unit, at least one.
func (w *writer) handed() bool {
	own := func(p systemd.Port) bool { return !strings.HasSuffix(p.From, ".socket") }
	return len(w.unit.Ports) > 0 && !slices.ContainsFunc(w.unit.Ports, own)
}

func (w *writer) calls() {
	if w.bad("SystemCallArchitectures") {
		w.line("Calls of other architectures are for old programs and for attacks.", "SystemCallArchitectures", "")
		w.b.WriteString("SystemCallArchitectures=native\n")
	}
	groups := "~@privileged @resources"
	if w.unit.Identity.Root || w.keepsRoot() || len(w.unit.AmbientCapabilities) > 0 {
		groups = "~@clock @module @raw-io @reboot @swap @resources"
	}
	filters := slices.DeleteFunc(slices.Clone(w.typed("SystemCallFilter")), func(v string) bool { return v == "" })
	open := slices.ContainsFunc(w.unit.Exposure.Items, func(i systemd.Item) bool { return i.Setting == "SystemCallFilter" })
	switch {
	case !open:
	case len(filters) == 0:
		w.line("What services use.", "SystemCallFilter", "@system-service")
		w.line("And of that, nothing that configures the machine.", "SystemCallFilter", groups)
	case strings.HasPrefix(filters[0], "~"):
		w.line("Further groups that services do not use.", "SystemCallFilter", "~@clock @cpu-emulation @debug @module @mount @obsolete @raw-io @reboot @swap @resources")
	default:
		w.line("Of the list of the unit, nothing that configures the machine.", "SystemCallFilter", groups)
	}
}
