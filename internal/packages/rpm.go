package packages

import (
	"slices"
	"strings"
)

var dnfVerbs = []verb{
	{"install", "install in localinstall reinstall rei groupinstall grpinstall group-install builddep build-dep swap downgrade"},
	{"refresh", "makecache mc"},
	{"upgrade", "upgrade update up localupdate upgrade-minimal update-minimal up-min"},
	{"release-upgrade", "distro-sync distrosync distribution-synchronization dsync system-upgrade"},
	{"remove", "remove rm erase autoremove groupremove"},
	{"clean", "clean"},
	{"download", "download"},
	{"config", "config-manager"},
}

var dnfWords = words("--config --setopt --exclude --excludepkgs --repo --repoid --enablerepo --disablerepo --releasever --installroot " +
	"--debuglevel --errorlevel --randomwait --comment --advisory --advisories --bz --bzs --cve --cves --sec-severity --secseverity " +
	"--downloaddir --destdir --forcearch --disableplugin --enableplugin --color --rpmverbosity --from-repo --repofrompath")

// dnf is the grammar of dnf(8), yum(8), microdnf(8) and tdnf(8).
func dnf(manager string) grammar {
	return grammar{manager: manager, letters: "cdeRx", words: dnfWords, verbs: dnfVerbs, require: rpmPackage, act: dnfAct}
}

func dnfAct(c *Command) {
	c.AssumeYes = c.has("-y", "--assumeyes")
	c.Fetches = true
	switch c.Subcommand {
	case "group", "groups", "grp":
		c.second("install", "upgrade", "remove")
		for i, w := range c.operands {
			c.operands[i] = "@" + strings.TrimPrefix(w, "@")
		}
	case "groupinstall", "grpinstall", "group-install", "groupremove":
		c.operands = slices.Clone(c.operands)
		for i, w := range c.operands {
			c.operands[i] = "@" + strings.TrimPrefix(w, "@")
		}
	case "module":
		c.second("install", "update", "remove", "enable", "disable", "reset")
		if c.Action == "enable" || c.Action == "disable" || c.Action == "reset" {
			c.Action = "config"
		}
		c.modules()
	case "swap":
		c.operands = c.operands[min(1, len(c.operands)):]
	case "builddep", "build-dep":
		c.operands = nil
	}
	if c.Program == "yum-config-manager" {
		c.Action, c.operands = "config", nil
	}
	if c.has("--downloadonly") && c.Action == "install" {
		c.Action = "download"
	}
	c.distrust("--nogpgcheck", "--no-gpgchecks", "--no-gpg-checks")
	for _, o := range c.options {
		name, value, _ := strings.Cut(o.value, "=")
		if o.name == "--setopt" && off(value) && checks(name) {
			c.Unverified = append(c.Unverified, o.value)
		}
		if o.name == "--nogpgcheck" && c.Program == "yum" {
			c.Fetches = true
		}
	}
	if c.Subcommand == "config-manager" {
		for _, w := range c.operands { // dnf5: config-manager setopt repo.gpgcheck=0
			if name, value, _ := strings.Cut(w, "="); off(value) && checks(name) {
				c.Unverified = append(c.Unverified, w)
			}
		}
	}
}

// second makes the word behind the subcommand the action, if it is one of the verbs.
func (c *Command) second(verbs ...string) {
	if len(c.operands) > 0 && slices.Contains(verbs, c.operands[0]) {
		c.Action = strings.Replace(c.operands[0], "update", "upgrade", 1)
		c.operands = slices.Clone(c.operands[1:])
	}
}

// modules takes name:stream/profile for packages: a stream is no version.
func (c *Command) modules() {
	if c.Action == "config" {
		return
	}
	for _, w := range c.operands {
		name, stream, _ := strings.Cut(w, ":")
		stream, _, _ = strings.Cut(stream, "/")
		c.Packages = append(c.Packages, plain(w, name, stream, false))
	}
	c.operands = nil
}

// checks tells whether a setting of a repository is about signatures or certificates.
func checks(name string) bool {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "gpgcheck", "localpkg_gpgcheck", "pkg_gpgcheck", "sslverify", "sslverifystatus", "proxy_sslverify":
		return name != "sslverifystatus"
	}
	return false
}

// rpmPackage reads a name, name-version or name-version-release (dnf(8), Specifying Packages).
func rpmPackage(word string) Requirement {
	switch {
	case strings.Contains(word, "://"):
		return Requirement{Name: word, Text: word, Kind: "url"}
	case strings.HasPrefix(word, "@"):
		return Requirement{Name: word[1:], Text: word, Kind: "group"}
	case local(word, ".rpm"):
		return file(word)
	}
	if i := index(word, "=<>"); i > 0 { // 'name >= 1.2' in quotes
		op := strings.TrimRight(word[i:], "0123456789.:-_+~^abcdefghijklmnopqrstuvwxyz ${}")
		return plain(word, strings.TrimSpace(word[:i]), strings.TrimSpace(word[i:]), op == "=" || op == "==")
	}
	name, version := nevra(word)
	return plain(word, name, version, version != "" && !strings.Contains(version, "*"))
}

// nevra splits name-version and name-version-release. A version begins with a digit and has a dot, an epoch or
// a release, so that java-1.8.0-openjdk, gcc-toolset-12 and dotnet-sdk-8.0 are names.
func nevra(word string) (name, version string) {
	last := dash(word, len(word))
	if last <= 0 {
		return word, ""
	}
	if prev := dash(word, last); prev > 0 && begins(word[prev+1:]) && begins(word[last+1:]) && !toolset(word[:prev]) {
		return word[:prev], word[prev+1:]
	}
	if v := word[last+1:]; begins(v) && (strings.ContainsAny(v, ".:*~^") || open(v)) && !toolset(word[:last]) {
		return word[:last], v
	}
	return word, ""
}

// dash is the last dash before end outside of expansions, -1 without one.
func dash(word string, end int) int {
	at := -1
	for i := 0; i < end; {
		n := index(word[i:end], "-")
		if n < 0 {
			break
		}
		at = i + n
		i = at + 1
	}
	return at
}

func begins(s string) bool { return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '$') }

// toolset tells names that end in a number.
func toolset(name string) bool {
	return strings.HasSuffix(name, "toolset") || strings.HasPrefix(name, "dotnet-") || strings.HasPrefix(name, "aspnetcore-") ||
		strings.HasPrefix(name, "compat-")
}

// zypper(8).
var zypper = grammar{
	manager: "zypper", letters: "RDCcprtx",
	words: words("--root --reposd-dir --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir --config --userdata --plus-repo " +
		"--plus-content --releasever --repo --from --type --download --installroot --with --without --category --date --severity"),
	verbs: []verb{
		{"install", "install in source-install si inr install-new-recommends"},
		{"remove", "remove rm"},
		{"refresh", "refresh ref refresh-services refs"},
		{"upgrade", "update up patch"},
		{"release-upgrade", "dist-upgrade dup"},
		{"clean", "clean cc"},
		{"download", "download"},
		{"config", "addrepo ar modifyrepo mr addservice as"},
	},
	require: func(word string) Requirement {
		if strings.HasPrefix(word, "pattern:") {
			return Requirement{Name: word[len("pattern:"):], Text: word, Kind: "group"}
		}
		if i := index(word, "=<>"); i > 0 && !strings.Contains(word, "://") {
			op := word[i:]
			return plain(word, word[:i], strings.TrimPrefix(op, "="), op[0] == '=' && !strings.ContainsAny(op, "*<>"))
		}
		return rpmPackage(word)
	},
	act: func(c *Command) {
		c.AssumeYes = c.has("-n", "--non-interactive", "-y", "--no-confirm")
		c.Recommends = (c.Action == "install" || c.Action == "upgrade") && !c.has("--no-recommends")
		c.Fetches = !c.has("--no-refresh")
		c.distrust("--no-gpg-checks", "--no-gpgcheck", "--allow-unsigned-rpm", "--gpgcheck-allow-unsigned",
			"--gpgcheck-allow-unsigned-repo", "--gpgcheck-allow-unsigned-package")
		if c.Action == "config" {
			c.distrust("-G")
			c.operands = nil
		}
		if t := c.Value("-t", "--type"); t == "pattern" && c.Action == "install" {
			for _, w := range c.operands {
				c.Packages = append(c.Packages, Requirement{Name: w, Text: w, Kind: "group"})
			}
			c.operands = nil
		}
	},
}

// rpm(8).
var rpm = grammar{
	manager: "rpm", letters: "DE", never: true, words: words("--root --dbpath --prefix --relocate --excludepath --define --eval"),
	require: rpmPackage,
	act: func(c *Command) {
		modes(c, map[string]string{
			"-q": "other", "--query": "other", "-V": "other", "--verify": "other", "-K": "other", "--checksig": "other",
			"--import": "config", "-i": "install", "--install": "install", "-U": "install", "--upgrade": "install",
			"-F": "upgrade", "--freshen": "upgrade", "--reinstall": "install", "-e": "remove", "--erase": "remove",
		})
		if c.Action != "install" && c.Action != "upgrade" {
			return
		}
		c.Fetches = true
		c.distrust("--nodigest", "--nosignature", "--noverify", "--nofiledigest")
		for _, w := range c.operands {
			if strings.HasPrefix(w, "http://") || strings.HasPrefix(w, "ftp://") {
				c.Unverified = append(c.Unverified, w)
			}
		}
	},
}
