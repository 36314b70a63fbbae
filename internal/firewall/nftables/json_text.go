package nftables

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// A jsonText parses JSON into nodes that know where they stand; a listing may be one line of megabytes.
type jsonText struct {
	text  string
	at    int
	slab  []node  // for nodes to come
	nodes []*node // of the values that are being read
	keys  []string
	// lines are the offsets of lines, runes how many code points there are before every runesEvery-th byte.
	lines, runes []int
}

// runesEvery is after how many bytes code points are counted.
const runesEvery = 256

func newJSONText(text string) *jsonText {
	j := &jsonText{text: text, lines: []int{0}, runes: make([]int, 1, len(text)/runesEvery+2)}
	for i := range len(text) {
		if text[i] == '\n' {
			j.lines = append(j.lines, i+1)
		}
	}
	n := 0
	for i := 0; i+runesEvery <= len(text); i += runesEvery {
		n += starts(text[i : i+runesEvery])
		j.runes = append(j.runes, n)
	}
	return j
}

// starts is how many code points begin in a text.
func starts(text string) int {
	n := 0
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return n
}

// span is where a part of the text stands.
func (j *jsonText) span(from, to int) fact.Span {
	s := fact.Span{}
	s.Line, s.Column = j.place(from)
	s.EndLine, s.EndColumn = j.place(to)
	return s
}

func (j *jsonText) place(off int) (line, column int) {
	off = min(off, len(j.text))
	line = sort.SearchInts(j.lines, off+1)
	return line, j.before(off) - j.before(j.lines[line-1]) + 1
}

// before is how many code points begin before an offset.
func (j *jsonText) before(off int) int {
	i := off / runesEvery
	return j.runes[i] + starts(j.text[i*runesEvery:off])
}

func (j *jsonText) where(n *node) fact.Span { return j.span(n.from, n.to) }

func (j *jsonText) refuse(off int, msg string) {
	at := j.span(off, off+1)
	panic(refusal{&fact.Error{Line: at.Line, Column: at.Column, Msg: msg, Hint: "write the file again with nft -j list ruleset"}})
}

// broken refuses what is no JSON.
func (j *jsonText) broken() {
	if j.at >= len(j.text) {
		j.refuse(max(len(j.text)-1, 0), "the JSON is broken: it ends too early")
	}
	r, _ := utf8.DecodeRuneInString(j.text[j.at:])
	j.refuse(j.at, fmt.Sprintf("the JSON is broken: %q is not expected", r))
}

// peek is the next byte that is no space; 0 is the end.
func (j *jsonText) peek() byte {
	for j.at < len(j.text) {
		if c := j.text[j.at]; c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c
		}
		j.at++
	}
	return 0
}

// value reads one value.
func (j *jsonText) value(depth int) *node {
	c := j.peek()
	if depth > maxNesting*4 {
		j.refuse(j.at, "the JSON is nested too deep")
	}
	if len(j.slab) == 0 {
		j.slab = make([]node, 256)
	}
	n := &j.slab[0]
	j.slab = j.slab[1:]
	n.from = j.at
	switch {
	case c == '{' || c == '[':
		n.kind = c
		j.inside(n, c+2, depth)
	case c == '"':
		n.kind, n.text = 's', j.quoted()
	case c == '-' || isDigit(c):
		n.kind, n.text = 'n', j.number()
	case j.word("true"), j.word("false"):
		n.kind, n.text = 'b', j.text[n.from:j.at]
	case j.word("null"):
		n.kind = 'z'
	default:
		j.broken()
	}
	n.to = j.at
	return n
}

// inside reads what an object or array holds.
func (j *jsonText) inside(n *node, end byte, depth int) {
	base, keys := len(j.nodes), len(j.keys)
	j.at++
	for j.peek() != end || len(j.nodes) > base {
		if n.kind == '{' {
			j.key(keys)
		}
		j.nodes = append(j.nodes, j.value(depth+1))
		c := j.peek()
		if c == end {
			break
		} else if c != ',' {
			j.broken()
		}
		j.at++
	}
	j.at++
	n.list, n.keys = slices.Clone(j.nodes[base:]), slices.Clone(j.keys[keys:])
	j.nodes, j.keys = j.nodes[:base], j.keys[:keys]
}

// key reads a key and its colon; those of the object begin at base.
func (j *jsonText) key(base int) {
	if j.peek() != '"' {
		j.broken()
	}
	from := j.at
	key := j.quoted()
	if slices.Contains(j.keys[base:], key) {
		j.refuse(from, fmt.Sprintf("the key %q stands twice in one object", key))
	}
	if j.keys = append(j.keys, key); len(j.keys)-base > maxKeys {
		j.refuse(from, "the object has too many keys")
	}
	if j.peek() != ':' {
		j.broken()
	}
	j.at++
}

// maxKeys is more than any object of a ruleset has.
const maxKeys = 1000

func (j *jsonText) word(w string) bool {
	if !strings.HasPrefix(j.text[j.at:], w) {
		return false
	}
	j.at += len(w)
	return true
}

// quoted reads a string.
func (j *jsonText) quoted() string {
	from := j.at
	plain := true
	for j.at++; j.at < len(j.text); j.at++ {
		switch c := j.text[j.at]; {
		case c == '"':
			j.at++
			if plain {
				return j.text[from+1 : j.at-1]
			}
			var s string
			if json.Unmarshal([]byte(j.text[from:j.at]), &s) != nil {
				j.at = from
				j.broken()
			}
			return s
		case c == '\\':
			plain = false
			j.at++
		case c < ' ':
			j.broken()
		}
	}
	j.broken()
	return ""
}

// number reads a number as it is written.
func (j *jsonText) number() string {
	from := j.at
	digits := func() {
		n := while(j.text[j.at:], isDigit)
		if j.at += n; n == 0 {
			j.broken()
		}
	}
	j.word("-")
	if !j.word("0") {
		digits()
	}
	if j.word(".") {
		digits()
	}
	if j.word("e") || j.word("E") {
		if !j.word("+") {
			j.word("-")
		}
		digits()
	}
	return j.text[from:j.at]
}
