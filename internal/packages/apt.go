package packages

import (
	"slices"
	"strings"
)

// apt-get(8), apt(8), aptitude(8).
var apt = grammar{
	manager: "apt", letters: "otcaPwFO",
	words: words("--option --target-release --default-release --config-file --host-architecture --build-profiles --with-source"),
	verbs: []verb{
		{"install", "install reinstall build-dep satisfy"},
		{"refresh", "update"},
		{"upgrade", "upgrade safe-upgrade"},
		{"release-upgrade", "dist-upgrade full-upgrade dselect-upgrade"},
		{"clean", "clean autoclean auto-clean distclean dist-clean"},
		{"remove", "remove purge autoremove auto-remove autopurge"},
		{"download", "download source"},
	},
	require: aptPackage, act: aptAct,
}

func aptPackage(word string) Requirement {
	if local(word, ".deb") {
		return file(word)
	}
	if strings.HasSuffix(word, "^") {
		return Requirement{Name: strings.TrimSuffix(word, "^"), Text: word, Kind: "group"}
	}
	name, version, exact := word, "", false
	if i := index(word, "="); i >= 0 {
		name, version = word[:i], word[i+1:]
		exact = version != "" && !strings.Contains(version, "*")
	} else if i := index(word, "/"); i >= 0 {
		name, version = word[:i], word[i+1:] // the release
	}
	if i := index(name, ":"); i > 0 {
		name = name[:i] // the architecture
	}
	return plain(word, name, version, exact)
}

func aptAct(c *Command) {
	quiet := c.count("-q") + c.count("--quiet")
	if n := c.Value("-q", "--quiet"); n >= "2" && n <= "9" {
		quiet = 2
	}
	c.AssumeYes = quiet > 1 || c.has("-y", "--yes", "--assume-yes", "--force-yes")
	c.Recommends = c.Action == "install"
	for _, o := range c.options {
		switch o.name {
		case "--no-install-recommends", "--without-recommends", "-R":
			c.Recommends = c.Recommends && (o.name == "-R" && c.Program != "aptitude" || off(o.value))
		case "--install-recommends":
			c.Recommends = c.Recommends && !off(o.value)
		case "-o", "--option":
			AptSettings(o.value).apply(c)
		case "-U", "--update":
			c.Fetches = true
		case "-s", "--simulate", "--dry-run", "--just-print", "--no-act", "--recon", "--print-uris":
			if c.Action != "other" && (o.name != "-s" || c.Program != "aptitude") {
				c.Action, c.Recommends = "other", false
			}
		}
	}
	c.distrust("--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories", "--allow-downgrade-to-insecure-repositories")
	if c.Subcommand == "build-dep" || c.Subcommand == "satisfy" {
		c.operands = nil // what is built is not what is installed
	}
}

// Settings are what a text in the language of apt.conf(5) decides.
type Settings struct {
	// Recommends, Yes and Keep are "true" or "false", "" where the text says nothing: install recommended
	// packages, ask nothing, keep what was downloaded.
	Recommends, Yes, Keep string
	// Unverified are the settings that switch off checks, as typed.
	Unverified []string
}

// AptSettings reads Name=value of an option, and Name "value"; lines.
func AptSettings(text string) Settings {
	var s Settings
	if !strings.Contains(text, "::") {
		return s
	}
	for f := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == '\n' || r == '{' || r == '}' }) {
		f = strings.TrimSpace(strings.ReplaceAll(f, `\n`, " "))
		if i := strings.Index(f, "::"); i > 0 { // what stands before the name may be a command: echo 'APT::...
			f = f[strings.LastIndexAny(f[:i], " \t\"'")+1:]
		}
		if i := strings.IndexAny(f, `= "'`); i > 0 {
			s.set(f[:i], strings.Trim(f[i:], "= \t\\\"'"))
		}
	}
	return s
}

func (s *Settings) set(name, value string) {
	flag := ""
	switch {
	case on(value):
		flag = "true"
	case off(value):
		flag = "false"
	}
	name = strings.Trim(name, `"'`)
	switch strings.ToLower(name) {
	case "apt::install-recommends":
		s.Recommends = flag
	case "apt::get::assume-yes":
		s.Yes = flag
	case "apt::keep-downloaded-packages", "binary::apt::apt::keep-downloaded-packages":
		s.Keep = flag
	case "apt::get::allowunauthenticated", "acquire::allowinsecurerepositories", "acquire::allowdowngradetoinsecurerepositories":
		if flag == "true" {
			s.Unverified = append(s.Unverified, name+"="+value)
		}
	case "acquire::https::verify-peer", "acquire::https::verify-host":
		if flag == "false" {
			s.Unverified = append(s.Unverified, name+"="+value)
		}
	}
}

// apply puts the settings in force for a command.
func (s Settings) apply(c *Command) {
	c.Recommends = c.Recommends && s.Recommends != "false"
	c.AssumeYes = c.AssumeYes || s.Yes == "true"
	c.Unverified = append(c.Unverified, s.Unverified...)
}

// dpkg(1).
var dpkg = grammar{manager: "dpkg", letters: "D", never: true, words: words("--root --admindir --instdir"), require: file, act: func(c *Command) {
	modes(c, map[string]string{
		"-i": "install", "--install": "install", "--unpack": "install", "-r": "remove", "--remove": "remove",
		"-P": "remove", "--purge": "remove",
	})
	if c.Action != "install" {
		c.operands = slices.Clip(c.operands)
	}
}}

// modes finds the option that says what to do.
func modes(c *Command, actions map[string]string) {
	for _, o := range c.options {
		if a := actions[o.name]; a != "" {
			c.Action, c.Subcommand = a, o.name
			if o.value != "" {
				c.operands = append([]string{o.value}, c.operands...)
			}
			return
		}
	}
}

// apk(8).
var apk = grammar{
	manager: "apk", letters: "pXt", never: true,
	words: words("--root --repository --wait --keys-dir --repositories-file --cache-dir --cache-max-age --arch --progress-fd --virtual --timeout"),
	verbs: []verb{
		{"install", "add fix"},
		{"refresh", "update"},
		{"upgrade", "upgrade"},
		{"remove", "del"},
		{"download", "fetch"},
		{"clean", "cache"},
	},
	require: func(word string) Requirement {
		if local(word, ".apk") {
			return file(word)
		}
		if strings.HasPrefix(word, ".") {
			return Requirement{Name: word, Text: word, Kind: "group"}
		}
		name, version, exact := word, "", false
		if i := index(word, "=<>~"); i >= 0 {
			name, version = word[:i], word[i:]
			if v, ok := strings.CutPrefix(version, "="); ok && !strings.HasPrefix(v, "~") {
				version, exact = v, v != "" && !strings.Contains(v, "*")
			}
		}
		if i := index(name, "@"); i > 0 {
			name = name[:i] // the repository's tag
		}
		return plain(word, name, version, exact)
	},
	act: func(c *Command) {
		c.Fetches = true
		c.distrust("--allow-untrusted")
		if c.Subcommand == "cache" && !slices.Contains(c.operands, "clean") && !slices.Contains(c.operands, "purge") {
			c.Action = "other"
		}
		if c.Subcommand == "upgrade" && c.has("-a", "--available") {
			c.Action = "release-upgrade"
		}
	},
}

// pacman(8).
var pacman = grammar{
	manager: "pacman", letters: "rb",
	words: words("--root --dbpath --cachedir --config --arch --ignore --ignoregroup --overwrite --hookdir --gpgdir --logfile --print-format --assume-installed --sysroot"),
	require: func(word string) Requirement {
		if local(word, ".zst", ".xz") {
			return file(word)
		}
		if strings.Contains(word, "://") {
			return Requirement{Name: word, Text: word, Kind: "url"}
		}
		name, version, _ := strings.Cut(word, "=")
		return plain(word, name, version, version != "")
	},
	act: func(c *Command) {
		modes(c, map[string]string{"-S": "install", "--sync": "install", "-R": "remove", "--remove": "remove", "-U": "install", "--upgrade": "install"})
		c.AssumeYes = c.has("--noconfirm")
		if c.Subcommand != "-S" && c.Subcommand != "--sync" {
			c.Fetches = true
			return
		}
		c.Fetches = c.has("-y", "--refresh")
		switch {
		case c.has("-c", "--clean"):
			c.Action = "clean"
		case c.has("-s", "-i", "-l", "-g", "--search", "--info", "--list", "--groups", "-p", "--print"):
			c.Action = "other"
		case c.has("-w", "--downloadonly"):
			c.Action = "download"
		case c.has("-u", "--sysupgrade") && len(c.operands) == 0:
			c.Action = "upgrade"
		case len(c.operands) == 0:
			c.Action = "refresh"
		}
	},
}
