package receipt

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"sallyport/internal/attest"
)

// The limits of what is kept of an output.
const (
	maxLine  = 1 << 20
	maxTests = 5000
)

// A counter reads what the outputs of known tools say about themselves.
type counter struct {
	mu             sync.Mutex
	counts         attest.Counts
	passed, failed []string
	json           bool // the messages of cargo came as JSON, so that its words are not counted twice
	worded         int  // warnings by the words of cargo
	placed         int  // warnings of the compiler with their place: cargo --quiet does not sum them up
	warning        bool // the last line was the first of a warning
	streams        []*lines
}

type lines struct {
	rest []byte
	long bool   // the line at hand is too long to be read
	head []byte // the beginning of a line that is too long
	each func([]byte)
}

func (l *lines) write(p []byte) {
	for len(p) > 0 {
		line, rest, ended := bytes.Cut(p, []byte("\n"))
		if len(l.rest)+len(line) > maxLine {
			if !l.long {
				l.head = append(l.rest[:min(len(l.rest), len(message))], line[:min(len(line), len(message))]...)
			}
			l.rest, l.long = nil, true
		}
		if !l.long {
			l.rest = append(l.rest, line...)
		}
		if ended {
			l.flush()
		}
		p = rest
	}
}

// message begins a warning or an error as cargo writes it in JSON. One that is too long to be read is taken for a warning.
const message = `{"reason":"compiler-message"`

func (l *lines) flush() {
	switch {
	case l.long && bytes.HasPrefix(l.head, []byte(message)):
		l.each([]byte(message + `,"message":{"level":"warning","spans":[{}]}}`))
	case !l.long && len(l.rest) > 0:
		l.each(l.rest)
	}
	l.rest, l.long = l.rest[:0], false
}

// stream returns a reader of one output.
func (c *counter) stream() func([]byte) {
	l := &lines{each: c.line}
	c.streams = append(c.streams, l)
	return func(p []byte) {
		c.mu.Lock()
		defer c.mu.Unlock()
		l.write(p)
	}
}

func (c *counter) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.streams {
		l.flush()
	}
	if !c.json {
		c.counts.Warnings += max(c.worded, c.placed)
	}
}

// patterns are the lines of libtest (doc.rust-lang.org/rustc/tests), of cargo-nextest, and of cargo. They compile when a
// command runs, and cost other commands nothing.
type patterns struct{ summary, nextest, skipped, test, warnings, short, finished, colour *regexp.Regexp }

var known = sync.OnceValue(func() *patterns {
	return &patterns{
		summary:  regexp.MustCompile(`^test result: (?:ok|FAILED)\. (\d+) passed; (\d+) failed; (\d+) ignored; (\d+) measured; (\d+) filtered out`),
		nextest:  regexp.MustCompile(`^\s+Summary \[[^\]]*\]\s+(\d+)(?:/\d+)? tests? run: (\d+) passed(?: \([^)]*\))?(?:, (\d+) failed)?`),
		skipped:  regexp.MustCompile(`, (\d+) skipped`),
		test:     regexp.MustCompile(`^test (\S.*?)(?: - should panic)? \.\.\. (ok|FAILED)$`),
		warnings: regexp.MustCompile("^warning: `[^`]+` \\(.*\\) generated (\\d+) warnings?"),
		short:    regexp.MustCompile(`^\S[^:]*:\d+:\d+: warning: `),
		finished: regexp.MustCompile(`^\s+Finished .*target\(s\) in `),
		colour:   regexp.MustCompile("\x1b\\[[0-9;]*m"),
	}
})

func (c *counter) line(text []byte) {
	if len(text) > 0 && text[0] == '{' {
		c.message(text)
		return
	}
	line := strings.TrimSuffix(string(text), "\r")
	if strings.Contains(line, "\x1b") {
		line = known().colour.ReplaceAllString(line, "")
	}
	if c.warning && strings.HasPrefix(strings.TrimLeft(line, " "), "--> ") {
		c.placed++
	}
	c.warning = false
	switch {
	case strings.HasPrefix(line, "test result: "):
		if m := known().summary.FindStringSubmatch(line); m != nil {
			c.add(m[1], m[2], m[3])
			c.counts.Passed += atoi(m[4]) // benchmarks that were measured
		}
	case strings.HasPrefix(line, "test "):
		if m := known().test.FindStringSubmatch(line); m != nil && len(c.passed)+len(c.failed) <= maxTests {
			if m[2] == "ok" {
				c.passed = append(c.passed, m[1])
			} else {
				c.failed = append(c.failed, m[1])
			}
		}
	case strings.HasPrefix(line, "warning: "):
		if m := known().warnings.FindStringSubmatch(line); m != nil {
			c.worded += atoi(m[1])
			c.counts.Lints = true
			return
		}
		c.warning = true
	case strings.Contains(line, ": warning: "):
		if known().short.MatchString(line) {
			c.placed++
		}
	case strings.Contains(line, "Finished "):
		c.counts.Lints = c.counts.Lints || known().finished.MatchString(line)
	case strings.Contains(line, "Summary ["):
		if m := known().nextest.FindStringSubmatch(line); m != nil {
			ignored := ""
			if s := known().skipped.FindStringSubmatch(line); s != nil {
				ignored = s[1]
			}
			c.add(m[2], m[3], ignored)
		}
	}
}

func (c *counter) add(passed, failed, ignored string) {
	c.counts.Tests = true
	c.counts.Passed += atoi(passed)
	c.counts.Failed += atoi(failed)
	c.counts.Ignored += atoi(ignored)
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n > 1<<30 {
		return 0
	}
	return n
}

// message reads a line of cargo --message-format=json.
func (c *counter) message(text []byte) {
	var m struct {
		Reason  string `json:"reason"`
		Success bool   `json:"success"`
		Message struct {
			Level string            `json:"level"`
			Spans []json.RawMessage `json:"spans"`
		} `json:"message"`
	}
	if json.Unmarshal(text, &m) != nil {
		return
	}
	switch m.Reason {
	case "build-finished":
		c.counts.Lints, c.json = true, true
	case "compiler-message":
		c.json = true
		// Messages without a place sum up the others: "2 warnings emitted".
		switch {
		case len(m.Message.Spans) == 0:
		case m.Message.Level == "warning":
			c.counts.Warnings++
		case m.Message.Level == "error":
			c.counts.Errors++
		}
	}
}

// whole is true where the names of tests are known for all that the summaries count.
func (c *counter) whole() bool {
	return c.counts.Tests && len(c.passed) == c.counts.Passed && len(c.failed) == c.counts.Failed
}
