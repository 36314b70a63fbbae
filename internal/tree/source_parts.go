package tree

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"sallyport/internal/git"
)

// submodule returns what git would note of a repository in the tree: the commit that is checked out in it, where the files are
// those of the commit. Of others it is an id of the files, because git add does not look into them.
func (h *hasher) submodule(ctx context.Context, name string, known git.Entry, depth int) (plumbing.Hash, bool, error) {
	dir := filepath.Join(h.top, filepath.FromSlash(name))
	repo, err := git.Find(dir)
	if err == nil && h.above < maxModules {
		if real, err := filepath.EvalSymlinks(dir); err == nil && real == repo.Top() {
			if s, err := readSource(ctx, dir, h.above+1); err == nil {
				id := s.Tree
				if s.Commit != "" && !s.Dirty {
					id = s.Commit
				}
				return plumbing.NewHash(id), true, nil
			}
		}
	}
	// No repository: the submodule was not fetched, and its folder is empty, or files were put there.
	hash, any, err := h.folder(ctx, name, depth+1)
	if err == nil && !any && known.Module {
		return plumbing.NewHash(known.Object), true, nil
	}
	return hash, any, err
}

// evidence tells of what lies in the folder Receipts and is no part of the sources: what git does not track, and evidence that
// is committed. Anything else there is judged, because a program can be built of it.
func (h *hasher) evidence(name string, e fs.DirEntry) bool {
	if name != Receipts && !strings.HasPrefix(name, Receipts+"/") {
		return false
	}
	if h.ignore == nil || !h.ignore.tracked(name) || e.Name() == ".gitignore" {
		return true
	}
	if !e.Type().IsRegular() {
		return false
	}
	text, err := fs.ReadFile(h.fsys, name)
	if err != nil || len(text) > maxConverted {
		return false
	}
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}
