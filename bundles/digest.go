package bundles

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Digest identifies what a tree says: the sha256 of its rules, helpers and tables, by their names in order. Tests, how
// the tree is packed, and how JSON is laid out do not count.
func Digest(fsys fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case skipped(file, d):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(file, "_test.rego"):
			return nil
		}
		table := strings.HasPrefix(file, "tables/") && strings.HasSuffix(file, "/data.json")
		if !table && path.Ext(file) != ".rego" {
			return nil
		}
		text, err := fs.ReadFile(fsys, file)
		if err == nil && table {
			text, err = canonical(text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Fprintf(h, "%s\x00%d\x00", file, len(text))
		h.Write(text)
		return nil
	})
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), err
}

// canonical is JSON with its keys in order and without space.
func canonical(text []byte) ([]byte, error) {
	var v any
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	return json.Marshal(v)
}
