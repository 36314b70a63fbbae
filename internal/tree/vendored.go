package tree

import (
	"bytes"
	"io/fs"
	"path"
)

// cacheTag opens every CACHEDIR.TAG (Cache Directory Tagging Specification, bford.info/cachedir).
const cacheTag = "Signature: 8a477f597d28d172789f06886806bc55"

// vendored tells why the folders within a folder belong to others, "" where they do not. The tools leave
// more than a name there, and the more is asked for the harder it is to hide a file from the gate. Files
// that lie directly in such a folder are still looked at.
func (w *walker) vendored(dir string, entries []fs.DirEntry) string {
	if dir == "." {
		return ""
	}
	has := func(name string) bool {
		for _, e := range entries {
			if e.Name() == name && e.Type().IsRegular() {
				return true
			}
		}
		return false
	}
	switch path.Base(dir) {
	case "node_modules":
		return "vendored: packages installed by npm"
	case "vendor":
		if has("modules.txt") && w.exists(path.Join(path.Dir(dir), "go.mod")) {
			return "vendored: modules copied by go mod vendor"
		}
	case "target":
		if has("CACHEDIR.TAG") {
			head, err := Head(w.fsys, path.Join(dir, "CACHEDIR.TAG"))
			if err == nil && bytes.HasPrefix(head, []byte(cacheTag)) && !w.committed(dir) {
				return "vendored: output of cargo build"
			}
		}
	case ".venv", "venv":
		if has("pyvenv.cfg") && !w.committed(dir) {
			return "vendored: a Python environment"
		}
	}
	if w.crates(dir, entries) {
		return "vendored: crates copied by cargo vendor"
	}
	return ""
}

// committed is true where git tracks something in a folder: then it is not what a tool left behind.
func (w *walker) committed(dir string) bool {
	return w.out.ignore != nil && w.out.ignore.tracked(dir)
}

// crates is true where every folder in a folder is a crate as cargo vendor leaves it.
func (w *walker) crates(dir string, entries []fs.DirEntry) bool {
	found := false
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		crate := path.Join(dir, e.Name())
		if !w.exists(path.Join(crate, ".cargo-checksum.json")) || !w.exists(path.Join(crate, "Cargo.toml")) {
			return false
		}
		found = true
	}
	return found
}

func (w *walker) exists(name string) bool {
	info, err := fs.Lstat(w.fsys, name)
	return err == nil && info.Mode().IsRegular()
}
