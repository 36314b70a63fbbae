package dockerfile

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

// left writes what the package commands of the last stage leave, each as program:cache.
func left(f Dockerfile) string {
	var all []string
	for _, r := range f.Stages[len(f.Stages)-1].Runs {
		for _, p := range r.Packages {
			if p.KeepsCache {
				all = append(all, p.Program+":"+p.Cache)
			}
		}
	}
	return strings.Join(all, " ")
}

func TestCaches(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"RUN apt-get update && apt-get install -y a", "apt-get:lists"},
		{"RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*", ""},
		{"RUN rm -rf /var/lib/apt/lists/* && apt-get update", "apt-get:lists"},
		{"RUN apt-get update; rm -r /var/lib/apt/lists", ""},
		{"RUN apt-get update; rm -rf /var/lib/apt/lists/partial", "apt-get:lists"},
		{"RUN apt-get update; rm -rf /var/lib/{apt,cache}/*", "apt-get:lists"},
		{"SHELL [\"/bin/bash\", \"-c\"]\nRUN apt-get update; rm -rf /var/lib/{apt,dpkg}/*", ""},
		{"RUN apt-get update && apt-get clean", "apt-get:lists"},
		{"RUN apt-get update && apt-get distclean", ""},
		{"RUN clean() { rm -rf /var/lib/apt/lists/*; }; apt-get update && clean", ""},
		{"RUN apt-get update && find /var/lib/apt/lists -type f -delete", ""},
		{"RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*", "apt-get:lists"},
		{"RUN --mount=type=cache,target=/var/lib/apt apt-get update", ""},
		{"RUN --mount=type=cache,target=/var/cache/apt apt-get update", "apt-get:lists"},
		{"RUN apt-get install -y a", ""},
		{"RUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN apt-get install -y a", "apt-get:packages"},
		{"RUN rm -f /etc/apt/apt.conf.d/docker-clean\nRUN apt-get install -y a && apt-get clean", ""},
		{"RUN echo 'Binary::apt::APT::Keep-Downloaded-Packages \"true\";' > /etc/apt/apt.conf.d/keep && apt install -y a", "apt:packages"},
		{"RUN apk add a", "apk:lists"},
		{"RUN apk add --no-cache a", ""},
		{"RUN apk update && apk add --no-cache a && rm -rf /var/cache/apk/*", ""},
		{"RUN --mount=type=cache,target=/etc/apk/cache apk add a", ""},
		{"RUN dnf install -y a && dnf clean all", ""},
		{"RUN dnf install -y a && dnf clean packages", "dnf:cache"},
		{"RUN dnf install -y a && yum clean all", ""},
		{"RUN dnf install -y a && rm -rf /var/cache/dnf /tmp/*", ""},
		{"RUN yum install -y a && rm -rf /var/cache/*", ""},
		{"RUN microdnf install -y a", "microdnf:cache"},
		{"RUN zypper in -y a && zypper cc -a", ""},
		{"RUN pacman -S --noconfirm a", "pacman:packages"},
		{"RUN pip install a", "pip:cache"},
		{"ENV PIP_NO_CACHE_DIR=1\nRUN pip install a", ""},
		{"RUN export PIP_NO_CACHE_DIR=1 && pip install a", ""},
		{"RUN pip install a && export PIP_NO_CACHE_DIR=1", "pip:cache"},
		{"RUN pip install a && rm -rf ~/.cache", ""},
		{"RUN pip install a && rm -rf /root/.cache/pip/*", ""},
		{"RUN pip install a && pip cache purge", ""},
		{"RUN pip config set global.no-cache-dir true", ""},
		{"RUN printf '[global]\\nno-cache-dir = true\\n' > /etc/pip.conf\nRUN pip install a", ""},
		{"RUN --mount=type=cache,target=/root/.cache pip install a", ""},
		{"RUN --mount=type=cache,target=/c PIP_CACHE_DIR=/c pip install a", ""},
		{"RUN --mount=type=cache,target=/c pip install --cache-dir /c a", ""},
		{"RUN uv pip install a", "uv:cache"},
		{"RUN --mount=type=cache,target=/root/.cache/uv uv sync", ""},
		{"RUN npm ci", "npm:cache"},
		{"RUN npm ci && npm cache clean --force", ""},
		{"RUN npm ci && rm -rf /root/.npm", ""},
		{"RUN --mount=type=cache,target=/root/.npm npm ci", ""},
		{"RUN npm ci --cache /c && rm -rf /c", ""},
		{"RUN yarn && yarn cache clean", ""},
		{"RUN go install a.b/c@v1.0.0 && gem install a && cargo install a", ""},
		{"RUN apk add a; apk add b && rm -rf /var/cache/apk; apk add c", "apk:lists"},
	} {
		f, _, err := collect("FROM debian\n"+tt.text+"\n", nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, left(f)); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
	}
}

// TestContexts holds what a package command takes from around it.
func TestContexts(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"RUN apt-get install a", "asks recommends stale"},
		{"RUN apt-get update && apt-get install -y a", "recommends"},
		{"RUN yes | apt-get install a", "recommends stale"},
		{"RUN apt-get update\nRUN apt-get install -y a", "recommends stale"},
		{"RUN echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/x\nRUN apt-get install -y a", "stale"},
		{"RUN echo 'APT::Install-Recommends \"0\";' | tee /etc/apt/apt.conf.d/x && apt-get install -y a", "stale"},
		{"RUN printf 'APT::Get::Assume-Yes \"true\";\\nAPT::Install-Recommends \"false\";' >> /etc/apt/apt.conf\nRUN apt-get install a", "stale"},
		{"RUN <<X\ncat > /etc/apt/apt.conf.d/x <<E\nAPT::Install-Recommends \"false\";\nE\napt-get update\napt-get install -y a\nX", ""},
		{"ONBUILD RUN echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/x\nRUN apt-get install -y a", "recommends stale"},
		{"RUN if x; then apt-get install -y a; fi", "recommends stale nested"},
		{"RUN pip install -c c.txt a", "locked"},
		{"ENV PIP_CONSTRAINT=/c.txt\nRUN pip install a", "locked"},
		{"RUN BUNDLE_FROZEN=true bundle install", "locked"},
		{"RUN sudo -H pip install a", ""},
	} {
		f, _, err := collect("FROM debian\n"+tt.text+"\n", nil)
		if err != nil {
			t.Fatal(err)
		}
		runs := f.Stages[0].Runs
		all := runs[len(runs)-1].Packages
		p := all[len(all)-1]
		got := ""
		for _, m := range []struct {
			on   bool
			text string
		}{{!p.AssumeYes, "asks "}, {p.Recommends, "recommends "}, {!p.Refreshed, "stale "}, {p.Nested, "nested "}, {p.Locked, "locked "}} {
			if m.on {
				got += m.text
			}
		}
		if diff := cmp.Diff(tt.want, strings.TrimSpace(got)); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
	}
}

// TestReaders says who reads the text of a RUN instruction, and why it is opaque.
func TestReaders(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"RUN a | b", "sh: a? b"},
		{"SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b", "bash: a b"},
		{"SHELL [\"/usr/bin/env\", \"bash\", \"-euo\", \"pipefail\", \"-c\"]\nRUN a | b", "bash: a b"},
		{"SHELL [\"conda\", \"run\", \"-n\", \"x\", \"/bin/bash\", \"-c\"]\nRUN a", "bash: a"},
		{"RUN set -o pipefail && a | b", "sh: set a b"},
		{"RUN [\"/bin/sh\", \"-c\", \"a | b\"]", "sh: sh a? b"},
		{"RUN [\"bash\", \"-o\", \"pipefail\", \"-c\", \"a $X | b\"]", "bash: bash a b"},
		{"RUN [\"a\", \"/bin/sh\"]", ": a"},
		{"RUN [\"powershell\", \"-Command\", \"a\"]", "powershell (the text is for powershell, whose language is not that of sh):"},
		{"SHELL [\"pwsh\", \"-Command\"]\nRUN a; b", "pwsh (the text is for pwsh, whose language is not that of sh):"},
		{"SHELL [\"C:\\\\\\\\Windows\\\\\\\\System32\\\\\\\\cmd.exe\", \"/C\"]\nRUN a", "cmd (the text is for cmd, whose language is not that of sh):"},
		{"RUN <<E\na | b\nE", "sh: a? b"},
		{"RUN <<E\n#!/bin/bash -eo pipefail\na | b\nE", "bash: a b"},
		{"RUN <<E\n#!/usr/bin/env -S python3 -u\nprint(1)\nE", "python3 (the text is for python3, whose language is not that of sh):"},
		{"RUN python3 <<E\nprint(1)\nE", "sh: python3"},
		{"RUN bash <<E\na | b\nE", "sh: bash a? b"},
		{"RUN echo 'x", "sh (sh cannot read the text: reached EOF without closing quote `'`):"},
		{"FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN a && b", "cmd (the text is for cmd, whose language is not that of sh):"},
		{"FROM debian\nRUN X=1", "sh: ="},
	} {
		if !strings.HasPrefix(tt.text, "FROM") {
			tt.text = "FROM debian\n" + tt.text
		}
		f, _, err := collect(tt.text+"\n", nil)
		if err != nil {
			t.Fatal(tt.text, err)
		}
		r := f.Stages[0].Runs[0]
		got := r.Shell
		if r.Opaque {
			got += fmt.Sprintf(" (%s)", r.Reason)
		}
		got += ":"
		for _, c := range r.Commands {
			if c.Program == "" {
				c.Program = "="
			}
			if c.Unguarded {
				c.Program += "?"
			}
			got += " " + c.Program
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.text, diff)
		}
	}
}

// TestPlaces wants exact places through continuations, here-documents and nested scripts.
func TestPlaces(t *testing.T) {
	const source = "FROM debian\n" +
		"RUN apt-get update && \\\n  # a comment\n  apt-get install -y é=1 \\\n    curl && chmod 4755 /x\n" +
		"RUN <<E\n\tapt-get install -y vim\nuseradd app\nE\n" +
		"RUN sh -c 'apt-get install -y nano'\n"
	f, d, err := collect(source, nil)
	if err != nil {
		t.Fatal(err)
	}
	at := func(steps ...any) string { return text(source, d.Locate(append(fact.Path{"stages", 0}, steps...))) }
	for _, tt := range []struct{ got, want string }{
		{at("runs", 0, "packages", 0), "apt-get update"},
		{at("runs", 0, "packages", 1, "packages", 0), "é=1"},
		{at("runs", 0, "packages", 1, "packages", 1), "curl"},
		{at("runs", 0, "packages", 1, "assume_yes"), "apt-get install -y é=1 \\\n    curl"},
		{at("modes", 0), "chmod 4755 /x"},
		{at("runs", 1, "packages", 0, "packages", 0), "vim"},
		{at("accounts", 0), "useradd app"},
		{at("runs", 2, "packages", 0, "packages", 0), "nano"},
		{at("runs", 2, "commands", 1), "apt-get install -y nano"},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Error(diff)
		}
	}
	if n := len(f.Stages[0].Calls["apt-get"]); n != 4 {
		t.Errorf("%d calls of apt-get, want 4", n)
	}
}
