package collectors

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/tree"
)

// A Match is a file and the collector that wants it.
type Match struct {
	Path      string
	Collector *fact.Collector
}

// A Discovery is what a walk over a tree came to.
type Discovery struct {
	// Matches are sorted by path; a file that several collectors want is there several times.
	Matches []Match
	// Rest are the files that no collector wants, sorted.
	Rest []string
}

// Kinds lists the kinds that were matched, sorted.
func (d *Discovery) Kinds() []string {
	seen := map[string]bool{}
	var kinds []string
	for _, m := range d.Matches {
		if !seen[m.Collector.Kind] {
			seen[m.Collector.Kind] = true
			kinds = append(kinds, m.Collector.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}

// Context is one in which collectors can ask which files are documents of a kind.
func (d *Discovery) Context(ctx context.Context) context.Context {
	files := map[string][]string{}
	for _, m := range d.Matches {
		files[m.Collector.Kind] = append(files[m.Collector.Kind], m.Path)
	}
	return fact.WithFound(ctx, func(kind string) []string { return files[kind] })
}

// Discover asks each collector about each file of a listing. A file that git ignores counts for evidence
// alone: reports are made by the build and rarely committed.
func Discover(ctx context.Context, fsys fs.FS, files *tree.Listing, all []fact.Collector) (*Discovery, error) {
	found := make([][]Match, len(files.Files))
	errs := make([]error, len(files.Files))
	layouts := layoutsOf(files)
	err := parallel(ctx, len(files.Files), func(i int) {
		file := files.Files[i]
		if layouts.blob(file.Path) {
			return
		}
		found[i], errs[i] = matches(fsys, file.Path, all)
		committed := func(m Match) bool { return !m.Collector.Evidence }
		// Ignored lists what it is asked about as left out, so it is not asked about evidence.
		if slices.ContainsFunc(found[i], committed) && files.Ignored(file.Path) {
			found[i] = slices.DeleteFunc(found[i], committed)
		}
	})
	d := &Discovery{}
	taken := map[Match]bool{}
	for i, file := range files.Files {
		n := len(d.Matches)
		for _, m := range found[i] {
			// A link to a file that is judged under its own name would be judged twice.
			if file.Target != "" && taken[Match{file.Target, m.Collector}] {
				continue
			}
			taken[m] = true
			d.Matches = append(d.Matches, m)
		}
		if len(d.Matches) == n && errs[i] == nil {
			d.Rest = append(d.Rest, file.Path)
		}
	}
	return d, errors.Join(append(errs, err)...)
}

// layouts are the folders that hold an OCI image layout.
type layouts map[string]bool

func layoutsOf(files *tree.Listing) layouts {
	found := layouts{}
	for _, f := range files.Files {
		if path.Base(f.Path) == "oci-layout" {
			found[path.Dir(f.Path)] = true
		}
	}
	return found
}

// blob tells of the parts of a layout: what a manifest leads to is judged with it, and is no document by itself.
func (l layouts) blob(file string) bool {
	if len(l) == 0 {
		return false
	}
	folder, hash := path.Split(file)
	algorithm := path.Dir(folder[:max(len(folder)-1, 0)])
	name := path.Base(folder)
	hex := strings.Trim(hash, "0123456789abcdef") == ""
	return path.Base(algorithm) == "blobs" && l[path.Dir(algorithm)] && hex &&
		(name == "sha256" && len(hash) == 64 || name == "sha512" && len(hash) == 128)
}

// matches asks by name first: most files are decided by it, and reading a head costs far more.
func matches(fsys fs.FS, file string, all []fact.Collector) ([]Match, error) {
	found := Wanted(file, nil, all)
	if len(found) > 0 || !byContent(file) {
		return found, nil
	}
	head, err := tree.Head(fsys, file)
	if err != nil {
		return nil, err
	}
	return Wanted(file, head, all), nil
}

// Wanted lists the collectors that want a file, by its first bytes or, where these are nil, by its name alone.
func Wanted(file string, head []byte, all []fact.Collector) (found []Match) {
	for i := range all {
		if all[i].Match(file, head) {
			found = append(found, Match{file, &all[i]})
		}
	}
	return found
}

// neverByContent are extensions of files that no collector judges by what is in them: sources, prose,
// pictures. It saves opening most files of a repository.
var neverByContent = func() map[string]bool {
	set := map[string]bool{}
	for _, ext := range strings.Fields(`.rs .go .py .js .mjs .cjs .jsx .ts .tsx .c .h .cc .cpp .hpp .java .kt .rb .php .cs .swift
		.scala .md .rst .adoc .html .css .scss .svg .png .jpg .jpeg .gif .webp .ico .pdf .zip .xz .bz2 .a .o .rlib
		.rmeta .d .woff .woff2 .ttf .mp4 .sql .proto .rego .sum .mod .snap .txtar .csv .tsv .patch .diff`) {
		set[ext] = true
	}
	return set
}()

func byContent(file string) bool { return !neverByContent[strings.ToLower(path.Ext(file))] }

// Collect runs the collectors over their matches, on all cores, and hands each result to each, with the
// index of its match and the time it took. each is called from several goroutines at once. A collector that panics is an error
// of its file alone.
func Collect(ctx context.Context, fsys fs.FS, matches []Match, each func(i int, docs []fact.Document, took time.Duration, err error)) error {
	return parallel(ctx, len(matches), func(i int) {
		start := time.Now()
		docs, err := collect(ctx, fsys, matches[i])
		each(i, docs, time.Since(start), err)
	})
}

func collect(ctx context.Context, fsys fs.FS, m Match) (docs []fact.Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			docs, err = nil, &fact.Error{
				File: m.Path, Msg: fmt.Sprintf("the %s collector panicked: %v", m.Collector.Kind, r),
				Hint: "report this file to the maintainers",
			}
		}
	}()
	if m.Collector.Streams {
		fsys = tree.Streaming(fsys)
	}
	return m.Collector.Collect(ctx, fsys, m.Path)
}

// parallel calls f for each index on all cores, until the context ends.
func parallel(ctx context.Context, n int, f func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
