package receipt

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"sallyport/internal/attest"
)

// configurations are the files that tell the tools of Rust what to do, at the top of the repository.
var configurations = []string{
	"Cargo.toml", "Cargo.lock", "clippy.toml", ".clippy.toml", "rustfmt.toml", ".rustfmt.toml", "rust-toolchain.toml", "rust-toolchain",
	".cargo/config.toml", ".cargo/config", ".config/nextest.toml", "deny.toml",
}

func statement(o *Options, r *attest.Receipt, c *counter, top string) attest.Statement {
	r.Counts = c.counts
	s := attest.Statement{
		Type: attest.StatementType, PredicateType: attest.TestResult,
		Subject: []attest.Descriptor{{Name: "tree", Digest: map[string]string{"gitTree": r.Tree}}},
		Predicate: attest.Result{
			Result: "PASSED", Configuration: []attest.Descriptor{}, URL: o.URL, Receipt: *r,
		},
	}
	if !r.Dirty && r.Head != "" {
		s.Subject[0].Digest["gitCommit"] = r.Head
	}
	switch {
	case r.ExitCode != 0 || r.Signal != "":
		s.Predicate.Result = "FAILED"
	case c.counts.Warnings > 0:
		s.Predicate.Result = "WARNED"
	}
	if c.whole() {
		s.Predicate.PassedTests, s.Predicate.FailedTests = c.passed, c.failed
	}
	for _, name := range configurations {
		data, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		blob := plumbing.ComputeHash(plumbing.BlobObject, data).String()
		s.Predicate.Configuration = append(s.Predicate.Configuration, attest.Descriptor{Name: name, Digest: map[string]string{"gitBlob": blob}})
	}
	return s
}

// prepare makes the folder of a receipt and takes an old receipt away: where the run is cut short, none is left that
// seems to be about it. Our own folder is ignored by git.
func prepare(file, own string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if strings.HasPrefix(file, own+string(filepath.Separator)) {
		ignore := filepath.Join(own, ".gitignore")
		if _, err := os.Lstat(ignore); errors.Is(err, fs.ErrNotExist) {
			if err := os.WriteFile(ignore, []byte("*\n"), 0o644); err != nil {
				return err
			}
		}
	}
	info, err := os.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: not a regular file, and a receipt would go there", file)
	}
	return os.Remove(file)
}

// write puts the receipt there in one step: a reader sees all of it or nothing.
func write(ctx context.Context, o *Options, file string, s attest.Statement) (err error) {
	data, err := json.MarshalIndent(s, "", "  ")
	if err == nil && o.Key != nil {
		data, err = attest.Sign(ctx, o.Key, data)
	}
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".receipt-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(append(data, '\n'))
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

func replace(text, old, new string) string {
	if old == "" {
		return text
	}
	return strings.ReplaceAll(text, old, new)
}
