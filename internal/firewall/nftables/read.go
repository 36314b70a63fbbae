// Package nftables reads nftables' rulesets: scripts for nft -f, what "nft list ruleset" prints, and the JSON of
// "nft -j list ruleset". The grammar is that of nft(8) 1.0.6, with what later versions add where it is documented.
//
// A script is a program over a ruleset that is empty at first: its commands are carried out in their order, and what
// nft or the kernel would refuse makes the whole of it refused, for nft loads a script in one transaction.
package nftables

import (
	"bytes"
	"cmp"
	"io/fs"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Read reads a script, a listing or JSON from the tree; includes are looked up in the tree alone.
func Read(fsys fs.FS, path string) (*firewall.Ruleset, error) {
	text, err := load(fsys, path)
	if err != nil {
		return nil, err
	}
	if body, marked := strings.CutPrefix(text, bom); strings.HasPrefix(strings.TrimSpace(body), "{") {
		return readJSON(path, body)
	} else if marked {
		set := readScript(fsys, path, body)
		if !set.listing {
			set.junk(fact.Span{Line: 1, Column: 1}, "the script begins with a byte order mark", "save the file as UTF-8 without it")
		}
		return set.Ruleset, nil
	}
	return readScript(fsys, path, text).Ruleset, nil
}

const bom = "\ufeff"

// A script is what it leaves, and whether it is a listing.
type script struct {
	*firewall.Ruleset
	path    string
	listing bool
}

// junk refuses what nft's scanner does not take between words.
func (s *script) junk(at fact.Span, what, hint string) {
	e := &fact.Error{File: cmp.Or(at.File, s.path), Line: at.Line, Column: at.Column, Msg: what + ", which nft does not read", Hint: hint}
	s.Refused = append([]*fact.Error{e}, s.Refused...)
}

func readScript(fsys fs.FS, path, text string) *script {
	r := &run{}
	p := &parser{fsys: fsys, root: path, scopes: []map[string]*expr{{}}, listing: true}
	p.sources = []*scanner{newScanner("", path, text)}
	func() {
		defer r.note()
		p.script(r.do)
	}()
	set := &script{r.ruleset(path), path, p.listing && listed(text)}
	set.Partial = append(p.partial, set.Partial...)
	if !r.flushed && !set.listing {
		set.Partial = append(set.Partial, unflushed)
	}
	for _, s := range p.sources {
		p.note(s)
	}
	if p.returns.Line > 0 && !set.listing {
		set.junk(p.returns, "the line ends with a carriage return", "save the file with line feeds alone")
	}
	return set
}

// unflushed is the doubt about what was there before a script.
var unflushed = firewall.Unknown{Why: "the script does not flush the ruleset, so what was loaded before stays", At: fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1}}

// listed says whether a text of tables alone looks like a listing: nft prints tabs, and no remarks but its own.
func listed(text string) bool {
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, " "):
			return false
		case strings.HasPrefix(strings.TrimSpace(line), "#") && !strings.HasPrefix(line, "# Warning: table ") && !strings.HasPrefix(line, "\t\t# xt_"):
			return false
		}
	}
	return true
}

// ruleset is the model of what the commands have left.
func (r *run) ruleset(path string) *firewall.Ruleset {
	r.validate()
	set := &firewall.Ruleset{Chains: r.chains(), Refused: r.refused}
	for _, e := range set.Refused {
		if e.File == "" {
			e.File = path
		}
	}
	return set
}

// load is the text of a file.
func load(fsys fs.FS, path string) (string, error) {
	data, err := fs.ReadFile(fsys, path)
	if err != nil {
		return "", err
	}
	bad, msg := bytes.IndexByte(data, 0), "a NUL byte in a text file"
	if bad < 0 && !utf8.Valid(data) {
		msg = "invalid UTF-8"
		for i := 0; i < len(data); {
			r, n := utf8.DecodeRune(data[i:])
			if r == utf8.RuneError && n == 1 {
				bad = i
				break
			}
			i += n
		}
	}
	if bad >= 0 {
		return "", &fact.Error{File: path, Line: bytes.Count(data[:bad], []byte("\n")) + 1, Msg: msg, Hint: "save the file as UTF-8 text"}
	}
	return string(data), nil
}
