package host

import (
	"errors"
	"fmt"
	"io/fs"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/firewalld"
	"sallyport/internal/firewall/iptables"
	"sallyport/internal/firewall/nftables"
	"sallyport/internal/firewall/ufw"
)

// Read reads the sources of one host together: what ipset saved first, as rules ask for it, the rest in order. What can be read is
// returned beside an error about the rest.
func Read(fsys fs.FS, sources []Source) (*firewall.Ruleset, error) {
	var sets *iptables.Sets
	var errs []error
	var read []*firewall.Ruleset
	add := func(s Source, set *firewall.Ruleset, err error) {
		errs = append(errs, err)
		if set != nil {
			read = append(read, set.In(s.Path))
		}
	}
	for _, s := range sources {
		if s.Format != IPSet {
			continue
		}
		saved, refused, err := iptables.ReadSets(fsys, s.Path)
		sets = saved
		add(s, &firewall.Ruleset{Mistakes: refused}, err)
	}
	for _, s := range sources {
		if s.Format != IPSet {
			set, err := one(fsys, s, sets)
			add(s, set, err)
		}
	}
	return firewall.Merge(read...), errors.Join(errs...)
}

func one(fsys fs.FS, s Source, sets *iptables.Sets) (*firewall.Ruleset, error) {
	switch s.Format {
	case Nftables, NftablesJSON:
		return nftables.Read(fsys, s.Path)
	case Iptables:
		return iptables.Read(fsys, s.Path, 4, sets)
	case Ip6tables:
		return iptables.Read(fsys, s.Path, 6, sets)
	case Script:
		return iptables.ReadScript(fsys, s.Path)
	case UFW:
		return ufw.Read(fsys, s.Path)
	case UFWStatus:
		return ufw.ReadStatus(fsys, s.Path)
	case Firewalld:
		return firewalld.Read(fsys, s.Path)
	}
	return nil, fmt.Errorf("%s: this configures no host's packet filter", s.Path)
}

// Believed is what the program that manages a host's filter shows of it, where that can be another than what is loaded: ufw. Else
// it is nil.
func Believed(fsys fs.FS, sources []Source) (*firewall.Ruleset, error) {
	if len(sources) != 1 || sources[0].Format != UFW {
		return nil, nil
	}
	set, err := ufw.Believed(fsys, sources[0].Path)
	if err != nil {
		return nil, err
	}
	return set.In(sources[0].Path), nil
}
