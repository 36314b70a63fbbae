package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"sallyport/internal/scaffold"
)

func newNew() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Scaffold a rule or a bundle that passes its own test",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var dir string
	rule := &cobra.Command{
		Use:     "rule KIND/NAME",
		Short:   "Write the two files of a rule",
		Example: "  sallyport new rule dockerfile/allowed_base --bundle ./policies",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := exampleCollectors(time.Now())
			if err != nil {
				return err
			}
			files, err := scaffold.Rule(dir, args[0], all)
			return written(cmd, dir, files, err)
		},
	}
	rule.Flags().StringVar(&dir, "bundle", ".", "directory of the bundle")
	bundle := &cobra.Command{
		Use:     "bundle DIR",
		Short:   "Write a bundle with a first rule",
		Example: "  sallyport new bundle ./policies",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := exampleCollectors(time.Now())
			if err != nil {
				return err
			}
			files, err := scaffold.Bundle(args[0], all)
			return written(cmd, args[0], files, err)
		},
	}
	cmd.AddCommand(rule, bundle)
	return cmd
}

func written(cmd *cobra.Command, dir string, files []string, err error) error {
	if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintln(cmd.OutOrStdout(), f)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "\nTry it: sallyport test %s\n", dir)
	return nil
}
