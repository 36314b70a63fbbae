package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// A cutter collects, for each field, the values at which the answer to some condition may change, so that the diagrams need
// to tell apart no more than the classes between them.
type cutter struct {
	cuts   [firewall.FieldCount][]firewall.Value
	masked [firewall.FieldCount]bool
	named  [firewall.FieldCount]firewall.Set
	seen   map[*firewall.Range]bool
	rows   map[*[]firewall.Range]bool
}

// cutting are the cuts of all conditions of a ruleset.
func cutting(set *firewall.Ruleset) *cutter {
	c := &cutter{seen: map[*firewall.Range]bool{}, rows: map[*[]firewall.Range]bool{}}
	for _, chain := range callees(set.Chains) {
		c.expr(onDevice(chain))
		for _, r := range chain.Rules {
			for _, st := range r.Steps {
				c.step(st)
			}
		}
	}
	lo := firewall.Interface("lo")
	for _, f := range []firewall.Field{firewall.InInterface, firewall.OutInterface} {
		c.set(f, firewall.Set{firewall.One(lo)})
	}
	for f := range c.cuts {
		c.named[f] = firewall.NewSet(c.named[f]...)
		c.cuts[f] = append(c.cuts[f], firewall.Value{})
		c.sort(firewall.Field(f))
	}
	return c
}

func (c *cutter) step(st firewall.Step) {
	switch st := st.(type) {
	case firewall.When:
		c.expr(st.Expr)
	case firewall.Branch:
		for _, x := range st.Cases {
			c.expr(x.When)
		}
	case firewall.Assign:
		for _, x := range st.Cases {
			c.expr(x.When)
		}
	case firewall.Translate:
		for _, x := range st.Cases {
			c.expr(x.When)
		}
	}
}

func (c *cutter) expr(e firewall.Expr) {
	switch e := e.(type) {
	case firewall.Is:
		f := original(e.Field)
		if e.Mask != (firewall.Value{}) {
			c.masked[f] = true
		} else if len(e.Set) > 0 && !c.seen[&e.Set[0]] {
			c.seen[&e.Set[0]] = true
			c.set(f, e.Set)
		}
	case firewall.Tuple:
		if len(e.Rows) == 0 || c.rows[&e.Rows[0]] {
			return
		}
		c.rows[&e.Rows[0]] = true
		for _, row := range e.Rows {
			for i, f := range e.Fields {
				c.set(original(f), row[i:i+1])
			}
		}
	case firewall.All:
		for _, x := range e {
			c.expr(x)
		}
	case firewall.Any:
		for _, x := range e {
			c.expr(x)
		}
	case firewall.Not:
		c.expr(e.Expr)
	}
}

func (c *cutter) set(f firewall.Field, set []firewall.Range) {
	if !whole(f, set) {
		c.named[f] = append(c.named[f], set...)
	}
	c.cut(f, set)
}

// cut tells the values of a set from others.
func (c *cutter) cut(f firewall.Field, set []firewall.Range) {
	for _, r := range set {
		c.cuts[f] = append(c.cuts[f], r.First)
		if next := r.Last.Next(); next != (firewall.Value{}) {
			c.cuts[f] = append(c.cuts[f], next)
		}
	}
}

func (c *cutter) sort(f firewall.Field) {
	slices.SortFunc(c.cuts[f], firewall.Value.Compare)
	c.cuts[f] = slices.Compact(c.cuts[f])
}

// whole says whether a set leaves out no value of the field, or only port 0.
func whole(f firewall.Field, set firewall.Set) bool {
	if len(set) != 1 || set[0].First.Compare(firewall.Number(1)) > 0 {
		return false
	}
	return set[0].Last.Compare(low(widthOf(f, 4))) == 0 || set[0].Last.Compare(low(widthOf(f, 6))) >= 0
}

// original is the field whose variable stands for the field.
func original(f firewall.Field) firewall.Field {
	switch f {
	case firewall.OrigSource:
		return firewall.Source
	case firewall.OrigDestination:
		return firewall.Destination
	case firewall.OrigPort:
		return firewall.Port
	}
	return f
}

// widths are the sizes of fields in bytes, where they are not told by their cuts.
func widthOf(f firewall.Field, family uint8) int {
	switch f {
	case firewall.Family, firewall.Protocol, firewall.ICMPType, firewall.ICMPCode, firewall.TCPFlags, firewall.ConnDirection,
		firewall.SourceType, firewall.DestinationType, firewall.PacketType:
		return 1
	case firewall.Port, firewall.SourcePort:
		return 2
	case firewall.User, firewall.Group, firewall.Mark, firewall.ConnMark, firewall.ConnState, firewall.ConnStatus:
		return 4
	case firewall.Source, firewall.Destination:
		if family == 4 {
			return 4
		}
	}
	return 16
}

// layout lays out the fields in this order.
func (c *cutter) layout(family uint8, fields ...firewall.Field) *layout {
	l := new(layout)
	for _, f := range fields {
		width := widthOf(f, family)
		cuts := c.cuts[f]
		if end := low(width).Next(); end != (firewall.Value{}) {
			n, _ := slices.BinarySearchFunc(cuts, end, firewall.Value.Compare)
			cuts = cuts[:n]
		}
		if c.masked[f] || width <= 2 {
			cuts = nil
		}
		l.lay(f, width, cuts)
	}
	return l
}
