// Package packages reads the command lines of package managers: what they would do, with which packages.
// Each manager has its own grammar, written from its manual; the outcome has one shape for all.
package packages

import (
	"path"
	"strings"
)

// A Command is one invocation of a package manager.
type Command struct {
	// Manager is the family: "apt", "apk", "dnf" (dnf5 and tdnf too), "yum", "microdnf", "zypper", "rpm", "dpkg",
	// "pacman", "pip" (pipx and uv too), "npm", "yarn", "pnpm", "gem", "bundle", "composer", "poetry", "go" or "cargo".
	Manager string
	// Program is the program without its folder.
	Program string
	// Action is "install", "refresh", "upgrade", "release-upgrade", "remove", "clean", "config", "download",
	// "build" or "other".
	Action string
	// Subcommand is the word as typed; for managers that take an option instead, that option.
	Subcommand string
	// Packages are what the command names.
	Packages []Requirement
	// Flags are the options as typed, without their values where these are words of their own.
	Flags []string
	// AssumeYes is true where the command asks nothing.
	AssumeYes bool
	// Recommends is true where an install brings recommended packages too, as far as the command says.
	Recommends bool
	// Fetches is true for an install that fetches a fresh index by itself.
	Fetches bool
	// Unverified names the options that switch off the checks of signatures or certificates.
	Unverified []string
	// Locked is true where a lock file or hashes decide the versions.
	Locked bool

	options  []option
	operands []string // behind the subcommand
}

// A Requirement is one package that a command asks for.
type Requirement struct {
	// Name is the package's name without version: "curl", "@babel/core", "github.com/a/b/cmd/c".
	Name string `json:"name"`
	// Text is the word as typed.
	Text string `json:"text"`
	// Version is the version or range as typed; "" without one. With a variable in it, it counts as the version
	// that the variable will have.
	Version string `json:"version"`
	// Kind is "package", "file" (a local file or folder, a requirements file), "url", "group" (@core) or
	// "unknown" where a variable leaves the word open.
	Kind string `json:"kind"`
	// Pinned is true where the command's text fixes one version, or a digest or commit does. A range, a wildcard
	// and a moving name (latest, a branch) do not. Local files count as pinned.
	Pinned bool `json:"pinned"`
}

// An option is one option, with bundled letters apart.
type option struct {
	name, value string // "-y"; "--setopt", "gpgcheck=0"
}

// A grammar is how one manager reads its command line.
type grammar struct {
	manager string
	// letters are the short options that take a value, and words the long ones.
	letters string
	words   words
	// go's options begin with one dash and are words; npm's switches may be followed by true or false.
	single, switches bool
	// verbs turn subcommands into actions. Without verbs, act decides.
	verbs []verb
	// require reads the word for a package.
	require func(word string) Requirement
	// act judges the rest.
	act func(c *Command)
	// never is true for a manager that never asks.
	never bool
}

// Parse reads a command line; false for a program that is no package manager.
func Parse(name string, args []string) (Command, bool) {
	program := name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		program = name[i+1:]
	}
	g, args := lookup(program, args)
	if g == nil {
		return Command{}, false
	}
	c := Command{Manager: g.manager, Program: program, Action: "other", AssumeYes: g.never}
	operands := g.scan(&c, args)
	if g.verbs != nil && len(operands) > 0 {
		c.Subcommand, operands = operands[0], operands[1:]
		if a := action(g.verbs, c.Subcommand); a != "" {
			c.Action = a
		}
	}
	c.operands = operands
	if g.act != nil {
		g.act(&c)
	}
	switch c.Action {
	case "install", "upgrade", "release-upgrade", "remove", "download":
		for _, w := range c.operands {
			if w != "" {
				c.Packages = append(c.Packages, g.require(w))
			}
		}
	}
	return c, true
}

// lookup finds the grammar of a program, and the arguments that it reads.
func lookup(program string, args []string) (*grammar, []string) {
	if g := grammars[program]; g != nil {
		if program == "uv" {
			return uvGrammar(args)
		}
		return g, args
	}
	switch {
	case strings.HasPrefix(program, "pip") && version(program[len("pip"):]):
		return &pip, args
	case strings.HasPrefix(program, "python") && version(program[len("python"):]):
		for i, a := range args {
			if a == "-m" && i+1 < len(args) && (args[i+1] == "pip" || args[i+1] == "pipx") {
				return grammars[args[i+1]], args[i+2:]
			}
			if !strings.HasPrefix(a, "-") {
				break
			}
		}
	}
	return nil, nil
}

// version tells whether a program's name ends in a version: python3.12.
func version(s string) bool { return strings.Trim(s, "0123456789.") == "" }

// has tells whether an option was given, under one of its names.
func (c *Command) has(names ...string) bool {
	for i := range c.options {
		for _, n := range names {
			if c.options[i].name == n {
				return true
			}
		}
	}
	return false
}

// Value is the value of the last option of one of the names; "" without one.
func (c *Command) Value(names ...string) string {
	value := ""
	for i := range c.options {
		for _, n := range names {
			if c.options[i].name == n {
				value = c.options[i].value
			}
		}
	}
	return value
}

// count counts an option.
func (c *Command) count(name string) int {
	n := 0
	for i := range c.options {
		if c.options[i].name == name {
			n++
		}
	}
	return n
}

// distrust notes options that switch off checks.
func (c *Command) distrust(names ...string) {
	for _, n := range names {
		if c.has(n) {
			c.Unverified = append(c.Unverified, n)
		}
	}
}

// off tells whether a value switches something off.
func off(value string) bool {
	switch strings.ToLower(strings.Trim(value, `"'; `)) {
	case "0", "no", "false", "off", "never", "disable", "without":
		return true
	}
	return false
}

// on tells whether a value switches something on.
func on(value string) bool {
	switch strings.ToLower(strings.Trim(value, `"'; `)) {
	case "1", "yes", "true", "on", "y", "t", "enable", "with":
		return true
	}
	return false
}

// open tells whether a word holds something that the shell has yet to expand.
func open(word string) bool { return strings.ContainsAny(word, "$`") }

// file is a requirement of a local file.
func file(word string) Requirement {
	return Requirement{Name: path.Base(word), Text: word, Kind: "file", Pinned: true}
}

// plain is a requirement by name and version; exact says whether the version is one.
func plain(word, name, version string, exact bool) Requirement {
	r := Requirement{Name: name, Text: word, Version: version, Kind: "package", Pinned: exact}
	if version == "" && open(word) {
		r.Kind, r.Pinned = "unknown", false
	}
	return r
}

// local tells whether a word is a path or the name of an archive.
func local(word string, suffixes ...string) bool {
	if strings.Contains(word, "://") {
		return false
	}
	if strings.HasPrefix(word, "/") || strings.HasPrefix(word, "./") || strings.HasPrefix(word, "../") ||
		strings.HasPrefix(word, "~/") || word == "." || word == ".." {
		return true
	}
	for _, s := range suffixes {
		if strings.HasSuffix(word, s) {
			return true
		}
	}
	return false
}

// index is the place of the first byte of set in word outside of expansions: ${A:-b=c}.
func index(word, set string) int {
	depth := 0
	for i := range len(word) {
		switch c := word[i]; {
		case (c == '{' || c == '(') && i > 0 && (word[i-1] == '$' || depth > 0):
			depth++
		case (c == '}' || c == ')') && depth > 0:
			depth--
		case depth == 0 && strings.IndexByte(set, c) >= 0:
			return i
		}
	}
	return -1
}

// hash tells whether s names a commit: seven or more hexadecimal digits.
func hash(s string) bool {
	return len(s) >= 7 && len(s) <= 64 && strings.Trim(s, "0123456789abcdef") == "" && strings.ContainsAny(s, "0123456789")
}

// semver tells whether s is one version of three numbers, with or without v.
func semver(s string) bool {
	s = strings.TrimPrefix(s, "v")
	s, _, _ = strings.Cut(s, "+")
	s, pre, _ := strings.Cut(s, "-")
	dots := 0
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
		dots++
	}
	return dots == 3 && !strings.ContainsAny(pre, "*^~ |<>")
}
