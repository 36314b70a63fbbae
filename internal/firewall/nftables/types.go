package nftables

import (
	"fmt"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sallyport/internal/firewall"
)

// A datatype is what values of something look like, as nft's "describe" tells it.
type datatype struct {
	name    string
	bits    int
	bitmask bool
	symbols map[string]uint64
	// parse reads what is neither a number nor a symbol. It returns why the value cannot be told, or what is wrong with it.
	parse func(text string) (r firewall.Range, unknown string, wrong string)
}

func (t *datatype) most() firewall.Value { return most(t.bits) }

// most is the largest value of so many bits.
func most(bits int) firewall.Value {
	switch {
	case bits >= 128:
		return firewall.Value{Hi: ^uint64(0), Lo: ^uint64(0)}
	case bits > 64:
		return firewall.Value{Hi: 1<<(bits-64) - 1, Lo: ^uint64(0)}
	case bits == 64:
		return firewall.Value{Lo: ^uint64(0)}
	}
	return firewall.Value{Lo: 1<<bits - 1}
}

// read is the values that a word stands for.
func (t *datatype) read(text string, quoted bool) (r firewall.Range, unknown, wrong string) {
	if v, known := t.symbols[text]; known {
		return firewall.One(firewall.Number(v)), "", ""
	}
	if n, ok := numberOf(text); ok && t.bits <= 64 && t.name != "ifname" {
		v := firewall.Number(n)
		if v.Compare(t.most()) > 0 {
			return r, "", fmt.Sprintf("%s is more than the %s allows, at most %d", text, t.name, t.most().Lo)
		}
		if t.name == "iface_index" {
			return interfaceIndex(n)
		}
		return firewall.One(v), "", ""
	}
	if t.parse != nil {
		if r, unknown, wrong = t.parse(text); wrong == "" {
			return r, unknown, ""
		}
	}
	if n, known := protocolWords[text]; known && !quoted && !t.bitmask && t.bits >= 8 && t.bits <= 16 {
		return firewall.One(firewall.Number(n)), "", ""
	}
	if wrong != "" {
		return r, "", wrong
	}
	return r, "", fmt.Sprintf("%q is no %s", text, t.name)
}

// numberOf is the number that a text is.
func numberOf(text string) (n uint64, ok bool) {
	if text == "" || !isDigit(text[0]) || strings.ContainsAny(text, ".:") {
		return 0, false
	}
	n, err := strconv.ParseUint(text, 0, 64)
	return n, err == nil
}

// protocolWords are the keywords that stand for numbers wherever a value may be.
var protocolWords = table("tcp=6 udp=17 udplite=136 esp=50 ah=51 icmp=1 igmp=2 icmpv6=58 comp=108 dccp=33 sctp=132 redirect=5")

// interfaceIndex is what can be said of an interface by number: the loopback interface is the first in every network namespace.
func interfaceIndex(n uint64) (firewall.Range, string, string) {
	switch n {
	case 0:
		return firewall.One(firewall.Interface("")), "", ""
	case 1:
		return firewall.One(firewall.Interface("lo")), "", ""
	}
	return firewall.Range{}, "which interface has the index " + strconv.FormatUint(n, 10), ""
}

func table(pairs string) map[string]uint64 {
	all := make(map[string]uint64)
	for _, pair := range strings.Fields(pairs) {
		name, number, _ := strings.Cut(pair, "=")
		n, _ := strconv.ParseUint(number, 0, 64)
		all[name] = n
	}
	return all
}

var datatypes = func() map[string]*datatype {
	all := make(map[string]*datatype)
	for _, t := range []*datatype{
		{name: "integer", bits: 64},
		{name: "string", bits: 128, parse: anyText},
		{name: "nf_proto", bits: 8, symbols: table("ipv4=2 ipv6=10")},
		{name: "ipv4_addr", bits: 32, parse: parse4},
		{name: "ipv6_addr", bits: 128, parse: parse6},
		{name: "ether_addr", bits: 48, parse: parseMAC},
		{name: "ll_addr", bits: 48, parse: parseMAC},
		{name: "ether_type", bits: 16, symbols: table("ip=0x0800 ip6=0x86dd arp=0x0806 vlan=0x8100 8021q=0x8100 8021ad=0x88a8")},
		{name: "arp_op", bits: 16, symbols: table("request=1 reply=2 rrequest=3 rreply=4 inrequest=8 inreply=9 nak=10")},
		{name: "inet_proto", bits: 8, parse: parseProtocol},
		{name: "inet_service", bits: 16, parse: parseService},
		{name: "mark", bits: 32},
		{name: "icmp_type", bits: 8, symbols: table("echo-reply=0 destination-unreachable=3 source-quench=4 redirect=5 echo-request=8 router-advertisement=9 router-solicitation=10 " +
			"time-exceeded=11 parameter-problem=12 timestamp-request=13 timestamp-reply=14 info-request=15 info-reply=16 address-mask-request=17 address-mask-reply=18")},
		{name: "icmp_code", bits: 8, symbols: table("net-unreachable=0 host-unreachable=1 prot-unreachable=2 port-unreachable=3 frag-needed=4 net-prohibited=9 host-prohibited=10 admin-prohibited=13")},
		{name: "icmpv6_type", bits: 8, symbols: table("destination-unreachable=1 packet-too-big=2 time-exceeded=3 parameter-problem=4 echo-request=128 echo-reply=129 mld-listener-query=130 " +
			"mld-listener-report=131 mld-listener-done=132 mld-listener-reduction=132 nd-router-solicit=133 nd-router-advert=134 nd-neighbor-solicit=135 nd-neighbor-advert=136 nd-redirect=137 " +
			"router-renumbering=138 ind-neighbor-solicit=141 ind-neighbor-advert=142 mld2-listener-report=143")},
		{name: "icmpv6_code", bits: 8, symbols: table("no-route=0 admin-prohibited=1 addr-unreachable=3 port-unreachable=4 policy-fail=5 reject-route=6")},
		{name: "icmpx_code", bits: 8, symbols: table("no-route=0 port-unreachable=1 host-unreachable=2 admin-prohibited=3")},
		{name: "igmp_type", bits: 8, symbols: table("membership-query=17 membership-report-v1=18 membership-report-v2=22 leave-group=23 membership-report-v3=34")},
		{name: "tcp_flag", bits: 8, bitmask: true, symbols: table("fin=1 syn=2 rst=4 psh=8 ack=16 urg=32 ecn=64 cwr=128")},
		{name: "ct_state", bits: 32, bitmask: true, symbols: table("invalid=1 established=2 related=4 new=8 untracked=64")},
		{name: "ct_status", bits: 32, bitmask: true, symbols: table("expected=1 seen-reply=2 assured=4 confirmed=8 snat=16 dnat=32 seq-adjust=64 snat-done=128 dnat-done=256 dying=512 fixed-timeout=1024 template=2048 helper=8192 offload=16384")},
		{name: "ct_dir", bits: 8, symbols: table("original=0 reply=1")},
		{name: "ct_event", bits: 32, bitmask: true, symbols: table("new=1 related=2 destroy=4 reply=8 assured=16 protoinfo=32 helper=64 mark=128 seqadj=256 secmark=512 label=1024")},
		{name: "ct_label", bits: 128, bitmask: true, parse: anyLabel},
		{name: "pkt_type", bits: 8, symbols: table("host=0 unicast=0 broadcast=1 multicast=2 other=3")},
		{name: "fib_addrtype", bits: 32, symbols: table("unspec=0 unicast=1 local=2 broadcast=3 anycast=4 multicast=5 blackhole=6 unreachable=7 prohibit=8")},
		{name: "dscp", bits: 6, symbols: table("cs0=0 cs1=8 cs2=16 cs3=24 cs4=32 cs5=40 cs6=48 cs7=56 df=0 be=0 lephb=1 af11=10 af12=12 af13=14 af21=18 af22=20 af23=22 af31=26 af32=28 af33=30 af41=34 af42=36 af43=38 va=44 ef=46")},
		{name: "ecn", bits: 2, symbols: table("not-ect=0 ect1=1 ect0=2 ce=3")},
		{name: "boolean", bits: 1, symbols: table("exists=1 missing=0 true=1 false=0")},
		{name: "dccp_pkttype", bits: 4, symbols: table("request=0 response=1 data=2 ack=3 dataack=4 closereq=5 close=6 reset=7 sync=8 syncack=9")},
		{name: "mh_type", bits: 8, symbols: table("binding-refresh-request=0 home-test-init=1 careof-test-init=2 home-test=3 careof-test=4 binding-update=5 binding-acknowledgement=6 binding-error=7 fast-binding-update=8 fast-binding-acknowledgement=9 fast-binding-advertisement=10 experimental-mobility-header=11 home-agent-switch-message=12")},
		{name: "iface_index", bits: 32, parse: parseIndex},
		{name: "iface_type", bits: 16, symbols: table("ether=1 ppp=512 ipip=768 ipip6=769 loopback=772 sit=776 ipgre=778")},
		{name: "ifname", bits: 128, parse: parseName},
		{name: "devgroup", bits: 32, symbols: table("default=0")},
		{name: "uid", bits: 32, symbols: table("root=0 daemon=1 bin=2 sys=3 sync=4 games=5 man=6 lp=7 mail=8 news=9 uucp=10 proxy=13 www-data=33 backup=34 list=38 irc=39 nobody=65534"), parse: account},
		{name: "gid", bits: 32, symbols: table("root=0 daemon=1 bin=2 sys=3 adm=4 tty=5 disk=6 lp=7 mail=8 news=9 uucp=10 man=12 proxy=13 www-data=33 backup=34 users=100 nogroup=65534"), parse: account},
		{name: "time", bits: 64, parse: anyText},
		{name: "hour", bits: 64, parse: anyText},
		{name: "day", bits: 8, symbols: table("Sunday=0 Monday=1 Tuesday=2 Wednesday=3 Thursday=4 Friday=5 Saturday=6 sunday=0 monday=1 tuesday=2 wednesday=3 thursday=4 friday=5 saturday=6")},
		{name: "realm", bits: 32, parse: anyText},
		{name: "classid", bits: 32, parse: anyText},
		{name: "tc_handle", bits: 32, parse: anyText},
		{name: "cgroupsv2", bits: 64, parse: anyText},
		{name: "verdict", bits: 0},
	} {
		all[t.name] = t
	}
	return all
}()

func integer(bits int) *datatype { return &datatype{name: "integer", bits: bits} }

func anyText(text string) (firewall.Range, string, string) {
	return firewall.Range{}, "the meaning of " + strconv.Quote(text), ""
}

func anyLabel(text string) (firewall.Range, string, string) {
	return firewall.Range{}, "the connection label " + text, ""
}

func account(text string) (firewall.Range, string, string) {
	return firewall.Range{}, "the number of the account " + text, ""
}

var hostname = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.[A-Za-z][A-Za-z0-9-]*\.?$`)
})

func parse4(text string) (firewall.Range, string, string) {
	if a, err := netip.ParseAddr(octal(text)); err == nil && a.Is4() {
		return firewall.One(firewall.Address(a)), "", ""
	}
	if text == "localhost" {
		return firewall.One(firewall.Address(netip.AddrFrom4([4]byte{127, 0, 0, 1}))), "", ""
	}
	if hostname().MatchString(text) {
		return firewall.Range{}, "the address of " + text, ""
	}
	return firewall.Range{}, "", fmt.Sprintf("%q is no IPv4 address", text)
}

// octal writes the parts of an address that begin with a zero, which are octal numbers, as decimal ones.
func octal(text string) string {
	if !strings.HasPrefix(text, "0") && !strings.Contains(text, ".0") {
		return text
	}
	parts := strings.Split(text, ".")
	for i, p := range parts {
		if n, err := strconv.ParseUint(p, 8, 8); err == nil && len(p) > 1 && p[0] == '0' {
			parts[i] = strconv.FormatUint(n, 10)
		}
	}
	return strings.Join(parts, ".")
}

func parse6(text string) (firewall.Range, string, string) {
	if a, err := netip.ParseAddr(text); err == nil && a.Is6() && a.Zone() == "" {
		return firewall.One(firewall.Address(a)), "", ""
	}
	if text == "localhost" {
		return firewall.One(firewall.Number(1)), "", ""
	}
	if hostname().MatchString(text) {
		return firewall.Range{}, "the address of " + text, ""
	}
	return firewall.Range{}, "", fmt.Sprintf("%q is no IPv6 address", text)
}

func parseMAC(text string) (r firewall.Range, unknown, wrong string) {
	var v uint64
	groups := strings.Split(text, ":")
	for _, g := range groups {
		n, err := strconv.ParseUint(g, 16, 8)
		if err != nil || len(groups) != 6 {
			return r, "", fmt.Sprintf("%q is no link-layer address", text)
		}
		v = v<<8 | n
	}
	return firewall.One(firewall.Number(v)), "", ""
}

func parseProtocol(text string) (r firewall.Range, unknown, wrong string) {
	if n, known := firewall.ProtocolNumber(text); known {
		return firewall.One(firewall.Number(n)), "", ""
	}
	return r, "", fmt.Sprintf("there is no protocol %q", text)
}

func parseService(text string) (r firewall.Range, unknown, wrong string) {
	if n, known := firewall.Service(text, ""); known {
		return firewall.One(firewall.Number(n)), "", ""
	}
	return r, "", fmt.Sprintf("there is no service %q in /etc/services", text)
}

func parseIndex(text string) (r firewall.Range, unknown, wrong string) {
	if len(text) > 15 {
		return r, "", fmt.Sprintf("the interface name %q is longer than 15 characters", text)
	}
	return firewall.One(firewall.Interface(text)), "", ""
}

// parseName reads an interface's name, where an asterisk at the end stands for any end.
func parseName(text string) (r firewall.Range, unknown, wrong string) {
	prefix, wild := strings.CutSuffix(text, "*")
	if wild && strings.HasSuffix(prefix, `\`) {
		prefix, wild = strings.TrimSuffix(prefix, `\`)+"*", false
	}
	switch {
	case len(prefix) > 15:
		return r, "", fmt.Sprintf("the interface name %q is longer than 15 characters", text)
	case wild && prefix == "":
		return r, "", "every interface is no name: leave the match out"
	case text == "":
		return r, "", "the name of an interface is empty"
	case wild:
		return firewall.Interfaces(prefix), "", ""
	}
	return firewall.One(firewall.Interface(prefix)), "", ""
}

func typeNames() []string { return slices.Sorted(maps.Keys(datatypes)) }
