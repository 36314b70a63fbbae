package nftables

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Limits on what one script may pull in; nft's own limit on files inside each other is 16.
const (
	maxIncludeDepth = 16
	maxIncludes     = 1000
	maxScopes       = 4 // the file, a table, a chain, and one in it
)

// common reads what may stand in every block: include and the definitions of variables.
func (p *parser) common() bool {
	switch {
	case p.is("include"):
		p.include()
	case p.isAny("define", "redefine"):
		p.define()
	case p.is("undefine"):
		p.undefine()
	default:
		return false
	}
	p.listing = false
	return true
}

func (p *parser) scope() map[string]*expr { return p.scopes[len(p.scopes)-1] }

func (p *parser) enter() func() {
	p.scopes = append(p.scopes, map[string]*expr{})
	if len(p.scopes) > maxScopes {
		refuse(p.tok.at, "give the chain a name and a place of its own", "blocks are nested deeper than nft allows")
	}
	leave := p.deeper()
	return func() {
		p.scopes = p.scopes[:len(p.scopes)-1]
		leave()
	}
}

func (p *parser) define() {
	again := p.is("redefine")
	p.next()
	at := p.tok.at
	name := p.identifier("a variable")
	if _, known := p.scope()[name]; known && !again {
		refuse(at, "write redefine where that is meant", "the variable %s is defined already", name)
	}
	p.expect("=")
	value := p.initializer()
	p.separator()
	p.scope()[name] = value
}

// initializer is the value of a variable.
func (p *parser) initializer() *expr {
	if p.is("-") {
		at := p.tok.at
		p.next()
		n := p.tok.text
		p.number()
		return &expr{kind: kSymbol, text: "-" + n, at: p.to(at)}
	}
	p.defining = true
	defer func() { p.defining = false }()
	return p.rhs(true)
}

func (p *parser) undefine() {
	p.next()
	name := p.identifier("a variable")
	for i := len(p.scopes) - 1; i >= 0; i-- {
		if _, known := p.scopes[i][name]; known {
			delete(p.scopes[i], name)
			break
		}
	}
	p.separator()
}

// variable is the value of $name.
func (p *parser) variable() *expr {
	p.expect("$")
	at, name := p.tok.at, p.tok.text
	if p.tok.kind != tWord {
		p.unexpected("the name of a variable")
	}
	p.next()
	var names []string
	for i := len(p.scopes) - 1; i >= 0; i-- {
		if e, known := p.scopes[i][name]; known {
			return e
		}
		for n := range p.scopes[i] {
			names = append(names, n)
		}
	}
	refuse(at, didYouMean(name, names), "the variable %s is not defined", name)
	return nil
}

// include opens the files of an include statement; they are read as if they stood in its place.
func (p *parser) include() {
	p.next()
	at, pattern := p.tok.at, p.tok.text
	if p.tok.kind != tQuoted {
		p.unexpected("a file name in quotes")
	}
	from := p.src()
	p.next()
	if p.tok.kind != tNewline && p.tok.kind != tEnd && !p.is(";") {
		p.unexpected("the end of the include")
	}
	if len(p.sources) >= maxIncludeDepth {
		refuse(at, "look for files that include each other", "more than %d files include each other", maxIncludeDepth)
	}
	found := p.find(from.path, pattern, at)
	slices.Reverse(found)
	for _, file := range found {
		p.files++
		if p.files > maxIncludes {
			refuse(at, "look for files that include each other", "more than %d files are included", maxIncludes)
		}
		text, err := load(p.fsys, file)
		if err != nil {
			refuse(at, "", "%v", err)
		}
		p.sources = append(p.sources, newScanner(file, file, text))
	}
	p.next()
}

// find is the files that an include means, in nft's order. A path from the file system's root is looked up below
// the folder that holds the including file's own such path, then in the tree's root, then beside the including file.
func (p *parser) find(from, pattern string, at fact.Span) []string {
	wild := strings.ContainsAny(pattern, "*?[")
	bases, partial := places(path.Dir(from), pattern)
	for _, candidate := range bases {
		if !wild {
			if info, err := fs.Stat(p.fsys, candidate); err == nil && info.Mode().IsRegular() {
				return []string{candidate}
			}
			continue
		}
		if _, err := path.Match(candidate, ""); err != nil {
			refuse(at, "", "the pattern %q is not one", pattern)
		}
		if found := p.glob(candidate); len(found) > 0 {
			return found
		}
		if info, err := fs.Stat(p.fsys, path.Dir(candidate)); err == nil && info.IsDir() {
			return nil
		}
	}
	if !wild {
		refuse(at, "put the file into the tree, or take the include out", "the included file %q is not there", pattern)
	}
	if partial {
		p.partial = append(p.partial, firewall.Unknown{Why: "the files " + pattern + " are not in the tree", At: at})
	}
	return nil
}

func (p *parser) glob(pattern string) []string {
	found, _ := fs.Glob(p.fsys, pattern)
	return slices.DeleteFunc(found, func(file string) bool {
		info, err := fs.Stat(p.fsys, file)
		return err != nil || !info.Mode().IsRegular() || strings.HasPrefix(path.Base(file), ".") && !strings.HasPrefix(path.Base(pattern), ".")
	})
}

// places is where the files of a pattern may lie, best first; outside says that the host may have them where the tree has not.
func places(dir, pattern string) (bases []string, outside bool) {
	add := func(candidate string) {
		if candidate = path.Clean(candidate); fs.ValidPath(candidate) && !slices.Contains(bases, candidate) {
			bases = append(bases, candidate)
		}
	}
	if !path.IsAbs(pattern) {
		add(path.Join(dir, pattern))
		if !strings.HasPrefix(pattern, "./") && !strings.HasPrefix(pattern, "../") {
			add(path.Join("etc", pattern))
		}
		return bases, false
	}
	parts := strings.Split(strings.TrimPrefix(path.Clean(pattern), "/"), "/")
	up := strings.Split(dir, "/")
	for i := len(up) - 1; i >= 0; i-- {
		if up[i] == parts[0] {
			add(path.Join(path.Join(up[:i]...), path.Join(parts...)))
		}
	}
	add(path.Join(parts...))
	wild := strings.ContainsAny(pattern, "*?[")
	for i := 1; i < len(parts); i++ {
		if i < len(parts)-1 || !wild {
			add(path.Join(dir, path.Join(parts[i:]...)))
		}
	}
	return bases, true
}
