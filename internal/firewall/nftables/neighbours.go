package nftables

import (
	"slices"

	"sallyport/internal/firewall"
)

// An inequality is a condition that a field of a header is not one value.
type inequality struct {
	step    int // of the rule
	field   firewall.Field
	implied []firewall.Expr
	differs firewall.Expr
}

// neighbours are fields that follow each other in a header.
var neighbours = [][2]firewall.Field{
	{firewall.SourcePort, firewall.Port}, {firewall.Source, firewall.Destination}, {firewall.ICMPType, firewall.ICMPCode},
}

// differs notes a condition that a field is not one value.
func (c *context) differs(s *matchStmt, terms []*term, implied []firewall.Expr, e firewall.Expr, set firewall.Set) {
	if len(terms) != 1 || s.op != "!=" || len(set) != 1 || set[0].First != set[0].Last {
		return
	}
	t, compound := terms[0], []exprKind{kSet, kRange, kPrefix, kList, kConcat}
	if t.masked || !t.has || t.sel == nil || t.sel.class != "payload" || t.sel.proto == "ip6" || slices.Contains(compound, s.right.kind) {
		return
	}
	c.unequal = append(c.unequal, inequality{len(c.rule.steps), t.id, implied, e})
}

// compareTogether is what nft 1.0.6 makes of two such conditions on neighbouring fields: one comparison of both, which holds
// where either differs. Where one differs alone, it depends on nft's version whether the rule goes on.
func (c *context) compareTogether() {
	for _, pair := range neighbours {
		i := slices.IndexFunc(c.unequal, func(q inequality) bool { return q.field == pair[0] })
		j := slices.IndexFunc(c.unequal, func(q inequality) bool { return q.field == pair[1] })
		if i < 0 || j < 0 {
			continue
		}
		a, b := c.unequal[min(i, j)], c.unequal[max(i, j)]
		c.replace(a, firewall.Any{a.differs, b.differs})
		version := firewall.Unknown{Why: "two != side by side, which some versions of nft compare together", At: c.rule.src.at}
		c.replace(b, firewall.Any{firewall.All{a.differs, b.differs}, version})
	}
	c.unequal = nil
}

func (c *context) replace(q inequality, e firewall.Expr) {
	when := []firewall.Step{firewall.When{Expr: all(q.implied, e)}}
	c.rule.steps[q.step] = func() []firewall.Step { return when }
}

// bothPorts is what nft lists of two comparisons of ports that it made one of: the source port, then the destination port.
func bothPorts(name string) func(mask firewall.Value, set firewall.Set) firewall.Expr {
	return func(mask firewall.Value, set firewall.Set) firewall.Expr {
		if mask != (firewall.Value{}) || count(set) > fewPorts {
			return firewall.Unknown{Why: name}
		}
		var any firewall.Any
		for _, r := range set {
			for v := r.First.Lo; v <= r.Last.Lo; v++ {
				any = append(any, firewall.All{
					withPort, firewall.Is{Field: firewall.SourcePort, Set: firewall.Values(v >> 16)}, firewall.Is{Field: firewall.Port, Set: firewall.Values(v & 0xffff)},
				})
			}
		}
		return any
	}
}
