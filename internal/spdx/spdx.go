// Package spdx reads license expressions (https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/).
package spdx

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// The identifiers of the SPDX License List (https://spdx.org/licenses/), deprecated ones too, one a line, as
// spdx-license-ids 3.0.24 and spdx-exceptions 2.5.0 have them (CC0-1.0).
var (
	//go:embed licenses.txt
	licenses string
	//go:embed exceptions.txt
	exceptions string
)

var (
	licenseSet   = sync.OnceValue(func() map[string]bool { return lines(licenses) })
	exceptionSet = sync.OnceValue(func() map[string]bool { return lines(exceptions) })
)

// lines are the identifiers in lower case, in which they are compared.
func lines(text string) map[string]bool {
	m := make(map[string]bool)
	for l := range strings.Lines(text) {
		m[strings.ToLower(strings.TrimSpace(l))] = true
	}
	return m
}

// Valid tells whether a text is a license expression of identifiers that the list has, or LicenseRef- ones.
func Valid(text string) bool {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "(", " ( "), ")", " ) ")
	depth, operand := 0, true // operand: a license comes next
	words := strings.Fields(text)
	for i := 0; i < len(words); i++ {
		switch w := words[i]; {
		case w == "(" && operand:
			depth++
		case w == ")" && !operand && depth > 0:
			depth--
		case !operand && (w == "AND" || w == "OR" || w == "and" || w == "or"):
			operand = true
		case !operand && (w == "WITH" || w == "with") && words[i-1] != ")":
			i++
			if i == len(words) || !exceptionSet()[strings.ToLower(words[i])] {
				return false
			}
		case operand && license(w):
			operand = false
		default:
			return false
		}
	}
	return depth == 0 && !operand
}

func license(word string) bool {
	if id, ok := strings.CutPrefix(word, "LicenseRef-"); ok {
		return id != ""
	}
	if strings.HasPrefix(word, "DocumentRef-") {
		_, id, ok := strings.Cut(word, ":LicenseRef-")
		return ok && id != ""
	}
	return licenseSet()[strings.ToLower(strings.TrimSuffix(word, "+"))]
}

// Listed tells whether the list has an identifier of a license, or an exception's, letter by letter as it is written
// there or in another case.
func Listed(id string) bool {
	id = strings.ToLower(strings.TrimSuffix(id, "+"))
	return licenseSet()[id] || exceptionSet()[id]
}

// maxChoices bounds how many choices an expression may leave, and maxText how long it may be.
const (
	maxChoices = 64
	maxText    = 8 << 10
)

// Choices returns the sets of licenses of which one must be met: an OR leaves a choice, an AND joins. A license with an
// exception stays one: "GPL-2.0-only WITH Classpath-exception-2.0". It is false for what Valid refuses, and for an
// expression that leaves too many choices.
func Choices(text string) ([][]string, bool) {
	if len(text) > maxText || !Valid(text) {
		return nil, false
	}
	p := choices{words: strings.Fields(strings.ReplaceAll(strings.ReplaceAll(text, "(", " ( "), ")", " ) "))}
	all := p.or()
	return all, !p.many
}

// choices reads a valid expression; AND binds more tightly than OR.
type choices struct {
	words []string
	many  bool
}

func (p *choices) take(words ...string) bool {
	if len(p.words) > 0 && slices.Contains(words, p.words[0]) {
		p.words = p.words[1:]
		return true
	}
	return false
}

func (p *choices) or() [][]string {
	all := p.and()
	for p.take("OR", "or") {
		if all = append(all, p.and()...); len(all) > maxChoices {
			p.many, all = true, all[:1]
		}
	}
	return all
}

func (p *choices) and() [][]string {
	all := p.operand()
	for p.take("AND", "and") {
		more := p.operand()
		if len(all)*len(more) > maxChoices {
			p.many, more = true, more[:1]
		}
		var both [][]string
		for _, a := range all {
			for _, m := range more {
				both = append(both, union(a, m))
			}
		}
		all = both
	}
	return all
}

func union(a, b []string) []string {
	set := slices.Concat(a, b)
	slices.Sort(set)
	return slices.Compact(set)
}

func (p *choices) operand() [][]string {
	if p.take("(") {
		all := p.or()
		p.take(")")
		return all
	}
	license := p.words[0]
	p.words = p.words[1:]
	if p.take("WITH", "with") {
		license += " WITH " + p.words[0]
		p.words = p.words[1:]
	}
	return [][]string{{license}}
}
