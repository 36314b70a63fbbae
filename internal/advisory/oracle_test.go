package advisory

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact/facttest"
)

// TestOracle holds the advisories of each lock file against what two independent tools found.
func TestOracle(t *testing.T) {
	dir := facttest.Oracle(t, "cargo")
	cache := t.TempDir()
	for _, state := range []string{"built", "from the index"} {
		db, err := Open(filepath.Join(dir, "advisories-osv.zip"), Options{Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		files, hits := 0, 0
		f, err := os.Open(filepath.Join(dir, "expected.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			var want expected
			if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
				t.Fatal(err)
			}
			got := auditLock(t, db, filepath.Join(dir, "locks", want.File))
			if diff := cmp.Diff(want.tuples(), got); diff != "" {
				t.Errorf("%s, %s: (-want +got)\n%s", state, want.File, diff)
			}
			files, hits = files+1, hits+len(got)
		}
		if files != 194 || hits < 3000 {
			t.Errorf("%s: %d files with %d hits", state, files, hits)
		}
	}
}

type expected struct {
	File string `json:"file"`
	Hits []struct {
		ID        string  `json:"id"`
		Crate     string  `json:"crate"`
		Version   string  `json:"version"`
		Source    string  `json:"source"`
		Kind      string  `json:"kind"`
		Withdrawn *string `json:"withdrawn"`
		// OSV is false where only a plain reading of the requirement matches: a pre-release above the patch.
		OSV bool `json:"osv"`
	} `json:"hits"`
}

func (e *expected) tuples() []string {
	var all []string
	for _, h := range e.Hits {
		if h.Source == "crates.io" && h.Withdrawn == nil && h.OSV {
			all = append(all, h.ID+" "+h.Crate+" "+h.Version+" "+h.Kind)
		}
	}
	slices.Sort(all)
	return all
}

func auditLock(t *testing.T, db *Database, file string) []string {
	var lock struct {
		Package []struct{ Name, Version, Source string }
	}
	if _, err := toml.DecodeFile(file, &lock); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range lock.Package {
		if p.Source != "registry+https://github.com/rust-lang/crates.io-index" && p.Source != "sparse+https://index.crates.io/" {
			continue
		}
		for _, h := range db.Find(CratesIO, p.Name, p.Version) {
			if !h.Known {
				t.Errorf("%s: %s %s: not known", h.ID, p.Name, p.Version)
			}
			all = append(all, h.ID+" "+p.Name+" "+p.Version+" "+h.Kind)
		}
	}
	slices.Sort(all)
	return all
}
