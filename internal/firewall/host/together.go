package host

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
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
	head, err := fact.Head(fsys, name)
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

// included says whether a script near this one includes it: in its folder or in the two above. Of scripts that include each other
// none is a part of another.
func included(fsys fs.FS, file string) bool {
	dir := path.Dir(file)
	for range 3 {
		entries, _ := fs.ReadDir(fsys, dir)
		for _, e := range entries {
			other := path.Join(dir, e.Name())
			if other != file && !e.IsDir() && slices.Contains(includes(fsys, other), file) && !leads(fsys, file, other) {
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

// includes are the files that a file includes itself, if it is a script of nftables.
func includes(fsys fs.FS, name string) []string {
	text, err := fs.ReadFile(fsys, name)
	if err != nil || !bytes.Contains(text, []byte("include")) {
		return nil
	}
	if format, _ := Detect(name, text[:min(len(text), fact.HeadSize)]); format != Nftables {
		return nil
	}
	return nftables.Includes(fsys, name, text)
}

// maxScripts bounds the scripts that are followed from one.
const maxScripts = 32

// leads says whether a script includes another one, by way of others too.
func leads(fsys fs.FS, from, to string) bool {
	seen := []string{from}
	for i := 0; i < len(seen) && i < maxScripts; i++ {
		for _, f := range includes(fsys, seen[i]) {
			if f == to {
				return true
			}
			if !slices.Contains(seen, f) {
				seen = append(seen, f)
			}
		}
	}
	return false
}
