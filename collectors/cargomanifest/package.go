package cargomanifest

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/spdx"
)

// pack reads [package].
func (r *reader) pack(p *Package) {
	p.Binaries, p.Licensing = []string{}, spdx.Of("", false, "")
	if !p.Present {
		return
	}
	raw, key := r.raw.Package, r.packageKey()
	if key == "project" {
		raw = r.raw.Project
	}
	r.routes.Add(fact.Path{"package"}, fact.Path{key})
	for field, from := range map[string]fact.Path{
		"rust_version": {key, "rust-version"}, "build_script": {key, "build"},
		"binaries": {"bin"}, "library": {"lib"}, "proc_macro": {"lib", "proc-macro"},
	} {
		r.routes.Add(fact.Path{"package", field}, from)
	}
	var from workspacePackage
	if r.root != nil {
		from = r.root.Workspace.Package
	}
	p.Name = raw.Name
	p.Version = r.inherit("version", raw.Version, from.Version)
	p.Edition = r.inherit("edition", raw.Edition, from.Edition)
	if p.Edition.Value == "" && !p.Edition.Unresolved {
		p.Edition.Value = "2015"
	}
	p.RustVersion = r.inherit("rust_version", raw.RustVersion, from.RustVersion)
	p.License = r.inherit("license", raw.License, from.License)
	p.Licensing = r.licensing(p.License, raw)
	p.Vendored = r.exists(".cargo-checksum.json")
	p.Publish = publish(raw.Publish, from.Publish) && (p.Version.Value != "" || p.Version.Unresolved)
	p.BuildScript = r.buildScript(raw.Build)
	// In the edition of 2015 a declared program switches the search for others off.
	p.Binaries = r.binaries(raw.Autobins.or(p.Edition.Value != "2015" || len(r.raw.Bins) == 0))
	p.Library = r.has("lib") || raw.Autolib != no && r.exists("src/lib.rs")
	p.ProcMacro = r.raw.Lib.ProcMacro || r.raw.Lib.ProcMacroOld
	if metadata, ok := raw.Metadata.(map[string]any); ok {
		p.Fuzz, _ = metadata["cargo-fuzz"].(bool)
	}
}

// licensing reads the license in effect; one that no workspace here has is not known to be missing.
func (r *reader) licensing(license Inherited, raw packageTable) spdx.License {
	key := r.packageKey()
	r.routes.Add(fact.Path{"package", "licensing"}, fact.Path{key, "license"})
	r.routes.Add(fact.Path{"package", "licensing", "file"}, fact.Path{key, "license-file"})
	table, _ := r.tree[key].(map[string]any)
	_, said := table["license"].(string)
	file := raw.LicenseFile.Value
	if raw.LicenseFile.Workspace && r.root != nil {
		file = r.root.Workspace.Package.LicenseFile
	}
	return spdx.Of(license.Value, said, file)
}

func (r *reader) inherit(field string, own inheritable, from string) Inherited {
	at := fact.Path{r.packageKey(), strings.ReplaceAll(field, "_", "-")}
	for _, part := range []string{"value", "inherited", "unresolved"} {
		to := at
		if own.Workspace {
			to = append(to[:2:2], "workspace")
		}
		r.routes.Add(fact.Path{"package", field, part}, to)
	}
	if own.Workspace {
		return Inherited{Value: from, Inherited: true, Unresolved: from == ""}
	}
	return Inherited{Value: own.Value}
}

// publish reads true, false, a list of registries, or a table that inherits one of them.
func publish(own, from any) bool {
	switch v := own.(type) {
	case bool:
		return v
	case []any:
		return len(v) > 0
	case map[string]any:
		return publish(from, nil)
	}
	return true
}

func (r *reader) buildScript(build any) string {
	switch v := build.(type) {
	case string:
		return v
	case bool:
		if !v {
			return ""
		}
	case []any:
		if len(v) > 0 {
			first, _ := v[0].(string)
			return first
		}
		return ""
	}
	if r.exists("build.rs") {
		return "build.rs"
	}
	return ""
}

// binaries are declared or found (https://doc.rust-lang.org/cargo/reference/cargo-targets.html).
func (r *reader) binaries(auto bool) []string {
	found := []string{}
	for _, bin := range r.raw.Bins {
		found = append(found, bin.Name)
	}
	if auto {
		if r.exists("src/main.rs") && !slices.ContainsFunc(r.raw.Bins, func(b binTable) bool { return path.Clean(b.Path) == "src/main.rs" }) {
			found = append(found, r.packageName())
		}
		entries, _ := fs.ReadDir(r.fsys, path.Join(path.Dir(r.file), "src/bin"))
		for _, e := range entries {
			name, rust := strings.CutSuffix(e.Name(), ".rs")
			if rust && !e.IsDir() || e.IsDir() && r.exists("src/bin/"+e.Name()+"/main.rs") {
				found = append(found, name)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (r *reader) packageName() string {
	if r.packageKey() == "project" {
		return r.raw.Project.Name
	}
	return r.raw.Package.Name
}

// exists tells whether a file stands beside the manifest.
func (r *reader) exists(file string) bool {
	info, err := fs.Stat(r.fsys, path.Join(path.Dir(r.file), file))
	return err == nil && !info.IsDir()
}
