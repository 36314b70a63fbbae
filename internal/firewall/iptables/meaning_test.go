package iptables_test

import (
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/iptables"
	"sallyport/internal/firewall/kerneltest"
	"sallyport/internal/firewall/reach"
)

// meet asks what TCP to the host meets.
func meet(t *testing.T, set *firewall.Ruleset, from, to string) (accepted, unknown string) {
	t.Helper()
	m, err := reach.New(set, kerneltest.Local()...)
	if err != nil {
		t.Fatal(err)
	}
	a := m.Ask(reach.Flow{Hook: firewall.Input, In: "eth0", From: netip.MustParseAddr(from), To: netip.MustParseAddr(to), Protocol: 6})
	return kerneltest.Show(a.Accepted), kerneltest.Show(a.Unknown)
}

// TestMeaning holds what the kernel was seen to do, each found by asking it.
func TestMeaning(t *testing.T) {
	for name, c := range map[string]struct {
		family            int
		rules             string
		accepted, unknown string
	}{
		"untracked or translated":        {4, "*raw\n-A PREROUTING -j NOTRACK\nCOMMIT\n*filter\n-A INPUT -p tcp --dport 1:99 -m conntrack --ctstate DNAT,UNTRACKED -j DROP\nCOMMIT\n", "100-65535", ""},
		"no entry, and a state":          {4, "*raw\n-A PREROUTING -j NOTRACK\nCOMMIT\n*filter\n-A INPUT -p tcp --dport 1:99 -m conntrack --ctstate UNTRACKED --ctdir REPLY -j DROP\nCOMMIT\n", "100-65535", ""},
		"no entry, nothing holds":        {4, "*raw\n-A PREROUTING -j NOTRACK\nCOMMIT\n*filter\n-A INPUT -m conntrack ! --ctproto udp -j DROP\n-A INPUT -m connmark ! --mark 7 -j DROP\nCOMMIT\n", "1-65535", ""},
		"types together, IPv6":           {6, "*filter\n-A INPUT -m addrtype --dst-type LOCAL,MULTICAST -j DROP\nCOMMIT\n", "1-65535", ""},
		"unicast is the host's, IPv6":    {6, "*filter\n-A INPUT -m addrtype --dst-type UNICAST -j DROP\nCOMMIT\n", "", ""},
		"unicast is not the host's":      {4, "*filter\n-A INPUT -m addrtype --dst-type UNICAST -j DROP\nCOMMIT\n", "1-65535", ""},
		"UDP's ports are cut to 16 bits": {4, "*filter\n-A INPUT -p udp --dport 65537 -j DROP\n-A INPUT -p tcp --dport 0x16 -j DROP\nCOMMIT\n", "1-21,23-65535", ""},
		"no interface called +":          {4, "*filter\n-A INPUT ! -i + -j DROP\n-A INPUT -f -j DROP\n-A INPUT -p tcp --dport 5 ! -f -j DROP\nCOMMIT\n", "1-4,6-65535", ""},
		"a mark's bits":                  {4, "*mangle\n-A PREROUTING -j MARK --set-mark 0x3\n-A PREROUTING -j CONNMARK --save-mark --mask 0x1\n-A PREROUTING -j MARK --and-mark 0\n-A PREROUTING -p tcp --dport 1:9 -j CONNMARK --restore-mark --mask 0x3\nCOMMIT\n*filter\n-A INPUT -m mark --mark 0x1/0xf -j DROP\nCOMMIT\n", "10-65535", ""},
		"restored where it was set":      {4, "*mangle\n-A PREROUTING -p tcp --dport 7 -j CONNMARK --set-mark 0x12340000\n-A PREROUTING -j CONNMARK --restore-mark --mask 0xffff0000\nCOMMIT\n*filter\n-A INPUT -m mark --mark 0x12340000/0xffff0000 -j DROP\nCOMMIT\n", "1-6,8-65535", ""},
		"recent, written before":         {4, "*filter\n-A INPUT -p tcp --dport 22 -m recent --name K --rcheck -j DROP\n-A INPUT -p tcp --dport 7000 -m recent --name K --set\nCOMMIT\n", "1-65535", ""},
		"recent, just written":           {4, "*filter\n-A INPUT -p tcp -m recent --name K --set\n-A INPUT -p tcp --dport 22 -m recent --name K --rcheck -j DROP\nCOMMIT\n", "1-21,23-65535", "22"},
		"limits of the first":            {4, "*filter\n-A INPUT -p tcp --dport 1 -m hashlimit --hashlimit-above 5/min --hashlimit-name x -j DROP\n-A INPUT -p tcp --dport 2 -m connlimit --connlimit-above 0 -j DROP\n-A INPUT -p tcp --dport 3 -m limit --limit 1/day -j DROP\n-A INPUT -p tcp --dport 4 -m quota --quota 0 -j DROP\nCOMMIT\n", "1,4-65535", ""},
		"extension headers":              {6, "*filter\n-A INPUT -m rt --rt-type 0 -j DROP\n-A INPUT -p tcp --dport 9 -m frag --fragfirst -j ACCEPT\n-A INPUT -p tcp --dport 9:10 -j DROP\nCOMMIT\n", "1-8,11-65535", "9"},
		"other matches":                  {4, "*filter\n-A INPUT -p tcp --dport 1 -m time --timestart 08:00 -j DROP\n-A INPUT -p tcp --dport 2 -m geoip --src-cc CN,RU -j DROP\n-A INPUT -p tcp --dport 3 -j TARPIT\n-A INPUT -p tcp --dport 4 -j NFQUEUE\n-A INPUT -s example.com -p tcp --dport 5 -j DROP\nCOMMIT\n", "6-65535", "1-5"},
		"a table of its own":             {4, "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n*nat\n-A PREROUTING -j NOSUCH\nCOMMIT\n", "22", ""},
		"the last one counts":            {4, "*filter\n:INPUT DROP [0:0]\nCOMMIT\n*filter\n-A INPUT -p tcp --dport 22 -j DROP\nCOMMIT\n", "1-21,23-65535", ""},
		"nothing before COMMIT":          {4, "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\n", "1-65535", ""},
		"CR LF":                          {4, "*filter\r\n:INPUT DROP [0:0]\r\nCOMMIT\r\n", "1-65535", ""},
		"numbers as strtoul has them":    {4, "*filter\n:INPUT DROP [0:0]\n-A INPUT -s 012.0115.0.2 -p tcp --dport 022 -j ACCEPT\n-A INPUT -s 0/0 -p 6 --dport +80 -j ACCEPT\nCOMMIT\n", "18,80", ""},
		"from the other program":         {4, "*filter\n:INPUT DROP [0:0]\n-6 -A INPUT -s fd77::1 -j ACCEPT\n-4 -A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n", "22", ""},
		"-D finds it however written":    {4, "*filter\n-A INPUT -p tcp -m tcp --dport 22 -m state --state NEW -j REJECT\n-A INPUT -p tcp --dport 23 -j DROP\n-D INPUT -p 6 --destination-port ssh -m state --state new -j REJECT --reject-with port-unreach\nCOMMIT\n", "1-22,24-65535", ""},
	} {
		rules := c.rules
		for _, table := range []string{"raw", "mangle", "filter", "nat"} {
			rules = strings.Replace(rules, "*"+table+"\n-", "*"+table+"\n:U - [0:0]\n-", 1)
		}
		set, err := iptables.Read(fstest.MapFS{"r": {Data: []byte(rules)}}, "r", c.family, nil)
		if err != nil {
			t.Error(name, err)
			continue
		}
		from, to := "10.77.0.2", "10.77.0.1"
		if c.family == 6 {
			from, to = "fd77::2", "fd77::1"
		}
		if accepted, unknown := meet(t, set, from, to); accepted != c.accepted || unknown != c.unknown {
			t.Errorf("%s: accepted %s, want %s; unknown %s, want %s %v", name, accepted, c.accepted, unknown, c.unknown, set.Mistakes)
		}
	}
}

// TestSets: the longest prefix decides, holes are holes, and of hash:net,iface a network ends the search.
func TestSets(t *testing.T) {
	for name, c := range map[string]struct{ sets, rule, accepted string }{
		"a hole":              {"create s hash:net\nadd s 10.0.0.0/8\nadd s 10.77.0.0/16 nomatch\nadd s 10.77.0.2", "src", ""},
		"in a hole":           {"create s hash:net\nadd s 10.0.0.0/8\nadd s 10.77.0.0/24 nomatch\nadd s 10.77.0.200", "src", "1-65535"},
		"the destination":     {"create s hash:ip\nadd s 10.77.0.1", "dst", ""},
		"ports":               {"create s hash:net,port\nadd s 10.0.0.0/8,80-90\nadd s 10.77.0.0/24,tcp:85 nomatch\nadd s 10.0.0.0/8,udp:5", "src,dst", "1-79,85,91-65535"},
		"too few parts asked": {"create s hash:ip,port\nadd s 10.77.0.2,80", "src", "1-65535"},
		"another interface":   {"create s hash:net,iface\nadd s 10.0.0.0/8,eth0\nadd s 10.77.0.0/16,eth1", "src,src", "1-65535"},
		"this interface":      {"create s hash:net,iface\nadd s 10.0.0.0/8,eth1\nadd s 10.77.0.0/16,eth0", "src,src", ""},
		"lists":               {"create a hash:ip\nadd a 10.77.0.2\ncreate s list:set\nadd s a", "src", ""},
		"all addresses":       {"create s hash:net\nadd s 0.0.0.0/1\nadd s 128.0.0.0/1", "src", ""},
		"swapped":             {"create s hash:ip\ncreate n hash:ip\nadd n 10.77.0.2\nswap n s\ndestroy n", "src", ""},
		"ports alone":         {"create s bitmap:port range 1-1024\nadd s 22\nadd s 80-443", "dst", "1-21,23-79,444-65535"},
		"a netmask":           {"create s hash:ip netmask 24\nadd s 10.77.0.77", "src", ""},
	} {
		fsys := fstest.MapFS{"s": {Data: []byte(c.sets + "\n")}, "r": {Data: []byte("*filter\n-A INPUT -m set --match-set s " + c.rule + " -j DROP\nCOMMIT\n")}}
		sets, mistakes, err := iptables.ReadSets(fsys, "s")
		if err != nil || mistakes != nil {
			t.Error(name, err, mistakes)
			continue
		}
		set, err := iptables.Read(fsys, "r", 4, sets)
		if err != nil || set.Mistakes != nil {
			t.Error(name, err, set.Mistakes)
			continue
		}
		if accepted, _ := meet(t, set, "10.77.0.2", "10.77.0.1"); accepted != c.accepted {
			t.Errorf("%s: accepted %s, want %s", name, accepted, c.accepted)
		}
	}
}

// TestSetMistakes: where ipset restore stops.
func TestSetMistakes(t *testing.T) {
	for text, line := range map[string]int{
		"create a hash:ip\nadd a 10.0.0.1\nadd a 10.0.0.1\n": 3, "create a hash:ip\nadd a 10.0.0.0/30\nadd a 10.0.0.1\n": 3, "create a hash:ip\ncreate a hash:ip\n": 2,
		"add b 10.0.0.1\n": 1, "create a hash:ip\nadd a fd77::1\n": 2, "create a hash:net\nadd a 0.0.0.0/0\n": 2, "create a hash:net,iface\nadd a 0.0.0.0/0,eth0\n": 0,
		"create a hash:bad\n": 1, "create a hash:ip bad 5\n": 1, "create a hash:ip,port\nadd a 10.0.0.1\n": 2, "create a bitmap:port\n": 1, "create a bitmap:port range 1-5\nadd a 6\n": 2,
		"create a list:set\nadd a nosuch\n": 2, "create a hash:ip\nadd a 10.0.0.1 nomatch\n": 2, "create a hash:ip\nadd a 10.0.0.1 timeout 5\n": 2, "create a hash:ip\ndel a 10.0.0.1\n": 2,
		"create a hash:ip -exist\ncreate a hash:ip -exist\nadd a 10.0.0.1 -exist\nadd a 10.0.0.1 -exist\n": 0, "-N a iphash\n-A a 10.0.0.1\n": 0,
		"create a hash:net,port\nadd a 10.0.0.0/8,http\nadd a 10.0.0.0/8,17:5\nadd a 10.1.0.0/16,80\n": 0, "create a hash:net,port\nadd a 10.0.0.0/8,5-10\nadd a 10.0.0.0/8,7\n": 3,
		"create a hash:ip maxelem 1\nadd a 10.0.0.1\nadd a 10.0.0.2\n": 3, "# c\n\ncreate a hash:ip\nCOMMIT\n": 0,
	} {
		_, mistakes, err := iptables.ReadSets(fstest.MapFS{"s": {Data: []byte(text)}}, "s")
		got := 0
		if len(mistakes) > 0 {
			got = mistakes[0].Line
		}
		if err != nil || got != line {
			t.Errorf("%q: line %d, want %d %v", text, got, line, err)
		}
	}
}
