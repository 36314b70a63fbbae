// Command engine evaluates the rules over every Dockerfile of a folder, by the machine and by OPA in turn, and
// prints the CPU time that each takes per document, in nanoseconds.
package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/fact"
	"sallyport/policies"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "engine:", err)
		os.Exit(1)
	}
}

// rounds is how often each engine is measured; the least time counts.
const rounds = 5

func run(dir string) error {
	docs, err := collect(dir)
	if err != nil {
		return err
	}
	var least [2]time.Duration
	for range rounds {
		for i, interpret := range []bool{false, true} {
			took, err := evaluate(docs, interpret)
			if err != nil {
				return err
			}
			if least[i] == 0 || took < least[i] {
				least[i] = took
			}
		}
	}
	n := time.Duration(len(docs))
	fmt.Println((least[0] / n).Nanoseconds(), (least[1] / n).Nanoseconds())
	return nil
}

func collect(dir string) ([]fact.Document, error) {
	all, err := collectors.All(collectors.Options{})
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "Dockerfile"))
	if err != nil {
		return nil, err
	}
	var docs []fact.Document
	for _, c := range all {
		if c.Kind != "dockerfile" {
			continue
		}
		for _, file := range files {
			name, err := filepath.Rel(dir, file)
			if err != nil {
				return nil, err
			}
			found, err := c.Collect(context.Background(), os.DirFS(dir), filepath.ToSlash(name))
			if err != nil {
				return nil, err
			}
			docs = append(docs, found...)
		}
	}
	return docs, nil
}

func evaluate(docs []fact.Document, interpret bool) (time.Duration, error) {
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		return 0, err
	}
	b, err := bundles.Load(bundles.Options{Schemas: schemas, Interpret: interpret}, bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		return 0, err
	}
	if err := b.Prepare(context.Background(), "dockerfile", bundles.ProjectKind); err != nil {
		return 0, err
	}
	start := cpu()
	for i := range docs {
		if _, err := b.Eval(context.Background(), b.NewInput(&docs[i])); err != nil {
			return 0, err
		}
	}
	return cpu() - start, nil
}

func cpu() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // never fails for ourselves
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
