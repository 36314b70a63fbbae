package admission

import (
	"fmt"

	"sallyport/bundles"
	"sallyport/internal/config"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
)

// A bound is a binding with its rules.
type bound struct {
	*config.Binding
	rules  *bundles.Bundle
	failOn finding.Severity
}

// scope is the binding as it is for an object.
func (b *bound) scope(t *config.Target) gate.Scope {
	return gate.Scope{Binding: finding.Binding{Name: b.Name, Mode: b.ModeFor(t), FailOn: b.failOn}, Bundle: b.rules}
}

// Bindings are those of a configuration for the objects in files; nil where it has none. failOn is what the caller asks for, 0 where
// he does not.
func Bindings(e *config.Effective, rules func(profile string) (*bundles.Bundle, error), failOn finding.Severity) (*gate.Bindings, error) {
	if len(e.Bindings()) == 0 {
		return nil, nil
	}
	all, err := bindings(e, rules, failOn)
	if err != nil {
		return nil, err
	}
	out := &gate.Bindings{Of: func(o *fact.Object, namespaces map[string]map[string]string) []gate.Scope {
		t := config.FromFile(o, namespaces)
		var scopes []gate.Scope
		for _, b := range all {
			if b.Matches(t) {
				scopes = append(scopes, b.scope(t))
			}
		}
		return scopes
	}}
	for _, b := range all {
		out.ByLabels = out.ByLabels || b.ByLabels()
	}
	return out, nil
}

// bindings joins those of a configuration, or the one that is implied, with their rules.
func bindings(e *config.Effective, rules func(profile string) (*bundles.Bundle, error), failOn finding.Severity) ([]*bound, error) {
	list := e.Bindings()
	if len(list) == 0 {
		list = []*config.Binding{config.Implied()}
	}
	known := map[string]*bundles.Bundle{}
	var all []*bound
	for _, b := range list {
		if known[b.Profile] == nil {
			r, err := own(e, rules, b.Profile)
			if err != nil {
				return nil, fmt.Errorf("binding %q: %w", b.Name, err)
			}
			known[b.Profile] = r
		}
		one := &bound{Binding: b, rules: known[b.Profile], failOn: failOn}
		if failOn == 0 {
			var err error
			if one.failOn, err = threshold(b, e.FailOn); err != nil {
				return nil, err
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// own are the rules of a profile that judge objects one by one. Rules that see many documents at once have no place where one
// object is seen.
func own(e *config.Effective, rules func(profile string) (*bundles.Bundle, error), profile string) (*bundles.Bundle, error) {
	b, err := rules(profile)
	if err != nil {
		return nil, err
	}
	list, err := b.Rules(kind)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("the profile %q has no rule for objects of a cluster: name another", profile)
	}
	names := map[string]bool{}
	for _, r := range list {
		names[r.Name] = !e.Disabled[r.Name]
	}
	return b.Configure(e.Parameters).Only(func(name string) bool { return names[name] }), nil
}

// threshold is the severity from which a finding denies: the binding's, the profile's, or that of the configuration.
func threshold(b *config.Binding, configured finding.Severity) (finding.Severity, error) {
	if b.FailOn != 0 {
		return b.FailOn, nil
	}
	if b.Profile == "" {
		return configured, nil
	}
	p, err := bundles.ReadProfile(b.Profile)
	if err != nil || p.FailOn == 0 {
		return configured, err
	}
	return p.FailOn, nil
}
