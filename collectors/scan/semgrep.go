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
	r.Tool = Tool{Name: "semgrep", Version: n.Key("version").Text()}
	r.Concern, r.Subject.Kind = "code", "filesystem"
	for _, file := range n.Key("paths").Key("scanned").List() {
		at.target(file, r, Target{Name: file.Text(), Class: "file"})
	}
	for _, skipped := range n.Key("paths").Key("skipped").List() {
		if reason := skipped.Key("reason").Text(); strings.HasPrefix(reason, "cli_") {
			at.narrowed(skipped, r, "exclude", skipped.Key("path").Text())
		}
	}
	for _, result := range n.Key("results").Need().List() {
		semgrepResult(result, r, at)
	}
	for _, problem := range n.Key("errors").List() {
		if level := problem.Key("level").Text(); level == "" || level == "error" {
			at.failed(problem, r, semgrepError(problem), firstSentence(problem.Key("message").Text()))
		}
	}
}

// semgrepError is the kind of a mistake: a word, or a list that begins with one.
func semgrepError(n node) string {
	switch kind := n.Key("type").Value.(type) {
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
	extra := n.Key("extra")
	level := strings.ToLower(extra.Key("severity").Text())
	res := Result{
		Kind: "finding", Status: "open", ID: n.Key("check_id").Text(), Level: level, Severity: levelSeverity(level),
		Title: firstSentence(extra.Key("message").Text()), Target: n.Key("path").Text(),
		Location: Location{
			File: n.Key("path").Text(), Line: n.Key("start").Key("line").Position(), Column: n.Key("start").Key("col").Position(),
			EndLine: n.Key("end").Key("line").Position(), EndColumn: n.Key("end").Key("col").Position(),
		},
	}
	res.Name = res.ID + "@" + res.Target
	if strings.Contains(strings.ToLower(res.ID), "secrets.") {
		res.Kind = "secret"
		hide(extra, "lines")
	}
	if extra.Key("is_ignored").Truth() {
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
