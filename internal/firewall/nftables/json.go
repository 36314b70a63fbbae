package nftables

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A node is a JSON value and where it stands.
type node struct {
	kind     byte // { [ s n b z: object, array, string, number, boolean, null
	text     string
	keys     []string
	list     []*node // of an array, or the values of an object
	from, to int
}

// get is the value of a key; nil where it is absent.
func (n *node) get(key string) *node {
	if n == nil || n.kind != '{' {
		return nil
	}
	if i := slices.Index(n.keys, key); i >= 0 {
		return n.list[i]
	}
	return nil
}

// str is the text of a key's string or number.
func (n *node) str(key string) string {
	if v := n.get(key); v != nil && (v.kind == 's' || v.kind == 'n' || v.kind == 'b') {
		return v.text
	}
	return ""
}

func (n *node) yes(key string) bool { return n.str(key) == "true" }

// strange is the first key that is not one of these; "" where there is none, or the value is no object.
func (n *node) strange(known ...string) string {
	for _, k := range n.keys {
		if !slices.Contains(known, k) {
			return k
		}
	}
	return ""
}

// A jsonReader turns the JSON of libnftables-json(5) into commands.
type jsonReader struct {
	path  string
	text  string
	dec   *json.Decoder
	at    int
	lines []int
	lastL int
	lastC int
	lastO int
}

// readJSON reads what "nft -j list ruleset" prints, or commands for "nft -j -f".
func readJSON(path, text string) (set *firewall.Ruleset, err error) {
	j := &jsonReader{path: path, text: text, dec: json.NewDecoder(strings.NewReader(text)), lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			j.lines = append(j.lines, i+1)
		}
	}
	j.dec.UseNumber()
	defer func() {
		switch v := recover().(type) {
		case nil:
		case refusal:
			v.err.File = path
			set, err = nil, v.err
		default:
			panic(v)
		}
	}()
	root := j.value(0)
	if _, err := j.dec.Token(); err != io.EOF {
		j.refuse(root.to, "there is text after the end of the JSON")
	}
	all := root.get("nftables")
	if all == nil || all.kind != '[' {
		j.refuse(root.from, `the JSON has no list "nftables"`)
	}
	r := &run{}
	r.listed = true
	commands := j.commands(all, r)
	if slices.ContainsFunc(commands, func(c *command) bool { return c.verb != "add" }) {
		r.listed = false
		r.refused = append(r.refused, mistakes(r.partial)...)
		r.partial = nil
	}
	r.listing(commands)
	set = r.ruleset(path)
	set.Partial = append(set.Partial, r.partial...)
	if !r.listed && !r.flushed {
		set.Partial = append(set.Partial, unflushed)
	}
	return set, nil
}

// mistakes are refusals that were taken for something not understood.
func mistakes(doubts []firewall.Unknown) []*fact.Error {
	var all []*fact.Error
	for _, d := range doubts {
		all = append(all, &fact.Error{File: d.At.File, Line: d.At.Line, Column: d.At.Column, Msg: strings.TrimPrefix(d.Why, "not understood: ")})
	}
	return all
}

func (j *jsonReader) refuse(off int, msg string) {
	at := j.span(off, off+1)
	panic(refusal{&fact.Error{Line: at.Line, Column: at.Column, Msg: msg, Hint: "write the file again with nft -j list ruleset"}})
}

// value reads one JSON value.
func (j *jsonReader) value(depth int) *node {
	for j.at < len(j.text) && strings.IndexByte(" \t\r\n,:", j.text[j.at]) >= 0 {
		j.at++
	}
	n := &node{from: j.at}
	if depth > maxNesting*4 {
		j.refuse(j.at, "the JSON is nested too deep")
	}
	token, err := j.dec.Token()
	if err != nil {
		j.refuse(min(j.at, max(len(j.text)-1, 0)), "the JSON is broken: "+err.Error())
	}
	j.at = int(j.dec.InputOffset())
	switch t := token.(type) {
	case json.Delim:
		n.kind = byte(t)
		for j.dec.More() {
			if t == '{' {
				key := j.value(depth + 1)
				if slices.Contains(n.keys, key.text) {
					j.refuse(key.from, fmt.Sprintf("the key %q stands twice in one object", key.text))
				}
				n.keys = append(n.keys, key.text)
			}
			n.list = append(n.list, j.value(depth+1))
		}
		if _, err := j.dec.Token(); err != nil {
			j.refuse(min(j.at, max(len(j.text)-1, 0)), "the JSON is broken: "+err.Error())
		}
		j.at = int(j.dec.InputOffset())
	case string:
		n.kind, n.text = 's', t
	case json.Number:
		n.kind, n.text = 'n', t.String()
	case bool:
		n.kind, n.text = 'b', fmt.Sprint(t)
	default:
		n.kind = 'z'
	}
	n.to = j.at
	return n
}

// span is where a part of the text stands. Places are mostly asked for in their order, so columns are counted from the last one.
func (j *jsonReader) span(from, to int) fact.Span {
	s := fact.Span{}
	s.Line, s.Column = j.place(from)
	s.EndLine, s.EndColumn = j.place(to)
	return s
}

func (j *jsonReader) place(off int) (line, column int) {
	off = min(off, len(j.text))
	line = sort.SearchInts(j.lines, off+1)
	start, column := j.lines[line-1], 1
	if j.lastL == line && j.lastO <= off {
		start, column = j.lastO, j.lastC
	}
	column += utf8.RuneCountInString(j.text[start:off])
	j.lastL, j.lastC, j.lastO = line, column, off
	return line, column
}

func (j *jsonReader) where(n *node) fact.Span { return j.span(n.from, n.to) }

// listing carries out commands. What a listing tells is there all at once: chains before what jumps to them, sets before
// what looks into them.
func (r *run) listing(commands []*command) {
	if r.listed {
		order := map[string]int{"table": 0, "chain": 1, "set": 3, "map": 3, "element": 4, "rule": 5}
		slices.SortStableFunc(commands, func(a, b *command) int { return rank(order, a) - rank(order, b) })
	}
	for _, c := range commands {
		r.do(c)
	}
}

func rank(order map[string]int, c *command) int {
	if n, known := order[c.object]; known {
		return n
	}
	return 2
}
