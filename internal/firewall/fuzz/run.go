package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

type options struct {
	number, jobs               int
	seed                       int64
	only, keep, sources, cache string
	shrink                     bool
}

func run(o options, cases []string) error {
	if lack := missing(); len(lack) > 0 {
		slices.Sort(lack)
		return errors.New("packages are missing: apt-get install " + strings.Join(lack, " "))
	}
	kernel, err := findOracle(o.sources, o.cache)
	if err != nil {
		return err
	}
	if o.shrink {
		for _, c := range cases {
			if err := shrink(kernel, c); err != nil {
				return err
			}
		}
		return nil
	}
	if o.keep != "" {
		if err := os.MkdirAll(o.keep, 0o755); err != nil {
			return err
		}
	}
	work, err := os.MkdirTemp("", "fuzz-firewall")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	total := tally{reasons: map[string]int{}}
	var mu sync.Mutex
	var wg sync.WaitGroup
	next := make(chan string)
	var failed []error
	for range o.jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for path := range next {
				t, err := one(kernel, path)
				if o.keep != "" && (err != nil || len(t.differences) > 0) {
					err = errors.Join(err, keep(path, o.keep))
				}
				mu.Lock()
				if err != nil {
					failed = append(failed, err)
				}
				total.compared += t.compared
				total.unknown += t.unknown
				total.differences = append(total.differences, t.differences...)
				total.self.Add(t.self)
				for r, n := range t.reasons {
					total.reasons[r] += n
				}
				mu.Unlock()
			}
		}()
	}
	count := len(cases)
	for _, c := range cases {
		next <- c
	}
	if count == 0 {
		count, err = generate(o, work, next)
	}
	close(next)
	wg.Wait()
	return total.report(count, errors.Join(append(failed, err)...))
}

// generate writes rulesets, one a seed.
func generate(o options, dir string, to chan<- string) (int, error) {
	for i := range o.number {
		m := newMaker(o.seed+int64(i), dir)
		path, err := m.choose(o.only)
		if err != nil {
			return i, err
		}
		to <- path
	}
	return o.number, nil
}

// one compares one ruleset in all of its forms. Where there is a difference the kernel is asked again: a machine under load
// loses packets, once.
func one(kernel *oracle, path string) (tally, error) {
	t, err := once(kernel, path)
	if err != nil || len(t.differences) == 0 {
		return t, err
	}
	return once(kernel, path)
}

func once(kernel *oracle, path string) (tally, error) {
	t := tally{reasons: map[string]int{}}
	v, err := kernel.ask(path)
	if err != nil {
		return t, err
	}
	if t.masquerades, err = mentions(path, translations...); err != nil {
		return t, err
	}
	for _, f := range forms(path) {
		set, err := f.read()
		if err != nil {
			return t, fmt.Errorf("%s (%s): %w", path, f.name, err)
		}
		if err := t.compare(filepath.Base(path), f.name, set, v); err != nil {
			return t, fmt.Errorf("%s (%s): %w", path, f.name, err)
		}
	}
	return t, nil
}

// translations are the words for a translation of the source.
var translations = []string{"masquerade", "snat", "MASQUERADE", "SNAT"}

// mentions looks for words in the files of a ruleset and in its listing.
func mentions(path string, words ...string) (bool, error) {
	listing := strings.TrimSuffix(path, filepath.Ext(path)) + ".listed.txt"
	data, err := os.ReadFile(listing)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	has := func(data []byte) bool {
		return slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(data, []byte(w)) })
	}
	found := has(data)
	err = filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		found = found || has(data)
		return err
	})
	return found, err
}

// keep copies a ruleset and what the kernel said of it.
func keep(path, to string) error {
	base := strings.TrimSuffix(path, filepath.Ext(path))
	names, err := filepath.Glob(base + ".*")
	if err != nil {
		return err
	}
	for _, name := range names {
		if out, err := exec.Command("cp", "-r", name, to).CombinedOutput(); err != nil {
			return fmt.Errorf("%s%w", out, err)
		}
	}
	return nil
}

func (t *tally) report(rulesets int, err error) error {
	for i, d := range t.differences {
		if i == 40 {
			fmt.Printf("... and %d more\n", len(t.differences)-i)
			break
		}
		fmt.Println(d)
	}
	fmt.Printf("%d rulesets, %d verdicts compared, %d differences, %d unknown (%.2f %%)\n",
		rulesets, t.compared, len(t.differences), t.unknown, 100*float64(t.unknown)/float64(max(t.compared, 1)))
	fmt.Printf("self-check: %d packets asked about, walked and looked for in the regions: %d disputes; of %d the regions alone say unknown\n",
		t.self.Compared, len(t.self.Disputes), t.self.Vague)
	for _, r := range slices.Sorted(maps.Keys(t.reasons)) {
		fmt.Printf("  unknown for %s: %d\n", r, t.reasons[r])
	}
	switch {
	case err != nil:
		return err
	case len(t.differences) > 0:
		return errors.New("there are differences")
	case t.unknown*100 >= t.compared:
		return errors.New("too much is unknown, or nothing was compared")
	}
	return nil
}
