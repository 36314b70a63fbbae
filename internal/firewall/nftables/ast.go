package nftables

import "sallyport/internal/fact"

type exprKind uint8

const (
	kSymbol   exprKind = iota // text: a name, number or address, to be read by the type of the other side
	kRange                    // a-b
	kPrefix                   // a, the length in text
	kConcat                   // list, with dots
	kList                     // list, with commas
	kSet                      // list in braces
	kSetRef                   // @text
	kSelector                 // sel
	kBinary                   // a text b: & | ^ << >>
	kMap                      // a map b
	kAny                      // *
	kElement                  // a : b, with options
	kVerdict                  // verdict
	kMasked                   // a / b: flags and their mask
	kUnknown                  // text is the reason
)

// An expr is an expression as written: in text or in JSON.
type expr struct {
	kind    exprKind
	at      fact.Span
	text    string
	quoted  bool
	a, b    *expr
	list    []*expr
	sel     *selector
	verdict *verdictStmt
	stmts   []stmt // of an element
}

// A stmt is one statement of a rule.
type stmt interface{ place() fact.Span }

type (
	matchStmt struct {
		at          fact.Span
		left, right *expr
		op          string // "" where none is written, "!", "==", "!=", "<", ">", "<=", ">="
	}
	verdictStmt struct {
		at     fact.Span
		kind   string // accept, drop, return, continue, jump, goto, queue
		target *expr
		inline *chainBlock
	}
	vmapStmt struct {
		at       fact.Span
		key, set *expr
	}
	limitStmt struct {
		at     fact.Span
		over   bool
		what   string
		object string // "limit" where ref names one, else ""
		ref    *expr
	}
	quotaStmt struct {
		at          fact.Span
		over        bool
		bytes, used uint64
		ref         *expr
	}
	// plainStmt decides nothing: counter, log.
	plainStmt struct {
		at   fact.Span
		what string
	}
	// objectStmt uses a named object, or the map that tells which: counter name, ct helper set.
	objectStmt struct {
		at   fact.Span
		kind string
		ref  *expr
	}
	rejectStmt struct {
		at   fact.Span
		with string // "", "tcp reset", "icmp", "icmpv6", "icmpx"
		code *expr
	}
	natStmt struct {
		at         fact.Span
		verb       string // snat, dnat, masquerade, redirect
		family     string
		addr, port *expr
		joined     bool   // addr is addresses and ports in one: addr . port
		why        string // why it cannot be told where to
	}
	mangleStmt struct {
		at    fact.Span
		left  *expr
		value *expr
	}
	untrackStmt struct {
		at  fact.Span
		why string // why it may not do so
	}
	// opaqueStmt is not modelled: a condition, or where final a verdict, that the ruleset does not tell.
	opaqueStmt struct {
		at    fact.Span
		why   string
		final bool
		// proto is the protocol beyond which the statement lets pass: "tcp" for synproxy.
		proto string
		// check refuses what does not belong into the context.
		check func(*context)
	}
	// dynamicStmt writes into a set.
	dynamicStmt struct {
		at    fact.Span
		op    string
		set   *expr // nil for a meter
		key   *expr
		data  *expr
		stmts []stmt
	}
)

func (s *matchStmt) place() fact.Span   { return s.at }
func (s *verdictStmt) place() fact.Span { return s.at }
func (s *vmapStmt) place() fact.Span    { return s.at }
func (s *limitStmt) place() fact.Span   { return s.at }
func (s *quotaStmt) place() fact.Span   { return s.at }
func (s *plainStmt) place() fact.Span   { return s.at }
func (s *objectStmt) place() fact.Span  { return s.at }
func (s *rejectStmt) place() fact.Span  { return s.at }
func (s *natStmt) place() fact.Span     { return s.at }
func (s *mangleStmt) place() fact.Span  { return s.at }
func (s *untrackStmt) place() fact.Span { return s.at }
func (s *opaqueStmt) place() fact.Span  { return s.at }
func (s *dynamicStmt) place() fact.Span { return s.at }

// A ruleSrc is a rule as written.
type ruleSrc struct {
	stmts   []stmt
	text    string
	comment string
	at      fact.Span
}

// A name of the family, the table and the thing in it.
type name struct {
	family, table, name string
	tableAt, at         fact.Span
}

// A hookSrc is what makes a chain a base chain.
type hookSrc struct {
	at            fact.Span
	kind, hook    string
	devices       []string
	prioName      string
	prio          int
	prioAt, typAt fact.Span
	hookAt        fact.Span
	lossy         bool // of JSON, which may lack the device
}

// A chainBlock is what stands between a chain's braces.
type chainBlock struct {
	hook     *hookSrc
	policy   string
	policyAt fact.Span
	rules    []*ruleSrc
}

// A setBlock is a set's or a map's declaration.
type setBlock struct {
	isMap          bool
	key, data      []typeRef
	object         string // the kind of objects that a map holds
	flags          []flagSrc
	timeout        bool
	autoMerge      bool
	elements       *expr
	stmts          []stmt
	size           uint64
	keyAt          fact.Span
	dataIsInterval bool
}

// A flagSrc is a flag and its place.
type flagSrc struct {
	text string
	at   fact.Span
}

// A typeRef is a type by name, or by an expression that has it.
type typeRef struct {
	at   fact.Span
	name string
	of   *expr
}

// A tableItem is a part of a table's block, in the order of writing.
type tableItem struct {
	name   string
	at     fact.Span
	chain  *chainBlock
	set    *setBlock
	object *objectSrc
	flow   bool
}

// An objectSrc is a named counter, quota, limit and so on.
type objectSrc struct {
	kind        string
	over        bool
	bytes, used uint64
}

// A tableBlock is what stands between a table's braces.
type tableBlock struct {
	items   []tableItem
	flags   []flagSrc
	flagsAt fact.Span
}

// A command is one step of a script.
type command struct {
	at     fact.Span
	verb   string // add, create, insert, replace, delete, destroy, flush, rename, reset, list
	object string // table, chain, rule, set, map, element, flowtable, ruleset, counter, ...
	name   name
	// handle and index say where: 0 and -1 where they are not written.
	handle  uint64
	index   int
	to      string // of rename
	table   *tableBlock
	chain   *chainBlock
	rule    *ruleSrc
	set     *setBlock
	expr    *expr
	objects *objectSrc
}
