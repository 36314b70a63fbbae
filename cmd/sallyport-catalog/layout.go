package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
)

// layoutImages lists the images of an OCI layout, those of nested indexes too. What attests or signs is none, and of an
// index that was copied for one platform the other ones may be absent.
func layoutImages(ctx context.Context, dir string) ([]built, error) {
	top, err := layout.ImageIndexFromPath(dir)
	if err != nil {
		return nil, err
	}
	w := walk{ctx: ctx, dir: dir, seen: map[v1.Hash]int{}, checked: map[v1.Hash]bool{}}
	if err := w.index(top, nil, 0); err != nil {
		return nil, err
	}
	if len(w.found) == 0 {
		return nil, errors.New("no image is in it")
	}
	return w.found, nil
}

type walk struct {
	ctx   context.Context
	dir   string
	found []built
	seen  map[v1.Hash]int // where in found
	// checked are the blobs that are what their names say.
	checked map[v1.Hash]bool
}

func (w *walk) index(index v1.ImageIndex, tags []string, depth int) error {
	m, err := index.IndexManifest()
	if err != nil {
		return err
	}
	if depth > maxNested || len(m.Manifests) > maxImages {
		return fmt.Errorf("more than %d images, or indexes that nest deeper than %d", maxImages, maxNested)
	}
	for _, d := range m.Manifests {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if d.Annotations["vnd.docker.reference.type"] == "attestation-manifest" {
			continue
		}
		if _, err := os.Stat(path.Join(w.dir, "blobs", d.Digest.Algorithm, d.Digest.Hex)); err != nil && depth > 0 {
			continue
		}
		called := slices.Clip(tags)
		for _, key := range []string{"io.containerd.image.name", "org.opencontainers.image.ref.name"} {
			if tag := d.Annotations[key]; tag != "" && !slices.Contains(called, tag) {
				called = append(called, tag)
			}
		}
		if err := w.intact(d.Digest); err != nil {
			return err
		}
		if err := w.follow(index, d, called, depth); err != nil {
			return fmt.Errorf("%s: %w", d.Digest, err)
		}
	}
	return nil
}

// intact holds a blob against its name, so that a document is about the image whose digest it names.
func (w *walk) intact(want v1.Hash) error {
	if w.checked[want] {
		return nil
	}
	f, err := os.Open(path.Join(w.dir, "blobs", want.Algorithm, want.Hex))
	if err != nil {
		return fmt.Errorf("the blob %s is not in it (%w)", want, cause(err))
	}
	defer f.Close()
	h, err := v1.Hasher(want.Algorithm)
	if err != nil {
		return err
	}
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("the blob %s: %w", want, cause(err))
	}
	if have := hex.EncodeToString(h.Sum(nil)); have != want.Hex {
		return fmt.Errorf("the blob %s holds something else: its digest is %s", want, have)
	}
	w.checked[want] = true
	return nil
}

func (w *walk) follow(index v1.ImageIndex, d v1.Descriptor, tags []string, depth int) error {
	if d.MediaType.IsIndex() {
		sub, err := index.ImageIndex(d.Digest)
		if err != nil {
			return err
		}
		return w.index(sub, tags, depth+1)
	}
	if i, twice := w.seen[d.Digest]; twice {
		w.found[i].tags = append(w.found[i].tags, tags...)
		return nil
	}
	img, err := index.Image(d.Digest)
	if err != nil {
		return err
	}
	m, err := img.Manifest()
	if err != nil {
		return err
	}
	if len(m.Layers) > 0 && !slices.ContainsFunc(m.Layers, func(l v1.Descriptor) bool { return l.MediaType == "" || l.MediaType.IsLayer() }) {
		return nil // a signature or another artifact
	}
	for _, part := range append([]v1.Descriptor{m.Config}, m.Layers...) {
		if err := w.intact(part.Digest); err != nil {
			return err
		}
	}
	b, err := newBuilt(img, d.Digest.String(), tags)
	if err != nil {
		return err
	}
	if len(w.found) == maxImages {
		return fmt.Errorf("more than %d images", maxImages)
	}
	w.seen[d.Digest] = len(w.found)
	w.found = append(w.found, b)
	return nil
}
