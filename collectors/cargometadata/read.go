package cargometadata

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/secret"
	"sallyport/internal/spdx"
	"sallyport/internal/syntax"
)

// A reader turns the output into facts, and notes what is wrong in it.
type reader struct {
	file    string
	spans   fact.Locator
	routes  *syntax.Routes
	errs    []error
	secrets []string
}

// maxPackages bounds how many packages one file may tell of. Large workspaces are built of about two thousand.
const maxPackages = 50_000

func (r *reader) read(top map[string]any) Metadata {
	m := Metadata{Path: r.file, Packages: []Package{}}
	version, _ := top["version"].(int64)
	if m.Version = int(version); version != 1 {
		r.mistake(fact.Path{"version"}, fmt.Sprintf("format %d of cargo metadata is not known", version),
			"write the file with cargo metadata --format-version 1")
	}
	members := map[string]bool{}
	for _, id := range items(top["workspace_members"]) {
		members[text(id)] = true
	}
	enabled := r.enabled(top, &m)
	packages := items(top["packages"])
	if len(packages) > maxPackages {
		r.mistake(fact.Path{"packages"}, fmt.Sprintf("%d packages, more than the limit of %d", len(packages), maxPackages), "split the workspace")
		return m
	}
	for i, item := range packages {
		raw := table(item)
		p := r.pack(raw, i)
		if p.Name == "" || p.Version == "" {
			r.mistake(fact.Path{"packages", i}, "a package without name or version", "write the file again with cargo metadata")
			continue
		}
		id := text(raw["id"])
		if p.Member = members[id]; p.Member {
			m.Members++
		}
		p.Features = sorted(enabled[id])
		r.place(len(m.Packages), i)
		m.Packages = append(m.Packages, p)
	}
	m.Count = len(m.Packages)
	return m
}

// enabled are the features of each package that the resolver switched on, by the id of the package.
func (r *reader) enabled(top map[string]any, m *Metadata) map[string][]string {
	found := map[string][]string{}
	resolve := table(top["resolve"])
	m.Resolved = resolve != nil
	for _, item := range items(resolve["nodes"]) {
		node := table(item)
		for _, feature := range items(node["features"]) {
			found[text(node["id"])] = append(found[text(node["id"])], text(feature))
		}
	}
	return found
}

func (r *reader) pack(raw map[string]any, i int) Package {
	p := Package{
		Name: text(raw["name"]), Version: text(raw["version"]), Links: text(raw["links"]),
		RustVersion: text(raw["rust_version"]), Offered: slices.Sorted(maps.Keys(table(raw["features"]))),
	}
	p.Offered = append([]string{}, p.Offered...)
	source := text(raw["source"])
	r.secrets = append(r.secrets, secret.Values("url", source)...)
	p.Source = secret.Variable("url", source).Value
	switch kind, _, _ := strings.Cut(source, "+"); kind {
	case "":
		p.Kind = "path"
	case "registry", "sparse":
		p.Kind = "registry"
	case "git":
		p.Kind = "git"
	default:
		p.Kind = "unknown"
	}
	expression, said := raw["license"].(string)
	p.License = spdx.Of(expression, said, text(raw["license_file"]))
	// publish is null for all registries, and a list of those that may have it.
	registries, limited := raw["publish"].([]any)
	p.Publish = !limited || len(registries) > 0
	for _, target := range items(raw["targets"]) {
		for _, kind := range items(table(target)["kind"]) {
			p.BuildScript = p.BuildScript || kind == "custom-build"
			p.ProcMacro = p.ProcMacro || kind == "proc-macro"
		}
	}
	return p
}

// place leads from the facts of a package to where they were read.
func (r *reader) place(to, from int) {
	at := fact.Path{"packages", to}
	r.routes.Add(at, fact.Path{"packages", from})
	for field, key := range map[string]string{
		"kind": "source", "build_script": "targets", "proc_macro": "targets", "offered": "features", "member": "id",
		"license": "license", "features": "features",
	} {
		r.routes.Add(append(slices.Clone(at), field), fact.Path{"packages", from, key})
	}
}

func (r *reader) mistake(at fact.Path, msg, hint string) {
	const most = 20
	if len(r.errs) < most {
		doc := fact.Document{Spans: r.spans}
		span := doc.Locate(at)
		r.errs = append(r.errs, &fact.Error{File: r.file, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
	}
}

func table(v any) map[string]any {
	t, _ := v.(map[string]any)
	return t
}

func items(v any) []any {
	list, _ := v.([]any)
	return list
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func sorted(list []string) []string {
	list = append([]string{}, list...)
	slices.Sort(list)
	return slices.Compact(list)
}
