package nftables

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
)

var includeLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]*include[ \t]+["']([^"'\n]+)["']`) })

// Includes are the files that a script with this text includes itself, without reading more of it.
func Includes(fsys fs.FS, from string, text []byte) (files []string) {
	seen := map[string]bool{}
	for _, m := range includeLine().FindAllSubmatch(text, maxIncludes) {
		pattern := string(m[1])
		if seen[pattern] {
			continue
		}
		seen[pattern] = true
		bases, _ := places(path.Dir(from), pattern)
		for _, b := range bases {
			if !strings.ContainsAny(pattern, "*?[") {
				if info, err := fs.Stat(fsys, b); err == nil && info.Mode().IsRegular() {
					files = append(files, b)
					break
				}
			} else if found, err := fs.Glob(fsys, b); err == nil && len(found) > 0 {
				files = append(files, found...)
				break
			}
		}
	}
	return files
}
