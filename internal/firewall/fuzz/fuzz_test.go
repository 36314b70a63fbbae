package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFixtures holds the rulesets that once showed a difference against what the kernel said of them.
func TestFixtures(t *testing.T) {
	recorded, err := filepath.Glob("testdata/*.expect.json")
	if err != nil || len(recorded) == 0 {
		t.Fatal("there are no fixtures", err)
	}
	for _, name := range recorded {
		v, err := readVerdicts(name)
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(strings.TrimSuffix(name, ".expect.json") + ".*")
		if err != nil {
			t.Fatal(err)
		}
		total := tally{reasons: map[string]int{}}
		for _, file := range files {
			masquerades, err := mentions(file, translations...)
			if err != nil {
				t.Fatal(err)
			}
			total.masquerades = total.masquerades || masquerades
			for _, f := range forms(file) {
				set, err := f.read()
				if err != nil {
					t.Errorf("%s (%s): %v", file, f.name, err)
					continue
				}
				if err := total.compare(filepath.Base(file), f.name, set, v); err != nil {
					t.Error(err)
				}
			}
		}
		for _, d := range total.differences {
			t.Error(d)
		}
		if total.compared == 0 || total.unknown*20 > total.compared {
			t.Errorf("%s: %d of %d verdicts are unknown", name, total.unknown, total.compared)
		}
	}
}

// TestMakers makes the same ruleset of a seed twice.
func TestMakers(t *testing.T) {
	for _, f := range formats {
		if f.name == "ufw" { // runs ufw, which needs root
			continue
		}
		for seed := range int64(30) {
			a, b := newMaker(seed, t.TempDir()), newMaker(seed, t.TempDir())
			one, err := f.write(a)
			if err != nil {
				t.Fatal(err)
			}
			two, err := f.write(b)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Base(one) != filepath.Base(two) || !same(t, a.dir, b.dir) {
				t.Errorf("%s: seed %d makes two rulesets", f.name, seed)
			}
		}
	}
}

func same(t *testing.T, a, b string) bool {
	t.Helper()
	read := func(dir string) map[string]string {
		all := map[string]string{}
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			all[strings.TrimPrefix(path, dir)] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	return maps.Equal(read(a), read(b))
}
