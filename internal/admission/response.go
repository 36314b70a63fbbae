package admission

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of an answer. Of warnings, the API server keeps 4096 characters in all, and where they are more, 256 of each
// (k8s.io/apiserver/pkg/endpoints/filters, truncateAtTotalRunes and truncateItemRunes).
const (
	maxMessage    = 32 << 10 // bytes
	maxWarnings   = 4096     // bytes of all
	maxWarning    = 256      // characters of one
	maxAnnotation = 2 << 10  // bytes of a value
)

type review struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Response   response `json:"response"`
}

type response struct {
	UID              string            `json:"uid"`
	Allowed          bool              `json:"allowed"`
	Status           *status           `json:"status,omitempty"`
	Warnings         []string          `json:"warnings,omitempty"`
	AuditAnnotations map[string]string `json:"auditAnnotations,omitempty"`
}

type status struct {
	Status  string `json:"status"`
	Message string `json:"message"`
	Reason  string `json:"reason"`
	Code    int    `json:"code"`
}

// respond writes the body of a decision.
func (d *Decider) respond(r *request, out *Decision) {
	answer := response{UID: r.uid, Allowed: out.Allowed, Warnings: out.warnings(), AuditAnnotations: d.annotations(out)}
	if !out.Allowed {
		answer.Status = &status{Status: "Failure", Message: out.message(), Reason: "Forbidden", Code: forbidden}
	}
	body, err := json.Marshal(review{"admission.k8s.io/v1", "AdmissionReview", answer})
	if err != nil { // strings and booleans always encode
		body = nil
	}
	out.Body = body
}

func (d *Decider) annotations(out *Decision) map[string]string {
	all := map[string]string{"verdict": out.Outcome}
	put := func(key, value string) {
		if value != "" {
			all[key] = cut(clean(value), maxAnnotation)
		}
	}
	put("bundle", cmp.Or(d.opts.Digest, d.opts.Revision))
	put("binding", strings.Join(out.Bindings, ","))
	put("note", out.Note)
	var rules, waived []string
	for i := range out.Judged {
		list := &rules
		if out.Judged[i].Finding.Waived != nil {
			list = &waived
		}
		if name := out.Judged[i].Finding.Rule.Name; !slices.Contains(*list, name) {
			*list = append(*list, name)
		}
	}
	put("rules", strings.Join(rules, ","))
	put("waived", strings.Join(waived, ","))
	if len(out.Errors) > 0 {
		put("error", out.Errors[0].Message)
	}
	return all
}

// message says why an object is denied: each rule that denies it has a line at least.
func (o *Decision) message() string {
	var first, more []string
	seen := map[string]bool{}
	for i := range o.Judged {
		j := &o.Judged[i]
		if !j.Denies {
			continue
		}
		f := &j.Finding
		line := cut(clean(fmt.Sprintf("%s: %s: %s: %s", f.Rule.Name, cmp.Or(f.Field, f.At.String()), f.Message, f.Rule.Remediation)), maxMessage/64)
		if seen[f.Rule.Name] {
			more = append(more, line)
		} else {
			first = append(first, line)
		}
		seen[f.Rule.Name] = true
	}
	for _, n := range o.Errors {
		line := "not decided: " + n.Message
		if n.Rule != "" {
			line = "not decided: " + n.Rule + ": " + n.Message
		}
		first = append(first, cut(clean(line), maxMessage/64))
	}
	lines := append(first, more...)
	text := fmt.Sprintf("%s %s is denied by sallyport", o.Kind, cut(clean(o.Name), 300))
	for i, line := range lines {
		if len(text)+len(line) > maxMessage {
			text += fmt.Sprintf("\nand %d more", len(lines)-i)
			break
		}
		text += "\n" + line
	}
	return text
}

// warnings are what the user is told beside the verdict, within the limits; what is left out is counted.
func (o *Decision) warnings() []string {
	var all []string
	for i := range o.Judged {
		if j := &o.Judged[i]; j.Warns() {
			f := &j.Finding
			all = append(all, warning(fmt.Sprintf("%s: %s: %s", f.Rule.Name, cmp.Or(f.Field, f.At.String()), f.Message)))
		}
	}
	if o.Allowed {
		for _, n := range o.Errors {
			all = append(all, warning("not decided: "+n.Message))
		}
	}
	const room = 40 // for the line that counts
	size := 0
	for i, w := range all {
		if size += len(w); size > maxWarnings-room {
			return append(all[:i:i], fmt.Sprintf("and %d more", len(all)-i))
		}
	}
	return all
}

func warning(s string) string {
	s = clean(s)
	if utf8.RuneCountInString(s) <= maxWarning {
		return s
	}
	return string([]rune(s)[:maxWarning-1]) + "…"
}

// cut shortens a text to so many bytes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n-len("…")], "") + "…"
}

// clean makes one line of a text: the API server drops a warning with control characters.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
