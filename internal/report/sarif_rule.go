package report

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/finding"
)

// maxTags is what code scanning services take per rule.
const maxTags = 20

// cweID refers to the one taxonomy of a run. The GUID is ours, made once.
var cweID = componentID{Name: "CWE", Index: 0, GUID: "5b8a3c0e-6f0d-4b39-9d6a-2f6a1c7e4d10"}

// levels and scores are the severities in SARIF's words and in those of code scanning services, which
// sort by a number between 0 and 10.
var (
	levels = map[finding.Severity]string{
		finding.Low: "note", finding.Medium: "warning", finding.High: "error", finding.Critical: "error",
	}
	scores = map[finding.Severity]string{
		finding.Low: "3.0", finding.Medium: "5.5", finding.High: "8.0", finding.Critical: "9.5",
	}
)

// descriptor is a rule with all that a viewer shows beside its results.
func (l *sarifLog) descriptor(rule *finding.Rule) descriptor {
	d := descriptor{
		ID: rule.Name, Name: pascal(rule.Name), DeprecatedIDs: rule.Aliases,
		ShortDescription:     &message{Text: sentence(rule.Title)},
		FullDescription:      &message{Text: sentence(firstOf(rule.Description, rule.Title))},
		Help:                 help(rule),
		HelpURI:              HelpURI(rule),
		DefaultConfiguration: &configuration{Level: levels[rule.Severity]},
		Properties: &ruleBag{
			SecuritySeverity: l.scoreOf(rule), Precision: precision(rule),
			Tags: tags(rule), Equivalent: rule.Equivalent,
		},
	}
	for _, n := range sortedCWE(rule) {
		i := l.cwe[n]
		id := cweID
		d.Relationships = append(d.Relationships, relationship{
			Target: descriptorRef{ID: cweName(n), Index: &i, ToolComponent: &id},
			Kinds:  []string{"relevant"},
		})
	}
	return d
}

// scoreOf is the score of the severity that configuration gave a rule, as far as its findings show it:
// services read the score of the rule alone.
func (l *sarifLog) scoreOf(rule *finding.Rule) string {
	if s, ok := l.severities[rule.Name]; ok {
		return scores[s]
	}
	return scores[rule.Severity]
}

func tags(rule *finding.Rule) []string {
	tags := []string{"security", rule.Kind}
	if rule.NonNegotiable {
		tags = append(tags, "non-negotiable")
	}
	if rule.Custom {
		tags = append(tags, "custom")
	}
	for _, n := range sortedCWE(rule) {
		tags = append(tags, fmt.Sprintf("external/cwe/cwe-%03d", n))
	}
	return tags[:min(len(tags), maxTags)]
}

func help(rule *finding.Rule) *message {
	remediation := firstOf(rule.Remediation, rule.Description, rule.Title)
	text := sentence(remediation)
	markdown := sentence(firstOf(rule.Description, rule.Title)) + "\n\n**Remediation:** " + text + "\n"
	for _, example := range []struct{ title, text string }{{"Bad", rule.Bad}, {"Good", rule.Good}} {
		if example.text == "" {
			continue
		}
		body := strings.TrimRight(example.text, "\n")
		text += "\n\n" + example.title + ":\n\n" + body
		fence := fenceOf(body)
		markdown += "\n" + example.title + ":\n\n" + fence + "\n" + body + "\n" + fence + "\n"
	}
	if len(rule.Resources) > 0 {
		markdown += "\nReferences:\n\n"
		for _, uri := range rule.Resources {
			markdown += "- <" + uri + ">\n"
		}
	}
	return &message{Text: text, Markdown: markdown}
}

// fenceOf is a fence that the text itself cannot close.
func fenceOf(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}

// pascal makes DockerfileRootUser of dockerfile/root_user: SARIF wants names that are identifiers.
func pascal(name string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '_' || r == '-' }) {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

// sentence ends a text with a full stop, as SARIF asks of descriptions.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".!?") {
		return s
	}
	return s + "."
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return "no description"
}

func cweName(n int) string { return fmt.Sprintf("CWE-%d", n) }

func sortedCWE(rule *finding.Rule) []int {
	return slices.Compact(slices.Sorted(slices.Values(rule.CWE)))
}

// taxonomies is the part of CWE that the rules refer to.
func (l *sarifLog) taxonomies() []taxonomy {
	if len(l.cwe) == 0 {
		return nil
	}
	cwe := taxonomy{
		Name: cweID.Name, GUID: cweID.GUID, Organization: "MITRE",
		ShortDescription: message{Text: "The MITRE Common Weakness Enumeration."},
		InformationURI:   "https://cwe.mitre.org/",
		Taxa:             make([]descriptor, len(l.cwe)),
	}
	for n, i := range l.cwe {
		cwe.Taxa[i] = descriptor{
			ID: cweName(n), HelpURI: fmt.Sprintf("https://cwe.mitre.org/data/definitions/%d.html", n),
		}
	}
	return []taxonomy{cwe}
}

// taxa numbers the CWE entries of all rules, lowest first.
func taxa(rules []*finding.Rule) map[int]int {
	var numbers []int
	for _, rule := range rules {
		numbers = append(numbers, rule.CWE...)
	}
	slices.Sort(numbers)
	index := make(map[int]int)
	for i, n := range slices.Compact(numbers) {
		index[n] = i
	}
	return index
}
