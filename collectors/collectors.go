// Package collectors is the registry of all collectors, and runs them over a tree: discover, match, collect.
package collectors

import (
	"sallyport/collectors/cargolock"
	"sallyport/collectors/kubernetes"
	"sallyport/collectors/rusttoolchain"
	"sallyport/collectors/scan"
	"sallyport/collectors/workflow"
	"sallyport/internal/fact"
)

// Options are what collectors must know beyond the tree.
type Options struct {
	// BuildArgs are the values that docker build --build-arg will get.
	BuildArgs map[string]string
}

// All returns every collector.
func All(opts Options) ([]fact.Collector, error) {
	return []fact.Collector{
		cargolock.Collector,
		kubernetes.New(),
		rusttoolchain.Collector,
		workflow.Collector,
		scan.Collector,
	}, nil
}
