package firewalld

import (
	"cmp"
	"net/netip"

	"sallyport/internal/firewall"
)

func is[N ~int | ~uint8 | ~uint16 | ~uint32 | ~uint64](f firewall.Field, numbers ...N) firewall.Is {
	return firewall.Is{Field: f, Set: firewall.Values(numbers...)}
}

func loopback(f firewall.Field) firewall.Expr {
	return firewall.Is{Field: f, Set: firewall.NewSet(firewall.One(firewall.Interface("lo")))}
}

// base makes what is there whatever the zones say: the base chains, and what is decided before and after the zones.
func (b *builder) base() {
	offset := 10 // behind iptables, whose drops count and whose accepts do not
	if b.c.settings.iptables {
		offset = 0
	}
	for _, h := range allHooks {
		chain := b.newChain(h.chain())
		chain.Hook, chain.Kind, chain.Priority = h.hook, h.kind, h.priority+offset
	}
	for _, h := range []hook{mangle, prerouting, postrouting, input, forward, natOutput, output} {
		b.newChain(h.chain() + "_POLICIES_pre")
		if h != natOutput && h != output {
			b.newChain(h.chain() + "_ZONES")
		}
		b.newChain(h.chain() + "_POLICIES_post")
	}
	if b.c.settings.rpfilter {
		b.own(early.chain(), "icmpv6 type { nd-router-advert, nd-neighbor-solicit } accept", when(protocolIs(58), is(firewall.ICMPType, 134, 135)), accept())
		b.own(early.chain(), "meta nfproto ipv6 fib saddr . mark . iif oif missing drop",
			when(familyIs(6)), firewall.Limit{What: "source addresses that are not behind the interface (IPv6_rpfilter)"}, drop())
	}
	for _, h := range []hook{mangle, prerouting, postrouting} {
		b.jump(h.chain(), h.chain()+"_ZONES")
	}
	for _, h := range []hook{input, forward} {
		b.own(h.chain(), "ct state { established, related } accept", when(is(firewall.ConnState, firewall.StateEstablished, firewall.StateRelated)), accept())
		b.own(h.chain(), "ct status dnat accept", when(firewall.Not{Expr: firewall.Is{Field: firewall.ConnStatus, Mask: firewall.Number(32), Set: firewall.Values(0)}}), accept())
		b.own(h.chain(), `iifname "lo" accept`, when(loopback(firewall.InInterface)), accept())
		b.own(h.chain(), "ct state invalid drop", when(is(firewall.ConnState, firewall.StateInvalid)), drop())
		if h == forward && b.c.settings.rfc3964 {
			b.sixToFour(h)
		}
		b.jump(h.chain(), h.chain()+"_ZONES")
		b.own(h.chain(), "reject with icmpx admin-prohibited", reject(prohibited))
	}
	b.own(output.chain(), "ct state { established, related } accept", when(is(firewall.ConnState, firewall.StateEstablished, firewall.StateRelated)), accept())
	b.own(output.chain(), `oifname "lo" accept`, when(loopback(firewall.OutInterface)), accept())
	if b.c.settings.rfc3964 {
		b.sixToFour(output)
	}
	for _, h := range []hook{output, natOutput} {
		b.jump(h.chain(), h.chain()+"_POLICIES_pre")
		b.jump(h.chain(), h.chain()+"_POLICIES_post")
	}
}

// sixToFour rejects what RFC 3964 says must not leave as IPv6: IPv4 addresses of no public network inside of IPv6 ones.
func (b *builder) sixToFour(h hook) {
	var ranges []firewall.Range
	for _, p := range []string{
		"::/96", "::ffff:0:0/96", "2002::/24", "2002:a00::/24", "2002:7f00::/24", "2002:ac10::/28",
		"2002:c0a8::/32", "2002:a9fe::/32", "2002:e000::/19",
	} {
		ranges = append(ranges, firewall.Prefix(netip.MustParsePrefix(p)))
	}
	b.own(h.chain(), "reject with icmpv6 addr-unreachable (RFC3964_IPv4)",
		when(familyIs(6), firewall.Is{Field: firewall.Destination, Set: firewall.NewSet(ranges...)}), reject("icmpv6 addr-unreachable"))
}

// sections makes the chains of a zone or policy on a hook, and what is decided where none of its rules does.
func (b *builder) sections(h hook, o *object) {
	name := h.of(o)
	b.newChain(name).At = o.at.at
	for _, s := range sections {
		b.newChain(name + "_" + s)
	}
	if o.zone {
		b.jump(name, h.chain()+"_POLICIES_pre")
	}
	for _, s := range sections {
		b.jump(name, name+"_"+s)
	}
	if o.zone {
		b.jump(name, h.chain()+"_POLICIES_post")
	}
	if h == input && o.zone {
		b.icmp(name, o)
	}
	if h.table != "filter" {
		return
	}
	target := map[string]firewall.Step{"ACCEPT": accept(), "DROP": drop(), "REJECT": reject(prohibited)}[o.target]
	if target == nil && o.zone {
		target = reject(prohibited)
	}
	if target != nil {
		rule := &firewall.Rule{Steps: []firewall.Step{target}, Text: o.rest(), At: o.at.at}
		b.chains[name].Rules = append(b.chains[name].Rules, rule)
	}
}

// rest names what decides where nothing in the zone or policy does.
func (o *object) rest() string {
	kind := "policy"
	if o.zone {
		kind = "zone"
	}
	return kind + " " + o.name + ", target " + cmp.Or(o.target, "default")
}

// icmp is what becomes of ICMP that no rule of the zone names.
func (b *builder) icmp(chain string, z *object) {
	if z.target == "DROP" || z.target == "REJECT" || z.target == "ACCEPT" && z.inversion == nil {
		return
	}
	step, at := accept(), z.at
	text := "meta l4proto { icmp, ipv6-icmp } accept"
	if z.inversion != nil {
		step, at, text = reject(prohibited), z.inversion, z.inversion.source
	}
	rule := &firewall.Rule{Steps: []firewall.Step{when(protocolIs(1, 58)), step}, Text: text, At: at.at}
	b.chains[chain].Rules = append(b.chains[chain].Rules, rule)
}
