package advisory

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// Named returns the advisory of an ecosystem that has a name, as its id or as one of its names elsewhere; the id
// counts first.
func (d *Database) Named(ecosystem, name string) (found Advisory, ok bool) {
	quoted, err := json.Marshal(name)
	if err != nil || strings.ContainsFunc(name, func(c rune) bool { return c < ' ' }) {
		return Advisory{}, false
	}
	prefix := []byte(ecosystem + "\x01")
	for rest := d.lines; ; {
		at := bytes.Index(rest, quoted)
		if at < 0 {
			return found, ok
		}
		start := bytes.LastIndexByte(rest[:at], '\n') + 1
		line, more, _ := bytes.Cut(rest[start:], []byte("\n"))
		rest = more
		end := bytes.IndexByte(line, 2)
		var a Advisory
		if end < 0 || !bytes.HasPrefix(line, prefix) || json.Unmarshal(line[end+1:], &a) != nil {
			continue
		}
		switch {
		case a.ID == name:
			return a, true
		case !ok && slices.Contains(a.Aliases, name):
			found, ok = a, true
		}
	}
}
