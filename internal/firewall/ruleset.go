// Package firewall is what a packet filter's configuration means, whatever notation it was written in: chains on the
// kernel's hooks, rules as conditions and effects. Its readers are the packages below it; package reach computes
// which packets come through.
package firewall

import "sallyport/internal/fact"

// A Ruleset is all that filters packets in one place: a host, the pods of a policy, a security group's members.
type Ruleset struct {
	// Chains are all chains, in the order in which the kernel gets to know them, which decides between base chains of
	// equal priority.
	Chains []*Chain
	// Refused are the mistakes for which the kernel, or the program that loads the ruleset, refuses it as a whole. What is open
	// then is what was open before.
	Refused []*fact.Error
	// Mistakes are lines that the loading program refuses while it loads the rest: Chains are without them, and without what
	// goes with them, such as the table of iptables-restore.
	Mistakes []*fact.Error
	// Partial says why the ruleset may be less than what is loaded: a script that does not flush what was there before, an
	// include that is not in the tree. Empty where the ruleset is the whole state.
	Partial []Unknown
}

// A Hook is a place in the kernel where packets are judged.
type Hook uint8

// The hooks, in the order in which a packet meets them on its way; a packet meets input or forward, and what a process
// of the host sends begins with output. NoHook is a chain that rules jump to.
const (
	NoHook Hook = iota
	Ingress
	Prerouting
	Input
	Forward
	Output
	Postrouting
	Egress
)

// A Kind is what a base chain is for: nat chains are asked once per connection, and accept ends them alone.
type Kind uint8

// The kinds of base chains.
const (
	Filter Kind = iota
	NAT
	Route
)

// A Chain is a list of rules. A base chain is one with a Hook.
type Chain struct {
	Table, Name string
	// Families are the packets that the chain sees: values of Family; nil for every packet (netdev, bridge).
	Families Set
	Hook     Hook
	Kind     Kind
	Priority int
	// Devices are the interfaces of an ingress or egress chain; a name that ends with an asterisk is all that begin so.
	Devices []string
	// Policy is Accept or Drop, for what comes to the end of a base chain.
	Policy Verdict
	// Dormant is a base chain of a table that is switched off.
	Dormant bool
	Rules   []*Rule
	// At is where the chain is declared, PolicyAt where its policy is set.
	At, PolicyAt fact.Span
}

// A Rule is steps taken in order until one of them ends it.
type Rule struct {
	Steps []Step
	// Text is the rule as written, in one line.
	Text string
	// Comment is what its author says of it.
	Comment string
	At      fact.Span
}

// A Step is one part of a rule: When, Decide, Branch, Assign, Translate, Untrack, Limit.
type Step interface{ step() }

type (
	// When goes on with the next step where the condition holds, and else ends the rule: the chain goes on with its next rule.
	When struct{ Expr Expr }
	// Decide is a verdict.
	Decide struct{ Verdict Verdict }
	// Branch takes the verdict of the first case whose condition holds (a verdict map; a default is a last case that always
	// holds), and ends the rule where none does.
	Branch struct{ Cases []Case }
	// Assign writes Mark or ConnMark, by the first case whose condition holds, and ends the rule where none does.
	Assign struct {
		Field Field
		Cases []AssignCase
	}
	// Translate is NAT, by the first case whose condition holds. It ends the chain like accept does.
	Translate struct{ Cases []TranslateCase }
	// Untrack takes the packet out of connection tracking (notrack; iptables' CT --notrack).
	Untrack struct{}
	// Limit is a condition on how much, not on what: rates, quotas, counts of connections, lists of recent sources. Holds is what
	// the first packet meets: "limit rate 3/second" holds, "limit rate over 3/second" does not.
	Limit struct {
		Holds bool
		What  string
	}
)

func (When) step()      {}
func (Decide) step()    {}
func (Branch) step()    {}
func (Assign) step()    {}
func (Translate) step() {}
func (Untrack) step()   {}
func (Limit) step()     {}

// A Case is one entry of a verdict map.
type Case struct {
	When    Expr
	Verdict Verdict
}

// An AssignCase makes the new value (From & And) ^ Xor; to set a constant, And is zero.
type AssignCase struct {
	When     Expr
	From     Field // Mark or ConnMark
	And, Xor Value
	// Why, where set, says that the new value cannot be told.
	Why string
}

// A Translation is what NAT does.
type Translation uint8

// The translations. SourceNAT is snat and masquerade alike.
const (
	SourceNAT Translation = iota
	DestinationNAT
	Redirect // to the host itself
)

// A TranslateCase is one translation. Without addresses or ports they stay as they are; of several the kernel may take any.
type TranslateCase struct {
	When      Expr
	To        Translation
	Addresses Set
	Ports     Set
	// Why, where set, says that the new address or port cannot be told.
	Why string
}

// A VerdictKind is what a rule can say.
type VerdictKind uint8

// The verdicts. Undecided is one that the ruleset does not tell (queue to a program): Why says so.
const (
	Accept VerdictKind = iota
	Drop
	Reject
	Return
	Continue
	Jump
	Goto
	Undecided
)

// A Verdict is what a rule decides.
type Verdict struct {
	Kind VerdictKind
	// Chain is where Jump and Goto go.
	Chain *Chain
	// With is Reject's answer: "tcp reset", "icmp port-unreachable".
	With string
	// Why is the reason of Undecided.
	Why string
}

// Merge puts the rulesets of one host together: its IPv4 and IPv6 save files, iptables beside nftables. The chains of the
// first were there first.
func Merge(sets ...*Ruleset) *Ruleset {
	all := new(Ruleset)
	for _, s := range sets {
		all.Chains = append(all.Chains, s.Chains...)
		all.Refused = append(all.Refused, s.Refused...)
		all.Mistakes = append(all.Mistakes, s.Mistakes...)
		all.Partial = append(all.Partial, s.Partial...)
	}
	return all
}
