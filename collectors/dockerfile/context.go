package dockerfile

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

const (
	// maxPatterns bounds an ignore file: each pattern is tried against each source and each folder above it.
	maxPatterns = 2000
	// maxAbove bounds how many folders above a Dockerfile are tried as its context, and maxTried how many
	// sources are looked for in each.
	maxAbove, maxTried = 6, 20
)

// A contextReader looks at the files around a Dockerfile.
type contextReader struct {
	fsys    fs.FS
	folder  string
	matcher *patternmatcher.PatternMatcher // nil where nothing is ignored
	spans   []fact.Span
}

// context works out the build context and what of it the instructions copy.
func (b *builder) context(fsys fs.FS) {
	c := &contextReader{fsys: fsys, folder: path.Dir(b.path)}
	f := &b.facts.Context
	f.Patterns, f.Entries = []ignorePattern{}, []contextEntry{}
	if c.folder != "." {
		c.folder = b.contextFolder(fsys)
	}
	f.Folder = c.folder
	if err := b.ignoreFile(c); err != nil {
		b.errs = append(b.errs, err)
	}
	b.locator.patterns = c.spans
	b.lockIgnored = c.excluded("Cargo.lock") && !c.excluded("Cargo.toml")
	for _, name := range [...]string{".cargo/config.toml", ".cargo/config"} {
		if !slices.ContainsFunc(b.stages, func(s *stageBuilder) bool { return len(s.facts.Cargo) > 0 }) {
			break
		}
		text, err := syntax.Read(fsys, path.Join(c.folder, name))
		b.configured = b.configured || err == nil && (strings.Contains(string(text), "crt-static") || strings.Contains(string(text), "target ="))
	}
	for _, s := range b.stages {
		for i := range s.facts.Copies {
			c.judge(&s.facts.Copies[i])
			if s.facts.Copies[i].Whole && len(f.Entries) == 0 {
				f.Entries = c.entries()
			}
		}
	}
}

// contextFolder is the folder that has the most of what is copied; the nearest one where several have.
func (b *builder) contextFolder(fsys fs.FS) string {
	folder := path.Dir(b.path)
	var sources []string
	for _, s := range b.stages {
		for _, t := range s.facts.Copies {
			for _, src := range t.Sources {
				name := clean(src)
				if t.From == "" && !t.Open && name != "." && !remote(src) && !strings.ContainsAny(name, "*?[") && len(sources) < maxTried {
					sources = append(sources, name)
				}
			}
		}
	}
	best, most := folder, 0
	for n := 0; n < maxAbove; n++ {
		found := 0
		for _, src := range sources {
			if _, err := fs.Stat(fsys, path.Join(folder, src)); err == nil {
				found++
			}
		}
		if found > most {
			best, most = folder, found
		}
		if folder == "." || most == len(sources) {
			break
		}
		folder = path.Dir(folder)
	}
	return best
}

// clean is a source relative to the context.
func clean(src string) string {
	if name := path.Clean("/" + src); name != "/" {
		return name[1:]
	}
	return "."
}

// ignoreFile reads the ignore file (buildkit's dockerui.Client.DockerIgnorePatterns).
func (b *builder) ignoreFile(c *contextReader) error {
	for _, name := range [...]string{b.path + ".dockerignore", path.Join(c.folder, ".dockerignore")} {
		text, err := syntax.Read(c.fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		b.facts.Context.Ignore = name
		if err != nil {
			return err
		}
		return b.patterns(c, name, string(text))
	}
	return nil
}

func (b *builder) patterns(c *contextReader, name, text string) error {
	var all []string
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		one, err := ignorefile.ReadAll(strings.NewReader(line))
		if err != nil {
			return &fact.Error{File: name, Line: n, Msg: err.Error(), Hint: "shorten the line"}
		}
		if len(one) == 0 {
			continue
		}
		if _, err := patternmatcher.New(one); err != nil {
			return &fact.Error{File: name, Line: n, Msg: err.Error(), Hint: "correct the pattern; docker build refuses it too"}
		}
		if len(all) == maxPatterns {
			return &fact.Error{File: name, Line: n, Msg: "more patterns than can be judged", Hint: "name folders instead of files"}
		}
		all = append(all, one[0])
		p, exception := strings.CutPrefix(one[0], "!")
		b.facts.Context.Patterns = append(b.facts.Context.Patterns, ignorePattern{Name: p, Exception: exception})
		c.spans = append(c.spans, fact.Span{File: name, Line: n, Column: 1, EndLine: n, EndColumn: 1 + len([]rune(line))})
	}
	if len(all) == 0 {
		return nil
	}
	m, err := patternmatcher.New(all)
	c.matcher = m
	return err
}

// judge says what the ignore file and the names of its sources mean for one instruction.
func (c *contextReader) judge(t *transfer) {
	t.Ignored, t.Sensitive = []string{}, []sensitiveFile{}
	if t.Onbuild {
		return
	}
	for _, src := range t.Sources {
		if t.Open && src == "" {
			continue
		}
		if t.From != "" {
			if kind := kindOf(src, t); kind != "" && settled(kind, src) {
				t.Sensitive = append(t.Sensitive, sensitiveFile{Name: src, Kind: kind})
			}
			continue
		}
		if remote(src) {
			continue
		}
		if c.ignored(src) {
			t.Ignored = append(t.Ignored, src)
			continue
		}
		name := clean(src)
		if name == "." || name == "*" {
			t.Whole = len(t.Excludes) == 0
			continue
		}
		if s, ok := c.sensitive(src, name, kindOf(name, t)); ok && !c.excluded(name) {
			t.Sensitive = append(t.Sensitive, s)
		} else if s.Kind == "" && len(t.Excludes) == 0 {
			t.Sensitive = append(t.Sensitive, c.inside(name, t)...)
		}
	}
}

// kindOf tells what a source is by its name, and by where it goes.
func kindOf(name string, t *transfer) string {
	kind := sensitiveKind(path.Clean(name))
	if kind == "" && tlsKey(name, t) {
		return "key"
	}
	return kind
}

// ignored is what buildkit warns about (validateCopySourcePath). With an exception in the file buildkit says nothing; a file
// that is there, and that no exception brings back, is left out all the same.
func (c *contextReader) ignored(src string) bool {
	if c.matcher == nil {
		return false
	}
	if c.matcher.Exclusions() {
		info, err := fs.Stat(c.fsys, path.Join(c.folder, clean(src)))
		return err == nil && info.Mode().IsRegular() && c.excluded(clean(src))
	}
	src = path.Clean(src)
	if src == "." || src == "/" {
		return slices.ContainsFunc(c.matcher.Patterns(), func(p *patternmatcher.Pattern) bool {
			return p.String() == "*" || p.String() == "**" || p.String() == "**/*"
		})
	}
	ok, err := c.matcher.MatchesOrParentMatches(src)
	return ok && err == nil
}

// excluded tells whether a file does not reach the builder.
func (c *contextReader) excluded(name string) bool {
	if c.matcher == nil {
		return false
	}
	ok, err := c.matcher.MatchesOrParentMatches(name)
	return ok && err == nil
}
