package tree

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"sallyport/internal/fact"
	"sallyport/internal/git"
)

// Receipts is the folder at the top of a repository for what sallyport writes about it. It is no part of the
// sources.
const Receipts = ".sallyport"

// A Source identifies what is in a working tree by its content.
type Source struct {
	// Commit is what is checked out; "" outside of a repository and before its first commit.
	Commit string
	// Tree is the id that git would give a tree of the files that are there, without those that it ignores: equal
	// content has equal ids, whatever the commit.
	Tree string
	// Dirty is true where the files are not those of Commit.
	Dirty bool
}

// ReadSource identifies the working tree that holds a directory. It reads every file, and trusts no time stamp.
func ReadSource(ctx context.Context, dir string) (Source, error) { return readSource(ctx, dir, 0) }

// maxModules bounds how deep repositories nest.
const maxModules = 8

func readSource(ctx context.Context, dir string, above int) (Source, error) {
	repo, err := git.Find(dir)
	if errors.Is(err, git.ErrNone) {
		return readPlain(ctx, dir)
	}
	if err != nil {
		return Source{}, err
	}
	t, err := Open(repo.Top(), Options{FileSize: 1 << 50})
	if err != nil {
		return Source{}, err
	}
	defer t.Close()
	head, ok, err := repo.Head()
	if err != nil {
		return Source{}, err
	}
	index, err := repo.Index()
	if err != nil {
		return Source{}, err
	}
	h := &hasher{fsys: t.FS(), index: index, sparse: sparse(index), left: DefaultFiles, top: repo.Top(), above: above}
	h.ignore = &ignore{dir: repo.Top(), fsys: t.FS(), skip: func(string, string) {}}
	h.ignore.open()
	tree, err := h.root(ctx)
	return Source{Commit: head.Commit, Tree: tree, Dirty: !ok || tree != head.Tree}, err
}

func readPlain(ctx context.Context, dir string) (Source, error) {
	t, err := Open(dir, Options{FileSize: 1 << 50})
	if err != nil {
		return Source{}, err
	}
	defer t.Close()
	return PlainSource(ctx, t.FS())
}

// PlainSource identifies files that no repository holds, but those that Walk leaves out.
func PlainSource(ctx context.Context, fsys fs.FS) (Source, error) {
	h := &hasher{fsys: fsys, left: DefaultFiles, index: map[string]git.Entry{}}
	tree, err := h.root(ctx)
	return Source{Tree: tree}, err
}

// A hasher makes tree objects of folders.
type hasher struct {
	fsys   fs.FS
	index  map[string]git.Entry
	sparse map[string][]node
	ignore *ignore // nil outside of a repository
	top    string  // the working tree; "" outside of a repository
	above  int     // how many repositories are around
	left   int
}

type node struct {
	mode, name string
	hash       plumbing.Hash
}

// key is what git sorts the entries of a tree by.
func (n node) key() string {
	if n.mode == "40000" {
		return n.name + "/"
	}
	return n.name
}

func (h *hasher) root(ctx context.Context) (string, error) {
	hash, _, err := h.folder(ctx, ".", 0)
	return hash.String(), err
}

// folder returns the id of a folder's tree object, and whether there is anything in it.
func (h *hasher) folder(ctx context.Context, dir string, depth int) (plumbing.Hash, bool, error) {
	if depth > DefaultDepth {
		return plumbing.ZeroHash, false, &fact.Error{File: dir, Msg: fmt.Sprintf("folders nest deeper than the limit of %d", DefaultDepth)}
	}
	entries, err := fs.ReadDir(h.fsys, dir)
	if err != nil {
		return plumbing.ZeroHash, false, refused("readdir", dir, err)
	}
	if h.left -= len(entries); h.left < 0 {
		return plumbing.ZeroHash, false, &fact.Error{File: dir, Msg: fmt.Sprintf("the tree has more files and folders than the limit of %d", DefaultFiles)}
	}
	var nodes []node
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return plumbing.ZeroHash, false, err
		}
		n, ok, err := h.entry(ctx, path.Join(dir, e.Name()), e, depth)
		if err != nil {
			return plumbing.ZeroHash, false, err
		}
		if ok {
			nodes = append(nodes, n)
		}
	}
	for _, n := range h.sparse[dir] {
		if !slices.ContainsFunc(nodes, func(there node) bool { return there.name == n.name }) {
			nodes = append(nodes, n)
		}
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.key(), b.key()) })
	var object bytes.Buffer
	for _, n := range nodes {
		fmt.Fprintf(&object, "%s %s\x00", n.mode, n.name)
		object.Write(n.hash[:])
	}
	return plumbing.ComputeHash(plumbing.TreeObject, object.Bytes()), len(nodes) > 0, nil
}

// sparse are the files that a sparse checkout leaves out, by folder. Folders that are left out as a whole are not
// seen, so that such a tree is never that of the commit.
func sparse(index map[string]git.Entry) map[string][]node {
	nodes := map[string][]node{}
	for name, e := range index {
		if e.Absent {
			dir := path.Dir(name)
			nodes[dir] = append(nodes[dir], node{mode(e), path.Base(name), plumbing.NewHash(e.Object)})
		}
	}
	return nodes
}

func mode(e git.Entry) string {
	switch {
	case e.Module:
		return "160000"
	case e.Link:
		return "120000"
	case e.Executable:
		return "100755"
	}
	return "100644"
}

// entry returns an entry of a folder as git would have it; ok is false for what is no part of the sources.
func (h *hasher) entry(ctx context.Context, name string, e fs.DirEntry, depth int) (n node, ok bool, err error) {
	if e.Name() == ".git" || h.leftOut(name, e) || h.evidence(name, e) {
		return node{}, false, nil
	}
	n.name = path.Base(name)
	switch {
	case e.IsDir():
		if known := h.index[name]; known.Module || h.ignore != nil && h.ignore.nested(name) {
			n.mode = "160000"
			n.hash, ok, err = h.submodule(ctx, name, known, depth)
			return n, ok, err
		}
		n.mode = "40000"
		n.hash, ok, err = h.folder(ctx, name, depth+1)
		return n, ok, err
	case e.Type()&fs.ModeSymlink != 0:
		target, err := fs.ReadLink(h.fsys, name)
		if err != nil {
			return node{}, false, refused("readlink", name, err)
		}
		return node{"120000", n.name, plumbing.ComputeHash(plumbing.BlobObject, []byte(target))}, true, nil
	case e.Type().IsRegular():
		return h.file(name)
	}
	return node{}, false, nil
}

// leftOut tells of what git ignores and does not track; outside of a repository, of the trees of dependencies.
func (h *hasher) leftOut(name string, e fs.DirEntry) bool {
	if h.ignore == nil {
		return e.IsDir() && (e.Name() == "target" || e.Name() == "node_modules")
	}
	if !e.IsDir() {
		return h.ignore.match(name) != "" && !h.ignore.tracked(name)
	}
	h.ignore.mu.Lock()
	ignored := h.ignore.folder(name).top != ""
	h.ignore.mu.Unlock()
	return ignored && !h.ignore.tracked(name)
}

func (h *hasher) file(name string) (node, bool, error) {
	known, tracked := h.index[name]
	info, err := fs.Stat(h.fsys, name)
	if err != nil {
		return node{}, false, refused("stat", name, err)
	}
	n := node{"100644", path.Base(name), plumbing.ZeroHash}
	if info.Mode()&0o100 != 0 {
		n.mode = "100755"
	}
	f, err := h.fsys.Open(name)
	if err != nil {
		return node{}, false, refused("open", name, err)
	}
	defer f.Close()
	hash := plumbing.NewHasher(plumbing.BlobObject, info.Size())
	sum := sha256.New()
	got, err := io.Copy(io.MultiWriter(hash, sum), f)
	if err == nil && got != info.Size() {
		err = errors.New("changed while it was read")
	}
	if err != nil {
		return node{}, false, refused("read", name, err)
	}
	n.hash = hash.Sum()
	if tracked && !known.Link && !known.Module && n.hash.String() != known.Object {
		n.hash, err = h.converted(name, plumbing.NewHash(known.Object), n.hash, sum.Sum(nil), info.Size())
	}
	return n, true, err
}

// maxConverted bounds a text whose line ends are looked at, in bytes.
const maxConverted = 32 << 20

// converted returns the id under which git keeps a file where what it keeps is another notation of the same
// content: a pointer of Git LFS, or lines that end without a carriage return. Else the file has changed.
func (h *hasher) converted(name string, kept, own plumbing.Hash, sum []byte, size int64) (plumbing.Hash, error) {
	pointer := fmt.Sprintf("version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n", hex.EncodeToString(sum), size)
	if plumbing.ComputeHash(plumbing.BlobObject, []byte(pointer)) == kept {
		return kept, nil
	}
	if size > maxConverted {
		return own, nil
	}
	text, err := fs.ReadFile(h.fsys, name)
	if err != nil {
		return own, refused("read", name, err)
	}
	if !strings.Contains(string(text), "\r\n") {
		return own, nil
	}
	if plumbing.ComputeHash(plumbing.BlobObject, bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))) == kept {
		return kept, nil
	}
	return own, nil
}
