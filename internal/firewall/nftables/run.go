package nftables

import (
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// maxRefused bounds the mistakes that are told of one script.
const maxRefused = 20

// A run is a script being carried out: the tables that it has made so far.
type run struct {
	tables  []*tableState
	bases   []*chainState // in the order of creation
	refused []*fact.Error
	flushed bool
	count   int // elements of all sets
	// listed says that the ruleset is one that the kernel has told: what is not understood of it is unknown then, and
	// no mistake.
	listed  bool
	partial []firewall.Unknown
}

// do carries out a command; what nft would refuse is noted.
func (r *run) do(c *command) {
	defer r.note()
	switch c.object {
	case "ruleset":
		r.flushRuleset(c)
	case "table":
		r.tableCommand(c)
	case "chain":
		r.chainCommand(c)
	case "rule":
		r.ruleCommand(c)
	case "set", "map":
		r.setCommand(c)
	case "element":
		r.elementCommand(c)
	case "counters", "quotas", "meter":
	case "tables", "chains", "sets", "maps", "rules":
		refuse(c.at, "", "%s does not act on all %s", c.verb, c.object)
	default:
		r.objectCommand(c)
	}
}

// note takes a refusal up.
func (r *run) note() {
	switch v := recover().(type) {
	case nil:
	case refusal:
		if r.listed {
			r.partial = append(r.partial, unread(v.err))
			return
		}
		if len(r.refused) < maxRefused {
			r.refused = append(r.refused, v.err)
		}
	default:
		panic(v)
	}
}

// unread is a part of a listing that is not understood.
func unread(e *fact.Error) firewall.Unknown {
	return firewall.Unknown{Why: "not understood: " + e.Msg, At: fact.Span{File: e.File, Line: e.Line, Column: e.Column, EndLine: e.Line, EndColumn: e.Column}}
}

func (r *run) flushRuleset(c *command) {
	if c.verb != "flush" {
		return
	}
	gone := func(t *tableState) bool { return c.name.family == "" || t.family == c.name.family }
	r.tables = slices.DeleteFunc(r.tables, gone)
	r.bases = slices.DeleteFunc(r.bases, func(b *chainState) bool { return gone(b.table) })
	r.flushed = r.flushed || c.name.family == ""
}

func (r *run) find(n name) *tableState {
	for _, t := range r.tables {
		if t.family == n.family && t.name == n.table {
			return t
		}
	}
	return nil
}

// table is the table of a name, which must be there.
func (r *run) table(n name) *tableState {
	t := r.find(n)
	if t == nil {
		var known []string
		for _, other := range r.tables {
			known = append(known, other.name)
		}
		hint := didYouMean(n.table, known)
		if slices.Contains(known, n.table) {
			hint = "write the table's family, which is ip where none is written"
		}
		refuse(n.tableAt, hint, "there is no table %s %q", n.family, n.table)
	}
	return t
}

// tableCommand adds, deletes or flushes a table. A table that is added where it is, is the same table.
func (r *run) tableCommand(c *command) {
	t := r.find(c.name)
	switch c.verb {
	case "add", "create":
		if t != nil && c.verb == "create" {
			refuse(c.name.at, "write add, which takes the table that is there", "there is a table %s %q already", c.name.family, c.name.table)
		}
		if t == nil {
			t = &tableState{family: c.name.family, name: c.name.table, chains: map[string]*chainState{}, sets: map[string]*setState{}, objects: map[string]*objectSrc{}}
			r.tables = append(r.tables, t)
			t.handle = uint64(len(r.tables))
		}
		t.dormant = false
		if c.table != nil {
			r.block(t, c.table)
		}
	case "delete", "destroy":
		if t == nil && c.verb == "destroy" {
			return
		}
		t = r.table(c.name)
		r.tables = slices.DeleteFunc(r.tables, func(o *tableState) bool { return o == t })
		r.bases = slices.DeleteFunc(r.bases, func(b *chainState) bool { return b.table == t })
	case "flush":
		for _, chain := range r.table(c.name).order {
			chain.flush()
		}
	case "reset":
		r.table(c.name)
	default:
		refuse(c.at, "", "a table cannot be %sed", c.verb)
	}
}

// block carries out what stands in a table's braces: chains first, then sets, then rules, whatever their order.
func (r *run) block(t *tableState, b *tableBlock) {
	for _, f := range b.flags {
		switch f.text {
		case "dormant":
			t.dormant = true
		case "owner", "persist":
		default:
			refuse(f.at, didYouMean(f.text, []string{"dormant"}), "a table has no flag %q", f.text)
		}
	}
	for _, pass := range []func(tableItem){
		func(i tableItem) {
			if i.chain != nil {
				r.chain(t, i.name, i.at, i.chain, false)
			}
		},
		func(i tableItem) {
			if i.object != nil {
				r.addObject(t, i.name, i.object)
			}
			if i.flow {
				t.objects["flowtable "+i.name] = &objectSrc{kind: "flowtable"}
			}
		},
		func(i tableItem) {
			if i.set != nil {
				r.set(t, i.name, i.at, i.set, false)
			}
		},
		func(i tableItem) {
			if i.set != nil {
				r.fill(t, i.name, i.set)
			}
		},
		func(i tableItem) {
			if i.chain != nil {
				r.rules(t, t.chains[i.name], i.chain)
			}
		},
	} {
		for _, item := range b.items {
			func() {
				defer r.note()
				pass(item)
			}()
		}
	}
}
