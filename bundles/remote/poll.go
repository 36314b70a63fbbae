package remote

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/open-policy-agent/opa/v1/download"
	"github.com/open-policy-agent/opa/v1/plugins/bundle"
)

// poll is when a bundle is asked for.
type poll struct {
	min, max time.Duration
	long     bool   // the source answers when there is something new
	file     string // where changes are events, "" otherwise
}

// quiet is how long a folder must be left alone after a change, and backoff how soon an error is tried again at first.
const (
	quiet   = 250 * time.Millisecond
	backoff = 500 * time.Millisecond
)

// pollAll asks for all bundles until ctx is done.
func (s *Source) pollAll(ctx context.Context) {
	p := bundle.Lookup(s.manager)
	if p == nil {
		return
	}
	var wg sync.WaitGroup
	for name, loader := range p.Loaders() {
		wg.Go(func() { s.pollOne(ctx, name, loader) })
	}
	wg.Wait()
}

func (s *Source) pollOne(ctx context.Context, name string, loader bundle.Loader) {
	p := s.polls[name]
	changed, stop := s.changes(p.file)
	defer stop()
	for failed := 0; ; {
		asked := time.Now()
		if err := s.ask(ctx, name, loader); err != nil {
			failed++
		} else {
			failed = 0
		}
		timer := time.NewTimer(p.delay(failed, time.Since(asked)))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-changed:
			timer.Stop()
		}
	}
}

// delay is when to ask again, after an answer that took some time. A server may be unable to wait with its answer.
func (p poll) delay(failed int, took time.Duration) time.Duration {
	if failed > 0 {
		return min(p.max, backoff<<min(failed-1, 20))
	}
	if p.long && took > time.Second {
		return 0
	}
	return p.min + rand.N(p.max-p.min+1)
}

// ask has OPA's plugin ask for the bundle once.
func (s *Source) ask(ctx context.Context, name string, loader bundle.Loader) error {
	s.mu.Lock()
	before := s.loads
	s.mu.Unlock()
	err := loader.Trigger(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.mu.Lock()
	loaded := s.loads != before
	s.mu.Unlock()
	err = cause(err)
	s.answered(name, err, loaded)
	return err
}

// cause is the error once: OPA joins that of a download with itself. What is no answer, or one with an error, is about
// the source, anything else about the bundle.
func cause(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok && len(joined.Unwrap()) > 0 {
		err = joined.Unwrap()[0]
	}
	var e *Error
	var status download.HTTPError
	var file *fs.PathError // all other files are ours to open
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e // what wraps it are the names of requests that we made up
	case errors.As(err, &status), strings.HasPrefix(err.Error(), "request failed"), strings.HasPrefix(err.Error(), "failed"+" to pull"):
		return &Error{Reason: "source", Err: err}
	case errors.As(err, &file):
		return &Error{Reason: "state", Err: fmt.Errorf("the bundle is in use, and is not kept: %w", err)}
	}
	return &Error{Reason: "content", Err: err}
}

// changes tells of changes below a path, once it has been quiet for a while. Where the system has no such events, the
// polling alone is left.
func (s *Source) changes(file string) (<-chan struct{}, func()) {
	if file == "" {
		return nil, func() {}
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		s.opts.Logger.Warn("no events of the file system: the bundle is polled", "path", file, "error", err)
		return nil, func() {}
	}
	out := make(chan struct{}, 1)
	go func() {
		timer := time.NewTimer(time.Hour)
		defer timer.Stop()
		watch(w, file)
		for {
			select {
			case _, ok := <-w.Events:
				if !ok {
					return
				}
				timer.Reset(quiet)
			case _, ok := <-w.Errors:
				if !ok {
					return
				}
				timer.Reset(quiet)
			case <-timer.C:
				watch(w, file) // there may be new folders
				select {
				case out <- struct{}{}:
				default:
				}
			}
		}
	}()
	return out, func() { w.Close() }
}

// watch watches a path, what its links lead to, the folders in it, and the folder that it is in, where it may be replaced.
func watch(w *fsnotify.Watcher, file string) {
	_ = w.Add(filepath.Dir(file)) // what cannot be watched is polled
	seen := 0
	for _, root := range []string{file, filepath.Join(file, "..data")} {
		target, err := filepath.EvalSymlinks(root)
		if err != nil {
			continue
		}
		_ = filepath.WalkDir(target, func(dir string, d os.DirEntry, err error) error {
			if seen++; err != nil || seen > 1000 {
				return filepath.SkipAll
			}
			if d.IsDir() {
				_ = w.Add(dir)
			}
			return nil
		})
	}
}
