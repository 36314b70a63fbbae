// Package accuracy holds the built-in rules against what others say of the same Dockerfiles: the labelled
// cases of other tools, BuildKit's own linter, and real files.
//
//	go test ./internal/accuracy -run Hadolint -v -rule DL3009   each disagreement, with its file
//	go test ./internal/accuracy -update                         docs/accuracy.md
package accuracy

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"sallyport/bundles"
	"sallyport/collectors"
	"sallyport/internal/fact"
	"sallyport/internal/finding"
	"sallyport/internal/gate"
	"sallyport/internal/tree"
	"sallyport/policies"
)

var (
	update = flag.Bool("update", false, "rewrite docs/accuracy.md")
	only   = flag.String("rule", "", "show the disagreements of this check of a peer alone")
)

// clock is the time at which files are judged.
var clock = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// A judge runs the built-in rules over Dockerfiles.
type judge struct {
	bundle     *bundles.Bundle
	collectors []fact.Collector
	// equal are the names of our rules by peer's check: "hadolint:DL3009".
	equal map[string][]string
}

var newJudge = sync.OnceValues(func() (*judge, error) {
	schemas, err := fs.Sub(policies.FS, "schemas")
	if err != nil {
		return nil, err
	}
	b, err := bundles.Load(bundles.Options{Schemas: schemas, Clock: clock, Timeout: time.Minute},
		bundles.Tree{Name: "policies", FS: policies.FS, BuiltIn: true})
	if err != nil {
		return nil, err
	}
	all, err := collectors.All(collectors.Options{})
	if err != nil {
		return nil, err
	}
	rules, err := b.Rules("dockerfile", "kubernetes", bundles.ProjectKind)
	if err != nil {
		return nil, err
	}
	j := &judge{collectors: all, equal: map[string][]string{}}
	for _, r := range rules {
		for _, e := range r.Equivalent {
			j.equal[e] = append(j.equal[e], r.Name)
		}
	}
	j.bundle = b.Only(func(name string) bool {
		kind, _, _ := strings.Cut(name, "/")
		return kind == "dockerfile" || kind == "kubernetes" || kind == bundles.ProjectKind
	})
	return j, nil
})

func theJudge(t *testing.T) *judge {
	t.Helper()
	j, err := newJudge()
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// run judges a tree by the rules of a bundle.
func (j *judge) run(b *bundles.Bundle, fsys fs.FS) (*finding.Report, error) {
	ctx := context.Background()
	files, err := tree.Walk(ctx, fsys, tree.Options{})
	if err != nil {
		return nil, err
	}
	return gate.Run(ctx, gate.Options{
		Bundle: b, Collectors: j.collectors, FS: fsys, Files: files, Now: clock,
		Policy: gate.Policy{FailOn: finding.Low, AllowEmpty: true},
	}), nil
}

// A Case is a small tree with what a peer says of it.
type Case struct {
	Peer string // "hadolint"
	Rule string // the check that the case is about; "" where it may be any
	Name string
	Text string // the Dockerfile or the object as the peer has it
	Only string // the file whose findings count; "" for all
	// Files are what is judged; a FROM may have been put in front of the Dockerfile.
	Files map[string]string
	// Want are the checks that the peer expects to fire, with the lines where it says them.
	Want map[string][]int
	// Parameters configure our rules as the case configures the peer.
	Parameters map[string]map[string]any
}

// lines are where our rules fire, by peer's check, sorted. refused is the error of a file that is none.
func (j *judge) lines(c *Case) (lines map[string][]int, refused string, err error) {
	fsys := fstest.MapFS{}
	for name, text := range c.Files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b := j.bundle
	if c.Parameters != nil {
		rules := j.equal[c.Peer+":"+c.Rule]
		b = b.Only(func(name string) bool { return slices.Contains(rules, name) }).WithParameters(c.Parameters)
	}
	report, err := j.run(b, fsys)
	if err != nil {
		return nil, "", err
	}
	for _, n := range report.Notifications {
		if n.Error {
			refused = cmp.Or(refused, fmt.Sprintf("line %d: %s", n.Line, n.Message))
		}
	}
	lines = map[string][]int{}
	for i := range report.Findings {
		f := &report.Findings[i]
		if c.Only != "" && f.File != c.Only {
			continue
		}
		for _, e := range f.Rule.Equivalent {
			if check, ok := strings.CutPrefix(e, c.Peer+":"); ok {
				lines[check] = append(lines[check], f.Span.Line)
			}
		}
	}
	for check, l := range lines {
		slices.Sort(l)
		lines[check] = slices.Compact(l)
	}
	return lines, refused, nil
}

// parallel calls f for each index, on all processors.
func parallel(n int, f func(int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
