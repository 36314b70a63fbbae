package shell

import "strings"

// split reads a text of which the grammar is not known: commands end at newlines, semicolons, pipes and
// ampersands outside of quotes, and words at blanks.
func split(text string, env map[string]string) []Command {
	r := &reader{text: text, env: env, count: new(counters)}
	s := splitter{r: r, text: text}
	for s.at < len(text) && r.count.words < maxWords {
		s.next()
	}
	s.end()
	return r.cmds
}

type splitter struct {
	r     *reader
	text  string
	at    int
	start int // of the command
	words []string
	b     strings.Builder
	open  bool
}

func (s *splitter) next() {
	c := s.text[s.at]
	switch {
	case c == '\n' || c == ';' || c == '|' || c == '&':
		s.end()
		s.at++
		s.start = s.at
		return
	case c == ' ' || c == '\t' || c == '\r':
		s.word()
	case (c == '\\' || c == '`') && s.at+1 < len(s.text) && s.text[s.at+1] == '\n':
		s.word()
		s.at++
	case c == '"' || c == '\'':
		s.open = true
		n := strings.IndexByte(s.text[s.at+1:], c)
		if n < 0 {
			n = len(s.text) - s.at - 1
		}
		s.b.WriteString(s.text[s.at+1 : s.at+1+n])
		s.at += n + 1
	default:
		s.open = true
		s.b.WriteByte(c)
	}
	s.at++
}

func (s *splitter) word() {
	if !s.open {
		return
	}
	w := s.b.String()
	s.b.Reset()
	s.open = false
	if w == "{" || w == "}" {
		s.end()
		s.start = s.at
		return
	}
	s.r.count.words++
	s.words = append(s.words, w)
}

func (s *splitter) end() {
	s.word()
	if len(s.words) == 0 {
		return
	}
	for s.start < s.at && strings.IndexByte(" \t\r\n", s.text[s.start]) >= 0 {
		s.start++
	}
	cmd := Command{Offset: s.start, End: min(s.at, len(s.text))}
	words := s.words
	s.words = nil
	for len(words) > 0 {
		name, value, ok := strings.Cut(words[0], "=")
		if !ok || !identifier(name) {
			break
		}
		cmd.Env = append(cmd.Env, Assign{
			Name: name, Value: value, Known: !strings.Contains(value, "$"),
			Exported: true, Offset: cmd.Offset, End: cmd.End,
		})
		words = words[1:]
	}
	cmd.Args = []string{}
	if len(words) > 0 {
		cmd.Name, cmd.Args = words[0], append(cmd.Args, words[1:]...)
	}
	if cmd.Name == "export" {
		for _, w := range cmd.Args {
			if name, value, ok := strings.Cut(w, "="); ok {
				cmd.Env = append(cmd.Env, Assign{
					Name: name, Value: value, Known: !strings.Contains(value, "$"),
					Exported: true, Offset: cmd.Offset, End: cmd.End,
				})
			}
		}
	}
	s.r.run(cmd)
}

func identifier(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
