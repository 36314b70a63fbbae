package nftables

import (
	"fmt"
	"strings"

	"sallyport/internal/firewall"
)

// other is what the model has nothing of: sockets, routes, hashes.
func (c *context) other(s *selector) *field {
	if s.inner != nil {
		c.terms(s.inner)
	}
	kind, _, _ := strings.Cut(s.field, " ")
	switch kind {
	case "socket":
		c.need(s.at, kind, "", firewall.Prerouting, firewall.Input, firewall.Output)
	case "osf":
		c.need(s.at, kind, "", firewall.Prerouting, firewall.Input, firewall.Forward)
	}
	if (kind == "socket" || kind == "ipsec") && (c.table.family == "bridge" || c.table.family == "arp" || c.table.family == "netdev") {
		refuse(s.at, "write it into a table of the family ip, ip6 or inet", "the family %s has no %s", c.table.family, kind)
	}
	if s.field == "rt nexthop" && c.net != "ip" && c.net != "ip6" {
		refuse(s.at, "write rt ip nexthop or rt ip6 nexthop", "rt nexthop does not say which family")
	}
	return &field{name: s.field, typ: &datatype{name: "integer", bits: 64, parse: anyText, symbols: table("exists=1 missing=0 true=1 false=0")}, why: s.field}
}

// raw is bits of a header by their place; those that are a field of the model are that field.
func (c *context) raw(s *selector) *field {
	if s.length == 0 || s.length > 1<<10 || s.offset > 1<<16 {
		refuse(s.at, "", "%s is no part of a header", s.name())
	}
	if s.proto != "ll" && s.proto != "nh" && s.proto != "th" && s.proto != "ih" {
		refuse(s.at, "write ll, nh, th or ih", "there is no header %q", s.proto)
	}
	f := &field{name: s.name(), typ: &datatype{name: "integer", bits: int(min(s.length, 128))}, why: s.name()}
	id := -1
	switch key := fmt.Sprint(s.proto, ",", s.offset, ",", s.length); {
	case key == "th,0,16":
		id = int(firewall.SourcePort)
	case key == "th,16,16":
		id = int(firewall.Port)
	case key == "th,0,32":
		f.is = bothPorts(s.name())
	case key == "th,104,8" && c.transport == "tcp":
		id = int(firewall.TCPFlags)
	case (key == "th,0,8" || key == "th,8,8") && (c.transport == "icmp" || c.transport == "icmpv6"):
		id = int(firewall.ICMPType)
		if s.offset == 8 {
			id = int(firewall.ICMPCode)
		}
	case key == "nh,72,8" && c.net == "ip" || key == "nh,48,8" && c.net == "ip6":
		id = int(firewall.Protocol)
	case key == "nh,96,32" && c.net == "ip" || key == "nh,64,128" && c.net == "ip6":
		id = int(firewall.Source)
	case key == "nh,128,32" && c.net == "ip" || key == "nh,192,128" && c.net == "ip6":
		id = int(firewall.Destination)
	}
	if id >= 0 {
		f.id, f.has = firewall.Field(id), true
		if f.id == firewall.SourcePort || f.id == firewall.Port {
			c.portOnly(f)
		}
	}
	return f
}

var (
	tcpOptions = words("echo eol nop noop maxseg window sack-perm sack-permitted sack sack0 sack1 sack2 sack3 timestamp fastopen md5sig mptcp")
	ipOptions  = words("lsrr rr ssrr ra")
	extensions = words("hbh frag dst rt rt0 rt2 srh mh")
)

var extensionFields = map[string]map[string]bool{
	"hbh": words("nexthdr hdrlength"), "dst": words("nexthdr hdrlength"), "rt": words("nexthdr hdrlength type seg-left"), "rt0": words("addr"), "rt2": words("addr"),
	"frag": words("nexthdr reserved frag-off reserved2 more-fragments id"), "mh": words("nexthdr hdrlength type reserved checksum"), "srh": words("last-entry flags tag sid"),
}

// extension is an extension header of IPv6 or an option.
func (c *context) extension(s *selector) *field {
	f := &field{name: s.name(), why: s.name(), typ: &datatype{name: "integer", bits: 64, symbols: table("exists=1 missing=0 true=1 false=0"), parse: anyText}}
	switch s.proto {
	case "tcp option":
		c.carry("tcp", s.at)
		option, _, _ := strings.Cut(s.field, " ")
		if !tcpOptions[option] && option != "" && !isDigit(option[0]) {
			refuse(s.at, didYouMean(option, names(tcpOptions)), "TCP has no option %q", option)
		}
	case "sctp chunk":
		c.carry("sctp", s.at)
	case "dccp option":
		c.carry("dccp", s.at)
	case "ip option":
		c.network("ip", s.at)
		if option, _, _ := strings.Cut(s.field, " "); !ipOptions[option] {
			refuse(s.at, didYouMean(option, names(ipOptions)), "IPv4 has no option %q", option)
		}
		if _, _, field := strings.Cut(s.field, " "); !field && c.denies() {
			f.usual = true
		}
	default:
		c.network("ip6", s.at)
		if s.proto == "exthdr" && !extensions[s.field] {
			refuse(s.at, didYouMean(s.field, names(extensions)), "IPv6 has no extension header %q", s.field)
		}
		if known, ok := extensionFields[s.proto]; ok && !known[s.field] {
			refuse(s.at, didYouMean(s.field, names(known)), "the %s header has no field %q", s.proto, s.field)
		}
		c.usual(s, f)
	}
	return f
}

// usual says of extension headers that packets have none: of fragments always, and of the others in a rule that denies, which
// leaves the usual packets alone then. What a rule accepts of others is unknown.
func (c *context) usual(s *selector, f *field) {
	switch {
	case s.field != "frag" && s.proto != "frag" && !c.denies():
	case s.proto == "exthdr":
		f.usual = true
	default:
		c.imply(firewall.Any{})
	}
}

// denies says whether the rule ends in drop or reject.
func (c *context) denies() bool {
	if c.rule == nil || len(c.rule.src.stmts) == 0 {
		return false
	}
	switch s := c.rule.src.stmts[len(c.rule.src.stmts)-1].(type) {
	case *verdictStmt:
		return s.kind == "drop"
	case *rejectStmt:
		return true
	}
	return false
}
