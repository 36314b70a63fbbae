package packages

import (
	"slices"
	"strings"
)

// gem(1): https://guides.rubygems.org/command-reference/#gem-install.
var gem = grammar{
	manager: "gem", letters: "vinPspBg", never: true,
	words: words("--version --install-dir --bindir --trust-policy --source --http-proxy --platform --build-root --bulk-threshold --config-file " +
		"--target-rbconfig --without"),
	verbs: []verb{
		{"install", "install i"},
		{"upgrade", "update"},
		{"remove", "uninstall"},
		{"clean", "cleanup"},
		{"build", "build"},
		{"download", "fetch"},
	},
	require: func(word string) Requirement {
		if local(word, ".gem") {
			return file(word)
		}
		name, version := word, ""
		if i := index(word, ":"); i > 0 {
			name, version = word[:i], word[i+1:]
		}
		return plain(word, name, version, exactGem(version))
	},
	act: func(c *Command) {
		c.Fetches = true
		if c.Action != "install" {
			return
		}
		common := c.Value("-v", "--version")
		for _, w := range c.operands {
			if w == "true" || w == "false" { // the value of an option for the gem's own build
				continue
			}
			name, version, found := strings.Cut(w, ":")
			if !found {
				version = common
			}
			if local(w, ".gem") {
				c.Packages = append(c.Packages, file(w))
				continue
			}
			c.Packages = append(c.Packages, plain(w, name, version, exactGem(version)))
		}
		c.operands = nil
	},
}

func exactGem(v string) bool {
	v = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(v), "="))
	return v != "" && (v[0] >= '0' && v[0] <= '9' || open(v)) && !strings.ContainsAny(v, "*<>~,")
}

// bundle(1).
var bundle = grammar{
	manager: "bundle", letters: "j", never: true, words: words("--jobs --path --retry --without --with --gemfile --binstubs --version"),
	verbs: []verb{
		{"install", "install add i"},
		{"upgrade", "update"},
		{"remove", "remove"},
		{"clean", "clean"},
		{"config", "config"},
		{"download", "cache package"},
	},
	require: func(word string) Requirement {
		return plain(word, word, "", false)
	},
	act: func(c *Command) {
		c.Fetches = true
		c.Locked = c.has("--frozen", "--deployment")
		if c.Subcommand == "" && !c.has("--version", "-v", "--help", "-h") {
			c.Action = "install"
		}
		if c.Subcommand != "add" {
			c.operands = nil
		}
	},
}

// golang is the go command: https://pkg.go.dev/cmd/go.
var golang = grammar{
	manager: "go", single: true, never: true,
	words: words("-ldflags -tags -mod -modfile -o -p -gcflags -asmflags -gccgoflags -buildmode -compiler -installsuffix -pkgdir -overlay " +
		"-toolexec -exec -C -covermode -coverpkg -pgo"),
	verbs: []verb{
		{"install", "install get"},
		{"build", "build test vet generate"},
		{"download", "run mod"},
		{"clean", "clean"},
		{"config", "env"},
	},
	require: goPackage,
	act: func(c *Command) {
		c.Fetches = true
		if c.has("-insecure") {
			c.Unverified = append(c.Unverified, "-insecure")
		}
		switch c.Subcommand {
		case "install":
			if slices.Contains(c.operands, "tool") { // go.mod has the tools with their versions
				c.operands = nil
			}
		case "run": // what follows the package is for the program
			c.operands = c.operands[:min(1, len(c.operands))]
			if len(c.operands) == 0 || goPackage(c.operands[0]).Kind == "file" {
				c.Action = "build"
			}
		case "mod":
			c.Locked = len(c.operands) > 0 && (c.operands[0] == "download" || c.operands[0] == "vendor" || c.operands[0] == "verify")
			if !c.Locked {
				c.Action = "other"
			}
			c.operands = nil
		}
	},
}

// goPackage reads path@version. A path without a dot in its first part is of the standard library, or of the
// module itself.
func goPackage(word string) Requirement {
	if local(word, ".go") || strings.HasPrefix(word, "...") {
		return file(word)
	}
	name, version := word, ""
	if i := index(word, "@"); i > 0 {
		name, version = word[:i], word[i+1:]
	}
	if first, _, _ := strings.Cut(name, "/"); version == "" && !open(name) && !strings.Contains(first, ".") {
		return file(word)
	}
	return plain(word, name, version, strings.HasPrefix(version, "v") && semver(version) || hash(version) || open(version))
}

// cargo: https://doc.rust-lang.org/cargo/commands/cargo-install.html.
var cargo = grammar{
	manager: "cargo", letters: "jFZC", never: true,
	words: words("--version --vers --git --branch --tag --rev --path --root --registry --index --features --bin --example --target --target-dir " +
		"--profile --jobs --config --color --message-format --manifest-path --package"),
	verbs: cargoVerbs,
	require: func(word string) Requirement {
		name, version, _ := strings.Cut(word, "@")
		return plain(word, name, version, exactCargo(version))
	},
	act: cargoAct,
}

var cargoVerbs = []verb{
	{"install", "install binstall"},
	{"upgrade", "update"},
	{"remove", "uninstall remove rm"},
	{"download", "fetch vendor"},
	{"build", "build b check c test t run r bench rustc doc d clippy auditable zigbuild chef"},
	{"clean", "clean"},
}

func cargoAct(c *Command) {
	c.Fetches = true
	c.Locked = c.has("--locked", "--frozen")
	if strings.HasPrefix(c.Subcommand, "+") && len(c.operands) > 0 { // the toolchain
		c.Subcommand, c.operands = c.operands[0], c.operands[1:]
		c.Action = "other"
		if a := action(cargoVerbs, c.Subcommand); a != "" {
			c.Action = a
		}
	}
	if c.Action != "install" {
		c.operands = nil
		return
	}
	version, git := c.Value("--version", "--vers"), c.Value("--git")
	switch {
	case git != "":
		r := Requirement{Name: git, Text: git, Kind: "url", Version: c.Value("--rev", "--tag", "--branch")}
		r.Pinned = c.has("--rev") && (hash(r.Version) || open(r.Version))
		if len(c.operands) > 0 {
			r.Name = c.operands[0]
		}
		c.Packages, c.operands = append(c.Packages, r), nil
	case c.has("--path"):
		c.Packages, c.operands = append(c.Packages, file(c.Value("--path"))), nil
	case version != "":
		for _, w := range c.operands {
			c.Packages = append(c.Packages, plain(w, w, version, exactCargo(version)))
		}
		c.operands = nil
	}
}

func exactCargo(v string) bool { return semver(strings.TrimPrefix(v, "=")) || open(v) }

var (
	dnfGrammar, yumGrammar, microdnfGrammar = dnf("dnf"), dnf("yum"), dnf("microdnf")
	// grammars are the programs.
	grammars = map[string]*grammar{
		"apt": &apt, "apt-get": &apt, "aptitude": &apt, "apk": &apk, "pacman": &pacman, "dpkg": &dpkg, "rpm": &rpm,
		"dnf": &dnfGrammar, "dnf4": &dnfGrammar, "dnf5": &dnfGrammar, "tdnf": &dnfGrammar,
		"yum": &yumGrammar, "yum-config-manager": &yumGrammar, "microdnf": &microdnfGrammar, "zypper": &zypper,
		"pip": &pip, "pipx": &pipx, "uv": &uv, "poetry": &poetry,
		"npm": &npm, "yarn": &yarn, "yarnpkg": &yarn, "pnpm": &pnpm, "composer": &composer,
		"gem": &gem, "bundle": &bundle, "bundler": &bundle, "go": &golang, "cargo": &cargo,
	}
)
