package bundles

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing/fstest"
)

// maxArchive bounds what an archive unpacks to, in bytes: rules are text, and this is far beyond any bundle.
const maxArchive = 64 << 20

// Archive reads a bundle packed as tar.gz into memory. Only its Rego and JSON files count; links and other
// irregular members are errors.
func Archive(file string) (fs.FS, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("neither a directory nor a tar.gz: %w", err)
	}
	fsys := fstest.MapFS{}
	left := int64(maxArchive)
	for tr := tar.NewReader(zr); ; {
		h, err := tr.Next()
		switch {
		case errors.Is(err, io.EOF):
			return fsys, nil
		case err != nil:
			return nil, err
		case h.Typeflag == tar.TypeDir:
			continue
		case h.Typeflag != tar.TypeReg:
			return nil, fmt.Errorf("%s is no regular file", h.Name)
		}
		name := path.Clean(strings.TrimPrefix(h.Name, "./"))
		if !fs.ValidPath(name) {
			return nil, fmt.Errorf("%q is no path below the bundle", h.Name)
		}
		data, err := io.ReadAll(io.LimitReader(tr, left+1))
		if err != nil {
			return nil, err
		}
		if left -= int64(len(data)); left < 0 {
			return nil, fmt.Errorf("it unpacks to more than %d MiB", maxArchive>>20)
		}
		if ext := path.Ext(name); ext == ".rego" || ext == ".json" {
			fsys[name] = &fstest.MapFile{Data: data}
		}
	}
}
