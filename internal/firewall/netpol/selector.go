package netpol

import (
	"maps"
	"slices"
	"strings"
)

// A requirement is what a selector wants of one label.
type requirement struct {
	key, operator string // In, NotIn, Exists, DoesNotExist
	values        []string
}

// A selector is a list of requirements, all of which must hold; an empty one selects everything.
type selector []requirement

func (s selector) String() string {
	parts := make([]string, len(s))
	for i, r := range s {
		values := strings.Join(r.values, ",")
		switch {
		case r.operator == "In" && len(r.values) == 1:
			parts[i] = r.key + "=" + values
		case r.operator == "In":
			parts[i] = r.key + " in (" + values + ")"
		case r.operator == "NotIn":
			parts[i] = r.key + " notin (" + values + ")"
		case r.operator == "Exists":
			parts[i] = r.key
		default:
			parts[i] = "!" + r.key
		}
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), ",")
}

func (s selector) matches(labels map[string]string) bool {
	for _, r := range s {
		value, ok := labels[r.key]
		in := ok && slices.Contains(r.values, value)
		switch r.operator {
		case "In":
			ok = in
		case "NotIn":
			ok = !in
		case "DoesNotExist":
			ok = !ok
		}
		if !ok {
			return false
		}
	}
	return true
}

// How pods that one selector selects stand to another selector.
const (
	excluded = iota // it selects none of them
	possible        // some, or not
	implied         // all
)

// relation compares two selectors by what they say of the same labels.
func relation(of, to selector) int {
	for _, a := range of {
		for _, b := range to {
			if a.key == b.key && (a.excludes(b) || b.excludes(a)) {
				return excluded
			}
		}
	}
	for _, b := range to {
		if !slices.ContainsFunc(of, func(a requirement) bool { return a.key == b.key && a.implies(b) }) {
			return possible
		}
	}
	return implied
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return !slices.Contains(b, v) })
}

func disjoint(a, b []string) bool {
	return !slices.ContainsFunc(a, func(v string) bool { return slices.Contains(b, v) })
}

func (r requirement) implies(o requirement) bool {
	switch r.operator + " " + o.operator {
	case "In In":
		return subset(r.values, o.values)
	case "In NotIn":
		return disjoint(r.values, o.values)
	case "NotIn NotIn":
		return subset(o.values, r.values)
	case "In Exists", "Exists Exists", "DoesNotExist DoesNotExist", "DoesNotExist NotIn":
		return true
	}
	return false
}

func (r requirement) excludes(o requirement) bool {
	switch r.operator + " " + o.operator {
	case "In In":
		return disjoint(r.values, o.values)
	case "In NotIn":
		return subset(r.values, o.values)
	case "In DoesNotExist", "Exists DoesNotExist":
		return true
	}
	return false
}

// labels makes the requirements of matchLabels.
func labels(m map[string]string) selector {
	var s selector
	for _, key := range slices.Sorted(maps.Keys(m)) {
		s = append(s, requirement{key, "In", []string{m[key]}})
	}
	return s
}
