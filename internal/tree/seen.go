package tree

import (
	"bytes"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// seen remembers what a walk has seen. Collectors ask for many files that are not there, once for each document:
// most of these questions are answered without the system. Goroutines may share it once the walk is over.
type seen struct {
	listed map[string][]fs.DirEntry // the folders that were listed whole
	types  map[string]fs.FileMode   // what lies in them
}

func newSeen() *seen {
	return &seen{listed: map[string][]fs.DirEntry{}, types: map[string]fs.FileMode{".": fs.ModeDir}}
}

// list remembers a folder.
func (s *seen) list(dir string, entries []fs.DirEntry) {
	if s == nil {
		return
	}
	s.listed[dir] = entries
	for _, e := range entries {
		s.types[path.Join(dir, e.Name())] = e.Type()
	}
}

func (s *seen) lists(dir string) bool {
	_, ok := s.listed[dir]
	return ok
}

// entries are those of a folder that was listed.
func (s *seen) entries(dir string) (entries []fs.DirEntry, ok bool) {
	if s == nil {
		return nil, false
	}
	entries, ok = s.listed[dir]
	return entries, ok
}

// look returns the type of a file. A file is absent where a folder on the way to it was listed without it, and not
// known where the way leads through a link or a folder that was not walked.
func (s *seen) look(name string) (mode fs.FileMode, known, absent bool) {
	if s == nil {
		return 0, false, false
	}
	if mode, known = s.types[name]; known {
		return mode, true, false
	}
	for dir, i := ".", 0; s.lists(dir); {
		end := strings.IndexByte(name[i:], '/')
		if end < 0 {
			return 0, false, true // the folder was listed, and the file was not in it
		}
		i += end + 1
		dir = name[:i-1]
		if _, ok := s.types[dir]; !ok {
			return 0, false, true
		}
	}
	return 0, false, false
}

// The files that are remembered: the last ones, while they are small.
const (
	recentFiles = 16
	recentSize  = 64 << 10
)

// recent keeps the files that were read last. A finding shows its line, which would else be read a second time.
type recent struct {
	mu    sync.Mutex
	files [recentFiles]struct {
		name string
		data []byte
	}
	next int
}

func (r *recent) get(name string) ([]byte, bool) {
	if r == nil {
		return nil, false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.files {
		if f := &r.files[i]; f.name == name && f.data != nil {
			return bytes.Clone(f.data), true
		}
	}
	return nil, false
}

func (r *recent) put(name string, data []byte) {
	if r == nil || len(data) > recentSize {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	f := &r.files[r.next]
	f.name, f.data = name, append([]byte{}, data...)
	r.next = (r.next + 1) % recentFiles
}
