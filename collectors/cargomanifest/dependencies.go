package cargomanifest

import (
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
)

func (r *reader) dependencies() []Dependency {
	list := []Dependency{}
	add := func(table map[string]dependencyTable, d Dependency, key ...any) {
		for _, name := range names(table) {
			at, from := fact.Path{"dependencies", len(list)}, append(slices.Clone(key), name)
			r.routes.Add(at, from)
			raw := table[name]
			d.Name = name
			list = append(list, r.dependency(d, raw, at, from))
		}
	}
	raw := r.raw
	for _, t := range []struct {
		kind, key string
		normal    map[string]dependencyTable
		in        func(targetTable) map[string]dependencyTable
	}{
		{"normal", "dependencies", raw.Dependencies, func(t targetTable) map[string]dependencyTable { return t.Dependencies }},
		{"dev", "dev-dependencies", raw.Dev, func(t targetTable) map[string]dependencyTable { return t.Dev }},
		{"dev", "dev_dependencies", raw.DevOld, func(t targetTable) map[string]dependencyTable { return t.DevOld }},
		{"build", "build-dependencies", raw.Build, func(t targetTable) map[string]dependencyTable { return t.Build }},
		{"build", "build_dependencies", raw.BuildOld, func(t targetTable) map[string]dependencyTable { return t.BuildOld }},
	} {
		add(t.normal, Dependency{Kind: t.kind}, t.key)
		for _, target := range names(raw.Target) {
			add(t.in(raw.Target[target]), Dependency{Kind: t.kind, Target: target}, "target", target, t.key)
		}
	}
	add(raw.Workspace.Dependencies, Dependency{Kind: "workspace"}, "workspace", "dependencies")
	for _, source := range names(raw.Patch) {
		add(raw.Patch[source], Dependency{Kind: "patch", Replaces: r.url(source)}, "patch", source)
	}
	add(raw.Replace, Dependency{Kind: "replace"}, "replace")
	return list
}

// dependency completes d, which has a name, a kind and where it applies.
func (r *reader) dependency(d Dependency, raw dependencyTable, at, from fact.Path) Dependency {
	for field, key := range map[string]string{
		"req": "version", "directory": "path", "default_features": "default-features",
		"inherited": "workspace", "unresolved": "workspace", "source": raw.sourceKey(),
	} {
		r.routes.Add(append(slices.Clone(at), field), append(slices.Clone(from), key))
	}
	dir, features, defaults := path.Dir(r.file), raw.Features, raw.defaultFeatures().or(true)
	if raw.Workspace && d.Kind != "workspace" {
		d.Inherited, d.Optional = true, raw.Optional
		base, ok := dependencyTable{}, false
		if r.root != nil {
			base, ok = r.root.Workspace.Dependencies[d.Name]
		}
		if !ok {
			d.Unresolved, d.Package, d.Features, d.DefaultFeatures = true, d.Name, full(features), defaults
			return d
		}
		features = append(slices.Clone(features), base.Features...)
		// A member may switch the default features on, and never off.
		defaults = base.defaultFeatures().or(true) || raw.defaultFeatures() == yes
		dir = path.Dir(r.rootFile)
		base.Optional = raw.Optional
		raw = base
	}
	d.Package, d.Req, d.Optional, d.DefaultFeatures = raw.Package, raw.Version, raw.Optional, defaults
	if raw.Short != "" {
		d.Req = raw.Short
	}
	if d.Package == "" {
		d.Package = d.Name
		if d.Kind == "replace" {
			d.Package, _, _ = strings.Cut(d.Name, ":")
		}
	}
	d.Features = distinct(features)
	d.Branch, d.Tag, d.Rev = raw.Branch, raw.Tag, raw.Rev
	d.Registry = raw.Registry
	if d.Registry == "" {
		d.Registry = r.url(raw.RegistryIndex)
	}
	switch d.Source = raw.source(); d.Source {
	case "git":
		d.Git, d.Pinned = r.url(raw.Git), commit(raw.Rev)
	case "path":
		d.Directory = path.Join(dir, raw.Path)
	}
	return d
}

// source: a git repository wins over a path, and both over the registry that they may name for publishing.
func (t *dependencyTable) source() string {
	switch {
	case t.Git != "":
		return "git"
	case t.Path != "":
		return "path"
	}
	return "registry"
}

func (t *dependencyTable) sourceKey() string {
	if s := t.source(); s != "registry" {
		return s
	}
	return "version"
}

func (t *dependencyTable) defaultFeatures() choice {
	if t.DefaultFeatures != 0 {
		return t.DefaultFeatures
	}
	return t.DefaultFeaturesOld
}

// distinct keeps the first of equal features, in their order.
func distinct(features []string) []string {
	list, seen := []string{}, make(map[string]bool, len(features))
	for _, f := range features {
		if !seen[f] {
			list = append(list, f)
		}
		seen[f] = true
	}
	return list
}

// commit tells a hash, perhaps an abbreviated one, from the name of a branch or a tag.
func commit(rev string) bool {
	return len(rev) >= 7 && len(rev) <= 64 && strings.Trim(strings.ToLower(rev), "0123456789abcdef") == ""
}
