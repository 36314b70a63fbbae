package secret

import "strings"

// pem tells whether v holds a block of RFC 7468 whose label contains what.
func pem(v, what string) bool {
	_, after, ok := strings.Cut(v, "-----BEGIN ")
	if !ok {
		return false
	}
	label, _, ok := strings.Cut(after, "-----")
	return ok && strings.Contains(label, what)
}
