package cargomanifest

import (
	"context"
	"path"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

func (r *reader) workspace(ctx context.Context) Workspace {
	raw := r.raw.Workspace
	w := Workspace{
		Present: r.has("workspace"), Root: r.file, Members: full(raw.Members),
		DefaultMembers: full(raw.DefaultMembers), Exclude: full(raw.Exclude), Resolver: raw.Resolver,
	}
	r.routes.Add(fact.Path{"workspace", "default_members"}, fact.Path{"workspace", "default-members"})
	switch {
	case w.Present:
		r.root, r.rootFile = r.raw, r.file
	default:
		if root, file := r.findRoot(ctx); root != nil {
			r.root, r.rootFile, w.Root, w.Member = root, file, file, true
			r.routes.Add(fact.Path{"workspace"}, fact.Path{r.packageKey(), "workspace"})
		}
	}
	return w
}

// findRoot looks for the root of the workspace where cargo does: in the directory that package.workspace
// names, else upwards (https://doc.rust-lang.org/cargo/reference/workspaces.html).
func (r *reader) findRoot(ctx context.Context) (*manifestFile, string) {
	dir := path.Dir(r.file)
	if to := r.raw.Package.Workspace; to != "" {
		file := path.Join(dir, to, "Cargo.toml")
		if root := r.readRoot(file); root != nil && file != r.file {
			return root, file
		}
		return nil, ""
	}
	for dir != "." && ctx.Err() == nil {
		dir = path.Dir(dir)
		file := path.Join(dir, "Cargo.toml")
		if root := r.readRoot(file); root != nil && !excluded(root, dir, path.Dir(r.file)) {
			return root, file
		}
	}
	return nil, ""
}

// readRoot reads a manifest that has a workspace. Mistakes in it belong to its own document.
func (r *reader) readRoot(file string) *manifestFile {
	data, err := syntax.Read(r.fsys, file)
	if err != nil || !strings.Contains(string(data), "workspace") {
		return nil
	}
	var raw manifestFile
	tree, _ := syntax.ReadTOML(file, data, maxValues, &raw)
	table, _ := tree.Value.(map[string]any)
	if _, ok := table["workspace"]; !ok {
		return nil
	}
	return &raw
}

// excluded tells whether a workspace leaves a package out: an excluded directory is above it, and no
// member is named below that.
func excluded(root *manifestFile, at, dir string) bool {
	under := func(list []string) bool {
		for _, entry := range list {
			entry = path.Join(at, entry)
			if dir == entry || strings.HasPrefix(dir, entry+"/") {
				return true
			}
		}
		return false
	}
	return under(root.Workspace.Exclude) && !under(root.Workspace.Members)
}
