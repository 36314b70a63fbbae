package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// factsMax bounds the facts of one place, in bytes: a finding about a whole lockfile would repeat it.
const factsMax = 64 << 10

// JSON writes the whole report in a form of our own, which docs/report-json.md explains. There is no
// null in it and no key is missing, but for nulls that stand in the facts themselves.
func JSON(w io.Writer, r *finding.Report) error {
	head, err := wireOf(r)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(head); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	out.Write(harden(bytes.TrimSuffix(buf.Bytes(), []byte("]\n}\n"))))
	enc.SetIndent("    ", "  ")
	for i := range r.Findings {
		buf.Reset()
		if err := enc.Encode(wireFindingOf(&r.Findings[i])); err != nil {
			return fmt.Errorf("%s: %w", r.Findings[i].File, err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(harden(bytes.TrimSuffix(buf.Bytes(), []byte("\n"))))
	}
	if len(r.Findings) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Flush()
}

// wireOf is the report without its findings.
func wireOf(r *finding.Report) (wire, error) {
	rules, err := rulesOf(r)
	if err != nil {
		return wire{}, err
	}
	head := wire{
		Version: wireVersion, Tool: wireTool(r.Tool),
		Verdict: r.Verdict.String(), ExitCode: int(r.Verdict), Reason: r.Reason, FailOn: r.FailOn.String(),
		Started: timestamp(r.Started), Ended: timestamp(r.Ended),
		VCS:               wireVCS{publicRemote(r.VCS.Repository), r.VCS.Revision, r.VCS.Branch, r.VCS.Prefix},
		Documents:         r.Documents,
		Unrecognised:      whole(r.Unrecognised),
		UnrecognisedCount: max(r.UnrecognisedCount, len(r.Unrecognised)),
		Skipped:           []wireSkip{}, Notifications: []wireNotification{},
		Rules: []wireRule{}, Findings: []wireFinding{},
	}
	if head.Documents == nil {
		head.Documents = map[string]int{}
	}
	for _, s := range r.Skipped {
		head.Skipped = append(head.Skipped, wireSkip(s))
	}
	for _, n := range r.Notifications {
		head.Notifications = append(head.Notifications, wireNotification{
			Level: level(n.Error), Message: shorten(n.Message, messageMax), Hint: n.Hint,
			File: n.File, Line: n.Line, Column: n.Column, Rule: n.Rule, Config: n.Config,
		})
	}
	for _, rule := range rules {
		head.Rules = append(head.Rules, wireRuleOf(rule, slices.Contains(r.Rules, rule)))
	}
	return head, nil
}

// level is the word for a notification in JSON and SARIF.
func level(isError bool) string {
	if isError {
		return "error"
	}
	return "note"
}

func wireRuleOf(rule *finding.Rule, ran bool) wireRule {
	w := wireRule{Rule: *rule, Ran: ran, Source: rule.Source}
	w.CWE = whole(rule.CWE)
	w.Equivalent = whole(rule.Equivalent)
	w.Aliases = whole(rule.Aliases)
	w.Resources = whole(rule.Resources)
	w.Precision = precision(rule)
	w.Parameters = map[string]finding.Parameter{}
	for name, p := range rule.Parameters {
		if p.Default == nil {
			p.Default = ""
		}
		w.Parameters[name] = p
	}
	return w
}

// precision of a rule that does not say: rules are there to be right.
func precision(rule *finding.Rule) string {
	if rule.Precision == "" {
		return "high"
	}
	return rule.Precision
}

func whole[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func wireFindingOf(f *finding.Finding) wireFinding {
	source, column, end := sourceOf(f)
	w := wireFinding{
		Rule: f.Rule.Name, Severity: f.Severity.String(),
		Message: shorten(f.Message, messageMax), Remediation: f.Rule.Remediation,
		wirePlace: wirePlaceOf(&f.Place), Logical: f.Logical,
		Source: source, SourceColumn: column, SourceEndColumn: end,
		Fingerprint: f.Fingerprint, Closes: f.Closes, Waived: f.Waived != nil,
		Related: []wireFact{}, Flow: []wireStep{}, Fixes: []wireFix{}, Facts: factsOf(f.Value), Properties: f.Properties,
	}
	if w.Properties == nil {
		w.Properties = map[string]string{}
	}
	for i := range f.Related {
		p := &f.Related[i]
		w.Related = append(w.Related, wireFact{wirePlaceOf(p), factsOf(p.Value)})
	}
	for i := range f.Flow {
		s := &f.Flow[i]
		w.Flow = append(w.Flow, wireStep{wirePlaceOf(&s.Place), shorten(s.Message, messageMax)})
	}
	if f.Fix != nil {
		w.Fixes = append(w.Fixes, wireFix{fixFile(f), wireSpanOf(f.Fix.Span), f.Fix.Text})
	}
	if x := f.Waived; x != nil {
		w.Waiver = wireWaiver{
			Rule: x.Rule, Path: x.Path, Place: x.Place, Fingerprint: x.Fingerprint,
			Reason: x.Reason, Owner: x.Owner, Ticket: x.Ticket, Expires: timestamp(x.Expires),
			File: x.At.File, Line: x.At.Line, Column: x.At.Column,
		}
	}
	return w
}

func wirePlaceOf(p *finding.Place) wirePlace {
	w := wirePlace{File: p.File, wireSpan: wireSpanOf(p.Span), Place: whole([]any(p.At))}
	if p.Document != nil {
		w.Kind, w.Document, w.Name = p.Document.Kind, p.Document.Path, p.Document.Name
	}
	return w
}

func wireSpanOf(s fact.Span) wireSpan { return wireSpan{s.Line, s.Column, s.EndLine, s.EndColumn} }

// fixFile is the file that a fix changes.
func fixFile(f *finding.Finding) string {
	if f.Fix.Span.File != "" {
		return f.Fix.Span.File
	}
	return f.File
}

// factsOf is the JSON of a fact, or "" where there is none.
func factsOf(value []byte) json.RawMessage {
	switch {
	case len(value) == 0 || string(value) == "null" || !json.Valid(value):
		return json.RawMessage(`""`)
	case len(value) > factsMax:
		return json.RawMessage(fmt.Sprintf(`"(%d bytes left out)"`, len(value)))
	default:
		return value
	}
}

// timestamp is a moment as RFC 3339 in UTC; an unknown one is "".
func timestamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}
