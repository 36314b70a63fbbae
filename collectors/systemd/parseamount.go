package systemd

import (
	"math"
	"strconv"
	"strings"
)

const blanks = " \t\n\r"

// sizeUnits are the suffixes of sizes, the largest first; a sum such as "1G 512M" has to fall.
var sizeUnits = []struct {
	suffix string
	factor float64
}{{"E", 1 << 60}, {"P", 1 << 50}, {"T", 1 << 40}, {"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"B", 1}, {"", 1}}

// bytesOf reads a size: numbers with suffixes, each smaller than the one before.
func bytesOf(text string) (float64, bool) {
	sum, from := 0.0, 0
	for rest := text; ; {
		rest = strings.TrimLeft(rest, blanks)
		n, after, ok := number(strings.TrimPrefix(rest, "+"))
		if !ok || strings.HasPrefix(rest, ".") {
			return 0, false
		}
		after = strings.TrimLeft(after, blanks)
		i := from
		for i < len(sizeUnits) && !strings.HasPrefix(after, sizeUnits[i].suffix) {
			i++
		}
		if i == len(sizeUnits) {
			return 0, false
		}
		sum += math.Trunc(n * sizeUnits[i].factor)
		rest, from = after[len(sizeUnits[i].suffix):], i+1
		if rest == "" {
			return sum, sum < 1<<64
		}
	}
}

// number reads digits, with a fraction that may be empty.
func number(text string) (n float64, rest string, ok bool) {
	whole := len(text) - len(strings.TrimLeft(text, digits))
	end := whole
	if end < len(text) && text[end] == '.' {
		end = len(text) - len(strings.TrimLeft(text[end+1:], digits))
	}
	if _, err := strconv.ParseUint(text[:whole], 10, 64); whole > 0 && err != nil {
		return 0, text, false
	}
	n, err := strconv.ParseFloat(text[:end], 64)
	return n, text[end:], err == nil
}

const digits = "0123456789"

// timeUnits are the suffixes of spans in microseconds, in the order in which systemd tries them.
var timeUnits = []struct {
	suffix string
	usec   float64
}{
	{"seconds", 1e6},
	{"second", 1e6},
	{"sec", 1e6},
	{"s", 1e6},
	{"minutes", 60e6},
	{"minute", 60e6},
	{"min", 60e6},
	{"months", 2629800e6},
	{"month", 2629800e6},
	{"M", 2629800e6},
	{"msec", 1e3},
	{"ms", 1e3},
	{"m", 60e6},
	{"hours", 3600e6},
	{"hour", 3600e6},
	{"hr", 3600e6},
	{"h", 3600e6},
	{"days", 86400e6},
	{"day", 86400e6},
	{"d", 86400e6},
	{"weeks", 604800e6},
	{"week", 604800e6},
	{"w", 604800e6},
	{"years", 31557600e6},
	{"year", 31557600e6},
	{"y", 31557600e6},
	{"usec", 1},
	{"us", 1},
	{"μs", 1},
	{"µs", 1},
}

// secondsOf reads a span of time, systemd.time(7): numbers with units that add up, seconds without one.
func secondsOf(text string) (float64, bool) {
	usec, ok := timeOf(text, 1e6)
	return usec / 1e6, ok
}

// timeOf reads a span in microseconds; unit is that of a number without one.
func timeOf(text string, unit float64) (float64, bool) {
	rest := strings.TrimLeft(text, blanks)
	if after, ok := strings.CutPrefix(rest, "infinity"); ok {
		return math.Inf(1), strings.Trim(after, blanks) == ""
	}
	sum := 0.0
	for first := true; ; first = false {
		rest = strings.TrimLeft(rest, blanks)
		if rest == "" {
			return sum, !first && sum < math.MaxUint64
		}
		n, after, ok := number(strings.TrimPrefix(rest, "+"))
		if !ok || strings.HasSuffix(rest[:len(rest)-len(after)], ".") || strings.HasPrefix(rest, "+.") {
			return 0, false
		}
		factor, tail := unit, after
		trimmed := strings.TrimLeft(after, blanks)
		for _, u := range timeUnits {
			if strings.HasPrefix(trimmed, u.suffix) {
				factor, tail = u.usec, trimmed[len(u.suffix):]
				break
			}
		}
		if tail == after && trimmed != after {
			tail = trimmed
		} else if tail == after && after != "" {
			return 0, false
		}
		if math.Trunc(n) >= math.Floor(math.MaxUint64/factor) {
			return 0, false
		}
		sum += math.Trunc(n*factor + 1e-6)
		rest = tail
	}
}
