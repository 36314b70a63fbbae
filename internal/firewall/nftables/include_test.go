package nftables

import (
	"strings"
	"testing"
	"testing/fstest"
)

// files reads the first of the files of a tree.
func files(t *testing.T, name string, tree map[string]string) string {
	t.Helper()
	fsys := fstest.MapFS{}
	for file, text := range tree {
		fsys[file] = &fstest.MapFile{Data: []byte(text)}
	}
	set, err := Read(fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	var places strings.Builder
	for _, c := range set.Chains {
		for _, r := range c.Rules {
			if r.At.File != "" {
				places.WriteString(r.At.File + " ")
			}
		}
	}
	return show(set) + places.String()
}

func TestInclude(t *testing.T) {
	const head = "flush ruleset\n"
	chain := func(rules string) string {
		return "table inet f {\n\tchain x {\n\t\t" + rules + "\n\t}\n}\n"
	}
	for _, c := range []struct {
		about, name string
		tree        map[string]string
		want        []string
	}{
		{"a glob is read in the order of names, dot files are not", "etc/nftables.conf", map[string]string{
			"etc/nftables.conf":     head + "include \"./d/*.nft\"\n" + chain("tcp dport $p accept"),
			"etc/d/20-b.nft":        "redefine p = { $p, 2 }\n",
			"etc/d/10-a.nft":        "define p = 1\n",
			"etc/d/.30-hidden.nft":  "redefine p = 3\n",
			"etc/d/40-other.txt":    "redefine p = 4\n",
			"etc/d/50-dir.nft/x":    "",
			"etc/d/60-nothing.nft~": "broken",
		}, []string{"dport=[1-2]"}},
		{"a path from the root is below the folder that the file's own path shows", "host/etc/nftables.conf", map[string]string{
			"host/etc/nftables.conf":     head + "include \"/etc/nftables/vars.nft\"\n" + chain("include \"/etc/nftables/rules.nft\""),
			"host/etc/nftables/vars.nft": "define p = 7",
			"host/etc/nftables/rules.nft": "tcp dport $p accept\n" +
				"udp dport $p accept",
			"etc/nftables/vars.nft": "define p = 8",
		}, []string{"proto=[6] & dport=[7]", "proto=[17] & dport=[7]", "host/etc/nftables/rules.nft host/etc/nftables/rules.nft"}},
		{"a missing file is refused", "a.nft", map[string]string{"a.nft": head + "include \"./b.nft\"\n"}, []string{"refused 2:9 the included file \"./b.nft\" is not there"}},
		{"a glob without files is none", "a.nft", map[string]string{"a.nft": head + "include \"./d/*.nft\"\n" + chain("accept")}, []string{"inet f x"}},
		{"a folder that the host may have is not known", "a.nft", map[string]string{"a.nft": head + "include \"/etc/nftables.d/*.nft\"\n"}, []string{"partial the files /etc/nftables.d/*.nft are not in the tree"}},
		{"nothing outside of the root is read", "a.nft", map[string]string{"a.nft": head + "include \"../../etc/passwd\"\n"}, []string{"is not there"}},
		{"files that include each other end", "a.nft", map[string]string{"a.nft": "include \"./b.nft\"\n", "b.nft": "include \"./a.nft\"\ninclude \"./a.nft\"\n"}, []string{"more than 16 files include each other"}},
		{"a mistake in an included file is told there", "a.nft", map[string]string{"a.nft": head + "include \"./b.nft\"\n", "b.nft": "\n\ntable inet f {\n\tchian x { }\n}\n"}, []string{"refused 4:2"}},
	} {
		got := files(t, c.name, c.tree)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in\n%s", c.about, want, got)
			}
		}
	}
}
