package tree

import (
	"errors"
	"io/fs"
	"path"
	"strings"
)

// maxLinks is how many links Linux follows in one path, too.
const maxLinks = 40

var (
	errOutside = errors.New(Outside)
	errCircle  = errors.New("a link that leads to itself")
	errNowhere = errors.New("a link to nothing")
)

// follow resolves a link to the path, within the tree and free of links, that it leads to, and tells
// whether a regular file is there. It is false without an error for directories and special files.
func follow(fsys fs.FS, name string) (target string, regular bool, err error) {
	done, rest := ".", strings.Split(name, "/")
	var info fs.FileInfo
	for links := 0; len(rest) > 0; {
		step := rest[0]
		rest = rest[1:]
		if step == ".." {
			if done == "." {
				return "", false, errOutside
			}
			done = path.Dir(done)
			continue
		}
		next := path.Join(done, step)
		if info, err = fs.Lstat(fsys, next); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				err = errNowhere
			}
			return "", false, err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			done = next
			continue
		}
		if links++; links > maxLinks {
			return "", false, errCircle
		}
		to, err := fs.ReadLink(fsys, next)
		if err != nil {
			return "", false, err
		}
		if path.IsAbs(to) {
			return "", false, errOutside
		}
		rest = append(steps(to), rest...)
	}
	if info, err = fs.Lstat(fsys, done); err != nil {
		return "", false, err
	}
	return done, info.Mode().IsRegular(), nil
}

func steps(target string) []string {
	var all []string
	for s := range strings.SplitSeq(target, "/") {
		if s != "" && s != "." {
			all = append(all, s)
		}
	}
	return all
}
