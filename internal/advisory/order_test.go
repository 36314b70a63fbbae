package advisory

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestUpstreamOrders holds the orders against the cases that the library publishes, which were made with each
// ecosystem's own tools.
func TestUpstreamOrders(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/google/osv-scalibr/semantic").Output()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "testdata")
	signs := map[string]int{"<": -1, "=": 0, ">": 1}
	for list, ecosystem := range map[string]string{
		"alpine": "Alpine:v3.19", "cran": "CRAN", "debian": "Debian:12", "hackage": "Hackage", "maven": "Maven", "nuget": "NuGet",
		"packagist": "Packagist", "pub": "Pub", "pypi": "PyPI", "redhat": "Rocky Linux:9", "rubygems": "RubyGems", "semver": "npm",
	} {
		o, known := orderOf(ecosystem)
		if !known {
			t.Errorf("%s has no order", ecosystem)
		}
		agree, odd := 0, 0
		for _, suffix := range []string{"", "-generated"} {
			f, err := os.Open(filepath.Join(dir, list+"-versions"+suffix+".txt"))
			if err != nil {
				continue
			}
			defer f.Close()
			for lines := bufio.NewScanner(f); lines.Scan(); {
				part := strings.Fields(lines.Text())
				if len(part) != 3 || strings.HasPrefix(part[0], "#") || strings.HasPrefix(part[0], "//") {
					continue
				}
				a, aOK := o.at(part[0])
				b, bOK := o.at(part[2])
				switch {
				case !aOK || !bOK:
					odd++
				case a.compare(b.normal) != signs[part[1]]:
					if o == "" && strings.Contains(part[0]+part[2], "+") {
						odd++ // build metadata do not count
						continue
					}
					t.Errorf("%s: %s has %d", ecosystem, lines.Text(), a.compare(b.normal))
				default:
					agree++
				}
			}
		}
		t.Logf("%s: %d agree, %d hold what is no version there", ecosystem, agree, odd)
		if agree < 10 || odd > agree {
			t.Errorf("%s: only %d of %d are compared", ecosystem, agree, agree+odd)
		}
	}
}

// TestDebian asks dpkg itself.
func TestDebian(t *testing.T) {
	if _, err := exec.LookPath("dpkg"); err != nil {
		t.Skip("there is no dpkg")
	}
	r := rand.New(rand.NewPCG(3, 4))
	parts := []string{"1", "2", "10", "09", ".", "-", "+", "~", "a", "B", "deb12u1", "~rc1", "+dfsg", "ubuntu1", "0"}
	version := func() string {
		v := []string{"", "", "1:", "2:"}[r.IntN(4)] + fmt.Sprint(r.IntN(3))
		for range r.IntN(5) {
			v += parts[r.IntN(len(parts))]
		}
		return v
	}
	o, compared := order("Debian"), 0
	for range 400 {
		x, y := version(), version()
		a, aOK := o.at(x)
		b, bOK := o.at(y)
		if !aOK || !bOK {
			continue
		}
		want := 0
		for sign, word := range map[int]string{-1: "lt", 1: "gt"} {
			if exec.Command("dpkg", "--compare-versions", x, word, y).Run() == nil {
				want = sign
			}
		}
		if compared++; a.compare(b.normal) != want {
			t.Errorf("%s and %s: %d, and dpkg says %d", x, y, a.compare(b.normal), want)
		}
	}
	t.Logf("%d pairs", compared)
}

// TestOddVersions holds that what is no version is not compared as one.
func TestOddVersions(t *testing.T) {
	for _, ecosystem := range []string{"Alpine", "CRAN", "Debian", "Maven", "NuGet", "Packagist", "Pub", "PyPI", "Red Hat", "RubyGems", "npm", "Go"} {
		o, _ := orderOf(ecosystem)
		for _, odd := range []string{"", "latest", "${project.version}", "[1.0,2.0)", ">= 1.0", "(devel)", "1.0 2.0", strings.Repeat("1", 300) + "x"} {
			if _, ok := o.at(odd); ok {
				t.Errorf("%s takes %q for a version", ecosystem, odd)
			}
		}
	}
	if _, known := orderOf("Amiga:3"); known {
		t.Error("an ecosystem that nobody knows has an order")
	}
}

func FuzzOrder(f *testing.F) {
	f.Add("1.0-r1", "1.0_rc1", uint8(0))
	f.Add("1:2.3~rc1-4+b1", "0:9", uint8(3))
	f.Add("v1.0.0-beta+x", "1!0.dev0", uint8(7))
	names := []string{"Alpine", "CRAN", "Hackage", "Debian", "Maven", "NuGet", "Packagist", "PyPI", "Pub", "Red Hat", "RubyGems", "npm"}
	f.Fuzz(func(t *testing.T, a, b string, which uint8) {
		o, _ := orderOf(names[int(which)%len(names)])
		x, xOK := o.at(a)
		y, yOK := o.at(b)
		if !xOK || !yOK {
			return
		}
		if x.compare(y.normal) != -y.compare(x.normal) {
			t.Errorf("%s: %q and %q have no order", o, a, b)
		}
		if x.compare(x.normal) != 0 {
			t.Errorf("%s: %q is not itself", o, a)
		}
	})
}
