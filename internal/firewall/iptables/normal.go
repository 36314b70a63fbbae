package iptables

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// normal checks the argument of an option, and gives it in one spelling: -D compares rules by it.
func (p *parser) normal(o *option, text string) (normal, problem string) {
	bad := "the option --" + o.name() + " cannot be " + strconv.Quote(clip(text))
	var ok bool
	switch o.kind {
	case "text", "string":
		return text, ""
	case "text1":
		if text == "" {
			return "", bad
		}
		return text, ""
	case "num":
		var n uint64
		n, _ = number(text, ^uint64(0))
		ok = within(text, o.args)
		text = strconv.FormatUint(n, 10)
	case "range", "range64":
		text, ok = numbers(text, o.args)
	case "ports":
		return portRange(text, o.args[0], bad)
	case "ports16":
		return wrapped(text, bad)
	case "portlist":
		return p.portList(text)
	case "icmp":
		return p.icmp(text)
	case "states":
		text, ok = states(text, o.args)
	case "word", "modes":
		text, ok = words(text, o.args, o.kind == "modes")
	case "mark":
		text, ok = mark(text)
	case "proto":
		var n int
		n, ok = protocol(text)
		text = strconv.Itoa(n)
	case "host":
		_, why := parseHost(text, p.family)
		return text, why
	case "address":
		_, ok = parseAddress(text, p.family, false)
	default:
		return p.rare(o, text, bad)
	}
	if !ok {
		return "", bad
	}
	return text, ""
}

// rare are the kinds that few options have.
func (p *parser) rare(o *option, text, bad string) (string, string) {
	ok := true
	switch o.kind {
	case "tcpflags":
		text, ok = tcpFlags(text)
	case "set":
		return p.set(text)
	case "iprange":
		text, ok = p.ipRange(text)
	case "types":
		text, ok = states(text, typeNames)
	case "pkttype":
		text, ok = packetType(text)
	case "user", "group":
		text, ok = account(text)
	case "rate":
		ok = rate(text, 10000)
	case "limit":
		ok = rate(text, 1<<62) || bytesRate().MatchString(text)
	case "probability":
		f, err := strconv.ParseFloat(text, 64)
		ok = err == nil && f >= 0 && f <= 1
	case "reject":
		text, ok = p.reject(text)
	case "loglevel":
		ok = within(text, []string{"0", "7"}) || slices.Contains([]string{"alert", "crit", "debug", "emerg", "error", "info", "notice", "panic", "warning"}, strings.ToLower(text))
	case "dnat", "snat":
		_, problem := p.translation(text)
		return text, problem
	case "toports":
		_, problem := p.ports(text)
		return text, problem
	default:
		ok = shapes()[o.kind] == nil || shapes()[o.kind].MatchString(text)
	}
	if !ok {
		return "", bad
	}
	return text, ""
}

var (
	bytesRate = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d+([kKmM]?b)?/s(ec(ond)?)?$`) })
	// shapes are of arguments whose meaning decides nothing here.
	shapes = sync.OnceValue(func() map[string]*regexp.Regexp {
		return map[string]*regexp.Regexp{
			"mac":       regexp.MustCompile(`^([0-9a-fA-F]{1,2}:){5}[0-9a-fA-F]{1,2}$`),
			"weekdays":  regexp.MustCompile(`(?i)^(,?(mo|tu|we|th|fr|sa|su)[a-z]*|,?[1-7])+$`),
			"monthdays": regexp.MustCompile(`^,?([1-9]|[12][0-9]|3[01])(,([1-9]|[12][0-9]|3[01]))*$`),
			"date":      regexp.MustCompile(`^\d{4}(-\d\d?(-\d\d?(T\d\d?(:\d\d?(:\d\d?)?)?)?)?)?$`),
			"file":      regexp.MustCompile(`^[^/]+$`),
			"hex":       regexp.MustCompile(`^([^|]|\|[0-9a-fA-F ]*\|)*$`),
			"tos":       regexp.MustCompile(`(?i)^((0x[0-9a-f]+|\d+)(/(0x[0-9a-f]+|\d+))?|minimize-delay|maximize-throughput|maximize-reliability|minimize-cost|normal-service)$`),
			"balance":   regexp.MustCompile(`^\d+:\d+$`),
			"header":    regexp.MustCompile(`(?i)^((hop-by-hop|hop|dst|ipv6-opts|route|ipv6-route|frag|ipv6-frag|auth|ah|esp|none|ipv6-nonxt|prot|protocol|\d+)(,|$))+$`),
			"time":      regexp.MustCompile(`^([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9])?$`),
			"dscp":      regexp.MustCompile(`(?i)^(cs[0-7]|be|af[1-4][1-3]|ef)$`),
			"u32":       regexp.MustCompile(`^\s*[0-9]`),
			"bytecode":  regexp.MustCompile(`^\s*[0-9]+,`),
			"policydir": regexp.MustCompile(`^(in|out)$`),
			"class":     regexp.MustCompile(`^[0-9a-fA-F]+:[0-9a-fA-F]+$`),
		}
	})
	typeNames = []string{"UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST", "BLACKHOLE", "UNREACHABLE", "PROHIBIT", "THROW", "NAT", "XRESOLVE"}
)

func within(text string, bounds []string) bool {
	most, _ := strconv.ParseUint(bounds[1], 10, 64)
	least, _ := strconv.ParseUint(bounds[0], 10, 64)
	n, ok := number(text, most)
	return ok && n >= least
}

// numbers reads A, A:B, :B and A: as "A:B".
func numbers(text string, bounds []string) (string, bool) {
	first, last, isRange := strings.Cut(text, ":")
	if !isRange {
		last = first
	}
	if first == "" && isRange {
		first = "0"
	}
	if last == "" && isRange {
		last = "18446744073709551615"
		if len(bounds) > 1 {
			last = bounds[1]
		}
	}
	a, ok := number(first, ^uint64(0))
	b, also := number(last, ^uint64(0))
	if o64 := len(bounds) == 0; !o64 && (!within(first, bounds) || !within(last, bounds)) {
		return "", false
	}
	return strconv.FormatUint(a, 10) + ":" + strconv.FormatUint(b, 10), ok && also
}

// states reads a list of words, each of which may be cut short, as a mask of their positions.
func states(text string, names []string) (string, bool) {
	mask := uint64(0)
	for _, one := range strings.Split(text, ",") {
		i := slices.IndexFunc(names, func(n string) bool {
			return one != "" && len(one) <= len(n) && strings.EqualFold(one, n[:len(one)])
		})
		if i < 0 {
			return "", false
		}
		mask |= 1 << i
	}
	return strconv.FormatUint(mask, 10), true
}

func words(text string, names []string, list bool) (string, bool) {
	for _, one := range strings.Split(text, ",") {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, one) }) {
			return "", false
		}
	}
	return text, list || !strings.Contains(text, ",")
}

// mark reads VALUE[/MASK] as two numbers.
func mark(text string) (string, bool) {
	value, mask, has := strings.Cut(text, "/")
	if !has {
		mask = "0xffffffff"
	}
	v, ok := number(value, 1<<32-1)
	m, also := number(mask, 1<<32-1)
	return strconv.FormatUint(v, 10) + "/" + strconv.FormatUint(m, 10), ok && also
}

var flagBits = map[string]uint64{"FIN": 1, "SYN": 2, "RST": 4, "PSH": 8, "ACK": 16, "URG": 32, "ALL": 63, "NONE": 0}

func tcpFlags(text string) (string, bool) {
	var masks []string
	for _, list := range strings.SplitN(text, " ", 2) {
		mask := uint64(0)
		for _, one := range strings.Split(list, ",") {
			bits, ok := flagBits[strings.ToUpper(one)]
			if !ok {
				return "", false
			}
			mask |= bits
		}
		masks = append(masks, strconv.FormatUint(mask, 10))
	}
	return strings.Join(masks, " "), len(masks) == 2
}

func (p *parser) ipRange(text string) (string, bool) {
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	_, ok := parseAddress(first, p.family, false)
	_, also := parseAddress(last, p.family, false)
	return first + "-" + last, ok && also
}

func packetType(text string) (string, bool) {
	types := []string{"unicast", "broadcast", "multicast"}
	if strings.EqualFold(text, "host") {
		return "0", true
	}
	for i, name := range types {
		if strings.EqualFold(text, name) {
			return strconv.Itoa(i), true
		}
	}
	return "", false
}

// account reads a user or a group: a name, a number, a range of numbers; root alone has the same number everywhere.
func account(text string) (string, bool) {
	if text == "root" {
		return "0-0", true
	}
	first, last, isRange := strings.Cut(text, "-")
	if !isRange {
		last = first
	}
	a, ok := number(first, 1<<32-2)
	b, also := number(last, 1<<32-2)
	if ok && also {
		return strconv.FormatUint(a, 10) + "-" + strconv.FormatUint(b, 10), a <= b
	}
	return text, isName(text)
}

func rate(text string, most uint64) bool {
	count, unit, has := strings.Cut(text, "/")
	n, err := strconv.ParseUint(count, 10, 63)
	if err != nil || n == 0 || has && unit == "" {
		return false
	}
	per := uint64(1)
	if has {
		units := map[string]uint64{"second": 1, "minute": 60, "hour": 3600, "day": 86400}
		per = 0
		for name, seconds := range units {
			if len(unit) <= len(name) && strings.EqualFold(unit, name[:len(unit)]) {
				per = seconds
			}
		}
	}
	return per > 0 && n/per <= most
}

func (p *parser) translationAddress(text string) bool {
	if p.family == 4 {
		a, err := netip.ParseAddr(text)
		return err == nil && a.Is4()
	}
	a, err := netip.ParseAddr(text)
	return err == nil && a.Is6() && a.Zone() == ""
}
