package accuracy

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"sallyport/internal/fact/facttest"
)

// A trivyResult is what Trivy says of one file: check, first and last line.
type trivyResult struct {
	File     string
	Findings [][]any
}

// voters compares where Trivy and BuildKit both say something that one of our rules covers.
func voters(t *testing.T, dir string) *Score {
	t.Helper()
	_, text := real(t, dir)
	s := &Score{Peer: "trivy and buildkit over real files", Cases: len(text), Unmapped: map[string]int{}}
	lint := map[string]map[string][]int{}
	for _, r := range readLines[lintResult](t, filepath.Join(dir, "buildkit-real-expected.jsonl")) {
		lint[r.File] = r.lines()
	}
	ours := map[string]map[string][]int{}
	report := realReport(t, dir)
	for i := range report.Findings {
		f := &report.Findings[i]
		if ours[f.File] == nil {
			ours[f.File] = map[string][]int{}
		}
		ours[f.File][f.Rule.Name] = append(ours[f.File][f.Rule.Name], f.Span.Line)
	}
	for _, r := range readLines[trivyResult](t, filepath.Join(dir, "trivy-real-expected.jsonl")) {
		s.Verdicts = append(s.Verdicts, vote(theJudge(t), r, lint[r.File], ours[r.File], text[r.File])...)
	}
	return s
}

// vote gives one verdict for each two checks that one of our rules covers, with the lines where both peers
// say so; a check of Trivy's that names no line is about the file.
func vote(j *judge, r trivyResult, lint, ours map[string][]int, text string) (all []*Verdict) {
	for _, f := range r.Findings {
		check, first, last := f[0].(string), int(f[1].(float64)), int(f[2].(float64))
		for _, other := range slices.Sorted(maps.Keys(lint)) {
			var both bool
			var found []int
			for _, rule := range j.equal["trivy:"+check] {
				if slices.Contains(j.equal["buildkit:"+other], rule) {
					both, found = true, append(found, ours[rule]...)
				}
			}
			if !both {
				continue
			}
			v := &Verdict{
				Case:  &Case{Peer: "trivy", Name: r.File, Text: text},
				Check: check + " and " + other, Want: "fires", Ours: "silent", Key: key(check, text),
			}
			if len(found) > 0 {
				v.Ours = "fires"
			}
			for _, line := range lint[other] {
				inside := func(n int) bool { return first <= n && n <= last }
				if inside(line) && len(found) > 0 && !slices.ContainsFunc(found, inside) {
					slices.Sort(found)
					v.Want, v.Ours = fmt.Sprint("line ", line), fmt.Sprint("line ", slices.Compact(found))
				}
			}
			all = append(all, v)
		}
	}
	return all
}

func TestVoters(t *testing.T) { settle(t, voters(t, facttest.Oracle(t, "dockerfile"))) }
