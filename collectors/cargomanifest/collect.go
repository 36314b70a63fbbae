package cargomanifest

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/syntax"
)

// A reader turns the shape of a manifest into facts, and notes where each was read.
type reader struct {
	fsys     fs.FS
	file     string
	raw      *manifestFile
	tree     map[string]any
	root     *manifestFile // of the workspace that the package belongs to; nil where there is none
	rootFile string
	routes   *syntax.Routes
	secrets  []string
}

// maxValues bounds the keys and list elements of one manifest. Crates of icons have 20 000 features.
const maxValues = 50_000

func collect(ctx context.Context, fsys fs.FS, file string) ([]fact.Document, error) {
	data, err := syntax.Read(fsys, file)
	if err != nil {
		return nil, err
	}
	var raw manifestFile
	tree, err := syntax.ReadTOML(file, data, maxValues, &raw)
	if tree.Spans == nil {
		return nil, err
	}
	r := reader{fsys: fsys, file: file, raw: &raw, routes: syntax.NewRoutes(tree.Spans)}
	r.tree, _ = tree.Value.(map[string]any)
	m := Manifest{Path: file, Package: Package{Present: r.has("package") || r.has("project")}}
	if !m.Package.Present && !r.has("workspace") {
		return nil, errors.Join(err, &fact.Error{
			File: file, Line: 1, Msg: "neither a [package] nor a [workspace]",
			Hint: "add one of the two tables",
		})
	}
	m.Workspace = r.workspace(ctx)
	m.Lock = path.Join(path.Dir(m.Workspace.Root), "Cargo.lock")
	m.ProfilesIgnored = m.Workspace.Member
	r.pack(&m.Package)
	if m.Package.Present && m.Package.Name == "" {
		at, _ := tree.Spans(fact.Path{r.packageKey()})
		err = errors.Join(err, &fact.Error{
			File: file, Line: at.Line, Column: at.Column, Msg: "a package without a name",
			Hint: "name the package",
		})
	}
	m.Dependencies = r.dependencies()
	m.Features = r.features()
	m.Profiles = r.profiles()
	m.Lints = r.lints()
	m.Allowed = []Allowed{}
	var places []fact.Span
	if m.Package.Present {
		for _, a := range r.allowed() {
			m.Allowed, places = append(m.Allowed, a.Allowed), append(places, a.span)
		}
	}
	doc := fact.Document{Kind: "cargo_manifest", Path: file, Facts: m, Spans: inRoots(places, r.routes.Find), Secrets: r.secrets}
	if m.Workspace.Member {
		doc.Files = []string{m.Workspace.Root}
	}
	return []fact.Document{doc}, err
}

func (r *reader) has(key string) bool {
	_, ok := r.tree[key]
	return ok
}

// packageKey is the name of the package's table.
func (r *reader) packageKey() string {
	if !r.has("package") && r.has("project") {
		return "project"
	}
	return "package"
}

// url masks a password in an address.
func (r *reader) url(address string) string {
	r.secrets = append(r.secrets, secret.Values("url", address)...)
	return secret.Variable("url", address).Value
}

func (r *reader) features() []Feature {
	list := []Feature{}
	for i, name := range names(r.raw.Features) {
		r.routes.Add(fact.Path{"features", i}, fact.Path{"features", name})
		r.routes.Add(fact.Path{"features", i, "enables"}, fact.Path{"features", name})
		list = append(list, Feature{Name: name, Enables: full(r.raw.Features[name])})
	}
	return list
}

// lints reads [lints], or what it inherits.
func (r *reader) lints() []Lint {
	list := []Lint{}
	tools, inherited := r.raw.Lints, false
	if is, _ := tools["workspace"].(bool); is {
		inherited = true
		if tools = r.raw.Workspace.Lints; r.root != nil {
			tools = r.root.Workspace.Lints
		}
	}
	for _, tool := range names(tools) {
		lints, _ := tools[tool].(map[string]any)
		for _, name := range names(lints) {
			level := lints[name]
			if table, ok := level.(map[string]any); ok {
				level = table["level"]
			}
			word, _ := level.(string)
			at := fact.Path{"lints", tool, name}
			if inherited {
				at = fact.Path{"lints", "workspace"}
			}
			r.routes.Add(fact.Path{"lints", len(list)}, at)
			list = append(list, Lint{Name: tool + "." + name, Level: word, Inherited: inherited})
		}
	}
	return list
}

func names[T any](table map[string]T) []string { return slices.Sorted(maps.Keys(table)) }

// full makes a list that encodes as [] where it is empty.
func full(s []string) []string { return append([]string{}, s...) }
