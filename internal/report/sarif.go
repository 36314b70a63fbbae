package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/mod/semver"

	"sallyport/internal/finding"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	// srcRoot is the uriBaseId of every path. It has a description and no URI: where the checkout lay
	// on the machine of the run means nothing elsewhere.
	srcRoot = "SRCROOT"
)

// SARIF writes the report as one run of SARIF 2.1.0, within the limits of code scanning services.
func SARIF(w io.Writer, r *finding.Report) error { return writeSARIF(w, r, uploads) }

func writeSARIF(w io.Writer, r *finding.Report, lim limits) error {
	log, err := newSARIFLog(r)
	if err != nil {
		return err
	}
	kept, err := log.choose(lim)
	if err != nil {
		return err
	}
	return log.write(w, kept)
}

// A sarifLog is a report on its way into SARIF.
type sarifLog struct {
	*finding.Report
	rules      []*finding.Rule
	index      map[string]int              // of a rule by its name
	severities map[string]finding.Severity // of a rule's findings, the highest
	cwe        map[int]int                 // index of a taxon by its CWE number
}

func newSARIFLog(r *finding.Report) (*sarifLog, error) {
	rules, err := rulesOf(r)
	if err != nil {
		return nil, err
	}
	log := &sarifLog{
		Report: r, rules: rules, cwe: taxa(rules),
		index: make(map[string]int, len(rules)), severities: make(map[string]finding.Severity),
	}
	for i, rule := range rules {
		log.index[rule.Name] = i
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		log.severities[f.Rule.Name] = max(log.severities[f.Rule.Name], f.Severity)
	}
	return log, nil
}

// A member is one name and value of the run, in the order in which they are written.
type member struct {
	name  string
	value any
}

// write writes the findings at the kept indices, one on a line: a log of a large tree has hundreds of
// megabytes, and never are all of them in memory.
func (l *sarifLog) write(w io.Writer, kept []int) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var t jsonText
	fmt.Fprintf(out, "{\"$schema\": %q,\n\"version\": \"2.1.0\",\n\"runs\": [{\n", sarifSchema)
	for _, m := range l.head(kept) {
		t.b = t.b[:0]
		if t.any(m.value); t.err != nil {
			return fmt.Errorf("%s: %w", m.name, t.err)
		}
		fmt.Fprintf(out, "%q: %s,\n", m.name, t.b)
	}
	out.WriteString(`"results": [`)
	if err := l.results(out, kept); err != nil {
		return err
	}
	out.WriteString("]\n}]}\n")
	return out.Flush()
}

// atOnce is the number of findings that one core makes results of before they are written.
const atOnce = 256

// results writes one result on each line. They are made on all cores, and written in order.
func (l *sarifLog) results(out io.Writer, kept []int) error {
	parts := make([]jsonText, min(runtime.GOMAXPROCS(0), 1+len(kept)/atOnce))
	for rest := kept; len(rest) > 0; {
		var wg sync.WaitGroup
		used := 0
		for ; used < len(parts) && len(rest) > 0; used++ {
			t, some := &parts[used], rest[:min(atOnce, len(rest))]
			rest = rest[len(some):]
			first := len(kept) - len(rest) - len(some)
			wg.Go(func() { l.some(t, some, first == 0) })
		}
		wg.Wait()
		for i := range parts[:used] {
			if parts[i].err != nil {
				return parts[i].err
			}
			if _, err := out.Write(parts[i].b); err != nil {
				return err
			}
		}
	}
	return nil
}

// some makes results of a few findings.
func (l *sarifLog) some(t *jsonText, some []int, first bool) {
	t.b = t.b[:0]
	for i, k := range some {
		if i > 0 || !first {
			t.raw(",")
		}
		t.raw("\n")
		r := l.result(&l.Findings[k])
		if t.result(&r); t.err != nil {
			t.err = fmt.Errorf("%s: %w", l.Findings[k].File, t.err)
			return
		}
	}
}

// head is the run without its results.
func (l *sarifLog) head(kept []int) []member {
	taxonomies := l.taxonomies()
	version := numeric(l.Tool.Version)
	driver := sarifDriver{
		Name: l.Tool.Name, FullName: strings.TrimSpace(l.Tool.Name + " " + l.Tool.Version), Version: version,
		InformationURI: cmp.Or(l.Tool.URI, URI), Rules: []descriptor{},
	}
	// Canonical fills up a version of one or two numbers, which is none by the letter.
	if semver.IsValid("v"+version) && strings.Count(semver.Canonical("v"+version), ".") == strings.Count(version, ".") {
		driver.SemanticVersion = version
	}
	for _, rule := range l.rules {
		driver.Rules = append(driver.Rules, l.descriptor(rule))
	}
	if len(taxonomies) > 0 {
		driver.SupportedTaxonomies = []componentID{cweID}
	}
	id := "sallyport/"
	if l.VCS.Prefix != "" {
		id += l.VCS.Prefix + "/"
	}
	members := []member{
		{"tool", map[string]any{"driver": driver}},
		{"automationDetails", map[string]any{"id": id}},
		{"invocations", []invocation{l.invocation(kept)}},
		{"columnKind", "unicodeCodePoints"},
		{"originalUriBaseIds", map[string]artifactLocation{
			srcRoot: {Description: &message{Text: "The top of the repository, or of the tree where it is in none."}},
		}},
	}
	if len(taxonomies) > 0 {
		members = append(members, member{"taxonomies", taxonomies})
	}
	if remote := publicRemote(l.VCS.Repository); remote != "" {
		members = append(members, member{"versionControlProvenance", []provenance{{
			RepositoryURI: remote, RevisionID: l.VCS.Revision, Branch: l.VCS.Branch,
			MappedTo: artifactLocation{BaseID: srcRoot},
		}}})
	}
	return append(members, member{"properties", map[string]any{
		"verdict": l.Verdict.String(), "reason": l.Reason, "failOn": l.FailOn.String(),
	}})
}

// numeric is a version that validators take: it starts with a digit. A build without one is 0.0.0-devel.
func numeric(version string) string {
	version = strings.TrimPrefix(version, "v")
	if version == "" || version[0] < '0' || version[0] > '9' {
		return "0.0.0-devel"
	}
	return version
}

func (l *sarifLog) invocation(kept []int) invocation {
	inv := invocation{
		ExecutionSuccessful: l.Verdict != finding.None, ExitCode: int(l.Verdict), ExitCodeDescription: l.Reason,
		StartTime: timestamp(l.Started), EndTime: timestamp(l.Ended),
	}
	for _, n := range l.Notifications {
		note := notification{Level: level(n.Error), Message: message{Text: noteText(n)}}
		if n.File != "" {
			loc := physicalLocation{ArtifactLocation: locationOf(l.VCS.Prefix, n.File)}
			if n.Line > 0 {
				loc.Region = &region{StartLine: n.Line, StartColumn: max(n.Column, 0)}
			}
			note.Locations = []location{{PhysicalLocation: loc}}
		}
		if n.Rule != "" {
			note.AssociatedRule = &descriptorRef{ID: n.Rule}
			if i, ok := l.index[n.Rule]; ok {
				note.AssociatedRule.Index = &i
			}
		}
		if n.Config {
			inv.ConfigurationComplaints = append(inv.ConfigurationComplaints, note)
		} else {
			inv.ExecutionNotifications = append(inv.ExecutionNotifications, note)
		}
	}
	if text := l.leftOut(kept); text != "" {
		inv.ExecutionNotifications = append(inv.ExecutionNotifications,
			notification{Level: "warning", Message: message{Text: text}})
	}
	return inv
}

func noteText(n finding.Notification) string {
	text := shorten(n.Message, messageMax)
	if text == "" {
		text = "no message"
	}
	if n.Hint != "" {
		text += ": " + n.Hint
	}
	return linkless(text)
}
