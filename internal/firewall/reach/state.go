package reach

import "sallyport/internal/firewall"

// An effect is what rules change about a packet, as a function of what it was.
type effect struct {
	mark, connMark change
	untrack        bool
	limited        bool  // a limit decided it
	nat            int32 // 1 + index into the model's translations; 0 is none
}

// A change is (from & and) ^ xor.
type change struct {
	conn     bool // from is the connection's mark, else the packet's
	and, xor uint32
	why      int32 // where set, the reason + 1 why the new value cannot be told
}

// A mark is a value, or where why is set, 1 + the reason why it cannot be told.
type mark struct {
	value uint32
	why   int32
}

var unchanged = effect{mark: change{and: ^uint32(0)}, connMark: change{conn: true, and: ^uint32(0)}}

// then is the effect of one after the other. A packet is translated once.
func (e effect) then(f effect) effect {
	out := effect{e.after(f.mark), e.after(f.connMark), e.untrack || f.untrack, e.limited || f.limited, e.nat}
	if e.nat == 0 {
		out.nat = f.nat
	}
	return out
}

// after is a change of what the effect left.
func (e effect) after(c change) change {
	first := e.mark
	if c.conn {
		first = e.connMark
	}
	if c.why != 0 {
		return c
	}
	if c.and == 0 {
		first.why = 0
	}
	return change{first.conn, first.and & c.and, first.xor&c.and ^ c.xor, first.why}
}

func (c change) of(packet, conn mark) mark {
	from := packet
	if c.conn {
		from = conn
	}
	switch {
	case c.why != 0:
		return mark{why: c.why}
	case c.and == 0:
		return mark{value: c.xor}
	case from.why != 0:
		return mark{why: from.why}
	}
	return mark{value: from.value&c.and ^ c.xor}
}

// Whether conntrack knows a packet.
const (
	unseen uint8 = iota
	tracked
	untracked
)

// A state is what the kernel knows of a packet between two chains.
type state struct {
	mark, connMark mark
	tracking       uint8
	// natDone says that the chains for translating the destination have been asked.
	natDone, sourceDone bool
	limited             bool
	// to and source are 1 + index into the model's translations; 0 is none.
	to, source int32
}

// after is the state that an effect leaves.
func (s state) after(e effect, m *Model) state {
	packet, conn := s.mark, s.connMark
	s.mark = e.mark.of(packet, conn)
	if s.tracking == tracked {
		s.connMark = e.connMark.of(packet, conn)
	}
	if e.untrack && s.tracking == unseen {
		s.tracking = untracked
	}
	s.limited = s.limited || e.limited
	if e.nat != 0 {
		if m.translations[e.nat-1].To == firewall.SourceNAT {
			s.source, s.sourceDone = e.nat, true
		} else {
			s.to, s.natDone = e.nat, true
		}
	}
	return s
}
