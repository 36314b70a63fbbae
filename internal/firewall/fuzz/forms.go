package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/firewalld"
	"sallyport/internal/firewall/iptables"
	"sallyport/internal/firewall/nftables"
	"sallyport/internal/firewall/ufw"
)

// A form is one notation of a ruleset: how it was written, or how a program lists it.
type form struct {
	name string
	read func() (*firewall.Ruleset, error)
}

// forms are the notations of a case that lie beside each other.
func forms(path string) []form {
	dir, name := filepath.Split(strings.TrimSuffix(path, "/"))
	base := strings.TrimSuffix(name, filepath.Ext(name))
	tree := os.DirFS(filepath.Clean(dir))
	var all []form
	add := func(what string, read func() (*firewall.Ruleset, error)) { all = append(all, form{what, read}) }
	nft := func(what, name string) {
		// nft 1.0.6 does not always come to the end of its JSON where a table is dormant
		if data, err := fs.ReadFile(tree, name); err == nil && (what != "JSON" || json.Valid(data)) {
			add(what, func() (*firewall.Ruleset, error) { return nftables.Read(tree, name) })
		}
	}
	switch filepath.Ext(name) {
	case ".nft":
		nft("script", name)
		nft("listing", base+".listed.txt")
		nft("JSON", base+".listed.json")
	case ".iptables", ".ip6tables":
		add("restore", func() (*firewall.Ruleset, error) {
			return saved(tree, base+".iptables", base+".ip6tables", base+".ipset")
		})
		if exists(tree, base+".saved.iptables.txt") {
			add("save", func() (*firewall.Ruleset, error) {
				return saved(tree, base+".saved.iptables.txt", base+".saved.ip6tables.txt", base+".ipset")
			})
		}
	case ".ufw":
		add("folder", func() (*firewall.Ruleset, error) { return ufw.Read(tree, name) })
		add("save", func() (*firewall.Ruleset, error) {
			return saved(tree, base+".saved.iptables.txt", base+".saved.ip6tables.txt", "")
		})
	case ".firewalld":
		add("folder", func() (*firewall.Ruleset, error) { return firewalld.Read(tree, name+"/etc/firewalld") })
		nft("listing", base+".listed.txt")
		nft("JSON", base+".listed.json")
	}
	return all
}

func exists(tree fs.FS, name string) bool {
	_, err := fs.Stat(tree, name)
	return name != "" && err == nil
}

// saved reads what of the files of both families is there.
func saved(tree fs.FS, four, six, sets string) (*firewall.Ruleset, error) {
	var known *iptables.Sets
	var all []*firewall.Ruleset
	if exists(tree, sets) {
		loaded, mistakes, err := iptables.ReadSets(tree, sets)
		if err != nil {
			return nil, err
		}
		known, all = loaded, append(all, &firewall.Ruleset{Mistakes: mistakes})
	}
	for family, name := range map[int]string{4: four, 6: six} {
		if !exists(tree, name) {
			continue
		}
		set, err := iptables.Read(tree, name, family, known)
		if err != nil {
			return nil, err
		}
		all = append(all, set)
	}
	return firewall.Merge(all...), nil
}
