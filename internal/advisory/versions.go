package advisory

import (
	"fmt"
	"strings"

	"golang.org/x/mod/semver"
)

// A Cut lies between two neighbouring versions in the order of Semantic Versioning 2.0.0 §11, where
// 1.0.0-rc.1 comes before 1.0.0 and build metadata do not count.
type Cut struct {
	// Version is the version beside the cut; "" for the end of the line.
	Version string `json:"v"`
	// After is true for the cut after the version, false for the one before it.
	After bool `json:"after"`
}

// An Interval holds the versions between two cuts; the zero Interval holds all.
type Interval struct {
	From Cut `json:"from"`
	To   Cut `json:"to"`
}

// normal writes a version with three numbers and without build metadata, behind the v that x/mod wants.
func normal(version string) (string, bool) {
	version, _, _ = strings.Cut(strings.TrimSpace(version), "+")
	v := semver.Canonical("v" + version)
	if v == "" {
		return "", false
	}
	return v[1:], true
}

// Semantic tells of a version with all its numbers, as Cargo writes them (https://semver.org/#backusnaur-form-grammar-for-valid-semver-versions).
func Semantic(version string) bool {
	core, _, _ := strings.Cut(version, "+")
	core, _, _ = strings.Cut(core, "-")
	return strings.Count(core, ".") == 2 && semver.IsValid("v"+version)
}

func compare(a, b string) int { return semver.Compare("v"+a, "v"+b) }

// An empty cut lies at the end of the line that its side names.
const (
	left  = -1
	right = 1
)

func sequence(c Cut, cSide int, d Cut, dSide int) int {
	switch {
	case c.Version == "" && d.Version == "":
		return cSide - dSide
	case c.Version == "":
		return cSide
	case d.Version == "":
		return -dSide
	}
	if n := compare(c.Version, d.Version); n != 0 {
		return n
	}
	return boolInt(c.After) - boolInt(d.After)
}

// intersect returns what two intervals share.
func (i Interval) intersect(j Interval) (Interval, bool) {
	if sequence(i.From, left, j.From, left) < 0 {
		i.From = j.From
	}
	if sequence(j.To, right, i.To, right) < 0 {
		i.To = j.To
	}
	return i, sequence(i.From, left, i.To, right) < 0
}

// without returns what is left of the intervals when another one is taken out.
func without(from []Interval, out Interval) []Interval {
	var left []Interval
	for _, i := range from {
		if out.From.Version != "" {
			if part, ok := i.intersect(Interval{To: out.From}); ok {
				left = append(left, part)
			}
		}
		if out.To.Version != "" {
			if part, ok := i.intersect(Interval{From: out.To}); ok {
				left = append(left, part)
			}
		}
	}
	return left
}

// requirement reads a version requirement as Cargo does
// (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html), but in the plain order of versions:
// a pre-release is in an interval like any other version, and the upper end of a caret or tilde is the
// first pre-release of the next version. RustSec's own matching works so.
func requirement(text string) (Interval, error) {
	all := Interval{}
	for part := range strings.SplitSeq(text, ",") {
		one, err := comparator(strings.TrimSpace(part))
		if err != nil {
			return Interval{}, fmt.Errorf("requirement %q: %w", text, err)
		}
		var some bool
		if all, some = all.intersect(one); !some {
			return all, fmt.Errorf("requirement %q: no version meets it", text)
		}
	}
	return all, nil
}

func comparator(text string) (Interval, error) {
	op := text[:len(text)-len(strings.TrimLeft(text, "<>=^~"))]
	text = strings.TrimSpace(text[len(op):])
	core, pre, _ := strings.Cut(text, "-")
	core, _, _ = strings.Cut(core, "+")
	numbers := strings.Split(core, ".")
	for len(numbers) > 0 && strings.ContainsAny(numbers[len(numbers)-1], "*xX") && len(numbers[len(numbers)-1]) == 1 {
		numbers = numbers[:len(numbers)-1]
		if op == "" || op == "^" {
			op = "~"
			if len(numbers) == 1 {
				op = "^~"
			}
		}
	}
	if len(numbers) == 0 && pre == "" {
		return Interval{}, nil
	}
	v, ok := normal(text)
	if strings.ContainsAny(core, "*xX") || pre == "" {
		v, ok = normal(strings.Join(numbers, "."))
	}
	if !ok || len(numbers) > 3 {
		return Interval{}, fmt.Errorf("%q is no version", text)
	}
	return between(op, v, numbers)
}

// between is the interval of one comparator. numbers are those that were written.
func between(op, v string, numbers []string) (Interval, error) {
	next := func(n int) Cut { return Cut{Version: following(v, n)} } // the first after all that share n numbers
	caret := 1
	for caret < len(numbers) && numbers[caret-1] == "0" {
		caret++
	}
	whole := len(numbers) == 3
	switch op {
	case "", "^":
		return Interval{From: Cut{Version: v}, To: next(caret)}, nil
	case "^~":
		return Interval{From: Cut{Version: v}, To: next(1)}, nil
	case "~":
		return Interval{From: Cut{Version: v}, To: next(min(2, len(numbers)))}, nil
	case "=":
		if !whole {
			return Interval{From: Cut{Version: v}, To: next(len(numbers))}, nil
		}
		return Interval{From: Cut{Version: v}, To: Cut{Version: v, After: true}}, nil
	case ">=":
		return Interval{From: Cut{Version: v}}, nil
	case "<":
		return Interval{To: Cut{Version: v}}, nil
	case ">":
		if !whole {
			return Interval{From: next(len(numbers))}, nil
		}
		return Interval{From: Cut{Version: v, After: true}}, nil
	case "<=":
		if !whole {
			return Interval{To: next(len(numbers))}, nil
		}
		return Interval{To: Cut{Version: v, After: true}}, nil
	}
	return Interval{}, fmt.Errorf("%q is no operator", op)
}

// following is the smallest version behind all that begin with the first n numbers of v.
func following(v string, n int) string {
	core, _, _ := strings.Cut(v, "-")
	numbers := strings.Split(core, ".")
	for i := range numbers {
		switch {
		case i == n-1:
			numbers[i] = increment(numbers[i])
		case i >= n:
			numbers[i] = "0"
		}
	}
	return strings.Join(numbers, ".") + "-0"
}

// increment adds one to a decimal number of any length.
func increment(n string) string {
	digits := []byte(n)
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] != '9' {
			digits[i]++
			return string(digits)
		}
		digits[i] = '0'
	}
	return "1" + string(digits)
}
