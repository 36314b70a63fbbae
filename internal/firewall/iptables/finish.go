package iptables

import (
	"slices"
	"strconv"
	"strings"
)

// finish checks what can be checked once the whole line is read: what xtables' final checks and the kernel refuse.
func (p *parser) finish() {
	c := &p.cmd
	whole := word{column: 1}
	if len(p.words) > 0 {
		whole = p.words[0]
	}
	if c.skip || c.unknown != "" {
		return
	}
	switch rules := strings.IndexByte("ACDIR", c.verb) >= 0; {
	case c.verb == 0:
		p.fail(whole, "the line says not what to do", "begin it with -A and the name of a chain")
	case p.seen["listing"] && c.verb != 'L' && c.verb != 'S':
		p.fail(whole, "an option for lists stands in a line that prints none")
	case !rules && p.hasRule():
		p.fail(whole, "-"+string(c.verb)+" takes no conditions")
	case rules:
		p.finishRule(whole)
	}
}

func (p *parser) hasRule() bool {
	for _, key := range []string{"s", "d", "p", "i", "o", "j"} {
		if p.seen[key] {
			return p.cmd.verb != 'L' && p.cmd.verb != 'S'
		}
	}
	return len(p.cmd.rule.matches) > 0 && p.cmd.verb != 'L' && p.cmd.verb != 'S'
}

func (p *parser) finishRule(whole word) {
	r, chain := &p.cmd.rule, p.cmd.chain.text
	switch {
	case r.in != "" && (chain == "OUTPUT" || chain == "POSTROUTING"):
		p.fail(whole, "-i has no meaning in "+chain)
	case r.out != "" && (chain == "INPUT" || chain == "PREROUTING"):
		p.fail(whole, "-o has no meaning in "+chain)
	case r.notSrc && r.src[0].everything() || r.notDst && r.dst[0].everything():
		p.fail(whole, "no packet has an address outside of all")
	case p.cmd.table == "nat" && r.jump.text == "DROP" && !r.goes:
		p.fail(r.jump, "the table nat takes no DROP", "drop in the table filter")
	}
	for _, u := range slices.Concat(r.matches, []*use{r.target}) {
		if u == nil || u.ext == nil {
			continue
		}
		if problem := p.complete(u); problem != "" {
			p.fail(whole, problem)
		}
	}
}

// complete tells what is missing of an extension.
func (p *parser) complete(u *use) string {
	e, r := u.ext, &p.cmd.rule
	if len(r.unknown) > 0 {
		return ""
	}
	if e.tables != nil && !slices.Contains(e.tables, p.cmd.table) {
		return u.name + " can stand in the table " + strings.Join(e.tables, " or ") + " alone"
	}
	if e.protocols != nil && (!e.only4 || p.family == 4) {
		negated := r.notProtocol && !((u.name == "tcp" || u.name == "udp") && len(u.values) > 0)
		if !slices.Contains(e.protocols, r.protocol) || negated {
			return u.name + " wants -p with its protocol"
		}
	}
	groups := make(map[string]bool)
	for _, o := range e.options {
		has := u.has(o.name())
		groups[o.group] = groups[o.group] || has
		if o.must && !has {
			return u.name + " wants --" + o.name()
		}
		if has && o.with != "" && !u.has(o.with) {
			return "--" + o.name() + " wants --" + o.with
		}
	}
	for _, o := range e.options {
		if o.wanted && !groups[o.group] {
			return u.name + " wants one of its options, such as --" + o.name()
		}
	}
	if e.wantsOne && len(u.values) == 0 {
		return u.name + " wants one of its options"
	}
	if special[e.name] != nil {
		return special[e.name](p, u)
	}
	return ""
}

// special are the checks that few extensions have.
var special = map[string]func(*parser, *use) string{
	"statistic": func(_ *parser, u *use) string {
		mode, _ := u.get("mode")
		if every, ok := u.get("every"); strings.EqualFold(mode.text, "nth") {
			packet, has := u.get("packet")
			n, _ := number(every.text, ^uint64(0))
			k, _ := number(packet.text, ^uint64(0))
			if !ok || has && k >= n {
				return "statistic wants --every, and a --packet below it"
			}
		} else if !u.has("probability") {
			return "statistic wants --probability"
		}
		return ""
	},
	"recent": func(_ *parser, u *use) string {
		if counts := u.has("seconds") || u.has("hitcount"); counts && (u.has("set") || u.has("remove")) {
			return "recent takes no --seconds and --hitcount with --set"
		}
		if u.has("rttl") && !u.has("rcheck") && !u.has("update") {
			return "--rttl wants --rcheck or --update"
		}
		return ""
	},
	"policy": func(_ *parser, u *use) string {
		pol, _ := u.get("pol")
		elements := 0
		for _, o := range []string{"reqid", "spi", "proto", "mode", "tunnel-src", "tunnel-dst"} {
			if u.has(o) {
				elements++
			}
		}
		if u.has("strict") && (strings.EqualFold(pol.text, "none") || elements == 0) {
			return "--strict wants what the policy is made of"
		}
		return ""
	},
	"time": func(_ *parser, u *use) string {
		start, _ := u.get("timestart")
		stop, ok := u.get("timestop")
		if u.has("contiguous") && (!ok || clock(stop.text) >= clock(start.text)) {
			return "--contiguous wants a --timestop before --timestart"
		}
		return ""
	},
	"addrtype": func(p *parser, u *use) string {
		for _, v := range u.values {
			if p.family == 6 && v.text != "" && v.option.kind == "types" && bit(v.text)&^(1<<1|1<<2|1<<4|1<<5|1<<7) != 0 {
				return "IPv6 has no such type of address"
			}
		}
		return ""
	},
	"REJECT": func(p *parser, u *use) string {
		v, _ := u.get("reject-with")
		if v.text == "tcp reset" && (p.cmd.rule.protocol != 6 || p.cmd.rule.notProtocol) {
			return "tcp-reset wants -p tcp"
		}
		return ""
	},
	"CT": func(p *parser, u *use) string {
		if u.has("helper") && (p.cmd.rule.protocol < 0 || p.cmd.rule.notProtocol) {
			return "--helper wants -p with the protocol of the helper"
		}
		return ""
	},
	"CONNMARK": func(_ *parser, u *use) string {
		if u.has("mask") && (u.has("nfmask") || u.has("ctmask")) {
			return "--mask and --nfmask exclude each other"
		}
		return ""
	},
	"SET": func(p *parser, u *use) string {
		if !u.has("add-set") && !u.has("del-set") && !u.has("map-set") {
			return "SET wants --add-set, --del-set or --map-set"
		}
		if u.has("map-set") && p.cmd.table != "mangle" {
			return "--map-set can stand in the table mangle alone"
		}
		return ""
	},
}

func clock(s string) int {
	total := 0
	for _, part := range strings.SplitN(s+":0:0", ":", 4)[:min(3, strings.Count(s+":0:0", ":")+1)] {
		n, _ := strconv.Atoi(part)
		total = total*60 + n
	}
	return total
}

func bit(s string) uint64 {
	n, _ := strconv.ParseUint(s, 10, 64)
	return n
}

// hooksOf is where an extension may stand: letters of hooks, as in extensions.txt; "" is anywhere.
func (u *use) hooksOf() string {
	hooks := u.ext.hooks
	for _, v := range u.values {
		if v.option.hooks != "" {
			hooks = v.option.hooks
		}
		if v.option.kind == "policydir" {
			hooks = map[string]string{"in": "PIF", "out": "FOS"}[v.text]
		}
	}
	return hooks
}
