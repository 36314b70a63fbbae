package nftables

import "strings"

// reserved are the words that nft's scanner takes for keywords wherever they stand, so that no table, chain or set can have them
// for a name without quotes.
var reserved = words(`
accept add ah all and arp auto-merge bridge cgroup chain comment comp constant continue counter cpu create ct
day dccp define delete describe device devices dnat drop dst dup dynamic ecn element elements esp ether exists
expires export exthdr fib flags flow flowtable flush frag fwd gc-interval get goto handle hbh hook hour
ibriport ibrname icmp icmpv6 igmp iif iifgroup iifname iiftype import include index inet insert interval ip
ip6 ipsec jhash jump limit list log lt map mark masquerade meta meter mh missing monitor ne netdev nftrace not
notrack numgen obriport obrname offload oif oifgroup oifname oiftype or osf pkttype policy position priority
queue quota random redefine redirect reject rename replace reset return rt rt0 rt2 rtclassid rule ruleset sctp
secmark set size skgid skuid snat socket srh symhash synproxy table tcp th time timeout tproxy type typeof udp
udplite undefine update vlan vmap xt`)

// valued are the keywords that are values as well.
var valued = words("tcp udp udplite esp ah icmp igmp icmpv6 comp dccp sctp redirect ether ip ip6 vlan arp dnat snat ecn reset destroy original reply label exists missing " +
	"counter quota limit secmark synproxy")

func words(text string) map[string]bool {
	all := make(map[string]bool)
	for _, w := range strings.Fields(text) {
		all[w] = true
	}
	return all
}
