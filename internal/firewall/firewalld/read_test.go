package firewalld

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// tree is a folder of firewalld's, of files below etc/firewalld.
func tree(files ...string) fstest.MapFS {
	t := fstest.MapFS{"etc/firewalld/firewalld.conf": {Data: []byte("DefaultZone=public\n")}}
	for i := 0; i < len(files); i += 2 {
		t["etc/firewalld/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return t
}

func chain(set *firewall.Ruleset, name string) *firewall.Chain {
	for _, c := range set.Chains {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func texts(c *firewall.Chain) string {
	var all []string
	if c != nil {
		for _, r := range c.Rules {
			all = append(all, r.Text)
		}
	}
	return strings.Join(all, "\n")
}

func TestPlaces(t *testing.T) {
	zone := "<?xml version=\"1.0\"?>\n<zone>\n  <service name=\"http\"/>\n\t<rule priority=\"-5\">\n    <port port=\"443\"\n protocol=\"tcp\"/><accept/>\n  </rule>\n  <source address=\"10.0.0.0/8\"/>\n</zone>\n"
	set, err := Read(tree("zones/public.xml", zone), "etc/firewalld")
	if err != nil || set.Refused != nil || set.Mistakes != nil {
		t.Fatal(err, set)
	}
	const file = "etc/firewalld/zones/public.xml"
	for _, c := range []struct {
		chain, text string
		at          fact.Span
	}{
		{"filter_IN_public_allow", `<service name="http"/>`, fact.Span{File: file, Line: 3, Column: 3, EndLine: 3, EndColumn: 25}},
		{"filter_IN_public_pre", `<rule priority="-5"><port port="443" protocol="tcp"/><accept/></rule>`, fact.Span{File: file, Line: 4, Column: 2, EndLine: 7, EndColumn: 10}},
		{"filter_INPUT_ZONES", `<source address="10.0.0.0/8"/>`, fact.Span{File: file, Line: 8, Column: 3, EndLine: 8, EndColumn: 33}},
	} {
		r := chain(set, c.chain).Rules[0]
		if r.Text != c.text || r.At != c.at {
			t.Errorf("%s: %q at %+v, want %q at %+v", c.chain, r.Text, r.At, c.text, c.at)
		}
	}
}

func TestStock(t *testing.T) {
	set, err := Read(tree(), "etc/firewalld")
	if err != nil || set.Refused != nil || set.Partial != nil {
		t.Fatal(err, set)
	}
	want := "<service name=\"ssh\"/>\n<service name=\"dhcpv6-client\"/>"
	if got := texts(chain(set, "filter_IN_public_allow")); got != want {
		t.Errorf("public allows %s, want %s", got, want)
	}
	if rules := chain(set, "filter_IN_policy_allow-host-ipv6_allow").Rules; len(rules) != 4 {
		t.Errorf("the stock policy has %d rules", len(rules))
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"zones/public.xml", "<zone>\n<service name=\"nosuch\"/></zone>", "etc/firewalld/zones/public.xml:2:1: there is no service nosuch"},
		{"zones/public.xml", "<zone>\n<sevice name=\"ssh\"/></zone>", "etc/firewalld/zones/public.xml:2:1: unexpected element <sevice>"},
		{"zones/public.xml", "<zone target=\"REJECT\"/>", "etc/firewalld/zones/public.xml:1:1: a zone cannot have the target REJECT"},
		{"zones/public.xml", "<zone><port port=\"70000\" protocol=\"tcp\"/></zone>", `"70000" is no port`},
		{"zones/public.xml", "<zone><port port=\"70\" protocol=\"icmp\"/></zone>", `"icmp" is not tcp, udp, sctp or dccp`},
		{"zones/public.xml", "<zone><port port=\"70\"/></zone>", "<port> has no attribute protocol"},
		{"zones/public.xml", "<zone><service name=\"ssh\" port=\"1\"/></zone>", "<service> has the unexpected attribute port"},
		{"zones/public.xml", "<zone>\n<service", "not well-formed XML"},
		{"zones/public.xml", "<zone><source address=\"10.0.0.0/33\"/></zone>", "10.0.0.0/33 is no address"},
		{"zones/public.xml", "<zone><source ipset=\"none\"/></zone>", "there is no ipset none"},
		{"zones/public.xml", "<zone><icmp-block name=\"none\"/></zone>", "there is no ICMP type none"},
		{"zones/a-name-that-is-long.xml", "<zone/>", "is no name that a zone or policy can have"},
		{"policies/p.xml", "<policy target=\"ACCEPT\" priority=\"0\"/>", "the priority 0"},
		{"policies/p.xml", "<policy target=\"ACCEPT\"><ingress-zone name=\"HOST\"/><egress-zone name=\"HOST\"/></policy>", "from HOST to HOST"},
		{"policies/p.xml", "<policy target=\"ACCEPT\"><ingress-zone name=\"ANY\"/><ingress-zone name=\"work\"/></policy>", "ANY and HOST stand alone"},
		{"policies/public.xml", "<policy target=\"ACCEPT\"/>", "both called public"},
		{"services/s.xml", "<service><include service=\"nosuch\"/></service>", "there is no service nosuch"},
		{"ipsets/s.xml", "<ipset type=\"bitmap:port\"/>", "no type of an ipset"},
	} {
		set, err := Read(tree(c.file, c.text), "etc/firewalld")
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if set.Refused != nil || len(set.Mistakes) != 1 || !strings.Contains(set.Mistakes[0].Error(), c.want) {
			t.Errorf("%s: refused %v, want %s", c.text, set.Mistakes, c.want)
		}
		if got := texts(chain(set, "filter_IN_public_allow")); !strings.Contains(got, "ssh") {
			t.Errorf("%s: the stock zone is not in effect: %s", c.text, got)
		}
	}
}

func TestIgnoredRules(t *testing.T) {
	for _, rule := range []string{
		`<rule><source address="10.0.0.1"/><drop/></rule>`,
		`<rule family="ipv4"><source address="fd00::1"/><drop/></rule>`,
		`<rule family="ipv5"><port port="1" protocol="tcp"/><accept/></rule>`,
		`<rule><port port="1" protocol="tcp"/></rule>`,
		`<rule><port port="1" protocol="tcp"/><port port="2" protocol="tcp"/><accept/></rule>`,
		`<rule><accept/></rule>`,
		`<rule><icmp-block name="echo-request"/><accept/></rule>`,
		`<rule><port port="1" protocol="tcp"/><reject type="host-prohib"/></rule>`,
	} {
		set, err := Read(tree("zones/public.xml", "<zone>"+rule+"</zone>"), "etc/firewalld")
		if err != nil || set.Refused != nil || set.Mistakes != nil {
			t.Fatal(err, set.Refused)
		}
		rules := chain(set, "filter_IN_public_deny").Rules
		if len(rules) != 1 || !strings.HasPrefix(rules[0].Comment, "firewalld leaves this rule out: ") {
			t.Errorf("%s: %+v", rule, rules)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"", "\ufeff<zone/>", "<zone>\r\n<service name=\"http\"/>\r\n</zone>", "<zone>\x00</zone>", strings.Repeat("<zone>", 2000),
		`<zone target="ACCEPT"><source address="10.0.0.0/255.0.255.0"/><source ipset="s"/><interface name="+"/><interface name="eth+"/><forward/></zone>`,
		`<zone><rule family="ipv6" priority="3"><destination address="[fd00::]/8" invert="yes"/><service name="mdns"/><mark set="0x1/0xf"/></rule></zone>`,
		`<zone><forward-port port="1-9" protocol="sctp" to-addr="::1"/><port port="ssh-telnet" protocol="tcp"/><icmp-block-inversion/></zone>`,
		`<!DOCTYPE zone [<!ENTITY a "b">]><zone>&a;</zone>`, `<?xml version="1.0" encoding="latin1"?><zone/>`,
	} {
		f.Add(seed, `<policy target="DROP"><ingress-zone name="HOST"/><egress-zone name="work"/><rule priority="1"><drop/></rule></policy>`, `<ipset type="hash:ip,port"><entry>1.2.3.4,udp:5-9</entry></ipset>`)
	}
	f.Fuzz(func(t *testing.T, zone, policy, set string) {
		got, err := Read(tree("zones/work.xml", zone, "policies/p.xml", policy, "ipsets/s.xml", set, "services/s.xml", zone, "zones/mix/a.xml", zone), "etc/firewalld")
		var mistake *fact.Error
		if err != nil && !errors.As(err, &mistake) {
			t.Fatalf("an error without a place: %v", err)
		}
		if (got == nil) == (err == nil) {
			t.Fatal(got, err)
		}
	})
}
