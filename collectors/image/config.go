package image

import (
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/imageref"
	"sallyport/internal/secret"
)

// An origin is the part of a file that a fact comes from.
type origin struct {
	file  string
	spans fact.Locator
	path  fact.Path
}

// A builder makes the facts of one image.
type builder struct {
	facts   Image
	from    map[string]origin
	secrets []string
	files   []string
	errs    []error
}

func newBuilder(path, source string) *builder {
	return &builder{from: map[string]origin{}, facts: Image{
		Path: path, Source: source, References: []Reference{}, Digests: []string{}, Env: []secret.Env{}, Ports: []Port{},
		Entrypoint: []string{}, Cmd: []string{}, Healthcheck: Healthcheck{Test: []string{}}, Labels: map[string]string{},
		Annotations: map[string]string{}, Volumes: []string{}, Onbuild: []string{}, Shell: []string{}, History: []Step{},
		Layers: []Layer{}, Leaks: []Leak{}, Files: noFiles("the source has no files"), Program: Program{Layer: -1, UID: -1, GID: -1, Binary: noBinary()},
		Audit: noAudit(),
	}}
}

// at remembers where a fact comes from. Members of archives have no places.
func (b *builder) at(n node, path ...any) {
	if n.from.inner == "" {
		b.from[fact.Path(path).String()] = origin{n.from.file, n.from.spans, n.path}
	}
}

// locate is the Locator of the facts.
func (b *builder) locate(p fact.Path) (fact.Span, bool) {
	for n := len(p); n >= 0; n-- {
		o, ok := b.from[p[:n].String()]
		if !ok {
			continue
		}
		full := append(slices.Clone(o.path), p[n:]...)
		for i := len(full); i >= len(o.path); i-- {
			if span, ok := o.spans(full[:i]); ok {
				if o.file != b.facts.Path {
					span.File = o.file
				}
				return span, true
			}
		}
	}
	return fact.Span{}, false
}

// document is what the builder came to.
func (b *builder) document() fact.Document {
	b.name()
	return b.named(b.facts.Name)
}

func (b *builder) named(name string) fact.Document {
	b.facts.Name = name
	d := fact.Document{
		Kind: Kind, Path: b.facts.Path, Name: b.facts.Name, Facts: b.facts, Secrets: b.secrets, Files: b.files,
	}
	if len(b.from) > 0 {
		d.Spans = b.locate
	}
	return d
}

func (b *builder) name() {
	slices.SortStableFunc(b.facts.References, func(x, y Reference) int { return strings.Compare(x.Name, y.Name) })
	b.facts.References = slices.Compact(b.facts.References)
	if len(b.facts.References) > 0 {
		b.facts.Name = b.facts.References[0].Name
		return
	}
	b.facts.Name = b.facts.Platform.String()
}

// String is the platform as docker writes it: linux/arm64/v8.
func (p Platform) String() string {
	s := p.OS + "/" + p.Architecture
	if p.Variant != "" {
		s += "/" + p.Variant
	}
	return s
}

// reference adds a name of the image.
func (b *builder) reference(name string) {
	if name == "" || name == "<none>:<none>" || name == "<none>@<none>" {
		return
	}
	r := Reference{Name: familiar(name)}
	if ref, err := imageref.Parse(name); err == nil {
		r.Registry, r.Repository, r.Tag, r.Digest, r.Known = ref.Registry, ref.Repository, ref.Tag, ref.Digest, true
	}
	b.facts.References = append(b.facts.References, r)
}

// header reads what stands beside the configuration; the keys differ in case alone.
func (b *builder) header(n node) {
	f := &b.facts
	f.Platform = Platform{OS: n.key("os").text(), Architecture: n.key("architecture").text(), Variant: n.key("variant").text()}
	f.Created = n.key("created").time()
	b.at(n.key("created"), "created")
	b.at(n.key("os"), "platform")
}

// config reads the object that docker's configuration and the OCI's have in common.
func (b *builder) config(n node) {
	f := &b.facts
	user := n.key("User")
	f.User = parseUser(user.text())
	b.at(user, "user")
	b.env(n.key("Env"))
	b.ports(n.key("ExposedPorts"))
	f.Entrypoint, f.Cmd = n.key("Entrypoint").words(), n.key("Cmd").words()
	b.at(n.key("Entrypoint"), "entrypoint")
	b.at(n.key("Cmd"), "cmd")
	f.Labels = n.key("Labels").textMap()
	b.at(n.key("Labels"), "labels")
	f.StopSignal, f.Workdir = n.key("StopSignal").text(), n.key("WorkingDir").text()
	b.at(n.key("StopSignal"), "stop_signal")
	b.at(n.key("WorkingDir"), "workdir")
	f.Volumes = n.key("Volumes").names()
	for i, v := range f.Volumes {
		b.at(n.key("Volumes").key(v), "volumes", i)
	}
	f.Onbuild, f.Shell = n.key("OnBuild").texts(), n.key("Shell").texts()
	b.at(n.key("OnBuild"), "onbuild")
	b.at(n.key("Shell"), "shell")
	b.healthcheck(n.key("Healthcheck"))
}

// maxEnv bounds the variables of an image.
const maxEnv = 10_000

func (b *builder) env(n node) {
	b.at(n, "env")
	for i, item := range n.list() {
		if i == maxEnv {
			n.mistake("more than %d environment variables", maxEnv)
			return
		}
		name, value, _ := strings.Cut(item.text(), "=")
		b.facts.Env = append(b.facts.Env, secret.Variable(name, value))
		b.secrets = append(b.secrets, secret.Values(name, value)...)
	}
}

func (b *builder) ports(n node) {
	for i, name := range n.names() {
		b.at(n.key(name), "ports", i)
		b.facts.Ports = append(b.facts.Ports, parsePort(name))
	}
}

func parsePort(name string) Port {
	p := Port{Name: name, Protocol: "tcp"}
	number, protocol, ok := strings.Cut(name, "/")
	if ok {
		p.Protocol = strings.ToLower(protocol)
	}
	first, last, ranged := strings.Cut(number, "-")
	if !ranged {
		last = first
	}
	from, errFrom := strconv.ParseUint(first, 10, 16)
	to, errTo := strconv.ParseUint(last, 10, 16)
	if errFrom == nil && errTo == nil && from <= to {
		p.First, p.Last = int(from), int(to)
	}
	return p
}

func (b *builder) healthcheck(n node) {
	test := n.key("Test").words()
	if len(test) == 0 {
		return // docker takes the base image's then, which would be here
	}
	b.at(n, "healthcheck")
	b.facts.Healthcheck = Healthcheck{Set: true, Disabled: test[0] == "NONE", Test: test}
}
