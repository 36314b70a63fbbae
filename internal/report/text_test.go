package report

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func TestCaretStandsUnderThePlace(t *testing.T) {
	for name, tt := range map[string]struct {
		line        string
		column, end int
		want        string
	}{
		"plain":              {"USER root", 6, 10, "USER root\n     ^^^^"},
		"start":              {"USER root", 1, 5, "USER root\n^^^^"},
		"zero width":         {"USER root", 6, 6, "USER root\n     ^"},
		"past the end":       {"USER", 9, 12, "USER\n    ^"},
		"unknown column":     {"USER", 0, 0, "USER\n^"},
		"tab first":          {"\tUSER root", 7, 11, "    USER root\n         ^^^^"},
		"tab within":         {"ab\troot", 4, 8, "ab  root\n    ^^^^"},
		"tab in place":       {"a\tb", 1, 4, "a   b\n^^^^^"},
		"wide":               {"漢字 root", 4, 8, "漢字 root\n     ^^^^"},
		"wide place":         {"x 漢字", 3, 5, "x 漢字\n  ^^^^"},
		"emoji":              {"👍 x", 3, 4, "👍 x\n   ^"},
		"combining":          {"e\u0301 x", 4, 5, "e\u0301 x\n  ^"},
		"control":            {"\x1b[31mx", 6, 7, "\\x1b[31mx\n        ^"},
		"right-to-left":      {"a\u202eb", 3, 4, "a\\u202eb\n       ^"},
		"invalid UTF-8":      {"\xffx", 2, 3, "\\xffx\n    ^"},
		"end before column":  {"USER root", 6, 2, "USER root\n     ^"},
		"command after text": {"# ::error::x", 3, 4, "# \\x3a:error::x\n  ^^^^"},
	} {
		f := finding.Finding{
			Place:  finding.Place{Span: fact.Span{Line: 1, Column: tt.column, EndLine: 1, EndColumn: tt.end}},
			Source: tt.line,
		}
		if diff := cmp.Diff(tt.want, sourceLines(&f, 0)); diff != "" {
			t.Errorf("%s: want - got +\n%s", name, diff)
		}
	}
}

// sourceLines is what source writes, without its gutter.
func sourceLines(f *finding.Finding, width int) string {
	var b bytes.Buffer
	t := newText(&b, Style{Width: width}, &finding.Report{})
	t.source(f, 4, red)
	t.Flush()
	var lines []string
	for line := range strings.Lines(b.String()) {
		lines = append(lines, strings.TrimSuffix(line, "\n")[len("   1 | "):])
	}
	return strings.Join(lines, "\n")
}

func TestLongLineIsCutAroundTheCaret(t *testing.T) {
	for _, before := range []string{"", strings.Repeat("x", 5<<20), strings.Repeat("漢", 1<<20), strings.Repeat("\t", 100), strings.Repeat("\x1b", 300)} {
		for _, after := range []string{"", strings.Repeat("y", 5<<20), strings.Repeat("\u202e", 500)} {
			for _, place := range []string{"ROOT", strings.Repeat("R", 1<<20)} {
				for _, width := range []int{0, 20, 80} {
					n := utf8.RuneCountInString(before)
					f := finding.Finding{Source: before + place + after, Place: finding.Place{
						Span: fact.Span{Line: 1, Column: n + 1, EndLine: 1, EndColumn: n + 1 + len(place)},
					}}
					checkCut(t, sourceLines(&f, width), width)
				}
			}
		}
	}
}

func checkCut(t *testing.T, got string, width int) {
	t.Helper()
	line, carets, _ := strings.Cut(got, "\n")
	limit := lineWidth
	if width > 0 {
		limit = max(width-7, wrapMin)
	}
	if n := displaywidth.String(line); n > limit {
		t.Fatalf("width %d: %d columns: %q", width, n, line)
	}
	at := strings.Index(carets, "^")
	if at < 0 || at >= len(line) {
		t.Fatalf("width %d: no caret in sight\n%s", width, got)
	}
	column := 0
	for i, r := range line {
		if column == at {
			if !strings.HasPrefix(line[i:], "R") {
				t.Fatalf("width %d: the caret is not under the place\n%s", width, got)
			}
			return
		}
		column += displaywidth.Rune(r)
	}
	t.Fatalf("width %d: the caret is past the line\n%s", width, got)
}

// hostile are texts that some log reader or terminal would obey.
var hostile = []string{
	"::error::x", "  ::error file=a,line=1::x", "a\n::error::x", "\r::set-output name=a::b", "::add-mask::x",
	"::endgroup::", "0 ::A", "::stop-commands::t", "::warning", "\u2028::error::x", "\u00a0::error::x", "\u3000::notice::x",
	"##[error]x", "a ##[command]x", "###[group]x", "##vso[task.setvariable variable=a]b", "##teamcity[x]", "##[",
	"\x1b[2J", "\x1b]8;;http://192.0.2.1\x07x", "\u009b31m", "a\rb", "\x00", "\x7f", "\u202e", "\u2066", "\u200f", "\ufeff",
	"\xff\xfe", "\U000e0041", "section_start:1:x\r\x1b[0K", "--- group", "+++ group", "^^^ +++", "~~~ x",
}

var obeyed = regexp.MustCompile(`(?m)^\s*::[a-zA-Z]|##[a-zA-Z_-]*\[|^(---|\+\+\+|~~~|\^\^\^)`)

// writers are all formats, and text as a narrow terminal has it.
var writers = map[string]Writer{
	"json": JSON, "sarif": SARIF, "text": Text(Style{}), "narrow": Text(Style{Width: 40}),
}

// obeys tells what of an output a terminal or log reader would take for more than text.
func obeys(out string) string {
	if m := obeyed.FindString(out); m != "" {
		return m
	}
	if !utf8.ValidString(out) {
		return "invalid UTF-8"
	}
	for _, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029') {
			return string(r)
		}
	}
	return ""
}

// everywhere puts a text into every field that may come from the tree.
func everywhere(s string) *finding.Report {
	doc := &fact.Document{Kind: s, Path: s, Name: s}
	place := finding.Place{Document: doc, At: fact.Path{s, 1}, File: s, Span: fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 3}}
	rule := &finding.Rule{
		Name: "x/" + s, Kind: s, Title: s, Description: s, Remediation: s, Severity: finding.High, Bad: s, Good: s,
		Aliases: []string{s}, Equivalent: []string{s}, Source: s, Custom: true,
	}
	return &finding.Report{
		Verdict: finding.Closed, Reason: s, Root: s, FailOn: finding.High,
		Findings: []finding.Finding{{
			Rule: rule, Severity: finding.High, Place: place, Logical: s, Message: s, Source: s, Fingerprint: s,
			Related: []finding.Place{place}, Fix: &finding.Fix{Span: place.Span, Text: s},
			Waived: &finding.Waiver{Reason: s, Owner: s, Ticket: s},
		}},
		Notifications: []finding.Notification{{Error: true, File: s, Message: s, Hint: s, Rule: s}, {Message: s}},
		Rules:         []*finding.Rule{rule}, Documents: map[string]int{s: 1},
		Unrecognised: []string{s}, Skipped: []finding.Skip{{Path: s, Reason: s}},
		VCS: finding.VCS{Repository: s, Revision: s, Branch: s, Prefix: s},
	}
}

func TestNothingInALogIsACommand(t *testing.T) {
	for _, s := range hostile {
		for name, write := range writers {
			var b bytes.Buffer
			if err := write(&b, everywhere(s)); err != nil {
				t.Fatal(err)
			}
			if got := obeys(b.String()); got != "" {
				t.Errorf("%s: %q lets %q through:\n%s", name, s, got, b.String())
			}
		}
	}
	if obeys("a\n  ::error::x\n") == "" || obeys("##[x") == "" || obeys("\x1b") == "" {
		t.Error("the test finds nothing")
	}
}

func FuzzNothingInALogIsACommand(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, write := range writers {
			var b bytes.Buffer
			if err := write(&b, everywhere(s)); err != nil {
				t.Fatal(err)
			}
			if got := obeys(b.String()); got != "" {
				t.Errorf("%s: %q lets %q through:\n%s", name, s, got, b.String())
			}
		}
	})
}

func TestSafeLeavesPlainTextAlone(t *testing.T) {
	for _, s := range []string{
		"std::error::Error", "[::1]:8080", "::/0", "fe80::1", "# comment", "## heading", "grün 漢字 👍", `C:\x`, "a::b",
	} {
		if got := safe(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestColourOnlyWhereAsked(t *testing.T) {
	var plain, coloured bytes.Buffer
	if err := errors.Join(Text(Style{})(&plain, sample()), Text(Style{Color: true})(&coloured, sample())); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(plain.String(), "\x1b") {
		t.Error("colour without being asked")
	}
	stripped := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(coloured.String(), "")
	if diff := cmp.Diff(plain.String(), stripped); diff != "" {
		t.Errorf("colour changes the text\n%s", diff)
	}
}

func TestRootGoesInFrontOfPaths(t *testing.T) {
	for _, tt := range [][3]string{
		{".", "a/b", "a/b"},
		{"", "a/b", "a/b"},
		{"src", "a/b", "src/a/b"},
		{"../x/", "a", "../x/a"},
		{"/abs", "a", "/abs/a"},
		{"src", "/etc/x", "/etc/x"},
		{".", "-rf", "./-rf"},
		{".", "--- x", "./--- x"},
	} {
		if got := newText(io.Discard, Style{}, &finding.Report{Root: tt[0]}).file(tt[1]); got != tt[2] {
			t.Errorf("%q under %q is %q, want %q", tt[1], tt[0], got, tt[2])
		}
	}
}

func TestLastLineIsTheVerdict(t *testing.T) {
	for want, r := range map[string]*finding.Report{
		"gate open\n": {},
		"gate open: no finding at or above high\n":  {Reason: "no finding at or above high"},
		"gate closed: 1 finding at or above high\n": {Verdict: finding.Closed, Reason: "1 finding at or above high"},
		"no verdict: nothing to check\n":            {Verdict: finding.None, Reason: "nothing to check"},
	} {
		var b bytes.Buffer
		if err := Formats["text"](&b, r); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), "\n"+want) {
			t.Errorf("want %q at the end of\n%s", want, b.String())
		}
	}
}

func TestStatsAreLongestFirst(t *testing.T) {
	var b bytes.Buffer
	r := &finding.Report{Stats: &finding.Stats{
		Phases: map[string]time.Duration{"collect": 2 * time.Millisecond, "judge": 3 * time.Millisecond},
		Rules:  map[string]time.Duration{"a/b": time.Microsecond, "a/a": time.Microsecond},
	}}
	if err := errors.Join(Stats(&b, r), Stats(&b, &finding.Report{})); err != nil {
		t.Fatal(err)
	}
	want := "phase           3.000 ms  judge\nphase           2.000 ms  collect\n" +
		"rule            0.001 ms  a/a\nrule            0.001 ms  a/b\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("want - got +\n%s", diff)
	}
}
