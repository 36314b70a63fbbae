package advisory

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"
)

// A Database is a set of advisories. It may be read from several goroutines.
type Database struct {
	Source Source
	// lines are ecosystem, package and advisory, sorted, with tabs between them: only what is asked for is decoded.
	lines []byte
}

// Options say how a database is opened.
type Options struct {
	// Cache is the folder for indexes; "" keeps none.
	Cache string
	// Commit tells the commit of a git checkout and its time; nil where nobody asks git.
	Commit func(dir string) (hash string, at time.Time, err error)
}

// Open reads a database: a directory of RustSec's advisory-db or of OSV's export, a git checkout, or a zip or
// tar.gz archive of either. Where an index of the same files exists, it is read instead. A file that is no
// advisory is an error, and so is a database without any.
func Open(location string, opts Options) (*Database, error) {
	location, err := filepath.Abs(location)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(location)
	if err != nil {
		return nil, fmt.Errorf("advisory database: %w", err)
	}
	mark, err := stamp(location, info)
	if err != nil {
		return nil, fmt.Errorf("advisory database %s: %w", location, err)
	}
	index := indexFile(opts.Cache, location)
	if d, ok := readIndex(index, mark); ok {
		return d, nil
	}
	d, err := build(location, info.IsDir(), opts)
	if err != nil {
		return nil, named(location, err)
	}
	// Without an index the next run is slower, and nothing else.
	_ = d.writeIndex(index, mark)
	return d, nil
}

// named says of each mistake in which database it is.
func named(location string, err error) error {
	all := []error{err}
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		all = several.Unwrap()
	}
	for i, e := range all {
		all[i] = fmt.Errorf("advisory database %s: %w", location, e)
	}
	return errors.Join(all...)
}

// maxErrors bounds how many bad files are named.
const maxErrors = 20

func build(location string, dir bool, opts Options) (*Database, error) {
	d := &Database{Source: Source{Path: location}}
	if !dir {
		all, err := archive(location, &d.Source.Commit)
		if err != nil {
			return nil, err
		}
		return d, d.read(all)
	}
	root, err := os.OpenRoot(location)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := d.read(directory(root.FS())); err != nil {
		return nil, err
	}
	if opts.Commit != nil {
		if hash, at, err := opts.Commit(location); err == nil && hash != "" {
			d.Source.Commit, d.Source.Updated = hash, at.UTC().Format(time.RFC3339)
		}
	}
	return d, nil
}

// Read reads a database from a file system, in the forms that Open knows for a directory.
func Read(fsys fs.FS) (*Database, error) {
	d := &Database{}
	return d, d.read(directory(fsys))
}

func (d *Database) read(all files) (err error) {
	b := builder{}
	if err := all(b.add); err != nil {
		return errors.Join(append(b.errs, err)...)
	}
	if len(b.errs) > 0 {
		return errors.Join(b.errs...)
	}
	if len(b.advisories) == 0 {
		return errors.New("no advisory in it: name a checkout or an archive of RustSec's advisory-db, or an export of OSV")
	}
	d.Source.Count = b.count
	d.Source.Format = b.format()
	d.Source.Updated = b.updated(d.Source.Commit != "")
	d.lines, err = encode(b.advisories)
	return err
}

type builder struct {
	advisories    []Advisory
	count         int
	markdown, osv int
	latest        string // of the records themselves
	newest        time.Time
	errs          []error
}

func (b *builder) add(name string, modified time.Time, text []byte) error {
	var all []Advisory
	var at string
	var err error
	if strings.HasSuffix(name, ".md") {
		var a Advisory
		a, err = rustsec(name, string(text))
		all, at = []Advisory{a}, max(a.Date, a.Withdrawn)
		b.markdown++
	} else {
		other := !bytes.Contains(text, []byte(`"affected"`)) // some other JSON, and OSV records without a package
		switch {
		case other && json.Valid(text):
			return nil
		case other:
			err = errors.New("no whole JSON: it may be cut off")
		default:
			all, at, err = osv(text)
		}
		b.osv++
	}
	if err != nil {
		b.errs = append(b.errs, fmt.Errorf("%s: %w", name, err))
		if len(b.errs) == maxErrors {
			return errors.New("and more like these")
		}
		return nil
	}
	b.count++
	b.latest = max(b.latest, at)
	if modified.After(b.newest) {
		b.newest = modified
	}
	b.advisories = append(b.advisories, all...)
	return nil
}

func (b *builder) format() string {
	switch {
	case b.osv == 0:
		return "rustsec"
	case b.markdown == 0:
		return "osv"
	}
	return "mixed"
}

// updated is the time of an archive's files where git made it, since they all have the commit's; else the
// latest change of a record.
func (b *builder) updated(committed bool) string {
	if committed && !b.newest.IsZero() {
		return b.newest.UTC().Format(time.RFC3339)
	}
	if len(b.latest) == len(time.DateOnly) {
		return b.latest + "T00:00:00Z"
	}
	return b.latest
}

func encode(all []Advisory) ([]byte, error) {
	for i := range all {
		all[i].Package = canonical(all[i].Ecosystem, all[i].Package)
	}
	slices.SortFunc(all, func(a, b Advisory) int {
		return cmp.Or(strings.Compare(a.Ecosystem, b.Ecosystem), strings.Compare(a.Package, b.Package), strings.Compare(a.ID, b.ID))
	})
	var out bytes.Buffer
	for i := range all {
		line, err := json.Marshal(&all[i])
		if err != nil {
			return nil, err
		}
		out.Write(key(all[i].Ecosystem, all[i].Package))
		out.Write(line)
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

// key begins the lines of a package. A control character cannot be in a name: it would end the line.
func key(ecosystem, name string) []byte {
	clean := func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}
	return []byte(strings.Map(clean, ecosystem) + "\x01" + strings.Map(clean, name) + "\x02")
}

// About returns all advisories about a package, withdrawn ones too.
func (d *Database) About(ecosystem, name string) []Advisory {
	want := key(ecosystem, canonical(ecosystem, name))
	start := func(at int) int { return bytes.LastIndexByte(d.lines[:at], '\n') + 1 }
	at := sort.Search(len(d.lines), func(i int) bool { return bytes.Compare(head(d.lines[start(i):]), want) >= 0 })
	var all []Advisory
	for rest := d.lines[start(at):]; bytes.HasPrefix(rest, want); {
		line, more, _ := bytes.Cut(rest, []byte("\n"))
		var a Advisory
		if err := json.Unmarshal(line[len(want):], &a); err != nil {
			a = Advisory{ID: "unreadable", Ecosystem: ecosystem, Package: name, Kind: vulnerability, Undecidable: true}
		}
		all, rest = append(all, a), more
	}
	return all
}

// head is the key at the start of a line.
func head(line []byte) []byte { return line[:bytes.IndexByte(line, 2)+1] }
