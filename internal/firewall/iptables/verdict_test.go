package iptables

import (
	"os"
	"strings"
	"testing"
)

// Each line was given to iptables-restore 1.8.9 of Debian 12 on a 6.x kernel, as in this test: "ok" it loaded, "no" it did not.
// The kernel of that machine lacks what "elsewhere" has.
func TestVerdicts(t *testing.T) {
	text, err := os.ReadFile("testdata/verdicts.txt")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := []string{"-j LED", "-j CLUSTERIP", "-m nfacct", "-m rateest", "--path", "SECMARK --selctx", "TARPIT", "geoip", "-j QUEUE", "nosuchuser", "6 filter -A INPUT -s localhost", "-A INPUT -s bad", "NETMAP --to 10.0.0.0/33"}
	for line := range strings.Lines(string(text)) {
		f := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
		if len(f) < 4 {
			continue
		}
		want, family, table, rule := f[0] == "ok", int(f[1][0]-'0'), f[2], f[3]
		l := NewLoader("rules")
		l.sets.given = true
		for _, create := range []string{"create s4 hash:ip", "create s6 hash:ip family inet6", "create sp hash:ip,port", "create sn hash:net", "create sni hash:net,iface"} {
			if _, m := l.sets.restore(create); m != nil {
				t.Fatal(m)
			}
		}
		got := l.Restore(family, "rules", "*"+table+"\n:U - [0:0]\n:V - [0:0]\n"+rule+"\nCOMMIT\n", false)
		skip := false
		for _, e := range elsewhere {
			skip = skip || strings.Contains(line, e)
		}
		if got != want && !skip {
			t.Errorf("%s\tloads: %v %v", strings.TrimSpace(line), got, l.refused)
		}
		l.Ruleset()
	}
}
