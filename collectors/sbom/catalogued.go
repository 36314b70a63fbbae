package sbom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// A Cataloguer has the packages of an image listed by another program. It returns documents in syft's JSON, one after
// another for each image of the file.
type Cataloguer func(ctx context.Context, path string) ([]byte, error)

// OfImages returns the collector that has images catalogued: each is a bill of materials under the path of its image, and is
// judged as such. match tells of files that hold images with their layers.
func OfImages(opts Options, match func(path string, head []byte) bool, catalogue Cataloguer) fact.Collector {
	c := New(opts)
	c.Match, c.Streams, c.Derived = match, true, true
	c.Collect = func(ctx context.Context, _ fs.FS, name string) ([]fact.Document, error) {
		text, err := catalogue(ctx, name)
		if err != nil {
			return nil, err
		}
		if path.Base(name) == "oci-layout" {
			name = path.Join(path.Dir(name), "index.json") // as the document about the image
		}
		return catalogued(name, text, opts)
	}
	return c
}

// catalogued reads the documents. What is wrong with one is no mistake of anybody's file, and has no place in it.
func catalogued(name string, text []byte, opts Options) ([]fact.Document, error) {
	broken := func(err error) error {
		return &fact.Error{File: name, Msg: "what the cataloguer writes cannot be read: " + err.Error(), Hint: "install both programs of one release"}
	}
	var docs []fact.Document
	for dec := json.NewDecoder(bytes.NewReader(text)); ; {
		var one json.RawMessage
		if err := dec.Decode(&one); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return docs, broken(err)
		}
		tree, err := syntax.JSON(name, one)
		if err != nil {
			return docs, broken(err)
		}
		top, _ := tree.Value.(map[string]any)
		if wrong := validate(schemaOf("syft"), tree.Value); len(wrong) > 0 || top == nil {
			return docs, broken(errors.New("it is no document of syft"))
		}
		b := newBuilder(&source{path: name, encoding: "json", value: tree.Value, spans: tree.Spans})
		syftDocument(b, top)
		b.out.Catalogued = true
		called := b.imageNamed(object(object(top, "source"), "metadata"))
		if err := b.finish(opts); err != nil {
			return docs, err
		}
		docs = append(docs, fact.Document{Kind: Kind, Path: name, Name: called, Facts: *b.out})
	}
	if len(docs) == 0 {
		return nil, broken(errors.New("it is empty"))
	}
	return docs, nil
}

// imageNamed names the subject as the image is named, and returns what tells it from others of the file.
func (b *builder) imageNamed(meta map[string]any) string {
	s := &b.out.Subject
	platform := text(meta, "os") + "/" + text(meta, "architecture")
	s.Name, s.Image = platform, true
	if tags := list(meta, "tags"); len(tags) > 0 {
		s.Name, _ = tags[0].(string)
	}
	b.digests(text(meta, "imageID"))
	if s.Name == platform {
		return platform
	}
	return s.Name + " " + platform
}
