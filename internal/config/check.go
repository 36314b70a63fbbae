package config

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/suggest"
)

// Known is what a configuration may speak of.
type Known struct {
	// Kinds are the kinds of documents, and Rules the names of the rules.
	Kinds, Rules []string
	// Rule returns a rule by its name or a former one, nil where there is none. It is asked only for
	// rules that a configuration speaks of.
	Rule func(name string) (*finding.Rule, error)
	// Profile returns an error for a profile that does not exist; it may be nil where no binding is read.
	Profile func(name string) error
}

// A ruleSetting is a rule's table; Check adds the rule.
type ruleSetting struct {
	name string // as it is written
	rule
	of *finding.Rule
}

// An evidenceSetting is a kind's table; Check adds the rules that know an age for the kind.
type evidenceSetting struct {
	kind string
	evidence
	aged []*finding.Rule
	// named are the project rules that demand documents by their names, and signed those of the kind that demand a
	// signature.
	named, signed []*finding.Rule
}

// ageParameter is the parameter that evidence.<kind>.max_age_days sets.
const ageParameter = "max_age_days"

func (c *Config) sort() {
	slices.SortFunc(c.rules, func(a, b *ruleSetting) int { return cmp.Compare(a.name, b.name) })
	slices.SortFunc(c.evidence, func(a, b *evidenceSetting) int { return cmp.Compare(a.kind, b.kind) })
}

// Check holds the names in a configuration against those that exist. It must come before Merge. The error
// joins all mistakes, each with its line and the nearest right name.
func (c *Config) Check(known Known) error {
	var errs []error
	seen := map[string]string{}
	for _, s := range c.rules {
		at := fact.Path{"rules", s.name}
		r, err := c.resolve(known, at, s.name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		s.of = r
		if other, twice := seen[r.Name]; twice {
			errs = append(errs, c.mistake(at, fmt.Sprintf("keep %q", r.Name), "%q and %q are the same rule", other, s.name))
		}
		seen[r.Name] = s.name
		for _, key := range slices.Sorted(maps.Keys(s.Parameters)) {
			errs = append(errs, c.parameter(s, key))
		}
	}
	for _, e := range c.evidence {
		errs = append(errs, c.checkEvidence(known, e))
	}
	for _, w := range c.waivers {
		r, err := c.resolve(known, fact.Path{"waiver", w.index, "rule"}, w.Rule)
		switch {
		case err != nil:
			errs = append(errs, err)
		case r.Kind == "config":
			errs = append(errs, c.mistake(fact.Path{"waiver", w.index, "rule"},
				"set its severity in trusted configuration", "%s judges this file and cannot be waived in it", r.Name))
		default:
			w.Rule = r.Name
		}
	}
	for i, b := range c.bindings {
		if known.Profile == nil || b.Profile == "" {
			continue
		}
		if err := known.Profile(b.Profile); err != nil {
			errs = append(errs, c.mistake(fact.Path{"binding", i, "profile"}, "", "%v", err))
		}
	}
	return first(errs)
}

func (c *Config) resolve(known Known, at fact.Path, name string) (*finding.Rule, error) {
	r, err := known.Rule(name)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return nil, c.mistake(at, meant(name, known.Rules), "there is no rule %q", short(name))
	}
	return r, nil
}

func (c *Config) parameter(s *ruleSetting, key string) error {
	at := fact.Path{"rules", s.name, "parameters", key}
	p, ok := s.of.Parameters[key]
	if !ok {
		return c.mistake(at, meant(key, slices.Collect(maps.Keys(s.of.Parameters))), "the rule %s has no parameter %q", s.of.Name, short(key))
	}
	if want := kindOf(p.Default); kindOf(s.Parameters[key]) != want {
		return c.mistake(at, "write "+want, "%s of %s is %s", short(key), s.of.Name, kindOf(s.Parameters[key]))
	}
	return nil
}

// kindOf names the types that a parameter may have.
func kindOf(v any) string {
	if _, ok := number(v); ok {
		return "a number"
	}
	switch v := v.(type) {
	case string:
		return "a string"
	case bool:
		return "true or false"
	case []string:
		return "a list of strings"
	case []any:
		for _, item := range v {
			if _, ok := item.(string); !ok {
				return "a list that holds more than strings"
			}
		}
		return "a list of strings"
	}
	return "a table"
}

func number(v any) (float64, bool) {
	switch n := reflect.ValueOf(v); {
	case n.CanInt():
		return float64(n.Int()), true
	case n.CanUint():
		return float64(n.Uint()), true
	case n.CanFloat():
		return n.Float(), true
	}
	return 0, false
}

func (c *Config) checkEvidence(known Known, e *evidenceSetting) error {
	at := fact.Path{"evidence", e.kind}
	if !slices.Contains(known.Kinds, e.kind) {
		return c.mistake(at, meant(e.kind, known.Kinds), "there is no kind of document %q", short(e.kind))
	}
	if e.MaxAgeDays == 0 && len(e.Required.names) == 0 && !e.Signed {
		return nil
	}
	for _, name := range known.Rules {
		if kind, _, _ := strings.Cut(name, "/"); kind != e.kind && kind != "project" {
			continue
		}
		r, err := known.Rule(name)
		if err != nil {
			return err
		}
		if aged(r, e.kind) && e.MaxAgeDays != 0 {
			e.aged = append(e.aged, r)
		}
		if reads(r, e.kind, requiredParameter) {
			e.named = append(e.named, r)
		}
		if reads(r, e.kind, signedParameter) {
			e.signed = append(e.signed, r)
		}
	}
	switch {
	case e.MaxAgeDays != 0 && len(e.aged) == 0:
		return c.mistake(append(at, ageParameter), "leave it out", "no rule asks for the age of %s documents", e.kind)
	case len(e.Required.names) > 0 && len(e.named) == 0:
		return c.mistake(append(at, requiredParameter), "write true", "no rule asks for %s documents by their names", e.kind)
	case e.Signed && len(e.signed) == 0:
		return c.mistake(append(at, signedParameter), "leave it out", "no rule asks for signatures of %s documents", e.kind)
	}
	return nil
}

// aged is true for a rule that asks for the age of documents of a kind: one of that kind, or a project rule
// that reads them.
func aged(r *finding.Rule, kind string) bool {
	return reads(r, kind, ageParameter)
}

// reads is true for a rule with a parameter that is about documents of a kind.
func reads(r *finding.Rule, kind, parameter string) bool {
	_, ok := r.Parameters[parameter]
	return ok && (r.Kind == kind || r.Kind == "project" && strings.Contains(r.Source, "input."+kind))
}

// meant suggests the right name that is nearest to a wrong one.
func meant(word string, names []string) string {
	if len(names) == 0 || len(word) > 100 {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", suggest.Nearest(word, names))
}

// short bounds text that a message repeats.
func short(s string) string {
	if len(s) <= 100 {
		return s
	}
	return strings.ToValidUTF8(s[:100], "") + "..."
}
