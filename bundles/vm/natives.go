package vm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// natives are the builtins that rules call most.
var natives map[string]native

func init() {
	natives = map[string]native{
		"eq":    compared(func(c int) bool { return c == 0 }),
		"equal": compared(func(c int) bool { return c == 0 }),
		"neq":   compared(func(c int) bool { return c != 0 }),
		"lt":    compared(func(c int) bool { return c < 0 }),
		"lte":   compared(func(c int) bool { return c <= 0 }),
		"gt":    compared(func(c int) bool { return c > 0 }),
		"gte":   compared(func(c int) bool { return c >= 0 }),

		"plus": onInts(add), "minus": minus, "mul": onInts(multiply), "div": onInts(divide), "rem": onInts(remainder),
		"floor": whole, "ceil": whole, "round": whole,

		"count": count, "min": extreme(-1), "max": extreme(1), "internal.member_2": member, "internal.member_3": memberAt,
		"and": intersection, "or": union, "object.get": objectGet, "array.concat": arrayConcat, "array.slice": arraySlice,
		"time.now_ns":           func(r *Run, _ []Value) Value { return Int(r.opts.Clock.UnixNano()) },
		"time.parse_rfc3339_ns": onString(func(s string) Value { return nanoseconds(time.RFC3339, s) }),
		"time.parse_ns":         onStrings(nanoseconds), "time.format": formatTime,
		"to_number": onString(toNumberText), "format_int": formatInt,

		"startswith":  onStrings(func(s, t string) Value { return strings.HasPrefix(s, t) }),
		"endswith":    onStrings(func(s, t string) Value { return strings.HasSuffix(s, t) }),
		"contains":    onStrings(func(s, t string) Value { return strings.Contains(s, t) }),
		"trim_prefix": onStrings(func(s, t string) Value { return strings.TrimPrefix(s, t) }),
		"trim_suffix": onStrings(func(s, t string) Value { return strings.TrimSuffix(s, t) }),
		"trim":        onStrings(func(s, t string) Value { return strings.Trim(s, t) }),
		"trim_left":   onStrings(func(s, t string) Value { return strings.TrimLeft(s, t) }),
		"trim_right":  onStrings(func(s, t string) Value { return strings.TrimRight(s, t) }),
		"split":       onStrings(split), "regex.match": onStrings(regexMatch),
		"lower":      onString(func(s string) Value { return strings.ToLower(s) }),
		"upper":      onString(func(s string) Value { return strings.ToUpper(s) }),
		"trim_space": onString(func(s string) Value { return strings.TrimSpace(s) }),
		"concat":     concat, "sprintf": sprintf,
		"strings.any_prefix_match": anyMatch(strings.HasPrefix),
		"strings.any_suffix_match": anyMatch(strings.HasSuffix),
	}
}

// formatInt writes whole numbers in tens.
func formatInt(_ *Run, args []Value) Value {
	n, ok := args[0].(Int)
	if !ok || args[1] != Value(Int(10)) {
		return nil
	}
	return strconv.FormatInt(int64(n), 10)
}

func onString(f func(string) Value) native {
	return func(_ *Run, args []Value) Value {
		if s, ok := args[0].(string); ok {
			return f(s)
		}
		return nil
	}
}

func onStrings(f func(s, t string) Value) native {
	return func(_ *Run, args []Value) Value {
		s, ok := args[0].(string)
		t, also := args[1].(string)
		if !ok || !also {
			return nil
		}
		return f(s, t)
	}
}

// nanoseconds reads a date by a layout that is none of the named ones, within the years that an int64 holds.
func nanoseconds(layout, s string) Value {
	if layout == "" || layout[0] != '2' {
		return nil
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < 1679 || t.Year() > 2260 {
		return nil
	}
	return Int(t.UnixNano())
}

// formatTime writes a time in UTC by a layout that is none of the named ones.
func formatTime(_ *Run, args []Value) Value {
	list, ok := args[0].(*Array)
	if !ok || list.Len() != 3 || list.At(1) != "UTC" {
		return nil
	}
	ns, ok := list.At(0).(Int)
	layout, also := list.At(2).(string)
	if !ok || !also || !strings.HasPrefix(layout, "2006-") {
		return nil
	}
	return time.Unix(0, int64(ns)).UTC().Format(layout)
}

// toNumberText reads short plain integers; what else is a number is left to OPA.
func toNumberText(s string) Value {
	if len(s) == 0 || len(s) > 15 || s[0] == '0' && len(s) > 1 {
		return nil
	}
	n := Int(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return nil
		}
		n = n*10 + Int(s[i]-'0')
	}
	return n
}

func split(s, sep string) Value {
	if sep == "" {
		return nil
	}
	parts := strings.Split(s, sep)
	a := &Array{elems: make([]Value, len(parts))}
	for i, p := range parts {
		a.elems[i] = p
	}
	return a
}

// patterns are the compiled ones, for all documents: rules write theirs as constants, and what is made at
// run time is not kept once there are many.
var patterns struct {
	sync.RWMutex
	compiled map[string]*regexp.Regexp
}

const maxPatterns = 1000

func regexMatch(pattern, s string) Value {
	patterns.RLock()
	re := patterns.compiled[pattern]
	patterns.RUnlock()
	if re == nil {
		var err error
		if re, err = regexp.Compile(pattern); err != nil {
			return nil
		}
		patterns.Lock()
		if patterns.compiled == nil || len(patterns.compiled) >= maxPatterns {
			patterns.compiled = map[string]*regexp.Regexp{}
		}
		patterns.compiled[pattern] = re
		patterns.Unlock()
	}
	return re.MatchString(s)
}

// stringsOf returns the strings of an array or set.
func stringsOf(v Value) ([]string, bool) {
	var list []string
	add := func(v Value) bool {
		s, ok := v.(string)
		list = append(list, s)
		return ok
	}
	switch v := v.(type) {
	case string:
		return []string{v}, true
	case *Array:
		for i := range v.Len() {
			if !add(v.At(i)) {
				return nil, false
			}
		}
	case *Set:
		for _, e := range v.Elems() {
			if !add(e) {
				return nil, false
			}
		}
	default:
		return nil, false
	}
	return list, true
}

func concat(_ *Run, args []Value) Value {
	sep, ok := args[0].(string)
	if _, single := args[1].(string); !ok || single {
		return nil
	}
	elems, ok := Elems(args[1])
	if !ok {
		return nil
	}
	var room [64]byte
	b := room[:0]
	for i, e := range elems {
		s, ok := e.(string)
		if !ok {
			return nil
		}
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, s...)
	}
	return string(b)
}

func anyMatch(matches func(s, t string) bool) native {
	return func(_ *Run, args []Value) Value {
		list, ok := stringsOf(args[0])
		wanted, also := stringsOf(args[1])
		if !ok || !also {
			return nil
		}
		for _, s := range list {
			for _, t := range wanted {
				if matches(s, t) {
					return true
				}
			}
		}
		return false
	}
}

func sprintf(_ *Run, args []Value) Value {
	format, ok := args[0].(string)
	list, also := args[1].(*Array)
	if !ok || !also {
		return nil
	}
	values := make([]any, list.Len())
	for i := range values {
		switch v := list.At(i).(type) {
		case string:
			values[i] = v
		case Int:
			values[i] = int64(v)
		default:
			return nil
		}
	}
	return fmt.Sprintf(format, values...)
}

func count(_ *Run, args []Value) Value {
	if s, ok := args[0].(string); ok {
		return Int(utf8.RuneCountInString(s))
	}
	n, _ := size(args[0])
	return n
}
