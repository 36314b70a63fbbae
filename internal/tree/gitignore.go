package tree

import (
	"fmt"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// The limits of what a tree may say about itself here; the cost of each file grows with both.
const (
	maxPatterns = 5000 // in all the files that bear on one folder
	maxPattern  = 1000 // bytes; a longer one names nothing
)

// patterns are those of one .gitignore file, and behind them those that it may override.
type patterns struct {
	base  string // the folder of the file, "" or ending in "/"
	list  []pattern
	outer *patterns
	count int // of list and of all behind
}

// A pattern is one line of a .gitignore file (gitignore(5)).
type pattern struct {
	glob    string
	plain   bool // free of wildcards
	negated bool
	folder  bool // names folders only
	deep    bool // names a file by its last part, however deep it lies
}

func parsePatterns(text, base string, outer *patterns) (*patterns, error) {
	p := &patterns{base: base, outer: outer}
	if outer != nil {
		p.count = outer.count
	}
	for line := range strings.SplitSeq(strings.TrimPrefix(text, "\ufeff"), "\n") {
		one, ok := parsePattern(strings.TrimSuffix(line, "\r"))
		if !ok {
			continue
		}
		if p.count++; p.count > maxPatterns {
			return outer, fmt.Errorf("more than %d patterns", maxPatterns)
		}
		p.list = append(p.list, one)
	}
	return p, nil
}

func parsePattern(line string) (pattern, bool) {
	if strings.HasPrefix(line, "#") || len(line) > maxPattern {
		return pattern{}, false
	}
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	var p pattern
	line, p.negated = strings.CutPrefix(line, "!")
	line, p.folder = strings.CutSuffix(line, "/")
	if line == "" {
		return pattern{}, false
	}
	p.deep = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	p.plain = !strings.ContainsAny(line, `*?[{}\`)
	if strings.HasSuffix(line, "/**") {
		line += "/*" // what lies in the folder, not the folder
	}
	p.glob = bytewise(literalBraces(line))
	return p, true
}

// literalBraces escapes the alternatives that doublestar knows and git does not.
func literalBraces(glob string) string {
	var b strings.Builder
	for i := 0; i < len(glob); i++ {
		switch c := glob[i]; {
		case c == '\\' && i+1 < len(glob):
			b.WriteString(glob[i : i+2])
			i++
		case c == '{' || c == '}':
			b.WriteString(`\` + string(c))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// match tells whether the last pattern that names the path ignores it.
func (p *patterns) match(path string, folder bool) bool {
	path = bytewise(path)
	last := path[strings.LastIndexByte(path, '/')+1:]
	for ; p != nil; p = p.outer {
		inner := strings.TrimPrefix(path, bytewise(p.base))
		for i := len(p.list) - 1; i >= 0; i-- {
			one := &p.list[i]
			if one.folder && !folder {
				continue
			}
			name := inner
			if one.deep {
				name = last
			}
			if one.names(name) {
				return !one.negated
			}
		}
	}
	return false
}

func (p *pattern) names(name string) bool {
	if p.plain {
		return p.glob == name
	}
	// A malformed pattern names nothing, as in git.
	ok, err := doublestar.Match(p.glob, name)
	return ok && err == nil
}

// bytewise makes a character of each byte: git's wildcards stand for bytes.
func bytewise(s string) string {
	if !strings.ContainsFunc(s, func(c rune) bool { return c >= 0x80 }) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
