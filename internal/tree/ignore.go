package tree

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"sallyport/internal/git"
)

// ignore answers which files git leaves out of what is committed. It looks at nothing before it is asked.
type ignore struct {
	dir  string // the root of the tree
	fsys fs.FS
	skip func(path, reason string)

	once    sync.Once
	repo    *git.Repository // nil where no repository says what is committed
	prefix  string          // from the top of the working tree to the root, "" or ending in "/"
	indexed sync.Once
	index   func(path string) bool // nil where the index cannot be read

	mu   sync.Mutex
	dirs map[string]*ignoredDir
}

// ignoredDir is what is known about a folder.
type ignoredDir struct {
	// top is the outermost ignored folder that holds this one, "" where none does.
	top      string
	patterns *patterns
}

// Ignored tells whether git leaves the file out of what is committed: a pattern of .gitignore or
// .git/info/exclude names it, and it is not tracked. Outside of a repository nothing is ignored. What is
// left out is added to Skipped, as its outermost folder. It is safe for concurrent use.
func (l *Listing) Ignored(name string) bool {
	if l.ignore == nil {
		return false
	}
	top := l.ignore.match(name)
	if top == "" || l.ignore.tracked(name) {
		return false
	}
	l.skip(top, "ignored by git and not tracked")
	return true
}

func (g *ignore) open() {
	g.once.Do(func() {
		g.dirs = map[string]*ignoredDir{}
		repo, err := git.Find(g.dir)
		if err != nil {
			if !errors.Is(err, git.ErrNone) {
				g.skip(".gitignore", "has no effect: "+err.Error())
			}
			return
		}
		dir, err := filepath.EvalSymlinks(g.dir)
		if err != nil {
			return
		}
		rel, err := filepath.Rel(repo.Top(), dir)
		if err != nil || !filepath.IsLocal(rel) {
			return
		}
		g.repo = repo
		if rel != "." {
			g.prefix = filepath.ToSlash(rel) + "/"
		}
		g.dirs["."] = &ignoredDir{patterns: g.root()}
	})
}

// tracked is true where git's index names the file, and where the index cannot be read: then a file is
// rather judged than not.
func (g *ignore) tracked(name string) bool {
	g.open()
	if g.repo == nil {
		return false
	}
	g.indexed.Do(func() {
		index, err := g.repo.Tracked()
		if err != nil {
			g.skip(".gitignore", "has no effect: "+err.Error())
			return
		}
		g.index = index
	})
	return g.index == nil || g.index(g.prefix+name)
}

// match returns the file, or its outermost folder, that a pattern names; "" where none does.
func (g *ignore) match(name string) string {
	g.open()
	if g.repo == nil {
		return ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	dir := g.folder(path.Dir(name))
	if dir.top != "" {
		return dir.top
	}
	if dir.patterns.match(g.prefix+name, false) {
		return name
	}
	return ""
}

func (g *ignore) folder(dir string) *ignoredDir {
	if known := g.dirs[dir]; known != nil {
		return known
	}
	parent := g.folder(path.Dir(dir))
	d := &ignoredDir{top: parent.top}
	switch {
	case d.top != "":
	case parent.patterns.match(g.prefix+dir, true):
		d.top = dir
	case g.nested(dir):
		// A repository of its own: the patterns around it do not reach inside.
	default:
		d.patterns = g.read(g.fsys, dir, g.prefix+dir+"/", parent.patterns)
	}
	g.dirs[dir] = d
	return d
}

func (g *ignore) nested(dir string) bool {
	_, err := fs.Lstat(g.fsys, path.Join(dir, ".git"))
	return err == nil
}

// root reads the patterns that hold in the root of the tree: those of this clone, and those of the
// folders from the top of the working tree down.
func (g *ignore) root() *patterns {
	text, err := g.repo.Exclude()
	p := g.add(".git/info/exclude", []byte(text), err, "", nil)
	if g.prefix != "" {
		above, err := os.OpenRoot(g.repo.Top())
		if err != nil {
			g.skip(".gitignore", "has no effect above the tree: "+cause(err).Error())
			return p
		}
		defer above.Close()
		fsys := &bounded{folders: &folders{root: above}, limit: DefaultFileSize}
		p = g.read(fsys, ".", "", p)
		steps := strings.Split(strings.TrimSuffix(g.prefix, "/"), "/")
		for i := 1; i < len(steps); i++ {
			dir := strings.Join(steps[:i], "/")
			p = g.read(fsys, dir, dir+"/", p)
		}
	}
	return g.read(g.fsys, ".", g.prefix, p)
}

// read adds the patterns of one folder's .gitignore.
func (g *ignore) read(fsys fs.FS, dir, base string, outer *patterns) *patterns {
	name := path.Join(dir, ".gitignore")
	text, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return outer
	}
	return g.add(name, text, err, base, outer)
}

// add parses patterns; those that cannot be had have no effect, so that a file is rather judged than not.
func (g *ignore) add(name string, text []byte, err error, base string, outer *patterns) *patterns {
	p := outer
	if err == nil {
		p, err = parsePatterns(string(text), base, outer)
	}
	if err != nil {
		g.skip(name, "has no effect: "+err.Error())
	}
	return p
}
