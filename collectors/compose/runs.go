package compose

import (
	"io/fs"
	"path"
	"slices"
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
	for _, hit := range secret.Find(strings.Join(words, " ")) {
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
	build := Build{Args: []Variable{}}
	if n == nil {
		return build
	}
	build.Set = true
	build.Target = b.text(n.field("target"))
	build.Args = b.variables(nil, "", n.field("args"), "services", i, "build", "args")
	for _, field := range []string{"context", "dockerfile", "target", "args"} {
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

func (b *builder) volumes(n *node, service int) []Volume {
	all := []Volume{}
	b.mark(n, "services", service, "volumes")
	for i, item := range n.each() {
		all = append(all, volume(item, b.vars))
		b.mark(item, "services", service, "volumes", i)
	}
	return all
}

// literal leaves variables as they are written.
var literal = variables{}

// volume reads a mount: SOURCE:TARGET:OPTIONS, or the long form.
func volume(n *node, vars variables) Volume {
	get := func(n *node) string { s, _ := vars.expand(n.text()); return s }
	if n.kind == mapping {
		v := Volume{Name: get(n.field("target")), Type: get(n.field("type")), Source: get(n.field("source"))}
		v.ReadOnly = get(n.field("read_only")) == "true"
		return v
	}
	text := get(n)
	v := Volume{Type: "volume"}
	// A drive letter has a colon of its own.
	drive := ""
	if len(text) > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/') {
		drive, text = text[:2], text[2:]
	}
	parts := strings.Split(text, ":")
	parts[0] = drive + parts[0]
	if len(parts) == 1 {
		v.Name = parts[0]
		return v
	}
	v.Source, v.Name = parts[0], parts[1]
	if strings.HasPrefix(v.Source, ".") || strings.HasPrefix(v.Source, "/") || strings.HasPrefix(v.Source, "~") || drive != "" {
		v.Type = "bind"
	}
	v.ReadOnly = len(parts) > 2 && slices.Contains(strings.Split(parts[2], ","), "ro")
	return v
}

func (b *builder) ports(n *node, service int) []Port {
	all := []Port{}
	b.mark(n, "services", service, "ports")
	for i, item := range n.each() {
		all = append(all, b.port(item))
		b.mark(item, "services", service, "ports", i)
	}
	return all
}

// port reads a port: [[IP:]PUBLISHED:]TARGET[/PROTOCOL], or the long form.
func (b *builder) port(n *node) Port {
	if n.kind == mapping {
		p := Port{HostIP: b.text(n.field("host_ip")), Published: b.text(n.field("published")), Target: b.text(n.field("target")), Protocol: b.text(n.field("protocol"))}
		if p.Protocol == "" {
			p.Protocol = "tcp"
		}
		p.Name = strings.TrimPrefix(p.Published+":"+p.Target+"/"+p.Protocol, ":")
		return p
	}
	p := Port{Name: b.text(n), Protocol: "tcp"}
	rest, protocol, ok := strings.Cut(p.Name, "/")
	if ok {
		p.Protocol = protocol
	}
	i := strings.LastIndexByte(rest, ':')
	p.Target = rest[i+1:]
	if i >= 0 {
		rest = rest[:i]
		j := strings.LastIndexByte(rest, ':')
		p.Published = rest[j+1:]
		p.HostIP = strings.Trim(rest[:max(j, 0)], "[]")
	}
	return p
}
