package bundles

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// A TestResult is one test_ rule that was run.
type TestResult struct {
	Name, File string
	Line       int
	Passed     bool
	// Message says why it did not pass, and holds what it printed.
	Message string
}

// A FileCoverage says how much of a rule's file the tests have run.
type FileCoverage struct {
	File    string
	Percent float64
	// Missing are the lines that no test has run.
	Missing []int
}

// A TestReport is what the Rego tests of a tree came to, sorted by file and line.
type TestReport struct {
	Results  []TestResult
	Coverage []FileCoverage
}

// Test runs the Rego tests (<rule>_test.rego, rules named test_...) of the bundle's trees that are not
// built in, or of all trees where every one is, and measures the coverage of each rule's file.
func Test(ctx context.Context, opts Options, trees ...Tree) (*TestReport, error) {
	b, err := Load(opts, trees...)
	if err != nil {
		return nil, err
	}
	under := slices.DeleteFunc(slices.Clone(trees), func(t Tree) bool { return t.BuiltIn })
	if len(under) == 0 {
		under = trees
	}
	modules := map[string]*ast.Module{}
	for _, tree := range under {
		if err := testModules(tree, modules); err != nil {
			return nil, err
		}
		if err := b.shared.needed(tree, modules); err != nil {
			return nil, err
		}
	}
	report, err := b.runTests(ctx, modules)
	if err != nil {
		return nil, err
	}
	// Helpers of other trees took part, but their coverage is not this tree's matter.
	report.Coverage = slices.DeleteFunc(report.Coverage, func(c FileCoverage) bool {
		return !slices.ContainsFunc(under, func(t Tree) bool { return strings.HasPrefix(c.File, t.Name+"/") })
	})
	return report, nil
}

// testModules parses all Rego files of a tree, tests among them.
func testModules(tree Tree, modules map[string]*ast.Module) error {
	var errs []error
	err := fs.WalkDir(tree.FS, ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".rego"):
			return nil
		}
		text, err := fs.ReadFile(tree.FS, file)
		if err != nil {
			return err
		}
		key := tree.Name + "/" + file
		if modules[key], err = parse(key, string(text)); err != nil {
			delete(modules, key)
			errs = append(errs, locate(err))
		}
		return nil
	})
	return errors.Join(append(errs, err)...)
}

func (b *Bundle) runTests(ctx context.Context, modules map[string]*ast.Module) (*TestReport, error) {
	tables, err := b.shared.values()
	if err != nil {
		return nil, err
	}
	store := inmem.NewFromObject(map[string]any{"tables": tables})
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return nil, err
	}
	defer store.Abort(ctx, txn)
	caps := *capabilities()
	caps.Builtins = append(slices.Clone(caps.Builtins), ast.InternalTestCase)
	compiler := ast.NewCompiler().WithCapabilities(&caps).WithDefaultRegoVersion(ast.RegoV1).
		WithEnablePrintStatements(true).WithStrict(true)
	coverage := cover.New()
	results, err := tester.NewRunner().SetCompiler(compiler).SetStore(store).SetModules(modules).
		CapturePrintOutput(true).RaiseBuiltinErrors(true).SetCoverageQueryTracer(coverage).RunTests(ctx, txn)
	if err != nil {
		return nil, locate(err)
	}
	report := &TestReport{}
	for r := range results {
		report.Results = append(report.Results, testResult(r))
	}
	slices.SortFunc(report.Results, func(a, b TestResult) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	report.Coverage = fileCoverage(coverage, modules)
	return report, nil
}

func testResult(r *tester.Result) TestResult {
	t := TestResult{Name: r.Name, Passed: r.Pass(), Message: string(r.Output)}
	if r.Location != nil {
		t.File, t.Line = r.Location.File, r.Location.Row
	}
	switch {
	case r.Error != nil:
		t.Message = r.Error.Error() + "\n" + t.Message
	case r.Skip:
		t.Message = "skipped: a test that does not run proves nothing"
	case r.Fail && r.FailedAt != nil:
		t.Message = fmt.Sprintf("line %d: %s\n%s", r.FailedAt.Location.Row, r.FailedAt, t.Message)
	}
	t.Message = strings.TrimSpace(t.Message)
	return t
}

func fileCoverage(c *cover.Cover, modules map[string]*ast.Module) []FileCoverage {
	var all []FileCoverage
	for file, fr := range c.Report(modules).Files {
		if strings.HasSuffix(file, "_test.rego") || modules[file] == nil {
			continue
		}
		fc := FileCoverage{File: file, Percent: fr.Coverage}
		if fr.CoveredLines+fr.NotCoveredLines == 0 {
			fc.Percent = 100
		}
		for _, r := range fr.NotCovered {
			for line := r.Start.Row; line <= r.End.Row; line++ {
				fc.Missing = append(fc.Missing, line)
			}
		}
		all = append(all, fc)
	}
	slices.SortFunc(all, func(a, b FileCoverage) int { return strings.Compare(a.File, b.File) })
	return all
}

// Format returns Rego in the standard form.
func Format(file string, text []byte) ([]byte, error) { return format.Source(file, text) }
