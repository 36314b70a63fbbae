package main

import (
	"fmt"
	"io"
	"os"
	"runtime/pprof"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"

	"sallyport/internal/finding"
	"sallyport/internal/report"
)

// terminal returns the file behind a writer where it is a terminal, else nil.
func terminal(w io.Writer) *os.File {
	if f, ok := w.(*os.File); ok && term.IsTerminal(f.Fd()) {
		return f
	}
	return nil
}

// colorful follows https://no-color.org: a terminal gets colour unless somebody says no.
func colorful(w io.Writer, no bool) bool {
	return !no && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(w) != nil
}

// width is the number of columns of a terminal; 0 is no terminal.
func width(w io.Writer) int {
	if f := terminal(w); f != nil {
		if columns, _, err := term.GetSize(f.Fd()); err == nil {
			return columns
		}
	}
	return 0
}

// newProgress shows on a terminal how far a run has come, once it has taken a while.
func newProgress(w io.Writer) (progress func(done, total int), image func(path string, done, total int64), end func()) {
	if terminal(w) == nil {
		return nil, nil, func() {}
	}
	var mu sync.Mutex
	last := time.Now().Add(400 * time.Millisecond)
	shown := false
	say := func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(last) > 100*time.Millisecond {
			last, shown = now, true
			fmt.Fprintf(w, "\r\x1b[K"+format, args...)
		}
	}
	progress = func(done, total int) { say("judging %d of %d files", done, total) }
	image = func(path string, done, total int64) {
		say("reading %s: %d of %d MiB", report.Escape(path), done>>20, total>>20)
	}
	return progress, image, func() {
		if shown {
			fmt.Fprint(w, "\r\x1b[K")
		}
	}
}

// newTransfer shows on a terminal how much of a download has come.
func newTransfer(w io.Writer) (progress func(done, total int64), end func()) {
	if terminal(w) == nil {
		return nil, func() {}
	}
	var last time.Time
	progress = func(done, total int64) {
		now := time.Now()
		if now.Sub(last) < 100*time.Millisecond {
			return
		}
		last = now
		const cells = 30
		if total <= 0 {
			fmt.Fprintf(w, "\r\x1b[Kfetching %.1f MB", float64(done)/1e6)
			return
		}
		full := int(done * cells / total)
		fmt.Fprintf(w, "\r\x1b[Kfetching [%s%s] %.1f of %.1f MB", strings.Repeat("#", full), strings.Repeat(".", cells-full), float64(done)/1e6, float64(total)/1e6)
	}
	return progress, func() {
		if !last.IsZero() {
			fmt.Fprint(w, "\r\x1b[K")
		}
	}
}

func newStats(wanted bool) *finding.Stats {
	if !wanted {
		return nil
	}
	return &finding.Stats{Phases: map[string]time.Duration{}, Collectors: map[string]time.Duration{}, Rules: map[string]time.Duration{}}
}

// timing adds up what each rule took; nil where nobody asks.
func timing(stats *finding.Stats) func(string, time.Duration) {
	if stats == nil {
		return nil
	}
	var mu sync.Mutex
	return func(rule string, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		stats.Rules[rule] += took
	}
}

// profiled runs f under the profiler where a file is named. There is none of memory: where a program can write heap
// profiles, the runtime samples what is allocated from its first moment on, which costs a tenth of a start.
func profiled(cpu string, f func() error) error {
	if cpu == "" {
		return f()
	}
	out, err := os.Create(cpu)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := pprof.StartCPUProfile(out); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return f()
}
