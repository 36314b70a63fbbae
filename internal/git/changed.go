package git

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"sallyport/internal/fact"
)

// maxChanged bounds how many files are named that differ between two commits, and maxCompared how many folders are looked into.
const (
	maxChanged  = 1000
	maxCompared = 100_000
)

// Changed names the files below a folder of the repository that differ between a commit, by its hash, and the one that is checked out,
// relative to the folder. Those that skip tells of by name and first bytes are left out. The error for a commit that is not there
// says how to get it.
func (r *Repository) Changed(commit, dir string, skip func(name string, head []byte) bool) (names []string, err error) {
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	var roots [2]plumbing.Hash
	// What a file says is a hash and never the name of a branch, which is HEAD soon.
	old, ok, err := r.abbreviated(commit)
	if err == nil && !ok {
		err = fmt.Errorf("the commit %s is not in this clone: fetch it first", commit)
	}
	if err != nil {
		return nil, err
	}
	head, err := r.resolve("HEAD")
	if err != nil {
		return nil, err
	}
	for i, h := range []plumbing.Hash{old, head} {
		c, err := r.commit(h)
		if err != nil {
			return nil, err
		}
		roots[i] = c.tree
	}
	d := difference{s: snapshot{repo: r}, skip: skip}
	a, b := treeEntry{mode: modeTree, hash: roots[0]}, treeEntry{mode: modeTree, hash: roots[1]}
	if dir != "" {
		for step := range strings.SplitSeq(dir, "/") {
			// A folder that only one of them has differs in all that it holds.
			a, _ = d.s.child(a, step)
			b, _ = d.s.child(b, step)
		}
	}
	err = d.entry("", a, b)
	slices.Sort(d.names)
	return d.names, err
}

type difference struct {
	s     snapshot
	skip  func(name string, head []byte) bool
	names []string
	seen  int
}

// entry compares what has one name in two trees; the zero entry is nothing.
func (d *difference) entry(name string, old, now treeEntry) error {
	if old.hash == now.hash && old.mode == now.mode || len(d.names) >= maxChanged {
		return nil
	}
	if old.mode == modeTree || now.mode == modeTree {
		if d.seen++; d.seen > maxCompared {
			return fmt.Errorf("more than %d folders differ", maxCompared)
		}
		return d.folder(name, old, now)
	}
	if d.skip != nil {
		e := now
		if e.mode == "" {
			e = old
		}
		if strings.HasPrefix(e.mode, "100") {
			if _, data, err := d.s.repo.object(e.hash); err == nil && d.skip(name, data[:min(len(data), fact.HeadSize)]) {
				return nil
			}
		}
	}
	d.names = append(d.names, name)
	return nil
}

func (d *difference) folder(name string, old, now treeEntry) error {
	var sides [2]map[string]treeEntry
	var order []string
	for i, side := range []treeEntry{old, now} {
		sides[i] = map[string]treeEntry{}
		switch {
		case side.mode == modeTree:
			entries, err := d.s.entries(side.hash)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if _, known := sides[0][e.name]; i == 0 || !known {
					order = append(order, e.name)
				}
				sides[i][e.name] = e
			}
		case side.mode != "": // a file where the other side has a folder
			if err := d.entry(name, side, treeEntry{}); err != nil {
				return err
			}
		}
	}
	for _, one := range order {
		if err := d.entry(path.Join(name, one), sides[0][one], sides[1][one]); err != nil {
			return err
		}
	}
	return nil
}
