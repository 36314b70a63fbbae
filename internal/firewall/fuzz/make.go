package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// A maker makes up rulesets out of few ports, networks and names, so that rules overlap.
type maker struct {
	*rand.Rand
	name, dir string
}

// A format makes up a ruleset and returns its path.
type format struct {
	name   string
	weight int
	write  func(*maker) (string, error)
}

var formats = []format{
	{"nft", 60, (*maker).nft},
	{"iptables", 25, (*maker).iptables},
	{"ufw", 7, (*maker).ufw},
	{"firewalld", 8, (*maker).firewalld},
}

func newMaker(seed int64, dir string) *maker {
	return &maker{rand.New(rand.NewPCG(uint64(seed), 0x5a11)), fmt.Sprintf("s%d", seed), dir}
}

// choose makes a ruleset of a format, by their weights.
func (m *maker) choose(only string) (string, error) {
	total := 0
	for _, f := range formats {
		if only == "" || f.name == only {
			total += f.weight
		}
	}
	if total == 0 {
		return "", fmt.Errorf("there is no format %s", only)
	}
	n := m.IntN(total)
	for _, f := range formats {
		if only != "" && f.name != only {
			continue
		}
		if n -= f.weight; n < 0 {
			return f.write(m)
		}
	}
	panic("unreachable")
}

func (m *maker) chance(percent int) bool { return m.IntN(100) < percent }

func pick[T any](m *maker, of ...T) T { return of[m.IntN(len(of))] }

// some draws up to n elements, each once, in their order.
func some[T any](m *maker, n int, of ...T) []T {
	var all []T
	for _, i := range m.Perm(len(of))[:min(len(of), 1+m.IntN(n))] {
		all = append(all, of[i])
	}
	return all
}

var (
	knownPorts = []int{1, 20, 21, 22, 23, 25, 53, 80, 81, 123, 443, 444, 514, 993, 1023, 1024, 1025, 3306, 5432, 8000, 8080, 8443, 65535}
	networks4  = []string{"10.77.0.0/24", "10.77.0.0/25", "10.77.0.128/25", "10.77.0.2", "10.77.0.200", "10.76.0.0/15", "10.78.0.0/24", "10.78.0.2", "192.168.50.0/24", "192.168.50.5", "203.0.113.0/24", "203.0.113.77", "203.0.113.64/26", "10.0.0.0/8"}
	networks6  = []string{"fd77::/64", "fd77::2", "fd77::/16", "fd78::/64", "fd78::2", "2001:db8::/32", "2001:db8:77::7", "2001:db8:77::/48", "fe80::/10", "fc00::/7"}
	devices    = []string{"eth0", "eth1"}
)

func (m *maker) port() int {
	if m.chance(20) {
		return 1 + m.IntN(32000)
	}
	return pick(m, knownPorts...)
}

// ports is a port or a range, with the separator of the notation.
func (m *maker) ports(separator string) string {
	a := m.port()
	if m.chance(70) {
		return fmt.Sprint(a)
	}
	b := min(65535, a+1+m.IntN(pick(m, 2, 20, 3000)))
	if a == b {
		return fmt.Sprint(a)
	}
	return fmt.Sprintf("%d%s%d", a, separator, b)
}

// network is of a family, 4 or 6.
func (m *maker) network(family int) string {
	if family == 6 {
		return pick(m, networks6...)
	}
	return pick(m, networks4...)
}

func (m *maker) write(name, text string) error {
	path := filepath.Join(m.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// A text is lines that are put together.
type text struct{ strings.Builder }

func (t *text) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }
