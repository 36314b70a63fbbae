package main

import (
	"fmt"
	"os"
	"syscall"

	"github.com/spf13/cobra"

	"sallyport/internal/catalog"
)

// clusterProgram is the cluster side: its libraries would cost each start of this program.
const clusterProgram = "sallyport-cluster"

func newServe() *cobra.Command {
	return clusterCommand("serve", "The admission webhook: judge the objects that are sent to a cluster")
}

func newAudit() *cobra.Command {
	return clusterCommand("audit", "Judge the objects that are in a cluster")
}

// clusterCommand is a command of the other program, which takes the place of this one: its process is the same, and so are signals
// and exit codes. The other program reads the flags, --help among them.
func clusterCommand(name, short string) *cobra.Command {
	return &cobra.Command{
		Use:                name,
		Short:              short,
		Long:               short + ". 'sallyport " + name + " --help' lists the flags.",
		DisableFlagParsing: true,
		RunE: func(_ *cobra.Command, args []string) error {
			program, ok := catalog.Beside(clusterProgram)
			if !ok {
				return fmt.Errorf("%s: %s is neither beside this program nor in PATH: 'make build' writes both to bin/; install them into the same folder", name, clusterProgram)
			}
			err := syscall.Exec(program, append([]string{program, name}, args...), os.Environ())
			return fmt.Errorf("%s: %w", program, err)
		},
	}
}
