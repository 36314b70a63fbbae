package tree

import (
	"cmp"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// A listing is a folder that was read, or as much of it as one portion.
type listing struct {
	entries []fs.DirEntry
	err     error
	whole   bool
}

// How many folders are read at once, ahead of the walk, and from how many on.
const (
	mostAhead  = 64
	leastAhead = 4
)

// ahead reads the folders among the next entries of a folder on all cores. The walk itself goes on in order.
func (w *walker) ahead(dir string, entries []fs.DirEntry) map[string]listing {
	if w.seen == nil {
		return nil // the file system may be for one goroutine alone
	}
	var names []string
	for _, e := range entries {
		if name := path.Join(dir, e.Name()); e.IsDir() && e.Name() != ".git" && w.leads(name) && !w.kernels(name) {
			if names = append(names, name); len(names) == mostAhead {
				break
			}
		}
	}
	if len(names) < leastAhead {
		return nil
	}
	lists := make([]listing, len(names))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(names)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				lists[i] = w.portion(names[i])
			}
		})
	}
	wg.Wait()
	read := make(map[string]listing, len(names))
	for i, name := range names {
		read[name] = lists[i]
	}
	return read
}

// portion reads the first portion of a folder.
func (w *walker) portion(dir string) listing {
	f, err := w.fsys.Open(dir)
	if err != nil {
		return listing{err: err, whole: true}
	}
	defer f.Close()
	list, ok := f.(fs.ReadDirFile)
	if !ok {
		return listing{}
	}
	entries, err := list.ReadDir(portion)
	if err != nil || len(entries) == portion || !system(f) {
		return listing{}
	}
	return listing{entries: inOrder(entries), whole: true}
}

func inOrder(entries []fs.DirEntry) []fs.DirEntry {
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries
}
