package scan

import (
	"strings"

	"sallyport/internal/cvss"
	"sallyport/internal/fact"
)

// semgrep reads semgrep's CLI output (https://github.com/semgrep/semgrep-interfaces, cli_output).
func semgrep(n node, r *Report, at *origins) {
	at.fields = map[string]fact.Path{
		"tool": {"version"}, "tool.version": {"version"}, "subject": {"paths"}, "subject.targets": {"paths", "scanned"}, "results": {"results"},
	}
	at.parts = map[string]fact.Path{"results.id": {"check_id"}, "results.title": {"extra", "message"}, "results.severity": {"extra", "severity"}}
	r.Tool = Tool{Name: "semgrep", Version: n.key("version").text()}
	r.Concern, r.Subject.Kind = "code", "filesystem"
	for _, file := range n.key("paths").key("scanned").list() {
		at.target(file, r, Target{Name: file.text(), Class: "file"})
	}
	for _, skipped := range n.key("paths").key("skipped").list() {
		if reason := skipped.key("reason").text(); strings.HasPrefix(reason, "cli_") {
			at.narrowed(skipped, r, "exclude", skipped.key("path").text())
		}
	}
	for _, result := range n.key("results").need().list() {
		semgrepResult(result, r, at)
	}
	for _, problem := range n.key("errors").list() {
		if level := problem.key("level").text(); level == "" || level == "error" {
			at.failed(problem, r, semgrepError(problem), firstSentence(problem.key("message").text()))
		}
	}
}

// semgrepError is the kind of a mistake: a word, or a list that begins with one.
func semgrepError(n node) string {
	switch kind := n.key("type").value.(type) {
	case string:
		return kind
	case []any:
		if len(kind) > 0 {
			if word, ok := kind[0].(string); ok {
				return word
			}
		}
	}
	return "error"
}

func semgrepResult(n node, r *Report, at *origins) {
	extra := n.key("extra")
	level := strings.ToLower(extra.key("severity").text())
	res := Result{
		Kind: "finding", Status: "open", ID: n.key("check_id").text(), Level: level, Severity: levelSeverity(level),
		Title: firstSentence(extra.key("message").text()), Target: n.key("path").text(),
		Location: Location{
			File: n.key("path").text(), Line: n.key("start").key("line").position(), Column: n.key("start").key("col").position(),
			EndLine: n.key("end").key("line").position(), EndColumn: n.key("end").key("col").position(),
		},
	}
	res.Name = res.ID + "@" + res.Target
	if strings.Contains(strings.ToLower(res.ID), "secrets.") {
		res.Kind = "secret"
		extra.hide("lines")
	}
	if extra.key("is_ignored").truth() {
		at.ignored(n, r, Ignore{ID: res.ID, Status: "ignored", Source: "comment in " + res.Target})
		return
	}
	at.result(n, r, res)
}

// levelSeverity rates what a linter calls an error or a warning. Without a score, an error of a linter is no more
// than medium: linters call matters of style errors as well.
func levelSeverity(level string) string {
	switch level {
	case "error":
		return "medium"
	case "warning", "note", "info", "inventory", "experiment":
		return "low"
	}
	return cvss.Word(level)
}
