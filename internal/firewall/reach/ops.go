package reach

import "slices"

// The operations of apply. opSequel and opFill carry their parameter above the low byte.
const (
	opAnd    uint32 = iota + 1
	opOr            // of conditions, as Kleene
	opNot           // of a condition; b is no
	opWhen          // a a condition, b what follows it; else fall
	opCase          // as opWhen, else next
	opUnion         // of results: either may be
	opSequel        // b after a's results of the kind above the low byte
	opBack          // what a jump makes of the results of its chain: returned is fall
	opGoto          // what a goto makes of them: fall is returned
	opMiss          // next is fall
	opPend          // fall is pending
	opPrefix        // b is no; the effect above the low byte comes before a's
	opFill          // b in place of the result above the low byte
	opOwn           // a, or where that is closed and b is not, either; the reason is above the low byte
	opMay           // of a condition: doubt is yes; b is no
	opRest          // the condition b, where a's results have a fall
	opEnd           // the terminals that ends has, by the number above the low byte, in place of a's results; b is no
	opTake          // what surely takes a packet, by the number above the low byte, where a's results have no fall; else fall; b is no
	opFrom          // the condition b, where a is a fall or a taker from the number above the low byte on
	opMeet          // whether b holds for any of these
)

func sequel(k kind) uint32     { return opSequel | uint32(k)<<8 }
func prefix(effect int) uint32 { return opPrefix | uint32(effect)<<8 }
func filling(r result) uint32  { return opFill | uint32(r)<<8 }
func taking(number int) uint32 { return opTake | uint32(number)<<8 }
func from(number int) uint32   { return opFrom | uint32(number)<<8 }
func meeting(i int) uint32     { return opMeet | uint32(i)<<8 }

// taker is the terminal of what is taken by the rule of a number.
func (d *store) taker(number int) ref {
	if number >= maxTakers {
		panic(errBudget)
	}
	return d.one(newResult(accept, number))
}

// maxTakers keeps a number in the bits that an operation has for it.
const maxTakers = 1 << 24

// An ending is a terminal in place of a result.
type ending struct {
	result result
	to     ref
}

// ending is the operation that puts terminals in place of results.
func (d *store) ending(list []ending) uint32 {
	d.ends = append(d.ends, list)
	return opEnd | uint32(len(d.ends)-1)<<8
}

func (d *store) close(a term, list []ending) ref {
	var out []result
	why := a.why
	for _, r := range a.results {
		i := slices.IndexFunc(list, func(e ending) bool { return e.result == r })
		if i < 0 {
			out = append(out, r)
			continue
		}
		to := d.term(list[i].to)
		out, why = append(out, to.results...), d.joinReasons(why, to.why)
	}
	return d.some(out, why)
}

// short answers without looking further.
func (d *store) short(op uint32, a, b ref) (ref, bool) {
	switch op & 255 {
	case opAnd:
		if a == no || b == no {
			return no, true
		}
		if a == yes || a == b {
			return b, true
		}
		return a, b == yes
	case opOr:
		if a == yes || b == yes {
			return yes, true
		}
		if a == no || a == b {
			return b, true
		}
		return a, b == no
	case opWhen:
		if a == no || b == d.plain[fall] {
			return d.plain[fall], true
		}
		return b, a == yes
	case opCase:
		if a == no {
			return d.plain[next], true
		}
		return b, a == yes
	case opUnion:
		return a, a == b
	case opMay:
		return a, a == yes || a == no
	case opRest:
		if a < 0 && d.term(a).kinds&(1<<fall) == 0 {
			return no, true
		}
		return b, a < 0 || b == no
	case opFrom:
		if b == no || a < 0 && a != d.plain[fall] && d.term(a).results[0].effect() < int(op>>8) {
			return no, true
		}
		return b, a < 0
	case opSequel:
		if a >= 0 {
			return a, op == sequel(fall) && b == d.plain[fall]
		}
		k := kind(op >> 8)
		if d.term(a).kinds>>k&1 == 0 {
			return a, true
		}
		return b, a == d.plain[k]
	case opFill:
		if a >= 0 {
			return 0, false
		}
		r := result(op >> 8)
		if !slices.Contains(d.term(a).results, r) {
			return a, true
		}
		return b, len(d.term(a).results) == 1
	}
	return 0, false
}

// combine is an operation on terminals.
func (d *store) combine(op uint32, a, b ref) ref {
	ta, tb := *d.term(a), *d.term(b)
	if d.work -= len(ta.results) + len(tb.results); d.work < 0 {
		panic(errBudget)
	}
	switch op & 255 {
	case opAnd, opOr: // both are in doubt: short has answered for the others
		return d.doubt(d.joinReasons(ta.why, tb.why))
	case opOwn:
		if ta.kinds == 1<<elsewhere || tb.kinds&(1<<passed|1<<elsewhere) == 0 {
			return a
		}
		return d.some(append(slices.Clone(ta.results), tb.results...), d.joinReasons(d.joinReasons(ta.why, tb.why), int(op>>8)))
	case opMay:
		return yes
	case opNot:
		switch a {
		case no:
			return yes
		case yes:
			return no
		}
		return a
	case opWhen, opCase:
		other := newResult(fall, 0)
		if op == opCase {
			other = newResult(next, 0)
		}
		if a == no {
			return d.one(other)
		}
		return d.some(append(slices.Clone(tb.results), other), d.joinReasons(ta.why, tb.why))
	case opUnion:
		return d.some(append(slices.Clone(ta.results), tb.results...), d.joinReasons(ta.why, tb.why))
	case opEnd:
		return d.close(ta, d.ends[op>>8])
	case opTake:
		if ta.kinds>>fall&1 != 0 {
			return d.plain[fall]
		}
		return d.taker(int(op >> 8))
	}
	return d.rewrite(op, ta, tb)
}

// rewrite replaces each result of a.
func (d *store) rewrite(op uint32, a, b term) ref {
	var out []result
	why := a.why
	for _, r := range a.results {
		k := r.kind()
		switch op & 255 {
		case opSequel:
			if k != kind(op>>8) {
				out = append(out, r)
				continue
			}
			why = d.joinReasons(why, b.why)
			for _, s := range b.results {
				out = append(out, newResult(s.kind(), d.then(r.effect(), s.effect())))
			}
		case opFill:
			if r != result(op>>8) {
				out = append(out, r)
				continue
			}
			why = d.joinReasons(why, b.why)
			out = append(out, b.results...)
		case opPrefix:
			out = append(out, newResult(k, d.then(int(op>>8), r.effect())))
		default:
			out = append(out, r.as(renamed(op, k)))
		}
	}
	return d.some(out, why)
}

func renamed(op uint32, k kind) kind {
	switch {
	case op == opBack && k == returned, op == opMiss && k == next:
		return fall
	case op == opGoto && k == fall:
		return returned
	case op == opPend && k == fall:
		return pending
	}
	return k
}
