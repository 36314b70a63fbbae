package advisory

import (
	"regexp"
	"strings"

	"github.com/google/osv-scalibr/semantic"
)

// An order is the ecosystem by whose order versions compare, as OSV names it without a release; "" is that of
// Semantic Versioning.
type order string

// semantics are the ecosystems whose versions are in the order of Semantic Versioning.
var semantics = map[string]bool{
	CratesIO: true, "npm": true, "Go": true, "Hex": true, "SwiftURL": true, "Bitnami": true, "Julia": true, "GitHub Actions": true,
}

// alike are ecosystems that the library does not know and whose versions are those of another one.
var alike = map[string]string{"Azure Linux": "Red Hat", "Echo": "Debian"}

// orderOf tells the order of an ecosystem; ok is false where none is known.
func orderOf(ecosystem string) (o order, ok bool) {
	base, _, _ := strings.Cut(ecosystem, ":")
	if semantics[base] {
		return "", true
	}
	if other, known := alike[base]; known {
		base = other
	}
	_, err := semantic.Parse("1", base)
	return order(base), err == nil
}

// maxVersion bounds how long a version is that is compared: numbers of any length are read as such.
const maxVersion = 256

var (
	// apk is the syntax of apk-package(5), which the library reads beyond.
	apk = regexp.MustCompile(`^[0-9]+(\.[0-9]+)*[a-z]?(_(alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*(~[0-9a-f]+)?(-r[0-9]+)?$`)
	// deb is the syntax of deb-version(7).
	deb = regexp.MustCompile(`^([0-9]+:[0-9A-Za-z.+~:-]*|[0-9A-Za-z.+~-]*)[0-9A-Za-z.+~]$`)
	// gem is Gem::Version's, where a dash stands for .pre.
	gem = regexp.MustCompile(`^v?[0-9]+(\.[0-9A-Za-z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`)
)

// strange tells of what no package has for a version: variables, ranges, names of branches.
func strange(version string) bool {
	return strings.ContainsAny(version, " \t\r\n${}()[]<>|,*\"'\\") || !strings.ContainsAny(version, "0123456789")
}

// syntaxes hold what the versions of some ecosystems look like: the library makes something of any text.
var syntaxes = map[order]*regexp.Regexp{
	"Alpine": apk, "Wolfi": apk, "Chainguard": apk, "MinimOS": apk, "Alpaquita": apk, "BellSoft Hardened Containers": apk,
	"Debian": deb, "Ubuntu": deb, "RubyGems": gem,
	"NuGet": regexp.MustCompile(`^v?[0-9]+(\.[0-9]+){0,3}([-+][0-9A-Za-z.+-]*)?$`),
}

// A point is a version in its order.
type point struct {
	order  order
	normal string
	native semantic.Version
}

// at reads a version; ok is false for what is none in this order.
func (o order) at(version string) (p point, ok bool) {
	p.order = o
	if o == "" {
		p.normal, ok = normal(version)
		return p, ok
	}
	version = strings.TrimSpace(version)
	if len(version) > maxVersion || strange(version) {
		return p, false
	}
	if s := syntaxes[o]; s != nil && !s.MatchString(version) {
		return p, false
	}
	v, err := semantic.Parse(version, string(o))
	if err != nil {
		return p, false
	}
	if o == "PyPI" {
		// What PEP 440 does not know sorts before everything, as in old releases of pip.
		if n, err := v.CompareStr("0.dev0"); err != nil || n < 0 {
			return p, false
		}
	}
	p.normal, p.native = version, v
	return p, true
}

// compare orders the version against another one that at has read before.
func (p point) compare(other string) int {
	if p.order == "" {
		return compare(p.normal, other)
	}
	n, _ := p.native.CompareStr(other)
	return n
}

// in tells whether the interval holds the version.
func (p point) in(i Interval) bool {
	if i.From.Version != "" {
		if n := p.compare(i.From.Version); n < 0 || n == 0 && i.From.After {
			return false
		}
	}
	if i.To.Version != "" {
		if n := p.compare(i.To.Version); n > 0 || n == 0 && !i.To.After {
			return false
		}
	}
	return true
}
