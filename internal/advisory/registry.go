package advisory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// A Registry is a local copy of a registry's index: a checkout of crates.io-index, or the folder that cargo
// keeps of a sparse index (https://doc.rust-lang.org/cargo/reference/registry-index.html).
type Registry struct {
	fsys   fs.FS
	prefix string // of the files of packages
}

// maxIndexFile bounds the file of one package. The largest has about 3 MB.
const maxIndexFile = 64 << 20

// OpenRegistry opens the index in a folder.
func OpenRegistry(dir string) (*Registry, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("registry index: %w", err)
	}
	r, err := ReadRegistry(root.FS())
	if err != nil {
		return nil, fmt.Errorf("registry index %s: %w", dir, err)
	}
	return r, nil
}

// ReadRegistry reads the index in a file system.
func ReadRegistry(fsys fs.FS) (*Registry, error) {
	r := &Registry{fsys: fsys, prefix: "."}
	if _, err := fs.Stat(r.fsys, ".cache"); err == nil {
		r.prefix = ".cache"
		return r, nil
	}
	if _, err := fs.Stat(r.fsys, "config.json"); err != nil {
		return nil, errors.New("neither config.json nor .cache is in it: name a checkout of crates.io-index, or cargo's folder of the index, below registry/index")
	}
	return r, nil
}

// Yanked tells whether a version was taken back; known is false for a version that the index does not hold.
func (r *Registry) Yanked(name, version string) (yanked, known bool, err error) {
	err = r.releases(name, version, func(e release) bool {
		known = e.Vers == version || withoutBuild(e.Vers) == withoutBuild(version)
		yanked = known && e.Yanked
		return !known
	})
	return yanked, known, err
}

// Above are the versions above one that were not taken back, the smallest first. A pre-release counts for who has one of the
// same release.
func (r *Registry) Above(name, version string) (versions []string, err error) {
	own, ok := normal(version)
	if !ok {
		return nil, nil
	}
	err = r.releases(name, "", func(e release) bool {
		v, ok := normal(e.Vers)
		_, pre, _ := strings.Cut(v, "-")
		if wanted := pre == "" || strings.HasPrefix(own, strings.TrimSuffix(v, pre)); ok && wanted && !e.Yanked && compare(v, own) > 0 {
			versions = append(versions, v)
		}
		return true
	})
	slices.SortFunc(versions, compare)
	return slices.Compact(versions), err
}

// A release is a record of the index.
type release struct {
	Vers   string `json:"vers"`
	Yanked bool   `json:"yanked"`
}

// releases hands out the records of a package that hold a text, until yield says false.
func (r *Registry) releases(name, text string, yield func(release) bool) error {
	file := path.Join(r.prefix, indexPath(name))
	info, err := fs.Stat(r.fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid):
		return nil
	case err != nil:
		return err
	case info.Size() > maxIndexFile:
		return fmt.Errorf("%s: larger than %d bytes", file, maxIndexFile)
	}
	data, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		return err
	}
	// A checkout has a record on each line; cargo's cache has them between NULs, behind their versions.
	for part := range bytes.FieldsFuncSeq(data, func(c rune) bool { return c == '\n' || c == 0 }) {
		if part[0] != '{' || !bytes.Contains(part, []byte(text)) {
			continue
		}
		var e release
		if err := json.Unmarshal(part, &e); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if !yield(e) {
			return nil
		}
	}
	return nil
}

func withoutBuild(v string) string {
	v, _, _ = strings.Cut(v, "+")
	return v
}

// indexPath is where the index keeps a package: by the first letters of its name in lower case.
func indexPath(name string) string {
	name = strings.ToLower(name)
	switch len(name) {
	case 0:
		return "-"
	case 1, 2:
		return fmt.Sprintf("%d/%s", len(name), name)
	case 3:
		return "3/" + name[:1] + "/" + name
	}
	return name[:2] + "/" + name[2:4] + "/" + name
}
