package dockerfile

import (
	"path"
	"strconv"
	"strings"
)

// systems finds what is in an image.
type systems struct {
	exact   map[string][]*imageSystem
	below   []*imageSystem
	byName  map[string]*release // codenames
	byKey   map[string]*release // "debian:12"
	support map[string]*Support
}

func newSystems(t *Tables) *systems {
	s := &systems{
		exact: make(map[string][]*imageSystem, len(t.Systems.Images)), byName: map[string]*release{},
		byKey: map[string]*release{}, support: map[string]*Support{},
	}
	for i := range t.Systems.Images {
		e := &t.Systems.Images[i]
		if strings.HasSuffix(e.Image, "*") {
			s.below = append(s.below, e)
		} else {
			s.exact[e.Image] = append(s.exact[e.Image], e)
		}
	}
	for i := range t.Systems.Releases {
		r := &t.Systems.Releases[i]
		s.byKey[r.Distribution+":"+r.Version] = r
		for _, n := range r.Names {
			s.byName[n] = r
		}
	}
	for i := range t.Support {
		r := &t.Support[i]
		s.support[r.Distribution+":"+r.Version] = r
	}
	return s
}

// of is the system of an image. A tag that is not known, or that a digest overrules, says little: what
// a moving tag means today is not what a digest meant when it was written.
func (s *systems) of(img *Image) system {
	found := system{Shell: "unknown", Programs: []string{}}
	switch {
	case img.Kind == "scratch":
		found.Known, found.ProgramsKnown = true, true
		found.Libc, found.Shell, found.PackageManager = "none", "absent", "none"
		return found
	case img.Kind != "image" && img.Kind != "unresolved", strings.Contains(img.Registry+img.Repository, "$"), img.Repository == "", len(img.Candidates) > 0:
		return found
	}
	e := s.entry(img)
	if e == nil {
		return found
	}
	found.Known = true
	if e.Shell != "" {
		found.Shell = e.Shell
	}
	found.Toolchain = e.Toolchain
	if e.Programs != nil {
		found.Programs, found.ProgramsKnown = append(found.Programs, e.Programs...), true
	}
	s.describe(&found, s.release(e, img))
	if e.Libc != "" && e.Libc != found.Libc {
		found.Libc, found.LibcVersion = e.Libc, ""
	}
	if e.PackageManager != "" {
		found.PackageManager = e.PackageManager
	}
	return found
}

// describe takes what follows from distribution and version.
func (s *systems) describe(found *system, key string) {
	found.Distribution, found.Version, _ = strings.Cut(key, ":")
	r := s.byKey[key]
	if r != nil {
		found.Libc, found.LibcVersion, _ = strings.Cut(r.Libc, " ")
		found.PackageManager = r.PackageManager
	} else {
		found.Libc, found.PackageManager = family(found.Distribution)
	}
	if end := s.support[key]; end != nil {
		found.End, found.ExtendedEnd = end.End, end.Extended
		if end.Extended == "" {
			found.ExtendedEnd = end.End
		}
	}
}

// family is what all releases of a distribution have in common.
func family(distribution string) (libc, manager string) {
	switch distribution {
	case "debian", "ubuntu":
		return "glibc", "apt"
	case "alpine":
		return "musl", "apk"
	case "wolfi":
		return "glibc", "apk"
	case "rhel", "centos", "centos-stream", "rocky", "almalinux", "oracle", "fedora", "amazon":
		return "glibc", ""
	case "opensuse-leap", "opensuse-tumbleweed", "sles":
		return "glibc", "zypper"
	}
	return "", ""
}

// entry is the first entry that fits the image. All must agree where the tag is not known, so none does.
func (s *systems) entry(img *Image) *imageSystem {
	name := img.Registry + "/" + img.Repository
	entries := s.exact[name]
	if entries == nil {
		if i := strings.LastIndex(name, "/library/"); i >= 0 {
			entries = s.exact["docker.io"+name[i:]]
		}
	}
	if entries == nil {
		for _, e := range s.below {
			if strings.HasPrefix(name, strings.TrimSuffix(e.Image, "*")) {
				entries = append(entries, e)
			}
		}
	}
	for _, e := range entries {
		if ok, _ := path.Match(e.Tag, img.Tag); ok || e.Tag == "" {
			return e
		}
	}
	return nil
}

// release is distribution and version of an image: "debian:12", "alpine:", ":".
func (s *systems) release(e *imageSystem, img *Image) string {
	if e.System != "" {
		return e.System
	}
	words := strings.Split(img.Tag, "-")
	if e.Words {
		last := img.Repository[strings.LastIndexByte(img.Repository, '/')+1:]
		for _, w := range append(words, strings.Split(last, "-")...) {
			if key := s.word(w); key != "" {
				return key
			}
		}
		if e.Release == "alpine" {
			return "alpine:"
		}
		version := s.since(e, img)
		if strings.Contains(version, ":") {
			return version
		}
		return e.Release + ":" + version
	}
	if r := s.byName[words[0]]; r != nil {
		return r.Distribution + ":" + r.Version
	}
	version := words[0]
	for ; version != ""; version, _ = cutLast(version) {
		if s.byKey[e.Release+":"+version] != nil || s.support[e.Release+":"+version] != nil {
			return e.Release + ":" + version
		}
	}
	if img.Digest == "" && (words[0] == "latest" || words[0] == "stable" || img.Tag == "") {
		return e.Release + ":" + e.Latest
	}
	return e.Release + ":"
}

func cutLast(version string) (before, after string) {
	i := strings.LastIndexByte(version, '.')
	if i < 0 {
		return "", version
	}
	return version[:i], version[i+1:]
}

// prefixes are the ways to write a distribution before its version in a word of a tag.
var prefixes = [...]struct{ prefix, distribution string }{
	{"alpine", "alpine"},
	{"debian", "debian"},
	{"ubuntu", "ubuntu"},
	{"ubi", "rhel"},
	{"rockylinux", "rocky"},
	{"almalinux", "almalinux"},
	{"oraclelinux", "oracle"},
	{"fedora", "fedora"},
	{"centos", "centos"},
	{"al", "amazon"},
}

// word reads a word of a tag that names a release: "bookworm", "alpine3.20", "ubi9".
func (s *systems) word(w string) string {
	if r := s.byName[w]; r != nil {
		return r.Distribution + ":" + r.Version
	}
	for _, p := range prefixes {
		version, ok := strings.CutPrefix(w, p.prefix)
		if !ok {
			continue
		}
		if key := p.distribution + ":" + version; s.byKey[key] != nil {
			return key
		}
		if version != "" && version[0] >= '0' && version[0] <= '9' {
			return p.distribution + ":"
		}
	}
	return ""
}

// since is the version of the distribution that follows from the version of the software in the tag.
// The tag of a release that is over is built no more, so that it stays what it was.
func (s *systems) since(e *imageSystem, img *Image) string {
	first, _, _ := strings.Cut(img.Tag, "-")
	major, minor, ok := twoNumbers(first)
	if !ok {
		if img.Digest != "" || strings.Contains(img.Tag, "$") || first != "" && first[0] >= '0' && first[0] <= '9' {
			return ""
		}
		switch first {
		case "latest", "slim", "":
			return e.Latest
		}
		return ""
	}
	for i, pair := range e.Since {
		from, version, _ := strings.Cut(pair, " ")
		fromMajor, fromMinor, _ := twoNumbers(from)
		switch {
		case minor < 0 && strings.Contains(from, "."): // rust:1 is the newest 1.x
			if major == fromMajor && i == 0 && img.Digest == "" {
				return version
			}
			return ""
		case major > fromMajor, major == fromMajor && minor >= fromMinor, major == fromMajor && minor < 0:
			return version
		}
	}
	return ""
}

// twoNumbers reads major and minor of a version; minor is -1 where there is none.
func twoNumbers(version string) (major, minor int, ok bool) {
	a, rest, dotted := strings.Cut(version, ".")
	b, _, _ := strings.Cut(rest, ".")
	major, err := strconv.Atoi(a)
	if err != nil {
		return 0, 0, false
	}
	if !dotted {
		return major, -1, true
	}
	minor, err = strconv.Atoi(b)
	return major, minor, err == nil
}
