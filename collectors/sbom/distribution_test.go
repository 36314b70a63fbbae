package sbom

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/advisory"
)

// record is an advisory as OSV's exports have them.
func record(id, ecosystem, name, fixed, more string) string {
	return fmt.Sprintf(`{"id": %q, "modified": "2030-07-01T00:00:00Z", %s "affected": [{"package": {"ecosystem": %q, "name": %q},
		"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": %q}]}]}]}`, id, more, ecosystem, name, fixed)
}

func osvDatabase(t *testing.T) *advisory.Database {
	files := fstest.MapFS{}
	for i, text := range []string{
		record("DEBIAN-CVE-2030-1", "Debian:12", "openssl", "3.0.13-1~deb12u1", `"upstream": ["CVE-2030-1"],`),
		record("DSA-9001-1", "Debian:12", "openssl", "3.0.13-1~deb12u1", `"upstream": ["CVE-2030-1", "CVE-2030-2"],`),
		record("DEBIAN-CVE-2030-2", "Debian:12", "openssl", "3.0.13-1~deb12u1", `"upstream": ["CVE-2030-2"],`),
		record("DEBIAN-CVE-2030-3", "Debian:11", "openssl", "9", ""),
		record("DEBIAN-CVE-2030-4", "Debian:12", "gcc-12", "12.2.0-15", ""),
		record("UBUNTU-CVE-2030-1", "Ubuntu:22.04:LTS", "openssl", "3.0.2-0ubuntu1.15", `"severity": [{"type": "Ubuntu", "score": "medium"}],`),
		record("UBUNTU-CVE-2030-2", "Ubuntu:Pro:22.04:LTS", "openssl", "99", ""),
		record("ALPINE-CVE-2030-1", "Alpine:v3.19", "openssl", "3.1.4-r3", ""),
		record("CGA-1", "Wolfi", "openssl", "3.2.1-r0", ""),
		record("RLSA-2030:1", "Rocky Linux:9", "openssl", "1:3.0.7-25.el9_3", ""),
		record("ALSA-2030:1", "AlmaLinux:9", "openssl-libs", "1:3.0.7-25.el9_3", ""),
		record("RHSA-2030:1", "Red Hat:enterprise_linux:9::baseos", "openssl-libs", "1:3.0.7-25.el9_3", ""),
		record("RHSA-2030:2", "Red Hat:rhel_eus:9.2::baseos", "openssl-libs", "1:3.0.7-99.el9_2", ""),
		record("SUSE-SU-2030:1", "SUSE:Linux Enterprise Module for Basesystem 15 SP5", "openssl-1_1", "1.1.1l-150500.17.25.1", ""),
		record("openSUSE-SU-2030:1", "openSUSE:Leap 15.5", "openssl-1_1", "1.1.1l-150500.17.25.1", ""),
		record("PYSEC-2030-1", "PyPI", "pyyaml", "5.4b1", ""),
		record("GHSA-maven", "Maven", "org.apache.logging.log4j:log4j-core", "2.15.0", ""),
		record("GHSA-gem", "RubyGems", "rack", "2.2.6.3", ""),
		record("GHSA-nuget", "NuGet", "Newtonsoft.Json", "13.0.1", ""),
		record("GHSA-packagist", "Packagist", "twig/twig", "3.4.3", ""),
		record("GHSA-npm", "npm", "@angular/core", "11.0.5", ""),
		record("GO-2030-1", "Go", "github.com/foo/bar/v2", "2.3.4", ""),
	} {
		files[fmt.Sprintf("%d.json", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	db, err := advisory.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// judged are the hits and the gaps of a bill with some components, each a line of JSON without braces.
func judged(t *testing.T, components ...string) []string {
	text := `{"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [`
	for i, c := range components {
		if strings.HasPrefix(c, "pkg:") {
			u, _ := parsePurl(c)
			c = fmt.Sprintf(`"type": "library", "name": %q, "version": %q, "purl": %q`, u.name, u.version, c)
		}
		if i > 0 {
			text += ","
		}
		text += "{" + c + "}"
	}
	docs, err := collect(fstest.MapFS{"bom.json": {Data: []byte(text + "]}")}}, "bom.json", Options{Advisories: osvDatabase(t)})
	if err != nil {
		t.Fatal(err)
	}
	a := docs[0].Facts.(SBOM).Audit
	var out []string
	for _, h := range a.Hits {
		s := h.Name
		if h.Upgrade != "" {
			s += " -> " + h.Upgrade
		}
		if !h.Known {
			s += " ?"
		}
		out = append(out, s)
	}
	for _, u := range a.Unaudited {
		out = append(out, fmt.Sprintf("%d %s: %s", u.Count, u.Name, u.Reason))
	}
	return out
}

const trivy = `, "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "openssl"}, {"name": "aquasecurity:trivy:SrcVersion", "value": "3.0.11"},
	{"name": "aquasecurity:trivy:SrcRelease", "value": "1~deb12u2"}]`

// TestEcosystems holds how packages of distributions and registries are joined with advisories about them.
func TestEcosystems(t *testing.T) {
	for name, c := range map[string]struct {
		bill, want []string
	}{
		"Debian, by the source package": {
			[]string{"pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl"},
			[]string{"DEBIAN-CVE-2030-1 libssl3@3.0.11-1~deb12u2 -> 3.0.13-1~deb12u1", "DEBIAN-CVE-2030-2 libssl3@3.0.11-1~deb12u2 -> 3.0.13-1~deb12u1"},
		},
		"Debian, repaired": {[]string{"pkg:deb/debian/libssl3@3.0.13-1~deb12u1?distro=debian-12.5&upstream=openssl"}, nil},
		"Debian, the source has a version of its own": {
			[]string{"pkg:deb/debian/libgcc-s1@99?distro=bookworm&upstream=gcc-12%4012.2.0-14"}, []string{"DEBIAN-CVE-2030-4 libgcc-s1@99 -> 12.2.0-15"},
		},
		"Debian by Trivy, and the release by the operating system": {
			[]string{
				`"type": "operating-system", "name": "debian", "version": "12.4"`,
				`"type": "library", "name": "libssl3", "version": "3.0.11-1~deb12u2", "purl": "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64"` + trivy,
			},
			[]string{"DEBIAN-CVE-2030-1 libssl3@3.0.11-1~deb12u2 -> 3.0.13-1~deb12u1", "DEBIAN-CVE-2030-2 libssl3@3.0.11-1~deb12u2 -> 3.0.13-1~deb12u1"},
		},
		"Debian of a release that the database does not have": {
			[]string{"pkg:deb/debian/libssl3@3.0.11-1?distro=debian-13&upstream=openssl"}, []string{"1 Debian 13: " + noRecords},
		},
		"Debian of an unknown release": {
			[]string{"pkg:deb/debian/libssl3@3.0.11-1?upstream=openssl", "pkg:deb/debian/bash@5?distro=sid"}, []string{"1 Debian: " + noRelease, "1 Debian sid: " + noRecords},
		},
		"Debian without sources": {
			[]string{"pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12"}, []string{"1 Debian 12: " + noSource},
		},
		"Ubuntu, and not what is for subscribers": {
			[]string{"pkg:deb/ubuntu/libssl3@3.0.2-0ubuntu1.10?distro=ubuntu-22.04&upstream=openssl"},
			[]string{"UBUNTU-CVE-2030-1 libssl3@3.0.2-0ubuntu1.10 -> 3.0.2-0ubuntu1.15"},
		},
		"Alpine by syft and by Trivy": {
			[]string{"pkg:apk/alpine/libcrypto3@3.1.4-r1?distro=alpine-3.19.0&upstream=openssl", "pkg:apk/alpine/openssl@3.1.4-r3?distro=3.19.1"},
			[]string{"ALPINE-CVE-2030-1 libcrypto3@3.1.4-r1 -> 3.1.4-r3"},
		},
		"Alpine with what is no version": {
			[]string{"pkg:apk/alpine/openssl@a.b?distro=alpine-3.19.0", "pkg:apk/alpine/libcrypto3@3.2-r1?distro=alpine-3.19&upstream=openssl"},
			[]string{"ALPINE-CVE-2030-1 openssl@a.b ?"},
		},
		"Wolfi has no releases": {
			[]string{"pkg:apk/wolfi/libcrypto3@3.1.4-r1?upstream=openssl"}, []string{"CGA-1 libcrypto3@3.1.4-r1 -> 3.2.1-r0"},
		},
		"Rocky, by the source": {
			[]string{"pkg:rpm/rocky/openssl-libs@3.0.7-24.el9?arch=x86_64&epoch=1&distro=rocky-9.3&upstream=openssl-3.0.7-24.el9.src.rpm"},
			[]string{"RLSA-2030:1 openssl-libs@1:3.0.7-24.el9 -> 1:3.0.7-25.el9_3"},
		},
		"AlmaLinux and Red Hat, by the package": {
			[]string{
				"pkg:rpm/almalinux/openssl-libs@3.0.7-24.el9?epoch=1&distro=almalinux-9.3", "pkg:rpm/redhat/openssl-libs@3.0.7-24.el9?epoch=1&distro=rhel-9.3",
				"pkg:rpm/redhat/openssl-libs@1:3.0.7-25.el9_3?distro=redhat-9.3",
			},
			[]string{"ALSA-2030:1 openssl-libs@1:3.0.7-24.el9 -> 1:3.0.7-25.el9_3", "RHSA-2030:1 openssl-libs@1:3.0.7-24.el9 -> 1:3.0.7-25.el9_3"},
		},
		"SUSE and openSUSE": {
			[]string{
				"pkg:rpm/suse/libopenssl1_1@1.1.1l-150500.17.22.1?distro=sles-15.5&upstream=openssl-1_1-1.1.1l-150500.17.22.1.src.rpm",
				"pkg:rpm/opensuse/libopenssl1_1@1.1.1l-150500.17.22.1?distro=opensuse-leap-15.5&upstream=openssl-1_1-1.1.1l-150500.17.22.1.src.rpm",
				"pkg:rpm/suse/libopenssl1_1@1.1.1l-150500.17.22.1?distro=sles-15.4&upstream=openssl-1_1-1.1.1l-150500.17.22.1.src.rpm",
			},
			[]string{
				"SUSE-SU-2030:1 libopenssl1_1@1.1.1l-150500.17.22.1 -> 1.1.1l-150500.17.25.1", "openSUSE-SU-2030:1 libopenssl1_1@1.1.1l-150500.17.22.1 -> 1.1.1l-150500.17.25.1",
				"1 SUSE 15.4: " + noRecords,
			},
		},
		"a distribution that nobody has advisories of": {[]string{"pkg:rpm/fedora/bash@5?distro=fedora-39"}, []string{"1 fedora 39: " + noFamily}},
		"registries": {
			[]string{
				"pkg:pypi/PyYAML@5.4a2", "pkg:pypi/pyyaml@5.4", "pkg:maven/org.apache.logging.log4j/log4j-core@2.15.0-rc1", "pkg:maven/org.apache.logging.log4j/log4j-core@2.15",
				"pkg:gem/rack@2.2.6.2", "pkg:gem/rack@2.2.6.3", "pkg:nuget/newtonsoft.json@12.0.3", "pkg:nuget/Newtonsoft.Json@13.0.1.0", "pkg:composer/twig/twig@v3.4.2",
				"pkg:npm/%40angular/core@11.0.4", "pkg:golang/github.com/foo/bar/v2@v2.3.3", "pkg:golang/github.com/foo/bar@v2.3.3#v2", "pkg:golang/github.com/foo/bar/v2@(devel)",
			},
			[]string{
				"PYSEC-2030-1 PyYAML@5.4a2 -> 5.4b1", "GHSA-maven org.apache.logging.log4j:log4j-core@2.15.0-rc1 -> 2.15.0", "GHSA-gem rack@2.2.6.2 -> 2.2.6.3",
				"GHSA-nuget newtonsoft.json@12.0.3 -> 13.0.1", "GHSA-packagist twig/twig@3.4.2 -> 3.4.3", "GHSA-npm @angular/core@11.0.4 -> 11.0.5",
				"GO-2030-1 github.com/foo/bar/v2@2.3.3 -> 2.3.4", "GO-2030-1 github.com/foo/bar/v2@2.3.3 -> 2.3.4", "GO-2030-1 github.com/foo/bar/v2@(devel) ?",
			},
		},
		"what cannot be asked about": {
			[]string{"pkg:generic/openssl@3", "pkg:hex/phoenix@1.0.0", "pkg:npm/left-pad", `"type": "library", "name": "zlib"`, "pkg:oci/app@1", `"type": "application", "name": "app"`},
			[]string{"1 generic: " + noType, "1 Hex: " + noRecords, "1 npm: " + noVersion, "1 packages: " + noPurl},
		},
	} {
		if diff := cmp.Diff(c.want, judged(t, c.bill...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
