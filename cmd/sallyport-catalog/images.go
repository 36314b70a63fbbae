package main

import (
	"archive/tar"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/anchore/stereoscope/pkg/file"
	"github.com/anchore/stereoscope/pkg/image"
	"github.com/anchore/stereoscope/pkg/image/docker"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

const (
	// maxImages bounds the images of a layout or an archive, and maxNested how deep indexes nest.
	maxImages = 500
	maxNested = 8
)

// A built is one image of a layout or an archive.
type built struct {
	v1.Image
	digest, config, platform string
	tags                     []string
	meta                     []image.AdditionalMetadata
	// archive is that of docker save where the image is the only one in it.
	archive string
}

// newBuilt describes an image. The digest is that of a layout: an archive of docker save has no manifest.
func newBuilt(img v1.Image, digest string, tags []string) (built, error) {
	b := built{Image: img, digest: digest, tags: tags}
	config, err := img.ConfigFile()
	if err != nil {
		return b, err
	}
	b.platform = strings.TrimSuffix(config.OS+"/"+config.Architecture+"/"+config.Variant, "/")
	b.meta = []image.AdditionalMetadata{image.WithOS(config.OS), image.WithArchitecture(config.Architecture, config.Variant)}
	if h, err := img.ConfigName(); err == nil {
		b.config = h.String()
	}
	return b, nil
}

// named tells whether somebody who says want means this image.
func (b *built) named(want string) bool {
	return want == b.digest || want == b.config || want == b.platform || slices.Contains(b.tags, want)
}

// String is what the image is called where somebody has to choose.
func (b *built) String() string {
	return strings.Join(append(slices.Clone(b.tags), b.platform, cmp.Or(b.digest, b.config)), " ")
}

// provide makes stereoscope's image, which has the files.
func (b *built) provide(ctx context.Context) (*image.Image, error) {
	dirs := file.NewTempDirGenerator("sallyport-catalog") // of its own: the source removes it when it is closed
	if b.archive != "" {
		img, err := docker.NewArchiveProvider(dirs, b.archive, b.meta...).Provide(ctx)
		if err != nil {
			return nil, err
		}
		return img, img.Read()
	}
	dir, err := dirs.NewDirectory("image")
	if err != nil {
		return nil, err
	}
	meta := append(b.meta, image.WithTags(b.tags...))
	if b.digest != "" {
		meta = append(meta, image.WithManifestDigest(b.digest))
		if raw, err := b.RawManifest(); err == nil {
			meta = append(meta, image.WithManifest(raw))
		}
	}
	if raw, err := b.RawConfigFile(); err == nil {
		meta = append(meta, image.WithConfig(raw))
	}
	img := image.New(b.Image, dirs, dir, meta...)
	return img, img.Read()
}

// savedImages lists the images of an archive of docker save. One of several needs a name, by which the library finds it.
func savedImages(archive string) ([]built, error) {
	opener := func() (io.ReadCloser, error) { return os.Open(archive) }
	manifest, err := tarball.LoadManifest(opener)
	if err != nil {
		return nil, err
	}
	if len(manifest) == 0 {
		return nil, errors.New("no image is in it")
	}
	var all []built
	for _, d := range manifest {
		var tag *name.Tag
		if len(manifest) > 1 {
			if len(d.RepoTags) == 0 {
				return nil, fmt.Errorf("one of its %d images, %s, has no name: save it alone, or as an OCI archive", len(manifest), d.Config)
			}
			t, err := name.NewTag(d.RepoTags[0])
			if err != nil {
				return nil, err
			}
			tag = &t
		}
		img, err := tarball.Image(opener, tag)
		if err != nil {
			return nil, err
		}
		b, err := newBuilt(img, "", slices.Clone(d.RepoTags))
		if err != nil {
			return nil, err
		}
		if len(manifest) == 1 {
			b.archive = archive
		}
		all = append(all, b)
	}
	return all, nil
}

// holdsLayout tells of an archive of docker save that is an OCI layout as well.
func holdsLayout(archive string) bool {
	f, err := os.Open(archive)
	if err != nil {
		return false
	}
	defer f.Close()
	found := 0
	for t := tar.NewReader(f); found < 2; {
		h, err := t.Next()
		if err != nil {
			return false
		}
		if clean := path.Clean("/" + h.Name); clean == "/index.json" || clean == "/oci-layout" {
			found++
		}
	}
	return true
}

// images lists the images of a layout or an archive.
func images(ctx context.Context, kind, at string, dirs *file.TempDirGenerator) ([]built, error) {
	if kind == "docker-archive" && !holdsLayout(at) {
		return savedImages(at)
	}
	if kind != "oci-dir" {
		dir, err := dirs.NewDirectory("layout")
		if err != nil {
			return nil, err
		}
		f, err := os.Open(at)
		if err != nil {
			return nil, cause(err)
		}
		defer f.Close()
		if err := file.UntarToDirectory(f, dir); err != nil {
			return nil, err
		}
		at = dir
	}
	return layoutImages(ctx, at)
}

// chosen are the images that are asked for: the only one, the one that is named, or each.
func chosen(all []built, want string, each bool) ([]built, error) {
	var names []string
	var found []built
	for i := range all {
		names = append(names, all[i].String())
		if each && want == "" || len(all) == 1 && want == "" || want != "" && all[i].named(want) {
			found = append(found, all[i])
		}
	}
	switch {
	case len(found) == 1 || each && len(found) > 0:
		return found, nil
	case want == "":
		return nil, fmt.Errorf("%d images are in it: choose one with --image: %s", len(all), strings.Join(names, "; "))
	}
	return nil, fmt.Errorf("--image %s: %d of its images are called that: %s", want, len(found), strings.Join(names, "; "))
}
