package reach

import (
	"cmp"
	"encoding/binary"
	"slices"

	"sallyport/internal/firewall"
)

// A stack is boxes one over the other: a packet goes where the first of those leads that it is in, and to none where it is in no box.
// Their diagram is made at once, field by field: between two of the values at which one of the boxes begins or ends, all packets
// are in the same boxes.
type stack struct {
	s      *solver
	boxes  []box
	none   ref
	work   int // what is left, in boxes looked at; below zero there is no diagram
	ids    []int32
	pieces []piece
	single map[aloneKey]ref
}

// An aloneKey is what the diagram of a box that lies alone depends on, from a field on.
type aloneKey struct {
	first *firewall.Range
	to    ref
}

// stackWork is what a box may cost: where many lie over each other, it is better to put parts of the list together.
const stackWork = 8

// stacked is the diagram of boxes, of which op puts several lists together.
func (s *solver) stacked(op uint32, boxes []box, none ref) ref {
	if len(boxes) == 0 {
		return none
	}
	k := s.newStack(boxes, none)
	k.ids = make([]int32, len(boxes), 4*len(boxes))
	for i := range k.ids {
		k.ids[i] = int32(i)
	}
	if d := k.build(k.ids, 0); k.work >= 0 {
		return d
	}
	mid := len(boxes) / 2
	return s.apply(op, s.stacked(op, boxes[:mid], none), s.stacked(op, boxes[mid:], none))
}

func (s *solver) newStack(boxes []box, none ref) *stack {
	return &stack{s: s, boxes: boxes, none: none, work: stackWork * (len(boxes) + 1), single: map[aloneKey]ref{}}
}

// from are the spans of a box from a field on.
func (k *stack) from(id int32, pos int) []span {
	spans := k.boxes[id].spans
	for len(spans) > 0 && spans[0].pos < pos {
		spans = spans[1:]
	}
	return spans
}

// build is the diagram of some boxes from a field on.
func (k *stack) build(list []int32, pos int) ref {
	at := len(k.s.fields)
	for i, id := range list {
		spans := k.from(id, pos)
		if len(spans) == 0 {
			list = list[:i+1]
			break
		}
		at = min(at, spans[0].pos)
	}
	switch {
	case len(list) == 0:
		return k.none
	case len(list) == 1:
		return k.alone(k.from(list[0], pos), k.boxes[list[0]].leaf)
	}
	return k.sweep(list, at)
}

// alone is the diagram of one box.
func (k *stack) alone(spans []span, d ref) ref {
	for _, sp := range slices.Backward(spans) {
		key := aloneKey{&sp.ranges[0], d}
		if len(sp.ranges) > smallSet {
			if known, ok := k.single[key]; ok {
				d = known
				continue
			}
		}
		base := len(k.pieces)
		at := firewall.Value{}
		for _, r := range sp.ranges {
			if r.First.Compare(at) > 0 {
				k.pieces = append(k.pieces, piece{r.First.Previous(), k.none})
			}
			k.pieces = append(k.pieces, piece{r.Last, d})
			at = r.Last.Next()
		}
		d = k.field(sp.pos, base)
		if len(sp.ranges) > smallSet {
			k.single[key] = d
		}
	}
	return d
}

// field is the diagram that the pieces from base on make of a field; what comes after them leads nowhere.
func (k *stack) field(pos, base int) ref {
	f := k.s.fields[pos]
	width := int(k.s.width[f])
	if last := low(width); len(k.pieces) == base || k.pieces[len(k.pieces)-1].last.Compare(last) < 0 {
		k.pieces = append(k.pieces, piece{last, k.none})
	}
	d := k.s.pieces(k.s.first[f], width-1, firewall.Value{}, k.pieces[base:])
	k.pieces = k.pieces[:base]
	return d
}

// An edge of a box is where it begins or ends.
type boundary struct {
	at    firewall.Value
	id    int32
	opens bool
}

// sweep goes through the values of a field.
func (k *stack) sweep(list []int32, pos int) ref {
	base, ids := len(k.pieces), len(k.ids)
	events, others := k.boundaries(list, pos)
	if k.work -= looks(events, len(others)); k.work < 0 {
		return k.none
	}
	seen := map[string]ref{}
	var active, next []int32
	at := firewall.Value{}
	for i := 0; k.work >= 0; {
		j := i
		for j < len(events) && events[j].at == at {
			j++
		}
		next = k.change(next[:0], active, events[i:j])
		active, next, i = next, active, j
		start := len(k.ids)
		k.ids = together(k.ids, active, others)
		to := k.known(seen, k.ids[start:len(k.ids):len(k.ids)], pos+1)
		k.ids = k.ids[:start]
		if i == len(events) {
			k.pieces = append(k.pieces, piece{low(int(k.s.width[k.s.fields[pos]])), to})
			break
		}
		at = events[i].at
		k.pieces = append(k.pieces, piece{at.Previous(), to})
	}
	k.ids = k.ids[:ids]
	if k.work < 0 {
		k.pieces = k.pieces[:base]
		return k.none
	}
	return k.field(pos, base)
}

// boundaries are where boxes begin and end in a field, in order, and the boxes that have every value of it.
func (k *stack) boundaries(list []int32, pos int) (events []boundary, others []int32) {
	last := low(int(k.s.width[k.s.fields[pos]]))
	events = make([]boundary, 0, 2*len(list))
	for _, id := range list {
		spans := k.from(id, pos)
		if len(spans) == 0 || spans[0].pos != pos {
			others = append(others, id)
			continue
		}
		for _, r := range spans[0].ranges {
			events = append(events, boundary{r.First, id, true})
			if r.Last != last {
				events = append(events, boundary{r.Last.Next(), id, false})
			}
		}
	}
	slices.SortFunc(events, func(a, b boundary) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	return events, others
}

// looks is how many boxes there are between all neighbours of boundaries together, where so many have every value.
func looks(events []boundary, others int) int {
	n, active := 0, others
	for i, e := range events {
		if i > 0 && e.at != events[i-1].at {
			n += active
		}
		if e.opens {
			active++
		} else {
			active--
		}
	}
	return n + active
}

// change is the list without the boxes that end, and with those that begin.
func (k *stack) change(to, list []int32, events []boundary) []int32 {
	for _, e := range events {
		for len(list) > 0 && list[0] < e.id {
			to, list = append(to, list[0]), list[1:]
		}
		if len(list) > 0 && list[0] == e.id {
			list = list[1:]
		}
		if e.opens {
			to = append(to, e.id)
		}
	}
	return append(to, list...)
}

// together appends two lists in order.
func together(to, a, b []int32) []int32 {
	for len(a) > 0 && len(b) > 0 {
		if a[0] < b[0] {
			to, a = append(to, a[0]), a[1:]
		} else {
			to, b = append(to, b[0]), b[1:]
		}
	}
	return append(append(to, a...), b...)
}

// known is build with a memory of the lists that there were in one field.
func (k *stack) known(seen map[string]ref, list []int32, pos int) ref {
	if len(list) < 2 {
		return k.build(list, pos)
	}
	key := make([]byte, 0, 64)
	for _, id := range list {
		key = binary.AppendUvarint(key, uint64(id))
	}
	if d, ok := seen[string(key)]; ok {
		return d
	}
	d := k.build(list, pos)
	seen[string(key)] = d
	return d
}
