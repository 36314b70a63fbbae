package reach

import (
	"cmp"
	"slices"

	"sallyport/internal/firewall"
)

// A finder tells which rules of a chain no packet comes to. Of each rule it tries a few packets first, at places where few rules are: most
// rules have one that no rule before them takes. Only for the others, the rules before them that touch them are put together.
type finder struct {
	sh    *shadower
	rules []*firewall.Rule
	// bounds are boxes that hold all that a rule matches. Exact are those that are the rule: it takes all of it, for sure.
	bounds []box
	exact  []bool
	match  []ref // what a rule may match; no where it matches nothing
	takes  []ref // what a rule that is no box surely takes, no where that has not been asked yet
	always []int32
	found  [firewall.FieldCount]intervals
	starts [firewall.FieldCount][]stretch // the same, in the order of the first values
	cover  [firewall.FieldCount]coverage
	all    ref // the first takers of all packets, no where that has not been asked yet
}

// A point is a packet: a number of the diagrams for each field.
type point [firewall.FieldCount]firewall.Value

func (sh *shadower) finder(rules []*firewall.Rule) *finder {
	n := len(rules)
	f := &finder{sh: sh, rules: rules, bounds: make([]box, n), exact: make([]bool, n), match: make([]ref, n), takes: make([]ref, n), all: no}
	s, x := sh.s, sh.s.boxer(sh.sc)
	lone := s.newStack(nil, no)
	for i, r := range rules {
		s.spend()
		f.match[i], f.takes[i] = no, no
		b, fit := x.rule(r.Steps, yes)
		if f.exact[i] = fit == fits; !f.exact[i] {
			if b, fit = x.around(r.Steps); fit == fits {
				f.match[i] = sh.match(r)
			}
		} else {
			f.match[i] = lone.alone(b.spans, yes)
		}
		f.bounds[i] = b
	}
	f.sort()
	return f
}

// sort puts each rule where it can be found by what it says about the field that tells it most from the others.
func (f *finder) sort() {
	fields := len(f.sh.s.fields)
	ranges := make([][]firewall.Range, fields)
	seen := map[*firewall.Range]bool{} // lists of ranges that rules share
	for i, b := range f.bounds {
		for _, sp := range b.spans {
			if f.match[i] != no && !seen[&sp.ranges[0]] {
				seen[&sp.ranges[0]] = len(sp.ranges) > smallSet
				ranges[sp.pos] = append(ranges[sp.pos], sp.ranges...)
			}
		}
	}
	for pos := range fields {
		f.cover[pos] = newCoverage(ranges[pos])
	}
	lists := make([][]stretch, fields)
	for i, b := range f.bounds {
		var best *span
		least := 1.0
		for k := range b.spans {
			if part := f.cover[b.spans[k].pos].portion(b.spans[k].ranges); part < least {
				best, least = &b.spans[k], part
			}
		}
		switch {
		case f.match[i] == no:
		case best == nil:
			f.always = append(f.always, int32(i))
		default:
			for _, r := range best.ranges {
				lists[best.pos] = append(lists[best.pos], stretch{r, int32(i)})
			}
		}
	}
	for pos, list := range lists {
		f.found[pos], f.starts[pos] = newIntervals(list), list
		slices.SortFunc(list, func(a, b stretch) int { return a.First.Compare(b.First) })
	}
}

// shadowed says whether no packet of here comes to the i-th rule, and by which rules.
func (f *finder) shadowed(i int, here ref) (by []*firewall.Rule, yes bool) {
	if here == no {
		return nil, true
	}
	for try := range 3 {
		p := f.wish(i, try)
		f.sh.pick(here, &p)
		takers := f.takers(i, &p)
		if len(takers) == 0 {
			return nil, false
		}
		for _, j := range takers {
			if f.exact[j] && f.bounds[j].holds(f.bounds[i]) {
				return []*firewall.Rule{f.rules[j]}, true
			}
		}
	}
	taken := f.taken(i)
	if f.sh.meets(taken, here, i) {
		return nil, false
	}
	return f.needed(f.sh.takers(taken, here), i, here), true
}

// needed leaves out of the rules that take packets those without which the others take them all.
func (f *finder) needed(takers []int, i int, here ref) []*firewall.Rule {
	slices.Sort(takers)
	for k := 0; k < len(takers) && len(takers) > 1 && len(takers) <= 2*maxBy; {
		others := slices.Delete(slices.Clone(takers), k, k+1)
		if f.sh.meets(f.together(others), here, i) {
			k++
		} else {
			takers = others
		}
	}
	// A rule about the state of connections takes its part of every other rule: it says least.
	var list []*firewall.Rule
	for _, t := range takers {
		list = append(list, f.rules[t])
	}
	slices.SortStableFunc(list, func(a, b *firewall.Rule) int { return aboutState(a) - aboutState(b) })
	return list[:min(len(list), maxBy)]
}

// left are the packets of here that the rules before the i-th do not surely take.
func (f *finder) left(i int, here ref) ref {
	return f.sh.s.apply(from(i), f.taken(i), here)
}

// wish is a packet that the i-th rule may match: in each field the number that fewest rules hold, the first, or the last.
func (f *finder) wish(i, try int) (p point) {
	s := f.sh.s
	for pos, field := range s.fields {
		p[field] = f.cover[pos].least(firewall.Range{Last: low(int(s.width[field]))})
	}
	for _, sp := range f.bounds[i].spans {
		field, last := s.fields[sp.pos], sp.ranges[len(sp.ranges)-1]
		switch try {
		case 0:
			p[field] = f.cover[sp.pos].least(sp.ranges[0])
		case 1:
			p[field] = sp.ranges[0].First
		case 2:
			p[field] = last.Last
		}
	}
	return p
}

// takers are the rules before the i-th that surely take a packet, in order.
func (f *finder) takers(i int, p *point) []int {
	var list []int
	look := func(ids []int32) {
		for _, id := range ids {
			f.sh.s.spend()
			if int(id) < i && f.has(int(id), p) {
				list = append(list, int(id))
			}
		}
	}
	look(f.always)
	for pos, field := range f.sh.s.fields {
		if len(f.found[pos].cuts) > 0 {
			f.found[pos].find(p[field], look)
		}
	}
	slices.Sort(list)
	return list
}

// has says whether a rule surely takes a packet.
func (f *finder) has(i int, p *point) bool {
	for _, sp := range f.bounds[i].spans {
		if v := p[f.sh.s.fields[sp.pos]]; !firewall.Set(sp.ranges).Has(v) {
			return false
		}
	}
	return f.exact[i] || f.sh.at(f.take(i), p) != f.sh.s.plain[fall]
}

// take is the diagram of what a rule surely takes.
func (f *finder) take(i int) ref {
	if f.takes[i] == no {
		f.takes[i] = f.sh.s.apply(taking(i), f.sh.s.steps(f.rules[i].Steps, f.sh.sc), no)
	}
	return f.takes[i]
}

// taken tells of the packets that the i-th rule may match the first rule before it that surely takes them.
func (f *finder) taken(i int) ref {
	list := f.touching(i)
	if len(list) < len(f.rules)/2 {
		return f.together(list)
	}
	if f.all == no {
		list = list[:0]
		for j := range f.rules {
			if f.match[j] != no {
				list = append(list, j)
			}
		}
		f.all = f.together(list)
	}
	return f.all
}

// touching are the rules before the i-th that may match one of its packets, in order.
func (f *finder) touching(i int) []int {
	var list []int
	look := func(id int32) {
		f.sh.s.spend()
		if j := int(id); j < i && f.bounds[j].meets(f.bounds[i]) {
			list = append(list, j)
		}
	}
	for _, id := range f.always {
		look(id)
	}
	for pos, field := range f.sh.s.fields {
		if len(f.starts[pos]) == 0 {
			continue
		}
		for _, r := range f.bounds[i].in(pos, low(int(f.sh.s.width[field]))) {
			f.found[pos].find(r.First, func(ids []int32) {
				for _, id := range ids {
					look(id)
				}
			})
			k, _ := slices.BinarySearchFunc(f.starts[pos], r.First.Next(), func(s stretch, v firewall.Value) int { return s.First.Compare(v) })
			for ; k < len(f.starts[pos]) && f.starts[pos][k].First.Compare(r.Last) <= 0; k++ {
				look(f.starts[pos][k].id)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// together are the first takers among some rules.
func (f *finder) together(rules []int) ref {
	s := f.sh.s
	var list []ref
	var boxes []box
	stack := func() {
		list = append(list, s.stacked(sequel(fall), boxes, s.plain[fall]))
		boxes = boxes[:0]
	}
	for _, i := range rules {
		s.spend()
		if f.exact[i] {
			boxes = append(boxes, box{f.bounds[i].spans, s.taker(i)})
		} else if d := f.take(i); d != s.plain[fall] {
			stack()
			list = append(list, d)
		}
	}
	stack()
	return s.fold(sequel(fall), list, s.plain[fall])
}

// pick makes a packet one that a diagram holds, and leaves of it what it can.
func (sh *shadower) pick(d ref, p *point) {
	for d >= 0 {
		f, i := sh.byteOf(sh.s.level(d))
		b := byteAt(p[f], i)
		to := sh.s.next(d, b)
		if to == no {
			first := 0
			for _, e := range sh.s.of(d) {
				if e.to != no {
					to = e.to
					break
				}
				first = int(e.last) + 1
			}
			p[f] = p[f].Xor(shifted(b, i)).Xor(shifted(uint8(first), i))
		}
		d = to
	}
}

// at is where a packet leads.
func (sh *shadower) at(d ref, p *point) ref {
	for d >= 0 {
		f, i := sh.byteOf(sh.s.level(d))
		d = sh.s.next(d, byteAt(p[f], i))
	}
	return d
}

// byteOf is the field, and the byte of it from below, that a level decides by.
func (sh *shadower) byteOf(level uint8) (firewall.Field, int) {
	i, found := slices.BinarySearchFunc(sh.s.fields, level, func(f firewall.Field, level uint8) int { return cmp.Compare(sh.s.first[f], level) })
	if !found {
		i--
	}
	f := sh.s.fields[i]
	return f, int(sh.s.first[f]+sh.s.width[f]-1) - int(level)
}
