package image

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds the memory that a zstd frame may ask for; zstd --ultra --long goes beyond it, and image
// builders do not.
const maxWindow = 64 << 20

// unpack tells by its first bytes how a stream is compressed, and returns what is in it. An empty stream is
// not compressed.
func unpack(r io.Reader) (io.Reader, string, error) {
	b := bufio.NewReaderSize(r, 64<<10)
	magic, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, "", err
	}
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(b)
		return z, "gzip", err
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}), len(magic) == 4 && magic[0]&0xf0 == 0x50 && bytes.Equal(magic[1:], []byte{0x2a, 0x4d, 0x18}):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		return z, "zstd", err
	case bytes.HasPrefix(magic, []byte("BZh")), bytes.HasPrefix(magic, []byte{0xfd, '7', 'z', 'X'}):
		return nil, "", errors.New("compressed with bzip2 or xz, which no image format allows")
	}
	return b, "none", nil
}

// The ratio of unpacked to stored bytes that a stream may not pass once it has unpacked ratioFrom bytes:
// programs and libraries stay under 10.
const (
	maxRatio  = 200
	ratioFrom = 1 << 30
)

// A budget bounds what an image unpacks to, over all its layers.
type budget struct {
	left int64
	size int64
}

// A meter counts what passes, and ends in an error where the run is over or the budget is.
type meter struct {
	ctx    context.Context
	r      io.Reader
	n      int64
	budget *budget     // nil is unbounded
	stored *meter      // what the bytes are unpacked from; may be nil
	tell   func(n int) // told about every read; may be nil
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	m.n += int64(n)
	if m.tell != nil {
		m.tell(n)
	}
	if m.budget != nil {
		if m.budget.left -= int64(n); m.budget.left < 0 {
			return 0, &limitError{fmt.Sprintf("unpacks to more than the limit of %d bytes for an image", m.budget.size)}
		}
	}
	if m.stored != nil && m.n > ratioFrom && m.n/maxRatio > m.stored.n {
		return 0, &limitError{fmt.Sprintf("unpacks to more than %d times its size: a decompression bomb", maxRatio)}
	}
	return n, err
}

// A limitError says which bound a stream passed.
type limitError struct{ msg string }

func (e *limitError) Error() string { return e.msg }
