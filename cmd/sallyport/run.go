package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"sallyport/internal/attest"
	"sallyport/internal/receipt"
	"sallyport/internal/report"
)

func newRun() *cobra.Command {
	var as, out, key string
	cmd := &cobra.Command{
		Use:   "run --as NAME [flags] -- COMMAND [ARG...]",
		Short: "Run a command and write a receipt of it, which check reads as evidence",
		Long: `run starts a command, passes its input, output and signals through, and ends with its exit code. It writes a
receipt: what ran, how it ended, with which versions of the tools, and on which content of the tree. "check" then
tells whether the command passed, on the very files that it judges, and not too long ago.

The receipt is a statement of in-toto with the predicate test-result. --key signs it.

Exit codes: that of the command; 126 and 127 where it cannot be started; 2 where no receipt can be written.`,
		Example: `  sallyport run --as clippy -- cargo clippy --workspace --all-targets --locked -- -D warnings
  sallyport run --as fmt -- cargo fmt --all --check
  sallyport run --as test --key ci.key -- cargo test --workspace --locked`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if as == "" || len(args) == 0 {
				return fmt.Errorf("name what the command is run as, and the command: sallyport run --as test -- cargo test")
			}
			o := receipt.Options{
				Name: as, Argv: args, Out: out, URL: jobPage(os.Getenv), Version: tool().Version, Terminal: term.IsTerminal(os.Stdin.Fd()),
				Stdin: os.Stdin, Stdout: cmd.OutOrStdout(), Stderr: cmd.ErrOrStderr(), Now: time.Now,
			}
			if key != "" {
				text, err := os.ReadFile(key)
				if err == nil {
					o.Key, err = attest.ParsePrivateKey(text)
				}
				if err != nil {
					return fmt.Errorf("--key %s: %w", key, err)
				}
			}
			code, file, err := receipt.Run(cmd.Context(), o)
			if file != "" && err == nil {
				fmt.Fprintf(cmd.ErrOrStderr(), "sallyport: receipt of %s: %s\n", as, report.Escape(file))
			}
			if err != nil {
				fmt.Fprintf(cmd.ErrOrStderr(), "sallyport: %s\n", report.Escape(err.Error()))
				return exitCode(max(code, 2))
			}
			if code != 0 {
				return exitCode(code)
			}
			return nil
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&as, "as", "", "what the command is: clippy, fmt, test, bench, audit, deny, or a name of your own")
	fl.StringVar(&out, "out", "", "FILE of the receipt (default: "+receipt.DefaultFile("NAME")+" at the top of the repository)")
	fl.StringVar(&key, "key", "", "private key, Ed25519 or ECDSA P-256 in PEM, that signs the receipt")
	return cmd
}

// jobPage is the page of the CI job at hand, as the common services name it.
func jobPage(env func(string) string) string {
	if run := env("GITHUB_RUN_ID"); run != "" && env("GITHUB_REPOSITORY") != "" {
		return strings.TrimSuffix(env("GITHUB_SERVER_URL"), "/") + "/" + env("GITHUB_REPOSITORY") + "/actions/runs/" + run
	}
	for _, name := range []string{"CI_JOB_URL", "BUILD_URL"} {
		if page := env(name); page != "" {
			return page
		}
	}
	return ""
}
