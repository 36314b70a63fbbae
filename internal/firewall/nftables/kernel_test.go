package nftables_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/kerneltest"
	"sallyport/internal/firewall/nftables"
	"sallyport/internal/firewall/reach"
)

// oracle is the folder of rulesets with the kernel's answers, beside the checkout; testdata/kernel has further ones.
const oracle = "../../../../shared/oracles/firewall/cases"

// doubtful are the cases in which nft's form of a ruleset says too little, with what it leaves open.
var doubtful = map[string]string{
	"n24-":                   "which rule's limit an element has that two rules may have made",
	"n39-netdev.listed.json": "the device, which nft 1.0.6 leaves out of its JSON",
	"m17.listed.json":        "as n39",
	"n50-":                   "on which interface an address is local",
	"i15-recent.listed.txt":  "xt match recent, without its options",
	"i24-v6-only.listed.txt": "the hop limit and the type of a routing header, which the packet's sender chooses",
}

// doubted says whether a form may leave something open. The JSON of what iptables-nft has made names its extensions alone.
func doubted(name string) bool {
	for prefix := range doubtful {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return strings.HasSuffix(name, ".listed.json") && (name[0] == 'i' || name[0] == 'u')
}

// compare asks about every flow of a case and reports where the kernel says something else. It returns how many answers
// were compared, and how many ports were unknown.
func compare(t *testing.T, name string, set *firewall.Ruleset, c *kerneltest.Case) (verdicts, unknown int) {
	t.Helper()
	m, err := reach.New(set, kerneltest.Local()...)
	if err != nil {
		t.Fatal(name, err)
	}
	for _, q := range c.Questions() {
		a := m.Ask(q.Flow)
		verdicts += kerneltest.Count(q.Asked)
		open, doubt := kerneltest.Both(a.Accepted, q.Asked), kerneltest.Both(a.Unknown, q.Asked)
		if len(doubt) > 0 {
			unknown++
			if doubted(name) { // what is known must be right all the same
				open, doubt = firewall.NewSet(append(open, kerneltest.Both(a.Unknown, q.Open)...)...), nil
			}
		}
		if got, want := kerneltest.Show(open), kerneltest.Show(q.Open); got != want || len(doubt) > 0 {
			t.Errorf("%s %s: got %s, unknown %s %v; the kernel says %s", name, q.Name, got, kerneltest.Show(doubt), a.Why, want)
		}
	}
	return verdicts, unknown
}

// TestKernel compares with what the kernel let through, for rulesets as scripts, as listings and as JSON.
func TestKernel(t *testing.T) {
	if _, err := os.Stat(oracle); err != nil && os.Getenv("CI") == "true" {
		t.Error("the oracles are not there: ", err)
	}
	verdicts, unknown, rulesets := 0, 0, 0
	for _, dir := range []string{oracle, "testdata/kernel"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*.expect.json"))
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".expect.json")
			if strings.HasPrefix(name, "n75") {
				continue // iptables-legacy beside it is not in nft's ruleset
			}
			for _, form := range []string{name + ".nft", name + ".listed.txt", name + ".listed.json"} {
				if _, err := os.Stat(filepath.Join(dir, form)); err != nil {
					continue
				}
				set, err := nftables.Read(os.DirFS(dir), form)
				if err != nil {
					t.Error(err)
					continue
				}
				v, u := compare(t, form, set, kerneltest.Load(t, file))
				verdicts, unknown, rulesets = verdicts+v, unknown+u, rulesets+1
			}
		}
	}
	t.Logf("%d rulesets, %d answers, %d of them in doubt", rulesets, verdicts, unknown)
}
