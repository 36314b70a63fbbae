package firewall

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"path"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// configuration is where the addresses of hosts are declared, in the root of the tree.
const configuration = "sallyport.toml"

// declaration is what is read of it; package config says what it may hold besides.
type declaration struct {
	Hosts []struct {
		Path      string   `toml:"path"`
		Addresses []string `toml:"addresses"`
	} `toml:"host"`
}

// addresses are those of the host whose filter the file configures, as [[host]] entries declare them.
func addresses(fsys fs.FS, file string) ([]netip.Prefix, error) {
	text, err := fs.ReadFile(fsys, configuration)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil || !strings.Contains(string(text), "host") {
		return nil, err
	}
	var d declaration
	tree, err := syntax.ReadTOML(configuration, text, 1<<16, &d)
	if err != nil {
		return nil, err
	}
	var all []netip.Prefix
	var errs []error
	for i, h := range d.Hosts {
		if !belongs(file, h.Path) {
			continue
		}
		for j, a := range h.Addresses {
			p, err := netip.ParsePrefix(a)
			if err != nil || p.Addr().Is4In6() {
				at, _ := tree.Spans(fact.Path{"host", i, "addresses", j})
				errs = append(errs, &fact.Error{
					File: configuration, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf("host: %q is no address with the length of its prefix", a),
					Hint: `write it as ip address show prints it: "10.0.0.5/24", "2001:db8::5/64"`,
				})
				continue
			}
			all = append(all, p)
		}
	}
	return all, errors.Join(errs...)
}

// belongs says whether a file is the path, or lies in the folder; every file belongs to no path.
func belongs(file, to string) bool {
	to = path.Clean(strings.Trim(to, "/"))
	return to == "." || file == to || strings.HasPrefix(file, to+"/")
}
