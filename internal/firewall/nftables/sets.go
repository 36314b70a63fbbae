package nftables

import (
	"encoding/binary"
	"fmt"
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A setState is a set or map as the script has left it.
type setState struct {
	name, table string
	at          fact.Span
	types       []*datatype
	data        []*datatype // of a map of values
	isMap       bool
	verdicts    bool
	object      string
	interval    bool
	autoMerge   bool
	constant    bool
	timeout     bool
	size        uint64
	filled      bool  // rules add elements
	limited     *bool // whether the limit of the first of these rules is one on what goes over it
	anonymous   bool
	elems       []*element
	index       map[elementKey]*element
	refs        int
	groups      []*group
	ready       bool
	all         *lookup
	grouped     bool
	cases       map[string][]firewall.Case // of a map of verdicts, once made for the rules that share it
}

// A mapped is what a map has for a key.
type mapped struct {
	verdict *outcome
	values  []firewall.Range
	unknown string
}

// A group is the elements of a map with one value.
type group struct {
	elems []*element
	value *mapped
	all   *lookup
}

// An elementKey is what tells elements apart: the range of the first part, and the bytes of those of the others; "*" is the
// catch-all element.
type elementKey struct {
	first firewall.Range
	rest  string
}

func keyOf(e *element) elementKey {
	switch {
	case e.any:
		return elementKey{rest: "*"}
	case len(e.key) == 1:
		return elementKey{first: e.key[0]}
	case len(e.key) == 0:
		return elementKey{}
	}
	b := make([]byte, 0, 32*len(e.key))
	for _, r := range e.key[1:] {
		for _, n := range [...]uint64{r.First.Hi, r.First.Lo, r.Last.Hi, r.Last.Lo} {
			b = binary.LittleEndian.AppendUint64(b, n)
		}
	}
	return elementKey{e.key[0], string(b)}
}

func (m *mapped) key() string {
	if m == nil {
		return ""
	}
	if m.verdict != nil {
		return fmt.Sprintf("%d %p %s %v", m.verdict.kind, m.verdict.chain, m.verdict.why, m.verdict.with)
	}
	return fmt.Sprint(m.values, m.unknown)
}

// add puts elements into the set; one that is there is left alone, unless a map has another value for it.
func (s *setState) add(elems []*element, create bool) {
	if len(s.index) == 0 {
		s.index = make(map[elementKey]*element, len(elems))
		s.elems = slices.Grow(s.elems, len(elems))
	}
	for _, e := range elems {
		if !s.interval && !s.anonymous && !e.any && slices.ContainsFunc(e.key, func(r firewall.Range) bool { return r.First != r.Last }) {
			refuse(e.at, "add \"flags interval\" to the set", "the set %s takes no ranges and prefixes", s.name)
		}
		k := keyOf(e)
		if old := s.index[k]; old != nil && e.unknown == "" {
			if create || s.isMap && old.value.key() != e.value.key() {
				refuse(e.at, "keep one of them", "the element is in the set already, at line %d", old.at.Line)
			}
			continue
		}
		s.index[k] = e
		s.elems = append(s.elems, e)
	}
	if s.size > 0 && uint64(len(s.elems)) > s.size {
		refuse(elems[len(elems)-1].at, "declare the set with a larger size", "the set %s holds at most %d elements", s.name, s.size)
	}
	s.ready, s.grouped = false, false
}

// remove takes elements out.
func (s *setState) remove(elems []*element, mustExist bool) {
	gone := make(map[*element]bool)
	for _, e := range elems {
		k := keyOf(e)
		if s.index[k] == nil && mustExist && e.unknown == "" {
			refuse(e.at, "", "the set %s has no such element", s.name)
		}
		gone[s.index[k]] = true
		delete(s.index, k)
	}
	s.elems = slices.DeleteFunc(s.elems, func(e *element) bool { return gone[e] })
	s.ready, s.grouped = false, false
}

func (s *setState) clear() {
	s.elems, s.index, s.ready, s.grouped = nil, make(map[elementKey]*element), false, false
}

// conflict is an element whose interval overlaps another, which nft refuses where it does not merge them.
func (s *setState) conflict() *element {
	if !s.interval || s.autoMerge || len(s.types) != 1 || s.anonymous && !s.isMap {
		return nil
	}
	sorted := slices.DeleteFunc(slices.Clone(s.elems), func(e *element) bool { return e.any || e.unknown != "" })
	slices.SortStableFunc(sorted, func(a, b *element) int { return a.key[0].First.Compare(b.key[0].First) })
	for i := 1; i < len(sorted); i++ {
		if a, b := sorted[i-1], sorted[i]; b.key[0].First.Compare(a.key[0].Last) <= 0 {
			if a.at.Line > b.at.Line || a.at.Line == b.at.Line && a.at.Column > b.at.Column {
				return a
			}
			return b
		}
	}
	return nil
}

// finish makes the set's values, once for all rules that name it.
func (s *setState) finish() {
	if !s.ready {
		s.all = lookupOf(s.elems, s.types)
	}
	s.ready = true
}

// A lookup is elements made ready to be asked for.
type lookup struct {
	any  bool // the catch-all element is there
	open []firewall.Unknown
	set  firewall.Set       // of elements with one part
	rows [][]firewall.Range // of concatenations
}

// maxOpen bounds the reasons that a set of which much is unknown gives.
const maxOpen = 16

func lookupOf(elems []*element, types []*datatype) *lookup {
	l := new(lookup)
	var ranges []firewall.Range
	if len(types) == 1 {
		ranges = make([]firewall.Range, 0, len(elems))
	}
	for _, e := range elems {
		switch {
		case e.any:
			l.any = true
		case e.unknown != "":
			if len(l.open) < maxOpen {
				l.open = append(l.open, firewall.Unknown{Why: e.unknown, At: e.at})
			}
		case len(types) == 1:
			ranges = append(ranges, e.key[0])
		default:
			l.rows = append(l.rows, e.key)
		}
	}
	l.set = firewall.NewSet(ranges...)
	if l.any && len(types) == 1 {
		l.set = firewall.NewSet(firewall.Range{Last: types[0].most()})
	}
	return l
}

// group gathers the elements by value, the catch-all last.
func (s *setState) group() []*group {
	if s.grouped {
		return s.groups
	}
	s.groups = nil
	by := make(map[string]*group)
	var last *group
	for _, e := range s.elems {
		if e.any {
			last = &group{elems: []*element{e}, value: e.value, all: &lookup{any: true}}
			continue
		}
		k := e.value.key()
		if by[k] == nil {
			by[k] = &group{value: e.value}
			s.groups = append(s.groups, by[k])
		}
		by[k].elems = append(by[k].elems, e)
	}
	for _, g := range s.groups {
		g.all = lookupOf(g.elems, s.types)
	}
	if last != nil {
		s.groups = append(s.groups, last)
	}
	s.grouped = true
	return s.groups
}

// within holds where the terms are one of the elements.
func within(terms []*term, l *lookup) firewall.Expr {
	if l.any {
		return firewall.All{}
	}
	if len(l.open) > 0 && len(terms) == 1 && !terms[0].has && terms[0].is == nil {
		return firewall.Unknown{Why: terms[0].why, At: terms[0].at}
	}
	var known firewall.Expr
	if len(terms) == 1 {
		known = terms[0].in(l.set)
	} else {
		known = tuples(terms, l.rows)
	}
	if len(l.open) == 0 {
		return known
	}
	any := firewall.Any{known}
	for _, u := range l.open {
		any = append(any, u)
	}
	return any
}

// maxRows bounds the rows that are written out where a part of a concatenation is no field of the model.
const maxRows = 4096

// tuples holds where the terms together are a row.
func tuples(terms []*term, rows [][]firewall.Range) firewall.Expr {
	fields := make([]firewall.Field, 0, len(terms))
	direct, protocol, ported := true, false, false
	for _, t := range terms {
		port := t.has && (t.id == firewall.Port || t.id == firewall.SourcePort || t.id == firewall.OrigPort)
		direct = direct && t.has && !t.masked && (t.is == nil || port)
		ported = ported || port && t.is != nil
		protocol = protocol || t.has && t.id == firewall.Protocol
		fields = append(fields, t.id)
	}
	if direct {
		tuple := firewall.Tuple{Fields: fields, Rows: rows}
		if ported {
			return firewall.All{withPort, tuple}
		}
		return tuple
	}
	if len(rows) > maxRows {
		return firewall.Unknown{Why: "a set of more than 4096 rows with parts that are not modelled", At: terms[0].at}
	}
	any := firewall.Any{}
	for _, r := range rows {
		row := firewall.All{}
		for i, t := range terms {
			row = append(row, t.in(firewall.NewSet(r[i])))
		}
		any = append(any, row)
	}
	return any
}
