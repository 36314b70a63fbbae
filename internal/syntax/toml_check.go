package syntax

import (
	"fmt"
	"strings"
)

// checkTOML bounds what the library's parser would spend on a text: it recurses for each open bracket,
// and for each key it writes out the whole path from the root, so that a hostile text costs its square
// or more. The check is one pass. Up to the first mistake of syntax it reads as the parser does, and
// beyond that the parser does not go. It also bounds the number of values.
func checkTOML(text string, most int) *tomlMistake {
	c := tomlCheck{tomlText: tomlText{text: text}, budget: tomlAllowance + tomlWork*len(text), values: most, most: most}
	for c.pos < len(text) {
		if m := c.step(); m != nil {
			return m
		}
		if c.values < 0 {
			return &tomlMistake{c.pos - 1, fmt.Sprintf("more than %d values", most), "split the file"}
		}
	}
	return nil
}

// The parser may take tomlWork bytes of memory per byte of text, besides an allowance for small files. A
// lock file takes about 8.
const (
	tomlWork      = 16
	tomlAllowance = 4 << 20
	// What a key and a collection cost beyond their names.
	tomlKeyCost   = 192
	tomlTableCost = 256
)

type tomlCheck struct {
	tomlText
	start  int       // of the present key, or of what stands where a key could
	key    tomlKey   // the key whose value comes next
	dots   int       // since start
	table  bool      // inside the brackets of a header
	header tomlKey   // the table of the present section
	open   []tomlKey // the keys of the open collections
	path   tomlKey   // the sum of header and open
	budget int
	values int // that may still come
	most   int
}

// A tomlKey is the size of a dotted key.
type tomlKey struct{ parts, bytes int }

func (c *tomlCheck) step() *tomlMistake {
	switch c.text[c.pos] {
	case '#':
		c.comment()
		return nil
	case '"', '\'':
		c.quoted()
		return nil
	case '.':
		c.dots++
		c.pos++
		return c.deep(c.dots)
	case '=':
		key := c.run()
		c.begin()
		c.key = key
		c.values--
		c.budget -= tomlKeyCost
		return c.spend(key)
	case '[', '{':
		return c.push()
	case ']', '}':
		return c.pop()
	case '\n':
		c.table = false
		c.begin()
	case ',':
		c.values--
		c.begin()
	default:
		c.pos++
	}
	return nil
}

// begin starts a key, or what may be one, behind the present byte.
func (c *tomlCheck) begin() {
	c.pos++
	c.start, c.dots, c.key = c.pos, 0, tomlKey{parts: 1}
}

func (c *tomlCheck) run() tomlKey { return tomlKey{c.dots + 1, c.pos - c.start} }

func (c *tomlCheck) push() *tomlMistake {
	c.values--
	c.budget -= tomlTableCost
	fresh := c.start == 0 || c.text[c.start-1] == '\n'
	if fresh && len(c.open) == 0 && strings.TrimSpace(c.text[c.start:c.pos]) == "" {
		c.table, c.header, c.path = true, tomlKey{}, tomlKey{}
		if c.begin(); strings.HasPrefix(c.text[c.pos:], "[") {
			c.begin()
		}
		return nil
	}
	c.open = append(c.open, c.key)
	c.path.parts += c.key.parts
	c.path.bytes += c.key.bytes
	c.begin()
	return c.spend(tomlKey{parts: 1})
}

func (c *tomlCheck) pop() *tomlMistake {
	key := c.run()
	c.begin()
	switch n := len(c.open); {
	case c.table:
		c.table, c.header = false, key
		m := c.spend(key)
		c.path = key
		return m
	case n > 0:
		c.path.parts -= c.open[n-1].parts
		c.path.bytes -= c.open[n-1].bytes
		c.open = c.open[:n-1]
	}
	return nil
}

// spend counts what the parser does with a key: for each of its parts it writes the path so far.
func (c *tomlCheck) spend(key tomlKey) *tomlMistake {
	const perPart = 16 // the parser keeps the parts of each path, besides their text
	c.budget -= key.parts * (c.path.bytes + key.bytes + perPart*(c.path.parts+key.parts))
	if c.budget < 0 {
		return &tomlMistake{c.pos - 1, "too many tables and keys for a text of this size", "split the file"}
	}
	return c.deep(key.parts)
}

func (c *tomlCheck) deep(more int) *tomlMistake {
	if c.path.parts+more <= MaxDepth {
		return nil
	}
	return &tomlMistake{c.pos - 1, fmt.Sprintf("nested deeper than %d levels", MaxDepth), "flatten the structure"}
}
