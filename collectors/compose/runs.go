package compose

import (
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/secret"
)

// runs fills in what a service runs with: variables and command lines, with the secrets in them.
func (b *builder) runs(s *Service, n *node, i int) {
	s.Leaks = []Leak{}
	s.Environment = b.variables(&s.Leaks, "the variable", n.field("environment"), "services", i, "environment")
	for j, arg := range s.Build.Args {
		if arg.Secret.Found {
			s.Leaks = append(s.Leaks, Leak{"the build argument " + arg.Name, []any{"services", i, "build", "args", j}, arg.Secret})
		}
	}
	for j, file := range s.EnvFiles {
		for k, v := range file.Variables {
			if v.Secret.Found {
				s.Leaks = append(s.Leaks, Leak{"the variable " + v.Name, []any{"services", i, "env_files", j, "variables", k}, v.Secret})
			}
		}
	}
	s.Command = b.line(&s.Leaks, "the command", n.field("command"), "services", i, "command")
	s.Entrypoint = b.line(&s.Leaks, "the entrypoint", n.field("entrypoint"), "services", i, "entrypoint")
	check := n.field("healthcheck")
	s.Healthcheck = healthcheck{
		Set: check != nil, Disabled: b.toggle(check.field("disable")).On,
		Test: b.line(&s.Leaks, "the health check", check.field("test"), "services", i, "healthcheck", "test"),
	}
	if len(s.Healthcheck.Test) > 0 && s.Healthcheck.Test[0] == "NONE" {
		s.Healthcheck.Disabled = true
	}
	b.hooks(s, n, i)
}

// hooks are the commands that compose runs in the container by itself, as docker exec does.
func (b *builder) hooks(s *Service, n *node, i int) {
	s.Hooks = []hook{}
	for _, when := range []string{"post_start", "pre_stop"} {
		for _, item := range n.field(when).each() {
			at := []any{"services", i, "hooks", len(s.Hooks)}
			b.mark(item, at...)
			b.mark(item.field("user"), append(clone(at), "user")...)
			b.mark(item.field("privileged"), append(clone(at), "privileged")...)
			b.variables(&s.Leaks, "the variable", pairs(item.field("environment")), append(clone(at), "environment")...)
			s.Hooks = append(s.Hooks, hook{
				Name: when, User: b.user(item.field("user")), Privileged: b.toggle(item.field("privileged")),
				Command: b.line(&s.Leaks, "the command of "+when, item.field("command"), append(clone(at), "command")...),
			})
		}
	}
}

// defaults puts in nothing but the defaults that the file itself gives: what comes from elsewhere is no
// secret of this file.
var defaults = variables{}

func (b *builder) variables(leaks *[]Leak, what string, n *node, at ...any) []Variable {
	all := []Variable{}
	for i, name := range n.names() {
		value := n.fields[name]
		text, _ := defaults.expand(value.text())
		judged := secret.Variable(name, text)
		b.secrets = append(b.secrets, secret.Values(name, text)...)
		all = append(all, Variable{Name: name, Set: value.scalar != nil, Value: judged.Value, Secret: judged.Secret})
		place := append(clone(at), i)
		b.mark(value, place...)
		if judged.Secret.Found && leaks != nil {
			*leaks = append(*leaks, Leak{what + " " + name, place, judged.Secret})
		}
	}
	return all
}

// line is a command line, given as text or as a list.
func (b *builder) line(leaks *[]Leak, what string, n *node, at ...any) []string {
	words := []string{}
	for i, item := range n.each() {
		text, _ := defaults.expand(item.text())
		words = append(words, text)
		b.mark(item, append(clone(at), i)...)
	}
	b.mark(n, at...)
	return b.find(leaks, what, words, at...)
}

// find looks for secrets in the words of a command line and masks them.
func (b *builder) find(leaks *[]Leak, what string, words []string, at ...any) []string {
	text := words
	if len(words) > 1 && (words[0] == "CMD" || words[0] == "CMD-SHELL") { // the form of a health check, and no program
		text = words[1:]
	}
	for _, hit := range secret.Find(strings.Join(text, " ")) {
		b.secrets = append(b.secrets, hit.Value)
		place := clone(at)
		for i, w := range words {
			if strings.Contains(w, hit.Value) {
				words[i] = strings.ReplaceAll(w, hit.Value, hit.Verdict.Masked)
				if len(words) > 1 && len(place) == len(at) {
					place = append(place, i)
				}
			}
		}
		*leaks = append(*leaks, Leak{what, place, hit.Verdict})
	}
	return words
}

func (b *builder) buildOf(n *node, i int) Build {
	build := Build{Args: []Variable{}, Entitlements: []setting{}, Privileged: Switch{Known: true}}
	if n == nil {
		return build
	}
	build.Set = true
	build.Target = b.text(n.field("target"))
	build.Args = b.variables(nil, "", n.field("args"), "services", i, "build", "args")
	build.Network, build.Privileged = b.text(n.field("network")), b.toggle(n.field("privileged"))
	build.Entitlements = b.listOf(n.field("entitlements"), "services", i, "build", "entitlements")
	for _, field := range []string{"context", "dockerfile", "target", "args", "network", "privileged"} {
		b.mark(n.field(field), "services", i, "build", field)
	}
	context, known := b.vars.expand(n.field("context").text())
	dockerfile, same := b.vars.expand(n.field("dockerfile").text())
	build.Inline = n.field("dockerfile_inline") != nil
	build.Context, build.Dockerfile = context, dockerfile
	if dockerfile == "" {
		dockerfile = "Dockerfile"
	}
	from := n.from.file
	if c := n.field("context"); c != nil {
		from = c.from.file
	}
	folder := path.Join(path.Dir(from), context)
	file := path.Join(folder, dockerfile)
	if !known || !same || remote(context) || path.IsAbs(context) || path.IsAbs(dockerfile) || !fs.ValidPath(folder) || !fs.ValidPath(file) {
		return build
	}
	build.Context, build.Dockerfile, build.Known = folder, file, !build.Inline
	return build
}
