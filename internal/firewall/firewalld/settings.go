package firewalld

import (
	"errors"
	"io/fs"
	"strings"

	"sallyport/internal/fact"
)

// settings are those of firewalld.conf(5) that decide about packets. AllowZoneDrifting does nothing since firewalld 1.0.
type settings struct {
	defaultZone string
	iptables    bool // FirewallBackend
	rpfilter    bool // IPv6_rpfilter
	rfc3964     bool // RFC3964_IPv4
}

func defaultSettings() settings {
	return settings{defaultZone: "public", rpfilter: true, rfc3964: true}
}

// read reads firewalld.conf: the first line of a setting counts, and a value that is not allowed is the default.
func (s *settings) read(fsys fs.FS, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return &fact.Error{File: name, Msg: cause(err)}
	}
	seen := make(map[string]bool)
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		line = strings.TrimSpace(line)
		key, value, ok := strings.Cut(line, "=")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if !ok || line[0] == '#' || line[0] == ';' || value == "" || strings.Contains(value, "=") || seen[key] {
			continue
		}
		seen[key] = true
		no := strings.EqualFold(value, "no") || strings.EqualFold(value, "false")
		switch key {
		case "DefaultZone":
			s.defaultZone = value
		case "FirewallBackend":
			s.iptables = value == "iptables"
		case "IPv6_rpfilter":
			s.rpfilter = !no
		case "RFC3964_IPv4":
			s.rfc3964 = !no
		}
	}
	return nil
}
