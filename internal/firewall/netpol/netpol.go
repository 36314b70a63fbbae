// Package netpol reads NetworkPolicy objects of Kubernetes (networking.k8s.io/v1) as packet filters: one ruleset for the
// pods that a selector selects, made of all policies that select them. A direction that no policy selects them for is open; one
// that a policy does is closed but for what the policies allow together. Replies always pass.
//
// Which addresses pods have is not in manifests: peers by label are unknown sources, neither open to everybody nor closed.
// What policies leave undefined stays undecided: protocols other than TCP, UDP and SCTP. The node of a pod reaches it in
// any case, and pods with hostNetwork are not filtered at all.
package netpol

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Pods are those that one selector selects, and what filters their packets.
type Pods struct {
	Namespace string
	// Selector is the selector in kubectl's notation, "app=db,tier in (a,b)"; "" selects all pods of the namespace.
	Selector string
	// Policies are the names of those that select these pods for sure.
	Policies []string
	At       fact.Span
	Ruleset  *firewall.Ruleset
}

// A Pod is one whose labels are known.
type Pod struct {
	Namespace string
	Labels    map[string]string
	// Ports are the numbers of its containers' named ports: those of "web" by protocol, "TCP".
	Ports map[string]map[string]uint16
}

// A Policy is one NetworkPolicy.
type Policy struct {
	Name, Namespace string
	At              fact.Span
	selector        selector
	// ingress and egress say which directions the policy is about.
	ingress, egress bool
	allows          []allow
}

// Read reads the policies in a file of YAML documents, or JSON, and makes the ruleset of each selector in it.
func Read(fsys fs.FS, name string) ([]Pods, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, &fact.Error{File: name, Msg: err.Error()}
	}
	policies, err := Parse(name, data)
	if err != nil {
		return nil, err
	}
	return Selected(policies), nil
}

const maxDocuments = 10_000

// Parse reads the policies out of a text; other objects are passed over.
func Parse(name string, data []byte) ([]*Policy, error) {
	p := &parser{file: name}
	d := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	for range maxDocuments {
		var n yaml.Node
		err := d.Decode(&n)
		if errors.Is(err, io.EOF) {
			return p.policies, errors.Join(p.errs...)
		}
		if err != nil {
			return nil, &fact.Error{File: name, Line: yamlLine(err), Msg: strings.TrimPrefix(err.Error(), "yaml: "), Hint: "correct the YAML"}
		}
		p.object(content(&n), 0)
	}
	return nil, &fact.Error{File: name, Msg: "too many documents"}
}

// Selected makes a ruleset for each selector that a policy has.
func Selected(policies []*Policy) []Pods {
	var all []Pods
	seen := make(map[[2]string]bool)
	for _, p := range policies {
		key := [2]string{p.Namespace, p.selector.String()}
		if seen[key] {
			continue
		}
		seen[key] = true
		all = append(all, pods(p, policies))
	}
	slices.SortStableFunc(all, func(a, b Pods) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Selector, b.Selector))
	})
	return all
}

// pods are those that a policy selects, whatever other labels they have.
func pods(of *Policy, policies []*Policy) Pods {
	all := Pods{Namespace: of.Namespace, Selector: of.selector.String(), At: of.At}
	b := builder{}
	for _, p := range policies {
		if p.Namespace != of.Namespace {
			continue
		}
		switch relation(of.selector, p.selector) {
		case implied:
			all.Policies = append(all.Policies, p.Name)
			b.sure = append(b.sure, p)
		case possible:
			b.maybe = append(b.maybe, p)
		}
	}
	all.Ruleset = b.ruleset(of.Namespace)
	return all
}

// For makes the ruleset of a pod whose labels are known; nil where no policy selects it.
func For(policies []*Policy, pod Pod) *firewall.Ruleset {
	b := builder{ports: pod.Ports}
	for _, p := range policies {
		if p.Namespace == pod.Namespace && p.selector.matches(pod.Labels) {
			b.sure = append(b.sure, p)
		}
	}
	if len(b.sure) == 0 {
		return nil
	}
	return b.ruleset(pod.Namespace)
}
