package netpol

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
)

// A parser reads objects; it goes on after a mistake, with the next object.
type parser struct {
	file     string
	policies []*Policy
	errs     []error
	// seen counts the nodes read, because aliases may multiply them.
	seen int
}

const (
	maxSeen  = 2_000_000
	maxDepth = 50
)

var lineOf = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`line (\d+)`) })

func yamlLine(err error) int {
	if m := lineOf().FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 0
}

// content is the node that a document or an alias stands for.
func content(n *yaml.Node) *yaml.Node {
	for range maxDepth {
		switch {
		case n == nil:
			return nil
		case n.Kind == yaml.DocumentNode && len(n.Content) > 0:
			n = n.Content[0]
		case n.Kind == yaml.AliasNode:
			n = n.Alias
		case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
			return nil
		default:
			return n
		}
	}
	return nil
}

type mistake struct{ error }

func (p *parser) fail(n *yaml.Node, format string, args ...any) {
	panic(mistake{&fact.Error{File: p.file, Line: n.Line, Column: n.Column, Msg: fmt.Sprintf(format, args...)}})
}

// object reads a NetworkPolicy, or the policies of a List.
func (p *parser) object(n *yaml.Node, depth int) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case mistake:
			p.errs = append(p.errs, r.error)
		default:
			panic(r)
		}
	}()
	if n == nil || n.Kind != yaml.MappingNode || depth > 3 || len(p.errs) > 20 {
		return
	}
	var kind, version string
	for i := 0; i+1 < len(n.Content); i += 2 {
		if v := content(n.Content[i+1]); v != nil && v.Kind == yaml.ScalarNode {
			switch n.Content[i].Value {
			case "kind":
				kind = v.Value
			case "apiVersion":
				version = v.Value
			}
		}
	}
	switch {
	case kind == "List" && version == "v1", kind == "NetworkPolicyList":
		for _, item := range p.list(p.fields(n)["items"]) {
			p.object(item, depth+1)
		}
	case kind == "NetworkPolicy" && version == "networking.k8s.io/v1":
		p.policy(n)
	case kind == "NetworkPolicy" && (version == "" || strings.HasPrefix(version, "extensions/") || strings.HasPrefix(version, "networking.k8s.io/")):
		p.fail(n, "NetworkPolicy of apiVersion %q, not networking.k8s.io/v1", version)
	}
}

// fields are the values of a mapping; those that are null are left out, as Kubernetes does.
func (p *parser) fields(n *yaml.Node, known ...string) map[string]*yaml.Node {
	all := make(map[string]*yaml.Node)
	if n == nil {
		return all
	}
	if n.Kind != yaml.MappingNode {
		p.fail(n, "an object is expected here")
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		p.count(n)
		key := n.Content[i].Value
		if len(known) > 0 && !slices.Contains(known, key) {
			p.fail(n.Content[i], "%q is no field here: %s", key, strings.Join(known, ", "))
		}
		if seen[key] {
			p.fail(n.Content[i], "the field %q appears twice", key)
		}
		seen[key] = true
		if v := content(n.Content[i+1]); v != nil {
			all[key] = v
		}
	}
	return all
}

func (p *parser) count(n *yaml.Node) {
	if p.seen++; p.seen > maxSeen {
		p.fail(n, "the file is too large once its aliases are followed")
	}
}

func (p *parser) list(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		p.fail(n, "a list is expected here")
	}
	all := make([]*yaml.Node, 0, len(n.Content))
	for _, c := range n.Content {
		p.count(n)
		v := content(c)
		if v == nil { // an empty element is the zero value
			v = &yaml.Node{Kind: yaml.MappingNode, Line: c.Line, Column: c.Column}
		}
		all = append(all, v)
	}
	return all
}

func (p *parser) text(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
		p.fail(n, "a text is expected here")
	}
	return n.Value
}

func (p *parser) span(n *yaml.Node) fact.Span {
	s := fact.Span{Line: n.Line, Column: n.Column, EndLine: n.Line, EndColumn: n.Column}
	if last := lastScalar(n, 0); last != nil {
		s.EndLine, s.EndColumn = last.Line, last.Column+len([]rune(last.Value))
		if last.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			s.EndColumn += 2
		}
	}
	if s.EndLine < s.Line || s.EndLine == s.Line && s.EndColumn < s.Column {
		s.EndLine, s.EndColumn = s.Line, s.Column
	}
	return s
}

// lastScalar is where a node ends, as near as its parts tell; texts of several lines end at their first.
func lastScalar(n *yaml.Node, depth int) *yaml.Node {
	switch {
	case n.Kind == yaml.ScalarNode:
		return n
	case len(n.Content) > 0 && depth < maxDepth && n.Kind != yaml.AliasNode:
		return lastScalar(n.Content[len(n.Content)-1], depth+1)
	}
	return nil
}
