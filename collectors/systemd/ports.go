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

// ports are those of the sockets, of SocketBindAllow=, of the environment and of the command line of ExecStart=.
func (b *builder) ports(n node, f *Unit) []Port {
	list := []Port{}
	if !f.Service {
		return list
	}
	add := func(p Port, from string) node {
		p.From, p.Name = from, strconv.Itoa(p.Port)
		if p.Protocol != "" {
			p.Name += "/" + p.Protocol
		}
		list = append(list, p)
		return n.index(len(list) - 1)
	}
	for i, s := range f.Sockets {
		for _, l := range s.Listen {
			if l.Port == 0 {
				continue
			}
			p := endpoint(l.Address, l.Port)
			p.Protocol = map[string]string{"ListenStream": "tcp", "ListenDatagram": "udp"}[l.Setting]
			b.like(add(p, s.Name), "sockets", i)
		}
	}
	for _, e := range b.unit.all("Service", "SocketBindAllow") {
		if p, ok := bindRule(e.value); ok {
			add(p, e.key).entry(e)
		}
	}
	own := ownTokens(f)
	host := ""
	for _, v := range f.Environment {
		host = cmp.Or(host, hostOf(v.Name, v.Value, own))
	}
	for i, v := range f.Environment {
		if p, ok := declares(v.Name, v.Value, own); ok {
			b.like(add(p.on(host, v.Value), v.Name), "environment", i)
		}
	}
	for i, file := range f.EnvironmentFiles {
		for j, v := range file.Variables {
			if p, ok := declares(v.Name, v.Value, own); ok {
				b.like(add(p.on(host, v.Value), v.Name), "environment_files", i, "variables", j)
			}
		}
	}
	for i, c := range f.Exec {
		contained := slices.Contains(engines, path.Base(c.Path)) && !hostNetwork(c.Argv)
		host := ""
		for _, o := range options(c.Argv) {
			host = cmp.Or(host, hostOf(o.name, o.value, own))
		}
		for _, o := range options(c.Argv) {
			p, ok := declares(o.name, o.value, own)
			if contained {
				p, ok = published(o)
			}
			if ok && c.Setting == "ExecStart" {
				b.like(add(p.on(host, o.value), o.text), "exec", i, "argv", o.at)
			}
		}
	}
	return list
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

// ownTokens are the words of the names of the unit and its program: LEDGER_PORT of ledger.service is its own.
func ownTokens(f *Unit) map[string]bool {
	own := map[string]bool{}
	names := []string{"http https grpc api web app server service listen listener bind admin metrics health tcp udp", strings.TrimSuffix(f.Name, ".service")}
	for _, c := range f.Exec {
		if c.Setting == "ExecStart" {
			names = append(names, path.Base(c.Path))
		}
	}
	for _, name := range names {
		for _, t := range tokens(name) {
			own[t] = true
		}
	}
	return own
}

func tokens(name string) []string {
	return strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool { return !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') })
}

// declares reads a variable or option that says where the service listens: one about listening or binding, or one
// about a port or an address of its own and of nothing else. DB_PORT is that of another.
func declares(name, value string, own map[string]bool) (Port, bool) {
	ts := tokens(name)
	if len(ts) == 0 || strings.ContainsAny(value, "$%") {
		return Port{}, false
	}
	last := ts[len(ts)-1]
	listens := slices.Contains(ts, "LISTEN") || slices.Contains(ts, "BIND")
	for _, t := range ts[:len(ts)-1] {
		if !own[t] {
			listens = listens && last != "PORT"
			if !listens {
				return Port{}, false
			}
		}
	}
	if i := strings.Index(value, "://"); i >= 0 {
		value = value[i+len("://"):]
	}
	value, _, _ = strings.Cut(value, ",")
	value, _, _ = strings.Cut(value, "/")
	host, number := "", value
	if i := strings.LastIndexByte(value, ':'); i >= 0 {
		host, number = strings.Trim(value[:i], "[]"), value[i+1:]
	} else if last != "PORT" {
		return Port{}, false
	}
	port, err := strconv.ParseUint(number, 10, 16)
	if err != nil || port == 0 || !listens && last != "PORT" && last != "ADDR" && last != "ADDRESS" {
		return Port{}, false
	}
	return endpoint(host, int(port)), true
}

// hostOf is the address of an option or variable that names one without a port: --host 127.0.0.1 beside --port 8080.
func hostOf(name, value string, own map[string]bool) string {
	ts := tokens(name)
	if len(ts) == 0 || !slices.Contains([]string{"HOST", "BIND", "ADDRESS", "ADDR", "LISTEN", "IP", "INTERFACE"}, ts[len(ts)-1]) {
		return ""
	}
	for _, t := range ts[:len(ts)-1] {
		if !own[t] {
			return ""
		}
	}
	if _, err := netip.ParseAddr(value); err != nil && strings.Contains(value, ":") {
		return "" // it has a port
	}
	return value
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
