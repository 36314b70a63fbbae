package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"sallyport/internal/finding"
)

// listShown bounds the lists of a summary.
const listShown = 10

func (t *text) summary(r *finding.Report) {
	fmt.Fprintf(t, "looked at %s\n", documents(r.Documents))
	fmt.Fprintf(t, "ran %s\n", rulesRun(r.Rules))
	fmt.Fprintf(t, "found %s\n", t.tally(r.Findings))
	if n := max(r.UnrecognisedCount, len(r.Unrecognised)); n > 0 {
		s := "not recognised: " + finding.Count(n, "file")
		if len(r.Unrecognised) > 0 {
			s += ", among them " + list(r.Unrecognised, func(p string) string { return safe(p) })
		}
		fmt.Fprintln(t, s)
	}
	if len(r.Skipped) > 0 {
		fmt.Fprintln(t, "skipped: "+list(r.Skipped, func(s finding.Skip) string {
			return safe(s.Path) + " (" + safe(s.Reason) + ")"
		}))
	}
	fmt.Fprintln(t, t.verdict(r))
}

func documents(byKind map[string]int) string {
	total := 0
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		total += byKind[kind]
		kinds = append(kinds, fmt.Sprintf("%d %s", byKind[kind], safe(kind)))
	}
	if total == 0 {
		return "no documents"
	}
	return finding.Count(total, "document") + ": " + strings.Join(kinds, ", ")
}

func rulesRun(rules []*finding.Rule) string {
	custom := 0
	for _, rule := range rules {
		if rule.Custom {
			custom++
		}
	}
	s := finding.Count(len(rules), "rule")
	if custom > 0 {
		s += fmt.Sprintf(", %d of them custom", custom)
	}
	return s
}

// tally counts the findings by severity, the waived ones apart.
func (t *text) tally(findings []finding.Finding) string {
	by := map[finding.Severity]int{}
	waived := 0
	for i := range findings {
		if findings[i].Waived != nil {
			waived++
			continue
		}
		by[findings[i].Severity]++
	}
	var parts []string
	for s := finding.Critical; s >= finding.Low; s-- {
		if by[s] > 0 {
			parts = append(parts, t.paint(severityColors[s], fmt.Sprintf("%d %s", by[s], s)))
		}
	}
	s := "nothing"
	if len(parts) > 0 {
		s = strings.Join(parts, ", ")
	}
	if waived > 0 {
		s += fmt.Sprintf("; %d waived", waived)
	}
	return s
}

func list[T any](all []T, show func(T) string) string {
	var parts []string
	for i, v := range all {
		if i == listShown {
			parts = append(parts, fmt.Sprintf("and %d more", len(all)-i))
			break
		}
		parts = append(parts, show(v))
	}
	return strings.Join(parts, ", ")
}

func (t *text) verdict(r *finding.Report) string {
	word, color := "no verdict", yellow
	switch r.Verdict {
	case finding.Open:
		word, color = "gate open", green
	case finding.Closed:
		word, color = "gate closed", alarm
	}
	if r.Reason == "" {
		return t.paint(color, word)
	}
	return t.paint(color, word+":") + " " + safe(r.Reason)
}

// Stats writes where the time of a run went, longest first.
func Stats(w io.Writer, r *finding.Report) error {
	if r.Stats == nil {
		return nil
	}
	var b strings.Builder
	for _, table := range []struct {
		name string
		of   map[string]time.Duration
	}{{"phase", r.Stats.Phases}, {"collector", r.Stats.Collectors}, {"rule", r.Stats.Rules}} {
		names := slices.SortedFunc(maps.Keys(table.of), func(a, b string) int {
			if d := table.of[b] - table.of[a]; d != 0 {
				return int(d)
			}
			return strings.Compare(a, b)
		})
		for _, name := range names {
			ms := float64(table.of[name]) / float64(time.Millisecond)
			fmt.Fprintf(&b, "%-10s %10.3f ms  %s\n", table.name, ms, safe(name))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
