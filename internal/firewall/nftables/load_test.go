package nftables

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// frame is the table that the rules of testdata/rules.txt stand in.
const frame = `define ports = { 22, 80 }
define p1 = 22
define ifn = eth0
define nets = { 10.0.0.0/8, 192.168.0.0/16 }
define ch = other
table %[1]s f {
	counter c { }
	quota q { over 5 mbytes; }
	limit l { rate 5/second; }
	set ports { type inet_service; flags interval; elements = { 22, 80-90 }
	}
	set addrs { type %[2]s; }
	set pairs { type %[2]s . inet_service; }
	set ifs { type ifname; elements = { "eth0" }
	}
	set dyn { type %[2]s; flags dynamic, timeout; size 100; }
	map vm { type inet_service : verdict; elements = { 22 : accept }
	}
	map marks { type inet_service : mark; elements = { 22 : 1 }
	}
	chain other { accept
	}
	chain x {
		%[3]s
	}
}
`

// TestRules holds single rules against what nft 1.0.6 said of them: each line has the families in which the rule loads.
func TestRules(t *testing.T) {
	f, err := os.Open("testdata/rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		families, rule, _ := strings.Cut(lines.Text(), "\t")
		for _, family := range []string{"inet", "ip", "ip6", "netdev"} {
			address := "ipv4_addr"
			if family == "ip6" {
				address = "ipv6_addr"
			}
			set := read(t, fmt.Sprintf(frame, family, address, rule))
			loads := slices.Contains(strings.Split(families, ","), family)
			if loads != (len(set.Refused) == 0) {
				t.Errorf("%s: %s: nft loads it: %v, refused: %v", family, rule, loads, set.Refused)
			}
		}
	}
}

// TestScripts holds whole scripts against what nft 1.0.6 and the kernel said of them, and of which line.
func TestScripts(t *testing.T) {
	data, err := os.ReadFile("testdata/scripts.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(data), "=== ")[1:] {
		want, script, _ := strings.Cut(part, "\n")
		set := read(t, script)
		got := "loads"
		if len(set.Refused) > 0 {
			got = fmt.Sprint("refused ", set.Refused[0].Line)
		}
		if got != want {
			t.Errorf("nft: %s, ours: %s %v:\n%s", want, got, set.Refused, script)
		}
	}
}
