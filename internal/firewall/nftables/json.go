package nftables

import (
	"slices"
	"strings"

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
	*jsonText
	path string
}

// readJSON reads what "nft -j list ruleset" prints, or commands for "nft -j -f".
func readJSON(path, text string) (set *firewall.Ruleset, err error) {
	j := &jsonReader{newJSONText(text), path}
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
	if j.peek() != 0 {
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
