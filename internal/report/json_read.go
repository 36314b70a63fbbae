package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// Read reads what JSON wrote. Writing the report again gives the same bytes; documents have neither
// facts nor spans, because places carry their own.
func Read(r io.Reader) (*finding.Report, error) {
	var w wire
	if err := json.NewDecoder(r).Decode(&w); err != nil {
		return nil, fmt.Errorf("not a JSON report of this program: %w", err)
	}
	if w.Version != wireVersion {
		return nil, fmt.Errorf("a JSON report of version %d, and this program reads version %d", w.Version, wireVersion)
	}
	d := &reader{rules: make(map[string]*finding.Rule, len(w.Rules))}
	rep := &finding.Report{
		Tool: finding.Tool(w.Tool), Verdict: d.verdict(w.Verdict), Reason: w.Reason,
		FailOn: d.severity(w.FailOn, true), Started: d.time(w.Started), Ended: d.time(w.Ended),
		Documents: w.Documents, Unrecognised: w.Unrecognised, UnrecognisedCount: w.UnrecognisedCount,
		VCS: finding.VCS(w.VCS),
	}
	for _, s := range w.Skipped {
		rep.Skipped = append(rep.Skipped, finding.Skip(s))
	}
	for _, n := range w.Notifications {
		rep.Notifications = append(rep.Notifications, finding.Notification{
			Error: n.Level == "error", Message: n.Message, Hint: n.Hint,
			File: n.File, Line: n.Line, Column: n.Column, Rule: n.Rule, Config: n.Config,
		})
	}
	for _, saved := range w.Rules {
		rule := saved.Rule
		rule.Source = saved.Source
		d.rules[rule.Name] = &rule
		if saved.Ran {
			rep.Rules = append(rep.Rules, &rule)
		}
	}
	for i := range w.Findings {
		rep.Findings = append(rep.Findings, d.finding(&w.Findings[i]))
	}
	return rep, errors.Join(d.errs...)
}

// A reader turns words back into values and keeps what it could not.
type reader struct {
	rules map[string]*finding.Rule
	errs  []error
}

func (d *reader) errorf(format string, args ...any) {
	d.errs = append(d.errs, fmt.Errorf(format, args...))
}

func (d *reader) verdict(word string) finding.Verdict {
	for _, v := range []finding.Verdict{finding.Open, finding.Closed, finding.None} {
		if v.String() == word {
			return v
		}
	}
	d.errorf("verdict: %q is none of open, closed, none", word)
	return finding.None
}

func (d *reader) severity(word string, optional bool) finding.Severity {
	var s finding.Severity
	if word == "" && optional {
		return s
	}
	if err := s.UnmarshalText([]byte(word)); err != nil {
		d.errs = append(d.errs, err)
	}
	return s
}

func (d *reader) time(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		d.errs = append(d.errs, err)
	}
	return t
}

func (d *reader) finding(w *wireFinding) finding.Finding {
	rule := d.rules[w.Rule]
	if rule == nil {
		d.errorf("finding %s: the report has no rule %q", w.Fingerprint, w.Rule)
		rule = &finding.Rule{Name: w.Rule}
	}
	f := finding.Finding{
		Rule: rule, Severity: d.severity(w.Severity, false), Message: w.Message,
		Place: d.place(&w.wirePlace, w.Facts), Logical: w.Logical,
		Source: w.Source, SourceColumn: w.SourceColumn, SourceEnd: w.SourceEndColumn,
		Fingerprint: w.Fingerprint, Closes: w.Closes, Properties: w.Properties,
	}
	for i := range w.Related {
		f.Related = append(f.Related, d.place(&w.Related[i].wirePlace, w.Related[i].Facts))
	}
	for i := range w.Flow {
		f.Flow = append(f.Flow, finding.Step{Place: d.place(&w.Flow[i].wirePlace, nil), Message: w.Flow[i].Message})
	}
	for _, x := range w.Fixes {
		span := x.span()
		span.File = x.File
		f.Fix = &finding.Fix{Span: span, Text: x.Text}
	}
	if w.Waived {
		x := w.Waiver
		f.Waived = &finding.Waiver{
			Rule: x.Rule, Path: x.Path, Place: x.Place, Fingerprint: x.Fingerprint,
			Reason: x.Reason, Owner: x.Owner, Ticket: x.Ticket, Expires: d.time(x.Expires),
			At: fact.Span{File: x.File, Line: x.Line, Column: x.Column},
		}
	}
	return f
}

func (w wireSpan) span() fact.Span {
	return fact.Span{Line: w.Line, Column: w.Column, EndLine: w.EndLine, EndColumn: w.EndColumn}
}

func (d *reader) place(w *wirePlace, facts json.RawMessage) finding.Place {
	p := finding.Place{
		Document: &fact.Document{Kind: w.Kind, Path: w.Document, Name: w.Name},
		File:     w.File, Span: w.span(),
	}
	for _, step := range w.Place {
		switch step := step.(type) {
		case string:
			p.At = append(p.At, step)
		case float64:
			p.At = append(p.At, int(step))
		default:
			d.errorf("%s: place: %v is neither a name nor an index", w.File, step)
		}
	}
	if string(facts) != `""` {
		var b bytes.Buffer
		if err := json.Compact(&b, facts); err == nil {
			p.Value = b.Bytes()
		}
	}
	return p
}
