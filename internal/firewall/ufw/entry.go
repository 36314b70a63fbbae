package ufw

import (
	"encoding/hex"
	"strings"

	"sallyport/internal/fact"
)

// An entry is a rule as ufw understands it: a tuple, or a line of its status.
type entry struct {
	action            string // allow, deny, reject, limit
	protocol          string // "any", "tcp", ...
	dst, dport        string // "" is any
	src, sport        string
	in, out           string
	outgoing, forward bool
	comment           string
	at                fact.Span
}

// rules are the lines of user.rules that ufw writes for it.
func (e entry) rules(p string) string {
	var b strings.Builder
	protocols := []string{e.protocol}
	if e.protocol == "any" && (e.dport != "" || e.sport != "") {
		protocols = []string{"tcp", "udp"}
	}
	chain := p + "user-input"
	switch {
	case e.forward:
		chain = p + "user-forward"
	case e.outgoing:
		chain = p + "user-output"
	}
	for _, protocol := range protocols {
		match := e.match(protocol)
		line := func(target string) { b.WriteString("-A " + chain + match + " " + target + "\n") }
		switch e.action {
		case "allow":
			line("-j ACCEPT")
		case "reject":
			if protocol == "tcp" {
				line("-j REJECT --reject-with tcp-reset")
			} else {
				line("-j REJECT")
			}
		case "limit":
			line("-m conntrack --ctstate NEW -m recent --set")
			line("-m conntrack --ctstate NEW -m recent --update --seconds 30 --hitcount 6 -j " + p + "user-limit")
			line("-j " + p + "user-limit-accept")
		default:
			line("-j DROP")
		}
	}
	return b.String()
}

// match is the condition of a line.
func (e entry) match(protocol string) string {
	var b strings.Builder
	add := func(option, value string) {
		if value != "" {
			b.WriteString(" " + option + ` "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(value) + `"`)
		}
	}
	add("-i", e.in)
	add("-o", e.out)
	if protocol != "any" {
		add("-p", protocol)
	}
	if multi := strings.ContainsAny(e.dport+e.sport, ",:"); multi {
		if e.dport != "" {
			b.WriteString(" -m multiport")
			add("--dports", e.dport)
		}
		if e.sport != "" {
			b.WriteString(" -m multiport")
			add("--sports", e.sport)
		}
	} else {
		add("--dport", e.dport)
		add("--sport", e.sport)
	}
	add("-d", e.dst)
	add("-s", e.src)
	return b.String()
}

const tupleMark = "### tuple ###"

// tuples reads the comments of user.rules in which ufw keeps its rules.
func tuples(text, file string) []entry {
	var all []entry
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if !strings.HasPrefix(line, tupleMark) {
			continue
		}
		rest, comment, _ := strings.Cut(line[len(tupleMark):], " comment=")
		if e, ok := tuple(strings.Fields(rest)); ok {
			if decoded, err := hex.DecodeString(strings.TrimSpace(comment)); err == nil {
				e.comment = string(decoded)
			}
			e.at = fact.Span{File: file, Line: n, Column: 1, EndLine: n, EndColumn: 1 + len([]rune(line))}
			all = append(all, e)
		}
	}
	return all
}

// tuple reads ACTION PROTOCOL DPORT DST SPORT SRC [DAPP SAPP] [DIRECTION[_INTERFACE]].
func tuple(f []string) (entry, bool) {
	if len(f) < 6 || len(f) > 9 {
		return entry{}, false
	}
	e := entry{action: f[0], protocol: f[1], dport: some(f[2]), dst: some(f[3]), sport: some(f[4]), src: some(f[5])}
	if route, ok := strings.CutPrefix(e.action, "route:"); ok {
		e.action, e.forward = route, true
	}
	e.action, _, _ = strings.Cut(e.action, "_") // what is logged
	if len(f) == 7 || len(f) == 9 {
		for _, one := range strings.Split(f[len(f)-1], "!") {
			direction, device, _ := strings.Cut(one, "_")
			switch direction {
			case "in":
				e.in = device
			case "out":
				e.out = device
				e.outgoing = !e.forward
			}
		}
	}
	return e, true
}

func some(s string) string {
	switch s {
	case "any", "0.0.0.0/0", "::/0":
		return ""
	}
	return s
}
