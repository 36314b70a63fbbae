package cargomanifest

import (
	"io"
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/fact"
)

// An Allowed is a lint that the root of a crate switches off for all of the crate, as #![allow(...)] and #![expect(...)] do
// (https://doc.rust-lang.org/reference/attributes/diagnostics.html#lint-check-attributes).
type Allowed struct {
	// Name is the file and the lint, and unique: "src/main.rs clippy::all".
	Name string `json:"name"`
	// File is relative to the root of the tree.
	File string `json:"file"`
	// Lint is a lint or a group: "warnings", "clippy::all", "dead_code".
	Lint string `json:"lint"`
	// Condition is that of a cfg_attr: "test"; "" for an attribute that always holds.
	Condition string `json:"condition"`
	// Active is true where the condition can hold in an ordinary build with the default features.
	Active bool `json:"active"`
}

const (
	// maxRoot bounds how much of the root of a crate is read: attributes stand before everything else.
	maxRoot = 1 << 20
	// maxAllowed bounds how many lints of a package are named.
	maxAllowed = 200
)

// An allowance is an Allowed with its place.
type allowance struct {
	Allowed
	span fact.Span
}

// roots are the files that the crates of a package begin with, as far as they are there; each once.
func (r *reader) roots() []string {
	dir := path.Dir(r.file)
	var files []string
	seen := map[string]bool{}
	add := func(name string) {
		file := path.Join(dir, name)
		if name != "" && fs.ValidPath(file) && !seen[file] {
			seen[file] = true
			files = append(files, file)
		}
	}
	add(r.raw.Lib.Path)
	add("src/lib.rs")
	add("src/main.rs")
	for _, b := range r.raw.Bins {
		add(b.Path)
	}
	entries, _ := fs.ReadDir(r.fsys, path.Join(dir, "src/bin"))
	for _, e := range entries {
		switch {
		case e.IsDir():
			add("src/bin/" + e.Name() + "/main.rs")
		case path.Ext(e.Name()) == ".rs":
			add("src/bin/" + e.Name())
		}
	}
	return files
}

// allowed reads what the roots of the crates switch off.
func (r *reader) allowed() []allowance {
	var all []allowance
	names := map[string]bool{}
	features := r.defaults()
	for _, file := range r.roots() {
		text, err := head(r.fsys, file)
		if err != nil {
			continue // not there, or no file of this package: cargo says what is wrong
		}
		for _, a := range attributes(text) {
			a.File, a.span.File = file, file
			if a.Active = a.Condition == ""; !a.Active {
				a.Active, _ = possible(a.Condition, features, 0)
			}
			a.Name = file + " " + a.Lint
			if a.Condition != "" {
				a.Name += " if " + a.Condition
			}
			if !names[a.Name] && len(all) < maxAllowed {
				names[a.Name] = true
				all = append(all, a)
			}
		}
	}
	return all
}

func head(fsys fs.FS, file string) (string, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRoot))
	return string(text), err
}

// attributes reads the inner attributes at the top of a source file, up to the first item.
func attributes(text string) []allowance {
	var all []allowance
	s := source{text: strings.TrimPrefix(text, "\ufeff")}
	if strings.HasPrefix(s.text, "#!") && !strings.HasPrefix(strings.TrimLeft(s.text[2:], " \t\r\n"), "[") {
		s.skip(strings.IndexByte(s.text+"\n", '\n')) // a line for the shell
	}
	for s.blank(); ; s.blank() {
		start := s.at
		if !s.opens("#", "!", "[") {
			break
		}
		body, ok := s.group(']')
		if !ok {
			break
		}
		span := s.span(start, s.at)
		for _, a := range switchedOff(body, "") {
			a.span = span
			all = append(all, a)
		}
	}
	return all
}

// switchedOff reads allow(...), and cfg_attr(CONDITION, allow(...)).
func switchedOff(body, condition string) []allowance {
	name, inner, ok := strings.Cut(strings.TrimSpace(body), "(")
	if !ok {
		return nil
	}
	inner = strings.TrimSpace(inner)
	inner = strings.TrimSuffix(inner, ")")
	var all []allowance
	switch strings.TrimSpace(name) {
	case "allow", "expect":
		for _, lint := range parts(inner) {
			if lint = bare(lint); lint != "" && !strings.Contains(lint, "=") { // reason = "..."
				all = append(all, allowance{Allowed: Allowed{Lint: lint, Condition: condition}})
			}
		}
	case "cfg_attr":
		list := parts(inner)
		own := strings.Join(strings.Fields(list[0]), " ")
		if condition != "" {
			own = "all(" + condition + ", " + own + ")"
		}
		for i := 1; i < len(list) && len(own) <= maxCondition; i++ {
			all = append(all, switchedOff(list[i], own)...)
		}
	}
	return all
}

// maxCondition bounds conditions within conditions.
const maxCondition = 1000

// bare is a text without blanks, comments and quoted texts.
func bare(text string) string {
	var b []byte
	s := source{text: text}
	for c := s.next(); c != 0; c = s.next() {
		b = append(b, c)
	}
	return string(b)
}

// parts splits at the commas outside of parentheses and texts.
func parts(text string) []string {
	var all []string
	s := source{text: text}
	for start := 0; ; {
		c := s.next()
		switch c {
		case 0:
			return append(all, strings.TrimSpace(text[start:]))
		case ',':
			all = append(all, strings.TrimSpace(text[start:s.at-1]))
			start = s.at
		case '(', '[', '{':
			if _, ok := s.group(closing[c]); !ok {
				return append(all, strings.TrimSpace(text[start:]))
			}
		}
	}
}

// inRoots leads from what is allowed to its attribute.
func inRoots(places []fact.Span, others fact.Locator) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if len(p) > 1 && p[0] == "allowed" {
			if i, ok := p[1].(int); ok && i >= 0 && i < len(places) {
				return places[i], true
			}
		}
		return others(p)
	}
}
