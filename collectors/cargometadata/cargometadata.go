// Package cargometadata reads what `cargo metadata --format-version 1` wrote: which packages a workspace is built of,
// with their licenses, programs of the build and enabled features.
package cargometadata

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"sync"

	"sallyport/internal/fact"
	"sallyport/internal/spdx"
	"sallyport/internal/syntax"
)

// Collector reads JSON files that begin as cargo metadata writes them.
var Collector = fact.Collector{
	Kind:     "cargo_metadata",
	Example:  "metadata.json",
	Facts:    Metadata{},
	Evidence: true,
	Match: func(file string, head []byte) bool {
		return path.Ext(file) == ".json" && opening().Match(head) && license().Match(head)
	},
	Collect: collect,
}

var (
	opening = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*\{\s*"packages"\s*:\s*\[\s*\{\s*"name"\s*:`)
	})
	license = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`"license_file"\s*:`) })
)

// A Metadata is the output of cargo metadata (https://doc.rust-lang.org/cargo/commands/cargo-metadata.html).
type Metadata struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// Version is that of the format: 1.
	Version int `json:"version"`
	// Resolved is true where the file says which features are enabled; --no-deps leaves it out.
	Resolved bool `json:"resolved"`
	// Count is how many packages there are, and Members how many of them are the workspace's own.
	Count   int `json:"count"`
	Members int `json:"members"`
	// Packages are in the order of the file.
	Packages []Package `json:"packages"`
}

// A Package is one package of the build.
type Package struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Kind is "path", "registry", "git" or "unknown", and Source is the text that says it; "" for a path.
	Kind   string `json:"kind"`
	Source string `json:"source"`
	// Member is true for the workspace's own packages.
	Member bool `json:"member"`
	// Publish is false where the package may not go to any registry.
	Publish bool         `json:"publish"`
	License spdx.License `json:"license"`
	// BuildScript is true where a program of the package runs before it is compiled, and ProcMacro where one runs in
	// the compiler.
	BuildScript bool `json:"build_script"`
	ProcMacro   bool `json:"proc_macro"`
	// Links is the native library that the package links.
	Links string `json:"links"`
	// RustVersion is the oldest compiler that the package supports; "" where it does not say.
	RustVersion string `json:"rust_version"`
	// Features are those that are enabled, and Offered those that there are, both sorted.
	Features []string `json:"features"`
	Offered  []string `json:"offered"`
}

func collect(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	tree, err := syntax.JSON(file, data)
	if err != nil {
		return nil, err
	}
	r := reader{file: file, spans: tree.Spans, routes: syntax.NewRoutes(tree.Spans)}
	top, _ := tree.Value.(map[string]any)
	m := r.read(top)
	doc := fact.Document{Kind: "cargo_metadata", Path: file, Facts: m, Spans: r.routes.Find, Secrets: r.secrets}
	return []fact.Document{doc}, errors.Join(r.errs...)
}
