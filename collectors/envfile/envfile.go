// Package envfile reads environment files: .env and its variants, and the files under etc/default and
// etc/sysconfig that units and compose files load.
package envfile

import (
	"context"
	"errors"
	"io/fs"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// File is what an environment file holds.
type File struct {
	// Path is the path of the file.
	Path string `json:"path"`
	// Example is true for a file to copy and fill in, such as .env.example. There a secret is one only
	// where its value tells it: a name with a value that a person would write as an example is none.
	Example bool `json:"example"`
	// Vars are the assignments, in order; a name may come more than once.
	Vars []secret.Env `json:"vars"`
	// Lines are the other lines that show a secret: commands, in a file that a shell reads.
	Lines []Line `json:"lines"`
}

// Line is a line that is no assignment.
type Line struct {
	// Text is the line with its secrets masked.
	Text string `json:"text"`
	// Secret is the first secret in it.
	Secret secret.Verdict `json:"secret"`
}

// New returns the collector.
func New() fact.Collector {
	return fact.Collector{Kind: "env_file", Example: ".env", Facts: File{}, Match: match, Collect: collect}
}

// match takes a file whose name says what it is, and one with a likely name that reads like one.
func match(file string, head []byte) bool {
	sure, likely := syntax.EnvName(file)
	return sure || likely && syntax.EnvText(head)
}

func collect(_ context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	vars, lines, errs := syntax.Env(file, data)
	f := File{Path: file, Example: syntax.EnvExample(file), Vars: make([]secret.Env, 0, len(vars)), Lines: []Line{}}
	var secrets []string
	for _, v := range vars {
		env := secret.Variable(v.Name, v.Value)
		if f.Example && !told(env.Secret) {
			env = secret.Env{Name: v.Name, Value: v.Value}
		}
		if env.Secret.Found {
			secrets = append(secrets, v.Raw)
			secrets = append(secrets, secret.Values(v.Name, v.Value)...)
		}
		f.Vars = append(f.Vars, env)
	}
	var spans []fact.Span
	for _, l := range lines {
		hits := secret.Find(l.Text)
		if len(hits) == 0 || f.Example && !told(hits[0].Verdict) {
			continue
		}
		var raw []string
		for _, h := range hits {
			raw = append(raw, h.Value)
		}
		secrets = append(secrets, raw...)
		f.Lines = append(f.Lines, Line{Text: secret.Redact(l.Text, raw), Secret: hits[0].Verdict})
		spans = append(spans, l.Span)
	}
	return []fact.Document{{Kind: "env_file", Path: file, Facts: f, Spans: locator(vars, spans), Secrets: secrets}}, errors.Join(errs...)
}

// told tells whether the value of a secret gives it away, and not only its name.
func told(v secret.Verdict) bool { return v.Found && v.Reason != "name" && v.Reason != "url" }

func locator(vars []syntax.EnvVar, lines []fact.Span) fact.Locator {
	return func(p fact.Path) (fact.Span, bool) {
		if len(p) < 2 {
			return fact.Span{}, false
		}
		i, ok := p[1].(int)
		switch {
		case !ok || i < 0 || len(p) > 2:
			return fact.Span{}, false
		case p[0] == "vars" && i < len(vars):
			return vars[i].Span, true
		case p[0] == "lines" && i < len(lines):
			return lines[i], true
		}
		return fact.Span{}, false
	}
}
