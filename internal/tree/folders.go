package tree

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"sync"
)

// folders are open folders of a tree. Each call of os.Root walks down from the root, a few calls of the kernel for each
// folder on the way, and files are asked about folder by folder.
type folders struct {
	root *os.Root
	// dir is the root once more, for calls that os.Root does not have; may be nil.
	dir  *os.File
	mu   sync.Mutex
	open map[string]*folder
}

type folder struct {
	root *os.Root
	// users are the calls that work with it; the last one closes it when it is out of the map.
	users int
	out   bool
}

// maxOpen bounds the folders that stay open.
const maxOpen = 64

// within calls do with the folder of a name and the name in it. What leads out of the folder, or cannot be decided there, is
// asked of the root.
func within[T any](f *folders, name string, do func(*os.Root, string) (T, error)) (T, error) {
	dir, base := path.Split(name)
	if dir == "" {
		return do(f.root, name)
	}
	in := f.take(dir[:len(dir)-1])
	if in == nil {
		return do(f.root, name)
	}
	got, err := do(in.root, base)
	f.give(in)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return do(f.root, name)
	}
	return got, err
}

// take is a folder for a while; nil for one that cannot be opened.
func (f *folders) take(dir string) *folder {
	f.mu.Lock()
	defer f.mu.Unlock()
	if in := f.open[dir]; in != nil {
		in.users++
		return in
	}
	root, err := f.root.OpenRoot(dir)
	if err != nil {
		return nil
	}
	if f.open == nil {
		f.open = map[string]*folder{}
	}
	for other, in := range f.open {
		if len(f.open) < maxOpen {
			break
		}
		delete(f.open, other)
		in.out = true
		if in.users == 0 {
			in.root.Close()
		}
	}
	in := &folder{root: root, users: 1}
	f.open[dir] = in
	return in
}

func (f *folders) give(in *folder) {
	f.mu.Lock()
	defer f.mu.Unlock()
	in.users--
	if in.out && in.users == 0 {
		in.root.Close()
	}
}
