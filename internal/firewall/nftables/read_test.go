package nftables

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/firewall"
)

// cases is the folder of rulesets with the kernel's verdicts, beside the checkout.
const cases = "../../../../shared/oracles/firewall/cases"

// TestCases reads every ruleset of the oracle in the forms that nft has for it: each loads but the one that must not.
func TestCases(t *testing.T) {
	var files []string
	for _, pattern := range []string{"*.nft", "*.listed.txt", "*.listed.json"} {
		found, _ := filepath.Glob(filepath.Join(cases, pattern))
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skip("the oracle's cases are not beside the checkout")
	}
	for _, file := range files {
		set, err := Read(os.DirFS(cases), filepath.Base(file))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		refused := strings.HasSuffix(file, "n71-load-error.nft")
		if len(set.Refused) > 0 != refused {
			t.Errorf("%s: refused: %v", file, set.Refused)
		}
		if !refused && len(set.Partial) > 0 {
			t.Errorf("%s: partial: %v", file, set.Partial)
		}
	}
}

func read(t *testing.T, text string) *firewall.Ruleset {
	t.Helper()
	set, err := Read(fstest.MapFS{"f.nft": {Data: []byte(text)}}, "f.nft")
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"n*.nft", "n*.listed.json", "i15*.listed.txt"} {
		found, _ := filepath.Glob(filepath.Join(cases, pattern))
		for _, file := range found {
			if data, err := os.ReadFile(file); err == nil && len(data) < 4000 {
				f.Add(data)
			}
		}
	}
	for _, text := range []string{
		"", "\ufeffflush ruleset\r\ntable ip f {\r\n}\r\n", "table\x00", strings.Repeat("(", 500), "define a = { 1, 2 }\ndefine b = { $a, $a }\nadd rule a b tcp dport $b",
		`{"nftables": [{"rule": null}]}`, `{"nftables": ` + strings.Repeat("[", 400), "include \"f.nft\"\n", "table ip f {\nchain a {\njump { jump { accept; }; }\n}\n}",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := Read(fstest.MapFS{"f.nft": {Data: data}}, "f.nft")
		if (set == nil) == (err == nil) {
			t.Errorf("a ruleset and an error, or neither: %v", err)
		}
		if set != nil {
			show(set)
		}
	})
}

func TestExtensions(t *testing.T) {
	got := show(read(t, "table ip filter {\n\tchain INPUT {\n\t\ttype filter hook input priority 0; policy drop;\n"+
		"\t\ttcp dport 22 # xt_recent counter packets 0 bytes 0 drop\n\t\t# xt_conntrack tcp dport 23 accept\n\t\ttcp dport 24 counter packets 0 bytes 0 # xt_LOG\n"+
		"\t\ttcp dport 25 # xt_REJECT\n\t\ttcp dport 26 accept # xt\n\t\t# xtables come next\n\t}\n}\n"))
	want := `partial the script does not flush the ruleset, so what was loaded before stays
ip filter INPUT hook=3 kind=0 prio=0 policy=drop
  when (proto=[6] & dport=[22]); when ?"iptables match recent"; drop
  when ?"iptables match conntrack"; when (proto=[6] & dport=[23]); accept
  when (proto=[6] & dport=[24])
  when (proto=[6] & dport=[25]); reject (icmp port-unreachable)
  when (proto=[6] & dport=[26]); accept
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestJunk holds what nft's scanner does not take: a mark at the beginning, carriage returns. A listing has come another way.
func TestJunk(t *testing.T) {
	for text, want := range map[string]string{
		"flush ruleset\r\ntable ip f { }\r\n":         "f.nft:1:14: the line ends with a carriage return, which nft does not read: save the file with line feeds alone",
		"# a remark\r\nflush ruleset\n":               "",
		"\ufeffflush ruleset\n":                       "f.nft:1:1: the script begins with a byte order mark, which nft does not read: save the file as UTF-8 without it",
		"\ufefftable ip f {\r\n}\r\n":                 "",
		"table ip f {\r\n\tchain x {\r\n\t}\r\n}\r\n": "",
	} {
		set := read(t, text)
		got := ""
		if len(set.Refused) > 0 {
			got = set.Refused[0].Error()
		}
		if got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func tree1(text string) fstest.MapFS { return fstest.MapFS{"f.nft": {Data: []byte(text)}} }
