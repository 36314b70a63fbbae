package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/anchore/stereoscope/pkg/file"
	"github.com/anchore/syft/syft/source"
	"github.com/anchore/syft/syft/source/directorysource"
	"github.com/anchore/syft/syft/source/filesource"
	"github.com/anchore/syft/syft/source/stereoscopesource"
	"github.com/klauspost/compress/zstd"
)

// kinds are what a path can be. Syft knows more, which are asked of daemons and registries.
var kinds = []string{"dir", "file", "oci-dir", "oci-archive", "docker-archive"}

// An opener makes the source of one document.
type opener func(context.Context) (source.Source, error)

// open returns the sources of a path: one, or each image of several. The one provider that is asked is chosen here:
// syft's own choice would go through daemons and registries where a file is not what its name says.
func open(ctx context.Context, at string, o *options, tmp string) ([]opener, error) {
	info, err := os.Stat(at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", at, cause(err))
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: neither a directory nor a regular file", at)
	}
	kind := o.source
	if kind == "" || strings.HasSuffix(kind, "-archive") {
		plain, told, err := tell(at, info, tmp)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", at, err)
		}
		at = plain
		if kind == "" {
			kind = told
		}
	}
	called := source.Alias{Name: o.name}
	if (o.each || o.image != "") && (kind == "dir" || kind == "file") {
		return nil, fmt.Errorf("%s: no image is in it", at)
	}
	switch kind {
	case "dir":
		return []opener{directorysource.NewSourceProvider(at, source.ExcludeConfig{}, called, "").Provide}, nil
	case "file":
		return []opener{filesource.NewSourceProvider(at, source.ExcludeConfig{}, nil, called).Provide}, nil
	case "oci-dir", "oci-archive", "docker-archive":
		openers, err := openImages(ctx, kind, at, o)
		if err != nil {
			return nil, fmt.Errorf("as %s: %w", kind, err)
		}
		return openers, nil
	}
	return nil, fmt.Errorf("--source %q: choose one of %s", kind, strings.Join(kinds, ", "))
}

func openImages(ctx context.Context, kind, at string, o *options) ([]opener, error) {
	dirs := file.NewTempDirGenerator("sallyport-catalog")
	all, err := images(ctx, kind, at, dirs)
	if err != nil {
		return nil, err
	}
	if all, err = chosen(all, o.image, o.each); err != nil {
		return nil, err
	}
	var openers []opener
	for i := range all {
		openers = append(openers, func(ctx context.Context) (source.Source, error) {
			img, err := all[i].provide(ctx)
			if err != nil {
				return nil, fmt.Errorf("as %s: %w", kind, err)
			}
			return stereoscopesource.New(img, stereoscopesource.ImageConfig{Reference: o.name, Alias: source.Alias{Name: o.name}}), nil
		})
	}
	return openers, nil
}

func cause(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// tell says what a path is. A compressed archive is unpacked into tmp, because the readers want it plain; then
// name is the plain one.
func tell(name string, info os.FileInfo, tmp string) (plain, kind string, err error) {
	if info.IsDir() {
		if _, err := os.Stat(filepath.Join(name, "oci-layout")); err == nil {
			return name, "oci-dir", nil
		}
		return name, "dir", nil
	}
	f, err := os.Open(name)
	if err != nil {
		return "", "", cause(err)
	}
	defer f.Close()
	r, err := decompress(bufio.NewReader(f))
	if err != nil {
		return "", "", err
	}
	if r == nil {
		return name, archiveKind(f), nil
	}
	out, err := os.Create(filepath.Join(tmp, "archive.tar"))
	if err != nil {
		return "", "", err
	}
	defer out.Close()
	if _, err := io.Copy(out, r); err != nil {
		return "", "", err
	}
	if kind := archiveKind(out); kind != "file" {
		return out.Name(), kind, nil
	}
	return name, "file", os.Remove(out.Name())
}

// decompress returns nil for what is not compressed.
func decompress(r *bufio.Reader) (io.Reader, error) {
	head, _ := r.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzip.NewReader(r)
	case bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstd.NewReader(r, zstd.WithDecoderMaxWindow(64<<20))
	}
	return nil, nil
}

// archiveKind reads the names of an archive, all of them: which comes first, and what layers are called, differs from tool to
// tool. One of docker save may hold an OCI layout, too, and is then told by its manifest.json, which names the image.
func archiveKind(f *os.File) string {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "file"
	}
	kind := "file"
	for t := tar.NewReader(f); ; {
		h, err := t.Next()
		if err != nil {
			return kind
		}
		switch path.Clean("/" + h.Name) {
		case "/manifest.json":
			return "docker-archive"
		case "/oci-layout":
			kind = "oci-archive"
		}
	}
}
