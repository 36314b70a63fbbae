// Package dockerfile collects Dockerfiles: it reads them with buildkit's own parser and works out what
// each stage is at its end, through ARG and ENV, earlier stages, base images and ONBUILD triggers.
package dockerfile

import (
	"context"
	"errors"
	"io/fs"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Options are what a build knows and the file does not say.
type Options struct {
	// BuildArgs are the values of docker build --build-arg.
	BuildArgs map[string]string
	// Bases say which user images run as by themselves.
	Bases []Base
}

// New returns the collector.
func New(opts Options) fact.Collector {
	o := &options{args: opts.BuildArgs, bases: newBases(opts.Bases)}
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
	bases *bases
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
	b := newBuilder(o, path, result)
	if !b.build(list) {
		return nil, errors.Join(b.errs...)
	}
	b.finish(string(data))
	return []fact.Document{{
		Kind: "dockerfile", Path: path, Facts: b.facts, Spans: b.locator.locate, Secrets: b.secrets,
	}}, errors.Join(b.errs...)
}
