package main

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// interrupts is a context that ends at SIGINT and SIGTERM. It catches them from when somebody first asks whether it has
// ended: a command that never does is over before a signal could matter, and catching costs two threads.
type interrupts struct{ caught func() context.Context }

func newInterrupts() context.Context {
	return interrupts{sync.OnceValue(func() context.Context {
		ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM) // until the process ends
		return ctx
	})}
}

// Deadline is that of no context.
func (interrupts) Deadline() (time.Time, bool) { return time.Time{}, false }

// Done is closed by a signal.
func (i interrupts) Done() <-chan struct{} { return i.caught().Done() }

// Err tells whether a signal came.
func (i interrupts) Err() error { return i.caught().Err() }

// Value is that of the context beneath, for contexts that are made of this one.
func (i interrupts) Value(key any) any { return i.caught().Value(key) }
