// Package tree opens a directory for reading hostile input: nothing outside of it can be reached through
// links or "..", only regular files are opened, and sizes, counts and depths are bounded.
package tree

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"sallyport/internal/fact"
)

// The limits that hold where Options gives none.
const (
	// DefaultFileSize bounds one file, in bytes: 32 MiB.
	DefaultFileSize = 32 << 20
	// DefaultImageSize bounds a container image, stored and unpacked, in bytes: 32 GiB.
	DefaultImageSize = 32 << 30
	// DefaultFiles bounds the files and folders of a tree together.
	DefaultFiles = 200_000
	// DefaultDepth bounds how deep folders nest.
	DefaultDepth = 64
)

// Options are the limits of a tree, and what of it is looked at. A limit of 0 is the default.
type Options struct {
	// FileSize is the size in bytes up to which a file is read (--max-file-size).
	FileSize int64
	// ImageSize is the size in bytes up to which a container image is read, stored and unpacked (--max-image-size).
	ImageSize int64
	// Files is the number of files and folders up to which a tree is walked (--max-files).
	Files int
	// Depth is the number of nested folders up to which a tree is walked (--max-depth).
	Depth int
	// Root is true for the root of a file system: the folders of the kernel are not walked, and links may begin with "/".
	Root bool
	// Only are the folders of a root that are walked, beside what links in them lead to; nil is all.
	Only []string
	// Vendored includes the trees of dependencies: node_modules and its like (--vendored).
	Vendored bool
}

func (o Options) withDefaults() Options {
	if o.FileSize <= 0 {
		o.FileSize = DefaultFileSize
	}
	if o.ImageSize <= 0 {
		o.ImageSize = DefaultImageSize
	}
	if o.Files <= 0 {
		o.Files = DefaultFiles
	}
	if o.Depth <= 0 {
		o.Depth = DefaultDepth
	}
	return o
}

// A Tree is a directory, or one file of it, that is open for reading. It is safe for concurrent use.
type Tree struct {
	dir    string
	only   string // the one file that is judged; "" is all
	root   *os.Root
	file   *os.File // the root; nil where it cannot be opened as a file
	opts   Options
	walked *atomic.Pointer[seen] // what the last walk has seen
}

// Open opens a directory, or the directory of a file of which then this file alone is walked.
func Open(path string, opts Options) (*Tree, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(abs)
	if err != nil {
		return nil, &fact.Error{File: path, Msg: cause(err).Error(), Hint: "name a directory or a file"}
	}
	t := &Tree{dir: abs, opts: opts.withDefaults(), walked: &atomic.Pointer[seen]{}}
	if !info.IsDir() {
		t.dir, t.only = filepath.Split(abs)
		t.dir = filepath.Clean(t.dir)
	}
	if t.root, err = os.OpenRoot(t.dir); err != nil {
		return nil, &fact.Error{File: path, Msg: cause(err).Error()}
	}
	t.file, _ = t.root.Open(".")
	if t.only != "" {
		if err := t.readable(path); err != nil {
			t.Close()
			return nil, err
		}
	}
	return t, nil
}

func (t *Tree) readable(path string) error {
	f, err := t.FS().Open(t.only)
	if err != nil {
		if e, ok := err.(*fact.Error); ok {
			return &fact.Error{File: path, Msg: e.Msg, Hint: e.Hint}
		}
		return &fact.Error{File: path, Msg: cause(err).Error()}
	}
	return f.Close()
}

// With returns the same tree under other options: limits may come from configuration that the tree holds.
func (t *Tree) With(opts Options) *Tree {
	with := *t
	with.opts = opts.withDefaults()
	return &with
}

// Options are those of the tree.
func (t *Tree) Options() Options { return t.opts }

// Close gives the directory back.
func (t *Tree) Close() error {
	if t.file != nil {
		t.file.Close()
	}
	return t.root.Close()
}

// Dir is the absolute path of the directory.
func (t *Tree) Dir() string { return t.dir }

// FS reads the files of the tree. It follows links within the tree; it refuses links that leave it, what
// is not a regular file, and files over the limit (an open file fails when a read passes it).
func (t *Tree) FS() fs.FS {
	return &bounded{folders: &folders{root: t.root, dir: t.file}, limit: t.opts.FileSize, image: t.opts.ImageSize, walked: t.walked, recent: &recent{}, small: &small{}}
}

// Head returns up to fact.HeadSize bytes of the start of a file, of any size.
func Head(fsys fs.FS, path string) ([]byte, error) {
	if b, ok := fsys.(*bounded); ok {
		if head, ok := b.head(path); ok {
			return head, nil
		}
	}
	head, err := fact.Head(fsys, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, cause(err))
	}
	return head, nil
}

// ImageSize is the limit of a container image, in bytes.
func (t *Tree) ImageSize() int64 { return t.opts.ImageSize }

// Whole tells whether the tree is a directory, and not one file of it.
func (t *Tree) Whole() bool { return t.only == "" }
