package nftables

import (
	"maps"
	"slices"

	"sallyport/internal/firewall"
)

// A field is what a selector means.
type field struct {
	name string
	typ  *datatype
	// id is the model's field, where has is set.
	id  firewall.Field
	has bool
	// is, where set, is the condition that the field, under a mask (zero for none), has a value of the set.
	is func(mask firewall.Value, set firewall.Set) firewall.Expr
	// why is the reason for which values cannot be told.
	why string
	// usual says that the first packet of a connection usually has the value zero, but for the bits of unusual.
	usual   bool
	unusual uint64
	value   firewall.Value // instead of zero
	boolean bool           // the usual value is one of yes and no, and says nothing of others
}

// A headerField is a field of a header by its type, or by its bits; id is -1 where the model has none.
type headerField struct {
	typ  string
	bits int
	id   int
}

func plain(typ string, id firewall.Field) headerField { return headerField{typ: typ, id: int(id)} }
func bits(n int) headerField                          { return headerField{bits: n, id: -1} }
func typed(typ string) headerField                    { return headerField{typ: typ, id: -1} }

var ports = map[string]headerField{"sport": plain("inet_service", firewall.SourcePort), "dport": plain("inet_service", firewall.Port)}

func withPorts(more map[string]headerField) map[string]headerField {
	maps.Copy(more, ports)
	return more
}

// headers are the headers and their fields: nft(8), "Payload expressions".
var headers = map[string]map[string]headerField{
	"ether": {"daddr": typed("ether_addr"), "saddr": typed("ether_addr"), "type": typed("ether_type")},
	"vlan":  {"id": bits(12), "dei": bits(1), "cfi": bits(1), "pcp": bits(3), "type": typed("ether_type")},
	"arp": {
		"htype": bits(16), "ptype": typed("ether_type"), "hlen": bits(8), "plen": bits(8), "operation": typed("arp_op"), "saddr ether": typed("ether_addr"),
		"daddr ether": typed("ether_addr"), "saddr ip": typed("ipv4_addr"), "daddr ip": typed("ipv4_addr"),
	},
	"ip": {
		"version": bits(4), "hdrlength": bits(4), "dscp": typed("dscp"), "ecn": typed("ecn"), "length": bits(16), "id": bits(16), "frag-off": bits(16), "ttl": bits(8),
		"protocol": plain("inet_proto", firewall.Protocol), "checksum": bits(16), "saddr": plain("ipv4_addr", firewall.Source), "daddr": plain("ipv4_addr", firewall.Destination),
	},
	"ip6": {
		"version": bits(4), "dscp": typed("dscp"), "ecn": typed("ecn"), "flowlabel": bits(20), "length": bits(16), "nexthdr": plain("inet_proto", firewall.Protocol), "hoplimit": bits(8),
		"saddr": plain("ipv6_addr", firewall.Source), "daddr": plain("ipv6_addr", firewall.Destination),
	},
	"icmp": {"type": plain("icmp_type", firewall.ICMPType), "code": plain("icmp_code", firewall.ICMPCode), "checksum": bits(16), "id": bits(16), "sequence": bits(16), "gateway": typed("ipv4_addr"), "mtu": bits(16)},
	"icmpv6": {
		"type": plain("icmpv6_type", firewall.ICMPType), "code": plain("icmpv6_code", firewall.ICMPCode), "checksum": bits(16), "id": bits(16), "sequence": bits(16), "mtu": bits(32), "max-delay": bits(16),
		"parameter-problem": bits(32), "taddr": typed("ipv6_addr"), "daddr": typed("ipv6_addr"),
	},
	"igmp":    {"type": typed("igmp_type"), "mrt": bits(8), "checksum": bits(16), "group": typed("ipv4_addr")},
	"udp":     withPorts(map[string]headerField{"length": bits(16), "checksum": bits(16)}),
	"udplite": withPorts(map[string]headerField{"csumcov": bits(16), "checksum": bits(16)}),
	"tcp": withPorts(map[string]headerField{
		"sequence": bits(32), "ackseq": bits(32), "doff": bits(4), "reserved": bits(4), "flags": plain("tcp_flag", firewall.TCPFlags), "window": bits(16), "checksum": bits(16),
		"urgptr": bits(16),
	}),
	"sctp": withPorts(map[string]headerField{"vtag": bits(32), "checksum": bits(32)}),
	"dccp": withPorts(map[string]headerField{"type": typed("dccp_pkttype")}),
	"th":   withPorts(map[string]headerField{}),
	"ah":   {"nexthdr": typed("inet_proto"), "hdrlength": bits(8), "reserved": bits(16), "spi": bits(32), "sequence": bits(32)},
	"esp":  {"spi": bits(32), "sequence": bits(32)},
	"comp": {"nexthdr": typed("inet_proto"), "flags": bits(8), "cpi": bits(16)},
}

// transports are the headers behind the network's, with the numbers of their protocols.
var transports = map[string]uint8{"icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "dccp": 33, "esp": 50, "ah": 51, "icmpv6": 58, "comp": 108, "sctp": 132, "udplite": 136}

// metaFields are the meta keys; what the model has not is unknown by its name.
var metaFields = map[string]headerField{
	"length": bits(32), "nfproto": typed("nf_proto"), "l4proto": plain("inet_proto", firewall.Protocol), "protocol": typed("ether_type"), "priority": typed("tc_handle"),
	"mark": plain("mark", firewall.Mark), "iif": plain("iface_index", firewall.InInterface), "iifname": plain("ifname", firewall.InInterface), "iiftype": typed("iface_type"),
	"oif": plain("iface_index", firewall.OutInterface), "oifname": plain("ifname", firewall.OutInterface), "oiftype": typed("iface_type"),
	"skuid": plain("uid", firewall.User), "skgid": plain("gid", firewall.Group), "nftrace": bits(1), "rtclassid": typed("realm"), "pkttype": plain("pkt_type", firewall.PacketType),
	"ibriport": typed("ifname"), "obriport": typed("ifname"), "ibrname": typed("ifname"), "obrname": typed("ifname"), "ibrpvid": bits(16), "ibrvproto": typed("ether_type"),
	"cpu": bits(32), "iifgroup": typed("devgroup"), "oifgroup": typed("devgroup"), "cgroup": bits(32), "random": bits(32), "ipsec": typed("boolean"), "secpath": typed("boolean"),
	"iifkind": typed("ifname"), "oifkind": typed("ifname"), "time": typed("time"), "day": typed("day"), "hour": typed("hour"), "sdif": typed("iface_index"), "sdifname": typed("ifname"),
	"broute": bits(8), "ibrhwaddr": typed("ether_addr"), "secmark": bits(32),
}

// ctFields are the keys of connection tracking.
var ctFields = map[string]headerField{
	"state": plain("ct_state", firewall.ConnState), "direction": plain("ct_dir", firewall.ConnDirection), "status": plain("ct_status", firewall.ConnStatus), "mark": plain("mark", firewall.ConnMark),
	"expiration": typed("time"), "helper": typed("string"), "label": typed("ct_label"), "l3proto": typed("nf_proto"), "protocol": plain("inet_proto", firewall.Protocol),
	"saddr": bits(128), "daddr": bits(128), "ip saddr": typed("ipv4_addr"), "ip daddr": typed("ipv4_addr"), "ip6 saddr": typed("ipv6_addr"), "ip6 daddr": typed("ipv6_addr"),
	"proto-src": typed("inet_service"), "proto-dst": typed("inet_service"), "bytes": bits(64), "packets": bits(64), "avgpkt": bits(64), "zone": bits(16), "id": bits(32),
	"event": typed("ct_event"), "secmark": bits(32), "count": bits(32),
}

func (h headerField) field(name string) *field {
	f := &field{name: name, typ: datatypes[h.typ]}
	if h.typ == "" {
		f.typ = integer(h.bits)
	}
	if h.id >= 0 {
		f.id, f.has = firewall.Field(h.id), true
	} else {
		f.why = name
		if plain := reasons[name]; plain != "" {
			f.why = plain
		}
	}
	return f
}

// reasons say in plain words why a field cannot be told.
var reasons = map[string]string{
	"hour": "the time of day", "day": "the day of the week", "time": "the date", "meta length": "the length of the packet", "ip length": "the length of the packet",
	"ip ttl": "the packet's time to live", "ip6 hoplimit": "the packet's hop limit", "cgroup": "the control group of the process", "ether saddr": "the sender's link-layer address",
}

func names[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
