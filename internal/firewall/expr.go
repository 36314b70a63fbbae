package firewall

import "sallyport/internal/fact"

// A Field is a property of a packet, or of what the kernel knows about it, that rules can ask for. Every packet has
// a value for every field; where a protocol lacks it the value means nothing, and the reader of a rule adds the
// condition that the kernel implies: "tcp dport != 22" is Protocol is 6, and Port is not 22.
type Field uint8

// The fields. In brackets what the value is.
const (
	Family          Field = iota // the network protocol [4 or 6; 0 for everything else]
	InInterface                  // the interface of arrival [Interface; zero where the hook has none]
	OutInterface                 // the interface of departure [Interface; zero where the hook has none]
	Protocol                     // the transport protocol, after IPv6's extension headers [IANA's number]
	Source                       // [Address, of the packet's Family]
	Destination                  // [Address, of the packet's Family; what DNAT left of it]
	SourcePort                   // of TCP, UDP, UDP-Lite, SCTP, DCCP
	Port                         // the destination port [what DNAT left of it]
	ICMPType                     // of ICMP and ICMPv6
	ICMPCode                     // of ICMP and ICMPv6
	TCPFlags                     // [the 8 bits; fin is 1, syn 2, rst 4, psh 8, ack 16]
	ConnState                    // of conntrack [one of StateInvalid ... StateUntracked]
	ConnStatus                   // of conntrack [bits; snat is 16, dnat 32]
	ConnDirection                // [0 original, 1 reply]
	OrigSource                   // conntrack's original tuple, before NAT
	OrigDestination              // conntrack's original tuple, before NAT
	OrigPort                     // conntrack's original tuple, before NAT
	Mark                         // meta mark, nfmark [32 bits]
	ConnMark                     // ct mark [32 bits]
	User                         // the user that owns the sending socket [uid]
	Group                        // the group that owns the sending socket [gid]
	SourceType                   // fib's address type of the source [rtnetlink(7)'s RTN_*: unicast 1, local 2, broadcast 3, multicast 5]
	DestinationType              // fib's address type of the destination [as SourceType]
	PacketType                   // the link layer's [host 0, broadcast 1, multicast 2, otherhost 3]
	FieldCount                   // how many fields there are
)

// The states of a connection, as values of ConnState; the numbers are nftables' bits.
const (
	StateInvalid     = 1
	StateEstablished = 2
	StateRelated     = 4
	StateNew         = 8
	StateUntracked   = 64
)

// An Expr is a condition over packets: Is, Tuple, All, Any, Not, Unknown.
type Expr interface{ expr() }

type (
	// Is holds where the field, with Mask laid over it, is in Set. The zero Mask is all bits.
	Is struct {
		Field Field
		Mask  Value
		Set   Set
	}
	// Tuple holds where the fields, together, are in one of the rows: a concatenation looked up in a set.
	Tuple struct {
		Fields []Field
		Rows   [][]Range
	}
	// All holds where each of them holds; an empty All always does.
	All []Expr
	// Any holds where one of them holds; an empty Any never does.
	Any []Expr
	// Not holds where the other does not.
	Not struct{ Expr Expr }
	// Unknown may hold or not: the ruleset does not tell. Why names the construct in a few words, "queue", "time of day".
	Unknown struct {
		Why string
		At  fact.Span
	}
)

func (Is) expr()      {}
func (Tuple) expr()   {}
func (All) expr()     {}
func (Any) expr()     {}
func (Not) expr()     {}
func (Unknown) expr() {}
