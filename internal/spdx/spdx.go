// Package spdx reads license expressions (https://spdx.github.io/spdx-spec/v3.0.1/annexes/spdx-license-expressions/).
package spdx

import (
	_ "embed"
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
