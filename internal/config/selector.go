package config

import (
	"errors"
	"slices"

	"sallyport/internal/fact"
)

// namespaceName is the label that the API server gives each namespace: its name.
const namespaceName = "kubernetes.io/metadata.name"

type selectorText struct {
	MatchLabels      map[string]string `toml:"matchLabels"`
	MatchExpressions []requirement     `toml:"matchExpressions"`
}

// A requirement is one of a label selector (Kubernetes API reference, LabelSelectorRequirement).
type requirement struct {
	Key      string   `toml:"key"`
	Operator string   `toml:"operator"`
	Values   []string `toml:"values"`
}

// A selector matches labels that meet all requirements; without any it matches all.
type selector []requirement

func (c *Config) selector(at fact.Path, t selectorText) (selector, error) {
	var s selector
	var errs []error
	for key, value := range t.MatchLabels {
		s = append(s, requirement{Key: key, Operator: "In", Values: []string{value}})
	}
	for i, r := range t.MatchExpressions {
		where := func(key string) fact.Path { return append(slices.Clip(at), "matchExpressions", i, key) }
		if r.Key == "" {
			errs = append(errs, c.mistake(where("key"), "name the label", "an expression without key"))
		}
		switch r.Operator {
		case "In", "NotIn":
			if len(r.Values) == 0 {
				errs = append(errs, c.mistake(where("values"), "name the values", "%s needs values", r.Operator))
			}
		case "Exists", "DoesNotExist":
			if len(r.Values) > 0 {
				errs = append(errs, c.mistake(where("values"), "leave them out", "%s takes no values", r.Operator))
			}
		default:
			errs = append(errs, c.mistake(where("operator"), "choose one of In, NotIn, Exists, DoesNotExist", "there is no operator %q", short(r.Operator)))
		}
		s = append(s, r)
	}
	return s, errors.Join(errs...)
}

func (s selector) matches(labels map[string]string) bool { return s.matchesPartly(labels, false, "") }

// matchesPartly is matches for labels of which, where others is true, only the name of the namespace is known: what depends on
// another is met.
func (s selector) matchesPartly(labels map[string]string, others bool, name string) bool {
	for _, r := range s {
		value, ok := labels[r.Key]
		switch {
		case r.Key == namespaceName && name != "":
			value, ok = name, true
		case others:
			continue
		}
		if !r.met(value, ok) {
			return false
		}
	}
	return true
}

// met is the meaning of the operators; NotIn is met by what does not have the label.
func (r requirement) met(value string, ok bool) bool {
	switch r.Operator {
	case "In":
		return ok && slices.Contains(r.Values, value)
	case "NotIn":
		return !ok || !slices.Contains(r.Values, value)
	case "Exists":
		return ok
	}
	return !ok
}
