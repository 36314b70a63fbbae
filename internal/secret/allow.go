package secret

import (
	"regexp"
	"slices"
	"strings"
)

// An allowlist says which matches of a rule are no secrets.
type allowlist struct {
	all            bool
	target         string
	regexes, paths []*regexp.Regexp
	stopwords      []string
	// commits is true for a list that also names commits, which are not known here.
	commits bool
}

func compileAllowlists(sources []allowSource) []allowlist {
	var lists []allowlist
	for _, s := range sources {
		a := allowlist{all: s.Condition == "AND" || s.Condition == "&&", target: s.RegexTarget, commits: len(s.Commits) > 0}
		a.regexes, a.paths = compileAll(s.Regexes), compileAll(s.Paths)
		for _, w := range s.StopWords {
			a.stopwords = append(a.stopwords, strings.ToLower(w))
		}
		lists = append(lists, a)
	}
	return lists
}

func compileAll(texts []string) []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, text := range texts {
		if re, err := regexp.Compile(text); err == nil {
			all = append(all, re)
		}
	}
	return all
}

// allows tells whether the list says that a match is no secret. Its parts are joined by "or" unless the
// list says "and". A file without a name is on no list of paths.
func (a *allowlist) allows(file, secret, match, line string) bool {
	subject := secret
	switch a.target {
	case "match":
		subject = match
	case "line":
		subject = line
	}
	byRegex := matchesAny(a.regexes, subject)
	byPath := file != "" && matchesAny(a.paths, file)
	lower := strings.ToLower(secret)
	byWord := slices.ContainsFunc(a.stopwords, func(w string) bool { return strings.Contains(lower, w) })
	if a.all {
		return !a.commits && (byRegex || len(a.regexes) == 0) && (byPath || len(a.paths) == 0) && (byWord || len(a.stopwords) == 0)
	}
	return byRegex || byPath || byWord
}

func matchesAny(list []*regexp.Regexp, text string) bool {
	return slices.ContainsFunc(list, func(re *regexp.Regexp) bool { return re.MatchString(text) })
}
