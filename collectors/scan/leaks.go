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
	for _, leak := range n.List() {
		res := Result{
			Kind: "secret", Status: "found", Severity: "unknown",
			ID: leak.Either("RuleID", "rule").Text(), Title: leak.Either("Description", "rule").Text(),
			Location: Location{
				File: leak.Either("File", "file").Text(), Line: leak.Either("StartLine", "lineNumber").Position(),
				EndLine: leak.Key("EndLine").Position(),
			},
		}
		hide(leak, "Secret", "Match", "Line", "offender", "line")
		res.Target, res.Name = res.Location.File, res.ID+"@"+res.Location.File
		res.Commit = leak.Either("Commit", "commit").Text()
		at.result(leak, r, res)
	}
}

// trufflehog reads the lines of trufflehog --json. A secret that was tried and works is critical; one that could not be
// tried is not harmless.
func trufflehog(n node, r *Report, at *origins) {
	at.parts = map[string]fact.Path{"results.id": {"DetectorName"}, "results.location": {"SourceMetadata"}}
	r.Tool.Name, r.Concern, r.Subject.Kind, r.Subject.Counted = "trufflehog", "secrets", "repository", false
	for _, leak := range n.List() {
		if leak.Key("DetectorName").Absent() { // a line of the log
			continue
		}
		res := Result{Kind: "secret", ID: leak.Key("DetectorName").Text(), Status: "found", Severity: "high"}
		res.Title = res.ID + " credential"
		if leak.Key("Verified").Truth() {
			res.Status, res.Severity = "verified", "critical"
		}
		data := leak.Key("SourceMetadata").Key("Data")
		if data.IsObject() {
			for source := range data.Value.(map[string]any) {
				place := data.Key(source)
				if !place.IsObject() {
					continue
				}
				res.Location.File, res.Location.Line = place.Either("file", "path", "filename").Text(), place.Key("line").Position()
				res.Commit, _ = place.Key("commit").Value.(string)
			}
		}
		hide(leak, "Raw", "RawV2", "Redacted")
		res.Target, res.Name = res.Location.File, res.ID+"@"+res.Location.File
		at.result(leak, r, res)
	}
}

// hide keeps texts of the report out of every output, as they are and as JSON writes them.
func hide(n node, keys ...string) {
	for _, key := range keys {
		text, _ := n.Key(key).Value.(string)
		n.From.hide(text)
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
