package scan

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
)

// formatOf tells whose report a text is by the names at the top of it; nil is nobody's. The scanners write the
// names looked for first, also when a tool has sorted the keys. Where an empty report says nothing, its name decides.
func formatOf(file string, head []byte) *format {
	seen := head != nil
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 {
		if seen && scannerName.MatchString(path.Base(file)) {
			return &format{}
		}
		return nil
	}
	switch head[0] {
	case '[':
		return listFormat(file, head)
	case '{':
		return objectFormat(file, head)
	}
	if sarifName(file) {
		return &format{read: sarifRun, parts: sarifRuns} // what the tool said in place of a log
	}
	if path.Ext(file) != ".json" {
		return nil
	}
	// A report that begins with what a tool said before it, or whose beginning is lost, is still meant as one.
	if i := bytes.Index(head, []byte("\n{")); i >= 0 {
		if f := objectFormat(file, head[i+1:]); f != nil {
			return f
		}
	}
	return objectFormat(file, append([]byte("{"), head...))
}

// scannerName is the name of a file that a scanner was to write its report to. An empty one is what a scanner leaves that
// did not get so far.
var scannerName = regexp.MustCompile(`(?i)(^|[-_.])(trivy|grype|osv|cargo[-_]?(audit|deny)|clippy|gitleaks|trufflehog|semgrep)([-_.].*)?\.(json|jsonl|ndjson|sarif)$|\.sarif$`)

// objectFormat tells reports that are one object, or one on each line.
func objectFormat(file string, head []byte) *format {
	names := topNames(head)
	for _, f := range lineFormats {
		if f.ours(names, head) {
			return &f.format
		}
	}
	switch {
	case has(names, "database", "lockfile", "settings", "vulnerabilities", "warnings") >= 2 && says(head, "dependency-count", "advisory-count") > 0:
		return &format{read: cargoAudit}
	case has(names, "ArtifactName", "ArtifactType") == 2,
		has(names, "SchemaVersion") == 1 && has(names, "ArtifactName", "ArtifactType", "Metadata", "Results") > 0:
		return &format{read: trivy}
	case has(names, "ClusterName") == 1 && (has(names, "Resources", "Findings", "Vulnerabilities", "Misconfigurations", "Metadata") > 0 ||
		len(names) == 1+has(names, "SchemaVersion") && bytes.HasSuffix(bytes.TrimRight(head, " \t\r\n"), []byte("}"))):
		return &format{read: trivyCluster}
	case has(names, "matches") == 1 && (has(names, "source", "distro", "descriptor", "ignoredMatches") > 0 ||
		says(head, "vulnerability", "relatedVulnerabilities", "dataSource", "matchDetails") > 1),
		has(names, "descriptor") == 1 && says(head, "check-for-app-update", "grype", "matches") > 0:
		return &format{read: grype}
	case has(names, "results") == 1 && says(head, "check_id") == 1, has(names, "results", "errors", "paths") == 3,
		has(names, "errors", "paths") == 2 && says(head, "scanned") == 1, semgrepErrors(names, head):
		return &format{read: semgrep}
	case has(names, "results") == 1 && (says(head, "packages", "package") == 2 && says(head, "source", "packageSource", "commit") > 0 || has(names, "experimental_config") == 1),
		has(names, "experimental_config") == 1 && says(head, "licenses", "allowlist") == 2:
		return &format{read: osvScanner}
	case has(names, "runs") == 1 && (sarifName(file) || says(head, "tool", "driver", "results") > 0 || bytes.Contains(head, []byte("sarif"))),
		sarifName(file), has(names, "$schema") == 1 && bytes.Contains(head[:min(len(head), 400)], []byte("/sarif-")):
		return &format{read: sarifRun, parts: sarifRuns}
	}
	return nil
}

// semgrepErrors tells a report of semgrep whose keys are sorted, and whose errors fill all that is seen of it.
func semgrepErrors(names []string, head []byte) bool {
	return len(names) == 1 && names[0] == "errors" && says(head, "code", "level", "type", "message") >= 3 && says(head, "path", "rule_id", "spans") > 0
}

// listFormat tells reports that are one list.
func listFormat(file string, head []byte) *format {
	switch base := strings.ToLower(path.Base(file)); {
	case says(head, "RuleID", "Match", "Secret", "Fingerprint", "StartLine") >= 3, says(head, "offender", "lineNumber", "rule") == 3,
		strings.HasPrefix(strings.TrimLeft(string(head[1:]), " \t\r\n"), "]") && strings.Contains(base, "gitleaks"):
		return &format{read: gitleaks}
	case says(head, "Target") == 1 && (says(head, "Vulnerabilities", "Misconfigurations", "Class") > 0 || says(head, "Type") == 1) &&
		topOfList(head, "Target"):
		return &format{read: trivyList}
	}
	return nil
}

// A lineFormat has a value on each line, of which the first tells.
type lineFormat struct {
	ours func(names []string, head []byte) bool
	format
}

var lineFormats = []lineFormat{
	{func(names []string, head []byte) bool {
		return has(names, "reason") == 1 && pattern(head, `"reason":"`, "compiler-message", "compiler-artifact", "build-finished", "build-script-executed")
	}, format{read: clippy, lines: true}},
	{func(names []string, head []byte) bool {
		return has(names, "SourceMetadata", "DetectorName") == 2 || has(names, "SourceMetadata", "SourceID", "SourceType") == 3
	}, format{read: trufflehog, lines: true}},
	{func(names []string, head []byte) bool {
		return has(names, "fields") == 1 && (says(head, "graphs", "labels", "severity") == 3 ||
			pattern(head, `"type":"`, "summary") && says(head, "advisories", "bans", "licenses", "sources") > 0)
	}, format{read: cargoDeny, lines: true}},
}

func sarifName(file string) bool {
	file = strings.ToLower(file)
	return strings.HasSuffix(file, ".sarif") || strings.HasSuffix(file, ".sarif.json")
}

// says counts the names that stand as keys anywhere in a text.
func says(head []byte, names ...string) int {
	n := 0
	for _, name := range names {
		for rest := head; ; {
			i := bytes.Index(rest, []byte(`"`+name+`"`))
			if i < 0 {
				break
			}
			rest = rest[i+len(name)+2:]
			if next := bytes.TrimLeft(rest, " \t\r\n"); len(next) > 0 && next[0] == ':' {
				n++
				break
			}
		}
	}
	return n
}

// pattern is true where a text has one of some words after a beginning, whatever white space is between.
func pattern(head []byte, begin string, words ...string) bool {
	dense := bytes.ReplaceAll(head, []byte(`": "`), []byte(`":"`))
	return slices.ContainsFunc(words, func(word string) bool { return bytes.Contains(dense, []byte(begin+word+`"`)) })
}

// topOfList is true where the first element of a list has a key among its own.
func topOfList(head []byte, key string) bool {
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) > 0 && rest[0] == '{' && slices.Contains(topNames(rest), key)
}

func has(names []string, wanted ...string) int {
	n := 0
	for _, name := range wanted {
		if slices.Contains(names, name) {
			n++
		}
	}
	return n
}

// topNames lists the keys of the outermost object as far as the text goes.
func topNames(head []byte) []string {
	var names []string
	dec := json.NewDecoder(bytes.NewReader(head))
	depth, key := 0, false
	for {
		token, err := dec.Token()
		if err != nil {
			return names
		}
		switch token := token.(type) {
		case json.Delim:
			if token == '{' || token == '[' {
				depth++
			} else {
				depth--
			}
			key = depth == 1
		case string:
			if key {
				names = append(names, token)
			}
			key = depth == 1 && !key
		default:
			key = depth == 1
		}
	}
}
