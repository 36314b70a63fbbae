package git

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/config"
	"github.com/go-git/go-git/v5/plumbing"

	"sallyport/internal/finding"
)

// VCS tells where a directory of the working tree comes from, as far as git knows.
func (r *Repository) VCS(dir string) (v finding.VCS) {
	var err error // what cannot be read is left out
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	if dir, err := filepath.EvalSymlinks(dir); err == nil {
		if rel, err := filepath.Rel(r.top, dir); err == nil && rel != "." && filepath.IsLocal(rel) {
			v.Prefix = filepath.ToSlash(rel)
		}
	}
	if hash, err := r.reference("HEAD"); err == nil {
		v.Revision = hash.String()
	}
	if head, err := r.storage().Reference(plumbing.HEAD); err == nil && head.Type() == plumbing.SymbolicReference {
		v.Branch = strings.TrimPrefix(head.Target().String(), "refs/heads/")
	}
	if c, err := r.config(); err == nil {
		v.Repository = remote(c)
	}
	return v
}

func (r *Repository) config() (*config.Config, error) {
	name := filepath.Join(r.common, "config")
	if !regular(name) {
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	return r.storage().Config()
}

// supported refuses the formats that go-git does not read, before their symptoms confuse.
func (r *Repository) supported() error {
	c, err := r.config()
	if err != nil {
		return err
	}
	ext := c.Raw.Section("extensions")
	if f := ext.Option("objectformat"); f != "" && f != "sha1" {
		return fmt.Errorf("the repository's object format %s is not supported: give the trusted files with --config", f)
	}
	if f := ext.Option("refstorage"); f != "" && f != "files" {
		return fmt.Errorf("the repository's reference format %s is not supported: give the trusted files with --config", f)
	}
	return nil
}

// remote is the URL of origin, or of the only remote.
func remote(c *config.Config) string {
	from := c.Remotes["origin"]
	if from == nil && len(c.Remotes) == 1 {
		for _, only := range c.Remotes {
			from = only
		}
	}
	if from == nil || len(from.URLs) == 0 {
		return ""
	}
	return public(from.URLs[0])
}

// public removes what may be secret from a remote's URL: passwords and tokens stand in the user part and
// in the query. The scp-like form host:path becomes a URL, since reports want one.
func public(raw string) string {
	if !strings.Contains(raw, "://") {
		host, path, scp := strings.Cut(raw, ":")
		if !scp || strings.Contains(host, "/") {
			return "" // a path of this machine tells nobody anything
		}
		host = host[strings.LastIndex(host, "@")+1:]
		raw = "ssh://" + host + "/" + strings.TrimPrefix(path, "/")
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// Head returns the commit that a working tree has checked out, and its time. dir must be the top of the
// tree: a folder below it has no commit of its own.
func Head(dir string) (hash string, at time.Time, err error) {
	r, err := Find(dir)
	if err != nil {
		return "", time.Time{}, err
	}
	if top, err := filepath.EvalSymlinks(dir); err != nil || top != r.top {
		return "", time.Time{}, ErrNone
	}
	defer caught(&err)
	r.mu.Lock()
	defer r.mu.Unlock()
	head, err := r.reference("HEAD")
	if err != nil {
		return "", time.Time{}, err
	}
	c, err := r.commit(head)
	return c.hash.String(), c.at, err
}
