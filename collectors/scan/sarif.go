package scan

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"sallyport/internal/fact"
)

// sarifRuns are the runs of a log of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), each a document of
// its own. Runs of this gate hold what was found in other evidence, and are left out.
func sarifRuns(n node) []node {
	if version := n.key("version").need(); !version.absent() && version.text() != "2.1.0" {
		n.from.useless = true
		version.mistake("version %q of SARIF is not known, only 2.1.0 is", short(version.text()))
		return nil
	}
	var runs []node
	for _, run := range n.key("runs").need().list() {
		if name, _ := run.key("tool").key("driver").key("name").value.(string); name != "sallyport" {
			runs = append(runs, run)
		}
	}
	return runs
}

// A sarif is a run while it is read.
type sarif struct {
	run    node
	rules  []node
	byID   map[string]node
	report *Report
	at     *origins
}

// sarifRun reads one run. What real producers leave out against the standard (the tool, the text of a message, a line
// that is no line) is taken as not said.
func sarifRun(n node, r *Report, at *origins) {
	at.fields = map[string]fact.Path{
		"tool": {"tool", "driver"}, "tool.name": {"tool", "driver", "name"}, "tool.version": {"tool", "driver", "version"},
		"tool.rules": {"tool", "driver", "rules"}, "results": {"results"}, "subject.targets": {"artifacts"},
		"created": {"invocations"}, "finished": {"invocations"}, "started": {"invocations"}, "subject.commit": {"versionControlProvenance"},
	}
	at.parts = map[string]fact.Path{
		"results.id": {"ruleId"}, "results.title": {"message"}, "results.level": {"level"}, "results.location": {"locations"},
	}
	s := &sarif{run: n, byID: map[string]node{}, report: r, at: at}
	driver := n.key("tool").key("driver")
	r.Tool.Name = strings.ToLower(driver.key("name").text())
	r.Tool.Version = driver.either("semanticVersion", "version").text()
	s.catalogue(driver)
	for _, extension := range n.key("tool").key("extensions").list() {
		s.catalogue(extension)
	}
	r.Tool.Rules = len(s.byID)
	r.Subject.Kind, r.Concern = "filesystem", "code"
	for _, artifact := range n.key("artifacts").list() {
		at.target(artifact, r, Target{Name: uriPath(artifact.key("location").key("uri").text()), Class: "file"})
	}
	provenance(n.key("versionControlProvenance"), r)
	for _, invocation := range n.key("invocations").list() {
		s.invocation(invocation)
	}
	for _, result := range n.key("results").list() {
		s.result(result)
	}
	r.Subject.Counted = len(r.Results) == 0 && r.Tool.Rules == 0
	s.concern()
}

// catalogue notes the rules of a driver or extension; a result names its rule, or counts it in the driver.
func (s *sarif) catalogue(component node) {
	rules := component.key("rules").list()
	if s.rules == nil {
		s.rules = rules
	}
	for _, rule := range rules {
		if id, _ := rule.key("id").value.(string); id != "" {
			s.byID[id] = rule
		}
	}
}

func (s *sarif) invocation(n node) {
	r := s.report
	if r.Started == "" {
		r.Started = n.key("startTimeUtc").time()
	}
	if end := n.key("endTimeUtc").time(); end > r.Finished {
		r.Finished = end
	}
	if r.Created = r.Finished; r.Created == "" {
		r.Created = r.Started
	}
	if ok := n.key("executionSuccessful"); !ok.absent() && !ok.truth() {
		s.at.failed(ok, r, "execution", "the tool says that it did not succeed")
	}
	for _, list := range []string{"toolExecutionNotifications", "toolConfigurationNotifications"} {
		for _, note := range n.key(list).list() {
			if level := note.key("level").text(); level == "error" {
				name := note.key("descriptor").key("id").text()
				s.at.failed(note, r, "notification "+name, firstSentence(note.key("message").key("text").text()))
			}
		}
	}
	arguments := n.key("arguments").texts()
	if len(arguments) == 0 {
		arguments = strings.Fields(n.key("commandLine").text())
	}
	s.narrowed(n, arguments)
}

// narrowing are options of scanners that keep results out of a report.
var narrowing = map[string]bool{
	"--severity": true, "--ignore-unfixed": false, "--only-fixed": false, "--only-notfixed": false, "--skip-dirs": true,
	"--skip-files": true, "--exclude": true, "--exclude-rule": true, "--ignorefile": true, "--ignore": true, "--ignore-policy": true,
	"--ignore-status": true, "--baseline-commit": true, "--baseline-path": true,
}

func (s *sarif) narrowed(n node, arguments []string) {
	for i, argument := range arguments {
		name, value, joined := strings.Cut(argument, "=")
		takes, known := narrowing[name]
		if !known {
			continue
		}
		if !joined && takes && i+1 < len(arguments) {
			value = arguments[i+1]
		}
		if value == "" {
			value = "set"
		}
		s.at.narrowed(n, s.report, strings.TrimPrefix(name, "--"), value)
	}
}

func (s *sarif) result(n node) {
	if state := n.key("baselineState").text(); state == "absent" {
		return // gone since the run that it is compared with
	}
	id, rule := s.rule(n)
	level := n.key("level").text()
	if level == "" {
		level = rule.key("defaultConfiguration").key("level").text()
	}
	kind := n.key("kind").text()
	if level == "" {
		level = "warning"
	}
	if kind != "" && kind != "fail" {
		level = "none"
	}
	res := Result{Kind: "finding", Status: "open", ID: id, Level: level, Title: s.message(n.key("message"), rule), Location: s.location(n)}
	if kind != "" && kind != "fail" {
		res.Status = kind
	}
	properties := rule.key("properties")
	if properties.object() {
		res.Score = properties.key("security-severity").score()
	}
	if own := n.key("properties"); own.object() && !own.key("security-severity").absent() {
		res.Score = own.key("security-severity").score()
	}
	if res.Severity = levelSeverity(level); res.Score > 0 && level != "none" {
		res.Severity = rating(res.Score)
	}
	res.Target = res.Location.File
	s.matter(n, rule, &res)
	res.Name = res.ID + "@" + res.Target
	if res.Package != "" {
		res.Name = res.ID + "@" + res.Package + "@" + res.Version
	}
	if reason, yes := suppressed(n); yes {
		s.at.ignored(n, s.report, Ignore{ID: res.ID, Package: strings.TrimSuffix(res.Package+"@"+res.Version, "@"), Status: "suppressed", Source: res.Target, Reason: reason})
		return
	}
	s.at.result(n, s.report, res)
}

// rule finds the rule of a result by name, and by number where it has none.
func (s *sarif) rule(n node) (string, node) {
	id := n.key("ruleId").text()
	if id == "" {
		id = n.key("rule").key("id").text()
	}
	if rule, known := s.byID[id]; known {
		return id, rule
	}
	// The name of a rule may go on after a slash.
	if parent, _, ok := strings.Cut(id, "/"); ok {
		if rule, known := s.byID[parent]; known {
			return id, rule
		}
	}
	index := n.key("ruleIndex")
	if index.absent() {
		index = n.key("rule").key("index")
	}
	if i, ok := index.value.(int64); ok && i >= 0 && int(i) < len(s.rules) {
		if id == "" {
			id = s.rules[i].key("id").text()
		}
		return id, s.rules[i]
	}
	return id, node{from: n.from}
}

// message is the text of a message, which may stand in the rule and have placeholders.
func (s *sarif) message(n, rule node) string {
	text := n.either("text", "markdown").text()
	if id := n.key("id").text(); text == "" && id != "" {
		text = rule.key("messageStrings").key(id).key("text").text()
	}
	if strings.Contains(text, "{0}") {
		for i, argument := range n.key("arguments").texts() {
			text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", argument)
		}
	}
	if text == "" {
		text = rule.key("shortDescription").key("text").text()
	}
	return firstSentence(text)
}

func (s *sarif) location(n node) Location {
	places := n.key("locations").list()
	if len(places) == 0 {
		return Location{}
	}
	physical := places[0].key("physicalLocation")
	artifact, region := physical.key("artifactLocation"), physical.key("region")
	uri := artifact.key("uri").text()
	if i, ok := artifact.key("index").value.(int64); uri == "" && ok && i >= 0 && int(i) < len(s.report.Subject.Targets) {
		uri = s.report.Subject.Targets[i].Name
	}
	return Location{
		File: uriPath(uri), Line: region.key("startLine").position(), Column: region.key("startColumn").position(),
		EndLine: region.key("endLine").position(), EndColumn: region.key("endColumn").position(),
	}
}

// uriPath is the path that a URI reference means; a file of another place stays as it is.
func uriPath(uri string) string {
	if strings.HasPrefix(uri, "file:") {
		return plainPath(uri)
	}
	if plain, err := url.PathUnescape(uri); err == nil && !strings.Contains(uri, "://") {
		uri = plain
	}
	if strings.ContainsRune(uri, 0) {
		return ""
	}
	if uri != "" && !strings.Contains(uri, "://") && !path.IsAbs(uri) {
		uri = path.Clean(uri)
	}
	return uri
}

// suppressed tells whether the tool or the code takes a result back, and why. One that is under review counts.
func suppressed(n node) (reason string, yes bool) {
	for _, s := range n.key("suppressions").list() {
		if status := s.key("status").text(); status != "" && status != "accepted" {
			return "", false
		}
		yes = true
		if reason == "" {
			reason = s.key("justification").text()
		}
	}
	return reason, yes
}

func short(text string) string {
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
