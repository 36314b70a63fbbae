package main

import (
	"io"
	"os"
	"runtime/pprof"
	"strings"
	"sync"
	"time"

	"sallyport/internal/finding"
	"sallyport/internal/report"
)

// newTransfer shows on a terminal how much of a download has come.
func newTransfer(w io.Writer) (progress func(done, total int64), end func()) {
	line := report.NewProgress(w, 0)
	return func(done, total int64) {
		const cells = 30
		if total <= 0 {
			line.Say("fetching %.1f MB", float64(done)/1e6)
			return
		}
		full := int(done * cells / total)
		line.Say("fetching [%s%s] %.1f of %.1f MB", strings.Repeat("#", full), strings.Repeat(".", cells-full), float64(done)/1e6, float64(total)/1e6)
	}, line.End
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
