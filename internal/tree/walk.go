package tree

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
	"sync/atomic"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// A File is a regular file of a tree, or a link to one.
type File struct {
	// Path is slash-separated and relative to the root.
	Path string
	// Target is the file that a link leads to, "" for a file of its own. A link is worth judging where
	// its target is not judged as the same kind under its own name.
	Target string
}

// A Listing is what a walk found.
type Listing struct {
	// Files are sorted by path.
	Files []File

	ignore *ignore // nil where nothing says what is committed
	mu     sync.Mutex
	skips  map[finding.Skip]bool
}

// Outside is the reason of a link that leads out of the tree.
const Outside = "a link out of the tree is not followed"

// Skipped returns the folders and files that were left out, with the reason, sorted. Those that git
// ignores are among them as far as Ignored was asked.
func (l *Listing) Skipped() []finding.Skip {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]finding.Skip, 0, len(l.skips))
	for s := range l.skips {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b finding.Skip) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Reason, b.Reason))
	})
	return all
}

func (l *Listing) skip(path, reason string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.skips[finding.Skip{Path: path, Reason: reason}] = true
}

// Walk lists the files of the tree.
func (t *Tree) Walk(ctx context.Context) (*Listing, error) {
	if t.only != "" {
		file := File{Path: t.only}
		if target, ok, err := follow(t.FS(), t.only); err == nil && ok && target != t.only {
			file.Target = target
		}
		return &Listing{Files: []File{file}, skips: map[finding.Skip]bool{}}, nil
	}
	l := &Listing{skips: map[finding.Skip]bool{}}
	l.ignore = &ignore{dir: t.dir, fsys: t.FS(), skip: l.skip}
	found := newSeen()
	defer t.walked.Store(found)
	fsys := &bounded{folders: &folders{root: t.root, dir: t.file}, limit: t.opts.FileSize, walked: &atomic.Pointer[seen]{}}
	fsys.walked.Store(found) // the walk itself asks, too
	return l, l.walk(ctx, fsys, t.opts, found)
}

// Walk lists the files of any file system, such as one in memory; git is not asked there. It returns
// what it could list together with an error that joins what it could not.
func Walk(ctx context.Context, fsys fs.FS, opts Options) (*Listing, error) {
	l := &Listing{skips: map[finding.Skip]bool{}}
	return l, l.walk(ctx, fsys, opts, nil)
}

func (l *Listing) walk(ctx context.Context, fsys fs.FS, opts Options, seen *seen) error {
	w := &walker{fsys: fsys, opts: opts.withDefaults(), out: l, seen: seen}
	w.room = w.opts.Files
	w.dir(ctx, ".", 0, listing{})
	l.Files = append(l.Files, w.further...)
	slices.SortFunc(l.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return errors.Join(w.errs...)
}

type walker struct {
	fsys fs.FS
	opts Options
	out  *Listing
	seen *seen // told what is there; may be nil
	room int   // files and folders that may still come
	// further are files to which links lead out of the folders that are walked.
	further []File
	errs    []error
}

var errFull = errors.New("full")

func (w *walker) fail(path, msg, hint string) {
	w.errs = append(w.errs, &fact.Error{File: path, Msg: msg, Hint: hint})
}

// dir walks one folder, which may have been read ahead; it is false where the walk is over.
func (w *walker) dir(ctx context.Context, dir string, depth int, read listing) bool {
	if err := ctx.Err(); err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", dir, err))
		return false
	}
	if depth > w.opts.Depth {
		w.fail(dir, fmt.Sprintf("folders nest deeper than the limit of %d", w.opts.Depth),
			"raise the limit with --max-depth")
		return true
	}
	entries, err := read.entries, read.err
	if !read.whole {
		entries, err = w.read(dir)
	} else if w.room -= len(entries); w.room < 0 {
		err = errFull
	}
	if err == errFull {
		w.fail(dir, fmt.Sprintf("the tree has more files and folders than the limit of %d", w.opts.Files),
			"raise the limit with --max-files")
		return false
	}
	if err != nil {
		w.errs = append(w.errs, refused("readdir", dir, err))
	} else {
		w.seen.list(dir, entries)
	}
	vendored := ""
	if !w.opts.Vendored {
		vendored = w.vendored(dir, entries)
	}
	var ahead map[string]listing
	next := 0 // the entry from which on it is worth to read ahead again
	for i, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case !e.IsDir() && !w.within(name):
		case !e.IsDir():
			w.file(name, e.Type())
		case !w.leads(name):
		case w.kernels(name):
			w.out.skip(name, "the kernel's own")
		case e.Name() == ".git":
			w.out.skip(name, "git's own data")
		case vendored != "":
			w.out.skip(dir, vendored)
		default:
			if _, read := ahead[name]; !read && i >= next {
				ahead = w.ahead(dir, entries[i:])
				next = i + max(1, len(ahead))
			}
			if !w.dir(ctx, name, depth+1, ahead[name]) {
				return false
			}
		}
	}
	return true
}

// portion is how much of a folder is listed at once.
const portion = 1024

// read lists a folder in portions, so that a folder of millions costs no more than the limit.
func (w *walker) read(dir string) ([]fs.DirEntry, error) {
	f, err := w.fsys.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("not a directory")
	}
	var all []fs.DirEntry
	for {
		part, err := list.ReadDir(portion)
		all = append(all, part...)
		if w.room -= len(part); w.room < 0 {
			return nil, errFull
		}
		if err == io.EOF || err == nil && (len(part) == 0 || system(f) && len(part) < portion) {
			return inOrder(all), nil
		}
		if err != nil {
			return inOrder(all), err
		}
	}
}

// system tells of a folder of the system: it gives less than it is asked for at its end alone.
func system(f fs.File) bool {
	_, ok := f.(*os.File)
	return ok
}

func (w *walker) file(name string, mode fs.FileMode) {
	switch {
	case mode.IsRegular():
		w.out.Files = append(w.out.Files, File{Path: name})
	case mode&fs.ModeSymlink != 0:
		w.link(name)
	default:
		w.out.skip(name, typeOf(mode)+", not a regular file")
	}
}

func (w *walker) link(name string) {
	target, regular, err := follow(w.fsys, name)
	if led := w.opts.Root && (err == errOutside || regular) && w.led(name); led && err != nil {
		return
	}
	switch {
	case err == errOutside || err == errCircle || err == errNowhere:
		w.out.skip(name, err.Error())
	case err != nil:
		w.errs = append(w.errs, refused("readlink", name, err))
	case regular:
		w.out.Files = append(w.out.Files, File{Path: name, Target: target})
	default:
		w.out.skip(name, "a link to something else than a file")
	}
}
