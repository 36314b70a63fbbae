// Package watch tells when files change: by what is in them, because the files of a Kubernetes Secret or ConfigMap are
// links that are swapped all at once, and neither their names nor their times say so.
package watch

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// maxFile bounds what is read: keys, certificates and configurations are small.
const maxFile = 8 << 20

// settle is how long a folder must be quiet before its files are read: who writes two files writes one of them first.
const settle = 100 * time.Millisecond

// DefaultEvery is how often the files are read where nothing says that they changed.
const DefaultEvery = 10 * time.Second

// Files calls use with the contents of the files whenever these are others than in the last call, until the context ends.
// An error of reading is given to use, too, each time that it is another one. The first call is for the files as they are.
func Files(ctx context.Context, every time.Duration, use func(contents [][]byte, err error), files ...string) {
	if every <= 0 {
		every = DefaultEvery
	}
	events, stop := notify(files)
	defer stop()
	tick := time.NewTicker(every)
	defer tick.Stop()
	contents, err := read(files)
	last := digest(contents, err)
	use(contents, err)
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-events:
			quiet(ctx, events)
		}
		contents, err := read(files)
		now := digest(contents, err)
		if now == last {
			continue
		}
		// What is read while it is written is not what will be there.
		before := ""
		for range 20 {
			if before == now || ctx.Err() != nil {
				break
			}
			time.Sleep(settle)
			contents, err = read(files)
			before, now = now, digest(contents, err)
		}
		if last != now {
			last = now
			use(contents, err)
		}
	}
}

// quiet waits until nothing was heard for a while, and not for ever.
func quiet(ctx context.Context, events <-chan struct{}) {
	enough := time.After(10 * settle)
	for {
		select {
		case <-events:
		case <-time.After(settle):
			return
		case <-enough:
			return
		case <-ctx.Done():
			return
		}
	}
}

// notify listens to the folders of the files. Where the system has no more watches to give, reading at intervals is enough.
func notify(files []string) (events <-chan struct{}, stop func()) {
	heard := make(chan struct{}, 1)
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return heard, func() {}
	}
	var dirs []string
	for _, f := range files {
		dirs = append(dirs, filepath.Dir(f))
	}
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		_ = watcher.Add(dir) // a folder that is not there yet is found by reading
	}
	go func() {
		for range watcher.Events {
			select {
			case heard <- struct{}{}:
			default:
			}
		}
	}()
	go func() {
		for range watcher.Errors { // lost events: reading at intervals finds what they were about
		}
	}()
	return heard, func() { _ = watcher.Close() }
}

func read(files []string) ([][]byte, error) {
	contents := make([][]byte, len(files))
	for i, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() || info.Size() > maxFile {
			return nil, &os.PathError{Op: "read", Path: f, Err: os.ErrInvalid}
		}
		if contents[i], err = os.ReadFile(f); err != nil {
			return nil, err
		}
	}
	return contents, nil
}

func digest(contents [][]byte, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	h := sha256.New()
	for _, c := range contents {
		sum := sha256.Sum256(c)
		h.Write(sum[:])
	}
	return string(h.Sum(nil))
}
