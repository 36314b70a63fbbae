package firewalld

import (
	"slices"
	"strconv"
	"strings"
)

// A rich rule: firewalld.richlanguage(5).
type rich struct {
	at          *node
	family      int // 4, 6 or 0
	priority    int
	source      *node
	destination *node
	element     *node
	log, audit  *node
	action      *node
	limits      map[*node]*node
	limited     *node // what a limit belongs to
}

func (r *reader) startRule(n *node) {
	rule := &rich{at: n, limits: map[*node]*node{}}
	switch family, ok := n.get("family"); {
	case family == "ipv4":
		rule.family = 4
	case family == "ipv6":
		rule.family = 6
	case ok:
		r.broken = "no family of addresses: " + family
		return
	}
	if text, ok := n.get("priority"); ok {
		number, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			r.broken = "no number: " + text
			return
		}
		rule.priority = number
	}
	r.rule = rule
}

// element is what a rule is about; there can be one.
func (r *reader) element(n *node) {
	if r.rule.element != nil {
		r.broken = "more than one element"
		return
	}
	r.rule.element = n
}

// inRule takes the parts of a rule that mean nothing elsewhere.
func (r *reader) inRule(n *node) {
	rule := r.rule
	if rule == nil {
		if n.name != "log" && n.name != "nflog" {
			r.broken = "<" + n.name + "> outside of a rule"
		}
		return
	}
	slot := map[string]**node{
		"source": &rule.source, "destination": &rule.destination, "log": &rule.log, "nflog": &rule.log, "audit": &rule.audit,
		"accept": &rule.action, "reject": &rule.action, "drop": &rule.action, "mark": &rule.action,
	}[n.name]
	switch {
	case n.name == "limit" && rule.limited == nil:
		r.broken = "a limit of nothing"
	case n.name == "limit" && rule.limits[rule.limited] != nil:
		r.broken = "more than one limit"
	case n.name == "limit":
		rule.limits[rule.limited] = n
	case *slot == nil:
		*slot = n
		if n.name != "source" && n.name != "destination" {
			rule.limited = n
		}
	case n.name != "log" && n.name != "nflog" && n.name != "destination":
		r.broken = "more than one <" + n.name + ">"
	}
}

var portProtocols = []string{"tcp", "udp", "sctp", "dccp"}

// rejectTypes are the answers that a rule can give, by the family that has them.
var rejectTypes = map[int][]string{
	4: {
		"icmp-host-prohibited", "host-prohib", "icmp-net-unreachable", "net-unreach", "icmp-host-unreachable", "host-unreach",
		"icmp-port-unreachable", "port-unreach", "icmp-proto-unreachable", "proto-unreach", "icmp-net-prohibited", "net-prohib",
		"tcp-reset", "tcp-rst", "icmp-admin-prohibited", "admin-prohib",
	},
	6: {
		"icmp6-adm-prohibited", "adm-prohibited", "icmp6-no-route", "no-route", "icmp6-addr-unreachable", "addr-unreach",
		"icmp6-port-unreachable", "port-unreach", "tcp-reset",
	},
}

// check says why firewalld leaves the rule out; "" where it does not.
func (r *rich) check() string {
	for _, why := range []string{r.checkShape(), r.checkAddresses(), r.checkElement(), r.checkAction()} {
		if why != "" {
			return why
		}
	}
	return ""
}

func (r *rich) kind() string {
	if r.element == nil {
		return ""
	}
	return r.element.name
}

func (r *rich) act() string {
	if r.action == nil {
		return ""
	}
	return r.action.name
}

func (r *rich) checkShape() string {
	address := false
	if r.source != nil {
		_, address = r.source.get("address")
	}
	switch {
	case r.family == 0 && (address || r.destination != nil || r.kind() == "forward-port"):
		return "no family"
	case r.priority < -32768 || r.priority > 32767:
		return "no priority that there is"
	case r.element == nil && (r.log == nil || r.priority == 0) && r.action == nil:
		return "neither element nor action"
	case r.element == nil && (r.log == nil || r.priority == 0) && r.source == nil && r.destination == nil && r.priority == 0:
		return "neither element nor source nor destination"
	case !slices.Contains([]string{"icmp-block", "forward-port", "masquerade", "tcp-mss-clamp"}, r.kind()) && r.log == nil && r.audit == nil && r.action == nil:
		return "no action"
	}
	return ""
}

func (r *rich) checkAddresses() string {
	for _, n := range []*node{r.source, r.destination} {
		if n == nil {
			continue
		}
		address, hasAddress := n.get("address")
		_, hasSet := n.get("ipset")
		mac, hasMAC := n.get("mac")
		switch {
		case hasAddress && (hasSet || hasMAC), hasSet && hasMAC:
			return "more than one address"
		case hasAddress:
			if p, ok := parsePrefix(address); !ok || p.family() != r.family {
				return "no address of the family: " + address
			}
		case hasMAC && !isMAC(mac):
			return "no MAC address: " + mac
		case !hasSet && !hasMAC:
			return "no address"
		}
	}
	return ""
}

func (r *rich) checkElement() string {
	switch r.kind() {
	case "port", "source-port", "forward-port":
		if _, err := readPort(r.element, "port"); err != nil {
			return err.Msg
		}
		if r.kind() != "forward-port" {
			return ""
		}
		f, err := readForwardPort(r.element)
		if err != nil {
			return err.Msg
		}
		if f.to.IsValid() && f.to.Is4() != (r.family == 4) {
			return "the address is of the other family"
		}
		if r.action != nil {
			return "forward-port with an action"
		}
	case "protocol":
		if _, ok := protocolNumber(r.element.attr("value")); !ok {
			return "no protocol: " + r.element.attr("value")
		}
	case "masquerade", "icmp-block", "tcp-mss-clamp":
		if r.action != nil {
			return r.kind() + " with an action"
		}
	case "service", "icmp-type":
		if r.element.attr("name") == "" {
			return "no name"
		}
	}
	return ""
}

func (r *rich) checkAction() string {
	if r.audit != nil && (r.action == nil || r.act() == "mark") {
		return "audit without a verdict"
	}
	if kind, ok := "", false; r.act() == "reject" {
		if kind, ok = r.action.get("type"); ok && kind != "" && !slices.Contains(rejectTypes[r.family], kind) {
			return "no answer that the family has: " + kind
		}
	}
	if r.act() == "mark" {
		if _, _, ok := parseMark(r.action.attr("set")); !ok {
			return "no mark: " + r.action.attr("set")
		}
	}
	for _, n := range r.limits {
		if !validLimit(n.attr("value")) {
			return "no limit: " + n.attr("value")
		}
	}
	return ""
}

// parseMark reads VALUE or VALUE/MASK.
func parseMark(text string) (value, mask uint32, ok bool) {
	v, m, masked := strings.Cut(text, "/")
	number, err := strconv.ParseUint(v, 0, 32)
	if err != nil {
		return 0, 0, false
	}
	if !masked {
		return uint32(number), 0, true
	}
	bits, err := strconv.ParseUint(m, 0, 32)
	return uint32(number), uint32(bits), err == nil
}

func validLimit(text string) bool {
	rate, per, ok := strings.Cut(text, "/")
	number, err := strconv.Atoi(rate)
	if !ok || err != nil || number < 1 || per == "" {
		return false
	}
	known := map[string]bool{"s": true, "second": true, "m": true, "minute": true, "h": true, "hour": true, "d": true, "day": true}[per]
	return known && (number > 1 || per[0] != 'd') // iptables once refused one a day
}

// section is the chain of a zone or policy that the rule stands in: by its priority, else by what it does.
func (r *rich) section() string {
	switch {
	case r.priority < 0:
		return "pre"
	case r.priority > 0:
		return "post"
	case r.kind() == "icmp-block" || r.act() == "reject" || r.act() == "drop":
		return "deny"
	}
	return "allow"
}
