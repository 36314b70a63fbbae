package dockerfile

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/secret"
)

// finish joins what the stages found out.
func (b *builder) finish(text string) {
	b.connect()
	b.builds()
	b.reaches()
	b.programs()
	b.shells()
	b.checks()
	b.compiled()
	b.caches()
	for i := range b.facts.Args {
		if a := &b.facts.Args[i]; a.Sensitive && a.Value == "" && !b.declared[a.Name] {
			a.Leak = "name" // no stage has the finding
		}
	}
	b.locator.source = newSource(text, b.escape)
	b.review(text)
	b.facts.Stages = make([]Stage, len(b.stages))
	b.locator.stages = make([]stageAnchors, len(b.stages))
	for i, s := range b.stages {
		s.borrow()
		s.identify(&s.facts.User) // USER may stand before the account
		s.fetches()
		s.unchecked()
		b.facts.Stages[i], b.locator.stages[i] = s.facts, s.at
	}
	if strings.Contains(text[:min(len(text), 1024)], "syntax") {
		b.facts.Syntax, _, _, _ = parser.DetectSyntax([]byte(text))
	}
	if len(b.secrets) > 0 {
		slices.Sort(b.secrets)
		b.secrets = slices.Compact(b.secrets)
		b.mask()
	}
}

// mask hides the secrets in the facts that hold text of the file.
func (b *builder) mask() {
	m := masker(b.secrets)
	for _, part := range []any{&b.facts.Args, &b.facts.Descriptions, &b.facts.Pragmas} {
		m.value(reflect.ValueOf(part).Elem())
	}
	for i := range b.facts.Stages {
		s := &b.facts.Stages[i]
		for _, part := range []any{
			&s.Env, &s.Environment, &s.Args, &s.Labels, &s.Entrypoint, &s.Cmd, &s.Healthcheck,
			&s.Runs, &s.Accounts, &s.Modes, &s.Fetches, &s.Unchecked, &s.Cargo, &s.Rustup, &s.Rustflags, &s.Onbuild, &s.Copies, &s.Program,
			&s.Workdirs, &s.ShellForms, &s.Maintainers, &s.Labelled,
		} {
			m.value(reflect.ValueOf(part).Elem())
		}
	}
}

type masker []string

// value masks every string in v but those of fields that name things.
func (m masker) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(secret.Redact(v.String(), m))
	case reflect.Slice:
		if v.Len() > 0 && v.Type().Elem().Kind() == reflect.String {
			v.Set(reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v)) // it may be shared
		}
		for i := range v.Len() {
			m.value(v.Index(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			v.SetMapIndex(k, reflect.ValueOf(secret.Redact(v.MapIndex(k).String(), m)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch name := v.Type().Field(i).Name; name {
			case "Name", "Form", "Kind", "Instruction", "Subcommand", "Action", "Reason", "Masked", "Type", "Network", "Security":
			default:
				m.value(v.Field(i))
			}
		}
	}
}

// find notes the secrets in a text; at says where the bytes of the text stand.
func (s *stageBuilder) find(in *instruction, text string, at func(from, to int) anchor) {
	for _, h := range secret.Find(text) {
		s.b.secrets = append(s.b.secrets, h.Value)
		i := occurrence(text, h.Value)
		s.secret(in, "", h.Verdict, at(i, i+len(h.Value)))
	}
}

// secret notes a secret outside of ENV and ARG.
func (s *stageBuilder) secret(in *instruction, variable string, v secret.Verdict, at anchor) {
	s.facts.Secrets = append(s.facts.Secrets, found{Instruction: in.name(), Variable: variable, Reason: v.Reason, Masked: v.Masked})
	s.at.secrets = append(s.at.secrets, at)
}

// parseTrigger reads the text of an ONBUILD instruction.
func parseTrigger(text string) (n *parser.Node, cmd any, err error) {
	result, err := parser.Parse(bytes.NewReader([]byte(text)))
	if err != nil {
		return nil, nil, err
	}
	if len(result.AST.Children) != 1 {
		return nil, nil, errTrigger
	}
	n = result.AST.Children[0]
	c, err := instructions.ParseCommand(n)
	return n, c, err
}
