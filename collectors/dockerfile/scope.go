package dockerfile

import (
	"maps"
	"strings"

	bkshell "github.com/moby/buildkit/frontend/dockerfile/shell"
)

// A variable is what a name stands for while instructions are expanded.
type variable struct {
	value string
	known bool
	// arg is true for a build argument, and args are the build arguments that the value is made of.
	arg  bool
	args []string
}

// A scope is the variables that instructions see: ENV and ARG share one space, and the later one wins,
// as in buildkit's dispatchEnv and dispatchArg.
type scope struct {
	vars   map[string]variable
	shared bool // vars belong to another scope too
	// longest is the length of the longest value so far.
	longest int
	// closed is true where a name without a variable is empty for certain: nothing but the file says.
	closed bool
	lex    *bkshell.Lex
	// standin, where set, gives every name in it a value that can be found again in the result.
	standin map[string]string
}

func (s *scope) child() scope {
	s.shared = true
	return scope{vars: s.vars, shared: true, longest: s.longest, closed: s.closed, lex: s.lex}
}

func (s *scope) set(name string, v variable) {
	if s.vars == nil {
		s.vars = make(map[string]variable)
	} else if s.shared {
		s.vars = maps.Clone(s.vars)
	}
	s.shared = false
	if len(v.value) > maxValue {
		v.value, v.known = v.value[:maxValue], false
	}
	s.longest = max(s.longest, len(v.value))
	s.vars[name] = v
}

// Get and Keys make a scope an EnvGetter of buildkit's lexer. An argument without a value is unset.
func (s *scope) Get(name string) (string, bool) {
	if v, ok := s.standin[name]; ok {
		return v, true
	}
	v, ok := s.vars[name]
	return v.value, ok && (v.known || !v.arg || v.value != "")
}

// Keys is what buildkit asks for suggestions, which nobody reads here.
func (s *scope) Keys() []string { return nil }

const (
	// maxValue bounds a variable: one that doubles itself line by line stays small.
	maxValue = 16 << 10
	// maxWord and maxDollars bound what is given to buildkit's lexer, which recurses.
	maxWord    = 32 << 10
	maxDollars = 200
)

// An expansion is a word after expansion.
type expansion struct {
	text string
	// unknown are the variables without a value that the text depends on, and args the build arguments.
	unknown, args []string
}

func (e expansion) known() bool { return len(e.unknown) == 0 }

// expand expands a word. One that buildkit's lexer refuses is unknown as a whole.
func (s *scope) expand(word string) expansion {
	if strings.IndexByte(word, '$') < 0 {
		if !strings.ContainsAny(word, "\"'\\`") {
			return expansion{text: word}
		}
		text, _, err := s.lex.ProcessWord(word, s)
		if err != nil {
			return expansion{text: word, unknown: []string{word}}
		}
		return expansion{text: text}
	}
	if len(word) > maxWord || strings.Count(word, "$") > maxDollars || s.widest(word) > 1<<20 {
		return expansion{text: word, unknown: []string{"a word of this size"}}
	}
	res, err := s.lex.ProcessWordWithMatches(word, s)
	e := expansion{text: res.Result}
	if err != nil {
		e.text = word
	}
	for name := range res.Matched {
		s.depends(&e, name)
	}
	for name := range res.Unmatched {
		if s.vars[name].arg {
			e.args = append(e.args, name)
		}
		if err != nil || (!s.closed || s.vars[name].arg) && needed(word, name) {
			e.unknown = append(e.unknown, name)
		}
	}
	if err != nil && len(e.unknown) == 0 {
		e.unknown = []string{word}
	}
	return e
}

func (s *scope) depends(e *expansion, name string) {
	v := s.vars[name]
	if v.arg {
		e.args = append(e.args, name)
	}
	e.args = append(e.args, v.args...)
	if !v.known && s.standin[name] == "" {
		e.unknown = append(e.unknown, name)
	}
}

// widest estimates how long a word may become.
func (s *scope) widest(word string) int {
	n := strings.Count(word, "$") * s.longest
	if strings.Contains(word, "/") {
		n += s.longest * len(word) / 8
	}
	return n
}

// needed tells whether a word uses a variable without saying what to use where it is not set: $X and
// ${X} do, ${X:-default} and ${X:+other} do not.
func needed(word, name string) bool {
	for rest := word; ; {
		i := strings.Index(rest, name)
		if i < 0 {
			return false
		}
		before, after := rest[:i], rest[i+len(name):]
		rest = after
		switch {
		case strings.HasSuffix(before, "$"):
			if after == "" || !nameByte(after[0]) {
				return true
			}
		case strings.HasSuffix(before, "${"):
			after = strings.TrimPrefix(after, ":")
			switch {
			case strings.HasPrefix(after, "+"):
				rest = afterBrace(after) // what is inside is for a variable with a value
			case after == "" || !nameByte(after[0]) && after[0] != '-':
				return true
			}
		}
	}
}

// afterBrace is the text behind the brace that closes an expansion.
func afterBrace(s string) string {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[i+1:]
			}
		}
	}
	return ""
}

func nameByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
