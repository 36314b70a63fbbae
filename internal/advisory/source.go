package advisory

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// What a database may hold. All of OSV has about 300 000 records.
const (
	maxRecord = 8 << 20
	maxFiles  = 2_000_000
	maxBytes  = 8 << 30
)

// A Source says what a database is made of.
type Source struct {
	// Path is where it was read from.
	Path string `json:"path"`
	// Format is "rustsec" for Markdown, "osv" for JSON, "mixed" for both.
	Format string `json:"format"`
	// Commit is the git commit, where the checkout or the archive names one.
	Commit string `json:"commit"`
	// Updated is when the database changed last, in RFC 3339: the commit's time, or the latest change of a record.
	Updated string `json:"updated"`
	// Count is how many advisories there are, withdrawn ones too.
	Count int `json:"count"`
}

// A files hands out the files of a database one by one.
type files func(yield func(name string, modified time.Time, text []byte) error) error

// stamp changes whenever the database may have changed: names, sizes and times of its files.
func stamp(location string, info fs.FileInfo) (string, error) {
	h := sha256.New()
	note := func(name string, i fs.FileInfo) {
		fmt.Fprintf(h, "%s\x00%d\x00%d\n", name, i.Size(), i.ModTime().UnixNano())
	}
	note(location, info)
	if info.IsDir() {
		err := fs.WalkDir(os.DirFS(location), ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
				return fs.SkipDir
			case d.IsDir() || !wanted(name):
				return nil
			}
			i, err := d.Info()
			if err == nil {
				note(name, i)
			}
			return err
		})
		if err != nil {
			return "", err
		}
		head, _ := os.ReadFile(filepath.Join(location, ".git", "logs", "HEAD"))
		h.Write(head)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// wanted tells whether a file may be an advisory. Markdown counts below the folders of advisory-db.
func wanted(name string) bool {
	switch path.Ext(name) {
	case ".zip":
		return true // OSV exports each ecosystem as one: crates.io/all.zip
	case ".json":
		return path.Base(name) != "package.json"
	case ".md":
		parent := path.Base(path.Dir(path.Dir(name)))
		return parent == "crates" || parent == "rust"
	}
	return false
}

// directory hands out the files of a folder. Links are not followed.
func directory(fsys fs.FS) files {
	return func(yield func(string, time.Time, []byte) error) error {
		return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
				return fs.SkipDir
			case !d.Type().IsRegular() || !wanted(name):
				return nil
			}
			f, err := fsys.Open(name)
			if err != nil {
				return err
			}
			defer f.Close()
			if path.Ext(name) == ".zip" {
				return within(name, f, d, yield)
			}
			text, err := bounded(f)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return yield(name, time.Time{}, text)
		})
	}
}

// within hands out the files of an archive that lies in a folder. Archives within it are none of ours.
func within(name string, f fs.File, d fs.DirEntry, yield func(string, time.Time, []byte) error) error {
	info, err := d.Info()
	at, ok := f.(io.ReaderAt)
	if err != nil || !ok {
		return errors.Join(fmt.Errorf("%s: cannot be read as an archive", name), err)
	}
	z, err := zip.NewReader(at, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return unzip(z, func(inner string, _ time.Time, text []byte) error { return yield(name+"/"+inner, time.Time{}, text) })
}

var errTooLarge = fmt.Errorf("longer than %d bytes: no advisory is", maxRecord)

func bounded(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxRecord+1))
	if err == nil && len(text) > maxRecord {
		err = errTooLarge
	}
	return text, err
}

func zipped(location string, commit *string) files {
	return func(yield func(string, time.Time, []byte) error) error {
		z, err := zip.OpenReader(location)
		if err != nil {
			return err
		}
		defer z.Close()
		if isCommit(z.Comment) {
			*commit = z.Comment // archives that git makes carry it so
		}
		return unzip(&z.Reader, yield)
	}
}

func unzip(z *zip.Reader, yield func(string, time.Time, []byte) error) error {
	if len(z.File) > maxFiles {
		return fmt.Errorf("more than %d files", maxFiles)
	}
	total := int64(0)
	for _, f := range z.File {
		if f.FileInfo().IsDir() || !wanted(f.Name) || path.Ext(f.Name) == ".zip" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		text, err := bounded(r)
		r.Close()
		if total += int64(len(text)); err == nil && total > maxBytes {
			err = fmt.Errorf("the archive unpacks to more than %d bytes", int64(maxBytes))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if err := yield(f.Name, f.Modified, text); err != nil {
			return err
		}
	}
	return nil
}

func tarball(location string, commit *string) files {
	return func(yield func(string, time.Time, []byte) error) error {
		f, err := os.Open(location)
		if err != nil {
			return err
		}
		defer f.Close()
		gz, err := gzip.NewReader(f)
		if err != nil {
			return err
		}
		t := tar.NewReader(io.LimitReader(gz, maxBytes))
		for n := 0; ; n++ {
			h, err := t.Next()
			switch {
			case err == io.EOF:
				return nil
			case err != nil:
				return err
			case n > maxFiles:
				return fmt.Errorf("more than %d files", maxFiles)
			case h.Typeflag == tar.TypeXGlobalHeader && isCommit(h.PAXRecords["comment"]):
				*commit = h.PAXRecords["comment"]
			}
			if h.Typeflag != tar.TypeReg || !wanted(h.Name) || path.Ext(h.Name) == ".zip" {
				continue
			}
			text, err := bounded(t)
			if err != nil {
				return fmt.Errorf("%s: %w", h.Name, err)
			}
			if err := yield(h.Name, h.ModTime, text); err != nil {
				return err
			}
		}
	}
}

func isCommit(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == 40
}

// archive tells by its first bytes what a file is.
func archive(location string, commit *string) (files, error) {
	f, err := os.Open(location)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, 4)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("PK")):
		return zipped(location, commit), nil
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return tarball(location, commit), nil
	}
	return nil, errors.New("neither a directory nor a zip or tar.gz archive")
}
