// Package scaffold writes the two files of a new rule, such that they pass their own test.
package scaffold

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"sallyport/bundles"
	"sallyport/internal/fact"
)

var (
	//go:embed rule.rego.tmpl
	ruleText string
	//go:embed rule_test.rego.tmpl
	testText string
	//go:embed README.md.tmpl
	readmeText string

	name = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$`) })
)

// samples are small, valid documents of each kind.
var samples = map[string]string{
	"dockerfile":     "FROM debian:12\nUSER 10001\n",
	"compose":        "services:\n  app:\n    image: example.com/app:1.0\n",
	"kubernetes":     "apiVersion: v1\nkind: Service\nmetadata:\n  name: app\nspec: {}\n",
	"cargo_lock":     "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n",
	"cargo_manifest": "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
	"cargo_config":   "[build]\ntarget = \"x86_64-unknown-linux-musl\"\n",
	"rust_toolchain": "[toolchain]\nchannel = \"1.95.0\"\n",
	"systemd":        "[Service]\nExecStart=/usr/bin/app\n",
	"env_file":       "LOG_LEVEL=info\n",
	"workflow":       "on: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: cargo build --locked\n",
	"sbom":           `{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"metadata":{"timestamp":"2026-11-18T08:00:00Z","tools":{"components":[{"type":"application","name":"cargo-cyclonedx"}]},"component":{"type":"application","bom-ref":"app","name":"app","version":"0.1.0"}},"components":[],"dependencies":[]}` + "\n",
	"scan":           `{"database":{"advisory-count":700,"last-commit":"0","last-updated":"2026-11-18T08:00:00Z"},"lockfile":{"dependency-count":1},"settings":{"target_arch":[],"target_os":[],"severity":null,"ignore":[],"informational_warnings":[]},"vulnerabilities":{"found":false,"count":0,"list":[]},"warnings":{}}` + "\n",
	"config":         "fail_on = \"high\"\n",
}

type data struct {
	Kind, Rule, Name string
	Project, Config  bool
	// Sample is of kind SampleKind, which has the file name File.
	SampleKind, File string
	Sample           string
}

// Rule writes <dir>/<kind>/<rule>.rego and its test and returns their paths. It overwrites nothing.
func Rule(dir, rule string, collectors []fact.Collector) ([]string, error) {
	if !name().MatchString(rule) {
		return nil, fmt.Errorf("%q is no rule name: write KIND/NAME in lower case, words joined by _, such as dockerfile/allowed_base", rule)
	}
	kind, short, _ := strings.Cut(rule, "/")
	d := data{Kind: kind, Rule: short, Name: rule, Project: kind == bundles.ProjectKind, Config: kind == "config", SampleKind: kind}
	if d.Project {
		d.SampleKind = "dockerfile"
	}
	var kinds []string
	for _, c := range collectors {
		kinds = append(kinds, c.Kind)
		if c.Kind == d.SampleKind {
			d.File = c.Example
		}
	}
	if d.Sample = samples[d.SampleKind]; d.File == "" || d.Sample == "" {
		return nil, fmt.Errorf("there is no kind %q: choose one of %s, project", kind, strings.Join(kinds, ", "))
	}
	base := filepath.Join(dir, kind, short)
	return write(d, map[string]string{base + ".rego": ruleText, base + "_test.rego": testText}, base+".rego", base+"_test.rego")
}

// Bundle writes a bundle with a README and a first rule.
func Bundle(dir string, collectors []fact.Collector) ([]string, error) {
	files, err := write(data{Name: filepath.Base(dir)}, map[string]string{filepath.Join(dir, "README.md"): readmeText}, filepath.Join(dir, "README.md"))
	if err != nil {
		return nil, err
	}
	more, err := Rule(dir, "dockerfile/first_rule", collectors)
	return append(files, more...), err
}

func write(d data, texts map[string]string, files ...string) ([]string, error) {
	for _, file := range files {
		if _, err := os.Lstat(file); err == nil {
			return nil, fmt.Errorf("%s exists already: nothing was written", file)
		}
	}
	for _, file := range files {
		t, err := template.New(file).Funcs(template.FuncMap{"comment": comment}).Parse(texts[file])
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := t.Execute(&b, d); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// comment indents a text as part of a METADATA block.
func comment(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("#     " + line)
	}
	return strings.TrimRight(b.String(), "\n")
}
