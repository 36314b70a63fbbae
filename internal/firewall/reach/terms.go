package reach

import (
	"encoding/binary"
	"slices"
)

// A kind is how a packet leaves a rule, a chain or, from passed on, the whole path.
type kind uint8

const (
	fall     kind = iota // on to the next rule, or the end of the chain
	step                 // on to the next step of the rule
	next                 // on to the next case of a map
	returned             // back to the caller
	accept
	drop
	reject
	pending // as fall, while a chain is put together
	passed  // passed and what follows are the end of the whole path
	dropped
	rejected
	elsewhere // comes out elsewhere than was asked
	kinds
)

// A result is a kind and, above it, the number of its effect.
type result uint32

func (r result) kind() kind       { return kind(r & 15) }
func (r result) effect() int      { return int(r >> 4) }
func (r result) as(k kind) result { return r&^15 | result(k) }

func newResult(k kind, effect int) result { return result(k) | result(effect)<<4 }

// The terminals of conditions. The others are sets of results: more than one is what cannot be told.
const (
	no  = ref(^0)
	yes = ref(^1)
)

// A term is a terminal: of a condition, then results is nil and why the reasons to doubt it; or the results that a packet may meet, with the
// reasons for being more than one.
type term struct {
	results []result
	why     int
	kinds   uint16 // which kinds the results have, as bits
}

// maxEffects keeps a result in the bits that an operation has for it.
const maxEffects = 1 << 19

// maxResults bounds what one packet may meet. Rules in doubt that write ever new marks make many.
const maxResults = 256

// maxWhy is how many reasons one doubt keeps.
const maxWhy = 6

type terms struct {
	list    []term
	ids     map[string]ref
	why     [][]int32
	whyIDs  map[string]int
	effects []effect
	effIDs  map[effect]int
	plain   [kinds]ref // the results without effect
	key     []byte
}

func (t *terms) init() {
	t.ids = map[string]ref{}
	t.whyIDs = map[string]int{}
	t.effIDs = map[effect]int{}
	t.reasons(nil)
	t.effect(unchanged)
	t.list = []term{{}, {}}
	for k := range kinds {
		t.plain[k] = t.one(newResult(k, 0))
	}
}

func (t *terms) term(a ref) *term { return &t.list[^a] }

// doubt is the terminal of a condition that may hold or not.
func (t *terms) doubt(why int) ref { return t.intern(nil, why) }

func (t *terms) one(r result) ref { return t.intern([]result{r}, 0) }

// some is the terminal of several results, of which each may be.
func (t *terms) some(results []result, why int) ref {
	slices.Sort(results)
	results = slices.Compact(results)
	if len(results) > maxResults {
		panic(errBudget)
	}
	if len(results) == 1 {
		why = 0
	}
	return t.intern(results, why)
}

func (t *terms) intern(results []result, why int) ref {
	k := binary.AppendUvarint(t.key[:0], uint64(why))
	for _, r := range results {
		k = binary.AppendUvarint(k, uint64(r))
	}
	t.key = k
	if id, ok := t.ids[string(k)]; ok {
		return id
	}
	new := term{results: slices.Clone(results), why: why}
	for _, r := range results {
		new.kinds |= 1 << r.kind()
	}
	t.list = append(t.list, new)
	id := ^ref(len(t.list) - 1)
	t.ids[string(k)] = id
	return id
}

// reasons numbers a set of reasons, which are indexes into a model's list.
func (t *terms) reasons(set []int32) int {
	var k []byte
	for _, w := range set {
		k = binary.AppendUvarint(k, uint64(w))
	}
	if id, ok := t.whyIDs[string(k)]; ok {
		return id
	}
	t.why = append(t.why, set)
	t.whyIDs[string(k)] = len(t.why) - 1
	return len(t.why) - 1
}

func (t *terms) joinReasons(a, b int) int {
	if a == b || b == 0 {
		return a
	}
	if a == 0 {
		return b
	}
	all := append(slices.Clone(t.why[a]), t.why[b]...)
	slices.Sort(all)
	all = slices.Compact(all)
	return t.reasons(all[:min(len(all), maxWhy)])
}

func (t *terms) effect(e effect) int {
	if id, ok := t.effIDs[e]; ok {
		return id
	}
	if len(t.effects) == maxEffects {
		panic(errBudget)
	}
	t.effects = append(t.effects, e)
	t.effIDs[e] = len(t.effects) - 1
	return len(t.effects) - 1
}

// then is the effect of one after the other.
func (t *terms) then(a, b int) int {
	if a == 0 {
		return b
	}
	if b == 0 {
		return a
	}
	return t.effect(t.effects[a].then(t.effects[b]))
}
