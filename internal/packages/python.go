package packages

import (
	"slices"
	"strings"
)

// pip(1): https://pip.pypa.io/en/stable/cli/pip_install/. The words of uv pip are a superset.
var pip = grammar{
	manager: "pip", letters: "rceiftbCpP", never: true,
	words: words("--requirement --requirements --constraint --constraints --editable --index-url --extra-index-url --find-links --target --prefix --root " +
		"--src --build --cache-dir --log --proxy --retries --timeout --exists-action --trusted-host --cert --client-cert --platform " +
		"--python-version --implementation --abi --global-option --install-option --config-settings --config-setting --no-binary --only-binary " +
		"--progress-bar --root-user-action --use-feature --use-deprecated --upgrade-strategy --report --python --keyring-provider " +
		"--resume-retries --group --build-constraint --index --default-index --index-strategy --link-mode --override --overrides " +
		"--extra --prerelease --resolution --exclude-newer --torch-backend --upgrade-package --reinstall-package --refresh-package " +
		"--allow-insecure-host --with --from --suffix --pip-args --no-build-package"),
	verbs: []verb{
		{"install", "install sync add"},
		{"remove", "uninstall remove"},
		{"download", "download"},
		{"build", "wheel"},
		{"clean", "cache"},
		{"config", "config"},
	},
	require: pipPackage, act: pipAct,
}

// uvGrammar reads uv(1): uv pip is pip; uv add, uv sync and uv tool install are its own.
func uvGrammar(args []string) (*grammar, []string) {
	for i, a := range args {
		if a == "pip" || a == "tool" {
			return &pip, slices.Concat(args[:i:i], args[i+1:])
		}
		if !strings.HasPrefix(a, "-") {
			break
		}
	}
	return &uv, args
}

var uv = grammar{
	manager: "pip", letters: pip.letters, words: pip.words, never: true,
	verbs: []verb{
		{"install", "sync add"},
		{"remove", "remove"},
		{"build", "build"},
		{"clean", "cache"},
	}, require: pipPackage, act: pipAct,
}

func pipAct(c *Command) {
	c.Fetches = true
	c.Locked = c.has("--require-hashes", "-c", "--constraint", "--constraints", "--locked", "--frozen")
	switch c.Action {
	case "clean":
		if !slices.ContainsFunc(c.operands, func(w string) bool { return w == "purge" || w == "clean" || w == "remove" || w == "prune" }) {
			c.Action = "other"
		}
	case "config":
		if i := slices.Index(c.operands, "set"); i >= 0 && i+2 < len(c.operands) && strings.HasSuffix(c.operands[i+1], "trusted-host") {
			c.Unverified = append(c.Unverified, "trusted-host="+c.operands[i+2])
		}
	case "install", "download":
		if c.Subcommand == "sync" {
			c.sources()
		}
		for _, o := range c.options {
			switch o.name {
			case "-r", "--requirement", "--requirements", "--group":
				c.Packages = append(c.Packages, file(o.value))
			case "-e", "--editable":
				c.Packages = append(c.Packages, pipPackage(o.value))
			}
		}
	}
	for _, o := range c.options {
		switch o.name {
		case "--trusted-host", "--allow-insecure-host":
			c.Unverified = append(c.Unverified, o.name+"="+o.value)
		}
	}
}

// sources takes all operands for files: uv pip sync requirements.txt.
func (c *Command) sources() {
	for _, w := range c.operands {
		c.Packages = append(c.Packages, file(w))
	}
	c.operands = nil
}

// pipPackage reads a requirement specifier (PEP 508), a URL or a path.
func pipPackage(word string) Requirement {
	text, marker := word, strings.IndexByte(word, ';')
	if marker > 0 && !strings.Contains(word, "://") {
		text = word[:marker]
	}
	switch {
	case strings.Contains(text, "://") || strings.HasPrefix(text, "git+"):
		return pipURL(word)
	case local(text, ".whl", ".tar.gz", ".zip", ".tgz", ".tar.bz2") || strings.HasPrefix(text, ".[") || index(text, "/") >= 0:
		return file(word)
	}
	name, version, exact := text, "", false
	if i := index(text, "=<>!~"); i >= 0 {
		name, version = text[:i], strings.TrimSpace(text[i:])
		if v := strings.TrimLeft(version, "="); strings.HasPrefix(version, "==") {
			version, exact = strings.TrimSpace(v), v != "" && !strings.ContainsAny(v, "*,")
		}
	} else if i := index(text, "@"); i > 0 { // uv tool install name@1.2.3
		name, version = text[:i], text[i+1:]
		exact = semver(version)
	}
	if i := index(name, "["); i > 0 {
		name = name[:i]
	}
	return plain(word, strings.TrimSpace(name), version, exact)
}

// pipURL reads an archive's URL or a repository's: git+https://host/path@commit#egg=name.
func pipURL(word string) Requirement {
	r := Requirement{Name: word, Text: word, Kind: "url"}
	text := word
	if before, after, ok := strings.Cut(word, " @ "); ok {
		r.Name, text = before, after
	}
	text, fragment, _ := strings.Cut(text, "#")
	for f := range strings.SplitSeq(fragment, "&") {
		key, value, _ := strings.Cut(f, "=")
		switch key {
		case "egg":
			r.Name = value
		case "sha256", "sha384", "sha512":
			r.Version, r.Pinned = value, value != ""
		}
	}
	if i := strings.LastIndexByte(text, '@'); strings.Contains(text, "+") && i > strings.LastIndex(text, "://")+3 && strings.Contains(text[:i], "/") {
		if host := strings.IndexByte(text[strings.Index(text, "://")+3:], '/'); host >= 0 && i > strings.Index(text, "://")+3+host {
			r.Version = text[i+1:]
			r.Pinned = hash(r.Version) || open(r.Version)
		}
	}
	return r
}

// pipx(1).
var pipx = grammar{
	manager: "pip", letters: pip.letters, words: pip.words, never: true,
	verbs: []verb{
		{"install", "install inject"},
		{"upgrade", "upgrade upgrade-all reinstall"},
		{"remove", "uninstall"},
	}, require: pipPackage,
	act: func(c *Command) {
		c.Fetches = true
		if c.Subcommand == "inject" {
			c.operands = c.operands[min(1, len(c.operands)):]
		}
	},
}

// poetry(1).
var poetry = grammar{
	manager: "poetry", letters: "CPGE", never: true, words: words("--directory --project --group --with --without --only --extras --python --source --platform"),
	verbs: []verb{
		{"install", "install add sync"},
		{"upgrade", "update"},
		{"remove", "remove"},
		{"clean", "cache"},
		{"config", "config"},
		{"build", "build"},
	},
	require: pipPackage,
	act: func(c *Command) {
		c.Fetches, c.Locked = true, c.Subcommand == "install" || c.Subcommand == "sync"
		if c.Locked {
			c.operands = nil
		}
		if c.Action == "clean" && !slices.Contains(c.operands, "clear") {
			c.Action = "other"
		}
	},
}
