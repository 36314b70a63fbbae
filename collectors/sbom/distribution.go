package sbom

import (
	"slices"
	"strings"
)

// A distro is a release of a distribution, by the names of os-release(5): "debian" and "12".
type distro struct{ id, version string }

func (d distro) String() string { return strings.TrimSpace(d.id + " " + d.version) }

// A family is a distribution as OSV knows it (https://ossf.github.io/osv-schema/#defined-ecosystems).
type family struct {
	// name is the ecosystem without a release, and suffixes are those that a release has there; nil is one without releases. A suffix
	// that ends in "*" stands for all that begin so, and one that begins with "*" for all that end so.
	name     string
	suffixes func(version string) []string
	// sources is true where advisories name source packages, and binaries where they name what is built of them.
	sources, binaries bool
}

// families are the distributions by their id, and by the words that scanners have for it.
var families = map[string]family{
	"debian":          {"Debian", func(v string) []string { return []string{upTo(v, 1)} }, true, false},
	"ubuntu":          {"Ubuntu", func(v string) []string { return []string{upTo(v, 2), upTo(v, 2) + ":LTS"} }, true, false},
	"alpine":          {"Alpine", func(v string) []string { return []string{"v" + upTo(v, 2)} }, true, false},
	"wolfi":           {"Wolfi", nil, true, true},
	"chainguard":      {"Chainguard", nil, true, true},
	"minimos":         {"MinimOS", nil, true, true},
	"alpaquita":       {"Alpaquita", exactly, true, false},
	"rhel":            {"Red Hat", func(v string) []string { return []string{"enterprise_linux:" + upTo(v, 1) + "::*"} }, false, true},
	"rocky":           {"Rocky Linux", func(v string) []string { return []string{upTo(v, 1)} }, true, true},
	"almalinux":       {"AlmaLinux", func(v string) []string { return []string{upTo(v, 1)} }, false, true},
	"sles":            {"SUSE", func(v string) []string { return []string{"* " + servicePack(v)} }, true, true},
	"opensuse-leap":   {"openSUSE", func(v string) []string { return []string{"Leap " + upTo(v, 2)} }, true, true},
	"opensuse-tumble": {"openSUSE", func(string) []string { return []string{"Tumbleweed"} }, true, true},
	"mageia":          {"Mageia", exactly, true, true},
	"openeuler":       {"openEuler", exactly, true, true},
	"azurelinux":      {"Azure Linux", func(v string) []string { return []string{upTo(v, 1)} }, true, true},
}

func exactly(v string) []string { return []string{v} }

// spellings are other words for a distribution: namespaces of package URLs, and what Trivy calls them.
var spellings = map[string]string{
	"redhat": "rhel", "alma": "almalinux", "rocky-linux": "rocky", "rockylinux": "rocky", "suse": "sles", "sled": "sles",
	"suse linux enterprise server": "sles", "suse.linux enterprise server": "sles", "suse linux enterprise": "sles", "sles_sap": "sles",
	"opensuse.leap": "opensuse-leap", "opensuse.tumbleweed": "opensuse-tumble", "opensuse-tumbleweed": "opensuse-tumble",
	"mariner": "azurelinux", "cbl-mariner": "azurelinux", "azl": "azurelinux",
}

// codenames are releases by their names, which Debian's and Ubuntu's own tools use.
var codenames = map[string]string{
	"jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12", "trixie": "13", "forky": "14",
	"trusty": "14.04", "xenial": "16.04", "bionic": "18.04", "focal": "20.04", "jammy": "22.04", "noble": "24.04",
	"mantic": "23.10", "oracular": "24.10", "plucky": "25.04", "questing": "25.10",
}

func known(id string) string {
	id = strings.ToLower(id)
	if word, ok := spellings[id]; ok {
		return word
	}
	return id
}

// releaseOf reads the qualifier "distro" of a package URL, which tools write as "debian-12", "12.4", "bookworm" and
// "opensuse-leap-15.5"; the namespace names the distribution where it does not.
func releaseOf(qualifier, namespace string) distro {
	d := distro{id: known(namespace)}
	id, version := qualifier, ""
	if i := strings.LastIndexByte(qualifier, '-'); i >= 0 && release(qualifier[i+1:]) {
		id, version = qualifier[:i], qualifier[i+1:]
	} else if release(qualifier) {
		id, version = "", qualifier
	}
	_, other := families[known(id)]
	if _, ours := families[d.id]; ours && !other && id != "" {
		id, version = "", qualifier // a name of a release that is not known, such as sid
	}
	if id != "" {
		d.id = known(id)
	}
	d.version = version
	if number, ok := codenames[strings.ToLower(version)]; ok {
		d.version = number
	}
	return d
}

func release(text string) bool {
	_, name := codenames[strings.ToLower(text)]
	return name || text != "" && text[0] >= '0' && text[0] <= '9'
}

// upTo are the first n numbers of a version.
func upTo(version string, n int) string {
	parts := strings.SplitN(version, ".", n+1)
	return strings.Join(parts[:min(n, len(parts))], ".")
}

// servicePack writes 15.5 as SUSE does: 15 SP5.
func servicePack(version string) string {
	major, minor, _ := strings.Cut(version, ".")
	if minor == "" || minor == "0" {
		return major
	}
	return major + " SP" + minor
}

// ecosystemsOf are the database's ecosystems of a release; supported is false for a distribution that OSV does not have.
func ecosystemsOf(d distro, there []string) (names []string, f family, supported bool) {
	f, supported = families[d.id]
	if !supported {
		return nil, f, false
	}
	for _, name := range there {
		base, suffix, _ := strings.Cut(name, ":")
		switch {
		case base != f.name:
		case f.suffixes == nil, d.version != "" && slices.ContainsFunc(f.suffixes(d.version), func(want string) bool { return fits(want, suffix) }):
			names = append(names, name)
		}
	}
	return names, f, true
}

func fits(want, suffix string) bool {
	if rest, ok := strings.CutPrefix(want, "*"); ok {
		return strings.HasSuffix(suffix, rest)
	}
	if rest, ok := strings.CutSuffix(want, "*"); ok {
		return strings.HasPrefix(suffix, rest) || suffix+"::" == rest
	}
	return suffix == want
}
