package host

import (
	"io/fs"
	"path"

	"sallyport/internal/fact"
)

// A Source is a file or a folder that configures a packet filter.
type Source struct {
	Path   string
	Format Format
}

// known are the places, below the root of a host or below its /etc, of what configures its packet filter.
var known = []Source{
	{"nftables.conf", Nftables},
	{"sysconfig/nftables.conf", Nftables},
	{"iptables/ipsets", IPSet},
	{"ipset.conf", IPSet},
	{"iptables/rules.v4", Iptables},
	{"iptables/rules.v6", Ip6tables},
	{"sysconfig/iptables", Iptables},
	{"sysconfig/ip6tables", Ip6tables},
	{"iptables/iptables.rules", Iptables},
	{"iptables/ip6tables.rules", Ip6tables},
	{"ufw/ufw.conf", UFW},
	{"ufw/user.rules", UFW},
	{"firewalld/firewalld.conf", Firewalld},
	{"firewalld/zones", Firewalld},
}

// Find says what configures a packet filter in a file or in a folder: the root of a host, its /etc, or the folder of one
// program.
func Find(fsys fs.FS, name string) ([]Source, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return inFolder(fsys, name)
	}
	head, err := fact.Head(fsys, name)
	if err != nil {
		return nil, err
	}
	format, ok := Detect(name, head)
	if !ok {
		return nil, &fact.Error{
			File: name, Msg: "this configures no packet filter that is known",
			Hint: "name an nftables script or listing, a save file of iptables, a script of iptables commands, or a folder of ufw or firewalld",
		}
	}
	if format == UFW || format == Firewalld {
		return inFolder(fsys, path.Dir(name))
	}
	return []Source{{name, format}}, nil
}

func inFolder(fsys fs.FS, dir string) ([]Source, error) {
	var found []Source
	seen := map[Format]bool{}
	for _, base := range []string{"etc", ".", ".."} {
		for _, k := range known {
			at := path.Join(dir, base, k.Path)
			if base == ".." {
				at = path.Join(dir, path.Base(k.Path))
				if path.Base(at) != "ufw.conf" && path.Base(at) != "firewalld.conf" && path.Base(dir) != path.Base(path.Dir(k.Path)) {
					continue
				}
			}
			if _, err := fs.Stat(fsys, at); err != nil || seen[k.Format] {
				continue
			}
			seen[k.Format] = true
			if k.Format == UFW || k.Format == Firewalld {
				at = path.Dir(at)
			}
			found = append(found, Source{at, k.Format})
		}
	}
	if len(found) == 0 {
		return nil, &fact.Error{File: dir, Msg: "no packet filter is configured in this folder", Hint: "name the file that configures it"}
	}
	return found, nil
}
