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
		switch reason := skipped.Key("reason").Text(); {
		case strings.HasPrefix(reason, "cli_"):
			at.narrowed(skipped, r, "exclude", skipped.Key("path").Text())
		case reason == "analysis_failed_parser_or_internal_error":
			at.failed(skipped, r, "skipped", skipped.Key("path").Text()+" was not analysed")
		}
	}
	for _, rule := range n.Key("skipped_rules").List() {
		at.narrowed(rule, r, "skipped_rules", rule.Key("rule_id").Text())
	}
	for _, result := range n.Key("results").Need().List() {
		semgrepResult(result, r, at)
	}
	for _, problem := range n.Key("errors").List() {
		kind := semgrepError(problem)
		if level := problem.Key("level").Text(); level == "" || level == "error" || exhausted[kind] {
			at.failed(problem, r, kind, firstSentence(problem.Key("message").Text()))
		}
	}
}

// exhausted are the kinds of mistakes that semgrep calls warnings, and after which a rule was not held against a file. That it
// cannot parse all of a file is common, and no such kind.
var exhausted = map[string]bool{
	"Timeout": true, "Fixpoint timeout": true, "OutOfMemory": true, "Out of memory": true, "StackOverflow": true, "Stack overflow": true, "TooManyMatches": true,
	"Too many matches": true, "Fatal error": true, "Internal matching error": true,
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
	res.Commit = extra.Key("historical_info").Key("git_commit").Text()
	validated := extra.Key("validation_state").Text()
	switch {
	case !extra.Key("sca_info").Absent():
		semgrepDependency(extra, &res)
	case strings.Contains(strings.ToLower(res.ID), "secrets."), validated != "" && validated != "NO_VALIDATOR":
		res.Kind = "secret"
		if lines, _ := extra.Key("lines").Value.(string); lines != "requires login" { // what semgrep writes in place of them
			hide(extra, "lines")
		}
		for _, variable := range extra.Key("metavars").Keys() {
			if bound, _ := variable.Key("abstract_content").Value.(string); len(bound) >= minBound && strings.ContainsAny(bound, "0123456789") {
				n.From.hide(bound)
			}
		}
	}
	if res.Name == "" {
		res.Name = res.ID + "@" + res.Target
	}
	if extra.Key("is_ignored").Truth() {
		at.ignored(n, r, Ignore{ID: res.ID, Status: "ignored", Source: "comment in " + res.Target})
		return
	}
	at.result(n, r, res)
}

// minBound is the shortest text that a variable of a rule is bound to, and that is held to be the secret: others are names.
const minBound = 12

// semgrepDependency makes a vulnerability of what Semgrep Supply Chain says about a package. One that the code does not reach counts
// as well: the next change may reach it.
func semgrepDependency(extra node, res *Result) {
	match, meta := extra.Key("sca_info").Key("dependency_match"), extra.Key("metadata")
	dependency := match.Key("found_dependency")
	res.Kind, res.Status = "vulnerability", "affected"
	res.Package, res.Version = dependency.Either("package", "name").Text(), dependency.Key("version").Text()
	res.Target = match.Key("lockfile").Text()
	if id, _ := meta.Key("sca-vuln-database-identifier").Value.(string); id != "" {
		res.ID, res.Aliases = id, []string{res.ID}
	}
	if word, _ := meta.Key("sca-severity").Value.(string); word != "" {
		res.Severity = cvss.Word(strings.ToLower(word))
	}
	fixes, _ := meta.Key("sca-fix-versions").Value.([]any)
	for _, f := range fixes {
		if f, ok := f.(map[string]any); ok {
			if v, ok := f[res.Package].(string); ok {
				res.FixedVersions = append(res.FixedVersions, v)
			}
		}
	}
	res.Name = res.ID + "@" + res.Package + "@" + res.Version
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
