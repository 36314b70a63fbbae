package iptables

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// BenchmarkRead: rules of the common shapes with a set of 50 000 elements.
func BenchmarkRead(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		var rules, sets strings.Builder
		rules.WriteString("*filter\n:INPUT DROP [0:0]\n:U - [0:0]\n-A INPUT -m set --match-set bad src -j DROP\n")
		for i := range n {
			fmt.Fprintf(&rules, "-A INPUT -s 10.%d.%d.0/24 -p tcp -m tcp --dport %d -m conntrack --ctstate NEW -j %s\n", i/256%256, i%256, 1+i%60000, []string{"ACCEPT", "U", "DROP"}[i%3])
		}
		rules.WriteString("COMMIT\n")
		sets.WriteString("create bad hash:net\n")
		for i := range 5 * n {
			fmt.Fprintf(&sets, "add bad 10.%d.%d.%d\n", i/65536, i/256%256, i%256)
		}
		fsys := fstest.MapFS{"r": {Data: []byte(rules.String())}, "s": {Data: []byte(sets.String())}}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				s, mistakes, err := ReadSets(fsys, "s")
				if err != nil || mistakes != nil {
					b.Fatal(err, mistakes)
				}
				set, err := Read(fsys, "r", 4, s)
				if err != nil || set.Mistakes != nil {
					b.Fatal(err, set.Mistakes)
				}
			}
		})
	}
}
