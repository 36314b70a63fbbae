package accuracy

import (
	"path/filepath"
	"testing"

	"github.com/BurntSushi/toml"

	"sallyport/internal/fact/facttest"
)

// peers are those with labelled cases, in the order of the page.
var peers = []struct {
	name  string
	cases func(t *testing.T, dir string) ([]*Case, map[string]int)
}{
	{"hadolint", hadolint},
	{"trivy", func(t *testing.T, dir string) ([]*Case, map[string]int) {
		return snippets(t, "trivy", filepath.Join(dir, "trivy-examples.jsonl")), nil
	}},
	{"checkov", func(t *testing.T, dir string) ([]*Case, map[string]int) {
		return snippets(t, "checkov", filepath.Join(dir, "checkov-fixtures.jsonl")), nil
	}},
	{"buildkit", buildkit},
	{"trivy-kubernetes", trivyKubernetes},
	{"gatekeeper", gatekeeper},
}

func score(t *testing.T, peer string) *Score {
	t.Helper()
	dir := facttest.Oracle(t, "dockerfile")
	for _, p := range peers {
		if p.name == peer {
			cases, dropped := p.cases(t, dir)
			return compare(t, peer, cases, dropped)
		}
	}
	t.Fatalf("no peer %s", peer)
	return nil
}

func TestHadolint(t *testing.T) { settle(t, score(t, "hadolint")) }
func TestTrivy(t *testing.T)    { settle(t, score(t, "trivy")) }
func TestCheckov(t *testing.T)  { settle(t, score(t, "checkov")) }
func TestBuildKit(t *testing.T) { settle(t, score(t, "buildkit")) }

// parity is what the parity list says of a peer's checks without a rule.
type parity struct {
	Refused map[string]string
	NotYet  []string `toml:"not_yet"`
}

func readParity(t *testing.T, peer string) parity {
	t.Helper()
	var p parity
	if _, err := toml.DecodeFile("../../policies/testdata/parity/"+peer+".toml", &p); err != nil {
		t.Fatal(err)
	}
	return p
}
