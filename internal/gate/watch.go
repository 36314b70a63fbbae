package gate

import (
	"time"

	"sallyport/internal/finding"
)

// A watch adds up the phases of a run.
type watch struct {
	stats *finding.Stats
	last  time.Time
}

func newWatch(stats *finding.Stats) *watch { return &watch{stats, time.Now()} }

func (w *watch) phase(name string) {
	now := time.Now()
	if w.stats != nil {
		w.stats.Phases[name] += now.Sub(w.last)
	}
	w.last = now
}
