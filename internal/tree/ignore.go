package tree

import "io/fs"

// ignore answers which files git ignores.
type ignore struct{}

func newIgnore(dir string, fsys fs.FS) *ignore { return nil }

// Ignored tells whether git leaves the file out of what is committed: it is ignored and not tracked.
// What it leaves out is added to Skipped. It is safe for concurrent use.
func (l *Listing) Ignored(path string) bool {
	return false
}
