package systemd

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

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

// internet are the families of IP.
var internet = families("INET", "INET6")

// needs reads what the service says it is for. network.target is no reason: nearly every unit names it, and it
// orders the shutdown only, systemd.special(7).
func (s *sandbox) needs(f *Unit) Needs {
	var n Needs
	say := func(reason *string, is bool, format string, args ...any) {
		if is && *reason == "" {
			*reason = fmt.Sprintf(format, args...)
		}
	}
	inet := s.familiesAllow && s.families&internet != 0
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
		if s.choice("DevicePolicy") != "auto" {
			return "DevicePolicy= is " + s.choice("DevicePolicy") + ", and DeviceAllow= names the devices"
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
	case "UMask":
		if assessUMask(s) == 1 {
			return "UMask= lets its group read, and nobody else"
		}
	case "RootDirectoryOrRootImage":
		if s.choice("ProtectSystem") == "strict" && s.choice("ProtectHome") != "no" && s.on("PrivateTmp") && s.on("PrivateDevices") {
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
	case s.on("PrivateNetwork"):
		return "PrivateNetwork= leaves the loopback alone"
	case s.restricts(internet):
		return "RestrictAddressFamilies= leaves no address of IP"
	}
	return ""
}
