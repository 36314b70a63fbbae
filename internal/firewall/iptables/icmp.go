package iptables

import (
	"strconv"
	"strings"
)

type icmpName struct {
	name       string
	kind, code int // code -1 is any
}

// The names that iptables and ip6tables know (their help prints them); the numbers are IANA's.
var icmpNames = map[int][]icmpName{
	4: {
		{"any", 255, -1},
		{"echo-reply", 0, -1},
		{"pong", 0, -1},
		{"destination-unreachable", 3, -1},
		{"network-unreachable", 3, 0},
		{"host-unreachable", 3, 1},
		{"protocol-unreachable", 3, 2},
		{"port-unreachable", 3, 3},
		{"fragmentation-needed", 3, 4},
		{"source-route-failed", 3, 5},
		{"network-unknown", 3, 6},
		{"host-unknown", 3, 7},
		{"network-prohibited", 3, 9},
		{"host-prohibited", 3, 10},
		{"TOS-network-unreachable", 3, 11},
		{"TOS-host-unreachable", 3, 12},
		{"communication-prohibited", 3, 13},
		{"host-precedence-violation", 3, 14},
		{"precedence-cutoff", 3, 15},
		{"source-quench", 4, -1},
		{"redirect", 5, -1},
		{"network-redirect", 5, 0},
		{"host-redirect", 5, 1},
		{"TOS-network-redirect", 5, 2},
		{"TOS-host-redirect", 5, 3},
		{"echo-request", 8, -1},
		{"ping", 8, -1},
		{"router-advertisement", 9, -1},
		{"router-solicitation", 10, -1},
		{"time-exceeded", 11, -1},
		{"ttl-exceeded", 11, -1},
		{"ttl-zero-during-transit", 11, 0},
		{"ttl-zero-during-reassembly", 11, 1},
		{"parameter-problem", 12, -1},
		{"ip-header-bad", 12, 0},
		{"required-option-missing", 12, 1},
		{"timestamp-request", 13, -1},
		{"timestamp-reply", 14, -1},
		{"address-mask-request", 17, -1},
		{"address-mask-reply", 18, -1},
	},
	6: {
		{"destination-unreachable", 1, -1},
		{"no-route", 1, 0},
		{"communication-prohibited", 1, 1},
		{"beyond-scope", 1, 2},
		{"address-unreachable", 1, 3},
		{"port-unreachable", 1, 4},
		{"failed-policy", 1, 5},
		{"reject-route", 1, 6},
		{"packet-too-big", 2, -1},
		{"time-exceeded", 3, -1},
		{"ttl-exceeded", 3, -1},
		{"ttl-zero-during-transit", 3, 0},
		{"ttl-zero-during-reassembly", 3, 1},
		{"parameter-problem", 4, -1},
		{"bad-header", 4, 0},
		{"unknown-header-type", 4, 1},
		{"unknown-option", 4, 2},
		{"echo-request", 128, -1},
		{"ping", 128, -1},
		{"echo-reply", 129, -1},
		{"pong", 129, -1},
		{"router-solicitation", 133, -1},
		{"router-advertisement", 134, -1},
		{"neighbour-solicitation", 135, -1},
		{"neighbor-solicitation", 135, -1},
		{"neighbour-advertisement", 136, -1},
		{"neighbor-advertisement", 136, -1},
		{"redirect", 137, -1},
	},
}

// icmp reads a type as "TYPE/CODE"; the code is -1 for any. A name may be cut short where it stays the only one.
func (p *parser) icmp(text string) (string, string) {
	if first, code, has := strings.Cut(text, "/"); first != "" && first[0] >= '0' && first[0] <= '9' {
		kind, ok := number(first, 255)
		if !ok {
			return "", p.noICMP(text)
		}
		if !has {
			return strconv.Itoa(int(kind)) + "/-1", ""
		}
		code, _, _ = strings.Cut(code, ":")
		c, ok := number(code, 255)
		if !ok {
			return "", p.noICMP(text)
		}
		return strconv.Itoa(int(kind)) + "/" + strconv.Itoa(int(c)), ""
	}
	var found *icmpName
	for i, n := range icmpNames[p.family] {
		if text == "" || len(text) > len(n.name) || !strings.EqualFold(text, n.name[:len(text)]) {
			continue
		}
		if found != nil && (found.kind != n.kind || found.code != n.code) {
			return "", clip(text) + " may be " + found.name + " and " + n.name
		}
		found = &icmpNames[p.family][i]
	}
	if found == nil {
		return "", p.noICMP(text)
	}
	return strconv.Itoa(found.kind) + "/" + strconv.Itoa(found.code), ""
}

func (p *parser) noICMP(text string) string {
	return "there is no type of ICMP " + strconv.Quote(clip(text))
}
