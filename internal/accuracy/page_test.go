package accuracy

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"sallyport/internal/fact/facttest"
)

const page = "../../docs/accuracy.md"

const intro = `# Accuracy

The built-in rules against what others say of the same Dockerfiles and Kubernetes objects. Written by ` + "`go test ./internal/accuracy -update`" + `;
the test fails where a verdict differs and no reason is listed, where a listed difference is gone, and where less than
98 % of the verdicts of a peer with more than 50 of them agree. The cases are the peers' own tests; none of them is in this repository.
[parity.md](parity.md) says which rule covers which check.

A case counts where one of our rules names the case's check as its equivalent. Our verdict is that any such rule
fires. Most of hadolint's cases are snippets: they get a FROM in front.

`

// TestPage holds docs/accuracy.md to the comparison.
func TestPage(t *testing.T) {
	dir := facttest.Oracle(t, "dockerfile")
	var doc, tables bytes.Buffer
	doc.WriteString(intro + "| peer | cases | left out | of a check without rule | compared | agree | |\n|---|---|---|---|---|---|---|\n")
	var scores []*Score
	for _, p := range peers {
		scores = append(scores, score(t, p.name))
	}
	scores = append(scores, live(t, dir), voters(t, dir))
	for _, s := range scores {
		row(&doc, s)
		differences(&tables, s, listedFor(t, s))
	}
	doc.WriteString("\n\"Left out\" are cases\n\n")
	for _, s := range scores {
		for _, why := range slices.Sorted(maps.Keys(s.Dropped)) {
			fmt.Fprintf(&doc, "- %s: %d %s.\n", s.Peer, s.Dropped[why], why)
		}
	}
	doc.WriteString("\nOver real files, a verdict is about one check in one file, where one of both sides says something; the lines must be\n" +
		"the same, or inside of the instruction that BuildKit blames. Where BuildKit stops with an error, only what it had said counts.\n")
	doc.Write(tables.Bytes())
	sampleSection(t, &doc)
	kubernetesSample(t, &doc)
	if *update {
		if err := os.WriteFile(page, doc.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	have, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(have, doc.Bytes()) {
		complain(t, "hadolint")("docs/accuracy.md is not current: run go test ./internal/accuracy -update (%v)", err)
	}
}

func row(doc *bytes.Buffer, s *Score) {
	dropped, unmapped := 0, 0
	for _, n := range s.Dropped {
		dropped += n
	}
	for _, n := range s.Unmapped {
		unmapped += n
	}
	agree := s.agreeing()
	fmt.Fprintf(doc, "| %s | %d | %d | %d | %d | %d | %.1f %% |\n", s.Peer, s.Cases, dropped, unmapped,
		len(s.Verdicts), agree, 100*float64(agree)/float64(max(len(s.Verdicts), 1)))
}

// listedFor marks the listed disagreements that the score has.
func listedFor(t *testing.T, s *Score) []*Disagreement {
	t.Helper()
	var mine []*Disagreement
	listed := disagreements(t)
	for _, v := range s.Verdicts {
		if !v.agrees() {
			v.Reason = find(listed, s, v)
		}
	}
	for _, d := range listed {
		if d.Peer == s.Peer && len(d.used) > 0 {
			mine = append(mine, d)
		}
	}
	return mine
}

func differences(doc *bytes.Buffer, s *Score, listed []*Disagreement) {
	if len(listed) == 0 {
		return
	}
	fmt.Fprintf(doc, "\n## Where we differ from %s\n\n| check | cases | the file | we | why |\n|---|---|---|---|---|\n", s.Peer)
	for _, d := range listed {
		ours := d.Ours
		if strings.HasPrefix(ours, "refused") {
			ours = "refuse the file"
		}
		fmt.Fprintf(doc, "| %s | %d | %s | %s | %s |\n", d.Check, len(d.used), d.Gist, ours, d.Reason)
	}
}
