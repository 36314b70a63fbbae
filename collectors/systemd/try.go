package systemd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"time"
)

// Try returns what a unit would mean with one more drop-in of the given name and text in the folder beside it.
func Try(fsys fs.FS, file, name, text string) (Unit, error) {
	docs, err := collect(context.Background(), overlay{fsys, path.Join(file+".d", name), []byte(text)}, file)
	if len(docs) == 0 {
		return Unit{}, errors.Join(err, errors.New(file+": there is no unit"))
	}
	return docs[0].Facts.(Unit), err
}

// An overlay is a file system with one more file.
type overlay struct {
	fs.FS
	file string
	data []byte
}

func (o overlay) Open(name string) (fs.File, error) {
	if name == o.file {
		return &overlaid{Reader: bytes.NewReader(o.data), info: o.info()}, nil
	}
	return o.FS.Open(name)
}

func (o overlay) Stat(name string) (fs.FileInfo, error) {
	switch info, err := fs.Stat(o.FS, name); {
	case name == o.file:
		return o.info(), nil
	case err != nil && name == path.Dir(o.file):
		return overlayInfo{name: path.Base(name), mode: fs.ModeDir | 0o755}, nil
	default:
		return info, err
	}
}

func (o overlay) ReadLink(name string) (string, error) {
	if name == o.file {
		return "", fs.ErrInvalid
	}
	return fs.ReadLink(o.FS, name)
}

func (o overlay) Lstat(name string) (fs.FileInfo, error) { return o.Stat(name) }

func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.FS, name)
	if name != path.Dir(o.file) {
		return entries, err
	}
	list := []fs.DirEntry{fs.FileInfoToDirEntry(o.info())}
	for _, e := range entries {
		if e.Name() != path.Base(o.file) {
			list = append(list, e)
		}
	}
	return list, nil
}

func (o overlay) info() overlayInfo {
	return overlayInfo{name: path.Base(o.file), size: int64(len(o.data)), mode: 0o644}
}

type overlaid struct {
	io.Reader
	info overlayInfo
}

func (f *overlaid) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *overlaid) Close() error               { return nil }

type overlayInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i overlayInfo) Name() string       { return i.name }
func (i overlayInfo) Size() int64        { return i.size }
func (i overlayInfo) Mode() fs.FileMode  { return i.mode }
func (i overlayInfo) ModTime() time.Time { return time.Time{} }
func (i overlayInfo) IsDir() bool        { return i.mode.IsDir() }
func (i overlayInfo) Sys() any           { return nil }
