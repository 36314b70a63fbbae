package report

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strings"

	"sallyport/internal/finding"
)

// Style says what the place that text goes to can show.
type Style struct {
	// Color marks severities by colour.
	Color bool
	// Width is the number of columns of the terminal; 0 is no terminal: then notes are not wrapped.
	Width int
}

// Text is the writer for people: findings by file with their source lines, what went wrong, what was
// looked at, and the verdict in the last line.
func Text(style Style) Writer {
	return func(w io.Writer, r *finding.Report) error {
		if _, err := rulesOf(r); err != nil {
			return err
		}
		t := newText(w, style, r)
		t.findings(r.Findings)
		t.notifications(r.Notifications)
		t.summary(r)
		return t.Flush()
	}
}

// relatedShown bounds the list of related places of a finding.
const relatedShown = 10

type text struct {
	*bufio.Writer
	style  Style
	root   string
	failOn finding.Severity
}

func newText(w io.Writer, style Style, r *finding.Report) *text {
	return &text{Writer: bufio.NewWriter(w), style: style, root: r.Root, failOn: r.FailOn}
}

// An sgr is a "select graphic rendition" sequence of ECMA-48. A styling library would cost every start
// of the program two milliseconds for these few.
type sgr string

const (
	bold   sgr = "1"
	dim    sgr = "2"
	red    sgr = "31"
	green  sgr = "32"
	yellow sgr = "33"
	cyan   sgr = "36"
	alarm  sgr = "1;31"
)

var severityColors = map[finding.Severity]sgr{
	finding.Low: cyan, finding.Medium: yellow, finding.High: red, finding.Critical: alarm,
}

func (t *text) paint(color sgr, s string) string {
	if !t.style.Color || s == "" {
		return s
	}
	return "\x1b[" + string(color) + "m" + s + "\x1b[0m"
}

// file is a path of the tree as the user can open it: from where the user named the tree.
func (t *text) file(name string) string {
	if t.root != "" && t.root != "." && !path.IsAbs(name) {
		name = path.Join(t.root, name)
	}
	return anchored(safe(name))
}

// place is file:line:column, as editors and terminals know it.
func (t *text) place(file string, line, column int) string {
	s := t.file(file)
	if line > 0 {
		s += fmt.Sprintf(":%d", line)
		if column > 0 {
			s += fmt.Sprintf(":%d", column)
		}
	}
	return s
}

func (t *text) findings(findings []finding.Finding) {
	for i := 0; i < len(findings); {
		n := i
		for n < len(findings) && findings[n].File == findings[i].File {
			n++
		}
		title := fmt.Sprintf("== %s (%s)", t.file(findings[i].File), finding.Count(n-i, "finding"))
		fmt.Fprintf(t, "%s\n\n", t.paint(bold, title))
		for ; i < n; i++ {
			t.finding(&findings[i])
		}
	}
}

func (t *text) finding(f *finding.Finding) {
	color := severityColors[f.Severity]
	waived := ""
	if f.Waived != nil {
		color, waived = dim, " (waived)"
	}
	fmt.Fprintf(t, "%s: %s: %s: %s%s\n", t.place(f.File, f.Span.Line, f.Span.Column),
		t.paint(color, f.Severity.String()), safe(f.Rule.Name), safe(shorten(f.Message, messageMax)), waived)
	gutter := max(len(fmt.Sprint(f.Span.Line)), 4)
	t.source(f, gutter, color)
	t.note(gutter, "help", safe(f.Rule.Remediation))
	if f.Fix != nil {
		t.note(gutter, "fix", `replace it with "`+safe(shorten(f.Fix.Text, messageMax))+`"`)
	}
	for i, p := range f.Related {
		if i == relatedShown {
			t.note(gutter, "related", fmt.Sprintf("and %d more", len(f.Related)-i))
			break
		}
		t.note(gutter, "related", t.related(p))
	}
	for i, s := range f.Flow {
		if i == relatedShown {
			t.note(gutter, "way", fmt.Sprintf("and %d more", len(f.Flow)-i))
			break
		}
		t.note(gutter, "way", t.place(s.File, s.Span.Line, s.Span.Column)+": "+safe(shorten(s.Message, messageMax)))
	}
	if f.Waived != nil {
		t.note(gutter, "waived", waiver(f.Waived))
	}
	if b := f.Properties["binding"]; b != "" {
		t.note(gutter, "binding", safe(shorten(b, messageMax))+", "+safe(f.Properties["mode"]))
	}
	if f.Closes && f.Severity < t.failOn && (f.Rule.NonNegotiable || f.Properties["binding"] == "") {
		t.note(gutter, "note", "non-negotiable: it closes the gate whatever its severity")
	}
	if f.Fingerprint != "" {
		t.note(gutter, "fingerprint", safe(f.Fingerprint))
	}
	t.WriteByte('\n')
}

func (t *text) related(p finding.Place) string {
	s := t.place(p.File, p.Span.Line, p.Span.Column)
	if len(p.At) > 0 {
		s += " " + safe(p.At.String())
	}
	return s
}

func waiver(w *finding.Waiver) string {
	var b strings.Builder
	b.WriteString("until " + w.Expires.UTC().Format("2006-01-02"))
	if w.Owner != "" {
		b.WriteString(" by " + safe(w.Owner))
	}
	if w.Ticket != "" {
		b.WriteString(" (" + safe(w.Ticket) + ")")
	}
	if w.Reason != "" {
		b.WriteString(": " + safe(w.Reason))
	}
	return b.String()
}

// note writes one line below the source, wrapped where there is a terminal to wrap for.
func (t *text) note(gutter int, name, s string) {
	if s == "" {
		return
	}
	indent := strings.Repeat(" ", gutter+1) + "= "
	hang := strings.Repeat(" ", len(indent)+len(name)+2)
	lines := wrap(s, t.style.Width-len(hang))
	fmt.Fprintf(t, "%s%s: %s\n", indent, t.paint(bold, name), lines[0])
	for _, line := range lines[1:] {
		fmt.Fprintf(t, "%s%s\n", hang, line)
	}
}

func (t *text) notifications(all []finding.Notification) {
	for _, n := range all {
		word, color := "notice", cyan
		if n.Error {
			word, color = "error", alarm
		}
		place := ""
		if n.File != "" {
			place = t.place(n.File, n.Line, n.Column) + ": "
		}
		rule := ""
		if n.Rule != "" {
			rule = safe(n.Rule) + ": "
		}
		fmt.Fprintf(t, "%s: %s%s%s\n", t.paint(color, word), place, rule, safe(shorten(n.Message, messageMax)))
		t.note(4, "help", safe(n.Hint))
	}
	if len(all) > 0 {
		t.WriteByte('\n')
	}
}
