package accuracy

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"sallyport/internal/fact/facttest"
	"sallyport/internal/finding"
)

var (
	draw  = flag.Bool("draw", false, "draw a sample of findings over the real files and print it with its surroundings")
	seed  = flag.Uint64("seed", 1, "seed of -draw")
	every = flag.String("every", "", "with -draw: print all findings of this rule instead")
)

// size is how many findings are read.
const size = 100

// A Sample is what somebody said of findings after having read the files.
type Sample struct {
	Seed uint64
	// Total is of how many findings the sample was drawn.
	Total   int
	Finding []Sampled
}

// A Sampled is one finding. Remark says why a false one is false.
type Sampled struct {
	Rule, File string
	Line       int
	True       bool
	Remark     string
}

// sample draws findings uniformly. They are in the order of file, place, rule and message.
func sample(report *finding.Report, seed uint64) []*finding.Finding {
	order := rand.New(rand.NewPCG(seed, 0)).Perm(len(report.Findings))
	var drawn []*finding.Finding
	for _, i := range order[:min(size, len(order))] {
		drawn = append(drawn, &report.Findings[i])
	}
	return drawn
}

func readSample(t *testing.T) *Sample { return readSampleOf(t, "sample") }

func readSampleOf(t *testing.T, name string) *Sample {
	t.Helper()
	var s Sample
	meta, err := toml.DecodeFile("testdata/"+name+".toml", &s)
	if err != nil {
		t.Fatal(err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		t.Fatalf("testdata/%s.toml: unknown %v", name, extra)
	}
	return &s
}

// TestDraw prints a sample to be read, with -draw.
func TestDraw(t *testing.T) {
	if !*draw {
		t.Skip("draws with -draw")
	}
	dir := facttest.Oracle(t, "dockerfile")
	report := realReport(t, dir)
	_, text := real(t, dir)
	counts := map[string]int{}
	for i := range report.Findings {
		counts[report.Findings[i].Rule.Name]++
	}
	chosen := sample(report, *seed)
	if *every != "" {
		chosen = nil
		for i := range report.Findings {
			if report.Findings[i].Rule.Name == *every {
				chosen = append(chosen, &report.Findings[i])
			}
		}
	}
	for i, f := range chosen {
		fmt.Printf("\n=== %d %s %s:%d:%d\n    %s\n", i+1, f.Rule.Name, f.File, f.Span.Line, f.Span.Column, f.Message)
		lines := strings.Split(text[f.File], "\n")
		for n := max(f.Span.Line-4, 1); n <= min(max(f.Span.Line, f.Span.EndLine)+3, len(lines), f.Span.Line+25); n++ {
			mark := " "
			if n >= f.Span.Line && n <= f.Span.EndLine {
				mark = ">"
			}
			fmt.Printf("%s %3d | %.200s\n", mark, n, lines[n-1])
		}
	}
	fmt.Printf("\n%d findings\n", len(report.Findings))
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	for _, name := range names {
		fmt.Printf("%5d %s\n", counts[name], name)
	}
	if *every != "" {
		return
	}
	fmt.Printf("\nseed = %d\ntotal = %d\n", *seed, len(report.Findings))
	for _, f := range chosen {
		fmt.Printf("\n[[finding]]\nrule = %q\nfile = %q\nline = %d\ntrue = true\n", f.Rule.Name, f.File, f.Span.Line)
	}
}

// TestSample demands that the findings that somebody has read were true, and says which are gone.
func TestSample(t *testing.T) {
	s := readSample(t)
	right := 0
	for _, f := range s.Finding {
		if f.True {
			right++
		} else if f.Remark == "" {
			t.Errorf("testdata/sample.toml: %s %s:%d is false without a remark", f.Rule, f.File, f.Line)
		}
	}
	if len(s.Finding) != size || right < size*95/100 {
		complain(t, "hadolint")("testdata/sample.toml: %d of %d findings are true; at least 95 of %d must be", right, len(s.Finding), size)
	}
	report := realReport(t, facttest.Oracle(t, "dockerfile"))
	for _, f := range s.Finding {
		if !slices.ContainsFunc(report.Findings, func(g finding.Finding) bool {
			return g.Rule.Name == f.Rule && g.File == f.File && g.Span.Line == f.Line
		}) {
			t.Logf("%s %s:%d is found no more", f.Rule, f.File, f.Line)
		}
	}
}

func sampleSection(t *testing.T, doc *bytes.Buffer) {
	t.Helper()
	s := readSample(t)
	right := 0
	for _, f := range s.Finding {
		if f.True {
			right++
		}
	}
	if len(s.Finding) == 0 {
		return
	}
	fmt.Fprintf(doc, "\n## A sample of findings over real files\n\nOf %d findings of the Dockerfile rules over the 709 real files, "+
		"%d were drawn (`go test ./internal/accuracy -run Draw -v -draw -seed %d`)\nand read one by one against their files. A finding is true where a "+
		"competent engineer would agree with the statement\nabout this file. **%d of %d are true.**\n\n", s.Total, len(s.Finding), s.Seed, right, len(s.Finding))
	sampleTable(doc, s)
}

func sampleTable(doc *bytes.Buffer, s *Sample) {
	fmt.Fprint(doc, "| rule | file | line | | |\n|---|---|---|---|---|\n")
	for _, f := range s.Finding {
		verdict := "true"
		if !f.True {
			verdict = "**false**"
		}
		fmt.Fprintf(doc, "| %s | %s | %d | %s | %s |\n", f.Rule, strings.TrimSuffix(f.File, ".Dockerfile"), f.Line, verdict, f.Remark)
	}
}
