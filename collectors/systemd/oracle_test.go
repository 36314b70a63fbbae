package systemd

import (
	"bufio"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// The lookup folders of a root, and the badness of ProtectSystem= by its value.
var (
	lookup        = []string{"etc/systemd/system", "run/systemd/system", "usr/lib/systemd/system", "lib/systemd/system"}
	protectSystem = map[string]float64{"no": 10, "yes": 5, "full": 3, "strict": 0}
)

// elsewhere tells whether drop-ins of a unit lie in another lookup folder: those are not beside the unit.
func elsewhere(root fs.FS, file string) bool {
	name := path.Base(file)
	kind := strings.TrimPrefix(path.Ext(name), ".")
	for _, dir := range lookup {
		for _, folder := range dropinFolders(name, kind) {
			if _, err := fs.Stat(root, path.Join(dir, folder)); err == nil && dir != path.Dir(file) {
				return true
			}
		}
	}
	return false
}

// TestOracle compares the account and the protection of the file system with what systemd-analyze says of
// the same unit, and the units that we refuse with those that systemd refuses.
func TestOracle(t *testing.T) {
	dir := facttest.Oracle(t, "systemd")
	for _, set := range []struct {
		root, golden, table string
		least               int
	}{{"root", "real.golden.jsonl", "real.table.tsv", 250}, {"edge-root", "edge.golden.jsonl", "edge.table.tsv", 400}, {"edge-root2", "edge2.golden.jsonl", "", 0}} {
		root := os.DirFS(filepath.Join(dir, set.root))
		badness := goldenBadness(t, filepath.Join(dir, set.golden))
		compared := 0
		for name, want := range badness {
			f, err, ok := collectUnit(t, root, name)
			if !ok {
				continue
			}
			compared++
			if err != nil && !tolerated(err) {
				t.Errorf("%s: %v, and systemd loads it", name, err)
			}
			if got := f.Identity.Root; got != (want["UserOrDynamicUser"] == 10) {
				t.Errorf("%s: root %v, badness %v", name, got, want["UserOrDynamicUser"])
			}
			if b, judged := want["ProtectSystem"]; judged && b <= 10 && b != protectSystem[f.Filesystem.ProtectSystem] {
				t.Errorf("%s: ProtectSystem %s, badness %v", name, f.Filesystem.ProtectSystem, b)
			}
		}
		for name, why := range refused(t, filepath.Join(dir, set.table)) {
			f, err, ok := collectUnit(t, root, name)
			if ok && err == nil && !f.Masked {
				t.Errorf("%s: no error, and systemd says %s", name, why)
			}
		}
		t.Logf("%s: %d units compared of %d", set.root, compared, len(badness))
		if compared < set.least {
			t.Errorf("%s: %d units compared, want %d", set.root, compared, set.least)
		}
	}
}

// tolerated are mistakes that systemd only warns of: it leaves the line out, and we say so. A NUL ends a
// line there, and no text file has one.
func tolerated(err error) bool {
	for _, e := range fact.Errors(err) {
		if !strings.Contains(e.Error(), "systemd ignores") && !strings.Contains(e.Error(), "a NUL byte") {
			return false
		}
	}
	return true
}

func collectUnit(t *testing.T, root fs.FS, name string) (Unit, error, bool) {
	t.Helper()
	for _, dir := range lookup {
		file := path.Join(dir, name)
		if _, err := fs.Stat(root, file); err != nil {
			continue
		}
		if elsewhere(root, file) {
			return Unit{}, nil, false
		}
		docs, err := collect(context.Background(), root, file)
		if len(docs) != 1 {
			return Unit{}, err, err != nil
		}
		return docs[0].Facts.(Unit), err, true
	}
	return Unit{}, nil, false
}

func goldenBadness(t *testing.T, file string) map[string]map[string]float64 {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := make(map[string]map[string]float64)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct {
			Unit    string
			Badness map[string]any
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all[row.Unit] = make(map[string]float64)
		for k, v := range row.Badness {
			if n, ok := v.(float64); ok {
				all[row.Unit][k] = n
			}
		}
	}
	return all
}

// refused are the units of a table that systemd does not load, save those that are masked.
func refused(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	all := make(map[string]string)
	for line := range strings.Lines(string(text)) {
		if f := strings.Split(strings.TrimSpace(line), "\t"); len(f) > 5 && f[3] != "0" && f[3] != "rc" && !strings.Contains(f[5], "is masked") {
			all[f[0]] = f[5]
		}
	}
	return all
}
