package advisory

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// record is one file of OSV (https://ossf.github.io/osv-schema/).
type record struct {
	ID        string   `json:"id"`
	Modified  string   `json:"modified"`
	Published string   `json:"published"`
	Withdrawn string   `json:"withdrawn"`
	Aliases   []string `json:"aliases"`
	Upstream  []string `json:"upstream"`
	Summary   string   `json:"summary"`
	Details   string   `json:"details"`
	Severity  []scored `json:"severity"`
	Affected  []struct {
		Package struct {
			Ecosystem string `json:"ecosystem"`
			Name      string `json:"name"`
		} `json:"package"`
		Severity          []scored `json:"severity"`
		Ranges            []span   `json:"ranges"`
		Versions          []string `json:"versions"`
		EcosystemSpecific struct {
			Affects struct {
				Arch      []string `json:"arch"`
				OS        []string `json:"os"`
				Functions []string `json:"functions"`
			} `json:"affects"`
			// Urgency is Debian's word (https://security-team.debian.org/security_tracker.html#severity-levels).
			Urgency string `json:"urgency"`
		} `json:"ecosystem_specific"`
		DatabaseSpecific struct {
			Informational string `json:"informational"`
			CVSS          string `json:"cvss"`
		} `json:"database_specific"`
	} `json:"affected"`
	References []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"references"`
	DatabaseSpecific struct {
		Severity string `json:"severity"`
	} `json:"database_specific"`
}

type scored struct {
	Type  string `json:"type"`
	Score string `json:"score"`
}

type span struct {
	Type   string              `json:"type"`
	Events []map[string]string `json:"events"`
}

// osv reads one JSON file: an advisory for each package that it names. modified is when it changed last.
func osv(data []byte) (all []Advisory, modified string, err error) {
	var r record
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, "", err
	}
	if r.ID == "" {
		return nil, "", errors.New("no id: not a record of OSV")
	}
	for _, p := range r.Affected {
		if p.Package.Name == "" {
			continue // a git range without a package
		}
		a := Advisory{
			ID: r.ID, Ecosystem: p.Package.Ecosystem, Package: p.Package.Name, Kind: cmp.Or(p.DatabaseSpecific.Informational, vulnerability),
			Title: cmp.Or(r.Summary, firstLine(r.Details)), URL: cmp.Or(rustsecURL(r.ID), r.url()), Aliases: r.Aliases, Upstream: r.Upstream,
			Date: dayOf(r.Published), Withdrawn: dayOf(r.Withdrawn),
			CVSS:   cmp.Or(vector(p.Severity), vector(r.Severity), p.DatabaseSpecific.CVSS),
			Rating: strings.ToLower(cmp.Or(r.DatabaseSpecific.Severity, rated(p.Severity), rated(r.Severity))),
			Arch:   p.EcosystemSpecific.Affects.Arch, OS: p.EcosystemSpecific.Affects.OS,
			Functions: p.EcosystemSpecific.Affects.Functions, Versions: p.Versions,
		}
		if p.EcosystemSpecific.Urgency == "unimportant" {
			a.Kind = "notice"
		}
		if err := a.ranges(p.Ranges); err != nil {
			return nil, "", fmt.Errorf("%s: %w", p.Package.Name, err)
		}
		all = append(all, a)
	}
	return all, r.Modified, nil
}

// ranges makes intervals of ranges of versions. What they hold need not be listed besides.
func (a *Advisory) ranges(spans []span) error {
	native, known := orderOf(a.Ecosystem)
	listed := len(a.Versions) > 0
	a.Order = native
	for _, s := range spans {
		if s.Type == "GIT" {
			continue // packages have versions and no commits
		}
		o := native
		if s.Type == "SEMVER" {
			o = ""
		}
		if s.Type != "SEMVER" && !(s.Type == "ECOSYSTEM" && known) || len(a.Affected) > 0 && o != a.Order {
			// The versions that the record lists decide; where it lists none, nothing does.
			a.Undecidable = a.Undecidable || !listed
			continue
		}
		a.Order = o
		err := a.events(s.Events)
		if err != nil && a.Ecosystem == CratesIO {
			return err
		}
		a.Undecidable = a.Undecidable || err != nil && !listed
	}
	a.Undecidable = a.Undecidable || len(a.Affected) == 0 && !listed
	a.Versions = slices.DeleteFunc(a.Versions, func(v string) bool {
		p, ok := a.Order.at(v)
		return ok && slices.ContainsFunc(a.Affected, p.in)
	})
	return nil
}

// An event is where a range begins or ends.
type event struct {
	cut  Cut
	open bool
}

// events turns the events of a range into intervals (OSV schema, "Evaluation").
func (a *Advisory) events(events []map[string]string) error {
	var list []event
	for _, e := range events {
		for what, text := range e {
			one, err := a.event(what, text)
			switch {
			case err != nil:
				return err
			case one != nil:
				list = append(list, *one)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y event) int {
		if x.cut.Version == "" || y.cut.Version == "" {
			return len(x.cut.Version) - len(y.cut.Version)
		}
		at, _ := a.Order.at(x.cut.Version)
		if n := at.compare(y.cut.Version); n != 0 {
			return n
		}
		return boolInt(x.cut.After) - boolInt(y.cut.After)
	})
	inside := false
	for _, e := range list {
		switch {
		case e.open && !inside:
			a.Affected = append(a.Affected, Interval{From: e.cut})
		case !e.open && inside:
			a.Affected[len(a.Affected)-1].To = e.cut
			a.Patched = append(a.Patched, patched(e.cut))
		}
		inside = e.open
	}
	return nil
}

func (a *Advisory) event(what, text string) (*event, error) {
	if what == "limit" && text == "*" {
		return nil, nil
	}
	v := ""
	switch p, ok := a.Order.at(text); {
	case what == "introduced" && text == "0":
		if a.Order == "" {
			v = "0.0.0-0"
		}
	case !ok:
		return nil, fmt.Errorf("%s %q is no version", what, text)
	default:
		v = p.normal
	}
	switch what {
	case "introduced":
		return &event{Cut{Version: v}, true}, nil
	case "fixed", "limit":
		return &event{Cut{Version: v}, false}, nil
	case "last_affected":
		return &event{Cut{Version: v, After: true}, false}, nil
	}
	return nil, fmt.Errorf("the event %q is not known", what)
}

func patched(c Cut) string {
	if c.After {
		return ">" + c.Version
	}
	return ">=" + strings.TrimSuffix(c.Version, "-0")
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// vector prefers the newest version of CVSS that is there.
func vector(list []scored) string {
	best := scored{}
	for _, s := range list {
		if strings.HasPrefix(s.Type, "CVSS_") && s.Type > best.Type {
			best = s
		}
	}
	return best.Score
}

// rated is the word that a distribution rates a record by, such as Ubuntu.
func rated(list []scored) string {
	for _, s := range list {
		if !strings.HasPrefix(s.Type, "CVSS_") {
			return s.Score
		}
	}
	return ""
}

func (r *record) url() string {
	for _, want := range []string{"ADVISORY", "WEB", "REPORT", "PACKAGE"} {
		for _, ref := range r.References {
			if ref.Type == want {
				return ref.URL
			}
		}
	}
	return ""
}

func dayOf(stamp string) string { return stamp[:min(len(stamp), len("2006-01-02"))] }

// maxTitle bounds a title that is made of a text, in code points.
const maxTitle = 160

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	n := 0
	for i := range line {
		if n++; n > maxTitle {
			return strings.TrimSpace(line[:i]) + "…"
		}
	}
	return line
}

func keys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
