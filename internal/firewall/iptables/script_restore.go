package iptables

import (
	"slices"
	"strings"

	"sallyport/internal/firewall"
	"sallyport/internal/shell"
)

// restore is one call of iptables-restore.
func (s *script) restore(c shell.Call, family int) shell.Status {
	at := s.span(c)
	noflush, file := false, c.InputFile
	for i := 1; i < len(c.Args); i++ {
		switch a := c.Args[i].Text; {
		case a == "-n" || a == "--noflush":
			noflush = true
		case a == "-t" || a == "--test":
			return shell.Maybe
		case a == "-T" || a == "-W" || a == "-M" || a == "--table":
			i++
		case a != "" && !strings.HasPrefix(a, "-") && !digits(a):
			file = a
		}
	}
	if s.begun == nil {
		s.begun = make(map[int]bool)
	}
	s.begun[family] = true
	text, name, before := c.Input.Text, at.File, 0
	switch {
	case file != "":
		var ok bool
		if name, text, ok = s.find(file); !ok {
			s.taint(family, "", "the file "+clip(file)+", which is not here", at)
			return shell.Maybe
		}
	case c.Input.Unknown != "" || c.Input.Text == "":
		why := c.Input.Unknown
		if why == "" {
			why = "what iptables-restore reads"
		}
		s.taint(family, "", why, at)
		return shell.Maybe
	default:
		before = at.Line - 1
		if c.InputOffset > 0 {
			before, _ = s.position(c.Source, c.InputOffset)
			before--
		}
	}
	if name == "" {
		name = s.name
	}
	if !s.l.restore(family, name, text, before, noflush, c.Doubt) {
		return shell.Failed
	}
	if c.Doubt != "" {
		return shell.Maybe
	}
	return shell.Done
}

// ipset is one call of ipset.
func (s *script) ipset(c shell.Call) shell.Status {
	at := s.span(c)
	list := wordsOf(c.Args[1:], at.Column)
	defer func() { s.l.sets.given = false }() // other sets may come from elsewhere
	if slices.ContainsFunc(list, func(w word) bool { return w.text == "restore" || w.text == "-R" }) {
		text, name := c.Input.Text, s.name
		if c.InputFile != "" {
			name, text, _ = s.find(c.InputFile)
		}
		if n, m := s.l.sets.restore(text); m != nil {
			s.l.refuse(name, n, m)
			return shell.Failed
		}
		return shell.Maybe
	}
	if i := slices.IndexFunc(list, func(w word) bool { return w.unknown != "" }); i >= 0 && i < 2 {
		s.l.partial = append(s.l.partial, firewall.Unknown{Why: list[i].unknown, At: at})
		return shell.Maybe
	}
	if m := s.l.sets.run(list); m != nil {
		return s.refuse(c, at, m)
	}
	if c.Doubt == "" {
		return shell.Done
	}
	for _, w := range list {
		if set := s.l.sets.byName[w.text]; set != nil {
			set.doubt = c.Doubt
		}
	}
	return shell.Maybe
}
