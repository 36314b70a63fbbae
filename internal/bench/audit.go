package main

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"sallyport/internal/advisory"
)

// audit compares the audit of a lock file of 1000 packages, database included, with reading and decoding that
// file. The database has 2000 advisories about 1500 packages; of the packages that are locked, some 30 are
// affected.
func (b *benchmark) audit() error {
	dir := filepath.Join(b.dir, "audit")
	database, lock := filepath.Join(dir, "all.zip"), filepath.Join(dir, "Cargo.lock")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := writeDatabase(database); err != nil {
		return err
	}
	var text strings.Builder
	text.WriteString("version = 4\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "\n[[package]]\nname = \"crate-%d\"\nversion = \"1.%d.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"%064x\"\ndependencies = [\n \"crate-%d\",\n \"crate-%d\",\n]\n",
			i, i%40, i, (i+1)%1000, (i*7)%1000)
	}
	if err := os.WriteFile(lock, []byte(text.String()), 0o644); err != nil {
		return err
	}
	if _, err := advisory.Open(database, advisory.Options{Cache: dir}); err != nil {
		return err
	}
	var decode, audit []time.Duration
	found := 0
	for range b.runs {
		var file struct {
			Package []struct{ Name, Version string }
		}
		start := time.Now()
		if _, err := toml.DecodeFile(lock, &file); err != nil {
			return err
		}
		decode = append(decode, time.Since(start))
		start = time.Now()
		db, err := advisory.Open(database, advisory.Options{Cache: dir})
		if err != nil {
			return err
		}
		found = 0
		for _, p := range file.Package {
			found += len(db.Find(advisory.CratesIO, p.Name, p.Version))
		}
		audit = append(audit, time.Since(start))
	}
	d, a := slices.Min(decode), slices.Min(audit)
	r := ratio(d+a, d)
	line("audit of 1000 packages against reading the lock file", fmt.Sprintf("%.2f (%s and %s, %d found)", r, ms(d), ms(a), found), "3.00", r <= 3)
	return nil
}

func writeDatabase(file string) error {
	out, err := os.Create(file)
	if err != nil {
		return err
	}
	defer out.Close()
	z := zip.NewWriter(out)
	for i := range 2000 {
		w, err := z.Create(fmt.Sprintf("RUSTSEC-2026-%04d.json", i))
		if err != nil {
			return err
		}
		fixed := fmt.Sprintf("0.%d.0", i%50)
		if i%64 == 0 {
			fixed = "1.50.0"
		}
		fmt.Fprintf(w, `{"id": "RUSTSEC-2026-%04d", "modified": "2026-11-01T00:00:00Z", "summary": "An advisory", "details": %q, "affected": [{"package":
			{"ecosystem": "crates.io", "name": "crate-%d"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0.0.0-0"}, {"fixed": %q}]}]}]}`,
			i, strings.Repeat("What it is about. ", 60), i%1500, fixed)
	}
	return z.Close()
}
