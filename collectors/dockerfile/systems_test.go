package dockerfile

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestSystems reads the tables that the gate ships with.
func TestSystems(t *testing.T) {
	c := New(Options{Tables: shipped})
	for image, want := range map[string]string{
		"debian":                        "debian 13 glibc 2.41 present apt",
		"debian:12.5-slim":              "debian 12 glibc 2.36 present apt",
		"debian:bullseye-20240101-slim": "debian 11 glibc 2.31 present apt",
		"debian:stable-slim":            "debian 13 glibc 2.41 present apt",
		"debian:latest@sha256:" + x64:   "debian glibc present apt",
		"ubuntu:22.04":                  "ubuntu 22.04 glibc 2.35 present apt",
		"ubuntu:noble-20240801":         "ubuntu 24.04 glibc 2.39 present apt",
		"ubuntu":                        "ubuntu glibc present apt",
		"alpine:3.20.3":                 "alpine 3.20 musl present apk",
		"alpine:3":                      "alpine musl present apk",
		"alpine:edge":                   "alpine musl present apk",
		"rust:1.95.0-slim-bookworm":     "debian 12 glibc 2.36 present apt rust",
		"rust:1.95.0-alpine3.22":        "alpine 3.22 musl present apk rust",
		"rust:1.82-alpine":              "alpine musl present apk rust",
		"rust:1.82":                     "debian 12 glibc 2.36 present apt rust",
		"rust:1.89":                     "debian glibc present apt rust",
		"rust:1":                        "debian 13 glibc 2.41 present apt rust",
		"rust":                          "debian 13 glibc 2.41 present apt rust",
		"rust:slim":                     "debian 13 glibc 2.41 present apt rust",
		"rust:slim-bullseye":            "debian 11 glibc 2.31 present apt rust",
		"rust@sha256:" + x64:            "debian glibc present apt rust",
		"rust:1.50":                     "debian 10 glibc 2.28 present apt rust",
		"golang:1.25-alpine3.22":        "alpine 3.22 musl present apk go",
		"golang:1.23":                   "debian 12 glibc 2.36 present apt go",
		"golang:1":                      "debian 13 glibc 2.41 present apt go",
		"python:3.12-slim":              "debian 13 glibc 2.41 present apt",
		"python:2.7":                    "debian 10 glibc 2.28 present apt",
		"python:${V}-slim":              "debian glibc present apt",
		"node:18":                       "debian 12 glibc 2.36 present apt",
		"node:22":                       "debian glibc present apt",
		"eclipse-temurin:17-jre-focal":  "ubuntu 20.04 glibc 2.31 present apt",
		"eclipse-temurin:17":            "ubuntu glibc present apt java",
		"openjdk:17-slim-buster":        "debian 10 glibc 2.28 present apt java",
		"public.ecr.aws/docker/library/debian:12":      "debian 12 glibc 2.36 present apt",
		"gcr.io/distroless/static-debian12":            "debian 12 none absent none",
		"gcr.io/distroless/cc-debian11:nonroot":        "debian 11 glibc 2.31 absent none",
		"gcr.io/distroless/base:debug":                 "debian glibc present none",
		"cgr.dev/chainguard/static":                    "wolfi none absent none",
		"cgr.dev/chainguard/wolfi-base":                "wolfi glibc present apk",
		"busybox:1.36-musl":                            "busybox musl present none",
		"busybox":                                      "busybox present none",
		"registry.access.redhat.com/ubi9/ubi-micro":    "rhel 9 glibc 2.34 present none",
		"registry.access.redhat.com/ubi8-minimal:8.10": "rhel 8 glibc 2.28 present microdnf",
		"centos":                        "centos 8 glibc 2.28 present dnf",
		"centos:7.9.2009":               "centos 7 glibc 2.17 present yum",
		"quay.io/centos/centos:stream9": "centos-stream 9 glibc 2.34 present dnf",
		"rockylinux:9.3-minimal":        "rocky 9 glibc 2.34 present dnf",
		"fedora:41":                     "fedora 41 glibc 2.40 present dnf",
		"amazonlinux:2023.6.20241010.0": "amazon 2023 glibc 2.34 present dnf",
		"amazonlinux:2":                 "amazon 2 glibc 2.26 present yum",
		"opensuse/leap:15.6":            "opensuse-leap 15.6 glibc 2.38 present zypper",
		"mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled": "ubuntu 22.04 glibc 2.35 absent none",
		"mcr.microsoft.com/dotnet/aspnet:8.0":                "debian 12 glibc 2.36 present apt",
		"nginx:1.27-alpine3.20-slim":                         "alpine 3.20 musl present apk",
		"nginx:1.27":                                         "present",
		"scratch":                                            "none absent none",
		"registry.example/team/base:bookworm":                "not known",
	} {
		docs, err := c.Collect(context.Background(), fstest.MapFS{"Dockerfile": {Data: []byte("FROM " + image + "\n")}}, "Dockerfile")
		if err != nil {
			t.Fatal(image, err)
		}
		s := docs[0].Facts.(Dockerfile).Stages[0].System
		got := "not known"
		if s.Known {
			got = strings.Join(strings.Fields(fmt.Sprintln(s.Distribution, s.Version, s.Libc, s.LibcVersion, s.Shell, s.PackageManager, s.Toolchain)), " ")
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", image, got, want)
		}
	}
}

const x64 = "1111111111111111111111111111111111111111111111111111111111111111"

// TestSupport reads the dates, and looks for releases that one table has and the other does not.
func TestSupport(t *testing.T) {
	tables, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	s := newSystems(tables)
	for key, end := range s.support {
		if s.byKey[key] == nil {
			t.Errorf("eol has %s, which base_systems does not have", key)
		}
		for _, day := range []string{end.End, end.Extended} {
			if _, err := time.Parse(time.DateOnly, day); err != nil && day != "" || end.Extended != "" && end.Extended < end.End || end.End == "" {
				t.Errorf("%s: %q to %q", key, end.End, end.Extended)
			}
		}
	}
	for _, e := range tables.Systems.Images {
		for _, r := range append([]string{e.System, e.Release + ":" + e.Latest}, e.Since...) {
			key := r[strings.IndexByte(r, ' ')+1:]
			if d, v, ok := strings.Cut(key, ":"); ok && v != "" && d != "" && s.byKey[key] == nil {
				t.Errorf("%s: there is no release %q", e.Image, key)
			}
		}
	}
}
