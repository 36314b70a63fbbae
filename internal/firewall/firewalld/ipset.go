package firewalld

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// An ipset is a set of addresses, of networks, or of them together with ports: firewalld.ipset(5).
type ipset struct {
	name    string
	at      *node
	parts   []string // of its type: "net", "port"
	family  int
	filled  bool // elements come and go while it runs
	entries []item
}

var ipsetTypes = []string{
	"hash:ip", "hash:ip,port", "hash:ip,port,ip", "hash:ip,port,net", "hash:ip,mark", "hash:net", "hash:net,net", "hash:net,port",
	"hash:net,port,net", "hash:net,iface", "hash:mac",
}

// sourceTypes are those that a zone's source may be.
var sourceTypes = []string{"ip", "ip,port", "ip,mark", "net", "net,port", "net,iface", "mac"}

func (c *config) addIPSet(root *node, name, file string) error {
	s := &ipset{name: name, at: root, family: 4}
	kind := root.attr("type")
	if root.name != "ipset" || !slices.Contains(ipsetTypes, kind) {
		return refuse(root.at, "%q is no type of an ipset that firewalld takes", kind)
	}
	s.parts = strings.Split(strings.TrimPrefix(kind, "hash:"), ",")
	for _, n := range root.children {
		switch n.name {
		case "option":
			value := n.attr("value")
			switch option := n.attr("name"); option {
			case "family":
				if value != "inet" && value != "inet6" || kind == "hash:mac" {
					return refuse(n.at, "%q is no family that the ipset can have", value)
				}
				if value == "inet6" {
					s.family = 6
				}
			case "timeout", "hashsize", "maxelem":
				number, err := strconv.Atoi(value)
				if err != nil || number < 0 {
					return refuse(n.at, "the option %s is %q, which is no number", option, value)
				}
				s.filled = s.filled || option == "timeout" && number > 0
			default:
				return refuse(n.at, "an ipset has no option %q", option)
			}
		case "entry":
			s.entries = append(s.entries, item{strings.ReplaceAll(n.text, "\n", " "), n})
		case "short", "description":
		default:
			return refuse(n.at, "unexpected element <%s>", n.name)
		}
	}
	if s.filled {
		s.entries = nil
	}
	c.ipsets[name] = s
	return nil
}

// A match is the condition that an address is in a set of the kernel's.
type match struct {
	expr firewall.Expr
	// runtime, where set, names a set that other programs fill: what a packet meets first is that it is empty.
	runtime string
}

// match makes the condition, once per direction: sets may be large.
func (s *ipset) match(destination bool) (match, *item) {
	if s.filled {
		return match{runtime: "ipset " + s.name + ", which is filled while the host runs"}, nil
	}
	var fields []firewall.Field
	for _, part := range s.parts {
		switch part {
		case "mac":
			return match{expr: firewall.Unknown{Why: "MAC addresses of ipset " + s.name, At: s.at.at}}, nil
		case "port":
			fields = append(fields, firewall.Protocol, pick(destination, firewall.SourcePort, firewall.Port))
		case "iface": // firewalld asks for the other direction's interface
			fields = append(fields, pick(destination, firewall.OutInterface, firewall.InInterface))
		case "mark":
			fields = append(fields, firewall.Mark)
		default:
			fields = append(fields, pick(destination, firewall.Source, firewall.Destination))
		}
	}
	var rows [][]firewall.Range
	for i := range s.entries {
		row, state := s.row(s.entries[i].value)
		switch state {
		case broken:
			return match{}, &s.entries[i]
		case valid:
			rows = append(rows, row)
		}
	}
	if len(fields) > 1 {
		return match{expr: firewall.Tuple{Fields: fields, Rows: rows}}, nil
	}
	ranges := make([]firewall.Range, len(rows))
	for i, row := range rows {
		ranges[i] = row[0]
	}
	return match{expr: firewall.Is{Field: fields[0], Set: firewall.NewSet(ranges...)}}, nil
}

func pick(second bool, a, b firewall.Field) firewall.Field {
	if second {
		return b
	}
	return a
}

// The states of an entry: firewalld leaves invalid ones out, and a broken one makes nft refuse the whole.
const (
	valid = iota
	invalid
	broken
)

func (s *ipset) row(entry string) ([]firewall.Range, int) {
	values := strings.Split(entry, ",")
	if len(values) != len(s.parts) {
		return nil, invalid
	}
	var row []firewall.Range
	for i, part := range s.parts {
		ranges, state := s.value(part, values[i])
		if state != valid {
			return nil, state
		}
		row = append(row, ranges...)
	}
	return row, valid
}

func (s *ipset) value(part, text string) ([]firewall.Range, int) {
	switch part {
	case "port":
		return portValue(text)
	case "iface":
		if text == "" || len(text) > 15 || strings.ContainsAny(text, " /!*") {
			return nil, invalid
		}
		return []firewall.Range{firewall.One(firewall.Interface(text))}, valid
	case "mark":
		number, err := strconv.ParseUint(text, 0, 32)
		if err != nil {
			return nil, invalid
		}
		return []firewall.Range{firewall.One(firewall.Number(number))}, valid
	}
	if a, b, ok := strings.Cut(text, "-"); ok {
		first, errA := netip.ParseAddr(a)
		last, errB := netip.ParseAddr(b)
		if errA != nil || errB != nil || first.Is4() != last.Is4() || first.Is4() != (s.family == 4) {
			return nil, invalid
		}
		return nil, broken // firewalld takes it for the name of a host
	}
	p, ok := parsePrefix(text)
	if !ok || p.family() != s.family || strings.HasSuffix(text, "/0") && part == "net" || text == "0.0.0.0" && part == "ip" {
		return nil, invalid
	}
	return []firewall.Range{firewall.Prefix(p.Prefix)}, valid
}

func portValue(text string) ([]firewall.Range, int) {
	protocol, ports, ok := strings.Cut(text, ":")
	if !ok {
		protocol, ports = "tcp", text
	}
	number, known := protocolNumber(protocol)
	r, valued := parsePorts(ports)
	if !known || !valued {
		return nil, invalid
	}
	return []firewall.Range{firewall.One(firewall.Number(number)), r}, valid
}
