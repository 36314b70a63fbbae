package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// A fwd is what one firewalld configuration has been given so far.
type fwd struct {
	*maker
	folder string
	sets   map[string]int // ipsets by name, with their families
	own    []string       // services
	zones  map[string]*text
	inside map[string][]string // zone: interfaces and sources
	deflt  string
}

var fwdServices = []string{"ssh", "http", "https", "dns", "ntp", "smtp", "mdns", "samba", "dhcpv6-client", "postgresql", "docker-swarm", "plex", "ftp", "llmnr-client", "syslog", "ws-discovery-client"}

func (m *maker) firewalld() (string, error) {
	f := &fwd{maker: m, folder: m.name + ".firewalld", sets: map[string]int{}, zones: map[string]*text{}, inside: map[string][]string{}}
	for _, step := range []func() error{f.conf, f.makeSets, f.makeServices, f.makeZones, f.makePolicies} {
		if err := step(); err != nil {
			return "", err
		}
	}
	return filepath.Join(m.dir, f.folder), nil
}

func (f *fwd) file(name, content string) error {
	return f.write(filepath.Join(f.folder, "etc/firewalld", name), content)
}

func (f *fwd) conf() error {
	f.deflt = pick(f.maker, "public", "public", "public", "drop", "block", "trusted", "work", "home", "internal", "external", "dmz")
	var t text
	t.line("DefaultZone=%s", f.deflt)
	if f.chance(20) {
		t.line("IPv6_rpfilter=no")
	}
	if f.chance(20) {
		t.line("RFC3964_IPv4=no")
	}
	if f.chance(20) {
		t.line("LogDenied=%s", pick(f.maker, "all", "unicast", "off"))
	}
	return f.file("firewalld.conf", t.String())
}

func (f *fwd) makeSets() error {
	for i := range f.IntN(3) {
		name, family := fmt.Sprintf("set%d", i), pick(f.maker, 4, 6)
		var t text
		kind := pick(f.maker, "hash:net", "hash:ip", "hash:net,port")
		t.line(`<ipset type=%q>`, kind)
		if family == 6 {
			t.line(`  <option name="family" value="inet6"/>`)
		}
		// entries that overlap are refused by nft
		disjoint := []string{"10.77.0.0/25", "10.77.0.200", "10.78.0.0/24", "203.0.113.64/26", "192.168.50.5"}
		if family == 6 {
			disjoint = []string{"fd77::/64", "fd78::2", "2001:db8::/32"}
		}
		for _, n := range some(f.maker, 3, disjoint...) {
			if kind == "hash:ip" && strings.Contains(n, "/") {
				continue
			}
			if kind == "hash:net,port" {
				n += "," + pick(f.maker, "tcp:", "udp:", "") + fmt.Sprint(f.port())
			}
			t.line("  <entry>%s</entry>", n)
		}
		t.line("</ipset>")
		f.sets[name] = family
		if err := f.file("ipsets/"+name+".xml", t.String()); err != nil {
			return err
		}
	}
	return nil
}

func (f *fwd) makeServices() error {
	for i := range f.IntN(3) {
		name := fmt.Sprintf("own%d", i)
		var t text
		t.line("<service>")
		for range 1 + f.IntN(3) {
			t.line(`  <port port=%q protocol=%q/>`, f.ports("-"), f.protocol())
		}
		if f.chance(30) {
			t.line(`  <protocol value=%q/>`, pick(f.maker, "esp", "ospf", "gre"))
		}
		if f.chance(30) {
			t.line(`  <include service=%q/>`, f.service())
		}
		if f.chance(20) {
			t.line(`  <destination ipv4=%q/>`, pick(f.maker, "10.77.0.1", "10.77.0.0/24", "10.78.0.1"))
		}
		t.line("</service>")
		f.own = append(f.own, name)
		if err := f.file("services/"+name+".xml", t.String()); err != nil {
			return err
		}
	}
	return nil
}

func (f *fwd) protocol() string {
	return pick(f.maker, "tcp", "tcp", "tcp", "udp", "udp", "sctp")
}

func (f *fwd) service() string {
	if len(f.own) > 0 && f.chance(30) {
		return pick(f.maker, f.own...)
	}
	return pick(f.maker, fwdServices...)
}

func (f *fwd) makeZones() error {
	names := some(f.maker, 4, "public", "work", "home", "internal", "trusted", "drop", "block", "dmz", "external", "shop")
	free := slices.Clone(devices)
	var sources []string
	for _, name := range names {
		var t text
		t.line("<zone%s>", pick(f.maker, "", "", "", ` target="ACCEPT"`, ` target="DROP"`, ` target="%%REJECT%%"`, ` target="default"`))
		if len(free) > 0 && f.chance(40) {
			t.line(`  <interface name=%q/>`, free[0])
			f.inside[name] = append(f.inside[name], free[0])
			free = free[1:]
		}
		for range f.IntN(3) {
			s := f.source(&sources)
			if s != "" {
				t.line("  %s", s)
				f.inside[name] = append(f.inside[name], s)
			}
		}
		f.settings(&t, true)
		if f.chance(60) {
			t.line("  <forward/>")
		}
		if f.chance(25) {
			t.line("  <icmp-block-inversion/>")
		}
		t.line("</zone>")
		if err := f.file("zones/"+name+".xml", t.String()); err != nil {
			return err
		}
	}
	return nil
}

// source is one that no other zone has.
func (f *fwd) source(taken *[]string) string {
	value := f.network(pick(f.maker, 4, 6))
	for _, name := range slices.Sorted(maps.Keys(f.sets)) {
		if f.chance(20) {
			value = "ipset:" + name
		}
	}
	if slices.Contains(*taken, value) {
		return ""
	}
	*taken = append(*taken, value)
	if set, ok := strings.CutPrefix(value, "ipset:"); ok {
		return fmt.Sprintf("<source ipset=%q/>", set)
	}
	return fmt.Sprintf("<source address=%q/>", value)
}

// settings are what zones and policies share. Forwarding and masquerading are for zones here: policies want them only in
// some places.
func (f *fwd) settings(t *text, zone bool) {
	for range f.IntN(3) {
		t.line(`  <service name=%q/>`, f.service())
	}
	for range f.IntN(3) {
		t.line(`  <port port=%q protocol=%q/>`, f.ports("-"), f.protocol())
	}
	if f.chance(20) {
		t.line(`  <protocol value=%q/>`, pick(f.maker, "esp", "ospf", "icmp", "udp"))
	}
	if f.chance(20) {
		t.line(`  <source-port port=%q protocol=%q/>`, f.ports("-"), f.protocol())
	}
	if f.chance(30) {
		t.line(`  <icmp-block name=%q/>`, f.icmp())
	}
	if zone && f.chance(20) {
		t.line("  <masquerade/>")
	}
	if zone && f.chance(30) {
		t.line("  %s", f.forwardPort(4))
	}
	for range f.IntN(5) {
		f.rule(t, zone)
	}
}

func (f *fwd) icmp() string {
	return pick(f.maker, "echo-request", "echo-request", "echo-reply", "router-advertisement", "timestamp-request", "neighbour-solicitation", "packet-too-big", "communication-prohibited")
}

func (f *fwd) forwardPort(family int) string {
	to := fmt.Sprintf(` to-port="%d"`, f.port())
	if f.chance(30) {
		to += fmt.Sprintf(` to-addr=%q`, map[int]string{4: "10.78.0.2", 6: "fd78::2"}[family])
	}
	return fmt.Sprintf(`<forward-port port=%q protocol=%q%s/>`, f.ports("-"), pick(f.maker, "tcp", "udp"), to)
}

func (f *fwd) makePolicies() error {
	for i := range f.IntN(3) {
		var t text
		t.line(`<policy target=%q priority="%d">`, pick(f.maker, "CONTINUE", "CONTINUE", "ACCEPT", "REJECT", "DROP"), pick(f.maker, -20, -1, -1, 1, 20))
		from, to := f.ends()
		for _, z := range from {
			t.line(`  <ingress-zone name=%q/>`, z)
		}
		for _, z := range to {
			t.line(`  <egress-zone name=%q/>`, z)
		}
		f.settings(&t, false)
		t.line("</policy>")
		if err := f.file(fmt.Sprintf("policies/p%d.xml", i), t.String()); err != nil {
			return err
		}
	}
	return nil
}

func (f *fwd) ends() (from, to []string) {
	zones := []string{"public", "work", "home", "internal", "trusted", f.deflt, f.deflt}
	for name := range f.inside {
		zones = append(zones, name)
	}
	slices.Sort(zones)
	zones = slices.Compact(zones)
	side := func(symbols ...string) []string {
		if f.chance(60) {
			return []string{pick(f.maker, symbols...)}
		}
		return some(f.maker, 2, zones...)
	}
	from = side("ANY", "HOST")
	if from[0] == "HOST" {
		return from, side("ANY")
	}
	return from, side("ANY", "HOST")
}
