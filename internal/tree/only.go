package tree

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// kernel are the folders of a root that hold no files: the kernel makes up what is read there.
var kernel = []string{"dev", "proc", "sys"}

// kernels tells whether a folder is one of the kernel's.
func (w *walker) kernels(dir string) bool { return w.opts.Root && slices.Contains(kernel, dir) }

// leads tells whether a folder is on the way to one that is walked.
func (w *walker) leads(dir string) bool {
	return w.within(dir) || slices.ContainsFunc(w.opts.Only, func(only string) bool { return strings.HasPrefix(only, dir+"/") })
}

// within tells whether a file or folder is one that is walked, or below one.
func (w *walker) within(name string) bool {
	return w.opts.Only == nil || slices.ContainsFunc(w.opts.Only, func(only string) bool {
		return strings.HasPrefix(name, only) && (len(name) == len(only) || name[len(only)] == '/')
	})
}

// led lists the file that a link leads to where the walk does not come by it. In a root, links may begin with "/".
func (w *walker) led(name string) (there bool) {
	target := name
	for range maxLinks {
		to, err := fs.ReadLink(w.fsys, target)
		if err != nil {
			break
		}
		if path.IsAbs(to) {
			target = strings.TrimPrefix(path.Clean(to), "/")
		} else {
			target = path.Join(path.Dir(target), to)
		}
	}
	target, regular, err := follow(w.fsys, target)
	if err != nil || !regular {
		return false
	}
	file := File{Path: target}
	if !w.within(target) && !slices.Contains(w.further, file) {
		w.further = append(w.further, file)
	}
	return true
}
