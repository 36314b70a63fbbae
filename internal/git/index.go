package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
)

// An Entry is a file as git's index has it.
type Entry struct {
	// Object is the id of its content in hex.
	Object string
	// Executable, Link and Module tell what it is; a Module is a submodule, and Object its commit.
	Executable, Link, Module bool
	// Absent is true where the file need not be in the working tree: git sparse-checkout(1).
	Absent bool
}

// Index returns what git's index holds, by path from Top.
func (r *Repository) Index() (entries map[string]Entry, err error) {
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	name := filepath.Join(r.gitDir, "index")
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return map[string]Entry{}, nil
	}
	if !regular(name) {
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	idx, err := r.storage().Index()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	entries = make(map[string]Entry, len(idx.Entries))
	for _, e := range idx.Entries {
		entries[e.Name] = Entry{
			Object: e.Hash.String(), Absent: e.SkipWorktree,
			Executable: e.Mode == filemode.Executable, Link: e.Mode == filemode.Symlink, Module: e.Mode == filemode.Submodule,
		}
	}
	return entries, nil
}

// A Commit is what a working tree has checked out.
type Commit struct {
	// Commit and Tree are ids of objects in hex.
	Commit, Tree string
	// Time is when it was committed.
	Time time.Time
}

// Head returns the commit that is checked out; ok is false where there is none yet.
func (r *Repository) Head() (c Commit, ok bool, err error) {
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.supported(); err != nil {
		return Commit{}, false, err
	}
	hash, err := r.reference("HEAD")
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return Commit{}, false, nil
	}
	if err != nil {
		return Commit{}, false, err
	}
	head, err := r.commit(hash)
	return Commit{head.hash.String(), head.tree.String(), head.at}, err == nil, err
}
