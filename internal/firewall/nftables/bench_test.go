package nftables

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// large is a ruleset of so many rules with four named sets of so many elements together.
func large(rules, elements int) string {
	var b strings.Builder
	b.WriteString("flush ruleset\ntable inet f {\n")
	for s := range 4 {
		fmt.Fprintf(&b, "\tset s%d {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { ", s)
		for i := range elements / 4 {
			fmt.Fprintf(&b, "%d.%d.%d.0/25,\n\t\t\t", 10+s, i/250, i%250)
		}
		b.WriteString("255.255.255.255 }\n\t}\n")
	}
	b.WriteString("\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n")
	for i := range rules {
		fmt.Fprintf(&b, "\t\tip saddr @s%d tcp dport { %d, %d-%d } counter packets 0 bytes 0 accept\n", i%4, i%60000+1, i%50000+100, i%50000+103)
	}
	b.WriteString("\t}\n}\n")
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	for _, rules := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(rules), func(b *testing.B) {
			fsys := fstest.MapFS{"f.nft": {Data: []byte(large(rules, rules*5))}}
			b.ReportAllocs()
			for b.Loop() {
				if set, err := Read(fsys, "f.nft"); err != nil || len(set.Refused) > 0 {
					b.Fatal(err, set.Refused)
				}
			}
		})
	}
}
