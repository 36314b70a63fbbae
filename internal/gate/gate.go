// Package gate judges documents by the rules of a bundle, applies the configuration, and decides.
package gate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/tree"
)

// Options are the inputs of a run; none may be nil.
type Options struct {
	Bundle     *bundles.Bundle
	Collectors []fact.Collector
	FS         fs.FS
	Files      *tree.Listing
	// Now is the clock of the run.
	Now time.Time
	// Policy is the configuration in force.
	Policy Policy
	// Bindings, where set, say by which rules objects of a cluster are judged.
	Bindings *Bindings
	// Read are files of the tree that were read elsewhere, such as its configuration.
	Read []string
	// Errors are what went wrong before, such as a bundle that does not load: they take away the verdict.
	Errors []finding.Notification
	// Stats, where set, receives where the time went.
	Stats *finding.Stats
	// Progress, where set, is told how many of the files are done, from several goroutines at once.
	Progress func(done, total int)
}

// A Gate holds what a run has found so far.
type Gate struct {
	opts Options

	mu        sync.Mutex
	found     [][]finding.Finding // by match, so that the order of evaluation does not show
	notes     [][]finding.Notification
	kept      [][]*bundles.Input // for project rules
	documents map[string]int
	brought   map[string]bool // kinds of documents that the run has not made by itself
	used      map[string]bool // files that went into a document
	secrets   []string
	done      int
	// namespaces are the labels of those in the tree, and unbound counts the objects that no binding is for.
	namespaces map[string]map[string]string
	unbound    int
}

// Run collects the documents of a tree, judges them and decides. The report is whole even where the
// verdict is finding.None: whatever could be judged is in it.
func Run(ctx context.Context, opts Options) *finding.Report {
	g := &Gate{opts: opts, documents: map[string]int{}, brought: map[string]bool{}, used: map[string]bool{}}
	report := &finding.Report{Started: opts.Now, FailOn: opts.Policy.FailOn, Documents: g.documents, Stats: opts.Stats}
	notes := slices.Clone(opts.Errors)

	watch := newWatch(opts.Stats)
	found, err := collectors.Discover(ctx, opts.FS, opts.Files, opts.Collectors)
	notes = append(notes, Notifications(err)...)
	watch.phase("discover")

	prepared := make(chan error, 1)
	go func() { prepared <- opts.Bundle.Prepare(ctx, append(found.Kinds(), bundles.ProjectKind)...) }()
	g.labels(ctx, found)
	g.judge(ctx, found)
	watch.phase("collect and judge")
	notes = append(notes, Notifications(<-prepared)...)

	notes = append(append(notes, slices.Concat(g.notes...)...), g.unboundNote()...)
	projectFound, err := g.project(ctx)
	all := slices.Concat(append(g.found, projectFound)...)
	g.found, g.kept = nil, nil
	notes = append(notes, Notifications(err)...)
	watch.phase("project")

	report.Rules, err = opts.Bundle.Rules(append(slices.Sorted(maps.Keys(g.documents)), bundles.ProjectKind)...)
	notes = append(notes, Notifications(err)...)
	report.Unrecognised, report.UnrecognisedCount = g.unrecognised(found.Rest)
	report.Skipped = opts.Files.Skipped()
	notes = append(notes, g.outside(report.Skipped)...)
	report.Findings, report.Notifications = all, notes
	g.decide(ctx, report)
	watch.phase("decide")
	return report
}

// outside are the documents by their names that stand elsewhere, behind a link out of the tree: nobody has judged them. Links
// between units are systemd's, and read by its rules.
func (g *Gate) outside(skipped []finding.Skip) (notes []finding.Notification) {
	for _, s := range skipped {
		if s.Reason != tree.Outside {
			continue
		}
		for _, m := range collectors.Wanted(s.Path, nil, g.opts.Collectors) {
			if m.Collector.Kind != "systemd" {
				notes = append(notes, finding.Notification{
					Error: true, File: s.Path, Message: "a link out of the tree: the " + m.Collector.Kind + " document behind it is not judged",
					Hint: "check a folder that holds both, or put the file in the place of the link",
				})
				break
			}
		}
	}
	return notes
}

// judge collects and evaluates, file by file on all cores. Documents are let go as soon as they are
// judged, unless a project rule reads their kind.
func (g *Gate) judge(ctx context.Context, found *collectors.Discovery) {
	n := len(found.Matches)
	g.found = make([][]finding.Finding, n)
	g.notes = make([][]finding.Notification, n)
	g.kept = make([][]*bundles.Input, n)
	ctx = found.Context(fact.WithIgnored(ctx, g.opts.Files.Ignored))
	err := collectors.Collect(ctx, g.opts.FS, found.Matches, func(i int, docs []fact.Document, took time.Duration, err error) {
		kind := found.Matches[i].Collector.Kind
		notes := Notifications(err)
		var fs []finding.Finding
		var kept []*bundles.Input
		lines := &lineReader{fsys: g.opts.FS}
		for d := range docs {
			in := g.opts.Bundle.NewInput(&docs[d])
			f, err, bound := g.bound(ctx, &docs[d])
			if !bound {
				f, err = judge(ctx, g.opts.Bundle, lines, in)
			}
			if fs == nil {
				fs = f
			} else {
				fs = append(fs, f...)
			}
			notes = append(notes, Notifications(err)...)
			if !found.Matches[i].Collector.Streams {
				in.Release(func() (*fact.Document, error) { return again(ctx, g.opts.FS, found.Matches[i], d) }, lines.short)
			}
			if g.opts.Bundle.ReadByProject(kind) {
				kept = append(kept, in)
			}
		}
		g.found[i], g.notes[i], g.kept[i] = fs, notes, kept
		g.count(found.Matches[i], docs, took, n)
	})
	if err != nil {
		g.notes = append(g.notes, Notifications(fmt.Errorf("the run was stopped before every file was judged: %w", err)))
	}
}

// again collects a document a second time.
func again(ctx context.Context, fsys fs.FS, m collectors.Match, i int) (*fact.Document, error) {
	docs, err := m.Collector.Collect(ctx, fsys, m.Path)
	if i >= len(docs) {
		return nil, errors.Join(errors.New("the file has changed"), err)
	}
	return &docs[i], nil
}

func (g *Gate) count(m collectors.Match, docs []fact.Document, took time.Duration, total int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(docs) > 0 {
		g.documents[m.Collector.Kind] += len(docs)
		g.brought[m.Collector.Kind] = g.brought[m.Collector.Kind] || !m.Collector.Derived
		g.used[m.Path] = true
	}
	for _, d := range docs {
		for _, f := range d.Files {
			g.used[f] = true
		}
		g.secrets = append(g.secrets, d.Secrets...)
	}
	if g.opts.Stats != nil {
		g.opts.Stats.Collectors[m.Collector.Kind] += took
	}
	g.done++
	if g.opts.Progress != nil {
		g.opts.Progress(g.done, total)
	}
}

// project evaluates the rules that see every document at once.
func (g *Gate) project(ctx context.Context) ([]finding.Finding, error) {
	kinds := make([]string, len(g.opts.Collectors))
	for i, c := range g.opts.Collectors {
		kinds[i] = c.Kind
	}
	in, err := bundles.Project(kinds, slices.Concat(g.kept...))
	if err != nil {
		return nil, err
	}
	found, err := g.opts.Bundle.Eval(ctx, in)
	// A project rule may speak of any document, so the secrets of all are masked.
	all := map[*fact.Document]*fact.Document{}
	for i := range found {
		d := found[i].Document
		if all[d] == nil {
			doc := *d
			doc.Secrets = g.secrets
			all[d] = &doc
		}
		found[i].Document = all[d]
	}
	complete(&lineReader{fsys: g.opts.FS}, found)
	return found, err
}

// unrecognised picks, of the files that no collector wanted, those that look like evidence.
func (g *Gate) unrecognised(rest []string) (named []string, count int) {
	for _, file := range rest {
		if g.used[file] || slices.Contains(g.opts.Read, file) {
			continue
		}
		if looksLikeEvidence(file) {
			if g.opts.Files.Ignored(file) {
				continue
			}
			named = append(named, file)
		}
		count++
	}
	return named, count
}

// Notifications makes one notification of each joined error.
func Notifications(err error) []finding.Notification {
	var notes []finding.Notification
	for _, e := range fact.Errors(err) {
		n := finding.Notification{Error: true, Message: e.Error()}
		var at *fact.Error
		var rule *bundles.RuleError
		var path *fs.PathError
		switch {
		case errors.As(e, &at):
			n = finding.Notification{Error: true, File: at.File, Line: at.Line, Column: at.Column, Message: at.Msg, Hint: at.Hint}
		case errors.As(e, &rule):
			n.Rule, n.File, n.Message = rule.Rule, rule.Path, rule.Err.Error()
		case errors.As(e, &path):
			n.File, n.Message = path.Path, path.Err.Error()
		}
		notes = append(notes, n)
	}
	return notes
}
