package git

import (
	"errors"
	"fmt"
	"os"

	"github.com/go-git/go-billy/v5"
)

// regularOnly opens regular files alone: a named pipe among git's files would hold us up. A tree that was
// unpacked from an archive may bring any git directory.
type regularOnly struct{ billy.Filesystem }

var errSpecial = errors.New("neither a regular file nor a directory")

func (r regularOnly) Open(name string) (billy.File, error) {
	return r.OpenFile(name, os.O_RDONLY, 0)
}

func (r regularOnly) OpenFile(name string, flag int, mode os.FileMode) (billy.File, error) {
	info, err := r.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &os.PathError{Op: "open", Path: name, Err: errSpecial}
	}
	return r.Filesystem.OpenFile(name, flag, mode)
}

// caught makes an error of a panic: go-git has answered malformed files with one before.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("git's files are malformed: %v", r)
	}
}
