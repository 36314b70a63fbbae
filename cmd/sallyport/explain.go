package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"sallyport/internal/finding"
	"sallyport/internal/report"
	"sallyport/internal/ruledoc"
	"sallyport/internal/suggest"
)

var fingerprint = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{8,32}$`) })

func newExplain() *cobra.Command {
	var bundleDirs []string
	var file string
	cmd := &cobra.Command{
		Use:   "explain RULE|FINGERPRINT|PORT",
		Short: "Explain a rule, or why one finding was made",
		Long: `explain RULE prints the rule's page. explain FINGERPRINT says why one finding of the last JSON report was made:
the facts that it stands on and the text of the rule. explain tcp/5432 does so for all findings about packet filters
that open the port. The last JSON report is the one that check -o json wrote
last, by this user; --report names another. Eight digits of a fingerprint are enough where they are unique.`,
		Example: `  sallyport explain dockerfile/root_user
  sallyport check -o text -o json=report.json; sallyport explain 3f2a9c01
  sallyport explain tcp/5432`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := loadBundle(bundleOptions{dirs: bundleDirs})
			if err != nil {
				return err
			}
			rule, err := b.Rule(args[0])
			switch {
			case err != nil:
				return err
			case rule != nil:
				return ruledoc.Page(cmd.OutOrStdout(), rule)
			case portName().MatchString(args[0]):
				return explainPort(cmd.OutOrStdout(), file, args[0], b.Rule)
			case !fingerprint().MatchString(args[0]):
				return fmt.Errorf("there is no rule %q: did you mean %s?", args[0], suggest.Nearest(args[0], b.Names()))
			}
			r, err := lastReport(file)
			if err != nil {
				return err
			}
			f, err := byFingerprint(r, args[0])
			if err != nil {
				return err
			}
			return explainFinding(cmd.OutOrStdout(), f, b.Rule)
		},
	}
	cmd.Flags().StringVar(&file, "report", "", "JSON report that holds the finding (default: the last one)")
	cmd.Flags().StringArrayVar(&bundleDirs, "bundle", nil, "directory or tar.gz of further rules (repeatable)")
	return cmd
}

func explainFinding(w io.Writer, f *finding.Finding, ruleOf func(string) (*finding.Rule, error)) error {
	fmt.Fprintf(w, "%s: %s\n  %s\n", f.Rule.Name, f.Severity, report.Escape(f.Message))
	place := func(what string, p finding.Place) {
		fmt.Fprintf(w, "\n%s %s:%d:%d\n  fact %s\n", what, report.Escape(p.File), p.Span.Line, p.Span.Column, report.Escape(p.At.String()))
		if len(p.Value) > 0 {
			fmt.Fprintf(w, "  = %s\n", report.Escape(string(p.Value)))
		}
	}
	place("It stands on", f.Place)
	for _, r := range f.Related {
		place("and on", r)
	}
	if len(f.Flow) > 0 {
		fmt.Fprintf(w, "\nThis leads to it, in order\n")
	}
	for _, s := range f.Flow {
		fmt.Fprintf(w, "  %s:%d:%d %s\n", report.Escape(s.File), s.Span.Line, s.Span.Column, report.Escape(s.Message))
	}
	if f.Waived != nil {
		fmt.Fprintf(w, "\nWaived by %s until %s: %s\n", report.Escape(f.Waived.Owner), f.Waived.Expires.Format("2006-01-02"), report.Escape(f.Waived.Reason))
	}
	rule, err := ruleOf(f.Rule.Name)
	if err != nil {
		return err
	}
	if rule == nil {
		_, err := fmt.Fprintf(w, "\nThe rule's text is not at hand: name its bundle with --bundle.\n")
		return err
	}
	fmt.Fprintf(w, "\nThe rule (%s):\n\n%s\n", rule.File, indent(ruledoc.Body(rule)))
	_, err = fmt.Fprintf(w, "To mend it: %s\n", rule.Remediation)
	return err
}

func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("    " + line)
	}
	return b.String()
}

func byFingerprint(r *finding.Report, prefix string) (*finding.Finding, error) {
	var found *finding.Finding
	for i := range r.Findings {
		if strings.HasPrefix(r.Findings[i].Fingerprint, prefix) {
			if found != nil {
				return nil, fmt.Errorf("several findings have fingerprints that begin with %s: give more digits", prefix)
			}
			found = &r.Findings[i]
		}
	}
	if found == nil {
		return nil, fmt.Errorf("the report has no finding with the fingerprint %s", prefix)
	}
	return found, nil
}

// lastFile is where check keeps a copy of the last JSON report.
func lastFile() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "sallyport", "last-report.json"), err
}

// remember keeps a copy of a JSON report for explain. It is a convenience, so a cache that cannot be
// written is no error of the check.
func remember(outputs []report.Output, r *finding.Report) {
	for _, o := range outputs {
		if o.Format != "json" {
			continue
		}
		file, err := lastFile()
		if err != nil || os.MkdirAll(filepath.Dir(file), 0o700) != nil {
			return
		}
		f, err := os.CreateTemp(filepath.Dir(file), "report-*")
		if err != nil {
			return
		}
		err = errors.Join(report.JSON(f, r), f.Close())
		if err != nil || os.Rename(f.Name(), file) != nil {
			os.Remove(f.Name())
		}
		return
	}
}

func lastReport(file string) (*finding.Report, error) {
	if file == "" {
		var err error
		if file, err = lastFile(); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no JSON report yet: run sallyport check -o json=report.json first, or name one with --report")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := report.Read(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return r, nil
}
