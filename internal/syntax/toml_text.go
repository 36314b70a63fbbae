package syntax

import (
	"strconv"
	"strings"
)

// A tomlText steps through a text by its lexical parts. On well-formed text it never runs past the
// end of a part; on other text it stops at the end of the text.
type tomlText struct {
	text string
	pos  int
}

// at tells whether one of the bytes stands at the present place.
func (t *tomlText) at(bytes string) bool {
	return t.pos < len(t.text) && strings.IndexByte(bytes, t.text[t.pos]) >= 0
}

// comment steps to the end of the line.
func (t *tomlText) comment() {
	if n := strings.IndexByte(t.text[t.pos:], '\n'); n >= 0 {
		t.pos += n
		return
	}
	t.pos = len(t.text)
}

// blank steps over white space on the line.
func (t *tomlText) blank() {
	for t.at(" \t") {
		t.pos++
	}
}

// space steps over white space, line ends and comments.
func (t *tomlText) space() {
	for t.at(" \t\r\n#") {
		if t.text[t.pos] == '#' {
			t.comment()
		} else {
			t.pos++
		}
	}
}

// quoted steps over a string of any of the four kinds.
func (t *tomlText) quoted() {
	quote := t.text[t.pos : t.pos+1]
	if long := strings.Repeat(quote, 3); strings.HasPrefix(t.text[t.pos:], long) {
		t.pos += len(long)
		t.until(long)
		// One or two quotes may stand before the closing three.
		for i := 0; i < 2 && t.at(quote); i++ {
			t.pos++
		}
		return
	}
	t.pos++
	t.until(quote)
}

// until steps behind the closing quotes. A string of one quote ends at the line's end at the latest.
func (t *tomlText) until(closing string) {
	for t.pos < len(t.text) {
		switch ch := t.text[t.pos]; {
		case ch == '\\' && closing[0] == '"':
			t.pos += min(2, len(t.text)-t.pos)
			continue
		case ch == '\n' && len(closing) == 1:
			return
		case ch == closing[0] && strings.HasPrefix(t.text[t.pos:], closing):
			t.pos += len(closing)
			return
		}
		t.pos++
	}
}

// value steps over a value.
func (t *tomlText) value() {
	depth := 0
	for t.pos < len(t.text) {
		switch t.text[t.pos] {
		case '"', '\'':
			t.quoted()
		case '[', '{':
			depth++
			t.pos++
		case ']', '}':
			depth--
			t.pos++
		case ' ', '\t', '\r', '\n', ',', '#', '=':
			t.space()
			for t.at(",=") {
				t.pos++
			}
		default:
			t.bare()
		}
		if depth == 0 {
			return
		}
	}
}

// bare steps over a number, a boolean or a date, which may have a space before the time.
func (t *tomlText) bare() {
	start := t.pos
	for t.pos < len(t.text) && !t.at(",]}#=\r\n\t\"'") {
		t.pos++
	}
	t.pos = start + len(strings.TrimRight(t.text[start:t.pos], " "))
}

// A tomlPart is one part of a dotted key.
type tomlPart struct {
	name       string
	start, end int
}

// key reads a dotted key and stops behind its last part.
func (t *tomlText) key() []tomlPart {
	var parts []tomlPart
	for {
		t.blank()
		start := t.pos
		if t.at(`"'`) {
			t.quoted()
			parts = append(parts, tomlPart{unquoteTOML(t.text[start:t.pos]), start, t.pos})
		} else {
			for t.pos < len(t.text) && !t.at(" \t\r\n.=]") {
				t.pos++
			}
			parts = append(parts, tomlPart{t.text[start:t.pos], start, t.pos})
		}
		end := t.pos
		if t.blank(); !t.at(".") {
			t.pos = end
			return parts
		}
		t.pos++
	}
}

// unquoteTOML reads a quoted key, which is a string on one line.
func unquoteTOML(s string) string {
	body := strings.TrimSuffix(s[1:], s[:1])
	if s[0] == '\'' || !strings.Contains(body, `\`) {
		return body
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' || i+1 == len(body) {
			b.WriteByte(body[i])
			continue
		}
		i++
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[body[i]]
		if n, err := strconv.ParseUint(body[i+1:min(i+1+digits, len(body))], 16, 32); err == nil {
			b.WriteRune(rune(n))
			i += digits
			continue
		}
		if to := strings.IndexByte("b\bt\tn\nf\fr\re\x1b", body[i]); to >= 0 {
			b.WriteByte("b\bt\tn\nf\fr\re\x1b"[to+1])
		} else {
			b.WriteByte(body[i])
		}
	}
	return b.String()
}
