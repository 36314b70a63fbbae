package firewalld

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
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
	rows    [][]firewall.Range // of the entries that are valid
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

// loadSets loads all sets, in the order of their names.
func (c *config) loadSets() *fact.Error {
	for _, name := range slices.Sorted(maps.Keys(c.ipsets)) {
		if err := c.ipsets[name].load(); err != nil {
			return err
		}
	}
	return nil
}

// A match is the condition that an address is in a set of the kernel's.
type match struct {
	expr firewall.Expr
	// runtime, where set, names a set that other programs fill: what a packet meets first is that it is empty.
	runtime string
}

// match makes the condition, once per direction: sets may be large.
func (s *ipset) match(destination bool) match {
	if s.filled {
		return match{runtime: "ipset " + s.name + ", which is filled while the host runs"}
	}
	var fields []firewall.Field
	for _, part := range s.parts {
		switch part {
		case "mac":
			return match{expr: firewall.Unknown{Why: "MAC addresses of ipset " + s.name, At: s.at.at}}
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
	rows := s.rows
	if len(fields) > 1 {
		return match{expr: firewall.Tuple{Fields: fields, Rows: rows}}
	}
	ranges := make([]firewall.Range, len(rows))
	for i, row := range rows {
		ranges[i] = row[0]
	}
	return match{expr: firewall.Is{Field: fields[0], Set: firewall.NewSet(ranges...)}}
}

// manyRows is up to how many rows of a concatenation are compared with each other.
const manyRows = 2000

// load reads the entries. All sets are loaded, whether rules ask for them or not; nft refuses entries that overlap.
func (s *ipset) load() *fact.Error {
	var order []int
	for i, e := range s.entries {
		row, state := s.row(e.value)
		switch state {
		case broken:
			return refuse(e.at.at, "nft does not take the entry %s", e.value)
		case valid:
			s.rows, order = append(s.rows, row), append(order, i)
		}
	}
	if s.parts[0] == "mac" {
		return nil
	}
	if len(s.parts) == 1 {
		return s.overlap(order)
	}
	for i := range s.rows[:min(len(s.rows), manyRows)] {
		for j := range i {
			if s.begins(i, j) {
				e := s.entries[order[i]]
				return refuse(e.at.at, "the entry %s overlaps with another", e.value)
			}
		}
	}
	return nil
}

// overlap refuses networks of which one is in another.
func (s *ipset) overlap(entry []int) *fact.Error {
	by := make([]int, len(s.rows))
	for i := range by {
		by[i] = i
	}
	slices.SortStableFunc(by, func(a, b int) int { return s.rows[a][0].First.Compare(s.rows[b][0].First) })
	for k := 1; k < len(by); k++ {
		a, b := s.rows[by[k-1]][0], s.rows[by[k]][0]
		if a != b && a.Last.Compare(b.First) >= 0 {
			e := s.entries[entry[max(by[k-1], by[k])]]
			return refuse(e.at.at, "the entry %s overlaps with another", e.value)
		}
	}
	return nil
}

// begins says whether a row begins or ends in an earlier one that is not the same.
func (s *ipset) begins(row, earlier int) bool {
	a, b := s.rows[row], s.rows[earlier]
	first, last := true, true
	for k := range a {
		in := firewall.Set{b[k]}
		first, last = first && in.Has(a[k].First), last && in.Has(a[k].Last)
	}
	return (first || last) && !slices.Equal(a, b)
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
