package image

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
)

// A store holds the parts of images by name: a folder, an archive, or an archive that can be read only from
// its start.
type store interface {
	// find follows links to a part; ok is false where there is none.
	find(name string) (real string, size int64, ok bool)
	// small returns a part of up to maxJSON bytes.
	small(name string) ([]byte, error)
	// visit hands each of the parts over once, in whatever order. The names are those that find returned.
	visit(ctx context.Context, names []string, f func(name string, r io.Reader) error) error
}

const (
	// maxJSON bounds a manifest, an index or a configuration; registries take 4 MiB.
	maxJSON = 4 << 20
	// maxSmall bounds what is kept of the small parts of an archive that is compressed as a whole.
	maxSmall = 32 << 20
	// maxParts bounds the members of an archive.
	maxParts = 100_000
	// maxLinks bounds how many links lead from a name to a part.
	maxLinks = 10
)

var errAbsent = errors.New("is not there")

// A folder is a store in a file system.
type folder struct {
	fsys fs.FS
	dir  string
}

func (f folder) find(name string) (string, int64, bool) {
	info, err := fs.Stat(f.fsys, path.Join(f.dir, name))
	if err != nil || info.IsDir() {
		return name, 0, false
	}
	return name, info.Size(), true
}

func (f folder) small(name string) ([]byte, error) {
	if _, n, ok := f.find(name); ok && n > maxJSON {
		return nil, fmt.Errorf("is larger than %d bytes", maxJSON)
	}
	data, err := fs.ReadFile(f.fsys, path.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errAbsent
	}
	return data, err
}

func (f folder) visit(ctx context.Context, names []string, each func(string, io.Reader) error) error {
	for _, name := range names {
		file, err := f.fsys.Open(path.Join(f.dir, name))
		if err != nil {
			return err
		}
		err = each(name, file)
		file.Close()
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// A part is a member of an archive.
type part struct {
	offset, size int64
	link         string // the name that a link leads to, "" for a file
}

// cleanMember is the name of a member without "./" and the like.
func cleanMember(name string) string { return path.Clean("/" + name)[1:] }

// members are the parts of an archive.
type members map[string]part

// add takes the header of a member. A name that comes twice is refused: readers disagree about which counts.
func (m members) add(h *tar.Header, offset int64) error {
	name := cleanMember(h.Name)
	if h.Typeflag == tar.TypeDir || name == "" {
		return nil
	}
	if len(m) == maxParts {
		return fmt.Errorf("more than %d members", maxParts)
	}
	if _, twice := m[name]; twice {
		return fmt.Errorf("the member %q is there twice", name)
	}
	p := part{offset: offset, size: h.Size}
	switch h.Typeflag {
	case tar.TypeReg:
	case tar.TypeSymlink:
		p.link = path.Clean("/" + path.Join(path.Dir(name), h.Linkname))[1:]
	case tar.TypeLink:
		p.link = path.Clean("/" + h.Linkname)[1:]
	default:
		return nil
	}
	if sparse(h) {
		return fmt.Errorf("the member %q is sparse", name)
	}
	m[name] = p
	return nil
}

func sparse(h *tar.Header) bool {
	for k := range h.PAXRecords {
		if len(k) > 10 && k[:10] == "GNU.sparse" {
			return true
		}
	}
	return h.Typeflag == tar.TypeGNUSparse
}

// look follows links; docker save writes a layer that comes twice as a link.
func (m members) look(name string) (string, part, bool) {
	for range maxLinks {
		p, ok := m[name]
		if !ok || p.link == "" {
			return name, p, ok
		}
		name = p.link
	}
	return name, part{}, false
}

func (m members) find(name string) (string, int64, bool) {
	found, p, ok := m.look(name)
	return found, p.size, ok
}

// A tarball is an archive that is not compressed.
type tarball struct {
	members
	r io.ReaderAt
}

// newTarball lists the members without reading what is in them.
func newTarball(ctx context.Context, r io.ReaderAt, size int64) (*tarball, error) {
	t := &tarball{members: members{}, r: r}
	at := io.NewSectionReader(r, 0, size)
	headers := tar.NewReader(at)
	for ctx.Err() == nil {
		h, err := headers.Next()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		offset, _ := at.Seek(0, io.SeekCurrent)
		if offset+h.Size > size && h.Typeflag != tar.TypeDir {
			return nil, io.ErrUnexpectedEOF
		}
		if err := t.add(h, offset); err != nil {
			return nil, err
		}
	}
	return nil, ctx.Err()
}

func (t *tarball) small(name string) ([]byte, error) {
	_, p, ok := t.look(name)
	switch {
	case !ok:
		return nil, errAbsent
	case p.size > maxJSON:
		return nil, fmt.Errorf("is larger than %d bytes", maxJSON)
	}
	return io.ReadAll(io.NewSectionReader(t.r, p.offset, p.size))
}

func (t *tarball) visit(ctx context.Context, names []string, each func(string, io.Reader) error) error {
	for _, name := range names {
		p, ok := t.members[name]
		if !ok {
			return fmt.Errorf("%s %w", name, errAbsent)
		}
		if err := each(name, io.NewSectionReader(t.r, p.offset, p.size)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// A stream is an archive that is compressed as a whole: each look at it reads it from its start.
type stream struct {
	members
	open func() (io.Reader, error)
	kept map[string][]byte
}

func newStream(ctx context.Context, open func() (io.Reader, error)) (*stream, error) {
	s := &stream{members: members{}, open: open, kept: map[string][]byte{}}
	room := maxSmall
	err := s.each(ctx, func(h *tar.Header, r io.Reader) error {
		if err := s.add(h, 0); err != nil {
			return err
		}
		name := cleanMember(h.Name)
		if p, ok := s.members[name]; !ok || p.link != "" || h.Size > maxJSON {
			return nil
		}
		start := make([]byte, min(h.Size, 64))
		if _, err := io.ReadFull(r, start); err != nil {
			return err
		}
		if s := bytes.TrimLeft(start, " \t\r\n\xef\xbb\xbf"); len(s) == 0 || s[0] != '{' && s[0] != '[' {
			return nil
		}
		rest, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if room -= int(h.Size); room < 0 {
			return fmt.Errorf("more than %d bytes of manifests", maxSmall)
		}
		s.kept[name] = append(start, rest...)
		return nil
	})
	return s, err
}

// each reads the archive once.
func (s *stream) each(ctx context.Context, f func(h *tar.Header, r io.Reader) error) error {
	r, err := s.open()
	if err != nil {
		return err
	}
	t := tar.NewReader(r)
	for ctx.Err() == nil {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(h, t); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *stream) small(name string) ([]byte, error) {
	found, p, ok := s.look(name)
	data, kept := s.kept[found]
	switch {
	case !ok:
		return nil, errAbsent
	case p.size > maxJSON:
		return nil, fmt.Errorf("is larger than %d bytes", maxJSON)
	case !kept:
		return nil, errors.New("is no JSON")
	}
	return data, nil
}

func (s *stream) visit(ctx context.Context, names []string, each func(string, io.Reader) error) error {
	return s.each(ctx, func(h *tar.Header, r io.Reader) error {
		if name := cleanMember(h.Name); h.Typeflag != tar.TypeDir && slices.Contains(names, name) {
			return each(name, r)
		}
		return nil
	})
}
