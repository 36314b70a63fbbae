package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"sallyport/internal/finding"
	"sallyport/internal/ruledoc"
)

// ruleFormats are the ways to list rules, by the name that --format takes.
var ruleFormats = map[string]func(io.Writer, []*finding.Rule) error{
	"table":    ruleTable,
	"json":     ruleJSON,
	"markdown": ruledoc.Markdown,
}

func newRules() *cobra.Command {
	var format string
	var bundleDirs []string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the rules with their METADATA",
		Example: `  sallyport rules
  sallyport rules --format json | jq '.[] | select(.non_negotiable) | .name'
  sallyport rules --bundle ./policies --format markdown > rules.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			write, err := oneOf("--format", format, ruleFormats)
			if err != nil {
				return err
			}
			b, err := loadBundle(bundleOptions{dirs: bundleDirs})
			if err != nil {
				return err
			}
			rules, err := b.Rules()
			if err != nil {
				return err
			}
			return write(cmd.OutOrStdout(), rules)
		},
	}
	cmd.Flags().StringVar(&format, "format", "table", "how to list them: "+names(ruleFormats))
	cmd.Flags().StringArrayVar(&bundleDirs, "bundle", nil, "directory or tar.gz of further rules (repeatable)")
	return cmd
}

func ruleTable(w io.Writer, rules []*finding.Rule) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "RULE\tSEVERITY\tNON-NEGOTIABLE\tTITLE")
	for _, r := range rules {
		yes := ""
		if r.NonNegotiable {
			yes = "yes"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", r.Name, r.Severity, yes, r.Title)
	}
	return t.Flush()
}

func ruleJSON(w io.Writer, rules []*finding.Rule) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if rules == nil {
		rules = []*finding.Rule{}
	}
	return enc.Encode(rules)
}
