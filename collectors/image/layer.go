package image

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"path"
	"strings"
)

const (
	// maxEntries bounds the files of one image, in all layers: three times what the largest ones have.
	maxEntries = 2_000_000
	// maxItems bounds the files of one layer that are remembered by name, and maxTrash those of them that
	// nobody needs.
	maxItems = 50_000
	maxTrash = 50_000
	// maxName bounds a path; Linux takes no longer one (PATH_MAX).
	maxName = 4096
	// maxLinkText bounds the targets of all links of one layer together, in bytes.
	maxLinkText = 32 << 20
	// maxWanted bounds a file whose contents are looked at.
	maxWanted = 1 << 20
)

// seed keys the hashes of paths, so that nobody can write names that collide.
var seed = maphash.MakeSeed()

type pathHash uint64

func hashPath(p string) pathHash { return pathHash(maphash.String(seed, p)) }

// An entry is what a layer has at a path.
type entry struct {
	uid, gid uint32
	mode     uint16
	kind     byte // fileEntry ...
	flags    byte // whiteout, opaque
}

const (
	noEntry = iota // a whiteout or opaque mark alone
	fileEntry
	folderEntry
	symlinkEntry
	hardlinkEntry
	otherEntry
)

const (
	whiteout = 1 << iota // the layers below have nothing here
	opaque               // the layers below have nothing in this folder
)

// A scan is what one layer holds: each path by its hash, and by name the files that matter to rules.
type scan struct {
	digest, diffID string
	compression    string
	stored         int64
	unpacked       int64
	count, escapes int
	entries        map[pathHash]entry
	links          map[pathHash]string
	items          map[string]*item
	trash          int
	linkText       int
	truncated      bool
}

// hasherOf is the hash of a digest's algorithm.
func hasherOf(digest string) hash.Hash {
	if strings.HasPrefix(digest, "sha512:") {
		return sha512.New()
	}
	return sha256.New()
}

func sum(h hash.Hash) string {
	name := "sha256:"
	if h.Size() == sha512.Size {
		name = "sha512:"
	}
	return name + hex.EncodeToString(h.Sum(nil))
}

// A layerReader reads layers within the budget of their image.
type layerReader struct {
	ctx    context.Context
	budget *budget
	left   int // entries
	tell   func(n int)
}

// read scans one layer. The digests are of the algorithms of those that are wanted.
func (lr *layerReader) read(r io.Reader, wantDigest, wantDiff string) (*scan, error) {
	s := &scan{entries: map[pathHash]entry{}, links: map[pathHash]string{}, items: map[string]*item{}}
	storedSum, unpackedSum := hasherOf(wantDigest), hasherOf(wantDiff)
	stored := &meter{ctx: lr.ctx, r: io.TeeReader(r, storedSum), tell: lr.tell}
	plain, compression, err := unpack(stored)
	if err != nil {
		return s, cannot(err)
	}
	unpacked := &meter{ctx: lr.ctx, r: io.TeeReader(plain, unpackedSum), budget: lr.budget}
	if compression != "none" {
		unpacked.stored = stored
	}
	s.compression = compression
	err = lr.scan(tar.NewReader(unpacked), s)
	if err == nil {
		// What stands behind the end of the archive is part of the digests.
		if _, err = io.Copy(io.Discard, unpacked); err == nil {
			_, err = io.Copy(io.Discard, stored)
		}
	}
	if err != nil {
		return s, cannot(err)
	}
	s.stored, s.unpacked = stored.n, unpacked.n
	s.digest, s.diffID = sum(storedSum), sum(unpackedSum)
	return s, nil
}

// cannot words the errors of the libraries.
func cannot(err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		return errors.New("ends early")
	case errors.Is(err, tar.ErrHeader):
		return errors.New("is no tar archive")
	}
	return err
}

func (lr *layerReader) scan(t *tar.Reader, s *scan) error {
	for {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if lr.left--; lr.left < 0 {
			return &limitError{fmt.Sprintf("has more than %d files together with the others", maxEntries)}
		}
		if len(h.Name) > maxName || len(h.Linkname) > maxName {
			return &limitError{fmt.Sprintf("holds a name of %d bytes, which no system can unpack", max(len(h.Name), len(h.Linkname)))}
		}
		s.count++
		if err := s.add(h, t); err != nil {
			return err
		}
	}
}

// cleanName is the path that a runtime unpacks to: it never leaves the root.
func (s *scan) cleanName(name string) string {
	clean := path.Clean("/" + name)[1:]
	if local := path.Clean(name); local == ".." || strings.HasPrefix(local, "../") {
		s.escapes++
	}
	return clean
}

// The marks by which a layer deletes (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts).
const (
	whiteoutPrefix = ".wh."
	opaqueMark     = ".wh..wh..opq"
)

func (s *scan) add(h *tar.Header, r io.Reader) error {
	name := s.cleanName(h.Name)
	dir, base := path.Split(name)
	dir = strings.TrimSuffix(dir, "/")
	if base == opaqueMark {
		s.flag(dir, opaque)
		return nil
	}
	if hidden, ok := strings.CutPrefix(base, whiteoutPrefix); ok {
		if !strings.HasPrefix(hidden, whiteoutPrefix) { // others are notes of aufs
			s.flag(path.Join(dir, hidden), whiteout)
		}
		return nil
	}
	key := hashPath(name)
	old := s.entries[key]
	e := entry{uid: uint32(h.Uid), gid: uint32(h.Gid), mode: uint16(h.Mode & 0o7777), kind: kindOf(h.Typeflag), flags: old.flags}
	if e.kind == noEntry {
		return nil
	}
	s.entries[key] = e
	delete(s.items, name) // the last entry of a name counts
	delete(s.links, key)
	if e.kind == symlinkEntry || e.kind == hardlinkEntry {
		if s.linkText += len(h.Linkname); s.linkText > maxLinkText {
			return &limitError{fmt.Sprintf("has links of more than %d bytes together", maxLinkText)}
		}
		s.links[key] = h.Linkname
	}
	it, err := classify(name, h, e, r)
	if err != nil {
		return err
	}
	if e.kind == hardlinkEntry {
		it = s.shares(it, name, h, e)
	}
	if path.Base(dir) == ".git" && base == "HEAD" && s.items[dir] == nil { // without an entry for the folder
		if err := s.keep(&item{name: dir, entry: entry{kind: folderEntry, mode: 0o755, uid: e.uid, gid: e.gid}, is: repository}); err != nil {
			return err
		}
	}
	if it == nil {
		return nil
	}
	return s.keep(it)
}

// shares gives a hard link the credentials of the file that it is another name of.
func (s *scan) shares(it *item, name string, h *tar.Header, e entry) *item {
	other := s.items[s.cleanName(h.Linkname)]
	if other == nil || other.secret == nil {
		return it
	}
	if it == nil {
		it = &item{name: name, entry: e}
	}
	c := *other.secret
	c.Name, c.Sample = "/"+name, sample(name)
	it.secret, it.is, it.size = &c, it.is|credential, other.size
	return it
}

// keep remembers a file by name, within the bounds.
func (s *scan) keep(it *item) error {
	if it.is == trash {
		if s.trash++; s.trash > maxTrash {
			s.truncated = true
			return nil
		}
	} else if len(s.items)-s.trash >= maxItems {
		return &limitError{fmt.Sprintf("has more than %d files that ask for a look", maxItems)}
	}
	s.items[it.name] = it
	return nil
}

func (s *scan) flag(name string, mark byte) {
	key := hashPath(name)
	e := s.entries[key]
	e.flags |= mark
	s.entries[key] = e
}

func kindOf(flag byte) byte {
	switch flag {
	case tar.TypeReg, tar.TypeGNUSparse, tar.TypeCont: //nolint:staticcheck // old archives have it
		return fileEntry
	case tar.TypeDir:
		return folderEntry
	case tar.TypeSymlink:
		return symlinkEntry
	case tar.TypeLink:
		return hardlinkEntry
	case tar.TypeChar, tar.TypeBlock, tar.TypeFifo:
		return otherEntry
	}
	return noEntry
}
