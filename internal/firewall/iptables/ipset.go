package iptables

import (
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// Sets are the named sets of a host, as ipset(8) keeps them.
type Sets struct {
	byName map[string]*ipset
	// given is true once ipset was asked for a set: a name that is not there then does not exist.
	given bool
	// written are the sets that rules add to or take from while packets pass.
	written map[string]bool
}

type ipset struct {
	name, kind string
	dims       []string // of the kind: ip, net, port, iface, mark, mac; set
	family     int      // 0 for any
	netmask    int      // -1 without
	markMask   uint64
	lo, hi     firewall.Value // of a bitmap
	most       int
	options    map[string]bool
	elements   []element
	wide       bool // there may be elements that stand for several
	index      map[string]int
	members    []*ipset
	// doubt is why the set may have more than its elements, or less.
	doubt string
	flat  firewall.Set // of one dimension, once asked for
	built bool
	exprs map[string]firewall.Expr // of several dimensions, by the parts of a packet that are asked for
}

type element struct {
	dims    []part
	nomatch bool
	text    string
}

// A part of an element: a range of addresses, ports or marks, or a name.
type part struct {
	firewall.Range
	bits     int // of a network
	protocol int
	name     string
}

var setVerbs = map[string]string{"N": "create", "A": "add", "D": "del", "F": "flush", "X": "destroy", "W": "swap", "E": "rename", "L": "list", "S": "save", "T": "test"}

const (
	maxElements = 1 << 20
	maxCompared = 2000 // elements that a new one is compared with
)

// expands tells of a set that keeps each address or port of a range by itself.
func (s *ipset) expands() bool { return s.kind != "hash:net" }

// setKinds are the kinds of sets with ipset's older names for some of them.
var setKinds = map[string]string{
	"bitmap:ip": "ip", "bitmap:ip,mac": "ip,mac", "bitmap:port": "port", "hash:ip": "ip", "hash:mac": "mac", "hash:ip,mac": "ip,mac", "hash:net": "net",
	"hash:net,net": "net,net", "hash:ip,port": "ip,port", "hash:net,port": "net,port", "hash:ip,port,ip": "ip,port,ip", "hash:ip,port,net": "ip,port,net",
	"hash:ip,mark": "ip,mark", "hash:net,port,net": "net,port,net", "hash:net,iface": "net,iface", "list:set": "set",
}

var oldKinds = map[string]string{
	"ipmap": "bitmap:ip", "macipmap": "bitmap:ip,mac", "portmap": "bitmap:port", "iphash": "hash:ip", "nethash": "hash:net", "ipporthash": "hash:ip,port",
	"ipportiphash": "hash:ip,port,ip", "ipportnethash": "hash:ip,port,net", "setlist": "list:set",
}

// run does what one command of ipset does; quiet is -exist.
func (s *Sets) run(words []word) *mistake {
	quiet := false
	words = slices.DeleteFunc(slices.Clone(words), func(w word) bool {
		exist := w.text == "-exist" || w.text == "-!" || w.text == "--exist"
		quiet = quiet || exist
		return exist || w.text == "-q" || w.text == "-quiet" || w.text == "--quiet"
	})
	if len(words) == 0 {
		return &mistake{msg: "the line says not what to do", column: 1}
	}
	s.given = true
	fail := func(w word, msg string) *mistake { return &mistake{msg: msg, column: w.column} }
	verb := strings.TrimLeft(words[0].text, "-")
	if long, ok := setVerbs[verb]; ok {
		verb = long
	}
	wanted := map[string]int{"create": 3, "add": 3, "del": 3, "swap": 3, "rename": 3}[verb]
	if len(words) < wanted {
		return fail(words[0], "ipset "+verb+" wants more words")
	}
	switch verb {
	case "create":
		return s.create(words[1:], quiet)
	case "add":
		return s.add(words[1:], quiet, true)
	case "del":
		return s.add(words[1:], quiet, false)
	case "flush":
		for _, set := range s.byName {
			if len(words) == 1 || set.name == words[1].text {
				set.elements, set.members, set.index, set.built, set.exprs = nil, nil, nil, false, nil
			}
		}
	case "destroy":
		if len(words) == 1 {
			clear(s.byName)
		} else {
			delete(s.byName, words[1].text)
		}
	case "swap", "rename":
		a, b := s.byName[words[1].text], s.byName[words[2].text]
		if a == nil || (b == nil) != (verb == "rename") {
			return fail(words[1], "there is no set "+clip(words[1].text)+" to take another name")
		}
		s.byName[words[2].text] = a
		delete(s.byName, words[1].text)
		if b != nil {
			s.byName[words[1].text] = b
			b.name = words[1].text
		}
		a.name = words[2].text
	case "COMMIT", "save", "list", "test", "version", "help":
	default:
		return fail(words[0], "ipset knows no command "+clip(words[0].text))
	}
	return nil
}

func (s *Sets) create(words []word, quiet bool) *mistake {
	name, kind := words[0].text, words[1].text
	if k, ok := oldKinds[kind]; ok {
		kind = k
	}
	dims, ok := setKinds[kind]
	if !ok {
		return &mistake{msg: "there is no kind of set " + strconv.Quote(clip(kind)), column: words[1].column}
	}
	if s.byName[name] != nil {
		if quiet {
			return nil
		}
		return &mistake{msg: "the set " + clip(name) + " is there already", column: words[0].column}
	}
	set := &ipset{name: name, kind: kind, dims: strings.Split(dims, ","), family: 4, netmask: -1, markMask: 1<<32 - 1, most: 65536, options: make(map[string]bool)}
	if kind == "hash:mac" || kind == "bitmap:port" || kind == "list:set" {
		set.family = 0
	}
	if problem := set.configure(words[2:]); problem != nil {
		return problem
	}
	if strings.HasPrefix(kind, "bitmap:") && !set.options["range"] {
		return &mistake{msg: kind + " wants a range", column: words[1].column}
	}
	if s.byName == nil {
		s.byName = make(map[string]*ipset)
	}
	s.byName[name] = set
	return nil
}

// configure takes the options of create.
func (s *ipset) configure(words []word) *mistake {
	for i := 0; i < len(words); i++ {
		key := strings.TrimLeft(words[i].text, "-")
		s.options[key] = true
		switch key {
		case "counters", "comment", "skbinfo", "forceadd", "wildcard":
			continue
		case "family", "netmask", "markmask", "maxelem", "range", "hashsize", "timeout", "size", "bucketsize", "initval", "bitmask", "from", "to", "probes", "resize", "gc":
		default:
			return &mistake{msg: "create knows no option " + strconv.Quote(clip(words[i].text)), column: words[i].column}
		}
		if i++; i == len(words) {
			return &mistake{msg: "the option " + key + " wants a value", column: words[i-1].column}
		}
		if !s.option(key, words[i].text) {
			return &mistake{msg: "the option " + key + " cannot be " + strconv.Quote(clip(words[i].text)), column: words[i].column}
		}
	}
	return nil
}

func (s *ipset) option(key, value string) bool {
	switch key {
	case "family":
		families := map[string]int{"inet": 4, "ipv4": 4, "-4": 4, "inet6": 6, "ipv6": 6, "-6": 6}
		s.family = families[value]
		return s.family != 0
	case "bitmask":
		s.doubt = "a set that compares some bits"
	case "netmask":
		n, ok := number(value, 128)
		s.netmask = int(n)
		return ok
	case "markmask":
		n, ok := number(value, 1<<32-1)
		s.markMask = n
		return ok
	case "maxelem":
		n, ok := number(value, 1<<32-1)
		s.most = int(n)
		return ok
	case "range":
		if s.dims[0] == "port" {
			p, _, ok := portPart(value)
			s.lo, s.hi = p.First, p.Last
			return ok
		}
		p, ok := netPart(value, 4)
		s.lo, s.hi = p.First, p.Last
		return ok
	}
	return true
}

// add puts an element into a set, or takes one away.
func (s *Sets) add(words []word, quiet, in bool) *mistake {
	set := s.byName[words[0].text]
	if set == nil {
		return &mistake{msg: "there is no set " + clip(words[0].text), column: words[0].column, hint: "create it first"}
	}
	w := words[1]
	if w.unknown != "" {
		set.doubt, set.built = w.unknown, false
		return nil
	}
	if set.kind == "list:set" {
		return s.member(set, w, quiet, in)
	}
	e, problem := set.parse(w.text)
	for i := 2; i < len(words); i++ {
		switch key := strings.TrimLeft(words[i].text, "-"); key {
		case "nomatch":
			e.nomatch = true
			if !slices.Contains(set.dims, "net") {
				problem = set.kind + " knows no nomatch"
			}
		case "timeout", "comment", "packets", "bytes", "skbmark", "skbprio", "skbqueue":
			i++
			option := map[string]string{"packets": "counters", "bytes": "counters", "skbmark": "skbinfo", "skbprio": "skbinfo", "skbqueue": "skbinfo"}[key]
			if option == "" {
				option = key
			}
			if !set.options[option] {
				problem = "the set was made without " + option
			}
		default:
			problem = "add knows no option " + strconv.Quote(clip(words[i].text))
		}
	}
	if problem != "" {
		return &mistake{msg: problem, column: w.column}
	}
	if problem := set.change(e, quiet, in); problem != "" {
		return &mistake{msg: problem, column: w.column}
	}
	return nil
}

func (s *ipset) change(e element, quiet, in bool) string {
	if s.index == nil {
		s.index = make(map[string]int)
	}
	s.built, s.exprs = false, nil
	at, found := s.index[e.text]
	single := e.single() // two such elements have something in common where they are the same
	if !found && in && !quiet && s.expands() && len(s.elements) < maxCompared && (s.wide || !single) {
		found = slices.ContainsFunc(s.elements, func(o element) bool { return s.overlap(o, e) })
	}
	switch {
	case in && found && !quiet:
		return "the element is in the set already"
	case in && found:
		s.elements[at] = e
	case in:
		if len(s.elements) >= min(s.most, maxElements) && !s.options["forceadd"] {
			return "the set is full: it was made for " + strconv.Itoa(s.most) + " elements"
		}
		s.wide = s.wide || !single
		s.index[e.text] = len(s.elements)
		s.elements = append(s.elements, e)
	case found:
		last := len(s.elements) - 1
		s.elements[at] = s.elements[last]
		s.index[s.elements[at].text] = at
		s.elements = s.elements[:last]
		delete(s.index, e.text)
	case !quiet:
		if s.doubt == "" && !slices.ContainsFunc(s.elements, func(o element) bool { return s.overlap(o, e) }) {
			return "the element is not in the set"
		}
		s.doubt = "an element that was taken from a range"
	}
	return ""
}

// overlap tells of elements that stand for a common one: networks are kept as they are, the rest by itself.
func (s *ipset) overlap(e, o element) bool {
	for i, p := range e.dims {
		q := o.dims[i]
		switch {
		case p.protocol != q.protocol || p.name != q.name, s.dims[i] == "net" && p.Range != q.Range:
			return false
		case p.First.Compare(q.Last) > 0 || q.First.Compare(p.Last) > 0:
			return false
		}
	}
	return true
}
