// Package reach computes which packets a ruleset lets through: not by trying packets, but for all of them at once.
//
// A chain is a function from packets to results: a verdict, or falling off its end, with what its rules changed. The function is an
// ordered decision diagram over the bytes of those fields that a question leaves open; equal parts exist once. Rules are put together
// pairwise, like a balanced tree, so that n rules cost about n log n, and a chain is computed once for all that jump to it.
// Where a condition is in doubt, a packet may meet either result: a terminal is a set of results, and one that has several is
// unknown unless they amount to the same.
package reach

import (
	"errors"
	"net/netip"
	"sync"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A Model is a ruleset prepared for questions. It may be asked by several goroutines.
type Model struct {
	set     *firewall.Ruleset
	refused bool // set would not load, and is empty instead
	local   firewall.Set
	// whole says that local is all that the host has; broadcast are its networks' addresses for all.
	whole     bool
	broadcast firewall.Set
	uses      map[*firewall.Chain]use
	segments  map[*firewall.Chain][]segment
	cuts      *cutter
	indexes   map[*firewall.Chain]*index
	networks  []network

	mu           sync.Mutex
	why          []firewall.Unknown
	whyIDs       map[firewall.Unknown]int32
	markWhy      map[string]int32
	hooks        map[hookKey][]stage
	translations []firewall.TranslateCase
	translatedAt []fact.Span
	caseIDs      map[*firewall.TranslateCase]int32
	asking       *store // shared by all questions about ports
	askLayout    *layout
	askSets      map[setKey]ref
	askChains    map[string]ref
}

// New prepares a ruleset. Local are addresses known to be the host's; what a question asks about need not be among them.
func New(set *firewall.Ruleset, local ...netip.Addr) (*Model, error) {
	refused := len(set.Refused) > 0
	if refused {
		set = &firewall.Ruleset{Partial: set.Partial}
	}
	m := &Model{
		set: set, refused: refused, whyIDs: map[firewall.Unknown]int32{}, markWhy: map[string]int32{}, hooks: map[hookKey][]stage{}, caseIDs: map[*firewall.TranslateCase]int32{},
		askLayout: &layout{}, indexes: map[*firewall.Chain]*index{},
	}
	var ranges []firewall.Range
	for _, a := range local {
		ranges = append(ranges, firewall.One(firewall.Address(a)))
	}
	m.local = firewall.NewSet(ranges...)
	if !jumpsLead(set) {
		return nil, errors.New("a rule jumps to no chain")
	}
	m.analyse(set)
	m.askLayout.lay(firewall.Port, 2, nil)
	m.askLayout.lay(firewall.SourcePort, 2, nil)
	return m, nil
}

// jumpsLead says whether each jump has a target.
func jumpsLead(set *firewall.Ruleset) bool {
	leads := func(v firewall.Verdict) bool {
		return v.Kind != firewall.Jump && v.Kind != firewall.Goto || v.Chain != nil
	}
	for _, c := range callees(set.Chains) {
		for _, r := range c.Rules {
			for _, st := range r.Steps {
				if d, ok := st.(firewall.Decide); ok && !leads(d.Verdict) {
					return false
				}
				if b, ok := st.(firewall.Branch); ok {
					for _, c := range b.Cases {
						if !leads(c.Verdict) {
							return false
						}
					}
				}
			}
		}
	}
	return true
}

// reason numbers a reason to doubt.
func (m *Model) reason(u firewall.Unknown) int32 {
	if id, ok := m.whyIDs[u]; ok {
		return id
	}
	m.why = append(m.why, u)
	m.whyIDs[u] = int32(len(m.why) - 1)
	return int32(len(m.why) - 1)
}

// markReason numbers a reason why a mark cannot be told: one for all rules that have it in common, so that they leave one state.
func (m *Model) markReason(why string, at fact.Span) int32 {
	id, ok := m.markWhy[why]
	if !ok {
		id = m.reason(firewall.Unknown{Why: why, At: at})
		m.markWhy[why] = id
	}
	return id
}

// translation numbers a translation, from 1, in the rule at that place.
func (m *Model) translation(t *firewall.TranslateCase, at fact.Span) int32 {
	if id, ok := m.caseIDs[t]; ok {
		return id
	}
	m.translations, m.translatedAt = append(m.translations, *t), append(m.translatedAt, at)
	m.caseIDs[t] = int32(len(m.translations))
	return int32(len(m.translations))
}
