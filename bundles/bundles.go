// Package bundles turns trees of Rego into bundles that can be evaluated: it loads, verifies, compiles and
// evaluates, and it is the only importer of OPA.
package bundles

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"sallyport/internal/finding"
)

// A Tree is a folder of rules: <kind>/<rule>.rego, lib/<noun>.rego and tables/<name>/data.json.
type Tree struct {
	// Name is how errors call the tree: its path.
	Name string
	FS   fs.FS
	// BuiltIn marks the rules that ship with the program. They are verified by its tests, so that a
	// run parses and compiles only what it needs of them; any other tree is verified whole by Load.
	BuiltIn bool
}

// text reads a file: that of a built-in tree, which is part of the program, when first asked for.
func (t Tree) text(file string) (func() string, error) {
	read := sync.OnceValues(func() (string, error) {
		text, err := fs.ReadFile(t.FS, file)
		return string(text), err
	})
	once := func() string {
		text, _ := read() // a rule without text is refused wherever it is read
		return text
	}
	if t.BuiltIn {
		return once, nil
	}
	_, err := read()
	return once, err
}

// Options are what a run adds to the rules.
type Options struct {
	// Schemas holds <kind>.json for each kind: what rules of the kind may read.
	Schemas fs.FS
	// Parameters override the defaults of rules, by rule name and parameter.
	Parameters map[string]map[string]any
	// Clock is what time.now_ns() answers; the zero Time is the time of Load.
	Clock time.Time
	// Timeout bounds the evaluation of one rule over one document; 0 is DefaultTimeout.
	Timeout time.Duration
	// Timing, where set, is told how long each rule took over each document, from several goroutines at
	// once. The rules are then evaluated one by one, which is slower.
	Timing func(rule string, took time.Duration)
	// Brief leaves out the facts at the places of findings where they are collections, and all at related places: JSON reports
	// alone show them.
	Brief bool
	// Interpret leaves the plans of built-in rules aside: OPA evaluates all rules. The answers are the same,
	// and the tests compare them.
	Interpret bool
}

// DefaultTimeout bounds the evaluation of one rule over one document.
const DefaultTimeout = 10 * time.Second

// A Bundle is a set of rules that can be evaluated: immutable, safe for concurrent use.
type Bundle struct {
	opts   Options
	shared *library
	sets   map[string][]*set // by kind: the built-in rules, then those of each further tree
	names  map[string]*source
}

// A source is the file of one rule.
type source struct {
	in   *Bundle
	tree Tree
	file string
	text func() string
	name string // kind/rule
	kind string

	once sync.Once
	rule *finding.Rule
	err  error
}

// ProjectKind is the kind of the rules that see every document at once.
const ProjectKind = "project"

// Load reads trees of rules. Every mistake of an author is an error here, with file and line: the errors
// of all files are joined. A tree adds rules; a rule that another tree has already is refused.
func Load(opts Options, trees ...Tree) (*Bundle, error) {
	if opts.Clock.IsZero() {
		opts.Clock = time.Now()
	}
	if opts.Timeout == 0 {
		opts.Timeout = DefaultTimeout
	}
	b := &Bundle{opts: opts, shared: &library{}, sets: map[string][]*set{}, names: map[string]*source{}}
	var errs []error
	for _, tree := range trees {
		if err := b.add(tree); err != nil {
			errs = append(errs, err)
		}
	}
	for _, kind := range b.Kinds() {
		for _, s := range b.sets[kind] {
			if !s.tree.BuiltIn {
				errs = append(errs, s.verify())
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return b, nil
}

// add reads the files of a tree and sorts them into sets by kind.
func (b *Bundle) add(tree Tree) error {
	var errs []error
	sets := map[string]*set{}
	err := fs.WalkDir(tree.FS, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case skipped(file, d):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(file, "_test.rego"):
			return nil
		}
		if err := b.addFile(tree, file, sets); err != nil {
			errs = append(errs, err)
		}
		return nil
	})
	for kind, s := range sets {
		b.sets[kind] = append(b.sets[kind], s)
	}
	return errors.Join(append(errs, err)...)
}

// skipped tells whether a folder is none of a bundle's.
func skipped(file string, d fs.DirEntry) bool {
	return d.IsDir() && (strings.HasPrefix(d.Name(), ".") && file != "." || d.Name() == "testdata")
}

func (b *Bundle) addFile(tree Tree, file string, sets map[string]*set) error {
	dir, base, nested := strings.Cut(file, "/")
	switch {
	case dir == "lib" && strings.HasSuffix(file, ".rego"):
		return b.shared.addModule(tree, file)
	case dir == "tables" && strings.HasSuffix(file, "/data.json"):
		return b.shared.addTable(tree, file)
	case !strings.HasSuffix(file, ".rego"):
		return nil
	case !nested || strings.Contains(base, "/"):
		return fmt.Errorf("%s/%s: a rule stands in the folder of its kind: <kind>/<rule>.rego", tree.Name, file)
	}
	text, err := tree.text(file)
	if err != nil {
		return err
	}
	name := strings.TrimSuffix(file, ".rego")
	if other := b.names[name]; other != nil {
		return fmt.Errorf("%s/%s: rule %s exists already in %s: a bundle adds rules and never replaces one; choose another name",
			tree.Name, file, name, other.tree.Name)
	}
	src := &source{in: b, tree: tree, file: file, text: text, name: name, kind: dir}
	b.names[name] = src
	if sets[dir] == nil {
		sets[dir] = &set{bundle: b, tree: tree, kind: dir}
	}
	sets[dir].sources = append(sets[dir].sources, src)
	return nil
}

// Only returns a bundle of those rules whose name keep accepts.
func (b *Bundle) Only(keep func(name string) bool) *Bundle { return b.derive(b.opts, keep) }

// WithParameters returns the bundle with other values for the parameters of rules, by rule and name.
func (b *Bundle) WithParameters(parameters map[string]map[string]any) *Bundle {
	opts := b.opts
	opts.Parameters = parameters
	return b.derive(opts, func(string) bool { return true })
}

func (b *Bundle) derive(opts Options, keep func(name string) bool) *Bundle {
	d := &Bundle{opts: opts, shared: b.shared, sets: map[string][]*set{}, names: map[string]*source{}}
	for kind, sets := range b.sets {
		for _, s := range sets {
			part := &set{bundle: d, tree: s.tree, kind: kind}
			for _, src := range s.sources {
				if keep(src.name) {
					part.sources = append(part.sources, src)
					d.names[src.name] = src
				}
			}
			if len(part.sources) > 0 {
				d.sets[kind] = append(d.sets[kind], part)
			}
		}
	}
	return d
}

// Kinds lists the kinds that have rules, sorted.
func (b *Bundle) Kinds() []string { return slices.Sorted(maps.Keys(b.sets)) }

// Names lists the names of all rules, sorted. It reads no metadata.
func (b *Bundle) Names() []string { return slices.Sorted(maps.Keys(b.names)) }

// Rule returns a rule by its name, or by one that it had before; nil where there is none.
func (b *Bundle) Rule(name string) (*finding.Rule, error) {
	if src := b.names[name]; src != nil {
		return src.meta()
	}
	rules, err := b.Rules()
	for _, r := range rules {
		if slices.Contains(r.Aliases, name) {
			return r, nil
		}
	}
	return nil, err
}

// Rules returns the rules of the kinds, or all rules where no kind is given, sorted by name.
func (b *Bundle) Rules(kinds ...string) ([]*finding.Rule, error) {
	var rules []*finding.Rule
	var errs []error
	for _, name := range b.Names() {
		src := b.names[name]
		if len(kinds) > 0 && !slices.Contains(kinds, src.kind) {
			continue
		}
		rule, err := src.meta()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		rules = append(rules, rule)
	}
	return rules, errors.Join(errs...)
}

// Prepare compiles the rules of the kinds, each kind beside the others. Eval does the same when first
// needed; Prepare lets it happen earlier, while documents are collected.
func (b *Bundle) Prepare(ctx context.Context, kinds ...string) error {
	var wg sync.WaitGroup
	var sets []*set
	for _, kind := range kinds {
		sets = append(sets, b.sets[kind]...)
	}
	errs := make([]error, len(sets))
	for i, s := range sets {
		wg.Go(func() {
			if ctx.Err() == nil {
				errs[i] = s.ready()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

func (s *source) meta() (*finding.Rule, error) {
	s.once.Do(func() {
		if s.rule = s.in.shared.plans.of(s.tree, s.kind).rule(s); s.rule == nil {
			s.rule, s.err = readMetadata(s)
		}
	})
	return s.rule, s.err
}

// errorf is an error at a line of the rule's file.
func (s *source) errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s/%s:%d: %s", s.tree.Name, s.file, line, fmt.Sprintf(format, args...))
}
