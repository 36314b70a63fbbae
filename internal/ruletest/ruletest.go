// Package ruletest proves rules on artifacts: their bad and good examples, and fixture directories, go
// through the real collectors and the real gate.
package ruletest

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"sallyport/bundles"
	"sallyport/collectors/binary"
	"sallyport/collectors/cargolock"
	"sallyport/collectors/cargopolicy"
	"sallyport/collectors/image"
	"sallyport/collectors/receipt"
	"sallyport/collectors/sbom"
	"sallyport/collectors/scan"
	"sallyport/internal/advisory"
	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/imagepack"
	"sallyport/internal/tree"
)

// A Result is one example or fixture; Problem is "" where it proves what it should.
type Result struct {
	// Rule is the rule under test and Name the example: "bad", or a fixture's path.
	Rule, Name string
	Problem    string
}

// A Prover runs examples. Collectors must hold one for each kind that rules have.
type Prover struct {
	Bundle     *bundles.Bundle
	Collectors []fact.Collector
	Now        time.Time
}

// Examples runs the bad and the good example of each rule.
func (p *Prover) Examples(ctx context.Context, rules []*finding.Rule) []Result {
	var results []Result
	for _, r := range rules {
		for _, e := range []struct {
			name, text string
			fires      bool
		}{{"bad", r.Bad, true}, {"good", r.Good, false}} {
			fsys, err := p.files(r.Kind, e.text)
			result := Result{Rule: r.Name, Name: e.name}
			if err != nil {
				result.Problem = err.Error()
			} else {
				result.Problem = p.prove(ctx, r, fsys, e.fires)
			}
			results = append(results, result)
		}
	}
	return results
}

// Fixtures runs testdata/<kind>/<rule>/bad* and good* of a bundle's folder: each is a file, or a folder that
// is judged as a repository of its own.
func (p *Prover) Fixtures(ctx context.Context, bundle fs.FS) []Result {
	var results []Result
	names, _ := fs.Glob(bundle, "testdata/*/*/*")
	for _, name := range names {
		base := path.Base(name)
		bad, good := strings.HasPrefix(base, "bad"), strings.HasPrefix(base, "good")
		if !bad && !good {
			continue
		}
		rule := strings.TrimPrefix(path.Dir(name), "testdata/")
		result := Result{Rule: rule, Name: name}
		r, err := p.Bundle.Rule(rule)
		switch {
		case err != nil:
			result.Problem = err.Error()
		case r == nil:
			result.Problem = "there is no rule of that name"
		default:
			fsys, err := p.fixture(bundle, name, r.Kind)
			if err != nil {
				result.Problem = err.Error()
			} else {
				result.Problem = p.prove(ctx, r, fsys, bad)
			}
		}
		results = append(results, result)
	}
	return results
}

// fixture is a folder as it is, or a file under the name that its kind expects where its own says nothing.
func (p *Prover) fixture(bundle fs.FS, name, kind string) (fs.FS, error) {
	info, err := fs.Stat(bundle, name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return fs.Sub(bundle, name)
	}
	text, err := fs.ReadFile(bundle, name)
	if err != nil {
		return nil, err
	}
	return p.files(kind, string(text))
}

// files lays out an example: a txtar archive, or the text of one file of the kind.
func (p *Prover) files(kind, text string) (fs.FS, error) {
	if strings.HasPrefix(text, "-- ") {
		return layOut(txtar.Parse([]byte(text)).Files)
	}
	i := slices.IndexFunc(p.Collectors, func(c fact.Collector) bool { return c.Kind == kind })
	if i < 0 {
		return nil, fmt.Errorf("an example of a %s rule is a txtar archive: start it with -- file name --", kind)
	}
	return fstest.MapFS{p.Collectors[i].Example: {Data: []byte(text)}}, nil
}

// layOut makes a repository of an archive. What stands under a name such as app.tar/ becomes an image of that name:
// package imagepack says how. A name that ends in " auditable" is that of a program with the list of crates.
func layOut(files []txtar.File) (fs.FS, error) {
	fsys := fstest.MapFS{}
	images := map[string][]imagepack.File{}
	for _, f := range files {
		if name, part, ok := strings.Cut(f.Name, ".tar/"); ok && !strings.Contains(name, "/") {
			images[name] = append(images[name], imagepack.File{Name: part, Data: f.Data})
			continue
		}
		if name, ok := strings.CutSuffix(f.Name, " auditable"); ok {
			f = txtar.File{Name: name, Data: imagepack.Auditable(string(f.Data))}
		}
		if !fs.ValidPath(f.Name) {
			return nil, fmt.Errorf("the example's file name %q is no path in a repository", f.Name)
		}
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for name, parts := range images {
		data, err := imagepack.Archive(name+":1.4.2", parts)
		if err != nil {
			return nil, fmt.Errorf("the example's image %s.tar: %w", name, err)
		}
		fsys[name+".tar"] = &fstest.MapFile{Data: data}
	}
	return fsys, nil
}

// prove says what is wrong with an example, or "".
func (p *Prover) prove(ctx context.Context, rule *finding.Rule, fsys fs.FS, fires bool) string {
	files, err := tree.Walk(ctx, fsys, tree.Options{})
	if err != nil {
		return err.Error()
	}
	collectors, err := p.audited(fsys)
	if err != nil {
		return err.Error()
	}
	report := gate.Run(ctx, gate.Options{
		Bundle:     configured(p.Bundle.Only(func(name string) bool { return name == rule.Name }), rule),
		Collectors: collectors, FS: fsys, Files: files, Now: p.Now,
		Policy: gate.Policy{FailOn: finding.Low, AllowEmpty: true},
	})
	for _, n := range report.Notifications {
		if n.Error {
			return strings.TrimPrefix(fmt.Sprintf("%s:%d: %s", n.File, n.Line, n.Message), ":0: ")
		}
	}
	switch found := len(report.Findings); {
	case fires && found == 0:
		return "the rule does not fire"
	case !fires && found > 0:
		return fmt.Sprintf("the rule fires: line %d: %s", report.Findings[0].Span.Line, report.Findings[0].Message)
	case !fires && rule.Kind != bundles.ProjectKind && report.Documents[rule.Kind] == 0:
		return fmt.Sprintf("no %s document in it: it proves nothing", rule.Kind)
	}
	return ""
}

// audited are the collectors for an example: one that has the folder advisory-db or registry-index is audited
// with it, the keys in the folder trusted-keys are those that may sign receipts, and the file git-commit holds the commit
// that is checked out.
func (p *Prover) audited(fsys fs.FS) ([]fact.Collector, error) {
	var opts cargolock.Options
	var err error
	if sub, ok := folder(fsys, "advisory-db"); ok {
		if opts.Advisories, err = advisory.Read(sub); err != nil {
			return nil, err
		}
	}
	if sub, ok := folder(fsys, "registry-index"); ok {
		if opts.Registry, err = advisory.ReadRegistry(sub); err != nil {
			return nil, err
		}
	}
	keys, err := trusted(fsys)
	commit, _ := fs.ReadFile(fsys, "git-commit")
	if err != nil || opts == (cargolock.Options{}) && len(keys) == 0 && len(commit) == 0 {
		return p.Collectors, err
	}
	audited := slices.Clone(p.Collectors)
	for i := range audited {
		switch {
		case audited[i].Kind == "cargo_lock" && opts != (cargolock.Options{}):
			audited[i] = cargolock.New(opts)
		case audited[i].Kind == binary.Kind:
			audited[i] = binary.New(binary.Options(opts))
		case audited[i].Kind == image.Kind:
			audited[i] = image.New(image.Options{Advisories: opts.Advisories, Registry: opts.Registry})
		case audited[i].Kind == "cargo_policy" && opts.Advisories != nil:
			audited[i] = cargopolicy.New(cargopolicy.Options{Advisories: opts.Advisories})
		case audited[i].Kind == sbom.Kind:
			audited[i] = sbom.New(sbom.Options(opts))
		case audited[i].Kind == scan.Kind:
			audited[i] = scan.New(scan.Options{Commit: func() string { return strings.TrimSpace(string(commit)) }})
		case audited[i].Kind == receipt.Kind && len(keys) > 0:
			audited[i] = receipt.New(receipt.Options{Keys: keys})
		}
	}
	return audited, nil
}

func trusted(fsys fs.FS) ([]*attest.PublicKey, error) {
	files, err := fs.Glob(fsys, "trusted-keys/*")
	var keys []*attest.PublicKey
	for _, file := range files {
		var text []byte
		if text, err = fs.ReadFile(fsys, file); err != nil {
			return nil, err
		}
		key, err := attest.ParsePublicKey(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		keys = append(keys, key)
	}
	return keys, err
}

// configured gives a bundle the values with which a rule's examples are proved.
func configured(b *bundles.Bundle, rule *finding.Rule) *bundles.Bundle {
	values := map[string]any{}
	for name, p := range rule.Parameters {
		if p.Example != nil {
			values[name] = p.Example
		}
	}
	if len(values) == 0 {
		return b
	}
	return b.WithParameters(map[string]map[string]any{rule.Name: values})
}

func folder(fsys fs.FS, name string) (fs.FS, bool) {
	if info, err := fs.Stat(fsys, name); err != nil || !info.IsDir() {
		return nil, false
	}
	sub, err := fs.Sub(fsys, name)
	return sub, err == nil
}
