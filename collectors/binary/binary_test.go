package binary

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"
	"testing/fstest"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
	"sallyport/internal/auditable"
	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
	"sallyport/internal/imagepack"
)

const crates = `{"packages":[
	{"name":"ledger","version":"1.4.2","source":"local","root":true,"dependencies":[1,2,3]},
	{"name":"lock-box","version":"1.1.5","source":"crates.io"},
	{"name":"thin-ice","version":"0.2.0","source":"crates.io","kind":"build"},
	{"name":"old-timer","version":"1.0.0","source":"git"}]}`

func run(t testing.TB, opts Options, data []byte) []fact.Document {
	t.Helper()
	c := New(opts)
	docs, err := c.Collect(context.Background(), fstest.MapFS{"bin/ledger": &fstest.MapFile{Data: data}}, "bin/ledger")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := facttest.Whole(d.Facts); err != nil {
			t.Error(err)
		}
	}
	return docs
}

func TestBinary(t *testing.T) {
	db, err := advisory.Open("../../internal/advisory/testdata/advisory-db", advisory.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data := imagepack.Auditable(crates)
	docs := run(t, Options{Advisories: db}, data)
	if len(docs) != 1 {
		t.Fatalf("%d documents", len(docs))
	}
	b := docs[0].Facts.(Binary)
	if b.Crate != "ledger" || b.Version != "1.4.2" || !b.Static || !b.Rust || b.Size != len(data) || b.SHA256 != fmt.Sprintf("%x", sha256.Sum256(data)) {
		t.Errorf("%+v", b)
	}
	var got []string
	for _, list := range [][]audit.Hit{b.Audit.Hits, b.Audit.Forks} {
		for _, h := range list {
			got = append(got, fmt.Sprint(h.Name, " ", h.Kind, " ", h.Scope, " ", h.Paths))
		}
	}
	want := []string{
		"RUSTSEC-2030-0001 lock-box@1.1.5 vulnerability normal [ledger > lock-box]",
		"RUSTSEC-2030-0002 lock-box@1.1.5 vulnerability normal [ledger > lock-box]",
		"RUSTSEC-2030-0004 thin-ice@0.2.0 unsound build [ledger > thin-ice]",
	}
	for i, w := range want {
		if i >= len(got) || got[i] != w {
			t.Fatalf("got %q, want first %q", got, want)
		}
	}
	if len(b.Audit.Forks) != 1 || b.Audit.Forks[0].Package != "old-timer" {
		t.Errorf("forks %+v", b.Audit.Forks)
	}
}

// TestNoList holds that a program without a list is no document, and one with a broken list is one with a problem.
func TestNoList(t *testing.T) {
	if docs := run(t, Options{}, imagepack.Program(map[string]string{".comment": "rustc version 1.95.0"})); len(docs) != 0 {
		t.Errorf("%d documents", len(docs))
	}
	docs := run(t, Options{}, imagepack.Program(map[string]string{auditable.Section: "garbage"}))
	if len(docs) != 1 || docs[0].Facts.(Binary).Problem == "" {
		t.Errorf("%+v", docs)
	}
}

func TestMatch(t *testing.T) {
	head := imagepack.Auditable(crates)
	for path, want := range map[string]bool{
		"ledger": true, "target/release/ledger": true, "deps/ledger": true, "build/ledger": true,
		"target/release/deps/ledger-0123": false, "target/x86_64-unknown-linux-musl/release/build/x/build-script-build": false,
	} {
		if got := match(path, head); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	if match("ledger", nil) || match("ledger", []byte("#!/bin/sh\n# nothing to see in here")) {
		t.Error("a script is a program")
	}
}

func FuzzCollect(f *testing.F) {
	f.Add(imagepack.Auditable(crates))
	f.Add(imagepack.Program(map[string]string{auditable.Section: "garbage"}))
	f.Fuzz(func(t *testing.T, data []byte) { run(t, Options{}, data) })
}
