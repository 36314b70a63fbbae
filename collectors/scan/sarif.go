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
	if version := n.Key("version").Need(); !version.Absent() && version.Text() != "2.1.0" {
		n.From.useless = true
		version.Mistake("version %q of SARIF is not known, only 2.1.0 is", short(version.Text()))
		return nil
	}
	list := n.Key("runs").Need()
	if !list.Absent() && len(list.List()) == 0 {
		list.Mistake("the log holds no run: the scanner wrote nothing")
	}
	if inline := n.Key("inlineExternalProperties"); len(inline.List()) > 0 {
		inline.Mistake("parts of the runs stand in inlineExternalProperties, which are not read")
	}
	var runs []node
	for _, run := range list.List() {
		if name, _ := run.Key("tool").Key("driver").Key("name").Value.(string); name != "sallyport" {
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
	driver := n.Key("tool").Key("driver")
	r.Tool.Name = strings.ToLower(driver.Key("name").Text())
	r.Tool.Version = driver.Either("semanticVersion", "version").Text()
	s.catalogue(driver)
	for _, extension := range n.Key("tool").Key("extensions").List() {
		s.catalogue(extension)
	}
	r.Tool.Rules = len(s.byID)
	r.Subject.Kind, r.Concern = "filesystem", "code"
	for _, artifact := range n.Key("artifacts").List() {
		at.target(artifact, r, Target{Name: uriPath(artifact.Key("location").Key("uri").Text()), Class: "file"})
	}
	provenance(n.Key("versionControlProvenance"), r)
	for _, invocation := range n.Key("invocations").List() {
		s.invocation(invocation)
	}
	if n.Key("results").Absent() {
		at.failed(n, r, "results", "the run has no list of results, not even an empty one")
	}
	if elsewhere := n.Key("externalPropertyFileReferences"); elsewhere.IsObject() && len(elsewhere.Key("results").List()) > 0 {
		at.failed(elsewhere, r, "external", "its results stand in other files")
	}
	for _, result := range n.Key("results").List() {
		s.result(result)
	}
	r.Subject.Counted = len(r.Results) == 0 && r.Tool.Rules == 0
	s.concern()
}

// catalogue notes the rules of a driver or extension; a result names its rule, or counts it in the driver.
func (s *sarif) catalogue(component node) {
	rules := component.Key("rules").List()
	if s.rules == nil {
		s.rules = rules
	}
	for _, rule := range rules {
		if id, _ := rule.Key("id").Value.(string); id != "" {
			s.byID[id] = rule
		}
	}
}

func (s *sarif) invocation(n node) {
	r := s.report
	if r.Started == "" {
		r.Started = n.Key("startTimeUtc").Time()
	}
	if end := n.Key("endTimeUtc").Time(); end > r.Finished {
		r.Finished = end
	}
	if r.Created = r.Finished; r.Created == "" {
		r.Created = r.Started
	}
	if ok := n.Key("executionSuccessful"); !ok.Absent() && !ok.Truth() {
		s.at.failed(ok, r, "execution", "the tool says that it did not succeed")
	}
	for _, key := range []string{"exitSignalName", "processStartFailureMessage"} {
		if said := n.Key(key); said.Text() != "" {
			s.at.failed(said, r, key, "the tool was ended: "+firstSentence(said.Text()))
		}
	}
	for _, list := range []string{"toolExecutionNotifications", "toolConfigurationNotifications"} {
		for _, note := range n.Key(list).List() {
			if level := note.Key("level").Text(); level == "error" {
				name := note.Key("descriptor").Key("id").Text()
				s.at.failed(note, r, "notification "+name, firstSentence(note.Key("message").Key("text").Text()))
			}
		}
	}
	arguments := n.Key("arguments").Texts()
	if len(arguments) == 0 {
		arguments = strings.Fields(n.Key("commandLine").Text())
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
	if state := n.Key("baselineState").Text(); state == "absent" {
		return // gone since the run that it is compared with
	}
	id, rule := s.rule(n)
	level := n.Key("level").Text()
	if level == "" {
		level = rule.Key("defaultConfiguration").Key("level").Text()
	}
	kind := n.Key("kind").Text()
	if level == "" {
		level = "warning"
	}
	if kind != "" && kind != "fail" {
		level = "none"
	}
	res := Result{Kind: "finding", Status: "open", ID: id, Level: level, Title: s.message(n.Key("message"), rule), Location: s.location(n)}
	if kind != "" && kind != "fail" {
		res.Status = kind
	}
	properties := rule.Key("properties")
	if properties.IsObject() {
		res.Score = properties.Key("security-severity").Score()
	}
	if own := n.Key("properties"); own.IsObject() && !own.Key("security-severity").Absent() {
		res.Score = own.Key("security-severity").Score()
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
	id := n.Key("ruleId").Text()
	if id == "" {
		id = n.Key("rule").Key("id").Text()
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
	index := n.Key("ruleIndex")
	if index.Absent() {
		index = n.Key("rule").Key("index")
	}
	if i, ok := index.Value.(int64); ok && i >= 0 && int(i) < len(s.rules) {
		if id == "" {
			id = s.rules[i].Key("id").Text()
		}
		return id, s.rules[i]
	}
	return id, node{From: n.From}
}

// message is the text of a message, which may stand in the rule and have placeholders.
func (s *sarif) message(n, rule node) string {
	text := n.Either("text", "markdown").Text()
	if id := n.Key("id").Text(); text == "" && id != "" {
		text = rule.Key("messageStrings").Key(id).Key("text").Text()
	}
	if strings.Contains(text, "{0}") {
		for i, argument := range n.Key("arguments").Texts() {
			text = strings.ReplaceAll(text, "{"+strconv.Itoa(i)+"}", argument)
		}
	}
	if text == "" {
		text = rule.Key("shortDescription").Key("text").Text()
	}
	return firstSentence(text)
}

func (s *sarif) location(n node) Location {
	places := n.Key("locations").List()
	if len(places) == 0 {
		return Location{}
	}
	physical := places[0].Key("physicalLocation")
	artifact, region := physical.Key("artifactLocation"), physical.Key("region")
	uri := artifact.Key("uri").Text()
	if i, ok := artifact.Key("index").Value.(int64); uri == "" && ok && i >= 0 && int(i) < len(s.report.Subject.Targets) {
		uri = s.report.Subject.Targets[i].Name
	}
	return Location{
		File: uriPath(uri), Line: region.Key("startLine").Position(), Column: region.Key("startColumn").Position(),
		EndLine: region.Key("endLine").Position(), EndColumn: region.Key("endColumn").Position(),
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
	for _, s := range n.Key("suppressions").List() {
		if status := s.Key("status").Text(); status != "" && status != "accepted" {
			return "", false
		}
		yes = true
		if reason == "" {
			reason = s.Key("justification").Text()
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
