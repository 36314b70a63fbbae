// Command sallyport is a security gate: it judges the artifacts of a service by policies written in Rego.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/report"
)

func main() {
	if os.Getenv("GOGC") == "" {
		paceGC()
	}
	os.Exit(Main())
}

// Main runs the command line of the process and returns its exit code: 0 the gate is open, 1 it is closed,
// 2 there is no verdict.
func Main() int {
	return run(newInterrupts(), os.Args[1:], os.Stdout, os.Stderr)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	}
	for _, e := range fact.Errors(err) {
		fmt.Fprintf(stderr, "sallyport: %s\n", report.Escape(e.Error()))
	}
	return int(finding.None)
}

// An exitCode ends the program without a further word: the command has said what there is to say.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "sallyport",
		Short: "A security gate: collectors gather facts, Rego policies decide, SARIF comes out",
		Long: `sallyport judges the artifacts of a service together: Dockerfiles, compose files, Kubernetes objects, systemd
units, Cargo files, CI workflows, env files and scan reports. Policies written in Rego decide, every finding
has its exact line, and the exit code opens or closes the gate.

Exit codes: 0 the gate is open; 1 findings close it; 2 no verdict (usage, load, parse or evaluation error, or
nothing to check).`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nrun '%s --help' for its flags", err, cmd.CommandPath())
	})
	root.AddCommand(newCheck(), newFacts(), newRules(), newExplain(), newNew(), newTest(), newInit(), newAdvisories(), newSBOM(), newVersion())
	root.AddCommand(newRun(), newFix(), newReach())
	root.AddCommand(newServe(), newAudit())
	return root
}
