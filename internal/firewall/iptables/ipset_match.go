package iptables

import (
	"cmp"
	"slices"
	"strings"

	"sallyport/internal/firewall"
)

// set checks NAME FLAGS of --match-set and of SET.
func (p *parser) set(text string) (string, string) {
	name, flags, _ := strings.Cut(text, " ")
	list := strings.Split(flags, ",")
	if len(list) > 6 {
		return "", "a set is asked for six parts at most"
	}
	for _, f := range list {
		if f != "src" && f != "dst" {
			return "", "the parts of a packet that a set is asked for are src or dst"
		}
	}
	set := p.sets.byName[name]
	switch {
	case set == nil && p.sets.given:
		return "", "there is no set " + clip(name)
	case set != nil && set.family != 0 && set.family != p.family:
		return "", "the set " + clip(name) + " is of the other family"
	}
	return text, ""
}

func matchSet(b *builder, u *use) {
	v, _ := u.get("match-set")
	name, flags, _ := strings.Cut(v.text, " ")
	set := b.l.sets.byName[name]
	if set == nil {
		b.when(b.unknown("the set " + clip(name)))
		return
	}
	e := set.expr(b, strings.Split(flags, ","))
	if b.l.sets.written[name] {
		e = firewall.Any{e, b.unknown("the set " + clip(name) + ", which rules write to")}
	}
	for _, other := range u.values {
		if n := other.option.name(); strings.HasPrefix(n, "packets") || strings.HasPrefix(n, "bytes") || n == "return-nomatch" {
			e = firewall.All{e, b.unknown("counters of the set " + clip(name))}
			if n == "return-nomatch" {
				e = b.unknown("holes of the set " + clip(name))
			}
		}
	}
	b.when(invert(v.not, e))
}

// expr is what it means that a packet is in the set, by the parts of it that flags name.
func (s *ipset) expr(b *builder, flags []string) firewall.Expr {
	if s.kind == "list:set" {
		var any firewall.Any
		for _, m := range s.members {
			any = append(any, m.expr(b, flags))
		}
		return any
	}
	if len(flags) < len(s.dims) || s.family != 0 && s.family != b.family {
		return firewall.Any{}
	}
	var e firewall.Expr
	switch {
	case s.kind == "bitmap:port":
		e = firewall.All{is(firewall.Protocol, 6, 17), firewall.Is{Field: direction(flags[0], firewall.SourcePort, firewall.Port), Set: s.flatten()}}
	case len(s.dims) == 1 && s.dims[0] != "mac":
		e = firewall.Is{Field: direction(flags[0], firewall.Source, firewall.Destination), Set: s.flatten()}
	default:
		key := strings.Join(flags, ",")
		if e = s.exprs[key]; e == nil { // the rules that ask for a set share its elements
			e = s.levels(b, flags)
			if s.exprs == nil {
				s.exprs = make(map[string]firewall.Expr)
			}
			s.exprs[key] = e
		}
	}
	if s.doubt != "" {
		e = firewall.Any{e, b.unknown(s.doubt)}
	}
	return e
}

func direction(flag string, source, destination firewall.Field) firewall.Field {
	if flag == "src" {
		return source
	}
	return destination
}

// flatten is the set of a set of one part. Of nested networks the longest prefix counts: it may be a hole.
func (s *ipset) flatten() firewall.Set {
	if s.built {
		return s.flat
	}
	if !slices.ContainsFunc(s.elements, func(e element) bool { return e.nomatch }) {
		ranges := make([]firewall.Range, len(s.elements))
		for i, e := range s.elements {
			ranges[i] = e.dims[0].Range
		}
		s.flat, s.built = firewall.NewSet(ranges...), true
		return s.flat
	}
	sorted := slices.Clone(s.elements)
	slices.SortStableFunc(sorted, func(a, b element) int {
		return cmp.Or(a.dims[0].First.Compare(b.dims[0].First), b.dims[0].Last.Compare(a.dims[0].Last))
	})
	var ranges []firewall.Range
	var open []element // nested networks around the present address
	at, over := firewall.Value{}, false
	emit := func(last firewall.Value) { // the innermost network decides from at to last
		if n := len(open); n > 0 && !over && !open[n-1].nomatch && at.Compare(last) <= 0 {
			ranges = append(ranges, firewall.Range{First: at, Last: last})
		}
	}
	done := func(before firewall.Value, all bool) {
		for len(open) > 0 && (all || open[len(open)-1].dims[0].Last.Compare(before) < 0) {
			last := open[len(open)-1].dims[0].Last
			emit(last)
			if next := last.Next(); next == (firewall.Value{}) {
				over = true
			} else if at.Compare(next) < 0 {
				at = next
			}
			open = open[:len(open)-1]
		}
	}
	for _, e := range sorted {
		first := e.dims[0].First
		if first.Compare(e.dims[0].Last) > 0 {
			continue
		}
		done(first, false)
		if first != (firewall.Value{}) {
			emit(first.Previous())
		}
		if at.Compare(first) < 0 {
			at = first
		}
		open = append(open, e)
	}
	done(firewall.Value{}, true)
	s.flat, s.built = firewall.NewSet(ranges...), true
	return s.flat
}

// levels is the condition of a set of several parts: longer prefixes are looked up first, and a hole ends the search.
func (s *ipset) levels(b *builder, flags []string) firewall.Expr {
	device := s.kind == "hash:net,iface"
	if !device && !slices.ContainsFunc(s.elements, func(e element) bool { return e.nomatch }) {
		return s.rows(b, flags, s.elements)
	}
	byLevel := make(map[int][]element)
	for _, e := range s.elements {
		level := 0
		for i, p := range e.dims {
			if s.dims[i] == "net" {
				level = level*129 + p.bits
			}
		}
		byLevel[level] = append(byLevel[level], e)
	}
	levels := make([]int, 0, len(byLevel))
	for level := range byLevel {
		levels = append(levels, level)
	}
	slices.Sort(levels)
	var e firewall.Expr = firewall.Any{}
	for _, level := range levels {
		var in, holes []element
		for _, one := range byLevel[level] {
			if one.nomatch {
				holes = append(holes, one)
			} else {
				in = append(in, one)
			}
		}
		switch {
		case device: // a network ends the search, whatever interface it is for
			var nets []firewall.Range
			for _, one := range byLevel[level] {
				nets = append(nets, one.dims[0].Range)
			}
			address := direction(flags[0], firewall.Source, firewall.Destination)
			e = firewall.All{e, firewall.Not{Expr: firewall.Is{Field: address, Set: firewall.NewSet(nets...)}}}
		case len(holes) > 0:
			e = firewall.All{e, firewall.Not{Expr: s.rows(b, flags, holes)}}
		}
		e = firewall.Any{e, s.rows(b, flags, in)}
	}
	return e
}

// rows is one tuple for each shape of elements: ports of TCP and types of ICMP are different fields.
func (s *ipset) rows(b *builder, flags []string, elements []element) firewall.Expr {
	tuples := make(map[string]*firewall.Tuple)
	var order []string
	doubt := ""
	for _, e := range elements {
		var fields []firewall.Field
		var row []firewall.Range
		for i, p := range e.dims {
			f, r, why := s.columns(s.dims[i], p, flags[i])
			fields, row = append(fields, f...), append(row, r...)
			if why != "" {
				doubt = why
			}
		}
		shape := make([]byte, len(fields))
		for i, f := range fields {
			shape[i] = byte(f)
		}
		key := string(shape)
		if tuples[key] == nil {
			tuples[key] = &firewall.Tuple{Fields: fields}
			order = append(order, key)
		}
		tuples[key].Rows = append(tuples[key].Rows, row)
	}
	var any firewall.Any
	for _, key := range order {
		if t := tuples[key]; len(t.Fields) == 0 {
			any = append(any, firewall.All{})
		} else {
			any = append(any, *t)
		}
	}
	if doubt != "" {
		return firewall.All{any, b.unknown(doubt)}
	}
	return any
}

func (s *ipset) columns(dim string, p part, flag string) ([]firewall.Field, []firewall.Range, string) {
	switch dim {
	case "ip", "net":
		return []firewall.Field{direction(flag, firewall.Source, firewall.Destination)}, []firewall.Range{p.Range}, ""
	case "port":
		protocol := firewall.One(firewall.Number(p.protocol))
		switch p.protocol {
		case 6, 17, 132, 136:
			return []firewall.Field{firewall.Protocol, direction(flag, firewall.SourcePort, firewall.Port)}, []firewall.Range{protocol, p.Range}, ""
		case 1, 58:
			kind, code := firewall.Number(p.First.Lo>>8), firewall.Number(p.First.Lo&255)
			return []firewall.Field{firewall.Protocol, firewall.ICMPType, firewall.ICMPCode}, []firewall.Range{protocol, firewall.One(kind), firewall.One(code)}, ""
		}
		return []firewall.Field{firewall.Protocol}, []firewall.Range{protocol}, ""
	case "iface":
		if strings.HasPrefix(p.name, "physdev:") {
			return nil, nil, "the port of a bridge"
		}
		name := firewall.One(firewall.Interface(p.name))
		if prefix, ok := strings.CutSuffix(p.name, "+"); ok && s.options["wildcard"] {
			name = firewall.Interfaces(prefix)
		}
		return []firewall.Field{direction(flag, firewall.InInterface, firewall.OutInterface)}, []firewall.Range{name}, ""
	case "mark":
		if s.markMask != 1<<32-1 {
			return nil, nil, "some bits of the mark"
		}
		return []firewall.Field{firewall.Mark}, []firewall.Range{p.Range}, ""
	}
	return nil, nil, "the sender's hardware address"
}
