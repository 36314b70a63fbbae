package dockerfile

import (
	"io/fs"
	"path"
	"strings"
)

const (
	// maxWalked bounds the files and folders below one source that are looked at, and maxNested how deep they may be.
	maxWalked, maxNested = 3000, 8
	// maxInside bounds the secrets of one source.
	maxInside = 20
)

// sparse are folders whose keys and passwords are made up, or that somebody else has published.
var sparse = set("test tests testdata __tests__ spec fixture fixtures example examples sample samples docs node_modules vendor target .git")

// inside finds the files with secrets in the folders that a source of the context stands for. Each has been read:
// a name says too little among all the files of a folder.
func (c *contextReader) inside(name string, t *transfer) []sensitiveFile {
	root := path.Join(c.folder, name)
	roots := []string{root}
	if strings.ContainsAny(name, "*?[") {
		roots, _ = fs.Glob(c.fsys, root)
	}
	var list []sensitiveFile
	seen := 0
	for _, root := range roots[:min(len(roots), maxWalked)] {
		_ = fs.WalkDir(c.fsys, root, func(p string, d fs.DirEntry, err error) error {
			if seen++; err != nil || seen > maxWalked || len(list) == maxInside {
				return fs.SkipAll
			}
			if d.IsDir() {
				if p != root && sparse(d.Name()) || strings.Count(p, "/")-strings.Count(root, "/") > maxNested {
					return fs.SkipDir
				}
				return nil
			}
			below := strings.TrimPrefix(p, c.folder+"/")
			kind := kindOf(below, t)
			if kind == "" && (strings.HasSuffix(p, ".key") || strings.HasSuffix(p, ".pem")) {
				kind = "key"
			}
			if kind == "" || kind == "history" || !d.Type().IsRegular() || c.excluded(below) {
				return nil
			}
			if s, ok := c.sensitive(below, below, kind); ok && s.Found && (kind != "key" || c.holdsKey(p)) {
				list = append(list, s)
			}
			return nil
		})
	}
	return list
}

// holdsKey tells whether a file has a private key in it as text, or is one of the formats that are none.
func (c *contextReader) holdsKey(file string) bool {
	const most = 64 << 10
	text, err := fs.ReadFile(c.fsys, file)
	if err != nil || len(text) > most {
		return false
	}
	switch path.Ext(file) {
	case ".p12", ".pfx", ".ppk":
		return true
	}
	return strings.Contains(string(text), "PRIVATE KEY-----")
}
