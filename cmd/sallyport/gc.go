package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// headroom is how much the heap may grow between two collections of garbage, in bytes, while what lives is
// less than that. Runs are short: with a constant room a small one collects nothing, and a large one stays within
// the memory that a multiple of what lives would exceed.
const headroom = 20 << 20

// paceGC keeps the headroom, until what lives outgrows it and doubling is enough.
func paceGC() {
	debug.SetGCPercent(headroom / (4 << 20) * 100) // of the least heap, which is 4 MiB
	afterGC(func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		if metrics.Read(live); live[0].Value.Kind() == metrics.KindUint64 {
			debug.SetGCPercent(max(100, int(headroom*100/max(live[0].Value.Uint64(), 1<<20))))
		}
	})
}

// afterGC calls f after each collection: what nothing refers to is finalized.
func afterGC(f func()) {
	sentinel := new([64]byte)
	runtime.SetFinalizer(sentinel, func(*[64]byte) {
		f()
		afterGC(f)
	})
}
