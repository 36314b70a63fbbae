package scan

import (
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// Files finds the files of the tree that a report names. A report was written on another machine, where the tree
// lay in another folder.
type files struct {
	fsys   fs.FS
	report string
	there  map[string]bool
	found  map[string]string
	// bases are the folders of packages that the locations of results belong to, on the machine that scanned.
	bases map[int]string
}

// maxFiles bounds how many names of one report are looked for.
const maxFiles = 100_000

func (f *files) exists(name string) bool {
	ok, known := f.there[name]
	if !known {
		if f.there == nil {
			f.there = make(map[string]bool)
		}
		info, err := fs.Stat(f.fsys, name)
		ok = err == nil && info.Mode().IsRegular()
		f.there[name] = ok
	}
	return ok
}

// find returns the path of a file in the tree, or "". base is the folder to which a relative name belongs, as the
// machine that scanned spells it; it may be empty.
func (f *files) find(name, base string) string {
	key := base + "\x00" + name
	if at, known := f.found[key]; known {
		return at
	}
	if len(f.found) >= maxFiles {
		return ""
	}
	if f.found == nil {
		f.found = make(map[string]string)
	}
	f.found[key] = f.look(plainPath(name), plainPath(base))
	return f.found[key]
}

func (f *files) look(name, base string) string {
	if name == "" {
		return ""
	}
	if path.IsAbs(name) {
		return f.ending(name)
	}
	if name = path.Clean(name); strings.HasPrefix(name, "..") || name == "." {
		return ""
	}
	// The manifest of the package, or its nearest parent below which the name is there.
	if base != "" {
		if manifest := f.ending(path.Join(base, "Cargo.toml")); manifest != "" {
			if at := f.upward(path.Dir(manifest), name); at != "" {
				return at
			}
		}
	}
	return f.upward(path.Dir(f.report), name)
}

// upward looks in a folder and in each above it.
func (f *files) upward(dir, name string) string {
	for {
		if at := path.Join(dir, name); f.exists(at) {
			return at
		}
		if dir == "." || dir == "/" {
			return ""
		}
		dir = path.Dir(dir)
	}
}

// maxDepth bounds how many folders of an absolute path are taken off.
const maxDepth = 64

// ending finds the longest end of an absolute path that is in the tree.
func (f *files) ending(name string) string {
	rest := strings.TrimLeft(path.Clean(name), "/")
	for range maxDepth {
		if f.exists(rest) {
			return rest
		}
		_, after, more := strings.Cut(rest, "/")
		if !more {
			break
		}
		rest = after
	}
	return ""
}

// plainPath makes a path of a file URI or of a path of Windows.
func plainPath(name string) string {
	if rest, ok := strings.CutPrefix(name, "file:"); ok {
		name = "/" + strings.TrimLeft(rest, "/")
		if plain, err := url.PathUnescape(name); err == nil {
			name = plain
		}
	}
	name = strings.ReplaceAll(name, "\\", "/")
	if len(name) > 2 && name[1] == ':' && name[2] == '/' {
		name = name[2:]
	}
	if strings.Contains(name, "\x00") {
		return ""
	}
	return name
}

// settle says of each result which file of the tree or which image it is about.
func (f *files) settle(r *Report) {
	image := r.Subject.Kind == "image"
	whole := ""
	switch {
	case image && len(r.Subject.Digests) > 0:
		whole = r.Subject.Digests[0]
	case image:
		whole = r.Subject.Name
	case r.Subject.Kind == "lockfile":
		whole = f.find("Cargo.lock", "")
	}
	for i := range r.Subject.Targets {
		t := &r.Subject.Targets[i]
		if t.Subject = whole; whole == "" && !image && t.Class != "crate" {
			t.Subject = f.find(t.Name, "")
		}
	}
	for i := range r.Results {
		res := &r.Results[i]
		if !r.Counts.Stated && res.Kind == "vulnerability" {
			r.Counts.Listed++
		}
		res.Subject = whole
		if image {
			continue
		}
		if at := f.find(res.Location.File, f.bases[i]); at != "" {
			res.Location.File, res.Location.Present = at, true
		}
		if whole == "" {
			if res.Subject = res.Location.File; !res.Location.Present {
				res.Subject = f.find(res.Target, "")
			}
		}
	}
}
