// Command bench measures the gate as whole processes and prints ratios to a floor or a peer of the same run:
// the floor only reads and parses, the peer is opa eval with the same rules. Absolute times depend on the
// machine; ratios of CPU time hardly do.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

func main() {
	dir := flag.String("dir", ".cache/bench", "folder for the corpus and the binaries")
	runs := flag.Int("runs", 7, "counted runs of each command, in turn")
	only := flag.String("only", "", "only these measures: units, reviews, filters, supply, thousands")
	flag.Parse()
	if err := bench(*dir, *runs, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(dir string, runs int, only string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	b := &benchmark{dir: dir, runs: runs}
	steps := []func() error{
		b.build, b.corpora, b.startUp, b.oneDockerfile, b.engine, b.reviews, b.thousandDockerfiles, b.thousandManifests, b.thousandClean, b.thousandUnits, b.largeBill, b.growth, b.secrets, b.audit, b.filters,
	}
	switch only {
	case "units":
		steps = []func() error{b.buildGate, b.thousandUnits}
	case "reviews":
		steps = []func() error{b.build, b.reviews}
	case "thousands":
		steps = []func() error{b.build, b.corpora, b.thousandDockerfiles, b.thousandManifests, b.thousandClean}
	case "supply":
		steps = []func() error{b.build, b.largeBill, b.audit}
	case "filters":
		steps = []func() error{b.build, b.filters}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

type benchmark struct {
	dir  string
	runs int
}

func (b *benchmark) bin(name string) string { return filepath.Join(b.dir, "bin", name) }

func (b *benchmark) build() error {
	return b.buildOf(map[string][]string{
		"sallyport": {"-trimpath", "-ldflags", "-s -w", "./cmd/sallyport"},
		"floor":     {"-trimpath", "-ldflags", "-s -w", "./internal/bench/floor"},
		"engine":    {"-trimpath", "-ldflags", "-s -w", "./internal/bench/engine"},
		"review":    {"-trimpath", "-ldflags", "-s -w", "./internal/bench/review"},
		"empty":     {"-trimpath", "-ldflags", "-s -w", "./internal/bench/empty"},
		"opa":       {"-C", "tools", "-trimpath", "-ldflags", "-s -w", "github.com/open-policy-agent/opa"},
	})
}

// buildGate is what the measures of units need.
func (b *benchmark) buildGate() error {
	return b.buildOf(map[string][]string{"sallyport": {"-trimpath", "-ldflags", "-s -w", "./cmd/sallyport"}})
}

func (b *benchmark) buildOf(programs map[string][]string) error {
	for name, args := range programs {
		build := []string{"build"}
		if args[0] == "-C" {
			build, args = append(build, args[:2]...), args[2:]
		}
		cmd := exec.Command("go", append(append(build, "-o", b.bin(name)), args...)...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as the Makefile builds
		cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("build %s: %w", name, err)
		}
	}
	return nil
}

func (b *benchmark) corpora() error {
	for _, n := range []int{100, 1000, 10000} {
		if err := b.corpus(fmt.Sprintf("dockerfiles-%d", n), "Dockerfile", n); err != nil {
			return err
		}
	}
	for _, name := range []string{"manifests-1000", cleanCorpus} {
		if err := b.corpus(name, "deployment.yaml", 1000); err != nil {
			return err
		}
	}
	return b.corpus("one", "Dockerfile", 1)
}

func (b *benchmark) corpus(name, file string, n int) error {
	dir := filepath.Join(b.dir, name)
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	switch {
	case file == "Dockerfile":
		return writeCorpus(dir, file, dockerfiles, n)
	case name == cleanCorpus:
		return writeClean(dir, file, n)
	}
	return writeCorpus(dir, file, manifests, n)
}

// A sample is what one process took.
type sample struct {
	cpu, wall time.Duration
	rss       int64 // KiB
}

// measure runs commands in turn, A B A B ..., and returns the median of each figure for each.
func (b *benchmark) measure(commands ...[]string) ([]sample, error) {
	all := make([][]sample, len(commands))
	for run := range b.runs + 1 {
		for i, c := range commands {
			s, err := once(c)
			if err != nil {
				return nil, err
			}
			if run > 0 { // the first warms the caches
				all[i] = append(all[i], s)
			}
		}
	}
	medians := make([]sample, len(commands))
	for i, samples := range all {
		medians[i] = sample{
			cpu:  median(samples, func(s sample) time.Duration { return s.cpu }),
			wall: median(samples, func(s sample) time.Duration { return s.wall }),
			rss:  int64(median(samples, func(s sample) time.Duration { return time.Duration(s.rss) })),
		}
	}
	return medians, nil
}

func once(command []string) (sample, error) {
	cmd := exec.Command(command[0], command[1:]...)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 {
		return sample{}, fmt.Errorf("%v: %v\n%.2000s", command, err, out)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return sample{cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), wall, usage.Maxrss}, nil
}

func median(samples []sample, of func(sample) time.Duration) time.Duration {
	values := make([]time.Duration, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	return values[len(values)/2]
}
