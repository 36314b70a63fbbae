// Package collectors is the registry of all collectors, and runs them over a tree: discover, match, collect.
package collectors

import (
	"io/fs"

	"sallyport/collectors/cargoconfig"
	"sallyport/collectors/cargolock"
	"sallyport/collectors/cargomanifest"
	"sallyport/collectors/compose"
	"sallyport/collectors/dockerfile"
	"sallyport/collectors/envfile"
	"sallyport/collectors/image"
	"sallyport/collectors/kubernetes"
	"sallyport/collectors/rusttoolchain"
	"sallyport/collectors/sbom"
	"sallyport/collectors/scan"
	"sallyport/collectors/systemd"
	"sallyport/collectors/workflow"
	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/policies"
)

// Options are what collectors must know beyond the tree.
type Options struct {
	// Root is true where the tree is the root of a file system.
	Root bool
	// BuildArgs are the values that docker build --build-arg will get.
	BuildArgs map[string]string
	// Advisories are what packages are audited with; nil for none.
	Advisories *advisory.Database
	// ImageSize bounds an image, as stored and unpacked; 0 is the default.
	ImageSize int64
	// ImageProgress, where set, is told how far the reading of an image has come.
	ImageProgress func(path string, done, total int64)
	// Registry is the index that knows yanked versions; nil for none.
	Registry *advisory.Registry
}

// All returns every collector.
func All(opts Options) ([]fact.Collector, error) {
	tables := func() (*dockerfile.Tables, error) {
		sub, err := fs.Sub(policies.FS, "tables")
		if err != nil {
			return nil, err
		}
		return dockerfile.ReadTables(sub)
	}
	return []fact.Collector{
		cargoconfig.Collector,
		cargolock.New(cargolock.Options{Advisories: opts.Advisories, Registry: opts.Registry}),
		cargomanifest.Collector,
		compose.New(),
		dockerfile.New(dockerfile.Options{BuildArgs: opts.BuildArgs, Tables: tables}),
		envfile.New(),
		image.New(image.Options{Size: opts.ImageSize, Progress: opts.ImageProgress}),
		kubernetes.New(),
		rusttoolchain.Collector,
		sbom.New(sbom.Options{Advisories: opts.Advisories}),
		scan.Collector,
		systemd.New(systemd.Options{Root: opts.Root}),
		workflow.Collector,
	}, nil
}
