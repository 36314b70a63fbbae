package nftables

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

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
