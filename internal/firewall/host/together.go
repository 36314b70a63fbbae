package host

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/nftables"
)

// Together are the sources that a file is read with as one filter; none where another of them stands for all: ip6tables' rules are
// read with those of iptables, a file that another one includes with that, the files of a folder with its first.
func Together(fsys fs.FS, s Source) ([]Source, error) {
	switch s.Format {
	case Iptables, Ip6tables:
		return families(fsys, s), nil
	case IPSet:
		return nil, nil
	case UFW:
		dir := path.Dir(s.Path)
		for _, name := range ufwFiles {
			if first := path.Join(dir, name); first == s.Path {
				break
			} else if is(fsys, first, UFW) {
				return nil, nil
			}
		}
		return []Source{{dir, UFW}}, nil
	case Firewalld:
		return zones(fsys, s)
	case Nftables:
		if included(fsys, s.Path) {
			return nil, nil
		}
	}
	return []Source{s}, nil
}

// pairs are how the names of IPv4's and IPv6's files differ.
var pairs = [][2]string{{"ip6tables", "iptables"}, {"v6", "v4"}, {"6", "4"}, {"6", ""}}

func families(fsys fs.FS, s Source) []Source {
	dir, base := path.Split(s.Path)
	sources := []Source{s}
	for _, p := range pairs {
		six, four := p[0], p[1]
		if s.Format == Ip6tables {
			if i := strings.LastIndex(base, six); i >= 0 && is(fsys, dir+base[:i]+four+base[i+len(six):], Iptables) {
				return nil
			}
			continue
		}
		if i := strings.LastIndex(base, four); four != "" && i >= 0 {
			if other := dir + base[:i] + six + base[i+len(four):]; is(fsys, other, Ip6tables) {
				sources = append(sources, Source{other, Ip6tables})
				break
			}
		}
	}
	entries, _ := fs.ReadDir(fsys, path.Clean("./"+dir))
	for _, e := range entries {
		if strings.Contains(e.Name(), "ipset") && is(fsys, dir+e.Name(), IPSet) {
			sources = append(sources, Source{dir + e.Name(), IPSet})
		}
	}
	return sources
}

func is(fsys fs.FS, name string, want Format) bool {
	head, err := Head(fsys, name)
	if err != nil {
		return false
	}
	format, _ := Detect(name, head)
	return format == want
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// zones lets firewalld.conf stand for firewalld's folder, or else the first of its zones and policies.
func zones(fsys fs.FS, s Source) ([]Source, error) {
	dir := path.Dir(s.Path)
	if path.Base(s.Path) != "firewalld.conf" {
		dir = path.Dir(dir)
		if exists(fsys, path.Join(dir, "firewalld.conf")) {
			return nil, nil
		}
		var all []string
		for _, part := range []string{"policies", "zones"} {
			found, err := fs.Glob(fsys, path.Join(dir, part, "*.xml"))
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
		if slices.Sort(all); len(all) > 0 && all[0] != s.Path {
			return nil, nil
		}
	}
	return []Source{{dir, Firewalld}}, nil
}

// included says whether a script near this one includes it: in its folder or in the two above.
func included(fsys fs.FS, file string) bool {
	dir := path.Dir(file)
	for range 3 {
		entries, _ := fs.ReadDir(fsys, dir)
		for _, e := range entries {
			other := path.Join(dir, e.Name())
			if other == file || e.IsDir() || !is(fsys, other, Nftables) {
				continue
			}
			text, err := fs.ReadFile(fsys, other)
			if err != nil || !bytes.Contains(text, []byte("include")) {
				continue
			}
			if set, err := nftables.Read(fsys, other); err == nil && mentions(set, file) {
				return true
			}
		}
		if dir == "." {
			break
		}
		dir = path.Dir(dir)
	}
	return false
}

// mentions says whether a chain or a rule of the ruleset stands in the file.
func mentions(set *firewall.Ruleset, file string) bool {
	for _, c := range set.Chains {
		if c.At.File == file {
			return true
		}
		for _, r := range c.Rules {
			if r.At.File == file {
				return true
			}
		}
	}
	return false
}
