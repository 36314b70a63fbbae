package dockerfile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLabelKeys(t *testing.T) {
	for key, want := range map[string]string{
		"version": "", "org.valid-key.label3": "", "com.docker.label": "reserved", "io.docker.label": "reserved",
		"org.dockerproject.a": "reserved", "Upper": "characters", "a_b": "characters", "a$b": "characters",
		"a--b": "separators", "a.-b": "separators", "1a": "ends", ".a": "ends", "-a": "ends", "a.": "ends", "": "ends",
	} {
		if got := keyProblem(key); got != want {
			t.Errorf("%q: got %q, want %q", key, got, want)
		}
	}
}

func TestFormats(t *testing.T) {
	for value, want := range map[string]string{
		"":                              "[]",
		"not":                           "[]",
		"2025-11-22T10:00:00Z":          "[rfc3339]",
		"https://example.com/a":         "[url]",
		"MIT OR Apache-2.0":             "[spdx]",
		"2dbfae9":                       "[git_hash]",
		"1.0.0":                         "[semver]",
		"2.0.1-rc1+build.5":             "[semver]",
		"1.0.0-":                        "[]",
		"1.0.0+a_b":                     "[]",
		"a@example.com":                 "[email]",
		"Alice Example <a@example.com>": "[email]",
		"43c572f1272b6b3171dd1db9e41b7027128ce080": "[git_hash]",
	} {
		if got := fmt.Sprint(formats(value)); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
}

func TestPlatformKind(t *testing.T) {
	for _, tt := range [][3]string{
		{"", "", ""},
		{"linux/amd64", "", "constant"},
		{"linux/amd64", "build-amd64", "named"},
		{"linux/aarch64", "arm64", "named"},
		{"linux/arm/v7", "x", "constant"},
		{"arm64", "linux", "named"},
		{"linux", "", "constant"},
		{"$TARGETPLATFORM", "", "target"},
		{`"${TARGETPLATFORM}"`, "", "target"},
		{"$BUILDPLATFORM", "", "variable"},
		{"linux/$ARCH", "", "variable"},
	} {
		if got := platformKind(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%s AS %s: got %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestSilenced(t *testing.T) {
	for comment, want := range map[string]string{
		"hadolint ignore=DL3008": "hadolint", "hadolint global ignore = DL1,DL2": "hadolint", "hadolint stage ignore=DL3": "hadolint",
		"hadolint shell=bash": "", "checkov:skip=CKV_DOCKER_1: why": "checkov", "trivy:ignore:DS002": "trivy", "kics-scan ignore-line": "kics",
		"kics-scan disable=a": "kics", "kics-scan": "", "nosemgrep: a": "semgrep", "check=skip=all": "buildkit", "check=error=true": "",
		"checks are skipped": "", "ignore": "",
	} {
		if got := silenced(comment); got != want {
			t.Errorf("%q: got %q, want %q", comment, got, want)
		}
	}
}

// TestUndefined tells what nothing defines from what the base image, a default or the build may define.
func TestUndefined(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"FROM debian\nCOPY $A /\n", "A nowhere"},
		{"FROM scratch\nCOPY $A /\n", "A nowhere"},
		{"FROM debian AS a\nFROM a\nCOPY $A /\n", "A nowhere"},
		{"FROM golang\nWORKDIR $GOPATH\n", ""},
		{"FROM golang\nENV APP_VERSION=1\nWORKDIR $APP_VERSOIN\n", "APP_VERSOIN near APP_VERSION"},
		{"FROM golang\nENV VERSION1=1\nWORKDIR $VERSION2\n", ""},
		{"ARG A=1\nFROM golang\nCOPY $A /\n", "A global"},
		{"ARG A=1\nFROM golang\nARG A\nCOPY $A /\n", ""},
		{"FROM golang\nCOPY $TARGETARCH /\n", "TARGETARCH global"},
		{"FROM debian\nARG A\nCOPY $A /\n", ""},
		{"FROM debian\nENV A=${A:-x} B=${B-} C=${C:+c} PATH=/x:$PATH\n", ""},
		{"FROM debian\nRUN echo $A\nCMD $A\n", ""},
		{"FROM debian\nRUN --mount=type=cache,target=$A true\n", "A nowhere"},
		{"FROM debian\nARG B=$A\n", "A nowhere"},
		{"FROM debian\nCOPY <<E /x\n$A '$B'\nE\n", "A nowhere, B nowhere"},
		{"FROM debian:$A\n", "A from"},
		{"FROM --platform=$PLATFROM debian\n", "PLATFROM from"},
		{"FROM --platform=$BUILDPLATFORM debian\n", ""},
	} {
		d, _, err := collect(tt.text, nil)
		if err != nil && len(d.Stages) == 0 {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		got := ""
		for i, u := range d.Undefined {
			if i > 0 {
				got += ", "
			}
			got += u.Name + " " + u.Reason
			if u.Near != "" {
				got += " " + u.Near
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q: %s", tt.text, diff)
		}
	}
}

// TestDefaults reads FROM as if nobody gave a build argument, whatever this build gets.
func TestDefaults(t *testing.T) {
	for text, want := range map[string]bool{
		"ARG A\nFROM debian:$A\n": true, "ARG A=12\nFROM debian:$A\n": false, "ARG A\nFROM busybox:stable$A\n": false,
		"ARG A\nFROM $A\n": true, "FROM build-$TARGETARCH\n": false, "ARG A=1\nARG B=$A\nFROM debian:$B\n": false,
		"FROM debian\n": false, "FROM scratch\n": false,
	} {
		for _, args := range []map[string]string{nil, {"A": "12"}} {
			if d, _, _ := collect(text, args); len(d.Stages) != 1 || d.Stages[0].Base.BadDefault != want {
				t.Errorf("%q with %v: want %v", text, args, want)
			}
		}
	}
}

func TestCopiesAndWorkdirs(t *testing.T) {
	d, _, err := collect("FROM debian AS a\nCOPY x y\nONBUILD COPY x y\nWORKDIR /w\nCOPY x y\nFROM a\nCOPY x y z/\nADD http://example.com/x y.zip /\n", nil)
	if err != nil {
		t.Fatal(err)
	}
	var adrift []bool
	for _, s := range d.Stages {
		for _, c := range s.Copies {
			adrift = append(adrift, c.Adrift)
		}
	}
	if !slices.Equal(adrift, []bool{true, false, false, false, false}) {
		t.Errorf("adrift: %v", adrift)
	}
	last := d.Stages[1].Copies[1]
	if last.Plain || !slices.Equal(last.Unverified, []string{"http://example.com/x"}) || !last.Folder {
		t.Errorf("got %+v", last)
	}
}
