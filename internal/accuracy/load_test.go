package accuracy

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// readLines decodes a file of one JSON value per line.
func readLines[T any](t *testing.T, file string) []T {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []T
	for in := json.NewDecoder(bufio.NewReader(f)); in.More(); {
		var v T
		if err := in.Decode(&v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, v)
	}
	return all
}

var (
	ignored   = regexp.MustCompile(`hadolint.*ignore *=`)
	hasFrom   = regexp.MustCompile(`(?im)^\s*from\s`)
	runAtLine = regexp.MustCompile(`(?im)^(\s*)RUN\s`)
	aboveFrom = regexp.MustCompile(`(?i)^\s*(#|arg\s|$)`)
)

// whole puts a FROM in front of a snippet that has none, or not where it must be.
func whole(text string) string {
	if first := hasFrom.FindStringIndex(text); first != nil {
		above := strings.Split(text[:first[0]], "\n")
		if !slices.ContainsFunc(above, func(line string) bool { return !aboveFrom.MatchString(line) }) {
			return text
		}
	}
	return "FROM debian:12\n" + text
}

type hadolintCase struct {
	Rule, Expect, Dockerfile string
	OnbuildWrap              bool `json:"onbuild_wrap"`
	Path                     []string
	Count                    int
	Config                   hadolintConfig
}

type hadolintConfig struct {
	AllowedRegistries []string
	LabelSchema       []string
	StrictLabels      bool
}

// hadolint reads the cases of hadolint's specifications. ShellCheck's need ShellCheck; one has its arguments
// swapped, and one is about no check.
func hadolint(t *testing.T, dir string) (cases []*Case, dropped map[string]int) {
	t.Helper()
	dropped = map[string]int{}
	for _, h := range readLines[hadolintCase](t, filepath.Join(dir, "hadolint-triples.jsonl")) {
		switch {
		case strings.HasPrefix(h.Rule, "SC"):
			dropped["of ShellCheck (SC*), which reads the shell code of RUN"]++
			continue
		case !strings.HasPrefix(h.Rule, "DL"):
			dropped["about no check, or with the arguments swapped"]++
			continue
		}
		text := h.Dockerfile
		if h.Rule != "DL1001" && ignored.MatchString(text) && h.Expect != "catches" {
			dropped["that switch checks off inside of the file, which the gate does not follow"]++
			continue
		}
		if h.OnbuildWrap {
			text = runAtLine.ReplaceAllString(text, "${1}ONBUILD RUN ")
		}
		c := &Case{
			Peer: "hadolint", Rule: h.Rule, Name: strings.Join(h.Path, ": "), Text: text,
			Files:      map[string]string{"Dockerfile": whole(text)},
			Want:       map[string][]int{},
			Parameters: parameters(h.Rule, h.Config),
		}
		if h.Rule == "DL3061" { // what stands in front of FROM is the case
			c.Files["Dockerfile"] = text
		}
		if len(h.Config.AllowedRegistries) > 0 { // the base that is put in front is not the case
			c.Files["Dockerfile"] = strings.Replace(c.Files["Dockerfile"], "FROM debian:12\n", "FROM scratch\n", 1)
		}
		if h.Expect == "catches" && h.Count != 0 {
			c.Want[h.Rule] = []int{}
		}
		cases = append(cases, c)
	}
	return cases, dropped
}

// snippets reads the labelled Dockerfiles of Trivy and Checkov.
func snippets(t *testing.T, peer, file string) (cases []*Case) {
	t.Helper()
	type snippet struct{ Rule, Name, Expect, Dockerfile, Src string }
	for _, s := range readLines[snippet](t, file) {
		if s.Rule == "" {
			s.Rule = checkovGraph[s.Name]
		}
		c := &Case{
			Peer: peer, Rule: s.Rule, Name: s.Src, Text: s.Dockerfile,
			Files: map[string]string{"Dockerfile": whole(s.Dockerfile)}, Want: map[string][]int{},
		}
		if s.Expect == "fires" {
			c.Want[s.Rule] = []int{}
		}
		cases = append(cases, c)
	}
	return cases
}

// buildkit reads the cases of BuildKit's linter: each expects all warnings, with their lines.
func buildkit(t *testing.T, dir string) (cases []*Case, dropped map[string]int) {
	t.Helper()
	type lint struct {
		Test, Dockerfile, Dockerignore string
		FrontendAttrs                  bool `json:"frontend_attrs"`
		Warnings                       []struct {
			RuleName string
			Line     int
		}
	}
	dropped = map[string]int{}
	for _, l := range readLines[lint](t, filepath.Join(dir, "buildkit-lint.jsonl")) {
		switch {
		case strings.Contains(l.Test, "PARTIAL"):
			dropped["whose expectation was read in part only"]++
			continue
		case slices.ContainsFunc(cases, func(c *Case) bool { return c.Name == l.Test && c.Text == l.Dockerfile }):
			dropped["under the text of another case, as they were collected"]++
			continue
		case l.FrontendAttrs:
			dropped["that are configured outside of the file"]++
			continue
		case strings.Contains(l.Dockerfile, "check=skip"):
			dropped["that switch checks off inside of the file, which the gate does not follow"]++
			continue
		}
		c := &Case{
			Peer: "buildkit", Name: l.Test, Text: l.Dockerfile,
			Files: map[string]string{"Dockerfile": l.Dockerfile}, Want: map[string][]int{},
		}
		if l.Dockerignore != "" {
			c.Files[".dockerignore"] = l.Dockerignore
		}
		for _, w := range l.Warnings {
			if list := c.Want[w.RuleName]; len(list) == 0 || list[len(list)-1] != w.Line {
				c.Want[w.RuleName] = append(list, w.Line)
			}
		}
		cases = append(cases, c)
	}
	return cases, dropped
}

// parameters are those of our rules that say what a case's configuration says.
func parameters(check string, c hadolintConfig) map[string]map[string]any {
	names, formats := []any{}, map[string]any{}
	for _, entry := range c.LabelSchema { // ("name",Format)
		name, format, _ := strings.Cut(strings.Trim(entry, "()"), ",")
		name = strings.Trim(name, `"`)
		names = append(names, name)
		formats[name] = map[string]string{
			"RawText": "text", "Rfc3339": "rfc3339", "Url": "url", "Spdx": "spdx", "GitHash": "git_hash", "SemVer": "semver", "Email": "email",
		}[format]
	}
	registries := []any{}
	for _, r := range c.AllowedRegistries {
		registries = append(registries, r)
	}
	switch {
	case len(registries) > 0:
		return map[string]map[string]any{"dockerfile/image_registry": {"allowed": registries}}
	case len(names) == 0:
		return nil
	case c.StrictLabels:
		return map[string]map[string]any{"dockerfile/label_unknown": {"allowed": names}}
	}
	return map[string]map[string]any{
		"dockerfile/label_missing": {"required": names},
		"dockerfile/label_value":   {"formats": formats},
	}
}

// checkovGraph are the ids of those checks whose examples are filed by name alone.
var checkovGraph = map[string]string{
	"RunUsingSudo":                  "CKV2_DOCKER_1",
	"RunUnsafeCurl":                 "CKV2_DOCKER_2",
	"RunUnsafeWget":                 "CKV2_DOCKER_3",
	"RunPipTrustedHost":             "CKV2_DOCKER_4",
	"EnvPythonHttpsVerify":          "CKV2_DOCKER_5",
	"EnvNodeTlsRejectUnauthorized":  "CKV2_DOCKER_6",
	"RunApkAllowUntrusted":          "CKV2_DOCKER_7",
	"RunAptGetAllowUnauthenticated": "CKV2_DOCKER_8",
	"RunYumNoGpgCheck":              "CKV2_DOCKER_9",
	"RunRpmNoSignature":             "CKV2_DOCKER_10",
	"RunAptGetForceYes":             "CKV2_DOCKER_11",
	"EnvNpmConfigStrictSsl":         "CKV2_DOCKER_12",
	"RunNpmConfigSetStrictSsl":      "CKV2_DOCKER_13",
	"EnvGitSslNoVerify":             "CKV2_DOCKER_14",
	"RunYumConfigManagerSslVerify":  "CKV2_DOCKER_15",
	"EnvPipTrustedHost":             "CKV2_DOCKER_16",
	"RunChpasswd":                   "CKV2_DOCKER_17",
}
