package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"sallyport/collectors"
	"sallyport/internal/config"
	"sallyport/internal/fact"
)

func newInit() *cobra.Command {
	var f sessionFlags
	var force bool
	cmd := &cobra.Command{
		Use:   "init [PATH]",
		Short: "Write a commented " + config.File + " for the repository at hand",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			file := filepath.Join(pathArg(args), config.File)
			if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) && !force {
				return fmt.Errorf("%s exists already: edit it, or replace it with --force", file)
			}
			s, err := openSession(cmd.Context(), &f, pathArg(args), 0, nil)
			if err != nil {
				return err
			}
			defer s.Close()
			text, err := initText(cmd, s)
			if err != nil {
				return err
			}
			if err := os.WriteFile(file, text, 0o644); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s written\n\nTry it: sallyport check %s\n", file, pathArg(args))
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a file that is there")
	return cmd
}

func initText(cmd *cobra.Command, s *session) ([]byte, error) {
	found, err := collectors.Discover(cmd.Context(), s.fsys, s.files, s.collectors)
	if err != nil {
		return nil, err
	}
	documents := map[string]int{}
	for _, m := range found.Matches {
		documents[m.Collector.Kind]++
	}
	rules, err := s.bundle.Rules()
	if err != nil {
		return nil, err
	}
	return config.Init(documents, evidenceKinds(s.collectors), rules), nil
}

func evidenceKinds(cs []fact.Collector) []string {
	var kinds []string
	for _, c := range cs {
		if c.Evidence {
			kinds = append(kinds, c.Kind)
		}
	}
	return kinds
}
