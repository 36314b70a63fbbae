package fact

import "strconv"

// A Path names a place in a document's facts: field names (string) and list indices (int).
type Path []any

// String writes the path as people write it: stages[1].user, with quotes where a name needs them.
func (p Path) String() string {
	var room [128]byte
	b := room[:0]
	for i, step := range p {
		b = AppendStep(b, step, i == 0)
	}
	return string(b)
}

// AppendStep appends one step of a path as String writes it; the first one has no dot before it.
func AppendStep(b []byte, step any, first bool) []byte {
	switch step := step.(type) {
	case int:
		return append(strconv.AppendInt(append(b, '['), int64(step), 10), ']')
	case string:
		if !plain(step) {
			return append(strconv.AppendQuote(append(b, '['), step), ']')
		}
		if !first {
			b = append(b, '.')
		}
		return append(b, step...)
	}
	return b
}

func plain(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		r := s[i]
		ok := r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !ok {
			return false
		}
	}
	return true
}
