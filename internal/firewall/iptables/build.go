package iptables

import (
	"fmt"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A builder turns one rule into steps.
type builder struct {
	l      *Loader
	family int
	at     fact.Span
	rule   *rule
	cond   firewall.All
	steps  []firewall.Step
	// A rule that asks for conntrack's entry and allows that there is none is built twice: for packets that have one, and for
	// those that are untracked. idle is set where the latter never match.
	side         side
	splits, idle bool
}

type side uint8

const (
	both side = iota
	untracked
)

func (b *builder) unknown(why string) firewall.Unknown { return firewall.Unknown{Why: why, At: b.at} }

func (b *builder) when(e firewall.Expr) { b.cond = append(b.cond, e) }

func (b *builder) step(s firewall.Step) {
	b.flush()
	b.steps = append(b.steps, s)
}

func (b *builder) flush() {
	switch len(b.cond) {
	case 0:
		return
	case 1:
		b.steps = append(b.steps, firewall.When{Expr: b.cond[0]})
	default:
		b.steps = append(b.steps, firewall.When{Expr: b.cond})
	}
	b.cond = nil
}

func invert(not bool, e firewall.Expr) firewall.Expr {
	if not {
		return firewall.Not{Expr: e}
	}
	return e
}

func is[N ~int | ~uint8 | ~uint16 | ~uint32 | ~uint64](field firewall.Field, values ...N) firewall.Expr {
	return firewall.Is{Field: field, Set: firewall.Values(values...)}
}

func masked(field firewall.Field, mask, value uint64) firewall.Expr {
	return firewall.Is{Field: field, Mask: firewall.Number(mask), Set: firewall.Values(value)}
}

// build gives the steps of a rule; those that jump get their chain from the caller.
func (b *builder) build() []firewall.Step {
	s := &b.rule.spec
	for _, why := range b.rule.doubts {
		b.when(b.unknown(why))
	}
	for _, why := range s.unknown {
		b.when(b.unknown(why))
	}
	if s.protocol > 0 {
		b.when(invert(s.notProtocol, is(firewall.Protocol, s.protocol)))
	}
	if s.fragment > 0 {
		b.when(firewall.Any{}) // the first packet of a connection is whole, and what is not is put together before
	}
	if b.rule.src != nil {
		b.address(*b.rule.src, firewall.Source, s.notSrc)
	}
	if b.rule.dst != nil {
		b.address(*b.rule.dst, firewall.Destination, s.notDst)
	}
	b.device(firewall.InInterface, s.in, s.notIn)
	b.device(firewall.OutInterface, s.out, s.notOut)
	for _, u := range s.matches {
		b.match(u)
	}
	b.target()
	b.flush()
	return b.steps
}

func (b *builder) address(a address, field firewall.Field, not bool) {
	e := a.expr(field, b.family, b.unknown)
	if all, ok := e.(firewall.All); ok && len(all) == 0 && !not {
		return
	}
	b.when(invert(not, e))
}

func (b *builder) device(field firewall.Field, name string, not bool) {
	if name == "" || name == "+" && !not {
		return
	}
	r := firewall.One(firewall.Interface(name))
	if prefix, ok := strings.CutSuffix(name, "+"); ok {
		r = firewall.Interfaces(prefix)
	}
	if name == "+" {
		b.when(firewall.Any{})
		return
	}
	b.when(invert(not, firewall.Is{Field: field, Set: firewall.Set{r}}))
}

func (b *builder) match(u *use) {
	if u.ext == nil {
		b.when(b.unknown("the match " + u.name))
		return
	}
	if b.rule.spec.notProtocol && (u.name == "tcp" || u.name == "udp") {
		b.strangePorts(u)
		return
	}
	if f, ok := matchers[u.ext.name]; ok {
		f(b, u)
		return
	}
	b.opaque(u)
}

// strangePorts are ports that a rule asks for of every protocol but the one that they are meant for: the kernel then looks at the bytes
// where a header has its ports, whatever is there.
func (b *builder) strangePorts(u *use) {
	other := &builder{l: b.l, family: b.family, at: b.at, rule: b.rule}
	ports(other, u)
	has := is(firewall.Protocol, 6, 17, 33, 132, 136)
	b.when(firewall.Any{firewall.All{has, other.cond}, firewall.All{firewall.Not{Expr: has}, b.unknown("ports of another protocol")}})
}

// opaque are the matches whose answer is not in the ruleset.
func (b *builder) opaque(u *use) {
	why, ok := opaque[u.ext.name]
	if !ok {
		why = "the match " + u.name
	}
	if why == "" {
		return
	}
	if extensionHeaders[u.ext.name] && b.denies() {
		b.when(firewall.Any{}) // the packets that are asked for here have no extension headers
		return
	}
	b.when(b.unknown(why))
}

// denies tells whether the rule ends packets: what it may leave alone is then more than what really comes through.
func (b *builder) denies() bool {
	s := &b.rule.spec
	return s.jump.text == "DROP" && !s.goes || s.target != nil && s.target.name == "REJECT"
}

var extensionHeaders = map[string]bool{"rt": true, "frag": true, "hbh": true, "dst": true, "ipv6header": true, "srh": true, "ah": true}

// opaque says in a few words what would have to be known; "" is for those that always hold.
var opaque = map[string]string{
	"comment": "", "nfacct": "", "time": "the time of day", "length": "the length of the packet", "ttl": "the packet's time to live", "hl": "the packet's hop limit",
	"tos": "the type of service", "dscp": "the type of service", "ecn": "congestion bits", "string": "what the packet says", "u32": "what the packet says",
	"bpf": "a filter program", "physdev": "the port of a bridge", "rpfilter": "the way back to the sender", "socket": "which sockets are open",
	"cgroup": "the sender's control group", "policy": "IPsec", "mac": "the sender's hardware address", "cpu": "the processor", "devgroup": "the group of the interface",
	"osf": "the sender's system", "tcpmss": "the segment size", "realm": "the route's realm", "rateest": "a measured rate", "cluster": "the share of a cluster",
	"ipvs": "IPVS", "connlabel": "labels of the connection", "statistic": "chance", "rt": "IPv6 extension headers", "frag": "IPv6 extension headers",
	"hbh": "IPv6 extension headers", "dst": "IPv6 extension headers", "mh": "the kind of mobility header", "ipv6header": "IPv6 extension headers",
	"srh": "IPv6 extension headers", "eui64": "the sender's hardware address",
}

func span(text, separator string) firewall.Set {
	var ranges []firewall.Range
	for _, one := range strings.Split(text, ",") {
		first, last, _ := strings.Cut(one, separator)
		ranges = append(ranges, firewall.Range{First: firewall.Number(bit(first)), Last: firewall.Number(bit(last))})
	}
	return firewall.NewSet(ranges...)
}

func two(text, separator string) (a, b uint64) {
	first, second, _ := strings.Cut(text, separator)
	return bit(first), bit(second)
}

// key is one spelling of a rule, by which -D and -C find it.
func (r *rule) key() string {
	if r.canonical == "" {
		s := &r.spec
		var b strings.Builder
		fmt.Fprintf(&b, "%d%t|%v%t|%v%t|%s%t|%s%t|%d|", s.protocol, s.notProtocol, addressKey(r.src), s.notSrc, addressKey(r.dst), s.notDst, s.in, s.notIn, s.out, s.notOut, s.fragment)
		for _, u := range s.matches {
			b.WriteString(u.key())
		}
		if s.target != nil {
			b.WriteString(s.target.key())
		}
		b.WriteString("|" + strconv.FormatBool(s.goes) + s.jump.text + strings.Join(s.unknown, ","))
		r.canonical = b.String()
	}
	return r.canonical
}

func addressKey(a *address) string {
	if a == nil || a.mask == (firewall.Value{}) && a.name == "" {
		return ""
	}
	return fmt.Sprint(*a)
}

// defaults are the values that options have where they are not given: iptables-save prints them.
var defaults = map[string]map[string]string{
	"recent": {"name": "DEFAULT", "mask": "255.255.255.255"}, "limit": {"limit": "3/h", "limit-burst": "5"}, "hashlimit": {"hashlimit-burst": "5"},
	"connlimit": {"connlimit-mask": "32"}, "NFQUEUE": {"queue-num": "0"}, "NFLOG": {"nflog-group": "0"}, "LOG": {"log-level": "4"},
	"CONNMARK": {"nfmask": "4294967295", "ctmask": "4294967295"}, "TPROXY": {"on-ip": "0.0.0.0", "tproxy-mark": "0/0"},
}

// key is one spelling of an extension with its options.
func (u *use) key() string {
	if u.ext == nil {
		return "[" + u.name + "]"
	}
	parts := make([]string, 0, len(u.values)+1)
	for _, o := range u.ext.options {
		name := o.name()
		v, ok := u.get(name)
		if !ok {
			if text, known := defaults[u.ext.name][name]; known {
				parts = append(parts, name+"="+text)
			}
			continue
		}
		text := v.text
		switch {
		case name == "rsource" || name == "connlimit-saddr" || o.kind == "reject" && strings.HasSuffix(text, " port-unreachable"):
			continue // the default, spelled out
		case (u.ext.name == "MARK" || u.ext.name == "CONNMARK") && o.group == "m" && o.kind != "flag":
			and, xor := markBits(name, text)
			name, text = "xmark", fmt.Sprint(and, xor)
		case o.kind == "rate":
			count, unit, _ := strings.Cut(text+"/s", "/")
			text = count + "/" + unit[:1]
		}
		parts = append(parts, fmt.Sprintf("%s=%s%s", name, map[bool]string{true: "!"}[v.not], text))
	}
	return "[" + u.ext.name + " " + strings.Join(parts, " ") + "]"
}
