package iptables

import (
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// apply does what a command says to a table. doubt is why it may not be run at all.
func (l *Loader) apply(t *table, c *command, at fact.Span, text, doubt string) *mistake {
	if strings.IndexByte("NPE", c.verb) >= 0 {
		return t.chainCommand(c, at, doubt)
	}
	ch := t.byName[c.chain.text]
	if ch == nil && c.chain.text != "" {
		return &mistake{msg: "there is no chain " + clip(c.chain.text) + " in the table " + t.name, column: c.chain.column, hint: "make it with -N"}
	}
	switch c.verb {
	case 'A', 'I', 'R', 'D', 'C':
		return l.ruleCommand(t, ch, c, at, text, doubt)
	case 'F':
		for _, one := range t.chains {
			if ch != nil && one != ch {
				continue
			}
			if doubt == "" {
				one.rules = nil
				continue
			}
			for _, r := range one.rules {
				r.doubts = append(r.doubts, doubt)
			}
		}
	case 'X':
		return t.deleteChains(c, ch, doubt)
	}
	return nil
}

func (t *table) deleteChains(c *command, ch *chain, doubt string) *mistake {
	if doubt != "" {
		return nil
	}
	if ch != nil && ch.hook != firewall.NoHook {
		return &mistake{msg: "the chain " + ch.name + " is built in", column: c.chain.column}
	}
	going := []*chain{ch}
	if ch == nil {
		going = slices.DeleteFunc(slices.Clone(t.chains), func(o *chain) bool { return o.hook != firewall.NoHook })
	}
	for _, one := range going {
		if len(one.rules) > 0 {
			return &mistake{msg: "the chain " + one.name + " is not empty", column: c.chain.column, hint: "flush it with -F first"}
		}
		for _, other := range t.chains {
			if slices.ContainsFunc(other.rules, func(r *rule) bool { return r.jumps && r.spec.jump.text == one.name }) {
				return &mistake{msg: "the chain " + one.name + " is still jumped to from " + other.name, column: c.chain.column}
			}
		}
	}
	for _, one := range going {
		t.remove(one)
	}
	return nil
}

func (t *table) chainCommand(c *command, at fact.Span, doubt string) *mistake {
	ch := t.byName[c.chain.text]
	switch c.verb {
	case 'N':
		if problem := chainName(c.chain.text, t.family); problem != "" {
			return &mistake{msg: problem, column: c.chain.column}
		}
		if ch != nil {
			return &mistake{msg: "the chain " + ch.name + " is there already", column: c.chain.column}
		}
		t.add(&chain{name: c.chain.text, at: at})
	case 'P':
		kind, ok := policies[c.policy]
		switch {
		case ch == nil || ch.hook == firewall.NoHook:
			return &mistake{msg: clip(c.chain.text) + " is no built-in chain of the table " + t.name, column: c.chain.column}
		case !ok:
			return &mistake{msg: "the policy of a chain is ACCEPT or DROP", column: c.chain.column}
		case t.name == "nat" && kind == firewall.Drop:
			return &mistake{msg: "the table nat takes no DROP", column: c.chain.column, hint: "drop in the table filter"}
		case doubt != "":
			ch.policies = append(ch.policies, policyDoubt{kind, doubt, at})
		default:
			ch.policy, ch.policyAt, ch.policies = kind, at, nil
		}
	case 'E':
		switch problem := chainName(c.name, t.family); {
		case ch == nil || ch.hook != firewall.NoHook:
			return &mistake{msg: clip(c.chain.text) + " is no chain that can take another name", column: c.chain.column}
		case problem != "":
			return &mistake{msg: problem, column: c.chain.column}
		case t.byName[c.name] != nil:
			return &mistake{msg: "the chain " + clip(c.name) + " is there already", column: c.chain.column}
		}
		delete(t.byName, ch.name)
		for _, other := range t.chains {
			for _, r := range other.rules {
				if r.jumps && r.spec.jump.text == ch.name {
					r.spec.jump.text, r.canonical = c.name, ""
				}
			}
		}
		ch.name = c.name
		t.byName[c.name] = ch
	}
	return nil
}

var policies = map[string]firewall.VerdictKind{"ACCEPT": firewall.Accept, "DROP": firewall.Drop}

func chainName(name string, family int) string {
	switch {
	case name == "" || len(name) > 28:
		return "the name of a chain has 1 to 28 characters"
	case name[0] == '-' || name[0] == '!':
		return "the name of a chain cannot begin with " + name[:1]
	case strings.ContainsAny(name, " \t"):
		return "the name of a chain cannot have blanks"
	case name == "ACCEPT" || name == "DROP" || name == "RETURN" || name == "QUEUE" || findExtension(name, true, family) != nil:
		return "the chain has the name of the target " + name
	}
	return ""
}

// ruleCommand adds, changes and deletes rules.
func (l *Loader) ruleCommand(t *table, ch *chain, c *command, at fact.Span, text, doubt string) *mistake {
	if c.verb == 'D' && c.number > 0 {
		l.spend(len(ch.rules), at.File, at.Line)
		return ch.deleteAt(c, doubt)
	}
	if cost := len(ch.rules); c.verb != 'A' && (c.verb != 'I' || c.number <= cost) {
		if c.verb == 'D' || c.verb == 'C' {
			cost *= 100 // comparing costs more than moving
		}
		if l.spend(cost, at.File, at.Line) {
			return nil
		}
	}
	made, problem := t.make(ch, c, at, text)
	if problem != nil {
		return problem
	}
	if doubt != "" {
		for _, r := range made {
			r.doubts = append(r.doubts, doubt)
		}
	}
	switch c.verb {
	case 'A':
		ch.rules = append(ch.rules, made...)
	case 'I', 'R':
		place := max(c.number, 1) - 1
		if c.verb == 'R' && len(made) > 1 {
			return &mistake{msg: "-R takes one address", column: c.chain.column}
		}
		if place > len(ch.rules) || c.verb == 'R' && place == len(ch.rules) {
			return &mistake{msg: "the chain " + ch.name + " has no place " + strconv.Itoa(c.number), column: c.chain.column}
		}
		if c.verb == 'R' {
			if doubt != "" {
				ch.rules[place].doubts = append(ch.rules[place].doubts, doubt)
			} else {
				ch.rules = slices.Delete(ch.rules, place, place+1)
			}
		} else {
			slices.Reverse(made) // each is put at the place, before those that were put there before
		}
		ch.rules = slices.Insert(ch.rules, place, made...)
	case 'D', 'C':
		for _, r := range made {
			key := r.key()
			i := slices.IndexFunc(ch.rules, func(o *rule) bool { return o.key() == key })
			switch {
			case i < 0:
				return &mistake{msg: "the chain " + ch.name + " has no such rule", column: c.chain.column}
			case c.verb == 'D' && doubt != "":
				ch.rules[i].doubts = append(ch.rules[i].doubts, doubt)
			case c.verb == 'D':
				ch.rules = slices.Delete(ch.rules, i, i+1)
			}
		}
	}
	return nil
}

func (ch *chain) deleteAt(c *command, doubt string) *mistake {
	if c.number > len(ch.rules) {
		return &mistake{msg: "the chain " + ch.name + " has no rule " + strconv.Itoa(c.number), column: c.chain.column}
	}
	if doubt != "" {
		for _, r := range ch.rules {
			r.doubts = append(r.doubts, doubt)
		}
		return nil
	}
	ch.rules = slices.Delete(ch.rules, c.number-1, c.number)
	return nil
}

// maxAddresses bounds the rules that one line makes of its lists of addresses.
const maxAddresses = 10_000

// make turns a command into rules: one for each pair of addresses.
func (t *table) make(ch *chain, c *command, at fact.Span, text string) ([]*rule, *mistake) {
	s := c.rule
	r := rule{spec: s, at: at, text: text, chain: ch}
	jump := s.jump.text
	standard := jump == "ACCEPT" || jump == "DROP" || jump == "RETURN"
	switch {
	case jump == "" || s.jump.unknown != "" || s.target != nil || standard && !s.goes:
	case t.byName[jump] != nil:
		r.jumps = true
	case foreign[jump] && !s.goes:
	default:
		return nil, &mistake{msg: "there is no chain and no target " + clip(jump), column: s.jump.column, hint: "declare the chain before the rules that jump to it"}
	}
	if len(s.src)*len(s.dst) > maxAddresses {
		return nil, &mistake{msg: "the lists of addresses make too many rules", column: c.chain.column}
	}
	var made []*rule
	for i := range max(len(s.src), 1) {
		for j := range max(len(s.dst), 1) {
			one := r
			if len(s.src) > 0 {
				one.src = &s.src[i]
			}
			if len(s.dst) > 0 {
				one.dst = &s.dst[j]
			}
			made = append(made, &one)
		}
	}
	return made, nil
}
