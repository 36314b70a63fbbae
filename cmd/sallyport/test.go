package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sallyport/bundles"
	"sallyport/internal/finding"
	"sallyport/internal/ruletest"
	"sallyport/policies"
)

func newTest() *cobra.Command {
	var threshold float64
	var verbose bool
	cmd := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Test a bundle: its Rego tests with coverage, and its examples through the real collectors",
		Long: `test loads the bundle in DIR (default: the current directory), which verifies it, then runs
  - the Rego unit tests in <kind>/<rule>_test.rego, measuring the coverage of each rule,
  - the bad and good example of each rule's METADATA through the real collectors,
  - the fixtures testdata/<kind>/<rule>/bad* and good*: files, or folders judged as repositories.
Exit codes: 0 all hold, 1 a test does not, 2 the bundle does not load.`,
		Example: `  sallyport test
  sallyport test ./policies --threshold 90 -v`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return testBundle(cmd, pathArg(args), threshold, verbose)
		},
	}
	cmd.Flags().Float64Var(&threshold, "threshold", 100, "least coverage of each rule in percent of its lines")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "name the tests that hold, too")
	return cmd
}

// A tally counts what held and what did not.
type tally struct {
	w            io.Writer
	verbose      bool
	held, failed int
}

func (t *tally) add(name, problem string) {
	if problem == "" {
		t.held++
		if t.verbose {
			fmt.Fprintf(t.w, "ok    %s\n", name)
		}
		return
	}
	t.failed++
	fmt.Fprintf(t.w, "FAIL  %s\n", name)
	for line := range strings.Lines(problem) {
		fmt.Fprintf(t.w, "      %s\n", strings.TrimRight(line, "\n"))
	}
}

func testBundle(cmd *cobra.Command, dir string, threshold float64, verbose bool) error {
	tree, err := openBundle(dir)
	if err != nil {
		return err
	}
	opts, err := engineOptions(bundleOptions{})
	if err != nil {
		return err
	}
	trees := []bundles.Tree{{Name: "policies", FS: policies.FS, BuiltIn: true}, tree}
	b, err := bundles.Load(opts, trees...)
	if err != nil {
		return err
	}
	t := &tally{w: cmd.OutOrStdout(), verbose: verbose}
	if err := testRego(cmd.Context(), t, opts, trees, threshold); err != nil {
		return err
	}
	rules, err := b.Rules()
	if err != nil {
		return err
	}
	rules = slices.DeleteFunc(rules, func(r *finding.Rule) bool { return !r.Custom })
	all, err := exampleCollectors(time.Now())
	if err != nil {
		return err
	}
	p := ruletest.Prover{Bundle: b, Collectors: all, Now: time.Now()}
	for _, r := range append(p.Examples(cmd.Context(), rules), p.Fixtures(cmd.Context(), tree.FS)...) {
		t.add(r.Rule+" "+r.Name, r.Problem)
	}
	fmt.Fprintf(t.w, "\n%d passed, %d failed (rules: %d)\n", t.held, t.failed, len(rules))
	if t.failed > 0 {
		return exitCode(1)
	}
	return nil
}

func testRego(ctx context.Context, t *tally, opts bundles.Options, trees []bundles.Tree, threshold float64) error {
	report, err := bundles.Test(ctx, opts, trees...)
	if err != nil {
		return err
	}
	for _, r := range report.Results {
		problem := ""
		if !r.Passed {
			problem = fmt.Sprintf("%s:%d: %s", shorten(r.File), r.Line, r.Message)
		}
		t.add(shorten(r.File)+" "+r.Name, problem)
	}
	for _, c := range report.Coverage {
		problem := ""
		if c.Percent < threshold {
			problem = fmt.Sprintf("%.1f %% of it is covered, want %.1f %%; no test runs line %s", c.Percent, threshold, numbers(c.Missing))
		}
		t.add(shorten(c.File)+" coverage", problem)
	}
	return nil
}

// shorten makes a path relative to the current directory where that is shorter.
func shorten(file string) string {
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, file); err == nil && len(rel) < len(file) {
			return rel
		}
	}
	return file
}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = fmt.Sprint(n)
	}
	return strings.Join(words, ", ")
}
