// Package dockerfile collects Dockerfiles: it reads them with buildkit's own parser and works out what
// each stage is at its end, through ARG and ENV, earlier stages, base images and ONBUILD triggers.
package dockerfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Options are what a build knows and the file does not say.
type Options struct {
	// BuildArgs are the values of docker build --build-arg.
	BuildArgs map[string]string
	// Tables returns what is known about images. It is asked for the first Dockerfile; without it nothing is
	// known.
	Tables func() (*Tables, error)
}

// New returns the collector.
func New(opts Options) fact.Collector {
	o := &options{args: opts.BuildArgs, known: sync.OnceValues(func() (*known, error) {
		t := &Tables{}
		if opts.Tables != nil {
			var err error
			if t, err = opts.Tables(); err != nil {
				return nil, err
			}
		}
		return &known{bases: newBases(t.Bases), systems: newSystems(t)}, nil
	})}
	return fact.Collector{
		Kind:    "dockerfile",
		Example: "Dockerfile",
		Facts:   Dockerfile{},
		Match:   match,
		Collect: o.collect,
	}
}

type options struct {
	args  map[string]string
	known func() (*known, error)
}

// known finds what the tables know about an image.
type known struct {
	bases   *bases
	systems *systems
}

func (o *options) collect(ctx context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, err := syntax.Read(fsys, path)
	if err != nil {
		return nil, err
	}
	result, list, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	tables, err := o.known()
	if err != nil {
		return nil, fmt.Errorf("the tables of images: %w", err)
	}
	b := newBuilder(o, path, result)
	b.known = tables
	if !b.build(list) {
		return nil, errors.Join(b.errs...)
	}
	b.context(fsys)
	b.finish(string(data))
	return []fact.Document{{
		Kind: "dockerfile", Path: path, Facts: b.facts, Spans: b.locator.locate, Secrets: b.secrets,
		Files: b.files(),
	}}, errors.Join(b.errs...)
}

// files are the further files that went into the facts.
func (b *builder) files() []string {
	if b.facts.Context.Ignore == "" {
		return nil
	}
	return []string{b.facts.Context.Ignore}
}
