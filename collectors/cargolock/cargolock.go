// Package cargolock reads Cargo.lock, the record of what cargo resolved, in its versions 1 to 4.
package cargolock

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/audit"
	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// Options are what the packages are audited with; nil is nothing.
type Options struct {
	Advisories *advisory.Database
	Registry   *advisory.Registry
}

// New returns the collector of every file called Cargo.lock.
func New(opts Options) fact.Collector {
	return fact.Collector{
		Kind:    "cargo_lock",
		Example: "Cargo.lock",
		Facts:   Lock{},
		Match:   func(file string, _ []byte) bool { return path.Base(file) == "Cargo.lock" },
		Collect: func(ctx context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
			return collect(ctx, fsys, file, opts)
		},
	}
}

// A Lock is a Cargo.lock (https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html; the format
// is that of cargo's own src/cargo/core/resolver/encode.rs).
type Lock struct {
	// Path is the file, relative to the root.
	Path string `json:"path"`
	// SHA256 is the digest of the file's bytes, in lower-case hex; an audit report is about one such digest.
	SHA256 string `json:"sha256"`
	// Version is the version of the format, 1 to 4. Versions 1 and 2 do not name themselves and are told
	// by what the file holds.
	Version int `json:"version"`
	// Count is how many packages there are.
	Count int `json:"count"`
	// Packages are in the order of the file; the [root] of a version 1 file comes last.
	Packages []Package `json:"packages"`
	// Sources are what packages come from, by the text that Package.Source holds.
	Sources map[string]Source `json:"sources"`
	// Roots are the indices of the packages without a source: the members of the workspace and what they
	// depend on by path.
	Roots []int `json:"roots"`
	// Duplicates are the names that occur with several versions or sources, sorted by name.
	Duplicates []Duplicate `json:"duplicates"`
	// Unchecked are the packages from a registry that have no checksum, although cargo writes checksums
	// into this file: its version is 3 or later, or another package has one.
	Unchecked []Unchecked `json:"unchecked"`
	// Requirements are the lines of manifests in the workspace that ask for packages from elsewhere.
	Requirements []audit.Requirement `json:"requirements"`
	// Audit is what the database of advisories says.
	Audit Audit `json:"audit"`
}

// A Package is one locked package.
type Package struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	// Kind is where the package comes from: "path" (no source), "registry", "git", "directory",
	// "local-registry", or "unknown".
	Kind string `json:"kind"`
	// Source is the key of Lock.Sources; "" for a package without a source.
	Source string `json:"source"`
	// Checksum is the SHA-256 of the package file in hex; "" where the lock has none.
	Checksum string `json:"checksum"`
	// Dependencies and Parents are indices into Lock.Packages: what this package needs, and what needs it.
	Dependencies []int `json:"dependencies"`
	Parents      []int `json:"parents"`
	// Chain is one of the shortest ways from a root to the package, as names: "app > hyper > h2". A long
	// one is cut at its start.
	Chain string `json:"chain"`
	// Pulled are indices into Lock.Requirements: the lines with which Chain leaves the workspace.
	Pulled []int `json:"pulled"`
}

// A Source is where packages come from (https://doc.rust-lang.org/cargo/reference/pkgid-spec.html).
type Source struct {
	// Kind is as in Package.Kind.
	Kind string `json:"kind"`
	// URL is the address without the kind in front, the query and the fragment; passwords are masked.
	URL string `json:"url"`
	// Repository is URL without scheme, user and the ending .git: "github.com/acme/codec".
	Repository string `json:"repository"`
	// CratesIO is true for the registry that cargo uses by default.
	CratesIO bool `json:"crates_io"`
	// Sparse is true for a registry whose index is read over HTTP instead of git.
	Sparse bool `json:"sparse"`
	// Plaintext is true where the address is read over a connection that is not encrypted.
	Plaintext bool `json:"plaintext"`
	// Branch, Tag and Rev are what the manifest asked a git repository for; at most one is not empty.
	Branch string `json:"branch"`
	Tag    string `json:"tag"`
	Rev    string `json:"rev"`
	// Commit is what the lock holds the git repository to.
	Commit string `json:"commit"`
}

// A Duplicate is a name with several packages.
type Duplicate struct {
	Name string `json:"name"`
	// Versions are in the order of the file; one comes twice where it has two sources.
	Versions []string `json:"versions"`
	// Packages are indices into Lock.Packages.
	Packages []int `json:"packages"`
}

// An Unchecked says of a package what a rule tells of it, so that rules need not read all packages.
type Unchecked struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Chain   string `json:"chain"`
	// At is the index into Lock.Packages.
	At int `json:"at"`
}

// The shape of the file.
type (
	fileLock struct {
		Version  int               `toml:"version"`
		Root     filePackage       `toml:"root"`
		Packages []filePackage     `toml:"package"`
		Metadata map[string]string `toml:"metadata"`
	}
	filePackage struct {
		Name         string   `toml:"name"`
		Version      string   `toml:"version"`
		Source       string   `toml:"source"`
		Checksum     string   `toml:"checksum"`
		Dependencies []string `toml:"dependencies"`
	}
)

// What one lock file may hold: 200 000 packages of eight dependencies each. Large workspaces lock about
// two thousand.
const (
	maxValues   = 3_000_000
	maxPackages = 200_000
)

func collect(ctx context.Context, fsys fs.FS, file string, opts Options) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	if err := conflicted(file, string(data)); err != nil {
		return nil, err
	}
	if n := bytes.Count(data, []byte("[[package]]")); n > maxPackages {
		return nil, &fact.Error{
			File: file, Msg: fmt.Sprintf("%d packages, more than the limit of %d", n, maxPackages),
			Hint: "split the workspace",
		}
	}
	var raw fileLock
	tree, err := syntax.ReadTOML(file, data, maxValues, &raw)
	if tree.Spans == nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r := newReader(file, &raw, tree.Spans)
	lock, known := r.read()
	errs := append([]error{err}, r.errs...)
	if !known {
		return nil, errors.Join(errs...)
	}
	if lock.SHA256, err = digest(fsys, file); err != nil {
		return nil, err
	}
	w := readWorkspace(fsys, file)
	w.metadata = fact.Found(ctx, "cargo_metadata")
	w.pull(&lock, r.via)
	a := auditor{lock: &lock, workspace: w, opts: opts}
	errs = append(errs, a.audit())
	doc := fact.Document{Kind: "cargo_lock", Path: file, Facts: lock, Spans: r.locator(lock), Secrets: r.secrets, Files: w.files}
	return []fact.Document{doc}, errors.Join(errs...)
}

// conflicted finds what git leaves where two branches changed the file.
func conflicted(file, text string) error {
	n := 0
	for line := range strings.Lines(text) {
		if n++; strings.HasPrefix(line, "<<<<<<< ") {
			return &fact.Error{
				File: file, Line: n, Column: 1, Msg: "unresolved merge conflict",
				Hint: "take one side and run cargo metadata, which completes the file",
			}
		}
	}
	return nil
}

// digest reads the bytes again, because syntax.Read leaves out a byte order mark.
func digest(fsys fs.FS, file string) (string, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
