package nftables

import (
	"fmt"
	"strings"
	"testing"
)

// TestBounds reads what is made to cost much: each ends, in a ruleset or a refusal.
func TestBounds(t *testing.T) {
	var defines, chains, tree, jumps, maps strings.Builder
	defines.WriteString("define a0 = { 1, 2 }\n")
	for i := range 60 {
		fmt.Fprintf(&defines, "define a%d = { $a%d, $a%d }\n", i+1, i, i)
	}
	defines.WriteString("table ip f {\n chain x {\n tcp dport $a60 accept\n }\n}\n")
	chains.WriteString("table ip f {\n")
	for i := range 5000 {
		fmt.Fprintf(&chains, " chain c%d { jump c%d; }\n", i, i+1)
	}
	chains.WriteString(" chain c5000 { accept; }\n chain in { type filter hook input priority 0; jump c0; }\n}\n")
	tree.WriteString("table ip f {\n")
	for i := range 14 {
		fmt.Fprintf(&tree, " chain c%d {\n%s }\n", i, strings.Repeat(fmt.Sprintf("  jump c%d\n", i+1), 200))
	}
	tree.WriteString(" chain c14 { accept; }\n chain in { type filter hook input priority 0; jump c0; }\n}\n")
	jumps.WriteString("table ip f {\n map m { type inet_service : verdict; elements = { ")
	for i := range 2000 {
		fmt.Fprintf(&jumps, "%d : jump c%d,\n", i, i)
		fmt.Fprintf(&maps, " chain c%d { accept; }\n", i)
	}
	jumps.WriteString("65535 : accept }\n }\n" + maps.String() + " chain many {\n" + strings.Repeat("  tcp dport vmap @m\n", 2000) + " }\n")
	for i := range 200 {
		fmt.Fprintf(&jumps, " chain b%d { type filter hook input priority %d; jump many; }\n", i, i)
	}
	jumps.WriteString("}\n")
	for name, text := range map[string]string{
		"variables that double":  defines.String(),
		"chains below chains":    chains.String(),
		"a tree of jumps":        tree.String(),
		"maps to many chains":    jumps.String(),
		"parentheses":            "table ip f {\n chain x {\n meta mark & " + strings.Repeat("(", 100_000),
		"braces":                 "define a = " + strings.Repeat("{", 100_000),
		"chains in braces":       "table ip f {\n chain x {\n" + strings.Repeat("jump {\n", 10_000),
		"a long word":            "add table " + strings.Repeat("a", 1<<20),
		"hexadecimal digits":     strings.Repeat("abcdef:", 1<<17),
		"an open string":         "add table \"" + strings.Repeat("\\\n", 1<<17),
		"JSON in JSON":           `{"nftables": ` + strings.Repeat(`[{"a":`, 10_000),
		"operators in a row":     "add rule a b meta mark & 1" + strings.Repeat(" | 1", 100_000),
		"a concatenation":        "add rule a b ip saddr" + strings.Repeat(" . ip saddr", 10_000) + " @x",
		"a set of every address": "table ip6 f {\n chain x {\n ip6 saddr & ::ff ^ ::1 != ::/0 accept\n }\n}\n",
	} {
		t.Run(name, func(t *testing.T) {
			set, err := Read(tree1(text), "f.nft")
			if set == nil && err == nil {
				t.Error("neither a ruleset nor an error")
			}
			if set != nil && len(set.Refused) > 0 {
				t.Log(set.Refused[0])
			}
		})
	}
}
