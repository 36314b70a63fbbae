package systemd

import (
	"cmp"
	"net/netip"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Port is a port on which a unit says that its service listens.
type Port struct {
	// Name is the port with its protocol, "8080/tcp"; "8080" where the protocol is not known.
	Name string `json:"name"`
	// Port is its number, and Protocol tcp, udp or "".
	Port     int    `json:"port"`
	Protocol string `json:"protocol"`
	// Address is the address that is bound; "" for all, and where none is said.
	Address string `json:"address"`
	// Loopback is true where the address is one of this machine alone.
	Loopback bool `json:"loopback"`
	// From says what names the port: "ledger.socket", "SocketBindAllow", a variable, an option of the command.
	From string `json:"from"`
}

// A portList gathers the ports of a unit.
type portList struct {
	*builder
	unit  *Unit
	node  node
	own   *ownNames
	ports []Port
}

func (l *portList) add(p Port, from string) node {
	p.From, p.Name = from, strconv.Itoa(p.Port)
	if p.Protocol != "" {
		p.Name += "/" + p.Protocol
	}
	l.ports = append(l.ports, p)
	return l.node.index(len(l.ports) - 1)
}

// ports are those of the sockets, of SocketBindAllow=, of the environment and of the command line of ExecStart=.
func (b *builder) ports(n node, f *Unit) []Port {
	l := portList{builder: b, unit: f, node: n, ports: []Port{}}
	if !f.Service {
		return l.ports
	}
	for i, s := range f.Sockets {
		for _, listen := range s.Listen {
			if listen.Port == 0 {
				continue
			}
			p := endpoint(listen.Address, listen.Port)
			p.Protocol = map[string]string{"ListenStream": "tcp", "ListenDatagram": "udp"}[listen.Setting]
			b.like(l.add(p, s.Name), "sockets", i)
		}
	}
	for _, e := range b.unit.all("Service", "SocketBindAllow") {
		if p, ok := bindRule(e.value); ok {
			l.add(p, e.key).entry(e)
		}
	}
	l.own = namesOf(f)
	l.environment()
	for i := range f.Exec {
		if f.Exec[i].Setting == "ExecStart" {
			l.command(i)
		}
	}
	return l.ports
}

// environment adds the ports that variables name.
func (l *portList) environment() {
	host := ""
	for _, v := range l.unit.Environment {
		host = cmp.Or(host, hostOf(v.Name, v.Value, l.own))
	}
	for i, v := range l.unit.Environment {
		if p, ok := declares(v.Name, v.Value, l.own); ok {
			l.like(l.add(p.on(host, v.Value), v.Name), "environment", i)
		}
	}
	for i, file := range l.unit.EnvironmentFiles {
		for j, v := range file.Variables {
			if p, ok := declares(v.Name, v.Value, l.own); ok {
				l.like(l.add(p.on(host, v.Value), v.Name), "environment_files", i, "variables", j)
			}
		}
	}
}

// command adds the ports that the options of a command name.
func (l *portList) command(i int) {
	c := &l.unit.Exec[i]
	contained := slices.Contains(engines, path.Base(c.Path)) && !hostNetwork(c.Argv)
	host, all := "", options(c.Argv)
	for _, o := range all {
		host = cmp.Or(host, hostOf(o.name, o.value, l.own))
	}
	for _, o := range all {
		p, ok := Port{}, false
		if contained {
			p, ok = published(o)
		} else {
			p, ok = declares(o.name, o.value, l.own)
		}
		if ok {
			l.like(l.add(p.on(host, o.value), o.text), "exec", i, "argv", o.at)
		}
	}
}

// engines run containers, whose ports they publish: options of the programs in them say nothing of the machine, unless
// they share its network.
var engines = strings.Fields("docker podman nerdctl")

func hostNetwork(argv []string) bool {
	network := cmp.Or(valueOf(argv, "--network", "--network"), valueOf(argv, "--net", "--net"))
	return network == "host"
}

// published reads the port of the machine of -p [ADDRESS:]PORT:CONTAINER[/PROTOCOL].
func published(o option) (Port, bool) {
	if o.name != "p" && o.name != "publish" {
		return Port{}, false
	}
	value, protocol, _ := strings.Cut(o.value, "/")
	i := strings.LastIndexByte(value, ':')
	if i < 0 {
		return Port{}, false
	}
	host, number := "", value[:i]
	if j := strings.LastIndexByte(number, ':'); j >= 0 {
		host, number = strings.Trim(number[:j], "[]"), number[j+1:]
	}
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil || n == 0 {
		return Port{}, false
	}
	p := endpoint(host, int(n))
	p.Protocol = cmp.Or(protocol, "tcp")
	return p, true
}

// like places a fact where another one stands.
func (b *builder) like(n node, p ...any) {
	if n.spans == nil {
		return
	}
	if s, ok := b.spans.Find(p); ok {
		n.at(s)
	}
}

// bindRule reads a rule of SocketBindAllow= for one port: tcp:8080, ipv4:udp:53, 8080.
func bindRule(value string) (Port, bool) {
	var p Port
	for part := range strings.SplitSeq(value, ":") {
		switch part {
		case "ipv4", "ipv6":
		case "tcp", "udp":
			p.Protocol = part
		default:
			n, err := strconv.ParseUint(part, 10, 16)
			if err != nil || n == 0 || p.Port != 0 {
				return Port{}, false
			}
			p.Port = int(n)
		}
	}
	return p, p.Port != 0
}

// on is the port on the host that is named apart from it, if it was named as a number alone.
func (p Port) on(host, value string) Port {
	if p.Address != "" || host == "" || strings.Contains(value, ":") {
		return p
	}
	e := endpoint(host, p.Port)
	e.Protocol = p.Protocol
	return e
}

// endpoint is a port and the address that it is bound to.
func endpoint(address string, port int) Port {
	p := Port{Port: port, Address: address, Loopback: localhost(address)}
	if a, err := netip.ParseAddr(address); err == nil {
		p.Loopback = a.IsLoopback()
		if a.IsUnspecified() {
			p.Address = ""
		}
	}
	if address == "*" {
		p.Address = ""
	}
	return p
}

// An option is a long option of a command line, its value, and the index of its word.
type option struct {
	name, value string
	// text is the name with its dashes.
	text string
	at   int
}

func options(argv []string) []option {
	var list []option
	for i := 1; i < len(argv); i++ {
		name, value, has := strings.Cut(argv[i], "=")
		if len(name) < 4 && name != "-p" || name[0] != '-' {
			continue
		}
		if !has && i+1 < len(argv) {
			value = argv[i+1]
		}
		list = append(list, option{strings.TrimLeft(name, "-"), value, name, i})
	}
	return list
}
