package advisory

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// types are what Trivy calls the ecosystems of its results.
var types = map[string]string{
	"debian": "Debian", "ubuntu": "Ubuntu", "alpine": "Alpine", "wolfi": "Wolfi", "chainguard": "Chainguard", "rocky": "Rocky Linux", "alma": "AlmaLinux",
	"redhat": "Red Hat", "centos": "Red Hat", "amazon": "Red Hat", "oracle": "Red Hat", "photon": "Red Hat", "cbl-mariner": "Azure Linux",
	"opensuse.leap": "openSUSE", "opensuse-leap": "openSUSE", "suse linux enterprise server": "SUSE", "npm": "npm", "yarn": "npm", "pnpm": "npm", "node-pkg": "npm",
	"pip": "PyPI", "pipenv": "PyPI", "poetry": "PyPI", "python-pkg": "PyPI", "composer": "Packagist", "bundler": "RubyGems", "gemspec": "RubyGems",
	"cargo": "crates.io", "rustbinary": "crates.io", "gomod": "Go", "gobinary": "Go", "jar": "Maven", "pom": "Maven", "gradle": "Maven",
	"nuget": "NuGet", "dotnet-core": "NuGet", "packages-props": "NuGet", "pub": "Pub", "mix": "Hex", "conan": "ConanCenter",
}

// TestTrivyAgrees holds the orders against Trivy's own: of each package that it reports, the installed version lies before one that
// it calls repaired.
func TestTrivyAgrees(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(facttest.Oracle(t, "scan"), "trivy-json", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	seen, unknown := map[string]int{}, map[string]int{}
	for _, file := range files {
		var report struct {
			Results []struct {
				Type            string
				Vulnerabilities []struct{ VulnerabilityID, PkgName, InstalledVersion, FixedVersion string }
			}
		}
		text, err := os.ReadFile(file)
		if err != nil || json.Unmarshal(text, &report) != nil {
			continue
		}
		for _, r := range report.Results {
			o, known := orderOf(types[r.Type])
			for _, v := range r.Vulnerabilities {
				if v.FixedVersion == "" {
					continue
				}
				if !known {
					unknown[r.Type]++
					continue
				}
				installed, ok := o.at(strings.TrimPrefix(v.InstalledVersion, "v")) // as Go writes it
				before := false
				for fixed := range strings.SplitSeq(v.FixedVersion, ",") {
					f, read := o.at(strings.TrimLeft(fixed, ">=<~^ v"))
					before = before || ok && read && installed.compare(f.normal) < 0
				}
				if seen[types[r.Type]]++; !before {
					t.Errorf("%s: %s %s is not before %s", r.Type, v.PkgName, v.InstalledVersion, v.FixedVersion)
				}
			}
		}
	}
	t.Log(seen, unknown)
	if len(seen) < 10 {
		t.Errorf("only %d ecosystems are in it", len(seen))
	}
}
