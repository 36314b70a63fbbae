package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/anchore/syft/syft"
	"github.com/anchore/syft/syft/cataloging/pkgcataloging"
	"github.com/anchore/syft/syft/sbom"

	_ "modernc.org/sqlite" // for the packages of distributions that keep them in a database
)

func catalogue(ctx context.Context, o *options, name string, stdout, stderr io.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, o.timeout)
	defer cancel()
	tmp, err := os.MkdirTemp("", "sallyport-catalog-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	os.Setenv("TMPDIR", tmp) // where the libraries unpack
	debug.SetMemoryLimit(o.memory / 10 * 9)
	if err := confine(o.memory); err != nil {
		fmt.Fprintf(stderr, "note: without the kernel's help against connections and programs: %v\n", err)
	}
	if o.name == "" {
		o.name = name
	}

	// The libraries look at the context rarely, so the work is left alone when its time is up.
	done := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				done <- fmt.Errorf("the cataloguer crashed: %v", r)
			}
		}()
		done <- write(ctx, o, name, tmp, stdout, stderr)
	}()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			if context.Cause(ctx) == context.DeadlineExceeded {
				return fmt.Errorf("%s: not done in %s: raise the limit with --timeout", name, o.timeout)
			}
			return fmt.Errorf("%s: interrupted", name)
		case <-tick.C:
			if n := sizeOf(tmp); n > o.unpacked {
				return fmt.Errorf("%s: unpacks to more than %d bytes: raise the limit with --max-unpacked", name, o.unpacked)
			}
		}
	}
}

func sizeOf(dir string) (total int64) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			if info, err := d.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

func write(ctx context.Context, o *options, name, tmp string, stdout, stderr io.Writer) error {
	sources, err := open(ctx, name, o, tmp)
	if err != nil {
		return err
	}
	for _, open := range sources {
		if err := writeOne(ctx, open, o, name, stdout, stderr); err != nil {
			return err
		}
	}
	return nil
}

func writeOne(ctx context.Context, open opener, o *options, name string, stdout, stderr io.Writer) error {
	src, err := open(ctx)
	if err != nil {
		return err
	}
	defer src.Close()
	s, err := syft.CreateSBOM(ctx, src, config())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, note := range unread(s) {
		fmt.Fprintf(stderr, "note: %s\n", note)
	}
	for _, out := range o.outputs {
		if err := out.write(s, stdout, o.output); err != nil {
			return err
		}
	}
	return nil
}

// config is syft's own, without what dials or starts programs.
func config() *syft.CreateSBOMConfig {
	p := pkgcataloging.DefaultConfig()
	p.Golang.UsePackagesLib = false // it starts the go command inside the tree
	p.Golang.SearchRemoteLicenses = false
	p.Golang.SearchLocalModCacheLicenses = false // of this machine, and not of the subject
	p.Golang.Proxies = nil
	p.JavaScript.SearchRemoteLicenses = false
	p.Python.SearchRemoteLicenses = false
	p.JavaArchive.UseNetwork = false
	p.JavaArchive.UseMavenLocalRepository = false
	return syft.DefaultCreateSBOMConfig().WithPackagesConfig(p).WithParallelism(4)
}

// unread lists the files that syft knows of and could not read: what they hold is missing in the document.
func unread(s *sbom.SBOM) []string {
	const most = 10
	var all []string
	for at, reasons := range s.Artifacts.Unknowns {
		all = append(all, fmt.Sprintf("%s: %s", at.RealPath, strings.Join(strings.Fields(strings.Join(reasons, "; ")), " ")))
	}
	slices.Sort(all)
	if len(all) > most {
		all = append(all[:most], fmt.Sprintf("%d more files could not be read", len(all)-most))
	}
	return all
}
