package main

import (
	"os"
	"path/filepath"
	"strings"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/firewalld"
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
	_ = base
	tree := os.DirFS(filepath.Clean(dir))
	switch filepath.Ext(name) {
	case ".firewalld":
		return []form{{"folder", func() (*firewall.Ruleset, error) { return firewalld.Read(tree, name+"/etc/firewalld") }}}
	}
	return nil
}
