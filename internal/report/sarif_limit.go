package report

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/finding"
)

// limits are those of code scanning services for one upload.
type limits struct {
	results int
	bytes   int // compressed by gzip
}

var uploads = limits{results: 25_000, bytes: 10_000_000}

// choose returns the indices of the findings that fit, in the order of the report. Where not all fit,
// the lowest severities are left out first, and of one severity the waived ones.
func (l *sarifLog) choose(lim limits) ([]int, error) {
	all := make([]int, len(l.Findings))
	for i := range all {
		all[i] = i
	}
	if len(all) <= lim.results && l.bound() <= lim.bytes {
		return all, nil
	}
	ranked := slices.Clone(all)
	slices.SortStableFunc(ranked, func(a, b int) int {
		x, y := &l.Findings[a], &l.Findings[b]
		if c := cmp.Compare(y.Severity, x.Severity); c != 0 {
			return c
		}
		switch {
		case x.Waived == nil && y.Waived != nil:
			return -1
		case x.Waived != nil && y.Waived == nil:
			return 1
		}
		return 0
	})
	n := min(len(ranked), lim.results)
	for {
		kept := slices.Sorted(slices.Values(ranked[:n]))
		size, err := l.compressed(kept)
		if err != nil || size <= lim.bytes || n == 0 {
			return kept, err
		}
		// A little less than in proportion, so that few rounds do.
		n = min(n-1, n*(lim.bytes/20*19)/size)
	}
}

// bound is a size that the compressed log surely keeps below: its texts as they are, and for each
// finding more than its structure compresses to.
func (l *sarifLog) bound() int {
	const perFinding, perPlace = 400, 200
	n := 0
	for _, rule := range l.rules {
		n += 2*(len(rule.Description)+len(rule.Bad)+len(rule.Good)) + perFinding
	}
	for i := range l.Notifications {
		n += len(l.Notifications[i].Message) + perPlace
	}
	for i := range l.Findings {
		f := &l.Findings[i]
		n += len(f.Message) + min(2*len(f.Source), 8000) + len(f.File) + len(f.Logical) + perFinding
		n += (len(f.Related) + len(f.Flow)) * perPlace
		if f.Fix != nil {
			n += len(f.Fix.Text)
		}
	}
	return n
}

// compressed is the size of the log after gzip.
func (l *sarifLog) compressed(kept []int) (int, error) {
	var size counter
	// The fastest level is never better than that of the uploader.
	z, err := gzip.NewWriterLevel(&size, gzip.BestSpeed)
	if err != nil {
		return 0, err
	}
	if err := l.write(z, kept); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	return int(size), nil
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// leftOut says what choose left out, and nothing where it kept all.
func (l *sarifLog) leftOut(kept []int) string {
	missing := len(l.Findings) - len(kept)
	related := l.relatedLeftOut(kept)
	if missing == 0 && related == 0 {
		return ""
	}
	var parts []string
	if missing > 0 {
		parts = append(parts, fmt.Sprintf("%s left out, lowest severities first (%s)",
			finding.Count(missing, "finding"), l.missingBySeverity(kept)))
	}
	if related > 0 {
		parts = append(parts, finding.Count(related, "related place")+" left out")
	}
	return strings.Join(parts, "; ") + ": code scanning services take no more; the JSON report has all"
}

func (l *sarifLog) missingBySeverity(kept []int) string {
	by := map[finding.Severity]int{}
	for i := range l.Findings {
		by[l.Findings[i].Severity]++
	}
	for _, k := range kept {
		by[l.Findings[k].Severity]--
	}
	var parts []string
	for s := finding.Low; s <= finding.Critical; s++ {
		if by[s] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", by[s], s))
		}
	}
	return strings.Join(parts, ", ")
}

func (l *sarifLog) relatedLeftOut(kept []int) int {
	n := 0
	for _, k := range kept {
		n += max(len(l.Findings[k].Related)-(maxLocations-1), 0)
	}
	return n
}
