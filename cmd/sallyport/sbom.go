package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"sallyport/internal/catalog"
	"sallyport/internal/report"
)

func newSBOM() *cobra.Command {
	r := &catalog.Request{}
	cmd := &cobra.Command{
		Use:   "sbom PATH",
		Short: "Write the bill of materials of a directory, an image or a program",
		Long: `sbom catalogues the packages of all ecosystems in a directory, an OCI layout or archive, an archive of docker save, or
one program, and writes them as a bill of materials. It starts sallyport-catalog, the second binary, in a process of
its own: bounded in memory and time, without a connection to anything, and without the environment of this one.

Formats: ` + strings.Join(catalog.Formats, ", ") + `.`,
		Example: `  sallyport sbom . -o cyclonedx-json=sbom.cdx.json
  docker save ledger:1.4.2 -o ledger.tar && sallyport sbom ledger.tar -o spdx-json=sbom.spdx.json
  sallyport sbom target/release/ledger | jq '.components[].purl'`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.Path = args[0]
			return writeSBOM(cmd, r)
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVarP(&r.Outputs, "output", "o", []string{catalog.Formats[0]}, "FORMAT[=FILE], repeatable")
	fl.StringVar(&r.Source, "source", "", "what PATH is: "+strings.Join(catalog.Sources, ", ")+" (default: told by its contents)")
	fl.StringVar(&r.Image, "image", "", "which image, where several are in PATH: its digest, its name or its platform")
	fl.StringVar(&r.Name, "name", "", "name of the subject in the document (default: the last part of PATH)")
	registerLimits(cmd, &r.Limits)
	return cmd
}

func registerLimits(cmd *cobra.Command, l *catalog.Limits) {
	fl := cmd.Flags()
	fl.Int64Var(&l.Memory, "memory", 2<<30, "bytes of memory that cataloguing may use")
	fl.Int64Var(&l.Unpacked, "max-unpacked", 32<<30, "bytes that cataloguing may unpack on disk")
	fl.DurationVar(&l.Time, "timeout", catalog.DefaultTime, "time that cataloguing may take")
}

func writeSBOM(cmd *cobra.Command, r *catalog.Request) error {
	if _, err := os.Stat(r.Path); err != nil {
		return fmt.Errorf("%s: there is no such file: name a directory, an image as a file or folder, or a program; images in a registry or a daemon are saved first (docker save, skopeo copy)", r.Path)
	}
	for _, o := range r.Outputs {
		if format, _, _ := strings.Cut(o, "="); !slices.Contains(catalog.Formats, format) {
			return fmt.Errorf("--output %q: choose one of %s", format, strings.Join(catalog.Formats, ", "))
		}
	}
	program, err := catalog.Find()
	if err != nil {
		return err
	}
	if r.Name == "" {
		r.Name = filepath.Base(absolute(r.Path))
	}
	end := elapsed(cmd.ErrOrStderr(), "cataloguing "+report.Escape(r.Path))
	r.Stdout = cmd.OutOrStdout()
	var notes []string
	r.Note = func(s string) { notes = append(notes, s) }
	err = catalog.Run(cmd.Context(), program, r)
	end()
	for _, n := range notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "sallyport: note: %s\n", report.Escape(n))
	}
	return err
}

// elapsed shows on a terminal how long something has taken so far.
func elapsed(w io.Writer, what string) (end func()) {
	if report.Terminal(w) == nil {
		return func() {}
	}
	start := time.Now()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for tick := time.NewTicker(time.Second); ; {
			select {
			case <-tick.C:
				fmt.Fprintf(w, "\r\x1b[K%s: %d s", what, int(time.Since(start).Seconds()))
			case <-stop:
				tick.Stop()
				fmt.Fprint(w, "\r\x1b[K")
				return
			}
		}
	}()
	return func() { close(stop); <-stopped }
}
