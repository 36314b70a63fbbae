package sbom

import (
	"slices"
	"strings"
)

// combined checks oneOf, anyOf, allOf, not, and if.
func (v *validator) combined(s *schema, value any) bool {
	ok := true
	if s.OneOf != nil {
		ok = v.choice(s.OneOf, value, true)
	}
	if s.AnyOf != nil {
		ok = v.choice(s.AnyOf, value, false) && ok
	}
	for _, sub := range s.AllOf {
		ok = v.check(sub, value) && ok
	}
	if s.Not != nil && quick(s.Not, value) {
		ok = v.wrong("%s", excluded(s.Not))
	}
	switch {
	case s.If == nil:
	case quick(s.If, value):
		ok = (s.Then == nil || v.check(s.Then, value)) && ok
	default:
		ok = (s.Else == nil || v.check(s.Else, value)) && ok
	}
	return ok
}

func quick(s *schema, value any) bool { return (&validator{}).check(s, value) }

func excluded(s *schema) string {
	if len(s.Required) > 0 {
		return "may not have " + strings.Join(s.Required, " with ") + " here"
	}
	return "the specification does not allow this here"
}

// choice tells of the branch whose mistake lies deepest: it is the one that was meant.
func (v *validator) choice(branches []*schema, value any, one bool) bool {
	matching := 0
	for _, b := range branches {
		if quick(b, value) {
			if matching++; !one {
				return true
			}
		}
	}
	switch {
	case matching == 1:
		return true
	case matching > 1:
		return v.wrong("fits %d of the forms that exclude each other", matching)
	case !v.look:
		return false
	}
	var best []mistake
	for _, b := range branches {
		w := validator{look: true, path: slices.Clone(v.path)}
		w.check(b, value)
		if len(w.mistakes) > 0 && (best == nil || len(w.mistakes[0].at) > len(best[0].at)) {
			best = w.mistakes
		}
	}
	v.mistakes = append(v.mistakes, best[:min(len(best), max(0, maxMistakes-len(v.mistakes)))]...)
	return false
}
