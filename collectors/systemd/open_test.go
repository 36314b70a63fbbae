package systemd

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// TestFixes applies each fix of every real unit, at the place that is blamed, and looks whether the item is closed.
func TestFixes(t *testing.T) {
	dir := facttest.Oracle(t, "systemd")
	const sample = 5 // one of five units
	tried := 0
	for _, pattern := range []string{"root/usr/lib/systemd/system/*.service", "edge-root/usr/lib/systemd/system/*.service"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for i, file := range files {
			if i%sample != 0 {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil || strings.ContainsAny(string(text), "\r\ufeff") {
				continue
			}
			docs, err := New(Options{}).Collect(context.Background(), fstest.MapFS{"a.service": {Data: text}}, "a.service")
			if err != nil || len(docs) == 0 {
				continue
			}
			for name, open := range docs[0].Facts.(Unit).Exposure.Open {
				if open.Fix == "" || strings.HasPrefix(name, "User") {
					continue
				}
				at, ok := docs[0].Spans(fact.Path{"exposure", "badness", name})
				if !ok {
					t.Fatalf("%s: %s has no place", file, name)
				}
				fixed, err := New(Options{}).Collect(context.Background(), fstest.MapFS{"a.service": {Data: replace(text, at, open.Fix)}}, "a.service")
				if err != nil {
					t.Fatalf("%s: %s: %v", file, name, err)
				}
				tried++
				if x := fixed[0].Facts.(Unit).Exposure; x.Badness[name] > 0 && x.Excused[name] == "" {
					t.Errorf("%s: %s stays %d after %q", file, name, x.Badness[name], open.Fix)
				}
			}
		}
	}
	if tried < 2000 {
		t.Errorf("%d fixes tried, want 2000", tried)
	}
}

// replace puts a text where a span is.
func replace(text []byte, at fact.Span, with string) []byte {
	offset := func(line, column int) int {
		n := 0
		for range line - 1 {
			n += strings.IndexByte(string(text[n:]), '\n') + 1
		}
		for range column - 1 {
			n += len(string([]rune(string(text[n:min(n+4, len(text))]))[:1]))
		}
		return n
	}
	from, to := offset(at.Line, at.Column), offset(at.EndLine, at.EndColumn)
	return []byte(string(text[:from]) + with + string(text[to:]))
}
