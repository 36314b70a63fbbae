package config

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// exampleTrusted is where an example shows the trusted version of its configuration.
const exampleTrusted = "trusted/" + File

// Collector makes documents of the configuration in examples of rules. A file trusted/sallyport.toml
// stands for the version at the trusted revision. No finding is known there, so every waiver is unused.
// A run of the gate has no use for it: there Documents knows what was trusted and what was used.
func Collector(now time.Time) fact.Collector {
	return fact.Collector{
		Kind: "config", Example: File, Facts: Facts{},
		Match: func(path string, _ []byte) bool { return path == File },
		Collect: func(_ context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
			tree, err := read(fsys, path)
			trusted, err2 := read(fsys, exampleTrusted)
			if errors.Is(err2, fs.ErrNotExist) {
				err2 = nil
			}
			if err := errors.Join(err, err2); err != nil {
				return nil, err
			}
			if trusted != nil {
				trusted.Ref = "trusted"
			}
			return Merge(trusted, tree, 0, now).Documents(), nil
		},
	}
}

func read(fsys fs.FS, path string) (*Config, error) {
	data, err := syntax.Read(fsys, path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}
