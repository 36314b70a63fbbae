package report

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// safe writes text from the tree so that neither a terminal nor a CI system obeys it: what does not
// print shows as an escape (controls, newlines, bidirectional overrides, invalid UTF-8), and workflow
// commands lose the mark by which log readers know them.
func safe(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		cell, n := cellAt(s, i)
		b.WriteString(cell)
		i += n
	}
	return b.String()
}

// plain is the fast path of safe.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return !strings.Contains(s, "##") && !strings.Contains(s, "::")
}

// cellAt returns how the code point at an offset is shown, and its length in bytes.
func cellAt(s string, i int) (cell string, n int) {
	r, n := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == utf8.RuneError && n == 1:
		return fmt.Sprintf(`\x%02x`, s[i]), 1
	case r == '#' && i > 0 && s[i-1] == '#' && hashCommand(s[i-1:]):
		return `\x23`, 1
	case r == ':' && colonCommand(s[i:]) && !wordBefore(s[:i]):
		return `\x3a`, 1
	case strconv.IsPrint(r):
		return s[i : i+n], n
	default:
		quoted := strconv.QuoteRuneToASCII(r)
		return quoted[1 : len(quoted)-1], n
	}
}

// hashCommand knows "##[error]", "##vso[task.setvariable]" and "##teamcity[...]", which some runners
// obey anywhere in a line.
func hashCommand(s string) bool {
	if !strings.HasPrefix(s, "##") {
		return false
	}
	rest := strings.TrimLeft(s[2:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_")
	return strings.HasPrefix(rest, "[")
}

// colonCommand knows "::error file=x::", "::endgroup::" and "::stop-commands::token".
func colonCommand(s string) bool {
	return len(s) > 2 && s[1] == ':' && (s[2]|0x20 >= 'a' && s[2]|0x20 <= 'z')
}

// wordBefore tells a path of a program, std::error::Error, from a command.
func wordBefore(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}

// anchored makes a path that may begin a line start with something that begins no command: other log
// readers fold at "---", "+++" or "section_start:".
func anchored(path string) string {
	r, _ := utf8.DecodeRuneInString(path)
	if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '/' || r == '_' {
		return path
	}
	return "./" + path
}

// harden rewrites encoded JSON to the same JSON that is safe to print: what does not print and the
// mark of a workflow command become escapes. They can only stand inside strings.
func harden(data []byte) []byte {
	clean := true
	for i, c := range data {
		if c >= 0x7f || c == '#' && i > 0 && data[i-1] == '#' {
			clean = false
			break
		}
	}
	if clean {
		return data
	}
	out := make([]byte, 0, len(data)+len(data)/8)
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == '\n':
			out = append(out, '\n')
		case r == '#' && i > 0 && data[i-1] == '#' && hashCommand(string(data[i-1:min(i+40, len(data))])),
			!strconv.IsPrint(r):
			out = appendEscape(out, r)
		default:
			out = append(out, data[i:i+n]...)
		}
		i += n
	}
	return out
}

// appendEscape appends a code point as JSON writes it in ASCII: above U+FFFF as two halves.
func appendEscape(out []byte, r rune) []byte {
	if r <= 0xffff {
		return fmt.Appendf(out, `\u%04x`, r)
	}
	r -= 0x10000
	return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
}

// Escape makes text from the tree safe to print: neither a terminal nor a CI system obeys it.
func Escape(s string) string { return safe(s) }
