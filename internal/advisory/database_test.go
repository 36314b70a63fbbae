package advisory

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const commit = "0123456789abcdef0123456789abcdef01234567"

// pack writes a directory as an archive, in the way of git archive.
func pack(t *testing.T, dir, file string) string {
	out, err := os.Create(filepath.Join(t.TempDir(), file))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	z, gz := zip.NewWriter(out), gzip.NewWriter(out)
	tarred := tar.NewWriter(gz)
	isZip := strings.HasSuffix(file, ".zip")
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if isZip {
		check(z.SetComment(commit))
	} else {
		check(tarred.WriteHeader(&tar.Header{Typeflag: tar.TypeXGlobalHeader, Name: "pax_global_header", PAXRecords: map[string]string{"comment": commit}}))
	}
	err = filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		check(err)
		rel, err := filepath.Rel(dir, name)
		check(err)
		rel, at := "advisory-db-main/"+filepath.ToSlash(rel), time.Date(2030, 7, 1, 2, 3, 4, 0, time.UTC)
		if isZip {
			w, err := z.CreateHeader(&zip.FileHeader{Name: rel, Method: zip.Deflate, Modified: at})
			check(err)
			_, err = w.Write(text)
			return err
		}
		check(tarred.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: rel, Mode: 0o644, Size: int64(len(text)), ModTime: at}))
		_, err = tarred.Write(text)
		return err
	})
	check(err)
	if isZip {
		check(z.Close())
	} else {
		check(tarred.Close())
		check(gz.Close())
	}
	return out.Name()
}

func open(t *testing.T, location string) *Database {
	d, err := Open(location, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestForms holds that one database gives the same answers in every form that it comes in.
func TestForms(t *testing.T) {
	forms := map[string]*Database{
		"markdown": open(t, "testdata/advisory-db"),
		"zip":      open(t, pack(t, "testdata/advisory-db", "db.zip")),
		"tar.gz":   open(t, pack(t, "testdata/advisory-db", "db.tar.gz")),
		"osv":      open(t, "testdata/osv"),
		"osv zip":  open(t, pack(t, "testdata/osv", "all.zip")),
		"folder":   open(t, filepath.Dir(pack(t, "testdata/osv", "all.zip"))),
	}
	answers := func(d *Database) map[string][]string {
		all := map[string][]string{}
		for _, name := range []string{"lock-box", "old-timer", "thin-ice", "word-of-note", "lock", "lock-boxes"} {
			for major := range 3 {
				for minor := range 7 {
					for patch := range 6 {
						for _, pre := range []string{"", "-0", "-rc.1", "-rc.2", "-rc.10", "+build"} {
							version := fmt.Sprintf("%d.%d.%d%s", major, minor, patch, pre)
							for _, h := range d.Find(CratesIO, name, version) {
								all[name+" "+version] = append(all[name+" "+version], h.ID+" "+h.Kind+" "+h.Upgrade)
							}
						}
					}
				}
			}
		}
		return all
	}
	want := answers(forms["markdown"])
	if len(want) < 1000 {
		t.Fatalf("%d versions are affected", len(want))
	}
	for name, d := range forms {
		if diff := cmp.Diff(want, answers(d)); diff != "" {
			t.Errorf("%s: (-markdown +got)\n%s", name, diff)
		}
		if d.Source.Count != 6 {
			t.Errorf("%s: %d advisories", name, d.Source.Count)
		}
		for _, about := range []string{"lock-box", "thin-ice"} {
			diff := cmp.Diff(forms["markdown"].About(CratesIO, about), d.About(CratesIO, about),
				cmpopts.EquateEmpty(), cmpopts.IgnoreFields(Advisory{}, "Affected", "Patched"))
			if diff != "" {
				t.Errorf("%s: %s: (-markdown +got)\n%s", name, about, diff)
			}
		}
	}
	for name, want := range map[string]Source{
		"markdown": {Format: "rustsec", Updated: "2030-06-01T00:00:00Z"},
		"zip":      {Format: "rustsec", Commit: commit, Updated: "2030-07-01T02:03:04Z"},
		"tar.gz":   {Format: "rustsec", Commit: commit, Updated: "2030-07-01T02:03:04Z"},
		"osv":      {Format: "osv", Updated: "2030-06-01T00:00:00Z"},
	} {
		want.Count = 6
		if diff := cmp.Diff(want, forms[name].Source, cmpopts.IgnoreFields(Source{}, "Path")); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestUpgrade shows which version is offered.
func TestUpgrade(t *testing.T) {
	d := open(t, "testdata/advisory-db")
	for _, c := range [][3]string{
		{"lock-box", "1.1.5", "RUSTSEC-2030-0001 1.4.2, RUSTSEC-2030-0002 1.4.2"}, // 1.2.5 repairs one of the two
		{"lock-box", "1.3.0", "RUSTSEC-2030-0001 1.4.2"},
		{"lock-box", "2.0.0", "RUSTSEC-2030-0002 2.1.0"},
		{"old-timer", "1.0.0", "RUSTSEC-2030-0003 "},
		{"thin-ice", "0.1.0", ""},
		{"thin-ice", "0.2.0", "RUSTSEC-2030-0004 0.3.0-rc.2"},
		{"thin-ice", "0.3.0-rc.1", "RUSTSEC-2030-0004 0.3.0-rc.2"},
		{"thin-ice", "not a version", "RUSTSEC-2030-0004 "},
	} {
		var got []string
		for _, h := range d.Find(CratesIO, c[0], c[1]) {
			got = append(got, h.ID+" "+h.Upgrade)
		}
		if s := strings.Join(got, ", "); s != c[2] {
			t.Errorf("%s %s: %q, want %q", c[0], c[1], s, c[2])
		}
	}
}

// TestIndex holds that an index is used, and only for the files that it was made from.
func TestIndex(t *testing.T) {
	dir, cache := filepath.Join(t.TempDir(), "db"), t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/advisory-db")); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		d, err := Open(dir, Options{Cache: cache})
		if err != nil {
			t.Fatal(err)
		}
		return len(d.Find(CratesIO, "old-timer", "1.0.0"))
	}
	index := func() string {
		all, err := filepath.Glob(filepath.Join(cache, "*.index"))
		if err != nil || len(all) != 1 {
			t.Fatalf("indexes %v, %v", all, err)
		}
		return all[0]
	}
	if n := count(); n != 1 {
		t.Fatalf("%d hits", n)
	}
	text, err := os.ReadFile(index())
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string][]byte{
		"cut":     text[:len(text)-9],
		"changed": []byte(strings.Replace(string(text), `"unmaintained"`, `"unmaintainex"`, 1)),
		"empty":   nil, "other": []byte("{}\n"),
	} {
		if err := os.WriteFile(index(), damage, 0o600); err != nil {
			t.Fatal(err)
		}
		if n := count(); n != 1 {
			t.Errorf("%s index: %d hits", name, n)
		}
	}
	if err := os.Remove(filepath.Join(dir, "crates/old-timer/RUSTSEC-2030-0003.md")); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 0 {
		t.Errorf("%d hits of an advisory that is gone", n)
	}
}

// TestMistakes holds that a database which cannot be read whole is an error.
func TestMistakes(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"no advisory in it":         {"README.md": "# hello"},
		"no TOML":                   {"crates/a/RUSTSEC-2030-0001.md": "# hello"},
		"is no version":             {"crates/a/RUSTSEC-2030-0001.md": fence + "toml\n[advisory]\nid='x'\npackage='a'\n[versions]\npatched=['>= one']\n" + fence + "\n"},
		"[versions] is missing":     {"crates/a/RUSTSEC-2030-0001.md": fence + "toml\n[advisory]\nid='x'\npackage='a'\n" + fence + "\n"},
		"no id":                     {"a.json": `{"affected": []}`},
		"fixed \"x\" is no version": {"a.json": `{"id": "A-1", "affected": [{"package": {"name": "a", "ecosystem": "crates.io"}, "ranges": [{"type": "SEMVER", "events": [{"fixed": "x"}]}]}]}`},
		"unexpected end":            {"a.json": `{"affected": [`},
		"may be cut off":            {"a.json": `{"id": "A-1", "modi`, "b.json": `{"other": "JSON"}`},
	} {
		dir := t.TempDir()
		for file, text := range files {
			file = filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Open(dir, Options{})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want %q, got %v", name, err)
		}
		if several, ok := err.(interface{ Unwrap() []error }); !ok || !strings.HasPrefix(several.Unwrap()[0].Error(), "advisory database "+dir+": ") {
			t.Errorf("%s: where is not said: %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none"), Options{}); err == nil {
		t.Error("a database that is not there is opened")
	}
}
