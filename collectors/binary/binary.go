// Package binary reads programs that hold the list of the crates that they were built of, as cargo auditable writes it.
package binary

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"sallyport/internal/advisory"
	"sallyport/internal/auditable"
	"sallyport/internal/fact"
)

// Kind is the kind of the documents.
const Kind = "binary"

// Options are what the collector must know beyond the tree.
type Options struct {
	// Advisories are what crates are audited with, and Registry knows yanked versions; nil for none.
	Advisories *advisory.Database
	Registry   *advisory.Registry
}

// A Binary is a program with the list of its crates.
type Binary struct {
	// Path is the file, relative to the root of the tree.
	Path string `json:"path"`
	// SHA256 is the digest of the file, and Size is in bytes.
	SHA256 string `json:"sha256"`
	Size   int    `json:"size"`
	// Format is "elf", "macho", "pe" or "wasm".
	Format string `json:"format"`
	// Machine is the processor, as Go calls it: "amd64"; "" for others.
	Machine string `json:"machine"`
	// Static is true for an ELF file without an interpreter; Interpreter is what loads it.
	Static      bool   `json:"static"`
	Interpreter string `json:"interpreter"`
	// Rust is true where the compiler left its name in the file, and Stripped without symbols. Both are told of ELF files.
	Rust     bool `json:"rust"`
	Stripped bool `json:"stripped"`
	// Problem says why the list of crates cannot be read; "" where it was read.
	Problem string `json:"problem"`
	// Crate and Version are what the program is of; "" where the list does not say.
	Crate   string `json:"crate"`
	Version string `json:"version"`
	// Crates are what it was built of.
	Crates []auditable.Crate `json:"crates"`
	// Audit is what a database of advisories says about them.
	Audit auditable.Audit `json:"audit"`
}

// New returns the collector.
func New(opts Options) fact.Collector {
	return fact.Collector{
		Kind: Kind, Example: "ledger", Facts: Binary{}, Evidence: true, Streams: true,
		Match: match,
		Collect: func(ctx context.Context, fsys fs.FS, path string) ([]fact.Document, error) {
			return collect(ctx, fsys, path, opts)
		},
	}
}

// match takes what is a program by its first bytes, but for what cargo leaves on its way to one.
func match(path string, head []byte) bool {
	return auditable.Executable(head) && !intermediate(path)
}

// intermediate tells of the folders below cargo's target/<profile>: the programs themselves are linked one above.
func intermediate(path string) bool {
	parts := strings.Split(path, "/")
	at := slices.Index(parts, "target")
	return at >= 0 && slices.ContainsFunc(parts[at:len(parts)-1], func(p string) bool {
		return p == "deps" || p == "build" || p == "incremental"
	})
}

// collect makes no document of a program without a list: there is nothing to judge in it.
func collect(ctx context.Context, fsys fs.FS, path string, opts Options) ([]fact.Document, error) {
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	at, ok := f.(io.ReaderAt)
	if !ok {
		return nil, &fact.Error{File: path, Msg: "cannot be read at will"}
	}
	p, ok := auditable.Read(at, info.Size())
	if !ok || !p.Auditable {
		return nil, ctx.Err()
	}
	facts := Binary{
		Path: path, Size: int(info.Size()), Format: p.Format, Machine: p.Machine, Static: p.Static, Interpreter: p.Interpreter,
		Rust: p.Rust, Stripped: p.Stripped, Problem: p.Problem, Crates: append([]auditable.Crate{}, p.Crates...),
	}
	if i := auditable.Root(p.Crates); i >= 0 {
		facts.Crate, facts.Version = p.Crates[i].Name, p.Crates[i].Version
	}
	if facts.SHA256, err = digest(ctx, io.NewSectionReader(at, 0, info.Size())); err != nil {
		return nil, &fact.Error{File: path, Msg: err.Error()}
	}
	facts.Audit, err = auditable.NewAudit(facts.Crates, opts.Advisories, opts.Registry)
	return []fact.Document{{Kind: Kind, Path: path, Facts: facts}}, errors.Join(err, ctx.Err())
}

// digest reads the file piece by piece, as long as the context lasts.
func digest(ctx context.Context, r io.Reader) (string, error) {
	h := sha256.New()
	for buf := make([]byte, 1<<20); ; {
		n, err := r.Read(buf)
		h.Write(buf[:n])
		if err == io.EOF {
			return hex.EncodeToString(h.Sum(nil)), ctx.Err()
		}
		if err != nil {
			return "", err
		}
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
}
