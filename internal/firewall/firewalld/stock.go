package firewalld

import (
	_ "embed"
	"strings"
	"sync"

	"sallyport/internal/fact"
)

// The configuration that firewalld comes with: ports and addresses of its services, targets of its zones, one file a line,
// without names for people. From Debian's package firewalld 1.3.3-1~deb12u2 by `go run ./internal/firewall/firewalld/generate`.
//
//go:embed stock.txt
var stockText string

var stockFiles = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	for line := range strings.Lines(stockText) {
		name, text, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		all[name] = text
	}
	return all
})

// stock reads a built-in file; its elements have no place.
func stock(name string) *node {
	text, ok := stockFiles()[name]
	if !ok {
		return nil
	}
	root, _, _ := parseBytes(name, []byte(text))
	if root != nil {
		forget(root)
	}
	return root
}

func forget(n *node) {
	n.at, n.whole = fact.Span{}, fact.Span{}
	for _, c := range n.children {
		forget(c)
	}
}
