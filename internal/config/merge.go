package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"time"

	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// Effective is the configuration in force.
type Effective struct {
	// FailOn is the severity from which a finding closes the gate.
	FailOn finding.Severity
	// Severities replace those of rules; Disabled rules do not count; Parameters replace defaults. All
	// are by the present name of the rule.
	Severities map[string]finding.Severity
	Disabled   map[string]bool
	Parameters map[string]map[string]any
	// Required are the kinds of which a document must be there, sorted.
	Required []string
	// BuildArgs are values of docker build --build-arg.
	BuildArgs map[string]string
	// Keys are those by which receipts may be signed.
	Keys []*attest.PublicKey
	// AllowEmpty opens the gate where there is nothing to judge.
	AllowEmpty bool
	// Catalog has the packages of images listed by another program.
	Catalog bool
	Limits  Limits
	// Judged, where set, tells whether a rule was run over the whole tree. A waiver of any other rule is
	// not called unused.
	Judged func(rule string) bool

	trusted, tree *Config
	now           time.Time
	maxDays       int
	refused       []refusal

	mu sync.Mutex // guards the use of waivers
}

// A refusal is a setting of the tree's own configuration that would loosen the gate.
type refusal struct {
	setting, reason string
	span            fact.Span
}

// Merge brings the configuration into force that the caller trusts, and of the tree's own configuration
// what tightens it; either may be nil. failOn is what the caller asks for, 0 where it does not. The tree
// may only lower fail_on, raise severities, switch rules back on, require evidence, and move parameters
// and ages in their stricter direction: a pull request must not open its own gate.
func Merge(trusted, tree *Config, failOn finding.Severity, now time.Time) *Effective {
	e := &Effective{
		FailOn: finding.High, Severities: map[string]finding.Severity{}, Disabled: map[string]bool{},
		Parameters: map[string]map[string]any{}, Required: []string{}, BuildArgs: map[string]string{},
		trusted: trusted, tree: tree, now: now, maxDays: DefaultWaiverDays,
	}
	if trusted != nil {
		e.take(trusted)
	}
	if failOn != 0 {
		e.FailOn = failOn
	}
	if tree != nil {
		e.tighten(tree)
	}
	slices.Sort(e.Required)
	return e
}

// take accepts everything.
func (e *Effective) take(c *Config) {
	if c.raw.FailOn != 0 {
		e.FailOn = c.raw.FailOn
	}
	if c.raw.MaxWaiverDays != 0 {
		e.maxDays = c.raw.MaxWaiverDays
	}
	e.AllowEmpty, e.Catalog = c.raw.AllowEmpty, c.raw.Catalog
	e.Limits = c.raw.Limits
	e.Keys = append(e.Keys, c.keys...)
	maps.Copy(e.BuildArgs, c.raw.BuildArgs)
	for _, s := range c.evidence {
		e.takeEvidence(s)
		for _, r := range s.aged {
			e.set(r, ageParameter, int64(s.MaxAgeDays))
		}
	}
	for _, s := range c.rules {
		if s.of == nil {
			continue
		}
		if s.Severity != 0 {
			e.Severities[s.of.Name] = s.Severity
		}
		if c.has("rules", s.name, "enabled") && !s.Enabled {
			e.Disabled[s.of.Name] = true
		}
		for key, v := range s.Parameters {
			e.set(s.of, key, v)
		}
	}
}

func (e *Effective) set(r *finding.Rule, key string, v any) {
	if e.Parameters[r.Name] == nil {
		e.Parameters[r.Name] = map[string]any{}
	}
	e.Parameters[r.Name][key] = v
}

// value is a parameter as it is in force.
func (e *Effective) value(r *finding.Rule, key string) any {
	if v, ok := e.Parameters[r.Name][key]; ok {
		return v
	}
	return r.Parameters[key].Default
}

func (e *Effective) refuse(c *Config, at fact.Path, reason string, args ...any) {
	e.refused = append(e.refused, refusal{at.String(), fmt.Sprintf(reason, args...), c.span(at)})
}

// onlyTrusted is the reason for what has no stricter direction.
const onlyTrusted = "only trusted configuration may set it"

// tighten accepts what closes the gate further, and refuses the rest.
func (e *Effective) tighten(c *Config) {
	switch f := c.raw.FailOn; {
	case f == 0:
	case f <= e.FailOn:
		e.FailOn = f
	default:
		e.refuse(c, fact.Path{"fail_on"}, "%s is looser than %s", f, e.FailOn)
	}
	switch n := c.raw.MaxWaiverDays; {
	case n == 0:
	case n <= e.maxDays:
		e.maxDays = n
	default:
		e.refuse(c, fact.Path{"max_waiver_days"}, "%d is looser than %d", n, e.maxDays)
	}
	if c.raw.AllowEmpty && !e.AllowEmpty {
		e.refuse(c, fact.Path{"allow_empty"}, onlyTrusted)
	}
	if c.raw.Catalog && !e.Catalog {
		e.refuse(c, fact.Path{"catalog"}, onlyTrusted) // it starts a program, which unpacks what the tree holds
	}
	e.tightenLimits(c)
	for _, name := range slices.Sorted(maps.Keys(c.raw.BuildArgs)) {
		if v, ok := e.BuildArgs[name]; !ok || v != c.raw.BuildArgs[name] {
			e.refuse(c, fact.Path{"build_args", name}, onlyTrusted)
		}
	}
	for _, s := range c.evidence {
		e.tightenEvidence(c, s)
	}
	for _, s := range c.rules {
		e.tightenRule(c, s)
	}
	for i := range c.bindings {
		if e.trusted == nil || !reflect.DeepEqual(e.trusted.raw.Bindings, c.raw.Bindings) {
			e.refuse(c, fact.Path{"binding", i}, onlyTrusted)
		}
	}
	for _, w := range c.waivers {
		if !e.trusts(w) {
			e.refused = append(e.refused, refusal{"waiver " + w.name(), "only trusted configuration may waive", w.At})
		}
	}
}

// tightenLimits refuses limits that differ: the tree is read under them before its configuration is known.
func (e *Effective) tightenLimits(c *Config) {
	own, ours := reflect.ValueOf(c.raw.Limits), reflect.ValueOf(e.Limits)
	for i := range own.NumField() {
		if f := own.Field(i); !f.IsZero() && !f.Equal(ours.Field(i)) {
			e.refuse(c, fact.Path{"limits", own.Type().Field(i).Tag.Get("toml")}, onlyTrusted)
		}
	}
}

func (e *Effective) tightenEvidence(c *Config, s *evidenceSetting) {
	at := fact.Path{"evidence", s.kind}
	required := slices.Contains(e.Required, s.kind)
	switch {
	case s.Required.any && !required:
		e.Required = append(e.Required, s.kind)
	case !s.Required.any && required && c.has("evidence", s.kind, "required"):
		e.refuse(c, append(at, "required"), "trusted configuration requires it")
	}
	e.tightenNames(c, s)
	looser := false
	for _, r := range s.aged {
		if base, _ := number(e.value(r, ageParameter)); float64(s.MaxAgeDays) < base {
			e.set(r, ageParameter, int64(s.MaxAgeDays))
		} else if float64(s.MaxAgeDays) > base {
			looser = true
		}
	}
	if looser && !e.trustsAge(s) {
		e.refuse(c, append(at, ageParameter), "%d days are looser than what is in force", s.MaxAgeDays)
	}
}

// trustsAge is true where trusted configuration says the same: a rule's own parameter may then be stricter.
func (e *Effective) trustsAge(s *evidenceSetting) bool {
	return e.trusted != nil && e.trusted.raw.Evidence[s.kind].MaxAgeDays == s.MaxAgeDays
}

func (e *Effective) tightenRule(c *Config, s *ruleSetting) {
	at := fact.Path{"rules", s.name}
	if s.of == nil {
		e.refuse(c, at, "the rule is not known")
		return
	}
	name := s.of.Name
	base, ok := e.Severities[name]
	if !ok {
		base = s.of.Severity
	}
	switch {
	case s.Severity > base:
		e.Severities[name] = s.Severity
	case s.Severity != 0 && s.Severity < base:
		e.refuse(c, append(at, "severity"), "%s is lower than %s", s.Severity, base)
	}
	if c.has("rules", s.name, "enabled") {
		switch {
		case s.Enabled:
			delete(e.Disabled, name)
		case !e.Disabled[name]:
			e.refuse(c, append(at, "enabled"), "only trusted configuration may switch a rule off")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(s.Parameters)) {
		e.tightenParameter(c, s, key)
	}
}

func (e *Effective) tightenParameter(c *Config, s *ruleSetting, key string) {
	v, base := s.Parameters[key], e.value(s.of, key)
	own, ok1 := number(v)
	ours, ok2 := number(base)
	stricter := s.of.Parameters[key].Stricter
	switch {
	case fmt.Sprint(v) == fmt.Sprint(base):
	case ok1 && ok2 && (stricter == "lower" && own < ours || stricter == "higher" && own > ours):
		e.set(s.of, key, v)
	case stricter == "":
		e.refuse(c, fact.Path{"rules", s.name, "parameters", key}, onlyTrusted)
	default:
		e.refuse(c, fact.Path{"rules", s.name, "parameters", key}, "%v is looser than %v", v, base)
	}
}

// trusts is true for a waiver that trusted configuration holds, too.
func (e *Effective) trusts(w *waiver) bool {
	return e.trusted != nil && (slices.Contains(e.trusted.waivers, w) || slices.ContainsFunc(e.trusted.waivers, w.same))
}

// holds is true for a waiver that counts today.
func (e *Effective) holds(w *waiver, now time.Time) bool {
	return e.trusts(w) && !w.expired(now) && !e.tooLong(w, now)
}

func (e *Effective) tooLong(w *waiver, now time.Time) bool { return w.daysLeft(now) > e.maxDays }

// Waive returns the waiver that covers a finding, nil where none does, and remembers which waivers are
// about findings that exist. It is safe for concurrent use.
func (e *Effective) Waive(f *finding.Finding) *finding.Waiver { return e.WaiveAt(f, e.now) }

// WaiveAt is Waive at another moment than that of Merge: for what runs for days.
func (e *Effective) WaiveAt(f *finding.Finding, now time.Time) *finding.Waiver {
	e.mu.Lock()
	defer e.mu.Unlock()
	var covering *finding.Waiver
	for _, c := range []*Config{e.trusted, e.tree} {
		if c == nil {
			continue
		}
		for _, w := range c.waivers {
			if !w.matches(f) {
				continue
			}
			w.used = true
			if covering == nil && e.holds(w, now) {
				covering = &w.Waiver
			}
		}
	}
	return covering
}
