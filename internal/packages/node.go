package packages

import (
	"slices"
	"strings"
)

var nodeWords = words("--registry --loglevel --prefix --tag --cache --userconfig --globalconfig --omit --include --otp --scope --workspace --before " +
	"--location --fetch-retries --fetch-timeout --fetch-retry-mintimeout --fetch-retry-maxtimeout --maxsockets --network-timeout --proxy --https-proxy --noproxy --cafile --ca --cert --key " +
	"--script-shell --node-options --cwd --modules-folder --cache-folder --network-concurrency --mutex --global-folder " +
	"--preferred-cache-folder --link-folder --use-yarnrc --filter --dir --store-dir --reporter --child-concurrency --install-strategy " +
	"--cpu --os --libc --global-dir --virtual-store-dir --lockfile-dir --node-linker --package-import-method --mode")

// npm(1): https://docs.npmjs.com/cli/commands.
var npm = grammar{
	manager: "npm", letters: "CwL", words: nodeWords, switches: true, never: true,
	verbs: []verb{
		{"install", "install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install ic install-clean isntall-clean install-test it install-ci-test cit"},
		{"upgrade", "update up upgrade udpate"},
		{"remove", "uninstall remove rm r un unlink"},
		{"clean", "cache"},
		{"config", "config set c"},
	},
	require: nodePackage, act: nodeAct,
}

// yarn(1), classic and modern.
var yarn = grammar{
	manager: "yarn", words: nodeWords, switches: true, never: true,
	verbs:   yarnVerbs,
	require: nodePackage, act: nodeAct,
}

var yarnVerbs = []verb{
	{"install", "install add focus"},
	{"upgrade", "upgrade up upgrade-interactive"},
	{"remove", "remove"},
	{"clean", "cache"},
	{"config", "config"},
}

// pnpm(1).
var pnpm = grammar{
	manager: "pnpm", letters: "CF", words: nodeWords, switches: true, never: true,
	verbs: []verb{
		{"install", "install i add"},
		{"upgrade", "update up upgrade"},
		{"remove", "remove rm uninstall un"},
		{"clean", "store"},
		{"config", "config set c"},
		{"download", "fetch"},
	},
	require: nodePackage, act: nodeAct,
}

func nodeAct(c *Command) {
	c.Fetches = true
	for c.Subcommand == "global" || c.Subcommand == "workspace" || c.Subcommand == "workspaces" { // yarn global add
		if c.Subcommand == "workspace" && len(c.operands) > 0 {
			c.operands = c.operands[1:]
		}
		if len(c.operands) == 0 {
			break
		}
		c.Subcommand, c.operands = c.operands[0], c.operands[1:]
		c.Action = "other"
		if a := action(yarnVerbs, c.Subcommand); a != "" {
			c.Action = a
		}
	}
	switch c.Subcommand {
	case "ci", "clean-install", "ic", "install-clean", "isntall-clean", "install-ci-test", "cit":
		c.Locked = true
	case "fetch":
		c.Locked = c.Manager == "pnpm"
	case "":
		if c.Manager == "yarn" && !c.has("--version", "-v", "--help", "-h") {
			c.Action = "install"
		}
	}
	c.Locked = c.Locked || c.has("--frozen-lockfile", "--immutable") && !off(c.Value("--frozen-lockfile", "--immutable"))
	switch c.Action {
	case "clean":
		if !slices.ContainsFunc(c.operands, func(w string) bool { return w == "clean" || w == "clear" || w == "rm" || w == "prune" }) {
			c.Action = "other"
		}
		c.operands = nil
	case "config":
		c.settings()
	case "install":
		if c.Manager == "yarn" && c.Subcommand != "add" || c.Locked && c.Manager == "npm" {
			c.operands = nil
		}
	}
	for _, o := range c.options {
		if o.name == "--no-strict-ssl" || o.name == "--strict-ssl" && off(o.value) {
			c.Unverified = append(c.Unverified, "strict-ssl=false")
		}
	}
}

// settings reads npm config set name value, and name=value.
func (c *Command) settings() {
	words := c.operands
	if len(words) > 0 && words[0] == "set" {
		words = words[1:]
	}
	for i, w := range words {
		name, value, ok := strings.Cut(w, "=")
		if !ok && i+1 < len(words) {
			value = words[i+1]
		}
		if strings.EqualFold(name, "strict-ssl") && off(value) || name == "enableStrictSsl" && off(value) {
			c.Unverified = append(c.Unverified, name+"="+value)
		}
	}
	c.operands = nil
}

// nodePackage reads a package spec (https://docs.npmjs.com/cli/using-npm/package-spec).
func nodePackage(word string) Requirement {
	text := strings.TrimPrefix(word, "link:")
	switch {
	case local(text, ".tgz", ".tar.gz", ".tar") || strings.HasPrefix(text, "file:") || text != word:
		return file(word)
	case nodeURL(text):
		r := Requirement{Name: word, Text: word, Kind: "url"}
		_, r.Version, _ = strings.Cut(text, "#")
		r.Pinned = hash(r.Version)
		return r
	}
	name, version := text, ""
	if i := index(text[min(1, len(text)):], "@"); i >= 0 {
		name, version = text[:i+1], text[i+2:]
	}
	exact := strings.TrimPrefix(version, "=")
	if alias, ok := strings.CutPrefix(version, "npm:"); ok {
		exact = ""
		if i := strings.LastIndexByte(alias, '@'); i > 0 {
			exact = alias[i+1:]
		}
	} else if nodeURL(version) {
		r := Requirement{Name: name, Text: word, Kind: "url"}
		_, r.Version, _ = strings.Cut(version, "#")
		r.Pinned = hash(r.Version)
		return r
	}
	return plain(word, name, version, semver(exact) || open(exact) && !strings.ContainsAny(exact, "^~<>*"))
}

func nodeURL(text string) bool {
	if strings.Contains(text, "://") {
		return true
	}
	for _, p := range [...]string{"git+", "git@", "github:", "gitlab:", "bitbucket:", "gist:"} {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	owner, repository, ok := strings.Cut(text, "/") // on GitHub
	return ok && owner != "" && repository != "" && text[0] != '@' && !strings.ContainsAny(owner, "@$.")
}

// composer(1).
var composer = grammar{
	manager: "composer", letters: "d", words: words("--working-dir --prefer-install --ignore-platform-req"), never: true,
	verbs: []verb{
		{"install", "install i require create-project"},
		{"upgrade", "update u upgrade"},
		{"remove", "remove"},
		{"clean", "clear-cache clearcache cc"},
		{"config", "config"},
	},
	require: func(word string) Requirement {
		name, version := word, ""
		if i := index(word, ":="); i > 0 {
			name, version = word[:i], word[i+1:]
		}
		return plain(word, name, version, semver(version) || open(version))
	},
	act: func(c *Command) {
		if c.Subcommand == "global" && len(c.operands) > 0 {
			c.Subcommand, c.operands = c.operands[0], c.operands[1:]
			c.Action = "other"
			if c.Subcommand == "require" || c.Subcommand == "install" {
				c.Action = "install"
			}
		}
		c.Fetches, c.Locked = true, c.Subcommand == "install" || c.Subcommand == "i"
		if c.Subcommand == "create-project" {
			c.operands = c.operands[:min(1, len(c.operands))]
		}
	},
}
