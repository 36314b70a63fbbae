package config

import (
	"cmp"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bmatcuk/doublestar/v4"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// A waiver is one that is complete. Its rule is the name as it is written until Check resolves it.
type waiver struct {
	finding.Waiver
	index int // in the file
	used  bool
}

var fingerprint = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{32}$`) })

// waiver holds one [[waiver]] against what every waiver must say.
func (c *Config) waiver(i int) (*waiver, error) {
	t := c.raw.Waivers[i]
	at := func(key string) fact.Path { return fact.Path{"waiver", i, key} }
	var errs []error
	for _, f := range []struct{ key, value, hint string }{
		{"rule", t.Rule, "name the rule that it waives"},
		{"path", t.Path + t.Object, "name the file, or a pattern such as services/**; or the object"},
		{"reason", t.Reason, "say why the risk is acceptable"},
		{"owner", t.Owner, "say who answers for it"},
		{"expires", t.Expires, "write the last day on which it holds, such as 2030-12-31"},
		{"ticket", t.Ticket, "require_ticket is set: name where it is tracked"},
	} {
		if strings.TrimSpace(f.value) == "" && (f.key != "ticket" || c.raw.RequireTicket) {
			errs = append(errs, c.mistake(at(f.key), f.hint, "a waiver without %s", f.key))
		}
	}
	for key, pattern := range map[string]string{"namespace": t.Namespace, "object": t.Object} {
		if len(pattern) > maxPattern || !doublestar.ValidatePattern(pattern) || key == "object" && pattern != "" && strings.Count(pattern, "/") != 1 {
			errs = append(errs, c.mistake(at(key), "write it as payments-*, or as Deployment/payments", "%q is no pattern of a %s", short(pattern), key))
		}
	}
	if err := validGlob(t.Path); t.Path != "" && err != nil {
		errs = append(errs, c.mistake(at("path"), "write it as services/*/Dockerfile or services/**", "the path %q %v", short(t.Path), err))
	}
	if t.Place != "" && len(steps(t.Place)) == 0 {
		errs = append(errs, c.mistake(at("place"), "write it as a report shows it", "%q is no place", short(t.Place)))
	}
	if t.Fingerprint != "" && !fingerprint().MatchString(t.Fingerprint) {
		errs = append(errs, c.mistake(at("fingerprint"), "copy the 32 hex digits from a report", "%q is not a fingerprint", short(t.Fingerprint)))
	}
	expires, err := time.Parse(time.DateOnly, t.Expires)
	if err != nil && t.Expires != "" {
		errs = append(errs, c.mistake(at("expires"), "write the last day on which it holds, such as 2030-12-31", "%q is not a date", short(t.Expires)))
	}
	return &waiver{index: i, Waiver: finding.Waiver{
		Rule: t.Rule, Path: t.Path, Place: t.Place, Fingerprint: t.Fingerprint, Advisory: t.Advisory,
		Namespace: t.Namespace, Object: t.Object, Reason: t.Reason, Owner: t.Owner, Ticket: t.Ticket, Expires: expires, At: c.span(fact.Path{"waiver", i}),
	}}, errors.Join(errs...)
}

// matches tells whether a finding is what the waiver is about, whatever the day.
func (w *waiver) matches(f *finding.Finding) bool {
	if w.Rule != f.Rule.Name || w.Fingerprint != "" && w.Fingerprint != f.Fingerprint || !w.matchesPlace(f) ||
		w.Advisory != "" && !names(f, w.Advisory) {
		return false
	}
	return w.matchesObject(f.Document) && w.matchesFile(f)
}

func (w *waiver) matchesFile(f *finding.Finding) bool {
	if w.Path == "" {
		return true
	}
	if f.Document != nil && f.Document.Object.Live {
		return false // it has no file
	}
	file := f.File
	if file == "" && f.Document != nil {
		file = f.Document.Path
	}
	return glob(w.Path, file)
}

// matchesObject is true for the object that the waiver names, and for what a controller made for it.
func (w *waiver) matchesObject(d *fact.Document) bool {
	if w.Namespace == "" && w.Object == "" {
		return true
	}
	if d == nil || w.Namespace != "" && !glob(w.Namespace, d.Object.Namespace) {
		return false
	}
	if w.Object == "" || glob(w.Object, d.Object.Kind+"/"+d.Object.Name) {
		return true
	}
	return slices.ContainsFunc(d.Object.Owners, func(owner string) bool { return glob(w.Object, owner) })
}

// names tells whether a finding is about an advisory, by its name or another database's: CVE-2020-26235.
func names(f *finding.Finding, advisory string) bool {
	if f.Names != nil {
		return slices.ContainsFunc(f.Names, func(name string) bool { return strings.EqualFold(name, advisory) })
	}
	properties := f.Properties
	for _, key := range []string{"advisory", "aliases"} {
		for name := range strings.SplitSeq(properties[key], ",") {
			if name != "" && strings.EqualFold(name, advisory) {
				return true
			}
		}
	}
	return false
}

// day is the day of a moment, in UTC, so that a verdict does not depend on where it is made.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// daysLeft is 0 on the last day and below 0 when the waiver has expired.
func (w *waiver) daysLeft(now time.Time) int { return int(w.Expires.Sub(day(now)).Hours() / 24) }

func (w *waiver) expired(now time.Time) bool { return w.daysLeft(now) < 0 }

// same compares what two waivers say, and not where.
func (w *waiver) same(other *waiver) bool {
	a, b := w.Waiver, other.Waiver
	a.At, b.At = fact.Span{}, fact.Span{}
	return a == b
}

// about says what files or objects the waiver covers.
func (w *waiver) about() string {
	what := strings.TrimSpace(w.Path + " " + w.Object)
	if w.Namespace != "" {
		what = strings.TrimSpace(cmp.Or(what, "everything") + " in " + w.Namespace)
	}
	return what
}

func (w *waiver) name() string {
	name := w.Rule
	for _, part := range []string{w.Path, w.Namespace, w.Object, w.Place, w.Fingerprint, w.Advisory} {
		if part != "" {
			name += " " + part
		}
	}
	return name
}
