package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sallyport/bundles"
	"sallyport/internal/finding"
	"sallyport/internal/suggest"
)

// selectRules narrows a bundle to what --only, --skip and --profile name. It is the caller's own decision,
// so it may leave out non-negotiables too; the report says which rules ran.
func selectRules(b *bundles.Bundle, only, skip []string, profile string) (*bundles.Bundle, error) {
	for _, list := range [][]string{only, skip} {
		for _, word := range list {
			if err := knownRule(b, word); err != nil {
				return nil, err
			}
		}
	}
	if len(only)+len(skip) > 0 {
		b = b.Only(func(name string) bool {
			return (len(only) == 0 || covers(only, name)) && !covers(skip, name)
		})
	}
	if profile == "" {
		return b, nil
	}
	p, err := bundles.ReadProfile(profile)
	if err != nil {
		return nil, fmt.Errorf("--profile: %w", err)
	}
	rules, err := b.Rules()
	if err != nil {
		return nil, err
	}
	var keep []string
	for _, r := range rules {
		if p.Has(r) {
			keep = append(keep, r.Name)
		}
	}
	return b.Only(func(name string) bool { return slices.Contains(keep, name) }), nil
}

// closesFrom is the severity that closes the gate: the caller's, or the profile's where the caller names none.
func closesFrom(profile string, failOn finding.Severity) (finding.Severity, error) {
	if profile == "" || failOn != 0 {
		return failOn, nil
	}
	p, err := bundles.ReadProfile(profile)
	if err != nil {
		return 0, fmt.Errorf("--profile: %w", err)
	}
	return p.FailOn, nil
}

// withProfile are the parameters of a profile, and over them those that are configured.
func withProfile(profile string, configured map[string]map[string]any) (map[string]map[string]any, error) {
	if profile == "" {
		return configured, nil
	}
	p, err := bundles.ReadProfile(profile)
	if err != nil {
		return nil, fmt.Errorf("--profile: %w", err)
	}
	all := map[string]map[string]any{}
	for _, set := range []map[string]map[string]any{p.Parameters, configured} {
		for rule, values := range set {
			if all[rule] == nil {
				all[rule] = map[string]any{}
			}
			maps.Copy(all[rule], values)
		}
	}
	return all, nil
}

// covers tells whether a rule or its kind is in the list.
func covers(list []string, rule string) bool {
	kind, _, _ := strings.Cut(rule, "/")
	return slices.Contains(list, rule) || slices.Contains(list, kind)
}

func knownRule(b *bundles.Bundle, word string) error {
	if slices.Contains(b.Kinds(), word) {
		return nil
	}
	rule, err := b.Rule(word)
	if err != nil || rule != nil {
		return err
	}
	return fmt.Errorf("there is no rule or kind %q: did you mean %s?", word, suggest.Nearest(word, append(b.Kinds(), b.Names()...)))
}
