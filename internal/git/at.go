package git

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"

	"sallyport/internal/fact"
)

// At returns the files of the repository as they were at a revision, and its full hash. The error for a
// revision that is not there says how to get it.
func (r *Repository) At(rev string) (files fs.FS, hash string, err error) {
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	h, err := r.resolve(rev)
	if err != nil {
		return nil, "", err
	}
	c, err := r.commit(h)
	if err != nil {
		return nil, "", err
	}
	return &snapshot{repo: r, root: c.tree}, c.hash.String(), nil
}

// snapshot is a tree object as an fs.FS. It does not follow links.
type snapshot struct {
	repo *Repository
	root plumbing.Hash
}

// The modes of git's tree entries.
const (
	modeTree   = "40000"
	modeLink   = "120000"
	modeModule = "160000"
)

type treeEntry struct {
	name, mode string
	hash       plumbing.Hash
}

func (s *snapshot) Open(name string) (f fs.File, err error) {
	defer caught(&err)
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	s.repo.mu.Lock()
	defer s.repo.mu.Unlock()
	at := treeEntry{name: ".", mode: modeTree, hash: s.root}
	if name != "." {
		for step := range strings.SplitSeq(name, "/") {
			next, err := s.child(at, step)
			if err != nil {
				return nil, &fs.PathError{Op: "open", Path: name, Err: err}
			}
			at = next
		}
	}
	return s.file(name, at)
}

func (s *snapshot) child(dir treeEntry, name string) (treeEntry, error) {
	if dir.mode != modeTree {
		return treeEntry{}, fs.ErrNotExist
	}
	entries, err := s.entries(dir.hash)
	if err != nil {
		return treeEntry{}, err
	}
	i := slices.IndexFunc(entries, func(e treeEntry) bool { return e.name == name })
	if i < 0 {
		return treeEntry{}, fs.ErrNotExist
	}
	return entries[i], nil
}

// entries reads a tree object: mode, space, name, NUL, 20 bytes of hash, again and again.
func (s *snapshot) entries(hash plumbing.Hash) ([]treeEntry, error) {
	kind, data, err := s.repo.object(hash)
	if err != nil {
		return nil, err
	}
	malformed := errors.New("a malformed tree object")
	if kind != plumbing.TreeObject {
		return nil, malformed
	}
	var all []treeEntry
	for len(data) > 0 {
		mode, rest, ok := bytes.Cut(data, []byte(" "))
		name, rest, ok2 := bytes.Cut(rest, []byte{0})
		if !ok || !ok2 || len(rest) < 20 {
			return nil, malformed
		}
		e := treeEntry{name: string(name), mode: strings.TrimLeft(string(mode), "0")}
		copy(e.hash[:], rest)
		all = append(all, e)
		data = rest[20:]
	}
	slices.SortFunc(all, func(a, b treeEntry) int { return strings.Compare(a.name, b.name) })
	return all, nil
}

func (s *snapshot) file(name string, e treeEntry) (fs.File, error) {
	switch e.mode {
	case modeTree:
		entries, err := s.entries(e.hash)
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &openDir{info: info{treeEntry: e}, entries: entries}, nil
	case modeLink, modeModule:
		return nil, &fact.Error{File: name, Msg: "not a regular file at that revision"}
	}
	_, data, err := s.repo.object(e.hash)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &openFile{Reader: bytes.NewReader(data), info: info{e, int64(len(data))}}, nil
}

type openFile struct {
	*bytes.Reader
	info info
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	info    info
	entries []treeEntry
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error)   { return 0, errors.New("a directory") }

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.entries) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.entries) {
		n = len(d.entries)
	}
	out := make([]fs.DirEntry, n)
	for i, e := range d.entries[:n] {
		out[i] = fs.FileInfoToDirEntry(info{treeEntry: e})
	}
	d.entries = d.entries[n:]
	return out, nil
}

// info knows the size of open files alone: git's trees do not hold it.
type info struct {
	treeEntry
	size int64
}

func (i info) Name() string       { return path.Base(i.name) }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.mode == modeTree }
func (i info) Sys() any           { return nil }

func (i info) Mode() fs.FileMode {
	switch i.mode {
	case modeTree:
		return fs.ModeDir | 0o555
	case modeLink:
		return fs.ModeSymlink | 0o444
	case modeModule:
		return fs.ModeIrregular | 0o444
	}
	return 0o444
}
