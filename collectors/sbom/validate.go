package sbom

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/spdx"
)

// maxMistakes bounds how many mistakes of one file are told.
const maxMistakes = 20

// A mistake is what the specification does not allow, and where.
type mistake struct {
	at  fact.Path
	msg string
}

// A validator holds a value against a schema. Until it is told to look for mistakes it only says yes or no.
type validator struct {
	look     bool
	path     fact.Path
	mistakes []mistake
}

// validate lists what a schema does not allow in a value: most values are well, which is found out first.
func validate(s *schema, value any) []mistake {
	v := validator{}
	if v.check(s, value) {
		return nil
	}
	v.look = true
	v.check(s, value)
	return v.mistakes
}

func (v *validator) wrong(format string, args ...any) bool {
	if v.look && len(v.mistakes) < maxMistakes {
		v.mistakes = append(v.mistakes, mistake{slices.Clone(v.path), fmt.Sprintf(format, args...)})
	}
	return false
}

// at checks a part.
func (v *validator) at(step any, s *schema, value any) bool {
	v.path = append(v.path, step)
	ok := v.check(s, value)
	v.path = v.path[:len(v.path)-1]
	return ok
}

func (v *validator) check(s *schema, value any) bool {
	for s.target != nil {
		s = s.target
	}
	if s.Type != "" && !typed(s.Type, value) {
		return v.wrong("%s where %s is expected", typeOf(value), article(strings.ReplaceAll(s.Type, "|", " or ")))
	}
	ok := true
	switch value := value.(type) {
	case map[string]any:
		ok = v.object(s, value)
	case []any:
		ok = v.array(s, value)
	case string:
		ok = v.text(s, value)
	case int64:
		ok = v.number(s, float64(value))
	case float64:
		ok = v.number(s, value)
	case bool:
		if s.Const != nil && s.Const != value {
			ok = v.wrong("%v where %v is expected", value, s.Const)
		}
	}
	return (ok || v.look) && v.combined(s, value) && ok
}

func (v *validator) object(s *schema, m map[string]any) bool {
	ok := true
	for _, name := range s.Required {
		if _, there := m[name]; !there {
			if ok = v.wrong("no %q", name); !v.look {
				return false
			}
		}
	}
	if s.Properties == nil && !s.Closed {
		return ok
	}
	if !v.look {
		for name, value := range m {
			if p := s.Properties[name]; p != nil && !v.check(p, value) || p == nil && s.Closed && name != "$schema" {
				return false
			}
		}
		return ok
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		switch p := s.Properties[name]; {
		case p != nil:
			ok = v.at(name, p, m[name]) && ok
		case s.Closed && name != "$schema":
			v.path = append(v.path, name)
			ok = v.wrong("%q is not a field that the specification has here", name)
			v.path = v.path[:len(v.path)-1]
		}
	}
	return ok
}

func (v *validator) array(s *schema, list []any) bool {
	ok := true
	switch {
	case len(list) < s.MinItems:
		ok = v.wrong("%d elements where at least %d are expected", len(list), s.MinItems)
	case s.MaxItems > 0 && len(list) > s.MaxItems:
		ok = v.wrong("%d elements where at most %d are expected", len(list), s.MaxItems)
	case s.Unique:
		ok = v.unique(list)
	}
	if s.Items == nil {
		return ok
	}
	for i := range list {
		if !v.look {
			if !v.check(s.Items, list[i]) {
				return false
			}
			continue
		}
		ok = v.at(i, s.Items, list[i]) && ok
	}
	return ok
}

// unique looks for two equal texts, and for two equal objects among those that have the same name, version and reference.
func (v *validator) unique(list []any) bool {
	if len(list) < 2 {
		return true
	}
	seen := make(map[[3]string]int, len(list))
	for i, e := range list {
		var key [3]string
		switch e := e.(type) {
		case string:
			key[0] = e
		case map[string]any:
			for k, name := range [3]string{"name", "version", "bom-ref"} {
				key[k], _ = e[name].(string)
			}
		default:
			continue
		}
		if before, twice := seen[key]; twice && reflect.DeepEqual(list[before], e) {
			return v.wrong("the elements %d and %d are the same", before, i)
		}
		seen[key] = i
	}
	return true
}

func (v *validator) text(s *schema, text string) bool {
	switch {
	case s.enum != nil && !s.enum[text]:
		return v.wrong("%s is none of %s", quoted(text), listed(s.Enum))
	case s.Const != nil && s.Const != text:
		return v.wrong("%s where %q is expected", quoted(text), s.Const)
	case s.MinLen > 0 && utf8.RuneCountInString(text) < s.MinLen:
		return v.wrong("an empty text where there must be one")
	case s.pattern != nil && !s.pattern.MatchString(text):
		return v.wrong("%s does not have the form %s", quoted(text), s.Pattern)
	case s.License && !spdx.Listed(text):
		return v.wrong("%s is not an identifier of the SPDX License List", quoted(text))
	case s.Time && !isTime(text):
		return v.wrong("%s is not a time of RFC 3339, such as 2026-11-20T12:00:00Z", quoted(text))
	}
	return true
}

func isTime(text string) bool {
	_, err := time.Parse(time.RFC3339, strings.ToUpper(text))
	return err == nil
}

func (v *validator) number(s *schema, n float64) bool {
	switch {
	case s.Min != nil && n < *s.Min:
		return v.wrong("%v where at least %v is expected", n, *s.Min)
	case s.Max != nil && n > *s.Max:
		return v.wrong("%v where at most %v is expected", n, *s.Max)
	}
	return true
}

func typed(want string, value any) bool {
	switch value := value.(type) {
	case map[string]any:
		return strings.Contains(want, "object")
	case []any:
		return strings.Contains(want, "array")
	case string:
		return strings.Contains(want, "string")
	case bool:
		return strings.Contains(want, "boolean")
	case int64:
		return strings.Contains(want, "integer") || strings.Contains(want, "number")
	case float64:
		return strings.Contains(want, "number") || strings.Contains(want, "integer") && value == float64(int64(value))
	}
	return strings.Contains(want, "null")
}
