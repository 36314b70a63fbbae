package cargolock

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var workspaceFiles = map[string]string{
	"app/Cargo.lock": `version = 4

[[package]]
name = "api"
version = "0.1.0"
dependencies = ["core-lib", "thin-ice", "word-of-note 0.5.0 (registry+https://github.com/rust-lang/crates.io-index)"]

[[package]]
name = "core-lib"
version = "0.1.0"
dependencies = ["middle", "old-timer"]

[[package]]
name = "lock-box"
version = "1.1.5"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "middle"
version = "3.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"
dependencies = ["lock-box"]

[[package]]
name = "old-timer"
version = "1.0.0"
source = "git+https://example.org/old-timer?rev=abc#0123456789012345678901234567890123456789"

[[package]]
name = "thin-ice"
version = "0.2.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "word-of-note"
version = "0.5.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "00"

[[package]]
name = "word-of-note"
version = "0.6.0"
source = "registry+https://example.org/index"
checksum = "00"
`,
	"app/Cargo.toml": `[workspace]
members = ["crates/*"]

[workspace.dependencies]
ice = { package = "thin-ice", version = "0.2" }
`,
	"app/crates/api/Cargo.toml": `[package]
name = "api"

[dependencies]
core-lib = { path = "../../core" }

[target.'cfg(unix)'.build-dependencies]
ice = { workspace = true, optional = true }

[dev-dependencies]
word-of-note = "0.5"
`,
	"app/core/Cargo.toml": `[package]
name = "core-lib"

[dependencies]
middle = "3"
old-timer = { git = "https://example.org/old-timer", rev = "abc" }
`,
}

func auditFiles(t *testing.T, files map[string]string) (Lock, fact.Document) {
	db, err := advisory.Open("../../internal/advisory/testdata/advisory-db", advisory.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	docs, err := New(Options{Advisories: db}).Collect(context.Background(), fsys, "app/Cargo.lock")
	if err != nil {
		t.Fatal(err)
	}
	lock := docs[0].Facts.(Lock)
	if err := facttest.Whole(lock); err != nil {
		t.Error(err)
	}
	return lock, docs[0]
}

func shown(h *audit.Hit) string {
	requirements := make([]string, len(h.Requirements))
	for i, r := range h.Requirements {
		requirements[i] = r.Manifest + ":" + r.Name
	}
	scope := h.Scope
	if h.Optional {
		scope += " optional"
	}
	return fmt.Sprintf("%s %s %s up %s | %s | %s | %s", h.Name, h.Kind, h.Severity, h.Upgrade, scope,
		strings.Join(h.Paths, ", "), strings.Join(requirements, ", "))
}

// TestAudit shows what an audit says of a workspace: advisories, ways, scopes, and both places.
func TestAudit(t *testing.T) {
	lock, doc := auditFiles(t, workspaceFiles)
	var got []string
	for i := range lock.Audit.Hits {
		got = append(got, shown(&lock.Audit.Hits[i]))
	}
	want := []string{
		"RUSTSEC-2030-0001 lock-box@1.1.5 vulnerability critical up 1.4.2 | normal | core-lib > middle > lock-box | app/core/Cargo.toml:middle",
		"RUSTSEC-2030-0002 lock-box@1.1.5 vulnerability unknown up 1.4.2 | normal | core-lib > middle > lock-box | app/core/Cargo.toml:middle",
		"RUSTSEC-2030-0004 thin-ice@0.2.0 unsound unknown up 0.3.0-rc.2 | build optional | api > thin-ice | app/crates/api/Cargo.toml:ice",
		"RUSTSEC-2030-0006 word-of-note@0.5.0 notice unknown up 0.5.1 | dev | api > word-of-note | app/crates/api/Cargo.toml:word-of-note",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(lock.Audit.Forks) != 1 || lock.Audit.Forks[0].Package != "old-timer" {
		t.Errorf("forks %+v", lock.Audit.Forks)
	}
	for _, c := range []struct {
		at   fact.Path
		want string
	}{
		{fact.Path{"audit", "hits", 0}, ":14"},
		{fact.Path{"audit", "hits", 0, "version"}, ":15"},
		{fact.Path{"audit", "hits", 0, "requirements", 0}, "app/core/Cargo.toml:5"},
		{fact.Path{"audit", "hits", 2, "requirements", 0}, "app/crates/api/Cargo.toml:8"},
		{fact.Path{"audit", "forks", 0}, ":27"},
	} {
		if s := doc.Locate(c.at); fmt.Sprintf("%s:%d", s.File, s.Line) != c.want {
			t.Errorf("%v is at %s:%d, want %s", c.at, s.File, s.Line, c.want)
		}
	}
}

// TestAuditWithoutManifests holds that a lock file alone is audited, too.
func TestAuditWithoutManifests(t *testing.T) {
	lock, _ := auditFiles(t, map[string]string{"app/Cargo.lock": workspaceFiles["app/Cargo.lock"]})
	if n := len(lock.Audit.Hits); n != 4 {
		t.Fatalf("%d hits", n)
	}
	for i := range lock.Audit.Hits {
		if h := &lock.Audit.Hits[i]; h.Scope != "unknown" || h.Optional || len(h.Paths) == 0 {
			t.Error(shown(h))
		}
	}
}
