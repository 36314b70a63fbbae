package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// A sarifRun is the part of a log that tests read.
type sarifRun struct {
	Tool        struct{ Driver sarifDriver }
	Invocations []invocation
	Results     []result
}

func parse(t *testing.T, text []byte) sarifRun {
	t.Helper()
	var log struct{ Runs []sarifRun }
	if err := json.Unmarshal(text, &log); err != nil {
		t.Fatal(err)
	}
	if len(log.Runs) != 1 {
		t.Fatalf("%d runs", len(log.Runs))
	}
	return log.Runs[0]
}

// many is a report of n findings whose severities take turns; half of the texts do not compress.
func many(n int, text string) *finding.Report {
	r := &finding.Report{Tool: finding.Tool{Name: "sallyport", Version: "0.1.0", URI: URI}}
	noise := rand.NewChaCha8([32]byte{})
	random := make([]byte, len(text)/2)
	for i := range n {
		noise.Read(random)
		r.Findings = append(r.Findings, finding.Finding{
			Rule: rootUser, Severity: finding.Severity(i%4 + 1), Message: fmt.Sprintf("%d %x %s", i, random, text),
			Place:       finding.Place{File: fmt.Sprintf("%d/Dockerfile", i), Span: fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 2}},
			Fingerprint: fmt.Sprintf("%032x", i),
		})
	}
	return r
}

func TestTooManyFindingsLeaveOutTheLowest(t *testing.T) {
	run := parse(t, sarifOf(t, many(26_000, "")))
	if len(run.Results) != 25_000 {
		t.Fatalf("%d results", len(run.Results))
	}
	by := map[string]int{}
	last := -1
	for _, x := range run.Results {
		by[x.Properties.Severity]++
		var n int
		if _, err := fmt.Sscan(x.Message.Text, &n); err != nil || n <= last {
			t.Fatalf("%q after %d: the order is not that of the report", x.Message.Text, last)
		}
		last = n
	}
	if by["low"] != 5500 || by["medium"] != 6500 || by["critical"] != 6500 {
		t.Errorf("%v", by)
	}
	notes := run.Invocations[0].ExecutionNotifications
	if len(notes) != 1 || notes[0].Level != "warning" || !strings.Contains(notes[0].Message.Text, "1000 findings left out, lowest severities first (1000 low)") {
		t.Errorf("%+v", notes)
	}
}

func TestTooManyBytesLeaveOutTheLowest(t *testing.T) {
	r := many(2000, strings.Repeat("x", 1000))
	lim := limits{results: 25_000, bytes: 200_000}
	var b bytes.Buffer
	if err := writeSARIF(&b, r, lim); err != nil {
		t.Fatal(err)
	}
	run := parse(t, b.Bytes())
	if n := len(run.Results); n < 100 || n > 700 {
		t.Errorf("%d results", n)
	}
	for _, x := range run.Results {
		if s := x.Properties.Severity; s == "low" || s == "medium" {
			t.Fatalf("%s is kept although higher ones are left out", s)
		}
	}
	if len(run.Invocations[0].ExecutionNotifications) != 1 {
		t.Error("no word of what is left out")
	}
	log, err := newSARIFLog(r)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := log.choose(lim)
	if err != nil {
		t.Fatal(err)
	}
	if size, err := log.compressed(kept); err != nil || size > lim.bytes {
		t.Errorf("%d bytes, %v", size, err)
	}
}

// The bound decides whether a log is measured at all, so it must never be too low.
func TestBoundIsAboveTheSize(t *testing.T) {
	for name, r := range map[string]*finding.Report{
		"sample": sample(), "short": many(500, ""), "long": many(500, strings.Repeat("x", 2000)),
		"hostile": everywhere(strings.Repeat("\x1b\u202e", 500)), "cut": longLine(),
	} {
		log, err := newSARIFLog(r)
		if err != nil {
			t.Fatal(err)
		}
		all := make([]int, len(r.Findings))
		for i := range all {
			all[i] = i
		}
		size, err := log.compressed(all)
		if err != nil {
			t.Fatal(err)
		}
		if bound := log.bound(); bound < size-4000 { // the head is small and the limit is not
			t.Errorf("%s: bound %d, size %d", name, bound, size)
		}
	}
}

func TestWaivedGoFirstOfOneSeverity(t *testing.T) {
	r := many(40, "")
	for i := range r.Findings {
		r.Findings[i].Severity = finding.High
		if i < 10 {
			r.Findings[i].Waived = &finding.Waiver{Reason: "x"}
		}
	}
	var b bytes.Buffer
	if err := writeSARIF(&b, r, limits{results: 30, bytes: 1 << 30}); err != nil {
		t.Fatal(err)
	}
	for _, x := range parse(t, b.Bytes()).Results {
		if len(x.Suppressions) > 0 {
			t.Errorf("%s is kept", x.Message.Text)
		}
	}
}

func TestLimitsOfOneResultAndRule(t *testing.T) {
	r := sample()
	f := &r.Findings[0]
	for range 2000 {
		f.Related = append(f.Related, f.Related[0])
	}
	rule := *rootUser
	for n := range 50 {
		rule.CWE = append(rule.CWE, n+1)
	}
	f.Rule, r.Rules = &rule, []*finding.Rule{&rule}
	r.Findings[1].Rule = &rule
	run := parse(t, sarifOf(t, r))
	if n := len(run.Results[0].RelatedLocations) + len(run.Results[0].Locations); n != 1000 {
		t.Errorf("%d locations", n)
	}
	if n := len(run.Tool.Driver.Rules[0].Properties.Tags); n != 20 {
		t.Errorf("%d tags", n)
	}
	notes := run.Invocations[0].ExecutionNotifications
	if text := notes[len(notes)-1].Message.Text; !strings.Contains(text, "1002 related places left out") {
		t.Error(text)
	}
}

func TestRegionsAreNeverBelowOne(t *testing.T) {
	for _, s := range []fact.Span{{}, {Line: -1, Column: -1}, {Line: 1}, {Line: 3, Column: 2}, {Line: 3, Column: 5, EndLine: 2, EndColumn: 1}, {Line: 3, Column: 5, EndLine: 3, EndColumn: 2}} {
		r := regionOf(s)
		endsBefore := r.EndColumn != 0 && r.EndLine == r.StartLine && r.EndColumn < r.StartColumn
		if r.StartLine < 1 || r.StartColumn < 0 || r.EndLine != 0 && r.EndLine < r.StartLine || endsBefore {
			t.Errorf("%+v became %+v", s, *r)
		}
	}
}

func TestURIs(t *testing.T) {
	for in, want := range map[string]string{
		"a/b.yaml": "a/b.yaml", "a b": "a%20b", "100%": "100%25", "a#b?c": "a%23b%3Fc", "c:d": "c%3Ad", `a\b`: "a%5Cb",
		"größe": "gr%C3%B6%C3%9Fe", "[x]": "%5Bx%5D", "\xff\n": "%FF%0A", "": "./", ".": "./",
	} {
		if got := uriOf(in); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
	if got := locationOf("svc", "a b"); got.URI != "svc/a%20b" || got.BaseID != srcRoot {
		t.Errorf("%+v", got)
	}
	if got := locationOf("svc", "/etc/x"); got.URI != "file:///etc/x" || got.BaseID != "" {
		t.Errorf("%+v", got)
	}
}

func TestRemotesHaveNoCredentials(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.com/a/b.git":             "https://example.com/a/b.git",
		"https://me:secret@example.com/a.git":     "https://example.com/a.git",
		"https://token@example.com/a?x=secret#y":  "https://example.com/a",
		"git@example.com:a/b.git":                 "ssh://git@example.com/a/b.git",
		"ssh://git:secret@example.com:22/a/b.git": "ssh://git@example.com:22/a/b.git",
		"/srv/git/a.git":                          "",
		"../a.git":                                "",
		"file:///srv/git/a.git":                   "",
		"":                                        "",
		"https://exa mple.com/\x00":               "",
		"C:/x":                                    "ssh://C/x",
	} {
		got := publicRemote(in)
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if publicRemote(got) != got {
			t.Errorf("%q: a second look changes %q", in, got)
		}
	}
}

func TestHelpURI(t *testing.T) {
	for want, rule := range map[string]*finding.Rule{
		URI + "/blob/main/docs/rules.md#dockerfileroot_user": rootUser,
		URI + "/blob/main/docs/writing-rules.md":             teamLabel,
		"https://example.com/x":                              {Custom: true, Resources: []string{"https://example.com/x"}},
	} {
		if got := HelpURI(rule); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestVersionsAreNumeric(t *testing.T) {
	for in, want := range map[string]string{"1.2.3": "1.2.3", "v1.2.3": "1.2.3", "": "0.0.0-devel", "(devel)": "0.0.0-devel", "v": "0.0.0-devel"} {
		if got := numeric(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

var errFull = errors.New("no space left")

type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteErrorsAreReported(t *testing.T) {
	for name, write := range writers {
		for _, room := range []int{0, 70_000} {
			if err := write(&full{room}, many(1000, strings.Repeat("x", 100))); !errors.Is(err, errFull) {
				t.Errorf("%s: room for %d bytes: %v", name, room, err)
			}
		}
	}
}

func TestFindingWithoutRuleIsAnError(t *testing.T) {
	for name, write := range writers {
		if err := write(new(bytes.Buffer), &finding.Report{Findings: []finding.Finding{{Message: "x"}}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
