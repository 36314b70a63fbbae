package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/advisory"
	"sallyport/internal/attest"
	"sallyport/internal/catalog"
	"sallyport/internal/config"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/git"
	"sallyport/internal/tree"
)

// sessionFlags are the flags of all commands that read a tree.
type sessionFlags struct {
	bundles, only, skip, buildArgs  []string
	config, trustedRef, profile, at string
	advisories, registry, root      string
	requireSigned, trustedKeys      []string
	catalog                         bool
	limits                          tree.Options
	brief                           bool // no report of the run shows facts
	// kinds are those of which documents are wanted; nil where the rules say it.
	kinds []string
}

func (f *sessionFlags) register(fl *pflag.FlagSet) {
	fl.StringArrayVar(&f.bundles, "bundle", nil, "directory or tar.gz of further rules (repeatable)")
	fl.StringVar(&f.config, "config", "", "configuration FILE; trusted where it is outside the tree (default: PATH/"+config.File+", which may only tighten)")
	fl.StringVar(&f.trustedRef, "trusted-ref", "", "git revision whose "+config.File+" is trusted, such as origin/main")
	fl.StringArrayVar(&f.only, "only", nil, "only this rule or kind (repeatable)")
	fl.StringArrayVar(&f.skip, "skip", nil, "without this rule or kind (repeatable)")
	fl.StringVar(&f.profile, "profile", "", "set of rules: "+strings.Join(bundles.Profiles(), ", "))
	fl.StringVar(&f.at, "now", "", "clock of the run, RFC 3339, for repeatable runs (default: the time)")
	fl.StringVar(&f.advisories, "advisories", "", "database of advisories: directory, zip or tar.gz of RustSec or OSV (default: the copy that 'advisories update' fetched)")
	fl.StringVar(&f.registry, "registry-index", "", "copy of the crates.io index, which knows yanked versions: a git checkout, or cargo's folder registry/index/...")
	fl.BoolVar(&f.catalog, "catalog", false, "have the packages of container images listed by "+catalog.Program+", and judged as a bill of materials")
	fl.StringVar(&f.root, "root", "", "judge DIR, in the place of PATH, as the root of a file system: systemd units are loaded from its load path")
	fl.StringArrayVar(&f.buildArgs, "build-arg", nil, "NAME=VALUE as docker build gets it (repeatable)")
	fl.StringArrayVar(&f.requireSigned, "require-signed", nil, "KIND of evidence that must be signed by a trusted key: receipt (repeatable)")
	fl.StringArrayVar(&f.trustedKeys, "trusted-key", nil, "public key FILE, in PEM, by which receipts may be signed (repeatable); must be outside the tree")
	fl.BoolVar(&f.limits.Vendored, "vendored", false, "judge the trees of dependencies, too: node_modules, vendor and their like")
	fl.Int64Var(&f.limits.FileSize, "max-file-size", 0, fmt.Sprintf("bytes up to which a file is read (default %d)", tree.DefaultFileSize))
	fl.Int64Var(&f.limits.ImageSize, "max-image-size", 0, fmt.Sprintf("bytes up to which a container image is read, stored and unpacked (default %d)", tree.DefaultImageSize))
	fl.IntVar(&f.limits.Files, "max-files", 0, fmt.Sprintf("files and folders up to which a tree is walked (default %d)", tree.DefaultFiles))
	fl.IntVar(&f.limits.Depth, "max-depth", 0, fmt.Sprintf("nested folders up to which a tree is walked (default %d)", tree.DefaultDepth))
}

// A session is a tree that is open, with the rules, the collectors and the configuration for it.
type session struct {
	tree       *tree.Tree
	fsys       fs.FS
	files      *tree.Listing
	repo       *git.Repository // nil outside a repository
	bundle     *bundles.Bundle
	collectors []fact.Collector
	effective  *config.Effective
	bindings   *gate.Bindings // nil where there are none
	now        time.Time
	fixedClock bool
	// watch, where set, is told how far the reading of an image has come.
	watch func(path string, done, total int64)
	// errors take away the verdict, but not the findings.
	errors []finding.Notification
}

func (s *session) Close() { s.tree.Close() }

// openSession opens a tree. What the caller got wrong is an error; what the tree or a bundle got wrong is
// kept in the session, because the rest can still be judged.
func openSession(ctx context.Context, f *sessionFlags, path string, failOn finding.Severity, stats *finding.Stats) (s *session, err error) {
	s = &session{now: time.Now()}
	if f.root != "" {
		if path != "." && path != f.root {
			return nil, fmt.Errorf("--root %s and the path %s: name one of them", f.root, path)
		}
		path = f.root
	}
	if f.at != "" {
		if s.now, err = time.Parse(time.RFC3339, f.at); err != nil {
			return nil, fmt.Errorf("--now %q is no RFC 3339 time: write it as 2026-01-31T12:00:00Z", f.at)
		}
		s.fixedClock = true
	}
	if err := s.loadRules(f, stats); err != nil {
		return nil, err
	}
	if err := s.openTree(f, path); err != nil {
		return nil, err
	}
	if err := s.configure(f, failOn); err != nil {
		s.Close()
		return nil, err
	}
	s.files, err = s.tree.Walk(ctx)
	s.errors = append(s.errors, gate.Notifications(err)...)
	opts, err := s.options(f)
	if err != nil {
		s.Close()
		return nil, err
	}
	s.collectors, err = collectors.All(opts)
	return s, err
}

// options are what collectors must know beyond the tree.
func (s *session) options(f *sessionFlags) (opts collectors.Options, err error) {
	args := s.effective.BuildArgs
	for _, arg := range f.buildArgs {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			value = os.Getenv(name)
		}
		args[name] = value
	}
	opts = collectors.Options{BuildArgs: args, Root: f.root != ""}
	if opts.Advisories, err = f.openAdvisories(); err == nil && f.registry != "" {
		opts.Registry, err = advisory.OpenRegistry(f.registry)
	}
	if err != nil {
		return opts, err
	}
	opts.ImageSize = s.tree.ImageSize()
	opts.ImageProgress = func(path string, done, total int64) {
		if s.watch != nil {
			s.watch(path, done, total)
		}
	}
	opts.Source = s.source
	opts.Commit = sync.OnceValue(func() string {
		if s.repo == nil {
			return ""
		}
		return s.repo.VCS(s.tree.Dir()).Revision
	})
	if s.repo != nil {
		opts.Changed = func(commit string, skip func(string, []byte) bool) ([]string, error) {
			return s.repo.Changed(commit, s.repo.VCS(s.tree.Dir()).Prefix, skip)
		}
	}
	if f.catalog || s.effective.Catalog {
		opts.Catalogue = s.cataloguer()
	}
	opts.ReceiptKeys, err = s.receiptKeys(f)
	return opts, err
}

// receiptKeys are the keys that the caller and the trusted configuration name. A file of the tree vouches for nothing.
func (s *session) receiptKeys(f *sessionFlags) ([]*attest.PublicKey, error) {
	keys := slices.Clone(s.effective.Keys)
	for _, file := range f.trustedKeys {
		if inside(s.tree.Dir(), file) {
			return nil, fmt.Errorf("--trusted-key %s: the file is part of the tree that is judged: keep the key elsewhere", file)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("--trusted-key: %w", err)
		}
		key, err := attest.ParsePublicKey(text)
		if err != nil {
			return nil, fmt.Errorf("--trusted-key %s: %w", file, err)
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// source identifies the tree for receipts.
func (s *session) source(ctx context.Context) (tree.Source, bool, error) {
	if !s.tree.Whole() {
		return tree.Source{}, false, nil
	}
	found, err := tree.ReadSource(ctx, s.tree.Dir())
	return found, err == nil, err
}

// loadRules loads the bundles. Where those of the caller do not load, the built-in rules still run.
func (s *session) loadRules(f *sessionFlags, stats *finding.Stats) (err error) {
	o := bundleOptions{dirs: f.bundles, clock: s.now, timing: timing(stats), brief: f.brief}
	if s.bundle, err = loadBundle(o); err != nil {
		s.errors = append(s.errors, gate.Notifications(err)...)
		o.dirs = nil
		if s.bundle, err = loadBundle(o); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) openTree(f *sessionFlags, path string) (err error) {
	if s.tree, err = tree.Open(path, f.limits); err != nil {
		return err
	}
	s.fsys = s.tree.FS()
	// A repository that cannot be read matters where its revisions are trusted; the walk says so itself
	// where ignore rules have no effect.
	if s.repo, err = git.Find(s.tree.Dir()); err != nil && f.trustedRef != "" {
		return fmt.Errorf("--trusted-ref %s: %w", f.trustedRef, err)
	}
	return nil
}

// policy is the configuration as the gate needs it.
func (s *session) policy() gate.Policy {
	e := s.effective
	return gate.Policy{
		FailOn: e.FailOn, Severities: e.Severities, Disabled: e.Disabled, Required: e.Required,
		AllowEmpty: e.AllowEmpty, Waive: e.Waive, Documents: e.Documents,
	}
}

// exampleCollectors are those of the registry and that of the configuration, for examples of rules. A run of
// the gate makes documents of sallyport.toml itself, once all waivers have been matched.
func exampleCollectors(now time.Time) ([]fact.Collector, error) {
	all, err := collectors.All(collectors.Options{})
	return append(all, config.Collector(now)), err
}
