// Package git reads what git keeps about a tree: which files it tracks, where the tree comes from, and
// how files were at a revision. It reads git's files through go-git, writes nothing and runs nothing.
package git

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// ErrNone says that a directory is in no repository.
var ErrNone = errors.New("not in a git repository")

// A Repository is a working tree with its git directory. It is safe for concurrent use.
type Repository struct {
	top    string // the working tree
	gitDir string // of this working tree
	common string // shared by all working trees of the repository

	mu    sync.Mutex // go-git's storage is for one user at a time
	store *filesystem.Storage
}

// Find opens the repository whose working tree contains a directory. It reads hardly more than the name
// .git, so it costs next to nothing where nothing else is asked.
func Find(dir string) (*Repository, error) {
	dir, err := filepath.Abs(dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return nil, err
	}
	for {
		gitDir, err := gitDirOf(dir)
		if err != nil {
			return nil, err
		}
		if gitDir != "" {
			common, err := commonDirOf(gitDir)
			return &Repository{top: dir, gitDir: gitDir, common: common}, err
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, ErrNone
		}
		dir = parent
	}
}

// gitDirOf returns the git directory of a working tree, "" where the directory is not the top of one. In
// linked working trees and submodules .git is a file that names it (gitrepository-layout(5)).
func gitDirOf(top string) (string, error) {
	name := filepath.Join(top, ".git")
	info, err := os.Stat(name)
	if err != nil {
		return "", nil
	}
	if info.IsDir() {
		if !regular(filepath.Join(name, "HEAD")) {
			return "", nil
		}
		return name, nil
	}
	text, err := readSmall(name)
	if err != nil {
		return "", err
	}
	dir, ok := strings.CutPrefix(text, "gitdir: ")
	if !ok {
		return "", fmt.Errorf("%s: neither a directory nor a file that names one", name)
	}
	if dir = strings.TrimRight(dir, "\r\n"); !filepath.IsAbs(dir) {
		dir = filepath.Join(top, dir)
	}
	if !regular(filepath.Join(dir, "HEAD")) {
		return "", fmt.Errorf("%s: leads to %s, which is not a git directory", name, dir)
	}
	return dir, nil
}

func commonDirOf(gitDir string) (string, error) {
	text, err := readSmall(filepath.Join(gitDir, "commondir"))
	if errors.Is(err, fs.ErrNotExist) {
		return gitDir, nil
	}
	dir := strings.TrimSpace(text)
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(gitDir, dir)
	}
	return dir, err
}

// regular guards every open: a pipe in place of a file would hold us up.
func regular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func readSmall(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > 64<<10 {
		return "", fmt.Errorf("%s: not a small file", name)
	}
	data, err := os.ReadFile(name)
	return string(data), err
}

// Top is the absolute path of the working tree, free of links.
func (r *Repository) Top() string { return r.top }

// Exclude returns the patterns that are ignored in this clone alone, the text of info/exclude.
func (r *Repository) Exclude() (string, error) {
	text, err := readSmall(filepath.Join(r.common, "info", "exclude"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return text, err
}

// storage must be called with mu held.
func (r *Repository) storage() *filesystem.Storage {
	if r.store == nil {
		files := dotgit.NewRepositoryFilesystem(regularOnly{osfs.New(r.gitDir)}, regularOnly{osfs.New(r.common)})
		r.store = filesystem.NewStorageWithOptions(files, cache.NewObjectLRU(16<<20),
			filesystem.Options{ExclusiveAccess: true})
	}
	return r.store
}

// Tracked returns the test whether a file is tracked: named in git's index, or part of a submodule that
// is. A folder is tracked where something in it is. Paths are slash-separated and relative to Top.
func (r *Repository) Tracked() (tracked func(path string) bool, err error) {
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	index := filepath.Join(r.gitDir, "index")
	if _, err := os.Stat(index); errors.Is(err, fs.ErrNotExist) {
		return func(string) bool { return false }, nil
	}
	if !regular(index) {
		return nil, fmt.Errorf("%s: not a regular file", index)
	}
	idx, err := r.storage().Index()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", index, err)
	}
	names := make(map[string]bool, 2*len(idx.Entries))
	var modules []string
	for _, e := range idx.Entries {
		for name := e.Name; name != "." && !names[name]; name = path.Dir(name) {
			names[name] = true
		}
		if e.Mode == filemode.Submodule {
			modules = append(modules, e.Name+"/")
		}
	}
	return func(path string) bool {
		if names[path] {
			return true
		}
		for _, m := range modules {
			if strings.HasPrefix(path, m) {
				return true
			}
		}
		return false
	}, nil
}
