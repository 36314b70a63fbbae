// Package collectors is the registry of all collectors, and runs them over a tree: discover, match, collect.
package collectors

import (
	"context"
	"io/fs"
	"strings"
	"sync"

	"sallyport/collectors/binary"
	"sallyport/collectors/cargoconfig"
	"sallyport/collectors/cargolock"
	"sallyport/collectors/cargomanifest"
	"sallyport/collectors/cargometadata"
	"sallyport/collectors/cargopolicy"
	"sallyport/collectors/compose"
	"sallyport/collectors/dockerfile"
	"sallyport/collectors/envfile"
	"sallyport/collectors/firewall"
	"sallyport/collectors/image"
	"sallyport/collectors/kubernetes"
	"sallyport/collectors/listen"
	"sallyport/collectors/receipt"
	"sallyport/collectors/rusttoolchain"
	"sallyport/collectors/sbom"
	"sallyport/collectors/scan"
	"sallyport/collectors/systemd"
	"sallyport/collectors/workflow"
	"sallyport/internal/advisory"
	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/tree"
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
	// ReceiptKeys are those that trusted configuration names for receipts.
	ReceiptKeys []*attest.PublicKey
	// Source identifies the tree, where receipts ask; nil is a tree in memory that no repository holds. ok is false
	// where no whole tree is judged.
	Source func(context.Context) (source tree.Source, ok bool, err error)
	// Commit, where set, returns the commit that is checked out; "" where there is none. Changed names the files of the tree
	// that differ between a commit and that one, without those that skip tells of.
	Commit  func() string
	Changed func(commit string, skip func(path string, head []byte) bool) ([]string, error)
	// Catalogue, where set, has the packages of each image listed by another program.
	Catalogue sbom.Cataloguer
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
	changed := changes(opts.Changed)
	bills := sbom.Options{Advisories: opts.Advisories, Registry: opts.Registry}
	all := []fact.Collector{
		binary.New(binary.Options{Advisories: opts.Advisories, Registry: opts.Registry}),
		cargoconfig.Collector,
		cargolock.New(cargolock.Options{Advisories: opts.Advisories, Registry: opts.Registry}),
		cargomanifest.Collector,
		cargometadata.Collector,
		cargopolicy.New(cargopolicy.Options{Advisories: opts.Advisories}),
		compose.New(),
		dockerfile.New(dockerfile.Options{BuildArgs: opts.BuildArgs, Tables: tables}),
		envfile.New(),
		firewall.New(),
		image.New(image.Options{
			Size: opts.ImageSize, Progress: opts.ImageProgress, Advisories: opts.Advisories, Registry: opts.Registry,
		}),
		kubernetes.New(),
		listen.Collector,
		receipt.New(receipt.Options{Keys: opts.ReceiptKeys, Judged: judged(opts.Source), Changed: changed}),
		rusttoolchain.Collector,
		sbom.New(bills),
		scan.New(scan.Options{Commit: opts.Commit, Changed: changed}),
		systemd.New(systemd.Options{Root: opts.Root}),
		workflow.Collector,
	}
	if opts.Catalogue != nil {
		all = append(all, sbom.OfImages(bills, image.Holds, opts.Catalogue))
	}
	return all, nil
}

// maxAsked bounds how many commits are compared with the one that is checked out.
const maxAsked = 100

// changes tells which files other than evidence have changed since a commit: a report that is committed to the repository names
// an earlier commit than the one that holds it. ok is false where that cannot be told.
func changes(files func(string, func(string, []byte) bool) ([]string, error)) func(commit string) (paths []string, ok bool) {
	if files == nil {
		return nil
	}
	type answer struct {
		paths []string
		ok    bool
	}
	var mu sync.Mutex
	known := map[string]answer{}
	return func(commit string) ([]string, bool) {
		mu.Lock()
		defer mu.Unlock()
		a, asked := known[commit]
		if !asked && len(known) < maxAsked {
			paths, err := files(commit, evidence)
			a = answer{paths, err == nil}
			known[commit] = a
		}
		return a.paths, a.ok
	}
}

// evidence tells of files about the sources: reports of scanners, bills of materials, receipts.
func evidence(path string, head []byte) bool {
	if strings.HasPrefix(path, tree.Receipts+"/") {
		return true
	}
	for _, c := range []fact.Collector{scan.New(scan.Options{}), sbom.New(sbom.Options{}), receipt.New(receipt.Options{})} {
		if c.Match(path, head[:min(len(head), fact.HeadSize)]) {
			return true
		}
	}
	return false
}

// judged answers for all receipts at once what tree is judged: every file of it is read.
func judged(source func(context.Context) (tree.Source, bool, error)) func(context.Context, fs.FS) (receipt.Judged, error) {
	if source == nil {
		return func(ctx context.Context, fsys fs.FS) (receipt.Judged, error) {
			s, err := tree.PlainSource(ctx, fsys)
			return receipt.Judged{Known: true, Tree: s.Tree}, err
		}
	}
	var once sync.Once
	var found receipt.Judged
	var failure error
	return func(ctx context.Context, _ fs.FS) (receipt.Judged, error) {
		once.Do(func() {
			s, ok, err := source(ctx)
			found, failure = receipt.Judged{Known: ok && err == nil, Commit: s.Commit, Tree: s.Tree, Dirty: s.Dirty}, err
		})
		return found, failure
	}
}
