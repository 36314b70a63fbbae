// Package iptables reads what iptables-save(8) and ip6tables-save(8) print, scripts of iptables' commands, and what
// ipset(8) saves: as iptables 1.8.9 with the kernel's nf_tables reads them, which is what distributions ship.
package iptables

import (
	"bytes"
	"io/fs"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Read reads a file for iptables-restore, or with family 6 for ip6tables-restore. It is all that is known of its family, and
// says nothing of the other one. The sets are those that rules may ask for; nil where they are not known.
func Read(fsys fs.FS, path string, family int, sets *Sets) (*firewall.Ruleset, error) {
	text, err := read(fsys, path)
	if err != nil {
		return nil, err
	}
	l := NewLoader(path)
	if sets != nil {
		l.sets = sets
		sets.written = make(map[string]bool)
	}
	l.Restore(family, path, text, false)
	if l.err != nil {
		return nil, l.err
	}
	return l.Ruleset(), nil
}

// ReadSets reads a file for ipset restore: a command each line. What was refused is a mistake of the line, where ipset
// stops; the sets are those before.
func ReadSets(fsys fs.FS, path string) (*Sets, []*fact.Error, error) {
	text, err := read(fsys, path)
	if err != nil {
		return nil, nil, err
	}
	s := &Sets{written: make(map[string]bool), given: true}
	if line, m := s.restore(text); m != nil {
		return s, []*fact.Error{{File: path, Line: line, Column: max(m.column, 1), Msg: m.msg, Hint: m.hint}}, nil
	}
	return s, nil, nil
}

func (s *Sets) restore(text string) (int, *mistake) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line == "COMMIT" {
			continue
		}
		words, problem := split(line, 1)
		if problem != "" {
			return n, &mistake{msg: problem}
		}
		if m := s.run(words); m != nil {
			return n, m
		}
	}
	return n, nil
}

// read is a file's text; bytes that are no UTF-8 may stand in comments.
func read(fsys fs.FS, path string) (string, error) {
	data, err := fs.ReadFile(fsys, path)
	if err != nil {
		return "", err
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return "", &fact.Error{File: path, Line: 1 + bytes.Count(data[:i], []byte("\n")), Msg: "there is a NUL byte: this is no text", Hint: "look at what wrote the file"}
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), nil
}
