package systemd

import (
	"math"
	"strconv"
	"strings"
)

// An Amount is a size, a number or a span of time, as the last valid assignment leaves it.
type Amount struct {
	// Set is true where an assignment that systemd can read is in effect. Where it is false, systemd's default holds.
	Set bool `json:"set"`
	// Text is the value as typed.
	Text string `json:"text"`
	// Value is in bytes or seconds, a plain number, or the percentage; -1 where nothing is set, and for infinity.
	Value float64 `json:"value"`
	// Infinite is true for infinity, and for a span of 0 where that means none: TimeoutStopSec=0.
	Infinite bool `json:"infinite"`
	// Percent is true where Value is a share of what the machine has.
	Percent bool `json:"percent"`
}

// A Limit is one of the limits of setrlimit(2), as the last valid assignment leaves it.
type Limit struct {
	// Set is true where an assignment that systemd can read is in effect.
	Set bool `json:"set"`
	// Text is the value as typed.
	Text string `json:"text"`
	// Soft and Hard are bytes, seconds or plain numbers; -1 for infinity, and where nothing is set.
	Soft float64 `json:"soft"`
	Hard float64 `json:"hard"`
}

// A measure says how a setting is read: what a text means, and whether an empty one goes back to the default.
type measure struct {
	read   func(string) (Amount, bool)
	resets bool
	// expected is what the setting takes, for people.
	expected string
}

const (
	takesSize    = "a size such as 512M, a percentage, or infinity"
	takesSpan    = "a span of time such as 90s or 5min, or infinity"
	takesNumber  = "a number"
	takesTasks   = "a number, a percentage, or infinity"
	takesPercent = "a percentage such as 50%"
)

// measures are the settings with amounts, by name: systemd.resource-control(5), systemd.service(5) and systemd.unit(5).
var measures = map[string]measure{
	"MemoryMax": {positive(size), true, takesSize}, "MemoryHigh": {positive(size), true, takesSize},
	"MemorySwapMax": {size, true, takesSize}, "MemoryMin": {size, true, takesSize}, "MemoryLow": {size, true, takesSize},
	"TasksMax": {tasks, true, takesTasks}, "CPUQuota": {quota, true, takesPercent},
	"WatchdogSec": {span, false, takesSpan}, "RestartSec": {span, false, takesSpan}, "RuntimeMaxSec": {span, false, takesSpan},
	"TimeoutStartSec": {timeout, false, takesSpan}, "TimeoutStopSec": {timeout, false, takesSpan}, "TimeoutSec": {timeout, false, takesSpan},
	"StartLimitIntervalSec": {span, false, takesSpan}, "StartLimitInterval": {span, false, takesSpan},
	"StartLimitBurst": {count, false, takesNumber}, "MaxConnections": {count, false, takesNumber}, "MaxConnectionsPerSource": {count, false, takesNumber},
}

// limits are the settings of setrlimit(2), by the way in which a half of their value is read.
var limits = map[string]func(string) (float64, bool){
	"LimitCORE": limitSize, "LimitAS": limitSize, "LimitDATA": limitSize, "LimitFSIZE": limitSize, "LimitMEMLOCK": limitSize,
	"LimitMSGQUEUE": limitSize, "LimitRSS": limitSize, "LimitSTACK": limitSize, "LimitCPU": limitSpan, "LimitRTTIME": limitMicro,
	"LimitNOFILE": limitCount, "LimitNPROC": limitCount, "LimitLOCKS": limitCount, "LimitSIGPENDING": limitCount, "LimitRTPRIO": limitCount,
}

func infinite(text string) Amount { return Amount{Set: true, Text: text, Value: -1, Infinite: true} }

func exactly(text string, value float64) Amount { return Amount{Set: true, Text: text, Value: value} }

// size reads a number of bytes, parse_size of systemd with base 1024, a share of the memory, or infinity.
func size(text string) (Amount, bool) {
	if text == "infinity" {
		return infinite(text), true
	}
	if p, ok := percentage(text); ok && p <= 100 {
		return Amount{Set: true, Text: text, Value: p, Percent: true}, true
	}
	n, ok := bytesOf(text)
	return exactly(text, n), ok
}

func positive(read func(string) (Amount, bool)) func(string) (Amount, bool) {
	return func(text string) (Amount, bool) {
		a, ok := read(text)
		return a, ok && (a.Infinite || a.Value > 0)
	}
}

func tasks(text string) (Amount, bool) {
	if text == "infinity" {
		return infinite(text), true
	}
	if p, ok := percentage(text); ok && p <= 100 {
		return Amount{Set: true, Text: text, Value: p, Percent: true}, true
	}
	n, ok := unsigned(text, 64)
	return exactly(text, float64(n)), ok && n > 0 && n < math.MaxUint64
}

func quota(text string) (Amount, bool) {
	p, ok := percentage(text)
	return Amount{Set: true, Text: text, Value: p, Percent: true}, ok && p > 0
}

func count(text string) (Amount, bool) {
	n, ok := unsigned(text, 32)
	return exactly(text, float64(n)), ok
}

// unsigned reads a number in the notations of C.
func unsigned(text string, bits int) (uint64, bool) {
	text = strings.TrimPrefix(strings.TrimLeft(text, blanks), "+")
	if strings.ContainsAny(text, "_oObB") && !strings.HasPrefix(text, "0x") && !strings.HasPrefix(text, "0X") || strings.Contains(text, "_") {
		return 0, false
	}
	digits, minus := strings.CutPrefix(text, "-")
	n, err := strconv.ParseUint(digits, 0, bits)
	return n, err == nil && (!minus || n == 0)
}

func span(text string) (Amount, bool) {
	seconds, ok := secondsOf(text)
	if math.IsInf(seconds, 1) {
		return infinite(text), ok
	}
	return exactly(text, seconds), ok
}

// timeout is a span of which 0 means none, as it always did.
func timeout(text string) (Amount, bool) {
	a, ok := span(text)
	if ok && a.Value == 0 {
		return infinite(text), true
	}
	return a, ok
}

// limit reads SOFT:HARD, or one value for both.
func limit(text string, read func(string) (float64, bool)) (Limit, bool) {
	soft, hard, both := strings.Cut(text, ":")
	if !both {
		hard = soft
	}
	half := func(text string) (float64, bool) {
		if text == "infinity" {
			return -1, true
		}
		return read(text)
	}
	l := Limit{Set: true, Text: text}
	var ok, also bool
	l.Soft, ok = half(soft)
	l.Hard, also = half(hard)
	above := l.Hard >= 0 && (l.Soft < 0 || l.Soft > l.Hard)
	return l, ok && also && !above
}

func limitSize(text string) (float64, bool) { return bytesOf(text) }

func limitCount(text string) (float64, bool) {
	n, ok := unsigned(text, 64)
	return float64(n), ok && n < math.MaxUint64
}

func limitSpan(text string) (float64, bool) {
	s, ok := secondsOf(text)
	return math.Ceil(s), ok && !math.IsInf(s, 1)
}

// limitMicro is a span of which a bare number counts microseconds.
func limitMicro(text string) (float64, bool) {
	usec, ok := timeOf(text, 1)
	return usec / 1e6, ok && !math.IsInf(usec, 1)
}

// percentage reads 5%, 5.25%, 5‰ and 5‱.
func percentage(text string) (float64, bool) {
	for _, sign := range []struct {
		text     string
		decimals int
		unit     float64
	}{{"%", 2, 1}, {"‰", 1, 10}, {"‱", 0, 100}} {
		number, ok := strings.CutSuffix(text, sign.text)
		if !ok {
			continue
		}
		number = strings.TrimPrefix(strings.TrimLeft(number, blanks), "+")
		whole, fraction, dot := strings.Cut(number, ".")
		if strings.Trim(whole, "0123456789") != "" || whole == "" || strings.Trim(fraction, "0123456789") != "" || dot && (fraction == "" || len(fraction) > sign.decimals) {
			return 0, false
		}
		n, err := strconv.ParseFloat(number, 64)
		return n / sign.unit, err == nil && n <= math.MaxInt32
	}
	return 0, false
}
