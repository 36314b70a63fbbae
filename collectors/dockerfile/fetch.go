package dockerfile

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/fact"
)

// fetches notes what the commands of a stage get over the network, and what becomes of it.
func (s *stageBuilder) fetches() {
	f := &s.facts
	for _, program := range [...]string{"curl", "wget", "git"} {
		for _, c := range f.Calls[program] {
			cmd := &f.Runs[c.Run].Commands[c.Command]
			var found []fetch
			switch program {
			case "curl":
				found = curl(cmd)
			case "wget":
				found = wget(cmd)
			default:
				found = clone(cmd)
			}
			for _, one := range found[:min(len(found), maxFetches)] {
				one.Program, one.Run, one.Command = program, c.Run, c.Command
				one.address()
				if program == "git" {
					one.Verified = one.Verified || checkedOut(f.Runs[c.Run:], c.Command)
				} else {
					s.follow(&one)
				}
				f.Fetches = append(f.Fetches, one)
			}
		}
	}
	slices.SortStableFunc(f.Fetches, func(a, b fetch) int { return cmp.Or(a.Run-b.Run, a.Command-b.Command) })
	// sh -c "$(curl URL)" is a command of the outer shell and one of the inner.
	f.Fetches = slices.CompactFunc(f.Fetches, func(a, b fetch) bool {
		b.Command = a.Command
		return a == b
	})
	for _, one := range f.Fetches {
		s.at.fetches = append(s.at.fetches, call{Run: one.Run, Command: one.Command})
	}
}

// maxFetches bounds the addresses of one command.
const maxFetches = 20

var (
	commitOf = compile(`\b[0-9a-f]{40}\b|\b[0-9a-f]{64}\b`)
	moving   = compile(`^(?:origin/)?(?:main|master|develop|dev|devel|trunk|head|next|edge|nightly|latest|unstable)$`)
	schemeOf = compile(`^([A-Za-z][A-Za-z0-9+.-]*)://`)
	scpLike  = compile(`^[\w.-]+@[\w.-]+:`)
)

// address reads the address.
func (f *fetch) address() {
	m := schemeOf.FindStringSubmatch(f.URL)
	switch {
	case m != nil:
		f.Scheme = strings.TrimPrefix(strings.ToLower(m[1]), "git+")
	case strings.HasPrefix(f.URL, "$"):
	case f.Program == "git" && scpLike.MatchString(f.URL):
		f.Scheme = "ssh"
	case f.Program == "git":
		f.Scheme = "file"
	default:
		f.Scheme = "http" // what curl and wget take where none is given
	}
	rest := f.URL
	if m != nil {
		rest = rest[len(m[0]):]
	}
	host, _, _ := strings.Cut(rest, "/")
	if u, err := url.Parse("x://" + host); err == nil {
		host = u.Hostname()
	}
	f.Local = f.Scheme == "file" || host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
	f.Verified = f.Verified || f.Program != "git" && commitOf.MatchString(f.URL)
}

// curl reads a command line of curl(1).
func curl(c *runCommand) (all []fetch) {
	var files, urls []string
	remote, folder := false, ""
	for name, value := range getopt(c.Args, curlValues()) {
		switch name {
		case "", "--url":
			urls = append(urls, value)
		case "-o", "--output":
			files = append(files, value)
		case "-O", "--remote-name", "--remote-name-all":
			remote = true
		case "--output-dir":
			folder = value
		case "-T", "--upload-file", "-d", "--data", "-F", "--form", "-I", "--head":
			return nil // it sends, or asks for headers
		}
	}
	out := redirected(c)
	for i, u := range urls {
		one := fetch{URL: u, File: out}
		switch {
		case i < len(files) && files[i] != "-":
			one.File = path.Join(folder, files[i])
		case remote:
			one.File = path.Join(folder, base(u))
		}
		all = append(all, one)
	}
	return all
}

// curlValues are the options of curl with a value that are common in builds.
var curlValues = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"-A": true, "-b": true, "-c": true, "-C": true, "-d": true, "-D": true, "-e": true, "-E": true, "-F": true,
		"-H": true, "-K": true, "-m": true, "-o": true, "-P": true, "-Q": true, "-r": true, "-T": true, "-t": true,
		"-u": true, "-U": true, "-w": true, "-x": true, "-X": true, "-y": true, "-Y": true, "-z": true,
		"--url": true, "--output": true, "--output-dir": true, "--upload-file": true, "--data": true, "--form": true,
		"--header": true, "--user-agent": true, "--retry": true, "--retry-delay": true, "--retry-max-time": true,
		"--connect-timeout": true, "--max-time": true, "--proto": true, "--proto-default": true, "--proto-redir": true,
		"--tls-max": true, "--ciphers": true, "--cacert": true, "--capath": true, "--cert": true, "--key": true,
		"--user": true, "--proxy": true, "--request": true, "--write-out": true, "--data-binary": true, "--data-raw": true,
		"--cookie": true, "--cookie-jar": true, "--referer": true, "--max-redirs": true, "--limit-rate": true,
		"--resolve": true, "--noproxy": true, "--range": true, "--netrc-file": true, "--oauth2-bearer": true,
		"--unix-socket": true, "--speed-limit": true, "--speed-time": true, "--interface": true, "--config": true,
	}
})

// wget reads a command line of wget(1) or of BusyBox's.
func wget(c *runCommand) (all []fetch) {
	var urls []string
	file, folder := "", ""
	for name, value := range getopt(c.Args, wgetValues()) {
		switch name {
		case "":
			urls = append(urls, value)
		case "-O", "--output-document":
			file = value
		case "-P", "--directory-prefix":
			folder = value
		case "--spider", "--post-data", "--post-file":
			return nil
		}
	}
	for _, u := range urls {
		one := fetch{URL: u, File: file}
		switch file {
		case "":
			one.File = path.Join(folder, base(u))
		case "-", "/dev/stdout":
			one.File = redirected(c)
		}
		all = append(all, one)
	}
	return all
}

var wgetValues = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"-O": true, "-P": true, "-o": true, "-a": true, "-i": true, "-t": true, "-T": true, "-w": true, "-U": true, "-e": true,
		"-Q": true, "-l": true, "-A": true, "-R": true, "-D": true, "-I": true, "-X": true, "-B": true,
		"--output-document": true, "--directory-prefix": true, "--output-file": true, "--append-output": true,
		"--input-file": true, "--tries": true, "--timeout": true, "--wait": true, "--user-agent": true, "--header": true,
		"--user": true, "--password": true, "--execute": true, "--ca-certificate": true, "--post-data": true,
		"--post-file": true, "--level": true, "--reject": true, "--accept": true, "--secure-protocol": true,
	}
})

// clone reads a command line of git-clone(1).
func clone(c *runCommand) []fetch {
	i := slices.Index(c.Args, "clone")
	if i < 0 || slices.ContainsFunc(c.Args[:i], func(a string) bool { return !strings.HasPrefix(a, "-") && !strings.Contains(a, "=") }) {
		return nil
	}
	one := fetch{Use: "clone"}
	var words []string
	for name, value := range getopt(c.Args[i+1:], cloneValues()) {
		switch name {
		case "":
			words = append(words, value)
		case "-b", "--branch", "--revision":
			one.Verified = !moving.MatchString(strings.ToLower(value))
		}
	}
	if len(words) == 0 {
		return nil
	}
	one.URL = words[0]
	if len(words) > 1 {
		one.File = words[1]
	}
	return []fetch{one}
}

var cloneValues = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"-b": true, "--branch": true, "--revision": true, "--depth": true, "-o": true, "--origin": true, "-c": true, "--config": true,
		"-j": true, "--jobs": true, "--reference": true, "--template": true, "-u": true, "--upload-pack": true,
		"--shallow-since": true, "--separate-git-dir": true, "--filter": true,
	}
})

// checkedOut tells whether git goes to a commit or a tag behind a clone: commands behind the first of the
// first instruction count, and all of the next ones.
func checkedOut(runs []Run, first int) bool {
	seen := 0
	for i := range runs {
		for j := range runs[i].Commands {
			c := &runs[i].Commands[j]
			if i == 0 && j <= first {
				continue
			}
			if seen++; seen > maxFollowed {
				return false
			}
			if c.Program != "git" {
				continue
			}
			at := slices.IndexFunc(c.Args, func(a string) bool { return a == "checkout" || a == "reset" || a == "switch" })
			if at < 0 {
				continue
			}
			for _, a := range c.Args[at+1:] {
				if !strings.HasPrefix(a, "-") && !moving.MatchString(strings.ToLower(a)) {
					return true
				}
			}
		}
	}
	return false
}

// base is the last part of an address, without its query.
func base(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return path.Base(address)
}

// redirected is the file that standard output goes to.
func redirected(c *runCommand) string {
	for _, r := range c.Redirects {
		if r.FD != 2 && (r.Op == ">" || r.Op == ">>" || r.Op == "&>" || r.Op == ">|") && !strings.HasPrefix(r.Target, "&") {
			return r.Target
		}
	}
	return ""
}

// fetch is the place of a download: its command.
func (l *locator) fetch(s *stageAnchors, i int) (fact.Span, bool) {
	if i >= len(s.fetches) {
		return fact.Span{}, false
	}
	f := s.fetches[i]
	return l.item(s.runs[f.Run].commands, f.Command, nil)
}
