package dockerfile

import (
	"strconv"
	"strings"
)

// expose carries out EXPOSE. The instruction's own list is sorted; the nodes are as typed.
func (s *stageBuilder) expose(in *instruction) {
	i := 0
	for n := in.args(); n != nil; n = n.Next {
		e := s.scope.expand(n.Value)
		texts := strings.Fields(e.text)
		if len(texts) == 0 || !e.known() {
			texts = []string{n.Value}
		}
		for _, text := range texts {
			p := port(text)
			p.Known = p.Known && e.known()
			if !e.known() {
				p.Problem = ""
			}
			s.facts.Expose = append(s.facts.Expose, p)
			s.at.expose = append(s.at.expose, in.at(atField, i))
		}
		i++
	}
}

// port reads [[ip:]host:]port[-port][/protocol], of which EXPOSE means the container's side.
func port(text string) exposed {
	p := exposed{Name: text, Protocol: "tcp"}
	number, protocol, _ := strings.Cut(text, "/")
	p.Mapping = strings.Contains(number, ":")
	p.ProtocolCase = protocol != strings.ToLower(protocol)
	number = number[strings.LastIndexByte(number, ':')+1:]
	if protocol != "" {
		p.Protocol = strings.ToLower(protocol)
	}
	first, last, ranged := strings.Cut(number, "-")
	if !ranged {
		last = first
	}
	a, err1 := strconv.ParseUint(first, 10, 16)
	b, err2 := strconv.ParseUint(last, 10, 16)
	switch {
	case !digits(first) || !digits(last):
		p.Problem = "number"
	case err1 != nil || err2 != nil || a > b:
		p.Problem = "range"
	case p.Protocol != "tcp" && p.Protocol != "udp" && p.Protocol != "sctp":
		p.Problem = "protocol"
	default:
		p.First, p.Last, p.Known = int(a), int(b), true
	}
	return p
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
