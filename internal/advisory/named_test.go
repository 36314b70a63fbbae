package advisory

import (
	"testing"
	"testing/fstest"
)

func TestNamed(t *testing.T) {
	record := func(id, aliases string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("```toml\n[advisory]\nid = \"" + id + "\"\npackage = \"hyper\"\ndate = \"2026-11-19\"\naliases = [" + aliases +
			"]\n[versions]\npatched = []\n```\n# Wrong\n")}
	}
	db, err := Read(fstest.MapFS{
		"crates/hyper/RUSTSEC-2030-0001.md": record("RUSTSEC-2030-0001", `"CVE-2030-1", "RUSTSEC-2030-0002"`),
		"crates/hyper/RUSTSEC-2030-0002.md": record("RUSTSEC-2030-0002", ""),
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"RUSTSEC-2030-0001": "RUSTSEC-2030-0001", "RUSTSEC-2030-0002": "RUSTSEC-2030-0002", "CVE-2030-1": "RUSTSEC-2030-0001",
		"RUSTSEC-2030-0003": "", "": "", "RUSTSEC": "", "hyper": "", "\x01": "",
	} {
		if a, ok := db.Named(CratesIO, name); a.ID != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", name, a.ID, ok)
		}
	}
	if _, ok := db.Named("npm", "RUSTSEC-2030-0001"); ok {
		t.Error("an advisory of another ecosystem is found")
	}
}
