package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"sallyport/collectors/sbom"
	"sallyport/internal/catalog"
	"sallyport/internal/fact"
)

// maxCatalogue bounds what the second binary may write about one file, in bytes: this process parses it whole.
const maxCatalogue = 256 << 20

// cataloguer has images listed by the second binary, one after another: each may take its whole memory.
func (s *session) cataloguer() sbom.Cataloguer {
	find := sync.OnceValues(catalog.Find)
	var one sync.Mutex
	return func(ctx context.Context, file string) ([]byte, error) {
		one.Lock()
		defer one.Unlock()
		program, err := find()
		if err != nil {
			return nil, &fact.Error{File: file, Msg: "its packages cannot be catalogued: " + catalog.Program + " is not there", Hint: "install it beside this program, or leave --catalog out"}
		}
		at, err := s.imagePath(file)
		if err != nil {
			return nil, &fact.Error{File: file, Msg: "its packages cannot be catalogued: " + err.Error(), Hint: "write the image with docker save or skopeo copy"}
		}
		out := &bounded{left: maxCatalogue}
		err = catalog.Run(ctx, program, &catalog.Request{
			Path: at, Name: file, Outputs: []string{"syft-json"}, Each: true, Stdout: out,
			Limits: catalog.Limits{Unpacked: s.tree.ImageSize()},
		})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case out.left < 0:
			err = fmt.Errorf("the list is longer than %d MiB", maxCatalogue>>20)
		}
		if err != nil {
			return nil, uncatalogued(file, at, err)
		}
		return out.Bytes(), nil
	}
}

// uncatalogued says why there is no list. The limits of check are fixed; those of sbom have flags.
func uncatalogued(file, at string, err error) error {
	why, limit, _ := strings.Cut(err.Error(), ": raise the limit")
	why = strings.TrimPrefix(strings.ReplaceAll(why, at, file), file+": ")
	hint := "write the image again, or leave --catalog out"
	if limit != "" {
		hint = "make the list with 'sallyport sbom' and a higher limit, and check it beside the image"
	}
	return &fact.Error{File: file, Msg: "its packages cannot be catalogued: " + why, Hint: hint}
}

// imagePath is where an image lies for another process: the archive, or the folder of a layout. Within the tree, links are followed
// as the tree itself does; a layout holds none, because they could lead anywhere.
func (s *session) imagePath(file string) (string, error) {
	at, err := filepath.EvalSymlinks(filepath.Join(s.tree.Dir(), filepath.FromSlash(file)))
	if err != nil {
		return "", err
	}
	if !inside(s.tree.Dir(), at) {
		return "", errors.New("it lies outside of the tree")
	}
	if path.Base(file) != "oci-layout" {
		return at, nil
	}
	dir := filepath.Dir(at)
	return dir, filepath.WalkDir(dir, func(part string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !d.Type().IsRegular() {
			rel, _ := filepath.Rel(dir, part)
			return fmt.Errorf("%s is no regular file", filepath.ToSlash(rel))
		}
		return err
	})
}

// bounded keeps what is written, up to a limit.
type bounded struct {
	bytes.Buffer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errors.New("too long")
	}
	return b.Buffer.Write(p)
}
