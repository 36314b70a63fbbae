package image

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/google/go-containerregistry/pkg/v1/types"

	"sallyport/internal/auditable"
	"sallyport/internal/fact"
)

// A candidate is an image whose layers are still to be read.
type candidate struct {
	*builder
	// parts are the names of the layers' parts in the store; "" for a layer that cannot be read.
	parts []string
	// several is true where the same name has images for several platforms.
	several bool
}

// read reads the layers of all images, each part once, and completes the facts.
func (c *collection) read(s store, images []*candidate) ([]fact.Document, error) {
	var errs []error
	scans, failed, err := c.scanAll(s, images)
	if err != nil {
		errs = append(errs, err)
	}
	var docs []fact.Document
	for _, im := range images {
		v := view{}
		for i, part := range im.parts {
			l := &im.facts.Layers[i]
			sc := scans[part]
			if part != "" && sc != nil {
				if err := im.judgeLayer(l, sc, failed[part]); err != nil {
					errs = append(errs, c.mistake(err.Error(), "do not trust the image: write it again from where it was built"))
				}
			}
			if sc == nil {
				sc = &scan{}
			}
			v.layers = append(v.layers, sc)
		}
		groups := im.assemble(v)
		im.program(v, groups)
		im.sizes()
		if err := c.binary(s, im); err != nil {
			errs = append(errs, c.mistake(err.Error(), ""))
		}
		doc := im.document()
		if im.several {
			doc = im.named(fmt.Sprintf("%s (%s)", im.facts.Name, im.facts.Platform))
		}
		docs = append(docs, doc)
	}
	distinguish(docs)
	for _, im := range images {
		errs = append(errs, im.errs...)
	}
	return docs, errors.Join(errs...)
}

// scanAll visits every part that a layer needs. A layer that cannot be read is noted, and the others are read.
func (c *collection) scanAll(s store, images []*candidate) (map[string]*scan, map[string]error, error) {
	scans, failed := map[string]*scan{}, map[string]error{}
	want := map[string]Layer{}
	var names []string
	var total, done int64
	for _, im := range images {
		for i, part := range im.parts {
			if _, known := want[part]; part == "" || known {
				continue
			}
			want[part] = im.facts.Layers[i]
			names = append(names, part)
			_, n, _ := s.find(part)
			total += n
		}
	}
	lr := &layerReader{ctx: c.ctx, budget: &budget{left: c.opts.Size, size: c.opts.Size}, left: maxEntries}
	if c.opts.Progress != nil {
		lr.tell = func(n int) { done += int64(n); c.opts.Progress(c.path, done, total) }
	}
	err := s.visit(c.ctx, names, func(name string, r io.Reader) error {
		sc, err := lr.read(r, want[name].Digest, want[name].DiffID)
		if c.ctx.Err() != nil {
			return c.ctx.Err()
		}
		scans[name] = sc
		if err != nil {
			failed[name] = err
		}
		return nil
	})
	if err != nil {
		err = c.mistake(cannot(err).Error(), "write the image again: it may be truncated")
	}
	return scans, failed, err
}

// judgeLayer takes what was read of a layer, and holds its digests against those that the image states.
func (b *builder) judgeLayer(l *Layer, s *scan, failed error) error {
	if failed != nil {
		l.Reason = failed.Error()
		return fmt.Errorf("layer %s: %w", l.Name, failed)
	}
	l.Compression, l.Size, l.Unpacked, l.Entries, l.Escapes = s.compression, int(s.stored), int(s.unpacked), s.count, s.escapes
	switch {
	case l.Digest != "" && l.Digest != s.digest:
		l.Reason = "has other contents than its digest says"
		return fmt.Errorf("blob %s holds other bytes than its digest says: they have the digest %s", l.Digest, s.digest)
	case l.DiffID != "" && l.DiffID != s.diffID:
		l.Reason = "has other contents than its diff id says"
		return fmt.Errorf("layer %s holds other files than the configuration says: unpacked it has the digest %s, and not %s", l.Name, s.diffID, l.DiffID)
	}
	l.Read = true
	return nil
}

// sizes adds the layers up.
func (b *builder) sizes() {
	size := Size{Known: len(b.facts.Layers) > 0}
	for _, l := range b.facts.Layers {
		size.Known = size.Known && l.Read
		size.Stored += l.Size
		size.Unpacked += l.Unpacked
	}
	b.facts.Size = size
}

// binary reads the layer of the program a second time: which file it is shows only once all layers are known.
func (c *collection) binary(s store, im *candidate) error {
	p := &im.facts.Program
	if !p.Known || !p.Executable || p.Layer < 0 || !strings.HasPrefix(p.File, "/") || p.Layer >= len(im.parts) {
		return nil
	}
	return s.visit(c.ctx, []string{im.parts[p.Layer]}, func(_ string, r io.Reader) error {
		var err error
		p.Binary, p.Size, err = readProgram(&meter{ctx: c.ctx, r: r}, p.File[1:])
		if err == nil {
			im.facts.Audit, err = auditable.NewAudit(p.Binary.Crates, c.opts.Advisories, c.opts.Registry)
		}
		return err
	})
}

// layerOf says why a layer of a media type cannot be read; "" is that it can.
func layerOf(mediaType string) (reason string) {
	switch {
	case strings.HasSuffix(mediaType, "+encrypted"):
		return "is encrypted"
	case mediaType == "" || types.MediaType(mediaType).IsLayer() || mediaType == dockerZstd:
		return ""
	}
	return fmt.Sprintf("has the media type %s, which is none of a layer", mediaType)
}

// dockerZstd is what containerd calls a zstd layer in docker's manifest.
const dockerZstd = "application/vnd.docker.image.rootfs.diff.tar.zstd"
