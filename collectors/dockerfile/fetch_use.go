package dockerfile

import (
	"path"
	"slices"
	"strings"
)

// maxFollowed bounds the commands behind a download that are looked at.
const maxFollowed = 300

// follow finds out what becomes of a download, and whether anything checks it.
func (s *stageBuilder) follow(f *fetch) {
	runs := s.facts.Runs
	here := runs[f.Run].Commands
	names := map[string]bool{}
	if f.File != "" {
		names[f.File] = true
	} else {
		f.piped(here, names)
	}
	f.substituted(here)
	if keyring(f.File) {
		f.raise("trust")
	}
	if len(names) == 0 {
		return
	}
	seen := 0
	for i := f.Run; i < len(runs); i++ {
		checked := false
		for j := range runs[i].Commands {
			if i == f.Run && j <= f.Command {
				continue
			}
			if seen++; seen > maxFollowed {
				return
			}
			c, use := &runs[i].Commands[j], f.Use
			checked = checked || checks(c)
			f.saved(c, names, i == f.Run)
			if checked && f.Use != use {
				f.Verified = true // the instruction that uses it checks first
			}
		}
	}
}

// ranks order the uses: the strongest one counts.
var ranks = map[string]int{"": 0, "trust": 1, "unpack": 2, "install": 3, "run": 4}

func (f *fetch) raise(use string) {
	if ranks[use] > ranks[f.Use] {
		f.Use = use
	}
}

// piped looks at the commands that read the download from a pipe.
func (f *fetch) piped(here []runCommand, names map[string]bool) {
	for j := f.Command + 1; j < len(here) && here[j].Pipeline == here[f.Command].Pipeline; j++ {
		c := &here[j]
		switch {
		case checks(c):
			f.Verified = true
		case f.Program == c.Program, c.Nested && !here[f.Command].Nested:
		case interpreter(c.Program) && readsInput(c):
			f.raise("run")
		case unpacks(c):
			f.raise("unpack")
		case trusts(c):
			f.raise("trust")
		case c.Program == "tee":
			for _, a := range c.Args {
				if !strings.HasPrefix(a, "-") {
					names[a] = true
				}
			}
		}
		if out := redirected(c); out != "" && out != "/dev/null" {
			names[out] = true
			if keyring(out) {
				f.raise("trust")
			}
		}
	}
	for name := range names {
		if keyring(name) {
			f.raise("trust")
		}
	}
}

// substituted looks for sh -c "$(curl ...)", eval and <(curl ...).
func (f *fetch) substituted(here []runCommand) {
	for j := max(0, f.Command-3); j < min(len(here), f.Command+2); j++ {
		c := &here[j]
		if j == f.Command || !interpreter(c.Program) && c.Program != "eval" && c.Program != "source" && c.Program != "." {
			continue
		}
		for _, a := range c.Args {
			if (strings.HasPrefix(a, "$(") || strings.HasPrefix(a, "<(") || strings.HasPrefix(a, "`")) &&
				strings.Contains(a, f.Program) {
				f.raise("run")
			}
		}
	}
}

// saved looks at a command behind a download to a file. near is true in the same instruction.
func (f *fetch) saved(c *runCommand, names map[string]bool, near bool) {
	matched := ""
	for _, a := range c.Args {
		if same(a, names) {
			matched = a
			break
		}
	}
	if checks(c) && (near || matched != "") {
		f.Verified = true
		return
	}
	switch {
	case strings.Contains(c.Name, "/") && same(c.Name, names), names[c.Name]:
		f.raise("run")
	case matched == "":
	case interpreter(c.Program), c.Program == "source", c.Program == ".":
		if first(c) == matched {
			f.raise("run")
		}
	case c.Program == "chmod" && executable(c.Args), c.Program == "install":
		f.raise("install")
		names[c.Args[len(c.Args)-1]] = true
	case installs(c):
		f.raise("install")
	case unpacks(c):
		f.raise("unpack")
	case trusts(c):
		f.raise("trust")
	case (c.Program == "mv" || c.Program == "cp" || c.Program == "ln") && len(c.Args) > 1:
		to := c.Args[len(c.Args)-1]
		names[to] = true
		names[path.Join(to, path.Base(matched))] = true
	}
}

// same tells whether a word names one of the files: by its last part, which may hold wildcards.
func same(word string, names map[string]bool) bool {
	if names[word] {
		return true
	}
	last := path.Base(word)
	if last == "" || last == "." || last == "/" || strings.HasPrefix(last, "-") {
		return false
	}
	for name := range names {
		if path.IsAbs(word) && path.IsAbs(name) && path.Dir(word) != path.Dir(name) {
			continue
		}
		if b := path.Base(name); last == b {
			return true
		} else if ok, err := path.Match(last, b); ok && err == nil && len(last) > 1 {
			return true
		}
	}
	return false
}

// first is the first argument that is no option.
func first(c *runCommand) string {
	for _, a := range c.Args {
		if !strings.HasPrefix(a, "-") {
			return a
		}
	}
	return ""
}

// interpreter tells whether a program executes what it reads.
func interpreter(program string) bool {
	switch program {
	case "sh", "bash", "dash", "ash", "zsh", "ksh", "fish", "pwsh", "php", "perl", "ruby", "node", "python", "python2", "python3":
		return true
	}
	return strings.HasPrefix(program, "python3.")
}

// readsInput tells whether an interpreter takes its program from standard input.
func readsInput(c *runCommand) bool {
	for _, a := range c.Args {
		switch {
		case a == "-" || a == "-s" || a == "--" || a == "/dev/stdin":
			return true
		case strings.HasPrefix(a, "--"):
		case strings.HasPrefix(a, "-"):
			if strings.ContainsAny(a[1:], "c") || !shellProgram(c.Program) && strings.ContainsAny(a[1:], "emprnl") {
				return false // sh -c, python -m json.tool, perl -ne, php -r
			}
			if strings.HasPrefix(a, "-s") || strings.HasSuffix(a, "s") && shellProgram(c.Program) {
				return true
			}
		default:
			return false
		}
	}
	return true
}

func shellProgram(program string) bool { return strings.HasSuffix(program, "sh") && program != "pwsh" }

// checks tells whether a command compares a checksum or a signature.
func checks(c *runCommand) bool {
	switch c.Program {
	case "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "shasum", "md5sum", "b2sum", "b3sum", "gpgv", "gpgv2",
		"minisign", "signify", "slsa-verifier", "rhash", "cosign":
		return true
	case "gpg", "gpg2":
		return slices.ContainsFunc(c.Args, func(a string) bool { return strings.HasPrefix(a, "--verify") || a == "--decrypt" })
	case "openssl":
		return len(c.Args) > 0 && (strings.HasPrefix(c.Args[0], "sha") || c.Args[0] == "dgst" || c.Args[0] == "cms")
	case "rpm":
		return slices.Contains(c.Args, "-K") || slices.Contains(c.Args, "--checksig")
	case "gh":
		return slices.Contains(c.Args, "attestation")
	}
	return false
}

func unpacks(c *runCommand) bool {
	switch c.Program {
	case "tar", "bsdtar", "gtar":
		return len(c.Args) > 0 && (!strings.HasPrefix(c.Args[0], "-") && strings.Contains(c.Args[0], "x") ||
			slices.ContainsFunc(c.Args, func(a string) bool {
				return a == "--extract" || a == "--get" || len(a) > 1 && a[0] == '-' && a[1] != '-' && strings.Contains(a, "x")
			}))
	case "unzip", "gunzip", "bunzip2", "unxz", "cpio", "7z", "7za", "rpm2cpio", "zcat", "xzcat", "bzcat":
		return true
	case "gzip", "xz", "bzip2", "zstd", "lzma":
		return slices.ContainsFunc(c.Args, func(a string) bool { return a == "-d" || a == "-dc" || a == "--decompress" })
	}
	return false
}

// installs tells whether a command gives files to a package manager.
func installs(c *runCommand) bool {
	switch c.Program {
	case "dpkg", "gdebi", "rpm", "apt-get", "apt", "yum", "dnf", "microdnf", "apk", "zypper", "pip", "pip3", "npm", "gem":
		return slices.ContainsFunc(c.Args, func(a string) bool {
			return a == "install" || a == "localinstall" || a == "add" || strings.HasPrefix(a, "-") && !strings.HasPrefix(a, "--") && strings.ContainsAny(a, "iU") ||
				a == "--install"
		})
	}
	return false
}

// trusts tells whether a command reads keys.
func trusts(c *runCommand) bool {
	switch c.Program {
	case "apt-key":
		return slices.Contains(c.Args, "add")
	case "gpg", "gpg2", "rpm", "rpmkeys":
		return slices.ContainsFunc(c.Args, func(a string) bool { return a == "--import" || a == "--dearmor" })
	}
	return false
}

// keyring tells whether package managers trust the keys in a file.
func keyring(file string) bool {
	for _, folder := range [...]string{"/etc/apt/trusted.gpg.d/", "/etc/apt/keyrings/", "/usr/share/keyrings/", "/etc/apk/keys/", "/etc/pki/rpm-gpg/"} {
		if strings.HasPrefix(file, folder) {
			return true
		}
	}
	return false
}

// executable tells whether arguments of chmod make a file executable.
func executable(args []string) bool {
	for _, a := range args {
		if strings.HasPrefix(a, "-") {
			continue
		}
		if strings.ContainsAny(a, "+=") {
			return strings.ContainsAny(a, "xX")
		}
		return strings.ContainsAny(a, "1357")
	}
	return false
}
