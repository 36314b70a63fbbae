package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sallyport/bundles"
	"sallyport/policies"
)

// bundleOptions say which rules a command loads.
type bundleOptions struct {
	dirs       []string
	parameters map[string]map[string]any
	clock      time.Time
	timing     func(rule string, took time.Duration)
	brief      bool // no report shows facts
}

// loadBundle loads the built-in rules and those of each directory or archive.
func loadBundle(o bundleOptions) (*bundles.Bundle, error) {
	trees := []bundles.Tree{{Name: "policies", FS: policies.FS, BuiltIn: true}}
	for _, dir := range o.dirs {
		tree, err := openBundle(dir)
		if err != nil {
			return nil, err
		}
		trees = append(trees, tree)
	}
	opts, err := engineOptions(o)
	if err != nil {
		return nil, err
	}
	return bundles.Load(opts, trees...)
}

func engineOptions(o bundleOptions) (bundles.Options, error) {
	schemas, err := fs.Sub(policies.FS, "schemas")
	return bundles.Options{Schemas: schemas, Parameters: o.parameters, Clock: o.clock, Timing: o.timing, Brief: o.brief}, err
}

func openBundle(dir string) (bundles.Tree, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return bundles.Tree{}, fmt.Errorf("--bundle %s: %w", dir, err)
	}
	tree := bundles.Tree{Name: filepath.ToSlash(filepath.Clean(dir)), FS: os.DirFS(dir)}
	if !info.IsDir() {
		if tree.FS, err = bundles.Archive(dir); err != nil {
			return bundles.Tree{}, fmt.Errorf("--bundle %s: %w", dir, err)
		}
	}
	rules, err := fs.Glob(tree.FS, "*/*.rego")
	if err == nil && len(rules) == 0 {
		err = fmt.Errorf("--bundle %s: no <kind>/<rule>.rego in it: name the folder that holds the kinds", dir)
	}
	return tree, err
}

// oneOf looks a flag's value up; an unknown one is an error with the right names.
func oneOf[T any](flag, value string, values map[string]T) (T, error) {
	v, ok := values[value]
	if !ok {
		return v, fmt.Errorf("%s %q: choose one of %s", flag, value, names(values))
	}
	return v, nil
}

// names lists the keys of a table, for help and errors.
func names[T any](values map[string]T) string {
	return strings.Join(slices.Sorted(maps.Keys(values)), ", ")
}
