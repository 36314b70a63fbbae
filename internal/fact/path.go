package fact

import (
	"strconv"
	"strings"
)

// A Path names a place in a document's facts: field names (string) and list indices (int).
type Path []any

// String writes the path as people write it: stages[1].user, with quotes where a name needs them.
func (p Path) String() string {
	var b strings.Builder
	for i, step := range p {
		switch step := step.(type) {
		case int:
			b.WriteString("[" + strconv.Itoa(step) + "]")
		case string:
			switch {
			case !plain(step):
				b.WriteString("[" + strconv.Quote(step) + "]")
			case i == 0:
				b.WriteString(step)
			default:
				b.WriteString("." + step)
			}
		}
	}
	return b.String()
}

func plain(s string) bool {
	if s == "" {
		return false
	}
	for _, r := range s {
		ok := r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !ok {
			return false
		}
	}
	return true
}
