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
	named  [firewall.FieldCount]counted
	small  [firewall.FieldCount][]firewall.Range // of sets of a few ranges, as they come
	wholes [firewall.FieldCount][]firewall.Range // of sets that name nothing
	large  [firewall.FieldCount][]firewall.Set
	seen   map[setKey]bool
	rows   map[rowsKey]bool
}

// largeSet is how many ranges make it worth while to keep a set apart.
const largeSet = 256

// cutting are the cuts of all conditions of the ruleset.
func (m *Model) cutting() *cutter {
	if m.cuts != nil {
		return m.cuts
	}
	c := &cutter{seen: map[setKey]bool{}, rows: map[rowsKey]bool{}}
	m.cuts = c
	for _, chain := range callees(m.set.Chains) {
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
	for f := range firewall.FieldCount {
		c.finish(f)
	}
	return c
}

// finish puts a field's ranges in order. Sets are in order already, and large ones are merged as they are.
func (c *cutter) finish(f firewall.Field) {
	few := slices.Concat(cutsOf(c.small[f]), cutsOf(c.wholes[f]))
	slices.SortFunc(few, firewall.Value.Compare)
	boundaries := [][]firewall.Value{{{}}, few}
	named := []firewall.Set{firewall.NewSet(c.small[f]...)}
	for _, set := range c.large[f] {
		boundaries = append(boundaries, cutsOf(set))
		named = append(named, set)
	}
	c.cuts[f] = slices.Compact(merge(boundaries, firewall.Value.Compare))
	c.named[f] = count(firewall.NewSet(merge(named, func(a, b firewall.Range) int { return a.First.Compare(b.First) })...))
	c.small[f], c.wholes[f], c.large[f] = nil, nil, nil
}

// cut tells the values of a set from others, where the others are in order.
func (c *cutter) cut(f firewall.Field, set []firewall.Range) {
	c.cuts[f] = append(c.cuts[f], cutsOf(set)...)
}

// cutsOf are the values at which ranges begin and after which they end.
func cutsOf(set []firewall.Range) []firewall.Value {
	list := make([]firewall.Value, 0, 2*len(set))
	for _, r := range set {
		list = append(list, r.First)
		if next := r.Last.Next(); next != (firewall.Value{}) {
			list = append(list, next)
		}
	}
	return list
}

// merge puts lists that are in order into one.
func merge[L ~[]E, E any](lists []L, compare func(a, b E) int) L {
	switch len(lists) {
	case 0:
		return nil
	case 1:
		return lists[0]
	}
	a, b := merge(lists[:len(lists)/2], compare), merge(lists[len(lists)/2:], compare)
	out := make(L, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
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
		} else if len(e.Set) > 0 {
			if key := (setKey{first: &e.Set[0], n: len(e.Set), field: f}); !c.seen[key] {
				c.seen[key] = true
				c.set(f, e.Set)
			}
		}
	case firewall.Tuple:
		if len(e.Rows) == 0 || c.rows[rowsOf(e)] {
			return
		}
		c.rows[rowsOf(e)] = true
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
	switch {
	case len(set) > largeSet:
		c.large[f] = append(c.large[f], set)
	case whole(f, set):
		c.wholes[f] = append(c.wholes[f], set...)
	default:
		c.small[f] = append(c.small[f], set...)
	}
}

// sort puts in order what cut has added.
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
