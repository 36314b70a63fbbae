package server

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// perByte is what a byte of a body takes while it is judged: itself, what it is decoded to, and the facts.
const perByte = 8

// A budget bounds what reviews take together. Small ones pass each other; one that is larger than all of it has it alone.
type budget struct {
	size     int64
	slots    *semaphore.Weighted
	reserved atomic.Int64
}

func newBudget(size int64) *budget { return &budget{size: size, slots: semaphore.NewWeighted(size)} }

// reserve waits for the memory that a body needs, as long as the context lasts.
func (b *budget) reserve(ctx context.Context, length int64) (free func(), err error) {
	weight := min(b.size, length*perByte)
	if err := b.slots.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	b.reserved.Add(weight)
	return func() {
		b.reserved.Add(-weight)
		b.slots.Release(weight)
	}, nil
}
