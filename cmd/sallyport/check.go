package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"sallyport/internal/config"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/report"
)

// checkFlags are the flags of check.
type checkFlags struct {
	sessionFlags
	outputs        []string
	failOn         string
	stats, noColor bool
	allowEmpty     bool
	timeout        time.Duration
	cpuProfile     string
}

func newCheck() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [PATH]",
		Short: "Judge a repository: the gate",
		Long: `check collects the documents of a tree, judges them by the rules, reports, and opens or closes the gate by its
exit code: 0 open, 1 closed by findings, 2 no verdict. PATH is a directory or one file; the default is the
current directory. The tree is not trusted: its own sallyport.toml may only tighten.`,
		Example: `  sallyport check
  sallyport check -o text -o sarif=sallyport.sarif --trusted-ref origin/main
  sallyport check --only dockerfile --only kubernetes/root_user deploy/
  sallyport check --bundle ./policies --config /etc/sallyport.toml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return profiled(f.cpuProfile, func() error { return check(cmd, &f, pathArg(args)) })
		},
	}
	fl := cmd.Flags()
	f.register(fl)
	fl.StringArrayVarP(&f.outputs, "output", "o", nil, "FORMAT or FORMAT=FILE, repeatable; formats: "+names(report.Formats)+" (default text)")
	fl.StringVar(&f.failOn, "fail-on", "", "severity from which a finding closes the gate: low, medium, high, critical (default high)")
	fl.BoolVar(&f.stats, "stats", false, "print where the time went: phases, collectors, rules")
	fl.BoolVar(&f.noColor, "no-color", false, "no colour in text (also: NO_COLOR)")
	fl.BoolVar(&f.allowEmpty, "allow-empty", false, "open the gate where there is nothing to judge")
	fl.DurationVar(&f.timeout, "timeout", 10*time.Minute, "stop, without a verdict, after this time")
	fl.StringVar(&f.cpuProfile, "cpuprofile", "", "write a CPU profile to FILE")
	_ = fl.MarkHidden("cpuprofile")
	return cmd
}

func check(cmd *cobra.Command, f *checkFlags, path string) error {
	outputs, err := report.Outputs(f.outputs, cmd.OutOrStdout(), f.noColor)
	if err != nil {
		return err
	}
	var failOn finding.Severity
	if f.failOn != "" {
		if err := failOn.UnmarshalText([]byte(f.failOn)); err != nil {
			return fmt.Errorf("--fail-on: %w", err)
		}
	}
	f.brief = !slices.ContainsFunc(outputs, func(o report.Output) bool { return o.Format == "json" })
	ctx, stop := context.WithTimeout(cmd.Context(), f.timeout)
	defer stop()
	started := time.Now()
	stats := newStats(f.stats)
	s, err := openSession(ctx, &f.sessionFlags, path, failOn, stats)
	if err != nil {
		return err
	}
	defer s.Close()
	r := s.run(ctx, cmd.ErrOrStderr(), f.allowEmpty, stats)
	finish(r, s, path, started, slices.ContainsFunc(outputs, func(o report.Output) bool { return o.Format != "text" }))
	for _, o := range outputs {
		if err := o.Write(r); err != nil {
			return err
		}
	}
	remember(outputs, r)
	if f.stats {
		if err := report.Stats(cmd.ErrOrStderr(), r); err != nil {
			return err
		}
	}
	if r.Verdict != finding.Open {
		return exitCode(r.Verdict)
	}
	return nil
}

// run judges the tree of a session.
func (s *session) run(ctx context.Context, stderr io.Writer, allowEmpty bool, stats *finding.Stats) *finding.Report {
	progress := report.NewProgress(stderr, 500*time.Millisecond)
	defer progress.End()
	var files func(done, total int)
	if progress != nil {
		files = func(done, total int) { progress.Say("judging %d of %d files", done, total) }
		s.watch = func(path string, done, total int64) {
			progress.Say("reading %s: %d of %d MiB", report.Escape(path), done>>20, total>>20)
		}
	}
	policy := s.policy()
	policy.AllowEmpty = policy.AllowEmpty || allowEmpty
	r := gate.Run(ctx, gate.Options{
		Bundle: s.bundle, Collectors: s.collectors, FS: s.fsys, Files: s.files, Now: s.now,
		Policy: policy, Stats: stats, Progress: files, Errors: s.errors, Read: []string{config.File}, Bindings: s.bindings,
	})
	return r
}

// finish adds to a report what is no matter of the verdict.
func finish(r *finding.Report, s *session, path string, started time.Time, provenance bool) {
	if !s.tree.Whole() {
		path = filepath.Dir(path) // the paths in a report are relative to it
	}
	r.Tool, r.Root = tool(), path
	r.Started, r.Ended = started.UTC(), time.Now().UTC()
	if s.fixedClock {
		// A run with a clock of its own is repeatable to the byte.
		r.Started, r.Ended = s.now.UTC(), s.now.UTC()
	}
	if s.repo != nil && provenance {
		r.VCS = s.repo.VCS(s.tree.Dir())
	}
}

func pathArg(args []string) string {
	if len(args) == 0 {
		return "."
	}
	return args[0]
}
