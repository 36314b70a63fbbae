package gate

import (
	"strings"

	"sallyport/internal/finding"
)

// Identity is the same for the same violation in two versions of one document: elements of lists that have no names may have moved, and
// an image may have another tag or digest. Two violations of one version can have the same, so they have to be counted.
func Identity(f *finding.Finding) string {
	value, message := "", f.Message
	if len(f.Value) > 0 && f.Value[0] != '{' && f.Value[0] != '[' {
		value = string(f.Value)
	}
	if n := len(f.At); n > 0 && f.At[n-1] == "image" {
		value, message = unversioned(value), unversioned(message)
	}
	return strings.Join([]string{f.Rule.Name, unnumbered(f.Logical), value, message}, "\x00")
}

// unnumbered takes the indexes out of a logical place. Names in it are quoted, and may hold slashes and digits.
func unnumbered(logical string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(logical); i++ {
		c := logical[i]
		switch {
		case quoted && c == '\\' && i+1 < len(logical):
			b.WriteByte(c)
			i++
			c = logical[i]
		case c == '"':
			quoted = !quoted
		case !quoted && c == '/':
			n := i + 1
			for n < len(logical) && logical[n] >= '0' && logical[n] <= '9' {
				n++
			}
			if n > i+1 && (n == len(logical) || logical[n] == '/') {
				i = n - 1
				continue
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
