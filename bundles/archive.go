package bundles

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing/fstest"
)

// MaxSize bounds what an archive unpacks to, in bytes: rules are text, and this is far beyond any bundle.
const MaxSize = 64 << 20

// maxFiles bounds the members of an archive.
const maxFiles = 10_000

// Archive reads a bundle packed as tar.gz into memory. Only its Rego and JSON files count; links and other
// irregular members are errors.
func Archive(file string) (fs.FS, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	files, err := Unpack(f)
	if err != nil {
		return nil, err
	}
	return Files(files)
}

// Unpack reads the files of a tar.gz within the limits of bundles. A member that is no regular file below the
// root, or that is there twice, is an error.
func Unpack(r io.Reader) (map[string][]byte, error) {
	zr, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("neither a directory nor a tar.gz: %w", err)
	}
	files := map[string][]byte{}
	left := int64(MaxSize)
	for tr := tar.NewReader(&limited{r: zr, left: 2 * MaxSize}); ; {
		h, err := tr.Next()
		switch {
		case errors.Is(err, io.EOF):
			return files, nil
		case err != nil:
			return nil, err
		case h.Typeflag == tar.TypeDir:
			continue
		case h.Typeflag != tar.TypeReg:
			return nil, fmt.Errorf("%s is no regular file", h.Name)
		}
		// OPA writes names with a leading slash.
		name := path.Clean(strings.TrimPrefix(strings.TrimPrefix(h.Name, "./"), "/"))
		if !fs.ValidPath(name) {
			return nil, fmt.Errorf("%q is no path below the bundle", h.Name)
		}
		data, err := io.ReadAll(io.LimitReader(tr, left+1))
		if err != nil {
			return nil, err
		}
		if left -= int64(len(data)); left < 0 || len(files) == maxFiles {
			return nil, fmt.Errorf("it unpacks to more than %d MiB or %d files", MaxSize>>20, maxFiles)
		}
		if _, ok := files[name]; ok {
			return nil, fmt.Errorf("%s is in it twice", name)
		}
		files[name] = data
	}
}

// limited is a reader that ends with an error: headers without files cost, too.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("it unpacks to more than %d MiB", MaxSize>>20)
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// Files makes a tree of the files of a bundle, wherever it was packed: `opa build acme` keeps the folder's name, and
// moves all tables into one data.json at the root.
func Files(files map[string][]byte) (fs.FS, error) {
	fsys := fstest.MapFS{}
	prefix := folder(files)
	for name, data := range files {
		if ext := path.Ext(name); ext == ".rego" || ext == ".json" {
			fsys[strings.TrimPrefix(name, prefix)] = &fstest.MapFile{Data: data}
		}
	}
	data := fsys["data.json"]
	if data == nil {
		return fsys, nil
	}
	var root struct {
		Tables map[string]json.RawMessage `json:"tables"`
	}
	if err := json.Unmarshal(data.Data, &root); err != nil {
		return nil, fmt.Errorf("data.json: %w", err)
	}
	for name, table := range root.Tables {
		file := "tables/" + name + "/data.json"
		switch {
		case name == "." || name == ".." || !fs.ValidPath(file) || strings.Contains(name, "/"):
			return nil, fmt.Errorf("data.json: %q is no name of a table", name)
		case fsys[file] != nil:
			return nil, fmt.Errorf("data.json: table %s is in %s, too", name, file)
		}
		fsys[file] = &fstest.MapFile{Data: table}
	}
	return fsys, nil
}

// folder is what stands before <kind>/<rule>.rego in the names of all rules.
func folder(files map[string][]byte) string {
	prefix, first := "", true
	for name := range files {
		if path.Ext(name) != ".rego" || strings.Contains("/"+name, "/testdata/") {
			continue
		}
		dir := path.Dir(path.Dir(name))
		if dir == "." || !first && prefix != dir+"/" {
			return ""
		}
		prefix, first = dir+"/", false
	}
	return prefix
}
