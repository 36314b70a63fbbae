package dockerfile

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sallyport/internal/fact/facttest"
)

// hadolintFacts say for rules of hadolint what the facts about packages say instead.
var hadolintFacts = map[string]func(s *Stage, r *Run, p *packageCommand) bool{
	"DL3008": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "apt" && unversioned(p) },
	"DL3009": func(s *Stage, _ *Run, p *packageCommand) bool {
		return p.Manager == "apt" && p.Cache == "lists" && s.BaseOfFinal
	},
	"DL3013": func(_ *Stage, _ *Run, p *packageCommand) bool {
		return p.Manager == "pip" && !p.Locked && unversioned(p)
	},
	"DL3014": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "apt" && p.asks() },
	"DL3015": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "apt" && p.Recommends },
	"DL3016": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "npm" && unversioned(p) },
	"DL3018": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "apk" && unversioned(p) },
	"DL3019": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "apk" && p.KeepsCache },
	"DL3027": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Program == "apt" },
	"DL3028": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "gem" && unversioned(p) },
	"DL3030": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "yum" && p.asks() },
	"DL3032": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "yum" && p.KeepsCache },
	"DL3033": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "yum" && unversioned(p) },
	"DL3034": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "zypper" && p.asks() },
	"DL3035": func(_ *Stage, _ *Run, p *packageCommand) bool {
		return p.Manager == "zypper" && p.Action == "release-upgrade"
	},
	"DL3036": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "zypper" && p.KeepsCache },
	"DL3037": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "zypper" && unversioned(p) },
	"DL3038": func(_ *Stage, _ *Run, p *packageCommand) bool { return fedora(p) && p.asks() },
	"DL3040": func(_ *Stage, _ *Run, p *packageCommand) bool { return fedora(p) && p.KeepsCache },
	"DL3041": func(_ *Stage, _ *Run, p *packageCommand) bool { return fedora(p) && unversioned(p) },
	"DL3042": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "pip" && p.KeepsCache },
	"DL3060": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "yarn" && p.KeepsCache },
	"DL3062": func(_ *Stage, _ *Run, p *packageCommand) bool { return p.Manager == "go" && floating(p) },
}

func fedora(p *packageCommand) bool { return p.Manager == "dnf" || p.Manager == "microdnf" }

func (p *packageCommand) asks() bool { return p.Action == "install" && !p.AssumeYes }

// unversioned tells whether the command names a package without any version.
func unversioned(p *packageCommand) bool {
	for _, r := range p.Packages {
		if p.Action == "install" && (r.Kind == "package" || r.Kind == "url") && r.Version == "" {
			return true
		}
	}
	return false
}

// floating tells whether the command names a package whose version is not fixed.
func floating(p *packageCommand) bool {
	for _, r := range p.Packages {
		if r.Kind == "package" && !r.Pinned {
			return true
		}
	}
	return false
}

// hadolintKnown are the cases where the facts disagree, with the reason.
var hadolintKnown = map[string]string{
	"FROM ubuntu as foo\nRUN apt-get update && apt-get install python\nFROM scratch\nRUN echo hey!\n\n": "a trigger of a stage that no stage is built on never runs",

	"FROM fedora:fc42 AS build\nENV version=2.51.0-2.fc42\nFROM fedora:fc42\nRUN yum -y install git-core-${version}\n\n": "the base image may set the variable",
	"FROM fedora:fc42 AS build\nENV version=2.51.0-2.fc42\nFROM fedora:fc42\nRUN dnf -y install git-core-${version}\n\n": "the base image may set the variable",
}

func TestHadolint(t *testing.T) {
	f, err := os.Open(filepath.Join(facttest.Oracle(t, "dockerfile"), "hadolint-triples.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	all, agreed := 0, 0
	for lines.Scan() {
		var c struct {
			Dockerfile, Rule, Expect string
			Wrap                     bool `json:"onbuild_wrap"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		fires := hadolintFacts[c.Rule]
		if fires == nil {
			continue
		}
		all++
		facts, _, err := collect(bare(c.Dockerfile, c.Wrap), nil)
		got := false
		for i := range facts.Stages {
			s := &facts.Stages[i]
			for j := range s.Runs {
				got = got || slices.ContainsFunc(s.Runs[j].Packages, func(p packageCommand) bool { return fires(s, &s.Runs[j], &p) })
			}
		}
		if got == (c.Expect == "catches") {
			agreed++
		} else if hadolintKnown[c.Dockerfile] == "" {
			t.Errorf("%s, onbuild %v, %q: %v, but hadolint %s (%v)", c.Rule, c.Wrap, c.Dockerfile, got, c.Expect, err)
		}
	}
	t.Logf("%d of %d agree", agreed, all)
}

// bare makes a file of a case: most lack FROM, and some want each RUN as a trigger.
func bare(text string, wrap bool) string {
	if !strings.Contains(text, "FROM ") {
		text = "FROM debian\n" + text
	}
	if wrap {
		text = strings.ReplaceAll("\n"+text, "\nRUN ", "\nONBUILD RUN ")[1:]
	}
	return text
}
