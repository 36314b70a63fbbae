package scan

import (
	"bytes"
	"encoding/json"
	"strings"

	"sallyport/internal/fact"
)

// gitleaks reads the list that gitleaks writes (https://github.com/gitleaks/gitleaks, report.Finding), also that of
// releases before 8. Secret, Match and Line hold what was found, and so does a link to the line; none is a fact.
func gitleaks(n node, r *Report, at *origins) {
	at.parts = map[string]fact.Path{
		"results.id": {"RuleID"}, "results.title": {"Description"}, "results.location.file": {"File"}, "results.location.line": {"StartLine"},
	}
	r.Tool.Name, r.Concern, r.Subject.Kind, r.Subject.Counted = "gitleaks", "secrets", "repository", false
	for _, leak := range n.list() {
		res := Result{
			Kind: "secret", Status: "found", Severity: "unknown",
			ID: leak.either("RuleID", "rule").text(), Title: leak.either("Description", "rule").text(),
			Location: Location{
				File: leak.either("File", "file").text(), Line: leak.either("StartLine", "lineNumber").position(),
				EndLine: leak.key("EndLine").position(),
			},
		}
		leak.hide("Secret", "Match", "Line", "offender", "line")
		res.Target, res.Name = res.Location.File, res.ID+"@"+res.Location.File
		res.Commit = leak.either("Commit", "commit").text()
		at.result(leak, r, res)
	}
}

// trufflehog reads the lines of trufflehog --json. A secret that was tried and works is critical; one that could not be
// tried is not harmless.
func trufflehog(n node, r *Report, at *origins) {
	at.parts = map[string]fact.Path{"results.id": {"DetectorName"}, "results.location": {"SourceMetadata"}}
	r.Tool.Name, r.Concern, r.Subject.Kind, r.Subject.Counted = "trufflehog", "secrets", "repository", false
	for _, leak := range n.list() {
		if leak.key("DetectorName").absent() { // a line of the log
			continue
		}
		res := Result{Kind: "secret", ID: leak.key("DetectorName").text(), Status: "found", Severity: "high"}
		res.Title = res.ID + " credential"
		if leak.key("Verified").truth() {
			res.Status, res.Severity = "verified", "critical"
		}
		data := leak.key("SourceMetadata").key("Data")
		if data.object() {
			for source := range data.value.(map[string]any) {
				place := data.key(source)
				if !place.object() {
					continue
				}
				res.Location.File, res.Location.Line = place.either("file", "path", "filename").text(), place.key("line").position()
				res.Commit, _ = place.key("commit").value.(string)
			}
		}
		leak.hide("Raw", "RawV2", "Redacted")
		res.Target, res.Name = res.Location.File, res.ID+"@"+res.Location.File
		at.result(leak, r, res)
	}
}

// hide keeps texts of the report out of every output, as they are and as JSON writes them.
func (n node) hide(keys ...string) {
	for _, key := range keys {
		text, _ := n.key(key).value.(string)
		n.from.hide(text)
	}
}

// hide keeps a text out of every output. What scanners write in place of a secret is none.
func (r *reading) hide(text string) {
	if trimmed := strings.Trim(text, "*xX. "); len(text) < minLeak || trimmed == "" || strings.Contains(text, "REDACTED") {
		return
	}
	r.secrets = append(r.secrets, text)
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) == nil {
		r.written(text, strings.Trim(plain.String(), "\"\n"))
	}
	if html, err := json.Marshal(text); err == nil {
		r.written(text, strings.Trim(string(html), `"`))
	}
	if lines := strings.Split(text, "\n"); len(lines) > 1 {
		for _, line := range lines {
			if line = strings.TrimSpace(line); len(line) >= minSecret {
				r.secrets = append(r.secrets, line)
			}
		}
	}
}

func (r *reading) written(text, as string) {
	if as != text {
		r.secrets = append(r.secrets, as)
	}
}

// minLeak is the shortest text that is held to be the secret itself.
const minLeak = 4
