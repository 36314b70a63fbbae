// Package secgroup reads security groups of AWS: out of a plan that `terraform show -json` prints, and as
// `aws ec2 describe-security-groups` prints them. Each is a ruleset of its own, of the packets that an interface in the
// group takes and sends: drop, but for what a rule allows; replies always pass.
//
// Members of another group, and prefix lists, are addresses that the file does not tell: unknown. So is what Terraform
// knows only after it has applied the plan.
package secgroup

import (
	"cmp"
	"errors"
	"io/fs"
	"net/netip"
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
	"sallyport/internal/syntax"
)

// A Group is one security group. Name is its address in a plan, else the name that AWS has; ID is "" before it exists.
type Group struct {
	Name, ID string
	At       fact.Span
	Ruleset  *firewall.Ruleset
}

// Read reads the security groups of a file, which may be either.
func Read(fsys fs.FS, name string) ([]Group, error) {
	data, err := syntax.Read(fsys, name)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.JSON(name, data)
	if err != nil {
		return nil, err
	}
	d := &document{name: name, tree: tree}
	root := d.root()
	switch {
	case root.has("SecurityGroups"):
		d.describe(root)
	case root.has("format_version"):
		d.plan(root)
	default:
		return nil, &fact.Error{File: name, Line: 1, Column: 1, Msg: "neither security groups nor a plan", Hint: "write it with `terraform show -json` or `aws ec2 describe-security-groups`"}
	}
	if len(d.errs) > 0 {
		return nil, errors.Join(d.errs...)
	}
	return d.done(), nil
}

// A document is a file while it is read.
type document struct {
	name   string
	tree   syntax.Tree
	errs   []error
	groups []*group
}

// A group is what is known of a security group while the file is read.
type group struct {
	Group
	ingress, egress []*firewall.Rule
	partial         []firewall.Unknown
}

func (d *document) done() []Group {
	slices.SortStableFunc(d.groups, func(a, b *group) int { return cmp.Compare(a.Name, b.Name) })
	var all []Group
	for _, g := range d.groups {
		g.Ruleset = &firewall.Ruleset{Partial: g.partial, Chains: []*firewall.Chain{
			g.chain("ingress", firewall.Input, g.ingress),
			g.chain("egress", firewall.Output, g.egress),
		}}
		all = append(all, g.Group)
	}
	return all
}

func (g *group) chain(name string, hook firewall.Hook, rules []*firewall.Rule) *firewall.Chain {
	replies := &firewall.Rule{
		Text: "security groups are stateful",
		Steps: []firewall.Step{
			firewall.When{Expr: firewall.Is{Field: firewall.ConnState, Set: firewall.Values(firewall.StateEstablished, firewall.StateRelated)}},
			accept,
		},
	}
	return &firewall.Chain{
		Table: g.Name, Name: name, Hook: hook, Families: firewall.Values(4, 6), Policy: firewall.Verdict{Kind: firewall.Drop},
		Rules: append([]*firewall.Rule{replies}, rules...), At: g.At, PolicyAt: g.At,
	}
}

var accept = firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Accept}}

// A permission is one rule of a group, in whichever notation it was written.
type permission struct {
	at       fact.Span
	protocol string
	from, to int64
	// bounded says that from and to were given, and unsure names what of protocol and ports is known only after apply.
	bounded bool
	unsure  string
	peers   []peer
	comment string
}

// A peer is where packets come from, or go to: addresses, or what the file does not tell.
type peer struct {
	prefix  netip.Prefix
	unknown string
	text    string
}

// rule makes the rule of a permission, for one direction.
func (p *permission) rule(direction string) (*firewall.Rule, string) {
	what, text, mistake := p.what()
	if mistake != "" {
		return nil, mistake
	}
	field, word := firewall.Source, " from "
	if direction == "egress" {
		field, word = firewall.Destination, " to "
	}
	var peers firewall.Any
	names := ""
	for i, peer := range p.peers {
		if i > 0 {
			names += ", "
		}
		names += peer.text
		if peer.unknown != "" {
			peers = append(peers, firewall.Unknown{Why: peer.unknown, At: p.at})
			continue
		}
		family := 6
		if peer.prefix.Addr().Is4() {
			family = 4
		}
		peers = append(peers, firewall.All{
			firewall.Is{Field: firewall.Family, Set: firewall.Values(family)},
			firewall.Is{Field: field, Set: firewall.NewSet(firewall.Prefix(peer.prefix))},
		})
	}
	if names == "" {
		names = "nowhere"
	}
	return &firewall.Rule{
		Steps: []firewall.Step{firewall.When{Expr: firewall.All{what, peers}}, accept},
		Text:  direction + " " + text + word + names, Comment: p.comment, At: p.at,
	}, ""
}
