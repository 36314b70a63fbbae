// Command buildkitlint runs BuildKit's linter over Dockerfiles, without a network: images have an empty
// configuration. It prints one JSON object per file; Error is why BuildKit would not build it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
)

type warning struct {
	Rule string
	// Line and Last bound what the warning is about.
	Line, Last int
	Text       string
}

type result struct {
	File     string
	Error    string
	Warnings []warning
}

// images answers for every image with an empty configuration.
type images struct{}

func (images) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	return ref, digest.FromString(ref), []byte(`{"architecture":"amd64","os":"linux"}`), nil
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, file := range os.Args[1:] {
		data, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if err := out.Encode(lint(filepath.Base(file), data)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func lint(name string, data []byte) (r result) {
	r = result{File: name, Warnings: []warning{}}
	defer func() { // some files take BuildKit's linter down
		if p := recover(); p != nil {
			r.Error = fmt.Sprint("panic: ", p)
		}
	}()
	results, err := dockerfile2llb.DockerfileLint(context.Background(), data, dockerfile2llb.ConvertOpt{
		MetaResolver: images{},
		SourceMap: &llb.SourceMap{
			Filename: name, Data: data, Definition: &llb.Definition{Def: [][]byte{}},
		},
	})
	if err != nil {
		r.Error = err.Error()
		return r
	}
	if results.Error != nil {
		r.Error = results.Error.Message
	}
	for _, w := range results.Warnings {
		first, last := lines(w.Location)
		r.Warnings = append(r.Warnings, warning{Rule: w.RuleName, Line: first, Last: last, Text: w.Detail})
	}
	return r
}

func lines(l *pb.Location) (first, last int) {
	if l == nil || len(l.Ranges) == 0 {
		return 0, 0
	}
	return int(l.Ranges[0].Start.Line), int(l.Ranges[len(l.Ranges)-1].End.Line)
}
