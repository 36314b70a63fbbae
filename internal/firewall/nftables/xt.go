package nftables

import (
	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Targets of iptables that change nothing of a packet's fate.
var idle = words("LOG NFLOG ULOG TRACE CLASSIFY DSCP TOS TTL HL TCPMSS TCPOPTSTRIP AUDIT CHECKSUM SECMARK CONNSECMARK IDLETIMER LED RATEEST SET TEE HMARK ECN")

// xtension is a match or target of iptables of which nft prints the name alone: its options are lost.
func xtension(kind, name string, at fact.Span) stmt {
	why := "iptables " + kind + " " + name
	switch {
	case kind == "watcher" || kind == "match" && name == "comment" || kind == "target" && idle[name]:
		return &plainStmt{at, why}
	case kind == "match":
		return &opaqueStmt{at: at, why: why}
	}
	value := &expr{kind: kUnknown, text: why, at: at}
	mark := func(class string) stmt {
		return &mangleStmt{at: at, left: &expr{kind: kSelector, at: at, sel: &selector{class: class, field: "mark", at: at}}, value: value}
	}
	switch name {
	case "MARK":
		return mark("meta")
	case "CONNMARK":
		return mark("ct")
	case "REJECT":
		return &rejectStmt{at: at}
	case "CT":
		return &untrackStmt{at: at, why: why}
	case "SNAT", "MASQUERADE", "DNAT", "REDIRECT":
		verb := map[string]string{"SNAT": "snat", "MASQUERADE": "masquerade", "DNAT": "dnat", "REDIRECT": "redirect"}[name]
		return &natStmt{at: at, verb: verb, why: why}
	}
	return &opaqueStmt{at: at, why: why, final: true}
}

// lost puts the doubt into a chain whose device is not told, as nft 1.0.6 leaves it out of its JSON.
func lost(c *firewall.Chain) {
	if c.Hook != firewall.Ingress && c.Hook != firewall.Egress || len(c.Devices) > 0 {
		return
	}
	c.Devices = []string{"*"}
	doubt := firewall.When{Expr: firewall.Unknown{Why: "which device the chain has", At: c.At}}
	for _, r := range c.Rules {
		r.Steps = append([]firewall.Step{doubt}, r.Steps...)
	}
	if c.Policy.Kind == firewall.Drop {
		c.Policy = firewall.Verdict{}
		c.Rules = append(c.Rules, &firewall.Rule{Steps: []firewall.Step{doubt, firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Drop}}}, Text: "policy drop", At: c.At})
	}
}
