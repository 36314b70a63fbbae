package dockerfile

import (
	"path"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/packages"
	"sallyport/internal/shell"
)

// A store is where a manager leaves what it downloads.
type store struct {
	holds   string   // "lists", "packages", "cache"
	folders []string // one of them, by version and distribution
	// actions leave something there.
	actions []string
	// flags leave nothing there, variables switch the store off, and moves name another folder.
	flags, variables, moves []string
	// cleaners are other managers whose clean-up empties it too.
	cleaners []string
}

var (
	installing  = []string{"install", "upgrade", "release-upgrade", "download"}
	refreshing  = []string{"refresh", "install", "upgrade", "release-upgrade"}
	rpmFolders  = []string{"/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/var/cache/tdnf"}
	nodeFolders = []string{"~/.npm", "~/.npm/_cacache"}
)

// stores are by program where one of a family differs, else by manager. Managers that are not here keep what they
// download as part of what they install, or are used where the file system is thrown away.
var stores = sync.OnceValue(func() map[string]store {
	return map[string]store{
		"apk": {
			holds: "lists", folders: []string{"/var/cache/apk", "/etc/apk/cache"}, actions: refreshing, flags: []string{"--no-cache"},
			moves: []string{"--cache-dir"},
		},
		"dnf":      {holds: "cache", folders: rpmFolders, actions: append(installing, "refresh"), cleaners: []string{"yum"}},
		"yum":      {holds: "cache", folders: rpmFolders, actions: append(installing, "refresh"), cleaners: []string{"dnf"}},
		"microdnf": {holds: "cache", folders: rpmFolders, actions: append(installing, "refresh")},
		"zypper":   {holds: "cache", folders: []string{"/var/cache/zypp"}, actions: refreshing},
		"pacman":   {holds: "packages", folders: []string{"/var/cache/pacman/pkg"}, actions: installing},
		"pip": {
			holds: "cache", folders: []string{"~/.cache/pip"}, actions: append(installing, "build"),
			flags: []string{"--no-cache-dir"}, variables: []string{"PIP_NO_CACHE_DIR"},
			moves: []string{"--cache-dir", "PIP_CACHE_DIR"},
		},
		"uv": {
			holds: "cache", folders: []string{"~/.cache/uv"}, actions: installing, flags: []string{"--no-cache", "--no-cache-dir", "-n"},
			variables: []string{"UV_NO_CACHE"}, moves: []string{"--cache-dir", "UV_CACHE_DIR"},
		},
		"pipx": {},
		"npm": {
			holds: "cache", folders: nodeFolders, actions: installing, moves: []string{"--cache", "npm_config_cache", "NPM_CONFIG_CACHE"},
		},
		"yarn": {
			holds: "cache", folders: []string{"~/.cache/yarn", "/usr/local/share/.cache/yarn", "~/.yarn", "~/.yarn/berry/cache"}, actions: installing,
			moves: []string{"--cache-folder", "YARN_CACHE_FOLDER"},
		},
		"pnpm": {
			holds: "cache", folders: []string{"~/.local/share/pnpm/store", "~/.pnpm-store", "/pnpm/store", "~/.cache/pnpm"}, actions: installing,
			moves: []string{"--store-dir", "npm_config_store_dir", "PNPM_HOME"},
		},
		"composer": {
			holds: "cache", folders: []string{"~/.composer/cache", "~/.cache/composer"}, actions: installing, flags: []string{"--no-cache"},
			moves: []string{"COMPOSER_CACHE_DIR", "COMPOSER_HOME"},
		},
	}
})

var (
	aptLists    = store{holds: "lists", folders: []string{"/var/lib/apt/lists"}, actions: []string{"refresh"}}
	aptPackages = store{holds: "packages", folders: []string{"/var/cache/apt/archives"}, actions: installing}
)

// A leftover is what a command leaves in the layer if no other command removes it.
type leftover struct {
	holds   string // "" for nothing
	folders []string
	// cleaners are the managers whose clean-up removes it.
	cleaners []string
	key      string
}

// leaves says what a command leaves in the layer.
func (p *packageReader) leaves(c *packageCommand, cmd *packages.Command) leftover {
	key := c.Program
	st, ok := stores()[key]
	if !ok {
		key = c.Manager
		st = stores()[key]
	}
	if c.Manager == "apt" {
		st = aptLists
		if c.Action != "refresh" {
			st, key = aptPackages, "archives"
			if !p.state.keep { // Docker's images of Debian and Ubuntu remove them after each command
				return leftover{}
			}
		}
	}
	if !slices.Contains(st.actions, c.Action) || c.Manager == "pip" && p.state.pipUncached {
		return leftover{}
	}
	if slices.ContainsFunc(c.Flags, func(f string) bool { return slices.Contains(st.flags, f) }) ||
		slices.ContainsFunc(st.variables, func(v string) bool { return truthy(p.variable(c.Command, v)) }) {
		return leftover{}
	}
	folders := st.folders
	for _, name := range st.moves {
		to := cmd.Value(name)
		if !strings.HasPrefix(name, "-") {
			to = p.variable(c.Command, name)
		}
		if to != "" {
			folders, key = append([]string{home(to)}, folders...), key+" "+to
		}
	}
	if p.mounted(folders) {
		return leftover{}
	}
	return leftover{holds: st.holds, folders: folders, cleaners: append(st.cleaners[:len(st.cleaners):len(st.cleaners)], c.Manager), key: key}
}

// mounted tells whether a mount holds one of the folders, so that nothing stays in the layer.
func (p *packageReader) mounted(folders []string) bool {
	for i := range p.r.Mounts {
		if m := &p.r.Mounts[i]; m.Type == "cache" || m.Type == "tmpfs" || m.Type == "bind" {
			target := home(m.Target)
			if slices.ContainsFunc(folders, func(f string) bool { return within(f, target) }) {
				return true
			}
		}
	}
	return false
}

// maxEmptied bounds the folders that are looked for among the removals.
const maxEmptied = 50

// cleaned tells whether a later command of the instruction, or a function, removes what a command leaves.
func (p *packageReader) cleaned(c *packageCommand, left *leftover) bool {
	last, ok := p.emptied[left.key]
	if !ok {
		if len(p.emptied) > maxEmptied {
			return false
		}
		if p.emptied == nil {
			p.emptied = make(map[string]int)
		}
		last = p.lastCleaning(c, left)
		p.emptied[left.key] = last
	}
	return last > c.Command
}

// lastCleaning is the last command that removes what a command leaves, -1 where none does.
func (p *packageReader) lastCleaning(c *packageCommand, left *leftover) int {
	last := -1
	note := func(i int) {
		if p.cmds[i].Function {
			i = len(p.cmds) // wherever the function is called
		}
		last = max(last, i)
	}
	for i := range p.r.Packages {
		o := &p.r.Packages[i]
		if o.Action != "clean" || !slices.Contains(left.cleaners, o.Manager) {
			continue
		}
		switch {
		case o.Manager == "apt" && left.holds == "lists":
			if o.Subcommand == "distclean" || o.Subcommand == "dist-clean" {
				note(o.Command)
			}
		case !slices.Contains(rpmManagers, o.Manager) || p.all(o.Command):
			note(o.Command)
		}
	}
	p.search()
	for _, r := range p.removals {
		if slices.ContainsFunc(left.folders, func(f string) bool { return removes(r.path, f) }) {
			note(r.command)
		}
	}
	return last
}

var rpmManagers = []string{"dnf", "yum", "microdnf"}

// all tells whether dnf clean removes the packages and what is known of the repositories.
func (p *packageReader) all(command int) bool {
	return slices.Contains(p.cmds[command].Args, "all")
}

// A removal is a path that a command removes, or what is below it.
type removal struct {
	command int
	path    string
}

// search finds the removals, once they are needed.
func (p *packageReader) search() {
	if p.searched {
		return
	}
	p.searched = true
	for i := range p.cmds {
		c := &p.cmds[i]
		var paths []string
		switch path.Base(c.Name) {
		case "rm":
			paths = c.Args
		case "find":
			paths = deleted(c)
		}
		for _, a := range paths {
			if !strings.HasPrefix(a, "-") {
				p.removals = append(p.removals, removal{i, home(a)})
			}
		}
	}
}

// deleted are the folders that find empties: find FOLDER... -delete, find FOLDER... -exec rm {} +.
func deleted(c *shell.Command) []string {
	if !slices.Contains(c.Args, "-delete") && !slices.Contains(c.Args, "rm") {
		return nil
	}
	n := slices.IndexFunc(c.Args, func(a string) bool { return strings.HasPrefix(a, "-") })
	if n < 0 {
		return nil
	}
	return c.Args[:n]
}

// home writes a path below a home folder with ~, and without a slash at its end.
func home(p string) string {
	for _, h := range [...]string{"$HOME/", "${HOME}/", "/root/"} {
		if rest, ok := strings.CutPrefix(p, h); ok {
			p = "~/" + rest
		}
	}
	if rest, ok := strings.CutPrefix(p, "/home/"); ok {
		if _, below, ok := strings.Cut(rest, "/"); ok {
			p = "~/" + below
		}
	}
	switch {
	case p == "/root" || p == "$HOME" || p == "${HOME}":
		return "~"
	case len(p) > 1:
		return strings.TrimRight(p, "/")
	}
	return p
}

// within tells whether a path is a folder, or below it.
func within(p, folder string) bool {
	return p == folder || folder == "/" || strings.HasPrefix(p, folder) && p[len(folder)] == '/'
}

// removes tells whether removing the paths of a pattern empties a folder.
func removes(pattern, folder string) bool {
	if !strings.ContainsAny(pattern, "*?[") {
		return within(folder, pattern)
	}
	for pattern != "" {
		p, restP, _ := strings.Cut(pattern, "/")
		if folder == "" { // inside the folder: lists/*
			return strings.Contains(p, "*")
		}
		f, restF, _ := strings.Cut(folder, "/")
		if ok, err := path.Match(p, f); err != nil || !ok {
			return false
		}
		pattern, folder = restP, restF
	}
	return true
}
