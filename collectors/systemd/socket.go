package systemd

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Listen is one address of a socket unit, systemd.socket(5).
type Listen struct {
	// Name is the address as set.
	Name string `json:"name"`
	// Setting is ListenStream, ListenDatagram, ...
	Setting string `json:"setting"`
	// Protocol is tcp, udp, udplite, sctp, mptcp, vsock, unix, fifo, netlink, mqueue, special or usb.
	Protocol string `json:"protocol"`
	// Address is the address without its port: an IP address, "" for all, a path, or another kind's name.
	Address string `json:"address"`
	// Port is the port, 0 where the address has none.
	Port int `json:"port"`
	// Interface is the interface of an address with a scope: fe80::1%eth0.
	Interface string `json:"interface"`
	// Everywhere is true for a port on all addresses of the machine, Loopback for one that only the machine itself reaches.
	Everywhere bool `json:"everywhere"`
	Loopback   bool `json:"loopback"`
	// Path is the path of a socket or FIFO, with what specifiers stand for; "" for others.
	Path string `json:"path"`
	// Abstract is true for a socket of the abstract name space, which has no permissions.
	Abstract bool `json:"abstract"`
}

// SocketOptions are the settings of a socket unit beside its addresses.
type SocketOptions struct {
	// Accept is true where each connection gets an instance of the service.
	Accept bool `json:"accept"`
	// Mode is SocketMode=, four octal digits: the permissions of sockets and FIFOs in the file system, 0666 by default.
	Mode string `json:"mode"`
	// WorldWritable is true where Mode lets every account connect.
	WorldWritable bool `json:"world_writable"`
	// User and Group own the sockets in the file system; "" for root.
	User  string `json:"user"`
	Group string `json:"group"`
	// BindToDevice is the interface that ports are bound to; "" for all.
	BindToDevice string `json:"bind_to_device"`
	// MaxConnections and MaxConnectionsPerSource bound the instances of Accept=yes: 64 and no bound where they are not set.
	MaxConnections          Amount `json:"max_connections"`
	MaxConnectionsPerSource Amount `json:"max_connections_per_source"`
}

// listenSettings are the settings of [Socket] that name an address, with the protocol of what they listen on.
var listenSettings = map[string]string{
	"ListenStream": "tcp", "ListenDatagram": "udp", "ListenSequentialPacket": "unix", "ListenFIFO": "fifo", "ListenNetlink": "netlink",
	"ListenSpecial": "special", "ListenMessageQueue": "mqueue", "ListenUSBFunction": "usb",
}

// listen are the addresses of a socket unit, in order; an empty assignment of any of the settings resets
// them all.
func (b *builder) listen(n node) []Listen {
	list := []Listen{}
	if b.unit.kind != "socket" {
		return list
	}
	protocol := b.choice(node{}, "Socket", "SocketProtocol", "udplite", "sctp", "mptcp")
	for _, e := range b.unit.entries {
		if e.section != "Socket" || listenSettings[e.key] == "" {
			continue
		}
		if e.value == "" {
			list = list[:0]
			continue
		}
		n.index(len(list)).entry(e)
		l := address(b.unit, e.key, e.value)
		if protocol != "" && l.Port > 0 && l.Protocol != "vsock" {
			l.Protocol = protocol
		}
		list = append(list, l)
	}
	return list
}

// address reads a port, an IPv4 or IPv6 address with a port, a path, or another kind's name.
func address(u *unit, setting, value string) Listen {
	expanded := u.resolve(value)
	l := Listen{Name: value, Setting: setting, Protocol: listenSettings[setting], Address: expanded}
	ip := l.Protocol == "tcp" || l.Protocol == "udp"
	switch {
	case strings.HasPrefix(expanded, "/"):
		l.Address, l.Path = "", expanded
		if ip {
			l.Protocol = "unix"
		}
		return l
	case strings.HasPrefix(expanded, "@") && l.Protocol != "netlink":
		l.Protocol, l.Abstract = "unix", true
		return l
	case strings.HasPrefix(expanded, "vsock:"):
		l.Protocol = "vsock"
		cid, port, _ := strings.Cut(strings.TrimPrefix(expanded, "vsock:"), ":")
		if n, err := strconv.ParseUint(port, 10, 31); err == nil {
			l.Address, l.Port = cid, int(n)
		}
		return l
	}
	if port, err := strconv.ParseUint(expanded, 10, 16); err == nil {
		l.Address, l.Port, l.Everywhere = "", int(port), port > 0
		return l
	}
	host, scope, scoped := strings.Cut(expanded, "%")
	if scoped { // the interface stands inside of the brackets, or behind the port
		if name, port, inside := strings.Cut(scope, "]"); inside {
			host, scope = host+"]"+port, name
		}
		l.Interface = scope
	}
	if ap, err := netip.ParseAddrPort(host); err == nil {
		l.Address, l.Port = ap.Addr().String(), int(ap.Port())
		l.Everywhere, l.Loopback = ap.Addr().IsUnspecified(), ap.Addr().IsLoopback()
	}
	return l
}

// socketOptions are the settings of a socket unit; of other units those that hold nothing.
func (b *builder) socketOptions(n node) SocketOptions {
	o := SocketOptions{Mode: "", MaxConnections: Amount{Value: -1}, MaxConnectionsPerSource: Amount{Value: -1}}
	if b.unit.kind != "socket" || b.unit.masked {
		return o
	}
	for _, name := range []string{"accept", "mode", "world_writable", "user", "group", "bind_to_device", "max_connections", "max_connections_per_source"} {
		n.key(name).at(b.unit.header("Socket"))
	}
	o.Accept = b.flag(n.key("accept"), "Socket", "Accept", false)
	mode := uint64(0o666)
	for _, e := range b.unit.all("Socket", "SocketMode") {
		if v, err := strconv.ParseUint(e.value, 8, 16); err == nil && v <= 0o7777 {
			mode = v
			n.key("mode").entry(e)
			n.key("world_writable").entry(e)
		}
	}
	o.Mode, o.WorldWritable = fmt.Sprintf("%04o", mode), mode&0o002 != 0
	o.User, o.Group = b.text(n.key("user"), "Socket", "SocketUser"), b.text(n.key("group"), "Socket", "SocketGroup")
	o.BindToDevice = b.text(n.key("bind_to_device"), "Socket", "BindToDevice")
	o.MaxConnections = b.amount(n.key("max_connections"), b.unit.all("Socket", "MaxConnections"))
	o.MaxConnectionsPerSource = b.amount(n.key("max_connections_per_source"), b.unit.all("Socket", "MaxConnectionsPerSource"))
	return o
}
