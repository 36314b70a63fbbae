package iptables

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed extensions.txt
var extensionsText string

// An extension is a match or a target: what it takes and where it may stand.
type extension struct {
	name      string
	target    bool
	families  string // "4", "6", "46"
	protocols []int  // one of them is wanted with -p
	only4     bool   // the protocols are wanted of IPv4 alone
	tables    []string
	hooks     string // letters as in extensions.txt; "" is anywhere
	wantsOne  bool
	options   []*option
}

// An option of an extension.
type option struct {
	names      []string // the first is the one it is known by
	invertible bool
	kind       string
	args       []string
	must       bool
	with       string
	group      string // options of one group exclude each other
	wanted     bool   // one of the group must be there
	together   bool   // they do not exclude each other
	hooks      string
}

func (o *option) name() string { return o.names[0] }

type extensionKey struct {
	name   string
	target bool
}

var extensions = sync.OnceValue(func() map[extensionKey]*extension {
	all := make(map[extensionKey]*extension)
	var e *extension
	for line := range strings.Lines(extensionsText) {
		f := strings.Fields(line)
		switch {
		case f[0] == "#" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "  ") && !strings.HasPrefix(f[0], "names"):
			if e != nil {
				e.options = append(e.options, newOption(f))
			}
		case f[0] == "match" || f[0] == "target":
			e = newExtension(f)
			all[extensionKey{e.name, e.target}] = e
		}
	}
	return all
})

func newExtension(f []string) *extension {
	e := &extension{name: f[1], target: f[0] == "target", families: f[2]}
	for _, word := range f[3:] {
		key, value, _ := strings.Cut(word, "=")
		switch key {
		case "proto", "proto4":
			e.only4 = key == "proto4"
			for _, p := range strings.Split(value, ",") {
				n, _ := strconv.Atoi(p)
				e.protocols = append(e.protocols, n)
			}
		case "table":
			e.tables = strings.Split(value, ",")
		case "hooks":
			e.hooks = value
		case "one":
			e.wantsOne = true
		}
	}
	return e
}

func newOption(f []string) *option {
	names, invertible := strings.CutSuffix(f[0], "!")
	o := &option{names: strings.Split(names, ","), invertible: invertible, kind: f[1]}
	for _, word := range f[2:] {
		key, value, assigned := strings.Cut(word, "=")
		switch {
		case word == "must":
			o.must = true
		case assigned && key == "with":
			o.with = value
		case assigned && key == "hooks":
			o.hooks = value
		case assigned && (key == "x" || key == "X"):
			o.group, o.together = strings.CutSuffix(value, "+")
			o.wanted = key == "X"
		default:
			o.args = append(o.args, word)
		}
	}
	return o
}

// aliases are further names of matches and protocols.
var aliases = map[string]string{"icmpv6": "icmp6", "ipv6-icmp": "icmp6"}

func findExtension(name string, target bool, family int) *extension {
	if other, ok := aliases[name]; ok && !target {
		name = other
	}
	e := extensions()[extensionKey{name, target}]
	if e == nil || !strings.Contains(e.families, strconv.Itoa(family)) {
		return nil
	}
	return e
}

// protocolMatches are the matches that -p brings with it, once one of their options is asked for.
var protocolMatches = map[int]string{1: "icmp", 6: "tcp", 17: "udp", 33: "dccp", 50: "esp", 51: "ah", 58: "icmp6", 108: "ipcomp", 132: "sctp"}

// foreign are matches and targets that do not come with iptables, but with kernels and packages that some hosts have.
var foreign = map[string]bool{
	"geoip": true, "psd": true, "ipp2p": true, "layer7": true, "ndpi": true, "account": true, "condition": true, "fuzzy": true, "iface": true,
	"ipv4options": true, "length2": true, "lscan": true, "pknock": true, "quota2": true, "gradm": true, "asn": true, "webmon": true, "weburl": true,
	"ACCOUNT": true, "CHAOS": true, "DELUDE": true, "DHCPMAC": true, "DNETMAP": true, "ECHO": true, "IPMARK": true, "LOGMARK": true,
	"PROTO": true, "STEAL": true, "SYSRQ": true, "TARPIT": true, "RAWDNAT": true, "RAWSNAT": true, "FLOWOFFLOAD": true, "FULLCONENAT": true,
	"NETFLOW": true, "IMQ": true, "ROUTE": true, "MIRROR": true, "JOOL": true, "JOOL_SIIT": true, "RTPENGINE": true, "NDPI": true, "QUEUE": true,
}

// takes finds an option by its name or, with exact unset, by a beginning of one.
func (e *extension) takes(name string, exact bool) []*option {
	var found []*option
	for _, o := range e.options {
		if slices.ContainsFunc(o.names, func(n string) bool { return n == name || !exact && strings.HasPrefix(n, name) }) {
			found = append(found, o)
		}
	}
	return found
}
