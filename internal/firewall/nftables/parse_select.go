package nftables

import (
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
)

// A selector is something that packets have, as written; what it means is in fields.go.
type selector struct {
	class  string // payload, meta, ct, fib, raw, exthdr, other
	proto  string // of payload and exthdr; raw's base
	field  string
	dir    string // of ct
	flags  []string
	offset uint64
	length uint64
	inner  *expr // what is hashed
	at     fact.Span
}

// name is the selector in nft's notation.
func (s *selector) name() string {
	switch s.class {
	case "payload", "exthdr":
		return s.proto + " " + s.field
	case "ct":
		if s.dir != "" {
			return "ct " + s.dir + " " + s.field
		}
		return "ct " + s.field
	case "fib":
		return "fib " + strings.Join(s.flags, " . ") + " " + s.field
	case "raw":
		return "@" + s.proto + "," + strconv.FormatUint(s.offset, 10) + "," + strconv.FormatUint(s.length, 10)
	case "meta":
		if slices.Contains(unqualified, s.field) && s.field != "mark" {
			return s.field
		}
		return "meta " + s.field
	}
	return s.field
}

// unqualified are the meta keys that need no "meta".
var unqualified = []string{
	"mark", "iif", "iifname", "iiftype", "oif", "oifname", "oiftype", "skuid", "skgid", "nftrace", "rtclassid",
	"ibriport", "obriport", "ibrname", "obrname", "pkttype", "cpu", "iifgroup", "oifgroup", "cgroup", "time", "day", "hour",
}

var selecting = words("ether vlan arp ip ip6 icmp icmpv6 igmp tcp udp udplite dccp sctp th ah esp comp gre gretap geneve vxlan meta ct fib rt socket osf ipsec " +
	"numgen jhash symhash exthdr hbh frag dst mh rt0 rt2 srh " + strings.Join(unqualified, " "))

// selects says whether something that packets have begins here.
func (p *parser) selects() bool {
	if p.is("@") {
		t := p.peek(1)
		return slices.Contains([]string{"ll", "nh", "th", "ih"}, t.text) && p.peek(2).text == ","
	}
	return p.tok.kind == tWord && selecting[p.tok.text] || p.is("(")
}

// primary is a selector, or an expression in parentheses.
func (p *parser) primary() *expr {
	at := p.tok.at
	if p.is("(") {
		defer p.deeper()()
		p.next()
		e := p.basic(0, false)
		p.expect(")")
		return e
	}
	if !p.selects() {
		if p.is("$") || p.tok.kind == tNumber {
			return p.constant()
		}
		p.noStatement()
	}
	sel := p.selector()
	sel.at = p.to(at)
	e := &expr{kind: kSelector, sel: sel, at: sel.at}
	if sel.class == "hash" {
		sel.class = "other"
	}
	return e
}

// noStatement refuses a word that begins nothing.
func (p *parser) noStatement() {
	var known []string
	for w := range selecting {
		known = append(known, w)
	}
	known = append(known, statementWords...)
	refuse(p.tok.at, didYouMean(p.tok.text, known), "%s begins no statement", describe(p.tok))
}

func (p *parser) selector() *selector {
	word := p.tok.text
	if p.is("@") {
		return p.raw()
	}
	p.next()
	switch word {
	case "meta":
		return &selector{class: "meta", field: p.str("a meta key")}
	case "ct":
		return p.ct()
	case "fib":
		return p.fib()
	case "numgen", "jhash", "symhash":
		return p.hash(word)
	case "socket":
		s := &selector{class: "other", field: "socket " + p.str("a socket key")}
		if p.accept("level") {
			p.number()
		}
		return s
	case "osf":
		if p.accept("ttl") {
			p.str("how to compare")
		}
		if !p.isAny("name", "version") {
			p.unexpected("name or version")
		}
		s := &selector{class: "other", field: "osf " + p.tok.text}
		p.next()
		return s
	case "ipsec":
		return p.ipsec()
	case "exthdr":
		return &selector{class: "exthdr", proto: "exthdr", field: p.str("an extension header")}
	}
	if slices.Contains(unqualified, word) {
		return &selector{class: "meta", field: word}
	}
	return p.header(word)
}

func (p *parser) raw() *selector {
	p.expect("@")
	s := &selector{class: "raw", proto: p.str("a header")}
	p.expect(",")
	s.offset = p.number()
	p.expect(",")
	s.length = p.number()
	return s
}

func (p *parser) ct() *selector {
	s := &selector{class: "ct", field: p.str("a ct key")}
	if s.field != "original" && s.field != "reply" {
		return s
	}
	s.dir, s.field = s.field, p.str("a ct key")
	if s.field == "ip" || s.field == "ip6" {
		s.field += " " + p.str("saddr or daddr")
	}
	return s
}

func (p *parser) fib() *selector {
	s := &selector{class: "fib"}
	for {
		at, flag := p.tok.at, p.str("what to look up")
		if !slices.Contains([]string{"saddr", "daddr", "mark", "iif", "oif"}, flag) {
			refuse(at, "", "fib does not look up by %q", flag)
		}
		s.flags = append(s.flags, flag)
		if !p.accept(".") {
			break
		}
	}
	at := p.tok.at
	s.field = p.str("type, oif or oifname")
	if !slices.Contains([]string{"type", "oif", "oifname", "check"}, s.field) {
		refuse(at, "write type, oif or oifname", "fib does not tell %q", s.field)
	}
	return s
}

func (p *parser) hash(word string) *selector {
	s := &selector{class: "hash", field: word}
	switch word {
	case "numgen":
		if !p.isAny("inc", "random") {
			p.unexpected("inc or random")
		}
		s.field += " " + p.tok.text
		p.next()
	case "jhash":
		s.inner = p.lhs()
	}
	p.expect("mod")
	s.length = p.number()
	for p.isAny("seed", "offset") {
		offset := p.is("offset")
		p.next()
		if n := p.number(); offset {
			s.offset = n
		}
	}
	return s
}

func (p *parser) ipsec() *selector {
	s := &selector{class: "other", field: "ipsec"}
	for p.isAny("in", "out", "spnum", "ip", "ip6", "saddr", "daddr", "reqid", "spi") {
		if p.accept("spnum") {
			p.number()
			continue
		}
		s.field += " " + p.tok.text
		p.next()
	}
	return s
}

// header reads a field of a header, of an extension header or of an option.
func (p *parser) header(proto string) *selector {
	switch {
	case p.accept("option"):
		s := &selector{class: "exthdr", proto: proto + " option"}
		if p.is("@") {
			p.next()
		}
		s.field = p.tok.text
		p.value()
		for p.accept(",") {
			p.number()
		}
		for p.isAny("kind", "length", "size", "count", "left", "right", "tsval", "tsecr", "ptr", "addr", "type", "value", "subtype", "seqno", "code") {
			s.field += " " + p.tok.text
			p.next()
		}
		return s
	case proto == "sctp" && p.accept("chunk"):
		s := &selector{class: "exthdr", proto: "sctp chunk", field: p.str("a chunk")}
		if p.tok.kind == tWord && sctpFields[p.tok.text] {
			s.field += " " + p.tok.text
			p.next()
		}
		return s
	case proto == "rt":
		return p.route()
	case slices.Contains([]string{"hbh", "frag", "dst", "mh", "rt0", "rt2", "srh"}, proto):
		s := &selector{class: "exthdr", proto: proto, field: p.str("a field")}
		if p.accept("[") {
			p.number()
			p.expect("]")
		}
		return s
	}
	s := &selector{class: "payload", proto: proto, field: p.str("a field of the " + proto + " header")}
	if proto == "arp" && (s.field == "saddr" || s.field == "daddr") {
		s.field += " " + p.str("ip or ether")
	}
	for inner[proto] && selecting[s.field] {
		s.field += " " + p.str("a field")
		if !selecting[p.tok.text] {
			break
		}
	}
	return s
}

// inner are the tunnels whose inner packets can be looked at.
var inner = words("gre gretap geneve vxlan")

var sctpFields = words("type flags length init-tag a-rwnd num-outbound-streams num-inbound-streams initial-tsn cum-tsn-ack num-gap-ack-blocks " +
	"num-dup-tsns lowest-tsn seqno new-cum-tsn tsn stream ssn ppid")

// route is "rt", either the route of the packet or the extension header.
func (p *parser) route() *selector {
	field := p.str("a key of rt")
	if slices.Contains([]string{"nexthdr", "hdrlength", "type", "seg-left"}, field) {
		return &selector{class: "exthdr", proto: "rt", field: field}
	}
	if field == "ip" || field == "ip6" {
		field += " " + p.str("nexthop")
	}
	if !slices.Contains([]string{"classid", "nexthop", "ip nexthop", "ip6 nexthop", "mtu", "ipsec"}, field) {
		refuse(p.last, "", "rt has no key %q", field)
	}
	return &selector{class: "other", field: "rt " + field}
}
