package config

import (
	"time"

	"sallyport/internal/fact"
)

// Facts is what rules see of a configuration file, once all findings have been held against its waivers.
type Facts struct {
	// Path is the file, relative to the root of the tree where it lies in it.
	Path string `json:"path"`
	// Trusted is true where all of the file is in force.
	Trusted bool `json:"trusted"`
	// TrustedRef is the git revision whose configuration is trusted; "" where none was named.
	TrustedRef string `json:"trusted_ref"`
	// Changed is true where the file differs from the one at TrustedRef.
	Changed bool `json:"changed"`
	// FailOn is the severity in force from which a finding closes the gate.
	FailOn string `json:"fail_on"`
	// MaxWaiverDays is how far ahead a waiver may expire.
	MaxWaiverDays int `json:"max_waiver_days"`
	// Waivers are those of the file.
	Waivers []waiverFacts `json:"waivers"`
	// Refused are the settings without effect, because they would loosen the gate.
	Refused []refusedFacts `json:"refused"`
}

type waiverFacts struct {
	// Name is the rule and the path, and the place or fingerprint where the waiver has one.
	Name string `json:"name"`
	// About says what it covers: the path, or "Deployment/ledger in payments".
	About string `json:"about"`
	// Rule is the present name of the rule.
	Rule string `json:"rule"`
	// Path is the pattern of the files.
	Path string `json:"path"`
	// Namespace and Object narrow the waiver to objects of a cluster; "" does not.
	Namespace string `json:"namespace"`
	Object    string `json:"object"`
	// Place narrows the waiver to a place in its documents; "" does not.
	Place string `json:"place"`
	// Fingerprint narrows the waiver to one finding; "" does not.
	Fingerprint string `json:"fingerprint"`
	// Advisory narrows the waiver to one advisory: "RUSTSEC-2020-0071", "CVE-2020-26235"; "" does not.
	Advisory string `json:"advisory"`
	// Reason says why the risk is acceptable.
	Reason string `json:"reason"`
	// Owner answers for the waiver.
	Owner string `json:"owner"`
	// Expires is the last day on which the waiver holds: 2030-12-31.
	Expires string `json:"expires"`
	// Ticket says where the waiver is tracked; it may be empty.
	Ticket string `json:"ticket"`
	// Expired is true after that day.
	Expired bool `json:"expired"`
	// DaysLeft is 0 on that day and below 0 after it.
	DaysLeft int `json:"days_left"`
	// TooLong is true where that day is further ahead than allowed.
	TooLong bool `json:"too_long"`
	// Judged is true where the rule was run over the whole tree.
	Judged bool `json:"judged"`
	// Used is true where a finding is what the waiver is about, whether or not the waiver holds.
	Used bool `json:"used"`
	// Applies is true where the waiver holds: it is trusted, not expired and not too long.
	Applies bool `json:"applies"`
}

type refusedFacts struct {
	// Name is the setting: fail_on, or rules["dockerfile/root_user"].enabled.
	Name string `json:"name"`
	// Reason says why it has no effect.
	Reason string `json:"reason"`
}

// Documents returns the files of configuration as documents of kind "config". It must come after the last
// Waive.
func (e *Effective) Documents() []fact.Document {
	e.mu.Lock()
	defer e.mu.Unlock()
	var docs []fact.Document
	if e.trusted == nil {
		if e.tree != nil {
			docs = append(docs, e.document(e.tree, Facts{Path: e.tree.Name}, e.tree.waivers))
		}
		return docs
	}
	base := Facts{Path: e.trusted.Name, Trusted: true, TrustedRef: e.trusted.Ref}
	if e.trusted.Ref == "" {
		docs = append(docs, e.document(e.trusted, base, e.trusted.waivers))
		if e.tree != nil {
			docs = append(docs, e.document(e.tree, Facts{Path: e.tree.Name}, e.tree.waivers))
		}
		return docs
	}
	own := e.tree
	if own == nil {
		own = &Config{Name: File}
	}
	if own.text == e.trusted.text {
		if own.text != "" {
			base.Path = own.Name
			docs = append(docs, e.document(e.trusted, base, e.trusted.waivers))
		}
		return docs
	}
	docs = append(docs, e.document(own, Facts{Path: own.Name, TrustedRef: e.trusted.Ref, Changed: true}, own.waivers))
	if gone := without(e.trusted.waivers, own.waivers); len(gone) > 0 {
		base.Path = own.Name + "@" + e.trusted.Ref
		docs = append(docs, e.document(e.trusted, base, gone))
	}
	return docs
}

// without leaves out the waivers that the other file has, too.
func without(all, other []*waiver) []*waiver {
	var rest []*waiver
	for _, w := range all {
		found := false
		for _, o := range other {
			found = found || w.same(o)
		}
		if !found {
			rest = append(rest, w)
		}
	}
	return rest
}

func (e *Effective) document(c *Config, f Facts, waivers []*waiver) fact.Document {
	f.FailOn, f.MaxWaiverDays = e.FailOn.String(), e.maxDays
	f.Waivers, f.Refused = []waiverFacts{}, []refusedFacts{}
	for _, w := range waivers {
		f.Waivers = append(f.Waivers, waiverFacts{
			Name: w.name(), About: w.about(), Rule: w.Rule, Path: w.Path, Namespace: w.Namespace, Object: w.Object, Place: w.Place, Fingerprint: w.Fingerprint, Advisory: w.Advisory,
			Reason: w.Reason, Owner: w.Owner, Ticket: w.Ticket, Expires: w.Expires.Format(time.DateOnly),
			Expired: w.expired(e.now), DaysLeft: w.daysLeft(e.now), TooLong: e.tooLong(w, e.now),
			Judged: e.Judged == nil || e.Judged(w.Rule), Used: w.used, Applies: e.holds(w, e.now),
		})
	}
	var refused []refusal
	if c == e.tree {
		refused = e.refused
	}
	for _, r := range refused {
		f.Refused = append(f.Refused, refusedFacts{r.setting, r.reason})
	}
	return fact.Document{Kind: "config", Path: f.Path, Facts: f, Spans: locator(c, waivers, refused)}
}

func locator(c *Config, waivers []*waiver, refused []refusal) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if c.tree.Spans == nil || len(p) == 0 {
			return fact.Span{}, false
		}
		i := -1
		if len(p) > 1 {
			i, _ = p[1].(int)
		}
		switch {
		case p[0] == "waivers" && i >= 0 && i < len(waivers):
			at := append(fact.Path{"waiver", waivers[i].index}, p[2:]...)
			return c.tree.Spans(at)
		case p[0] == "refused" && i >= 0 && i < len(refused) && len(p) == 2:
			return refused[i].span, true
		case p[0] == "fail_on" || p[0] == "max_waiver_days":
			return c.tree.Spans(p)
		}
		return fact.Span{}, false
	}
}
