package server

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// perByte is what a byte of a body takes while it is judged: itself, what it is decoded to, and the facts.
const perByte = 8

// ordinary is the size up to which a body is: pods and workloads have some kilobytes.
const ordinary = 256 << 10

// A budget bounds what reviews take together. A quarter of it is for ordinary ones alone: whoever sends large objects makes those
// who do the same wait, and nobody else.
type budget struct {
	small, large lane
	reserved     atomic.Int64
}

// A lane is used in the order of coming. What is larger than all of it has it alone.
type lane struct {
	size  int64
	slots *semaphore.Weighted
}

func newLane(size int64) lane { return lane{size, semaphore.NewWeighted(size)} }

func newBudget(size int64) *budget {
	quarter := max(1, size/4)
	return &budget{small: newLane(quarter), large: newLane(max(1, size-quarter))}
}

// reserve waits for the memory that a body needs, as long as the context lasts.
func (b *budget) reserve(ctx context.Context, length int64) (free func(), err error) {
	l := b.small
	if length > ordinary {
		l = b.large
	}
	weight := min(l.size, length*perByte)
	if err := l.slots.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	b.reserved.Add(weight)
	return func() {
		b.reserved.Add(-weight)
		l.slots.Release(weight)
	}, nil
}
