package tree

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"

	"sallyport/internal/fact"
)

// bounded is an fs.FS over a directory. Unlike the contract of fs.FS it takes names that are not UTF-8:
// a file must not escape judgement by its name.
type bounded struct {
	folders *folders
	limit   int64
	// image is the size of an image.
	image int64
	// stream bounds what is opened to be read piece by piece; 0 is limit. A whole file is never larger than limit.
	stream int64
	// walked is what a walk has seen; nil, or without any, where nothing is known.
	walked *atomic.Pointer[seen]
	recent *recent // may be nil
	small  *small  // may be nil
}

// look asks the walk about a file.
func (b *bounded) look(name string) (mode fs.FileMode, known, absent bool) {
	if b.walked == nil {
		return 0, false, false
	}
	return b.walked.Load().look(name)
}

// opened is the size up to which an open file is read.
func (b *bounded) opened() int64 { return max(b.limit, b.stream) }

// Streaming returns the file system for a reader that goes through files piece by piece: an open file may be as
// large as Options.ImageSize. Other file systems are returned as they are.
func Streaming(fsys fs.FS) fs.FS {
	if b, ok := fsys.(*bounded); ok {
		return &bounded{folders: b.folders, limit: b.limit, stream: b.image, walked: b.walked}
	}
	return fsys
}

func (b *bounded) Open(name string) (fs.File, error) {
	if !valid(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if err := b.openable(name); err != nil {
		return nil, err
	}
	if mode, known, _ := b.look(name); known && mode.IsDir() {
		if f := openBeneath(b.folders.dir, name); f != nil {
			return f, nil
		}
	}
	// O_NONBLOCK: a pipe that took the file's place since it was looked at must not hold us up.
	f, err := within(b.folders, name, func(root *os.Root, base string) (*os.File, error) {
		return root.OpenFile(base, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	})
	if err != nil {
		return nil, refused("open", name, err)
	}
	info, err := f.Stat()
	switch {
	case err == nil && info.IsDir():
		return f, nil
	case err == nil && !info.Mode().IsRegular():
		err = irregular(name, info.Mode())
	}
	if err != nil {
		f.Close()
		return nil, refused("open", name, err)
	}
	return &file{File: f, info: info, name: name, left: b.opened(), limit: b.opened()}, nil
}

// openable tells that a file or folder is there, and nothing that opening alone could set in motion.
func (b *bounded) openable(name string) error {
	mode, known, absent := b.look(name)
	switch {
	case absent:
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case !known || !mode.IsDir() && !mode.IsRegular():
		info, err := within(b.folders, name, (*os.Root).Stat)
		if err != nil {
			return refused("open", name, err)
		}
		mode = info.Mode()
	}
	if !mode.IsDir() && !mode.IsRegular() {
		return irregular(name, mode)
	}
	return nil
}

// ReadDir lists a folder, as the walk has seen it if it has.
func (b *bounded) ReadDir(name string) ([]fs.DirEntry, error) {
	if b.walked != nil {
		if entries, ok := b.walked.Load().entries(name); ok {
			return slices.Clone(entries), nil
		}
	}
	return fs.ReadDir(struct{ fs.FS }{b}, name) // which opens the folder
}

func (b *bounded) ReadFile(name string) ([]byte, error) {
	if data, ok := b.recent.get(name); ok {
		return data, nil
	}
	data, ok := b.small.take(name)
	if !ok || int64(len(data)) > b.limit {
		var err error
		if data, err = b.read(name); err != nil {
			return data, err
		}
	}
	b.recent.put(name, data)
	return data, nil
}

func (b *bounded) read(name string) ([]byte, error) {
	if mode, known, _ := b.look(name); known && mode.IsRegular() {
		if data, ok := readBeneath(b.folders.dir, name, b.limit); ok {
			return data, nil
		}
	}
	f, err := b.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	regular, ok := f.(*file)
	if !ok {
		return nil, &fact.Error{File: name, Msg: "a directory, not a file"}
	}
	size := regular.info.Size()
	if size > b.limit {
		return nil, tooLarge(name, b.limit)
	}
	// One byte more than the size lets the last read find the end without growing the buffer.
	data := make([]byte, 0, size+1)
	for {
		n, err := regular.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

func (b *bounded) Stat(name string) (fs.FileInfo, error) {
	return b.stat(name, (*os.Root).Stat)
}

func (b *bounded) Lstat(name string) (fs.FileInfo, error) {
	return b.stat(name, (*os.Root).Lstat)
}

func (b *bounded) stat(name string, stat func(*os.Root, string) (fs.FileInfo, error)) (fs.FileInfo, error) {
	if !valid(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrInvalid}
	}
	if _, _, absent := b.look(name); absent {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	info, err := within(b.folders, name, stat)
	if err != nil {
		return nil, refused("stat", name, err)
	}
	return info, nil
}

func (b *bounded) ReadLink(name string) (string, error) {
	if !valid(name) {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	target, err := within(b.folders, name, (*os.Root).Readlink)
	if err != nil {
		return "", refused("readlink", name, err)
	}
	return target, nil
}

// file is a regular file that ends in an error where it is larger than the limit.
type file struct {
	*os.File
	info  fs.FileInfo
	name  string
	left  int64
	limit int64
}

func (f *file) Read(p []byte) (int, error) {
	if f.left < 0 {
		return 0, tooLarge(f.name, f.limit)
	}
	if int64(len(p)) > f.left+1 {
		p = p[:f.left+1]
	}
	n, err := f.File.Read(p)
	f.left -= int64(n)
	if f.left < 0 {
		return n - 1, tooLarge(f.name, f.limit)
	}
	return n, err
}

// valid is fs.ValidPath without its demand for UTF-8.
func valid(name string) bool {
	return name == "." || name != "" && name[0] != '/' && path.Clean(name) == name &&
		name != ".." && !strings.HasPrefix(name, "../")
}

func tooLarge(name string, limit int64) error {
	return &fact.Error{
		File: name, Msg: fmt.Sprintf("larger than the limit of %s", size(limit)),
		Hint: "raise the limit with --max-file-size",
	}
}

func size(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

func irregular(name string, mode fs.FileMode) error {
	return &fact.Error{File: name, Msg: typeOf(mode) + ", not a regular file"}
}

func typeOf(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}

// refused keeps "does not exist" recognisable; everything else becomes an error with place and cause.
func refused(op, name string, err error) error {
	var known *fact.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, fs.ErrNotExist):
		return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	msg := cause(err).Error()
	// os keeps the error for a path that leaves its root to itself.
	if strings.Contains(msg, "escapes") {
		return &fact.Error{File: name, Msg: Outside}
	}
	return &fact.Error{File: name, Msg: msg}
}

func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
