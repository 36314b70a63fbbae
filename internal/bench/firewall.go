package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// What the facts of a packet filter of 10 000 rules with two sets of 50 000 elements may take.
const (
	filterTime   = time.Second
	filterMemory = 500 << 10 // KiB
)

// filters measures the facts of packet filters in each notation, and how they grow with their rules.
func (b *benchmark) filters() error {
	forms := []struct {
		name, file string
		write      func(dir string, rules int) error
	}{
		{"script", "filter.nft", writeScript},
		{"JSON", "filter.json", writeFilterJSON},
		{"save files", "rules.v4", writeSave},
	}
	for _, form := range forms {
		var before time.Duration
		for _, n := range []int{100, 1000, 10000} {
			dir := filepath.Join(b.dir, "filters", form.file, fmt.Sprint(n))
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			if err := form.write(dir, n); err != nil {
				return err
			}
			s, err := b.measure([]string{b.bin("sallyport"), "facts", "--kind", "firewall", filepath.Join(dir, form.file)})
			if err != nil {
				return err
			}
			what := fmt.Sprintf("%d rules, 2 sets of 50000, %s: ", n, form.name)
			r := ratio(s[0].wall, filterTime)
			line(what+"time", fmt.Sprintf("%.2f (%s, CPU %s)", r, ms(s[0].wall), ms(s[0].cpu)), "1.00", r <= 1)
			m := float64(s[0].rss) / filterMemory
			line(what+"memory", fmt.Sprintf("%.2f (%d MiB)", m, s[0].rss>>10), "1.00", m <= 1)
			if before > 0 {
				r := ratio(s[0].cpu, before)
				line(what+"growth from a tenth", fmt.Sprintf("%.1f", r), "15.0", r <= 15)
			}
			before = s[0].cpu
		}
	}
	return nil
}

// elements are the addresses of a set; no two sets have one in common.
func elements(set int) []string {
	all := make([]string, 50000)
	for i := range all {
		v := 0x30000000 + (uint32(i)+uint32(set)*60000)*2654435761%(1<<28)
		all[i] = fmt.Sprintf("%d.%d.%d.%d", v>>24, v>>16&255, v>>8&255, v&255)
	}
	return all
}

// rule is the network and the port of a rule.
func rule(i int) (network string, port int) {
	v := i * 40503 % (1 << 16)
	return fmt.Sprintf("10.%d.%d.0", v>>8, v&255), i*7%60000 + 1
}

func writeScript(dir string, rules int) error {
	var t strings.Builder
	t.WriteString("flush ruleset\ntable inet filter {\n")
	for i, name := range []string{"block", "allow"} {
		fmt.Fprintf(&t, "\tset %s {\n\t\ttype ipv4_addr\n\t\telements = { %s }\n\t}\n", name, strings.Join(elements(i), ",\n\t\t\t     "))
	}
	t.WriteString("\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t\tct state established,related accept\n\t\tiif \"lo\" accept\n" +
		"\t\tip saddr @block drop\n\t\tip saddr @allow tcp dport 22 accept\n")
	for i := range rules {
		network, port := rule(i)
		fmt.Fprintf(&t, "\t\tip saddr %s/24 tcp dport %d accept\n", network, port)
	}
	t.WriteString("\t}\n}\n")
	return os.WriteFile(filepath.Join(dir, "filter.nft"), []byte(t.String()), 0o644)
}

func writeFilterJSON(dir string, rules int) error {
	var t strings.Builder
	t.WriteString(`{"nftables": [{"metainfo": {"version": "1.0.6", "json_schema_version": 1}}, {"table": {"family": "inet", "name": "filter", "handle": 1}}`)
	for i, name := range []string{"block", "allow"} {
		fmt.Fprintf(&t, `, {"set": {"family": "inet", "name": %q, "table": "filter", "type": "ipv4_addr", "handle": %d, "elem": ["%s"]}}`, name, i+2, strings.Join(elements(i), `", "`))
	}
	t.WriteString(`, {"chain": {"family": "inet", "table": "filter", "name": "input", "handle": 4, "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}}`)
	const match = `{"match": {"op": "==", "left": {"payload": {"protocol": %q, "field": %q}}, "right": %s}}`
	put := func(handle int, exprs ...string) {
		fmt.Fprintf(&t, `, {"rule": {"family": "inet", "table": "filter", "chain": "input", "handle": %d, "expr": [%s]}}`, handle, strings.Join(exprs, ", "))
	}
	put(5, fmt.Sprintf(match, "ip", "saddr", `"@block"`), `{"drop": null}`)
	put(6, fmt.Sprintf(match, "ip", "saddr", `"@allow"`), fmt.Sprintf(match, "tcp", "dport", "22"), `{"accept": null}`)
	for i := range rules {
		network, port := rule(i)
		put(i+7, fmt.Sprintf(match, "ip", "saddr", fmt.Sprintf(`{"prefix": {"addr": %q, "len": 24}}`, network)), fmt.Sprintf(match, "tcp", "dport", fmt.Sprint(port)), `{"accept": null}`)
	}
	t.WriteString("]}\n")
	return os.WriteFile(filepath.Join(dir, "filter.json"), []byte(t.String()), 0o644)
}

func writeSave(dir string, rules int) error {
	var sets, t strings.Builder
	for i, name := range []string{"block", "allow"} {
		fmt.Fprintf(&sets, "create %s hash:ip family inet hashsize 16384 maxelem 65536\n", name)
		for _, e := range elements(i) {
			fmt.Fprintf(&sets, "add %s %s\n", name, e)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "ipset.save"), []byte(sets.String()), 0o644); err != nil {
		return err
	}
	t.WriteString("*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n" +
		"-A INPUT -m set --match-set block src -j DROP\n-A INPUT -p tcp -m set --match-set allow src -m tcp --dport 22 -j ACCEPT\n")
	for i := range rules {
		network, port := rule(i)
		fmt.Fprintf(&t, "-A INPUT -s %s/24 -p tcp -m tcp --dport %d -j ACCEPT\n", network, port)
	}
	t.WriteString("COMMIT\n")
	return os.WriteFile(filepath.Join(dir, "rules.v4"), []byte(t.String()), 0o644)
}
