package dockerfile

import (
	"regexp"
	"sync"
)

// A pattern is a regular expression that is compiled when it is first used: most runs use none.
type pattern func() *regexp.Regexp

func compile(expression string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

func (p pattern) FindString(s string) string           { return p().FindString(s) }
func (p pattern) MatchString(s string) bool            { return p().MatchString(s) }
func (p pattern) FindStringSubmatch(s string) []string { return p().FindStringSubmatch(s) }
