// Command sallyport-cluster is the gate's cluster side: the admission webhook, and the audit of the objects of a cluster. The
// command sallyport runs it for serve and audit, so that what speaks with clusters is no part of the start of a check.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the linker for releases: -ldflags "-X main.version=1.2.3".
var version = "0.1.0-dev"

func main() {
	limitMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := newRoot().ExecuteContext(ctx); err != nil {
		var code exitCode
		if errors.As(err, &code) {
			os.Exit(int(code))
		}
		fmt.Fprintf(os.Stderr, "sallyport: %s\n", err)
		os.Exit(2)
	}
}

// An exitCode ends the program without a further word: the command has said what there is to say.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "sallyport",
		Short:         "The gate's cluster side: the admission webhook, and the audit of a cluster's objects",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nrun '%s --help' for its flags", err, cmd.CommandPath())
	})
	root.AddCommand(newServe(), newAudit())
	return root
}
