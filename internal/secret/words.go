package secret

import "strings"

// A word is one word of a command line, without its quotes.
type word struct {
	text   string
	quoted bool
	// operator is true for | ; & and line ends outside quotes, which end a command.
	operator bool
}

// plainByte marks the characters that mean themselves in a command line.
var plainByte = func() (marks [256]bool) {
	for c := range marks {
		marks[c] = strings.IndexByte(" \t\r\n;|&()\\'\"$`", byte(c)) < 0
	}
	return marks
}()

// split cuts text into words the way a shell does, as far as finding secrets needs it: quotes group,
// a backslash escapes, and expansions stay whole. Unbalanced quotes end with the text.
func split(text string) []word {
	list := make([]word, 0, 8+len(text)/8)
	var w builder
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case ' ', '\t', '\r':
			list = w.flush(list)
			i++
		case '\n', ';', '|', '&', '(', ')':
			list = append(w.flush(list), word{text: text[i : i+1], operator: true})
			i++
		case '\\':
			if i+1 < len(text) && text[i+1] == '\n' {
				list = w.flush(list)
			} else {
				w.add(text[min(i+1, len(text)):min(i+2, len(text))])
			}
			i += 2
		case '\'', '"':
			end := quoteEnd(text, i)
			w.quoted = w.quoted || !w.started
			w.add(unescape(text[i+1:end], c))
			i = end + 1
		case '$', '`':
			n := max(1, nested(text[i:]))
			w.add(text[i : i+n])
			i += n
		default:
			end := i + 1
			for end < len(text) && plainByte[text[end]] {
				end++
			}
			w.add(text[i:end])
			i = end
		}
	}
	return w.flush(list)
}

// A builder puts a word together; most words are a single piece of the text.
type builder struct {
	piece           string
	rest            []byte
	started, quoted bool
}

func (b *builder) add(s string) {
	if !b.started {
		b.piece, b.started = s, true
		return
	}
	if b.rest == nil {
		b.rest = append(b.rest, b.piece...)
	}
	b.rest = append(b.rest, s...)
}

func (b *builder) flush(list []word) []word {
	if b.started {
		text := b.piece
		if b.rest != nil {
			text = string(b.rest)
		}
		list = append(list, word{text: text, quoted: b.quoted})
	}
	*b = builder{}
	return list
}

// quoteEnd is the index of the quote that closes the one at i, or the end of the text.
func quoteEnd(text string, i int) int {
	for j := i + 1; j < len(text); j++ {
		if text[j] == '\\' && text[i] == '"' {
			j++
			continue
		}
		if text[j] == text[i] {
			return j
		}
	}
	return len(text)
}

func unescape(s string, quote byte) string {
	if quote != '"' || !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\$`, `$`, "\\`", "`", "\\\n", "").Replace(s)
}

// maxNested bounds how far the end of an expansion is looked for.
const maxNested = 512

// nested is the length of the $(…), ${…} or `…` at the start of s; 0 where there is none.
func nested(s string) int {
	s = s[:min(len(s), maxNested)]
	if s[0] == '`' {
		if i := strings.IndexByte(s[1:], '`'); i >= 0 {
			return i + 2
		}
		return 0
	}
	if len(s) < 2 || s[1] != '(' && s[1] != '{' {
		return 0
	}
	open, end, depth := s[1], byte(')'), 0
	if open == '{' {
		end = '}'
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
