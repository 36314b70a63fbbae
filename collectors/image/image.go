// Package image reads built container images: OCI layouts and archives, docker save archives, and what inspect
// prints. It needs no daemon and no registry. Layers are streamed, and every digest is verified on the way.
package image

import (
	"context"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Kind is the kind of the documents.
const Kind = "image"

// Options are the limits of the collector, and who watches it.
type Options struct {
	// Size bounds the bytes of an image, as stored and unpacked; 0 is DefaultSize.
	Size int64
	// Progress, where set, is told how many bytes of a file have been read.
	Progress func(path string, done, total int64)
	// Advisories are what the crates of a program are audited with, and Registry knows yanked versions; nil for none.
	Advisories *advisory.Database
	Registry   *advisory.Registry
}

// DefaultSize bounds an image where Options does not: 32 GiB.
const DefaultSize = 32 << 30

// New returns the collector.
func New(opts Options) fact.Collector {
	if opts.Size <= 0 {
		opts.Size = DefaultSize
	}
	return fact.Collector{
		Kind: Kind, Example: "image.json", Facts: Image{}, Evidence: true, Streams: true,
		Match: match,
		Collect: func(ctx context.Context, fsys fs.FS, name string) ([]fact.Document, error) {
			c := &collection{ctx: ctx, fsys: fsys, path: name, opts: opts}
			switch {
			case path.Base(name) == layoutFile:
				return c.layout()
			case archiveName(name):
				return c.archive()
			}
			return c.inspect()
		},
	}
}

// A collection is one run of the collector over one file.
type collection struct {
	ctx  context.Context
	fsys fs.FS
	path string
	opts Options
}

func (c *collection) mistake(msg, hint string) error {
	return &fact.Error{File: c.path, Msg: msg, Hint: hint}
}

func (c *collection) inspect() ([]fact.Document, error) {
	data, err := syntax.Read(c.fsys, c.path)
	if err != nil {
		return nil, err
	}
	n, err := parse(c.path, "", data)
	if err != nil {
		return nil, err
	}
	if _, ok := n.value.([]any); !ok {
		if n.key("RootFS").absent() || !n.key("rootfs").key("diff_ids").absent() {
			return c.bareConfig(n)
		}
		return c.inspected([]node{n})
	}
	return c.inspected(n.list())
}

// layoutFile marks the root of an OCI layout.
const layoutFile = "oci-layout"

func archiveName(name string) bool {
	name = strings.ToLower(path.Base(name))
	for _, ext := range []string{".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.zstd", ".tzst", ".oci"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	return false
}
