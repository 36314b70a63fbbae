package compose

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"sallyport/internal/imageref"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

func (b *builder) build(project *node, under map[string]bool) {
	f := &b.facts
	b.project = project
	f.Project = b.text(project.field("name"))
	b.mark(project.field("name"), "project")
	f.Services, f.Secrets, f.Configs = []Service{}, []resource{}, []resource{}
	for i, n := range project.field("include").each() {
		paths := []*node{n}
		if n.kind == mapping {
			paths = n.field("path").each()
		}
		for _, p := range paths {
			f.Includes = append(f.Includes, b.relative(p))
			b.mark(n, "includes", i)
		}
	}
	services := project.field("services")
	b.mark(services, "services")
	jobs := awaited(services)
	for _, name := range services.names() {
		b.service(name, services.fields[name], under[name])
	}
	for i := range f.Services {
		s := &f.Services[i]
		s.Job = jobs[s.Name] || s.Restart.Set && s.Restart.Condition == "no" || strings.HasSuffix(s.DeployMode, "-job")
	}
	f.Secrets = b.resources(project, "secrets")
	f.Configs = b.resources(project, "configs")
}

// awaited are the services that others wait for to end.
func awaited(services *node) map[string]bool {
	jobs := map[string]bool{}
	for _, s := range services.all() {
		for name, on := range s.field("depends_on").all() {
			if on.field("condition").text() == "service_completed_successfully" {
				jobs[name] = true
			}
		}
	}
	return jobs
}

func (b *builder) service(name string, n *node, partial bool) {
	i := len(b.facts.Services)
	for _, field := range []string{"environment", "labels", "build", "healthcheck", "deploy"} {
		if f := n.field(field); f != nil && f.kind == scalar {
			b.loader.errs = append(b.loader.errs, f.mistake("write a mapping", "%s of service %q is no mapping", field, name))
		}
	}
	s := Service{
		Name: name, Partial: partial || b.overlay && n.field("image") == nil && n.field("build") == nil, Image: b.image(n.field("image")),
		Build: b.buildOf(n.field("build"), i), User: b.user(n.field("user")), ReadOnly: b.toggle(n.field("read_only")),
		Privileged: b.toggle(n.field("privileged")), EnvFiles: b.envFiles(n.field("env_file"), i), Ports: b.ports(n.field("ports"), i),
		Profiles: b.list(n, "profiles", i), Secrets: b.list(n, "secrets", i), Configs: b.list(n, "configs", i),
		Networks: orEmpty(n.field("networks").names()), DependsOn: orEmpty(n.field("depends_on").names()),
		Extends: b.text(n.field("extends").field("service")),
	}
	b.mark(n, "services", i)
	for _, field := range []string{
		"build", "user", "read_only", "privileged", "networks", "depends_on", "extends", "image", "environment", "command", "entrypoint",
		"healthcheck",
	} {
		b.mark(n.field(field), "services", i, field)
	}
	b.confines(&s, n, i)
	b.mounts(&s, n, i)
	b.bounds(&s, n, i)
	b.settles(&s, n, i)
	b.runs(&s, n, i)
	b.facts.Services = append(b.facts.Services, s)
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// text is a scalar with its variables put in.
func (b *builder) text(n *node) string {
	s, _ := b.vars.expand(n.text())
	return s
}

// list is a list of scalars; of the long form of secrets and configs it takes the source.
func (b *builder) list(n *node, field string, service int) []string {
	all := []string{}
	b.mark(n.field(field), "services", service, field)
	for i, item := range n.field(field).each() {
		if item.kind == mapping {
			item = item.field("source")
		}
		all = append(all, b.text(item))
		b.mark(item, "services", service, field, i)
	}
	return all
}

func (b *builder) image(n *node) Image {
	text, known := b.vars.expand(n.text())
	img := Image{Name: text}
	ref, err := imageref.Parse(text)
	if !known || err != nil {
		return img
	}
	img.Known, img.Registry, img.Repository, img.Tag, img.Digest = true, ref.Registry, ref.Repository, ref.Tag, ref.Digest
	if img.Tag == "" && img.Digest == "" {
		img.Tag = "latest"
	}
	return img
}

func (b *builder) user(n *node) User {
	if n == nil {
		return User{}
	}
	text, known := b.vars.expand(n.text())
	id, _, _ := strings.Cut(text, ":")
	if n.kind != scalar {
		known = false
	}
	if id == "" && known {
		// An empty user is the image's.
		return User{}
	}
	number, err := strconv.ParseInt(id, 10, 64)
	return User{Set: true, Value: text, Known: known, Root: id == "root" || err == nil && number == 0}
}

// toggle reads a boolean as compose does, which takes texts for it too.
func (b *builder) toggle(n *node) Switch {
	if n == nil {
		return Switch{Known: true}
	}
	text, known := b.vars.expand(n.text())
	s := Switch{Set: true, Value: n.text()}
	if !known {
		return s
	}
	switch strings.ToLower(text) {
	case "true", "y", "yes", "on":
		s.On, s.Known = true, true
	case "false", "n", "no", "off":
		s.Known = true
	}
	return s
}

// relative is a path relative to the root of the tree, where it is below it and known; else as written.
func (b *builder) relative(n *node) string {
	text, known := b.vars.expand(n.text())
	file := path.Join(path.Dir(n.from.file), text)
	if !known || remote(text) || path.IsAbs(text) || strings.HasPrefix(text, "~") || !fs.ValidPath(file) {
		return text
	}
	return file
}

func (b *builder) envFiles(n *node, service int) []envFile {
	all := []envFile{}
	b.mark(n, "services", service, "env_files")
	for _, item := range n.each() {
		file, required := item, true
		if item.kind == mapping {
			file = item.field("path")
			required = item.field("required").text() != "false"
		}
		if file == nil {
			continue
		}
		name := b.relative(file)
		f := envFile{Name: name, Required: required, Found: b.loader.exists(name), Variables: []Variable{}}
		b.mark(item, "services", service, "env_files", len(all))
		if f.Found && b.loader.committed(name) {
			f.Variables = b.envFile(name, "services", service, "env_files", len(all), "variables")
		}
		all = append(all, f)
	}
	return all
}

// envFile reads a file that the collector of env files does not know by its name.
func (b *builder) envFile(name string, at ...any) []Variable {
	all := []Variable{}
	text, err := syntax.Read(b.loader.fsys, name)
	sure, likely := syntax.EnvName(name)
	if err != nil || sure || likely && syntax.EnvText(text) {
		return all
	}
	vars, _, errs := syntax.Env(name, text)
	b.loader.errs = append(b.loader.errs, errs...)
	for _, v := range vars {
		judged := secret.Variable(v.Name, v.Value)
		b.secrets = append(b.secrets, secret.Values(v.Name, v.Value)...)
		v.Span.File = name
		b.marks = append(b.marks, mark{path: append(clone(at), len(all)), span: v.Span})
		all = append(all, Variable{Name: v.Name, Set: true, Value: judged.Value, Secret: judged.Secret})
	}
	return all
}

func (b *builder) resources(project *node, element string) []resource {
	all := []resource{}
	top := project.field(element)
	b.mark(top, element)
	for i, name := range top.names() {
		n := top.field(name)
		r := resource{Name: name}
		for _, from := range []string{"file", "environment", "content", "external"} {
			if v := n.field(from); v != nil {
				r.From = from
				if from == "environment" {
					r.Value = b.text(v)
				}
				if from == "file" {
					r.Value = b.relative(v)
					r.Found = b.loader.committed(r.Value)
					r.Plain = r.Found && element == "secrets" && b.plain(r.Value)
				}
				if from == "content" {
					b.find(&b.facts.Leaks, "the content of config "+strconv.Quote(name), []string{v.text()}, element, i)
				}
			}
		}
		all = append(all, r)
		b.mark(top.fields[name], element, i)
	}
	return all
}

// maxSecret is the longest secret that the engine takes.
const maxSecret = 500 << 10

// plain tells whether a file holds a secret as it is.
func (b *builder) plain(file string) bool {
	text, err := fs.ReadFile(b.loader.fsys, file)
	return err == nil && len(text) <= maxSecret && secret.Content(string(text))
}
