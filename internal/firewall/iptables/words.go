package iptables

import (
	"strings"
	"unicode/utf8"
)

// A word is an argument of a command.
type word struct {
	text   string
	column int
	// unknown is why the text cannot be known; "" where it is.
	unknown string
}

const (
	maxLine = 10239 // iptables-restore's buffer
	maxWord = 1023
)

// split takes a line apart as iptables-restore does: at blanks; a double quote begins a text in which only a backslash is
// special and which the next quote ends, together with the word. Single quotes are letters.
func split(line string, column int) ([]word, string) {
	if words, ok := plain(line, column); ok {
		return words, ""
	}
	var words []word
	var b strings.Builder
	quoted, escaped, begun := false, false, false
	start := column
	end := func(always bool) {
		if b.Len() > 0 || always {
			words = append(words, word{text: b.String(), column: start})
		}
		b.Reset()
		begun = false
	}
	for _, c := range line {
		if !begun && (c != ' ' && c != '\t' || quoted) {
			start, begun = column, true
		}
		column++
		switch {
		case quoted && escaped:
			escaped = false
			b.WriteRune(c)
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			if quoted {
				end(true)
			}
			quoted = !quoted
		case !quoted && (c == ' ' || c == '\t' || c == '\n'):
			end(false)
		default:
			b.WriteRune(c)
		}
		if b.Len() > maxWord {
			return words, "a word is longer than 1 023 bytes"
		}
	}
	end(quoted) // a quote that is not closed goes to the end of the line
	return words, ""
}

// plain splits a line of ASCII that has no quotes; words are parts of it.
func plain(line string, column int) ([]word, bool) {
	n := 1
	for i := range len(line) {
		switch c := line[i]; {
		case c >= utf8.RuneSelf || c == '"' || c == '\\' || c == '\n':
			return nil, false
		case c == ' ' || c == '\t':
			n++
		}
	}
	words := make([]word, 0, n)
	for at := 0; at < len(line); {
		end := at
		for end < len(line) && line[end] != ' ' && line[end] != '\t' {
			end++
		}
		if end-at > maxWord {
			return nil, false
		}
		if end > at {
			words = append(words, word{text: line[at:end], column: column + at})
		}
		at = end + 1
	}
	return words, true
}

// line puts words together into one line that a reader can follow.
func line(words []word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		if w.text == "" || strings.ContainsAny(w.text, " \t\"") {
			b.WriteString(`"` + strings.ReplaceAll(w.text, `"`, `\"`) + `"`)
		} else {
			b.WriteString(w.text)
		}
	}
	return b.String()
}

func width(s string) int { return utf8.RuneCountInString(s) }
