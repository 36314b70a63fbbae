package systemd

import (
	"io/fs"
	"path"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// An assignment is one variable of Environment=, where it stands and whether it is still in effect.
type assignment struct {
	env      secret.Env
	entry    *entry
	from, to int
	active   bool
}

// environment reads what sets variables: Environment=, EnvironmentFile=, PassEnvironment= and credentials.
func (b *builder) environment(f *Unit, root node, section string) {
	f.Environment = []secret.Env{}
	for _, a := range b.assignments(section) {
		if a.active {
			root.key("environment").index(len(f.Environment)).part(a.entry, a.from, a.to)
			f.Environment = append(f.Environment, a.env)
			continue
		}
		root.key("overridden").index(len(f.Overridden)).part(a.entry, a.from, a.to)
		f.Overridden = append(f.Overridden, a.env)
	}
	f.PassEnvironment = b.words(root.key("pass_environment"), section, "PassEnvironment")
	f.Credentials = b.credentials(root.key("credentials"), section)
	f.EnvironmentFiles = b.environmentFiles(root.key("environment_files"), section)
}

func (b *builder) assignments(section string) []assignment {
	var list []assignment
	current := make(map[string]int)
	for _, e := range b.unit.all(section, "Environment") {
		if e.value == "" {
			for _, i := range current {
				list[i].active = false
			}
			clear(current)
			continue
		}
		ws, err := words(e.value, strict)
		if err != nil {
			b.errs = append(b.errs, &fact.Error{
				File: b.fileOf(e), Line: int(e.line), Msg: "Environment=: " + err.Error() + ", so systemd ignores the rest",
				Hint: "write NAME=value, in double quotes where the value has blanks",
			})
		}
		for _, w := range ws {
			name, value, ok := strings.Cut(b.unit.resolve(strings.ToValidUTF8(w.text, "\ufffd")), "=")
			if !ok {
				continue
			}
			if old, seen := current[name]; seen {
				list[old].active = false
			}
			current[name] = len(list)
			list = append(list, assignment{env: b.variable(e, name, value), entry: e, from: w.from, to: w.to, active: true})
			if list[len(list)-1].env.Secret.Found {
				b.secret(e, e.value[w.from:w.to], name)
			}
		}
	}
	for _, e := range b.unit.all(section, "UnsetEnvironment") {
		ws, _ := words(e.value, lenient)
		for _, w := range ws {
			if i, seen := current[w.text]; seen {
				list[i].active = false
			}
		}
	}
	return list
}

// variable judges a variable and keeps its raw secrets for redaction.
func (b *builder) variable(e *entry, name, value string) secret.Env {
	b.keep(e, secret.Values(name, value)...)
	return secret.Variable(name, value)
}

// secret keeps a secret as it is written, escapes and all.
func (b *builder) secret(e *entry, written, name string) {
	written = strings.Trim(written, `"'`)
	if raw, ok := strings.CutPrefix(written, name+"="); ok {
		b.keep(e, strings.Trim(raw, `"'`))
	}
}

func (b *builder) fileOf(e *entry) string {
	if e.file != "" {
		return e.file
	}
	return b.unit.path
}

// credentials are the values of SetCredential=ID:VALUE.
func (b *builder) credentials(n node, section string) []secret.Env {
	list := []secret.Env{}
	for _, e := range b.unit.all(section, "SetCredential") {
		if e.value == "" {
			continue
		}
		id, value, ok := strings.Cut(b.unit.resolve(e.value), ":")
		if !ok {
			continue
		}
		n.index(len(list)).entry(e)
		env := b.variable(e, id, value)
		list = append(list, env)
	}
	return list
}

func (b *builder) environmentFiles(n node, section string) []EnvironmentFile {
	list := []EnvironmentFile{}
	for _, e := range b.unit.all(section, "EnvironmentFile") {
		if e.value == "" {
			list = list[:0]
			continue
		}
		name, optional := strings.CutPrefix(e.value, "-")
		name = b.unit.resolve(name)
		f := EnvironmentFile{Name: name, Optional: optional, Variables: []secret.Env{}}
		at := n.index(len(list))
		at.entry(e)
		if file := b.inTree(name); file != "" {
			f.Found, f.File = true, file
			b.files = append(b.files, file)
			b.variables(&f, at.key("variables"))
		}
		list = append(list, f)
	}
	return list
}

// inTree finds the file of the target system in the tree: below the unit's folder or one above it, which
// is the root of the target's layout, or beside the unit under its own name.
func (b *builder) inTree(name string) string {
	if !strings.HasPrefix(name, "/") || strings.ContainsAny(name, "*?[%\x00") {
		return ""
	}
	dir := path.Dir(b.unit.path)
	candidates := []string{path.Join(dir, path.Base(name))}
	for d := dir; ; d = path.Dir(d) {
		candidates = append(candidates, path.Join(d, name[1:]))
		if d == "." || d == "/" {
			break
		}
	}
	for _, file := range candidates {
		if info, err := fs.Stat(b.fsys, file); err == nil && info.Mode().IsRegular() && file != b.unit.path {
			return file
		}
	}
	return ""
}

// variables reads an environment file. Where it is a document of its own, its mistakes are told there.
func (b *builder) variables(f *EnvironmentFile, n node) {
	data, err := syntax.Read(b.fsys, f.File)
	if err != nil {
		b.errs = append(b.errs, err)
		return
	}
	vars, _, errs := syntax.Env(f.File, data)
	sure, likely := syntax.EnvName(f.File)
	f.Document = sure || likely && syntax.EnvText(data[:min(len(data), fact.HeadSize)])
	if !f.Document {
		b.errs = append(b.errs, errs...)
	}
	for i, v := range vars {
		v.Span.File = f.File
		n.index(i).at(v.Span)
		env := b.variable(nil, v.Name, v.Value)
		if env.Secret.Found {
			b.keep(nil, v.Raw)
		}
		f.Variables = append(f.Variables, env)
	}
}
